/** Spec: `MAX_STRING_BYTE_LENGTH`, `MAX_LIST_BYTE_LENGTH`. */
export const MAX_BYTES: number = 2 ** 28 - 1

/** An argument that does not fit its type. The instance stays usable. */
export class InvalidParam extends TypeError {
  override readonly name = 'InvalidParam'
}

/** The guest trapped or broke the Canonical ABI, or an import failed: the instance is lost. */
export class Trap extends Error {
  override readonly name = 'Trap'
}

/** The instance cannot be entered now: it is in the middle of a call, or lost. */
export class Refused extends Error {
  override readonly name = 'Refused'
}

/** The `err` that the guest returned. */
export class ReturnedError extends Error {
  override readonly name = 'ReturnedError'
  readonly payload: unknown

  constructor(payload: unknown) {
    super('the guest returned err')
    this.payload = payload
  }
}

export function isObject(x: unknown): x is object {
  return typeof x === 'object' && x !== null
}
export function isU32(x: unknown): x is number {
  return typeof x === 'number' && x >>> 0 === x
}
export function isU64(x: unknown): x is bigint {
  return typeof x === 'bigint' && BigInt.asUintN(64, x) === x
}

export function invalid(path: string, expected: string, value: unknown): never {
  const got = isObject(value) ? (Array.isArray(value) ? 'an array' : 'an object') : String(value)
  throw new InvalidParam(`${path}: expected ${expected}, got ${got}`)
}
