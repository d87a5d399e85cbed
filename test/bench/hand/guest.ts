/**
 * Hand-written bindings of bench.wit: how fast can code be that keeps every check of the contract? What is generated is
 * measured against it. Techniques: closures of one instance, straight-line code per type, one integer for the state,
 * cached views, one bounds check per block.
 */

/** Imports may be called in RUNNING only, exports entered in IDLE only. */
export const IDLE = 0
export const RUNNING = 1
/** Arguments are lowered: the caller's getters may run, an error is the caller's. */
export const LOWERING = 2
export const POST_RETURN = 3
export const POISONED = 4

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

export type Realloc = (old: number, oldSize: number, align: number, size: number) => number

/** What the functions of one instance share. */
export class Guest {
  state: number = RUNNING
  /** Second result of lowering a string or list: its length. */
  count = 0
  size = 0
  U8: Uint8Array = new Uint8Array(0)
  U32: Uint32Array = new Uint32Array(0)
  F64: Float64Array = new Float64Array(0)
  memory: WebAssembly.Memory | undefined = undefined
  realloc: Realloc | undefined = undefined
  /** What has poisoned the instance. */
  cause: unknown = undefined
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

/** Before an export whose arguments have getters, or take space in the guest. */
export function enter(guest: Guest): void {
  if (guest.state !== IDLE) refuse(guest)
  guest.state = LOWERING
}
/** Before an export whose arguments are scalars that have been checked. */
export function enterChecked(guest: Guest): void {
  if (guest.state !== IDLE) refuse(guest)
  guest.state = RUNNING
}
export function leave(guest: Guest): void {
  if (guest.state !== RUNNING) swallowed(guest)
  guest.state = IDLE
}
export function beginPostReturn(guest: Guest): void {
  if (guest.state !== RUNNING) swallowed(guest)
  guest.state = POST_RETURN
}
/** What a call throws for `error`: while LOWERING it is the caller's own, later it poisons. */
export function failed(guest: Guest, error: unknown): unknown {
  if (guest.state === IDLE) return error
  if (guest.state === LOWERING) {
    guest.state = IDLE
    return error
  }
  return poison(guest, error)
}
export function poison(guest: Guest, error: unknown): unknown {
  guest.state = POISONED
  const mine = error instanceof Trap ? error : new Trap(String(error), { cause: error })
  guest.cause ??= mine
  return mine
}
export function trap(guest: Guest, text: string): never {
  throw poison(guest, new Trap(text))
}
export function cannotLeave(guest: Guest): never {
  trap(guest, 'the guest may not call an import now')
}
export function badDiscriminant(guest: Guest): never {
  trap(guest, 'unknown discriminant')
}

function refuse(guest: Guest): never {
  if (guest.state === POISONED) throw new Refused('an earlier trap has poisoned the instance', { cause: guest.cause })
  throw new Refused('the instance is in the middle of a call')
}
function swallowed(guest: Guest): never {
  throw guest.cause ?? new Trap('the guest has caught a trap')
}

export function refresh(guest: Guest): void {
  const { memory } = guest
  if (memory === undefined) return
  guest.U8 = new Uint8Array(memory.buffer)
  guest.U32 = new Uint32Array(memory.buffer)
  guest.F64 = new Float64Array(memory.buffer)
  guest.size = memory.buffer.byteLength
}
function check(guest: Guest, ptr: number, size: number, align: number): void {
  if ((ptr & (align - 1)) !== 0 || ptr + size > guest.size) trap(guest, 'a pointer is unaligned or out of bounds')
}
export function checkList(guest: Guest, ptr: number, size: number, align: number): void {
  if ((ptr & (align - 1)) !== 0 || ptr + size > guest.size || size > MAX_BYTES) {
    trap(guest, 'a list or string is unaligned, out of bounds or too long')
  }
}
/** The block that a core function returned, or was given, a pointer to. */
export function block(guest: Guest, ptr: number, size: number, align: number): number {
  ptr >>>= 0
  if (guest.U8.length === 0) refresh(guest)
  check(guest, ptr, size, align)
  return ptr
}
export function reallocate(guest: Guest, old: number, oldSize: number, align: number, size: number): number {
  const { realloc } = guest
  if (realloc === undefined) return trap(guest, 'the guest has no realloc')
  let ptr: number
  try {
    ptr = realloc(old, oldSize, align, size)
  } catch (error) {
    throw poison(guest, error)
  }
  return block(guest, ptr, size, align)
}
export function allocate(guest: Guest, path: string, size: number, align: number): number {
  if (size > MAX_BYTES) invalid(path, `at most ${MAX_BYTES} bytes`, size)
  return reallocate(guest, 0, 0, align, size)
}
