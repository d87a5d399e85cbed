import type { Context } from '../context.ts'
import { checkView, lengthOf, ListIterator, type ListView, openView, place } from './list-view.ts'
import { loadF32, loadF64, loadS16, loadS32, loadS64, loadS8, loadU16, loadU32, loadU64, loadU8 } from './load.ts'
import { LAYOUTS, type NumberArrays, type NumberLayout, type NumberType } from './number-arrays.ts'

/**
 * A list of numbers where it lies in the guest's memory, valid until the function that was given it ends: any later use
 * throws `ExpiredView`. To be read only: the memory is the guest's.
 */
export interface NumberList<K extends NumberType> extends Iterable<NumberArrays[K][number]> {
  /** How many numbers there are. */
  readonly length: number
  /**
   * The number at an index.
   *
   * @throws WasmError `ExpiredView`; `InvalidParam` for an index that is none of the list's
   */
  at(index: number): NumberArrays[K][number]
  /**
   * A typed array on the memory itself, for code that takes one: nothing is copied. It is detached, so that its length is
   * 0, when the view ends; that costs about half a microsecond, and only where this is used.
   */
  readonly array: NumberArrays[K]
  /** The numbers in a typed array of their own, to keep. */
  copy(): NumberArrays[K]
  /** The numbers in order; those that come after the view has ended throw `ExpiredView`. */
  [Symbol.iterator](): IterableIterator<NumberArrays[K][number]>
}

type At<K extends NumberType> = (this: ListView, index: number) => NumberArrays[K][number]

class NumberListView<K extends NumberType> implements NumberList<K>, ListView {
  // Only declared, and set once: engines would set each field twice otherwise.
  declare readonly cx: Context
  declare readonly func: string
  declare readonly ptr: number
  declare readonly count: number
  declare isOpen: boolean
  declare isExposed: boolean
  declare readonly layout: NumberLayout<K>
  declare readonly at: At<K>

  constructor(cx: Context, func: string, ptr: number, count: number, layout: NumberLayout<K>, at: At<K>) {
    this.cx = cx
    this.func = func
    this.ptr = ptr
    this.count = count
    this.isOpen = true
    this.isExposed = false
    this.layout = layout
    this.at = at
  }

  get length(): number {
    return lengthOf(this)
  }

  get array(): NumberArrays[K] {
    const { buffer } = openView(this).U8
    this.isExposed = true
    return this.layout.view(buffer, this.ptr, this.count)
  }

  copy(): NumberArrays[K] {
    const { buffer } = openView(this).U8
    return this.layout.view(buffer, this.ptr, this.count).slice() as NumberArrays[K]
  }

  [Symbol.iterator](): IterableIterator<NumberArrays[K][number]> {
    return new ListIterator(this)
  }
}

/*
 * A function for each type: `at` is what loops call, and engines inline it only as long as it always reads the same way.
 */
function atS8(this: ListView, index: number): number {
  const ptr = place(this, index, 1)
  return loadS8(openView(this), ptr)
}
function atU8(this: ListView, index: number): number {
  const ptr = place(this, index, 1)
  return loadU8(openView(this), ptr)
}
function atS16(this: ListView, index: number): number {
  const ptr = place(this, index, 2)
  return loadS16(openView(this), ptr)
}
function atU16(this: ListView, index: number): number {
  const ptr = place(this, index, 2)
  return loadU16(openView(this), ptr)
}
function atS32(this: ListView, index: number): number {
  const ptr = place(this, index, 4)
  return loadS32(openView(this), ptr)
}
function atU32(this: ListView, index: number): number {
  const ptr = place(this, index, 4)
  return loadU32(openView(this), ptr)
}
function atS64(this: ListView, index: number): bigint {
  const ptr = place(this, index, 8)
  return loadS64(openView(this), ptr)
}
function atU64(this: ListView, index: number): bigint {
  const ptr = place(this, index, 8)
  return loadU64(openView(this), ptr)
}
function atF32(this: ListView, index: number): number {
  const ptr = place(this, index, 4)
  return loadF32(openView(this), ptr)
}
function atF64(this: ListView, index: number): number {
  const ptr = place(this, index, 8)
  return loadF64(openView(this), ptr)
}

type View<K extends NumberType> = (cx: Context, func: string, ptr: number, n: number) => NumberList<K> & ListView

/**
 * Views of `n` numbers at `ptr`, in the result of `func`; by type.
 *
 * They throw WasmError `MemoryAccessViolation`, `AbiViolation` for a list that does not lie in the memory.
 */
export const viewNumbers: { readonly [K in NumberType]: View<K> } = {
  s8: (cx, func, ptr, n) => new NumberListView(cx, func, checkView(cx, ptr, n, 1, 1), n, LAYOUTS.s8, atS8),
  u8: (cx, func, ptr, n) => new NumberListView(cx, func, checkView(cx, ptr, n, 1, 1), n, LAYOUTS.u8, atU8),
  s16: (cx, func, ptr, n) => new NumberListView(cx, func, checkView(cx, ptr, n, 2, 2), n, LAYOUTS.s16, atS16),
  u16: (cx, func, ptr, n) => new NumberListView(cx, func, checkView(cx, ptr, n, 2, 2), n, LAYOUTS.u16, atU16),
  s32: (cx, func, ptr, n) => new NumberListView(cx, func, checkView(cx, ptr, n, 4, 4), n, LAYOUTS.s32, atS32),
  u32: (cx, func, ptr, n) => new NumberListView(cx, func, checkView(cx, ptr, n, 4, 4), n, LAYOUTS.u32, atU32),
  s64: (cx, func, ptr, n) => new NumberListView(cx, func, checkView(cx, ptr, n, 8, 8), n, LAYOUTS.s64, atS64),
  u64: (cx, func, ptr, n) => new NumberListView(cx, func, checkView(cx, ptr, n, 8, 8), n, LAYOUTS.u64, atU64),
  f32: (cx, func, ptr, n) => new NumberListView(cx, func, checkView(cx, ptr, n, 4, 4), n, LAYOUTS.f32, atF32),
  f64: (cx, func, ptr, n) => new NumberListView(cx, func, checkView(cx, ptr, n, 8, 8), n, LAYOUTS.f64, atF64),
}
