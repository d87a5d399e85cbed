/**
 * Hand-written bindings of bench.wit: how fast can code be that keeps every check of the contract? What is generated is
 * measured against it. Techniques: closures of one instance, straight-line code per type, one integer for the state,
 * cached views, one bounds check per block.
 */

import { invalid, MAX_BYTES, Refused, Trap } from './checks.ts'

/** Imports may be called in RUNNING only, exports entered in IDLE only. */
const IDLE = 0
const RUNNING = 1
/** Arguments are lowered: the caller's getters may run, an error is the caller's. */
const LOWERING = 2
const POST_RETURN = 3
const POISONED = 4

export type Realloc = (old: number, oldSize: number, align: number, size: number) => number

/**
 * What the functions of one instance share. The state lies in variables of `makeGuest` and is reached by functions that V8
 * inlines: measurably faster than fields of an object.
 */
export interface Guest {
  /** Before an export whose arguments have getters, or take space in the guest. */
  enter(): void
  /** Before an export whose arguments are scalars that have been checked. */
  enterChecked(): void
  /** The arguments are lowered. */
  run(): void
  leave(): void
  beginPostReturn(): void
  endPostReturn(): void
  /** What a call throws for `error`: while LOWERING it is the caller's own, later it poisons. */
  failed(error: unknown): unknown
  /** Before an import. */
  enterImport(): void
  poison(error: unknown): unknown
  isPoisoned(): boolean
  trap(text: string): never
  badDiscriminant(): never
  /** Second result of lowering a string or list: its length. */
  count(): number
  setCount(n: number): void
  bytes(): Uint8Array
  words(): Uint32Array
  doubles(): Float64Array
  /** After guest code has run: the memory may have grown. */
  freshen(): void
  /** The block that a core function returned, or was given, a pointer to. */
  block(ptr: number, size: number, align: number): number
  checkList(ptr: number, size: number, align: number): void
  reallocate(old: number, oldSize: number, align: number, size: number): number
  allocate(path: string, size: number, align: number): number
  /** The instance is there: calls may begin. */
  connect(memory: WebAssembly.Memory, realloc: Realloc): void
}

export function makeGuest(): Guest {
  let state = RUNNING
  let count = 0
  let length = 0
  let U8 = new Uint8Array(0)
  let U32 = new Uint32Array(0)
  let F64 = new Float64Array(0)
  let memory: WebAssembly.Memory | undefined
  let guestRealloc: Realloc = () => trap('the guest has no realloc')
  /** What has poisoned the instance. */
  let cause: unknown

  function enter(): void {
    if (state !== IDLE) refuse()
    state = LOWERING
  }
  function enterChecked(): void {
    if (state !== IDLE) refuse()
    state = RUNNING
  }
  function leave(): void {
    if (state !== RUNNING) swallowed()
    state = IDLE
  }
  function beginPostReturn(): void {
    if (state !== RUNNING) swallowed()
    state = POST_RETURN
  }
  function failed(error: unknown): unknown {
    if (state === IDLE) return error
    if (state === LOWERING) {
      state = IDLE
      return error
    }
    return poison(error)
  }
  function poison(error: unknown): unknown {
    state = POISONED
    const mine = error instanceof Trap ? error : new Trap(String(error), { cause: error })
    cause ??= mine
    return mine
  }
  function trap(text: string): never {
    throw poison(new Trap(text))
  }
  function enterImport(): void {
    if (state !== RUNNING) trap('the guest may not call an import now')
  }
  function badDiscriminant(): never {
    trap('unknown discriminant')
  }

  function refuse(): never {
    if (state === POISONED) throw new Refused('an earlier trap has poisoned the instance', { cause })
    throw new Refused('the instance is in the middle of a call')
  }
  function swallowed(): never {
    throw cause ?? new Trap('the guest has caught a trap')
  }

  function refresh(): void {
    if (memory === undefined) return
    U8 = new Uint8Array(memory.buffer)
    U32 = new Uint32Array(memory.buffer)
    F64 = new Float64Array(memory.buffer)
    length = memory.buffer.byteLength
  }
  function check(ptr: number, size: number, align: number): void {
    if ((ptr & (align - 1)) !== 0 || ptr + size > length) trap('a pointer is unaligned or out of bounds')
  }
  function checkList(ptr: number, size: number, align: number): void {
    if ((ptr & (align - 1)) !== 0 || ptr + size > length || size > MAX_BYTES) {
      trap('a list or string is unaligned, out of bounds or too long')
    }
  }
  function block(ptr: number, size: number, align: number): number {
    ptr >>>= 0
    if (U8.length === 0) refresh()
    check(ptr, size, align)
    return ptr
  }
  function reallocate(old: number, oldSize: number, align: number, size: number): number {
    let ptr: number
    try {
      ptr = guestRealloc(old, oldSize, align, size)
    } catch (error) {
      throw poison(error)
    }
    return block(ptr, size, align)
  }
  function allocate(path: string, size: number, align: number): number {
    if (size > MAX_BYTES) invalid(path, `at most ${MAX_BYTES} bytes`, size)
    return reallocate(0, 0, align, size)
  }
  function connect(itsMemory: WebAssembly.Memory, itsRealloc: Realloc): void {
    if (state === POISONED) throw cause
    memory = itsMemory
    guestRealloc = itsRealloc
    refresh()
    state = IDLE
  }

  return {
    enter,
    enterChecked,
    leave,
    beginPostReturn,
    failed,
    enterImport,
    poison,
    isPoisoned: () => state === POISONED,
    trap,
    badDiscriminant,
    block,
    checkList,
    reallocate,
    allocate,
    connect,
    run: () => {
      state = RUNNING
    },
    endPostReturn: () => {
      state = IDLE
    },
    count: () => count,
    setCount: (n) => {
      count = n
    },
    bytes: () => U8,
    words: () => U32,
    doubles: () => F64,
    freshen: () => {
      if (U8.length === 0) refresh()
    },
  }
}
