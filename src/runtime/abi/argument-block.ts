import type * as states from '../context.ts'
import type { Context } from '../context.ts'
import { WasmError } from '../errors.ts'
import { enter, failed } from './calls.ts'
import { isU32 } from './checks.ts'
import { allocate } from './memory.ts'
import { LAYOUTS, type NumberArrays, type NumberLayout, type NumberType } from './number-arrays.ts'
import {
  lowerListOfF32,
  lowerListOfF64,
  lowerListOfS16,
  lowerListOfS32,
  lowerListOfS64,
  lowerListOfS8,
  lowerListOfU16,
  lowerListOfU32,
  lowerListOfU64,
  lowerListOfU8,
} from './numbers.ts'
import type { Path } from './path.ts'
import { describe, invalid } from './refusal.ts'
import { detach } from './list-view.ts'
import { kindOf, lengthOf } from './views.ts'

const IDLE: typeof states.IDLE = 0
const GIVEN = "this block has been handed over: it is the guest's now"

/**
 * A list of numbers that the guest has allocated for an argument, to be filled in place and handed over once: nothing is
 * copied. From then on it is the guest's, and any use throws `Disposed`. A block that is never handed over stays allocated
 * until the instance is disposed: the Canonical ABI has no way to give it back.
 */
export class ArgumentBlock<K extends NumberType> {
  /** The WIT type of the elements. */
  readonly type: K
  /** How many there are. */
  readonly length: number
  readonly #cx: Context
  readonly #ptr: number
  readonly #layout: NumberLayout<K>
  #array: NumberArrays[K] | undefined = undefined
  #isGiven = false

  constructor(cx: Context, type: K, ptr: number, length: number) {
    this.#cx = cx
    this.type = type
    this.#ptr = ptr
    this.length = length
    this.#layout = LAYOUTS[type]
  }

  /**
   * The numbers, in the guest's memory. The typed array is empty once the block has been handed over, and also when another
   * call has made the memory grow: get it anew after calls.
   *
   * @throws WasmError `Disposed` once the block has been handed over, or the instance has been disposed
   */
  get array(): NumberArrays[K] {
    const buffer = this.#buffer()
    if (this.#array?.buffer !== buffer) this.#array = this.#layout.view(buffer, this.#ptr, this.length)
    return this.#array
  }

  /**
   * Copies numbers into the block. Unlike `array` it hands nothing out, so that there is nothing to take away again when the
   * block is handed over, which costs half a microsecond.
   *
   * @param numbers a typed array of the block's kind
   * @param offset the index of the block at which they begin
   * @throws WasmError `InvalidParam` for another kind, or numbers that do not fit; `Disposed` as `array` does
   */
  set(numbers: NumberArrays[K], offset = 0): void {
    const cx = this.#cx
    const buffer = this.#buffer()
    const layout = this.#layout
    const target = layout.view(buffer, this.#ptr, this.length) as NumberArrays[NumberType]
    const kind = kindOf(numbers)
    if (kind !== kindOf(target)) {
      const text = `numbers: expected ${kindOf(target) ?? ''}, got ${describe(numbers)}`
      throw new WasmError('InvalidParam', cx.module, undefined, text)
    }
    const n = lengthOf(numbers)
    if (offset >>> 0 !== offset || offset + n > this.length) {
      const text = `${n} numbers from ${String(offset)} on do not fit into a block of ${this.length}`
      throw new WasmError('InvalidParam', cx.module, undefined, text)
    }
    // Both are of one kind, which the compiler cannot know.
    ;(target as Float64Array).set(numbers as Float64Array, offset)
  }

  /**
   * Passes a block on to the guest. If the call fails before it begins, it is the host's again.
   *
   * @throws WasmError `Disposed`, `InvalidHandle` for a block of another instance; Refusal for one of another type
   */
  static give(block: ArgumentBlock<NumberType>, cx: Context, path: Path, type: NumberType): number {
    if (block.type !== type) invalid(path, `a block of ${type}`, block.type)
    if (block.#cx.memory !== cx.memory || cx.memory === undefined)
      throw new WasmError('InvalidHandle', cx.module, undefined, 'the block belongs to another instance')
    if (block.#isGiven) block.#refuse(GIVEN)
    block.#isGiven = true
    cx.scope.push({ undo: () => void (block.#isGiven = false) })
    if (block.#array !== undefined) {
      block.#array = undefined
      detach(cx)
    }
    cx.count = block.length
    cx.bytesIn += block.length * block.#layout.size
    return block.#ptr
  }

  #buffer(): ArrayBufferLike {
    const { memory } = this.#cx
    if (this.#isGiven) this.#refuse(GIVEN)
    if (memory === undefined) this.#refuse('this instance has been disposed')
    return memory.buffer
  }

  #refuse(text: string): never {
    throw new WasmError('Disposed', this.#cx.module, undefined, text)
  }
}

/**
 * Makes the guest allocate `n` numbers. A type that no function of the world takes is refused by TypeScript alone: such a block can be
 * filled, and handed to nothing.
 *
 * @param func what errors call the function: `ns:pkg/iface#reserve`
 * @throws WasmError `InvalidParam` for a number that is none, or more than 2^28 − 1 bytes; `Reentrance`, `InstancePoisoned`,
 *   `Disposed`; what the guest's realloc traps with
 */
export function reserveBlock<K extends NumberType>(cx: Context, func: string, type: K, n: number): ArgumentBlock<K> {
  enter(cx, func)
  try {
    if (!Object.hasOwn(LAYOUTS, type)) invalid('type', 'a type of numbers', type)
    if (!isU32(n)) invalid('n', 'u32', n)
    const { size } = LAYOUTS[type]
    const ptr = allocate(cx, 'n', n * size, size)
    cx.state = IDLE
    return new ArgumentBlock(cx, type, ptr, n)
  } catch (error) {
    throw failed(cx, func, error)
  }
}

type Lower = (cx: Context, path: Path, value: unknown) => number

const shared =
  (type: NumberType, lower: Lower): Lower =>
  (cx, path, value) =>
    value instanceof ArgumentBlock ? ArgumentBlock.give(value, cx, path, type) : lower(cx, path, value)

/** Lists of numbers that are lowered as ever, or handed over as blocks; by type. The count is in `cx.count`. */
export const lowerShared: Readonly<Record<NumberType, Lower>> = {
  s8: shared('s8', lowerListOfS8),
  u8: shared('u8', lowerListOfU8),
  s16: shared('s16', lowerListOfS16),
  u16: shared('u16', lowerListOfU16),
  s32: shared('s32', lowerListOfS32),
  u32: shared('u32', lowerListOfU32),
  s64: shared('s64', lowerListOfS64),
  u64: shared('u64', lowerListOfU64),
  f32: shared('f32', lowerListOfF32),
  f64: shared('f64', lowerListOfF64),
}
