import type { Context } from '../context.ts'
import { checkView, lengthOf, ListIterator, type ListView, place } from './list-view.ts'

/**
 * A list of records where it lies in the guest's memory, valid until the function that was given it ends: any later use of
 * it or of a record of it throws `ExpiredView`. Of a record, only what is asked for is lifted.
 */
export interface RecordList<V> extends Iterable<V> {
  /** How many records there are. */
  readonly length: number
  /**
   * The record at an index.
   *
   * @throws WasmError `ExpiredView`; `InvalidParam` for an index that is none of the list's
   */
  at(index: number): V
  /** The records in order; those that come after the view has ended throw `ExpiredView`. */
  [Symbol.iterator](): IterableIterator<V>
}

/** Makes the view of one record, whose fields are read when they are asked for. */
export type RecordViewClass<V> = new (list: ListView, ptr: number) => V

class RecordListView<V> implements RecordList<V>, ListView {
  // Only declared, and set once: engines would set each field twice otherwise.
  declare readonly cx: Context
  declare readonly func: string
  declare readonly ptr: number
  declare readonly count: number
  declare isOpen: boolean
  declare isExposed: boolean
  declare readonly size: number
  declare readonly View: RecordViewClass<V>

  constructor(cx: Context, func: string, ptr: number, count: number, size: number, View: RecordViewClass<V>) {
    this.cx = cx
    this.func = func
    this.ptr = ptr
    this.count = count
    this.isOpen = true
    this.isExposed = false
    this.size = size
    this.View = View
  }

  get length(): number {
    return lengthOf(this)
  }

  at(index: number): V {
    return new this.View(this, place(this, index, this.size))
  }

  [Symbol.iterator](): IterableIterator<V> {
    return new ListIterator(this)
  }
}

/**
 * A view of `n` records of `size` bytes at `ptr`, in the result of `func`.
 *
 * @throws WasmError `MemoryAccessViolation`, `AbiViolation` for a list that does not lie in the memory
 */
export function viewRecords<V>(
  cx: Context,
  func: string,
  ptr: number,
  n: number,
  size: number,
  align: number,
  View: RecordViewClass<V>,
): RecordList<V> & ListView {
  return new RecordListView(cx, func, checkView(cx, ptr, n, size, align), n, size, View)
}
