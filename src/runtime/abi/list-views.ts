import { checkList } from './memory.ts'
import { LAYOUTS, type NumberArrays, type NumberLayout, type NumberType } from './number-arrays.ts'
import type { ViewScope } from './view-scope.ts'

/**
 * A list of numbers where it lies in the guest's memory, valid until the function that was given it ends: any later use
 * throws `ExpiredView`. To be read only: the memory is the guest's.
 */
export class NumberList<K extends NumberType> implements Iterable<NumberArrays[K][number]> {
  readonly #scope: ViewScope<unknown>
  readonly #ptr: number
  readonly #length: number
  readonly #layout: NumberLayout<K>

  constructor(scope: ViewScope<unknown>, ptr: number, length: number, layout: NumberLayout<K>) {
    this.#scope = scope
    this.#ptr = ptr
    this.#length = length
    this.#layout = layout
  }

  /** How many numbers there are. */
  get length(): number {
    this.#scope.open()
    return this.#length
  }

  /**
   * The number at an index.
   *
   * @throws WasmError `ExpiredView`; `InvalidParam` for an index that is none of the list's
   */
  at(index: number): NumberArrays[K][number] {
    if (index >>> 0 !== index || index >= this.#length) this.#scope.outOfRange(index, this.#length)
    const layout = this.#layout
    return layout.load(this.#scope.open(), this.#ptr + index * layout.size)
  }

  /**
   * A typed array on the memory itself, for code that takes one: nothing is copied. It is detached, so that its length is
   * 0, when the view ends; that costs about a microsecond, and only where this is used.
   */
  get array(): NumberArrays[K] {
    const { buffer } = this.#scope.expose().U8
    return this.#layout.view(buffer, this.#ptr, this.#length)
  }

  /** The numbers in a typed array of their own, to keep. */
  copy(): NumberArrays[K] {
    const { buffer } = this.#scope.open().U8
    return this.#layout.view(buffer, this.#ptr, this.#length).slice() as NumberArrays[K]
  }

  /** The elements, one after the other. */
  *[Symbol.iterator](): Generator<NumberArrays[K][number], void, undefined> {
    for (let i = 0, { length } = this; i < length; i++) yield this.at(i)
  }
}

/** Makes the view of one record, whose fields are read when they are asked for. */
export type RecordViewClass<V> = new (scope: ViewScope<unknown>, ptr: number) => V

/**
 * A list of records where it lies in the guest's memory, valid until the function that was given it ends: any later use of
 * it or of a record of it throws `ExpiredView`. Of a record, only what is asked for is lifted.
 */
export class RecordList<V> implements Iterable<V> {
  readonly #scope: ViewScope<unknown>
  readonly #ptr: number
  readonly #length: number
  readonly #size: number
  readonly #View: RecordViewClass<V>

  constructor(scope: ViewScope<unknown>, ptr: number, length: number, size: number, View: RecordViewClass<V>) {
    this.#scope = scope
    this.#ptr = ptr
    this.#length = length
    this.#size = size
    this.#View = View
  }

  /** How many records there are. */
  get length(): number {
    this.#scope.open()
    return this.#length
  }

  /**
   * The record at an index.
   *
   * @throws WasmError `ExpiredView`; `InvalidParam` for an index that is none of the list's
   */
  at(index: number): V {
    if (index >>> 0 !== index || index >= this.#length) this.#scope.outOfRange(index, this.#length)
    this.#scope.open()
    return new this.#View(this.#scope, this.#ptr + index * this.#size)
  }

  /** The elements, one after the other. */
  *[Symbol.iterator](): Generator<V, void, undefined> {
    for (let i = 0, { length } = this; i < length; i++) yield this.at(i)
  }
}

/** A view of `n` numbers at `ptr`. Spec: CanonicalABI.md, `load_list_from_range`, for its checks. */
export function viewNumbers<K extends NumberType>(
  scope: ViewScope<unknown>,
  ptr: number,
  n: number,
  type: K,
): NumberList<K> {
  const layout: NumberLayout<K> = LAYOUTS[type]
  checkList(scope.open(), ptr, n * layout.size, layout.size)
  return new NumberList(scope, ptr, n, layout)
}

/** A view of `n` records of `size` bytes at `ptr`. Spec: CanonicalABI.md, `load_list_from_range`, for its checks. */
export function viewRecords<V>(
  scope: ViewScope<unknown>,
  ptr: number,
  n: number,
  size: number,
  align: number,
  View: RecordViewClass<V>,
): RecordList<V> {
  checkList(scope.open(), ptr, n * size, align)
  return new RecordList(scope, ptr, n, size, View)
}
