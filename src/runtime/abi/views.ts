/*
 * What typed arrays are and hold, as the engine knows it: classes, prototypes and properties of the caller are not asked.
 */

/** A typed array of numbers; Float16Array has no type in WIT. */
export type Numbers =
  | Int8Array
  | Uint8Array
  | Int16Array
  | Uint16Array
  | Int32Array
  | Uint32Array
  | Float32Array
  | Float64Array
  | BigInt64Array
  | BigUint64Array

type Getter<T> = (this: unknown) => T

const getter = <T>(prototype: object, key: string | symbol): Getter<T> | undefined =>
  Object.getOwnPropertyDescriptor(prototype, key)?.get

const typedArray: object = Object.getPrototypeOf(Uint8Array.prototype) as object
const kind = getter<string | undefined>(typedArray, Symbol.toStringTag) as Getter<string | undefined>
const length = getter<number>(typedArray, 'length') as Getter<number>
const keys = Reflect.get(typedArray, 'keys') as (this: unknown) => unknown
const buffer = getter<ArrayBufferLike>(typedArray, 'buffer') as Getter<ArrayBufferLike>
/** Missing in engines without resizable buffers, and without shared memory. */
const resizable = getter<boolean>(ArrayBuffer.prototype, 'resizable')
const growable =
  typeof SharedArrayBuffer === 'undefined' ? undefined : getter<boolean>(SharedArrayBuffer.prototype, 'growable')

/** `Uint8Array` for one of any class or realm, undefined for what is no typed array. */
export function kindOf(value: unknown): string | undefined {
  return kind.call(value)
}

/** The number of elements; 0 for a view that is out of its buffer's bounds. */
export function lengthOf(view: Numbers): number {
  return length.call(view)
}

/** Whether the view shows nothing any more: its buffer has been transferred, or is now too short. */
export function isGone(view: Numbers): boolean {
  if (lengthOf(view) > 0) return false
  try {
    keys.call(view)
    return false
  } catch {
    return true
  }
}

/** Whether the view may change its length: its buffer can. */
export function isUnsteady(view: Numbers): boolean {
  const of = buffer.call(view)
  const isShared = growable !== undefined && of instanceof SharedArrayBuffer
  const [likely, other] = isShared ? [growable, resizable] : [resizable, growable]
  try {
    return likely?.call(of) === true
  } catch {
    // Its prototype has lied.
    return other?.call(of) === true
  }
}
