import type { Context } from '../context.ts'
import { WasmError } from '../errors.ts'
import { isThenable } from './promises.ts'
import { refresh } from './memory.ts'

/**
 * How long views on a result may be used: from the call of the user's function to its end. The guest's post-return comes
 * after that, and what it frees is not looked at any more. As long as the scope is open the instance is in the middle of
 * a call: the host cannot call it, nor make its memory move.
 */
export class ViewScope<R> {
  /** Undefined once it is over. */
  cx: Context | undefined
  readonly #module: string
  readonly #func: string
  #result: R | undefined = undefined
  #error: { readonly thrown: unknown } | undefined = undefined
  #isExposed = false

  /** @param func the function whose result is viewed, as `ns:pkg/iface#func` */
  constructor(cx: Context, func: string) {
    this.cx = cx
    this.#module = cx.module
    this.#func = func
  }

  /** Calls the user's function with the view; the scope is over when it returns or throws. Throws nothing itself. */
  run<V>(use: (view: V) => R, view: V): void {
    const { cx } = this
    try {
      this.#result = use(view)
    } catch (thrown) {
      this.#error = { thrown }
    }
    this.cx = undefined
    if (this.#isExposed && cx !== undefined) detach(cx)
  }

  /** There is nothing to view: the guest has returned an `err`. */
  fail(error: unknown): void {
    this.#error = { thrown: error }
  }

  /**
   * What the user's function has returned, once the guest has cleaned up.
   *
   * @throws what it has thrown, or the guest's error; WasmError `InvalidParam` for a Promise: whatever it waits for, the view is gone by then
   */
  end(): R {
    if (this.#error !== undefined) throw this.#error.thrown
    const result = this.#result as R
    if (isThenable(result)) this.#refuse(result)
    return result
  }

  /** The memory, while views may look at it. */
  open(): Context {
    const { cx } = this
    if (cx === undefined) return this.#expired()
    // Another component of a composed guest may have called into this one, and made its memory grow.
    if (cx.U8.length === 0) refresh(cx)
    return cx
  }

  /** Hands out a typed array on the memory itself: at the end of the scope all such are detached. */
  expose(): Context {
    this.#isExposed = true
    return this.open()
  }

  /** Refuses an index that is none of the list's. */
  outOfRange(index: unknown, length: number): never {
    this.open()
    const text = `index ${String(index)} is out of range: the list has ${length} elements`
    throw new WasmError('InvalidParam', this.#module, this.#func, text)
  }

  #expired(): never {
    const text = `a view on the result of ${this.#func} was used after the function that was given it had ended`
    throw new WasmError('ExpiredView', this.#module, this.#func, text)
  }

  #refuse(promise: object): never {
    // Should it reject, as it will when it looks at the view, that is no unhandled rejection.
    Promise.resolve(promise).catch(() => {})
    const text =
      'the function that is given the view returned a Promise: a view ends with that function, so it has to do its work ' +
      'before it returns; copy what is needed later'
    throw new WasmError('InvalidParam', this.#module, this.#func, text)
  }
}

/**
 * Makes every typed array on the memory empty. Growing by nothing is what does that, in all engines; it takes about a
 * microsecond.
 */
export function detach(cx: Context): void {
  cx.memory?.grow(0)
  refresh(cx)
}
