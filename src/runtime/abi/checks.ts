/** Whether `x` is an integer from 0 to 2^32 - 1; `-0` counts as 0. */
export function isU32(x: unknown): x is number {
  return typeof x === 'number' && x >>> 0 === x
}
/** Whether `x` is an integer from -2^31 to 2^31 - 1. */
export function isS32(x: unknown): x is number {
  return typeof x === 'number' && (x | 0) === x
}
/** Whether `x` is an integer from 0 to 2^16 - 1. */
export function isU16(x: unknown): x is number {
  return typeof x === 'number' && (x & 0xffff) === x
}
/** Whether `x` is an integer from -2^15 to 2^15 - 1. */
export function isS16(x: unknown): x is number {
  return typeof x === 'number' && (x << 16) >> 16 === x
}
/** Whether `x` is an integer from 0 to 255. */
export function isU8(x: unknown): x is number {
  return typeof x === 'number' && (x & 0xff) === x
}
/** Whether `x` is an integer from -128 to 127. */
export function isS8(x: unknown): x is number {
  return typeof x === 'number' && (x << 24) >> 24 === x
}
/** Whether `x` is a bigint from 0 to 2^64 - 1. */
export function isU64(x: unknown): x is bigint {
  return typeof x === 'bigint' && BigInt.asUintN(64, x) === x
}
/** Whether `x` is a bigint from -2^63 to 2^63 - 1. */
export function isS64(x: unknown): x is bigint {
  return typeof x === 'bigint' && BigInt.asIntN(64, x) === x
}
/** Whether `x` can have properties: any object or array, not null. */
export function isObject(x: unknown): x is object {
  return typeof x === 'object' && x !== null
}
/**
 * A property of the object itself: for members with names such as `constructor`, which every object inherits.
 *
 * @returns undefined where the object has no such property of its own
 */
export function ownField(object: object, key: string): unknown {
  return Object.hasOwn(object, key) ? (object as Readonly<Record<string, unknown>>)[key] : undefined
}
