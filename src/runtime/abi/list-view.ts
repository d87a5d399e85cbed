import type { Context } from '../context.ts'
import { WasmError } from '../errors.ts'
import { checkList, refresh } from './memory.ts'

/**
 * What views on lists have in common; their classes share it by functions rather than by `extends`, since engines do not
 * inline the constructors of derived classes reliably: a call would take 50 ns instead of 30.
 *
 * A view ends with the user's function that is given it. The guest's post-return comes after that, and what it frees is not
 * looked at any more. As long as a view is open the instance is in the middle of a call: the host cannot call it, nor make
 * its memory move.
 */
export interface ListView {
  readonly cx: Context
  /** The function whose result is viewed, as `ns:pkg/iface#func`. */
  readonly func: string
  readonly ptr: number
  /** How many elements there are. */
  readonly count: number
  isOpen: boolean
  /** Whether a typed array on the memory itself has been handed out. */
  isExposed: boolean
}

/** The memory, while views may look at it. */
export function openView(view: ListView): Context {
  const { cx } = view
  if (!view.isOpen) expired(view)
  // Another component of a composed guest may have called into this one, and made its memory grow.
  if (cx.U8.length === 0) refresh(cx)
  return cx
}

/** The user's function has ended, and the view with it. */
export function closeView(view: ListView): void {
  view.isOpen = false
  if (view.isExposed) detach(view.cx)
}

/** How many elements there are, while views may look at them. */
export function lengthOf(view: ListView): number {
  if (!view.isOpen) expired(view)
  return view.count
}

/** Where the element at an index lies, of elements of so many bytes. */
export function place(view: ListView, index: number, size: number): number {
  if (!view.isOpen) expired(view)
  if (index >>> 0 !== index || index >= view.count) outOfRange(view, index)
  return view.ptr + index * size
}

/** The elements in order. An object rather than a generator: those take twice as long per element. */
export class ListIterator<V> implements IterableIterator<V> {
  readonly #list: { readonly length: number; at(index: number): V }
  readonly #length: number
  #next = 0

  constructor(list: { readonly length: number; at(index: number): V }) {
    this.#list = list
    this.#length = list.length
  }

  next(): IteratorResult<V, undefined> {
    const index = this.#next
    if (index >= this.#length) return { value: undefined, done: true }
    this.#next = index + 1
    return { value: this.#list.at(index), done: false }
  }

  [Symbol.iterator](): this {
    return this
  }
}

/**
 * Checks that a list which is to be viewed lies in the memory, and counts its bytes for metrics; gives its place. What its
 * elements refer to counts when it is lifted. Spec: CanonicalABI.md, `load_list_from_range`.
 */
export function checkView(cx: Context, ptr: number, n: number, size: number, align: number): number {
  checkList(cx, ptr, n * size, align)
  if (cx.guard === undefined) cx.bytesOut += n * size
  else cx.guard.show(cx, n * size)
  return ptr
}

/**
 * Makes every typed array on the memory empty. Growing by nothing is what does that, in all engines; it takes about half a
 * microsecond.
 */
export function detach(cx: Context): void {
  cx.memory?.grow(0)
  refresh(cx)
}

function outOfRange(view: ListView, index: unknown): never {
  const text = `index ${String(index)} is out of range: the list has ${view.count} elements`
  throw new WasmError('InvalidParam', view.cx.module, view.func, text)
}

function expired({ cx, func }: ListView): never {
  const text = `a view on the result of ${func} was used after the function that was given it had ended`
  throw new WasmError('ExpiredView', cx.module, func, text)
}
