import { deferred } from './deferred.ts'
import type { Call, Feeder, PoolFunction } from './call.ts'

/** What `map` runs over. */
export type Items<T> = Iterable<T> | AsyncIterable<T>

/** How many items of an async iterable are fetched ahead of the workers. */
const AHEAD = 64

/** What a feeder needs of its pool. */
export interface FeederHost {
  /** Makes the call of one item. */
  call(args: readonly unknown[], resolve: (value: unknown) => void, reject: (error: unknown) => void): Call
  /** The error for an item that is no list of arguments. */
  refused(cause: unknown): unknown
  /** There are calls to take, or none any more. */
  changed(): void
  /** It has ended; nobody waits for these calls any more. */
  ended(abandoned: readonly Call[]): void
}

/** The calls of one `map`: an item is read when there is a worker for it, results keep the order of the items. */
export class MapFeeder implements Feeder {
  readonly fn: PoolFunction
  readonly source: number | undefined
  /** The results in order, or what `Promise.allSettled` gives. */
  readonly result: Promise<unknown[]>
  readonly #done: ReturnType<typeof deferred<unknown[]>> = deferred<unknown[]>()
  readonly #host: FeederHost
  readonly #settles: boolean
  readonly #sync: Iterator<unknown> | undefined
  readonly #async: AsyncIterator<unknown> | undefined
  readonly #length: number | undefined
  readonly #results: unknown[] = []
  readonly #open: Set<Call> = new Set()
  readonly #ahead: unknown[] = []
  /** Items that are no lists of arguments, and have no outcome yet. */
  #refusing = 0
  #isFetching = false
  #taken = 0
  #isExhausted = false
  #isEnded = false

  constructor(fn: PoolFunction, items: Items<unknown>, settles: boolean, source: number | undefined, host: FeederHost) {
    this.fn = fn
    this.source = source
    this.#settles = settles
    this.#host = host
    this.result = this.#done.promise
    this.#length = Array.isArray(items) ? items.length : undefined
    if (Symbol.asyncIterator in items) this.#async = items[Symbol.asyncIterator]()
    else this.#sync = items[Symbol.iterator]()
  }

  /** Ends at once where there is nothing to do, or begins to fetch. */
  start(): void {
    if (this.#length === 0) this.#exhaust()
    else if (this.#async !== undefined) void this.#fetch(this.#async)
  }

  get left(): number | undefined {
    return this.#length === undefined ? undefined : this.#length - this.#taken
  }

  take(count: number): Call[] {
    const calls: Call[] = []
    // Not until there are so many calls: items that are none may have no end.
    for (let i = 0; i < count && !this.#isEnded; i++) {
      const item = this.#next()
      if (item === undefined) break
      const call = this.#call(item.value)
      if (call !== undefined) calls.push(call)
    }
    if (this.#async !== undefined) void this.#fetch(this.#async)
    // Reading may have ended it, and with it the calls before.
    return this.#isEnded ? [] : calls
  }

  fail(error: unknown): void {
    if (this.#isEnded) return
    this.#end()
    this.#done.reject(error)
  }

  #next(): { readonly value: unknown } | undefined {
    if (this.#sync === undefined) return this.#ahead.length > 0 ? { value: this.#ahead.shift() } : undefined
    if (this.#isExhausted) return undefined
    try {
      const next = this.#sync.next()
      if (next.done !== true) return { value: next.value }
      this.#exhaust()
    } catch (error) {
      this.#isExhausted = true
      this.fail(error)
    }
    return undefined
  }

  async #fetch(iterator: AsyncIterator<unknown>): Promise<void> {
    if (this.#isFetching || this.#isExhausted) return
    this.#isFetching = true
    try {
      while (this.#ahead.length < AHEAD && !this.#isEnded) {
        const next = await iterator.next()
        if (next.done === true) return this.#exhaust()
        this.#ahead.push(next.value)
        this.#host.changed()
      }
    } catch (error) {
      this.#isExhausted = true
      this.fail(error)
    } finally {
      this.#isFetching = false
    }
  }

  /** The call of an item; undefined where there is none, which its result or that of the whole then tells. */
  #call(item: unknown): Call | undefined {
    const index = this.#taken++
    const settle = (result: unknown, call?: Call): void => {
      if (call !== undefined) this.#open.delete(call)
      this.#results[index] = result
      this.#finishWhenDone()
    }
    const reject = (reason: unknown, call?: Call): void => {
      if (this.#settles) return settle({ status: 'rejected', reason }, call)
      if (call !== undefined) this.#open.delete(call)
      this.fail(reason)
    }
    let args: readonly unknown[]
    try {
      args = this.fn.params === 1 ? [item] : [...(item as Iterable<unknown>)]
    } catch (cause) {
      // Not in the middle of handing out calls, which goes on with the next item.
      this.#refusing++
      setImmediate(() => {
        this.#refusing--
        reject(this.#host.refused(cause))
        // There may be others behind it.
        if (!this.#isEnded) this.#host.changed()
      })
      return undefined
    }
    try {
      const call: Call = this.#host.call(
        args,
        (value) => settle(this.#settles ? { status: 'fulfilled', value } : value, call),
        (reason) => reject(reason, call),
      )
      call.isOfMap = true
      this.#open.add(call)
      return call
    } catch (error) {
      // The pool has been disposed by what the items are read from.
      this.fail(error)
      return undefined
    }
  }

  #exhaust(): void {
    this.#isExhausted = true
    this.#finishWhenDone()
  }

  #finishWhenDone(): void {
    // An array is done when its last item is, whether or not the iterator has been asked.
    const isOver = (this.#isExhausted && this.#ahead.length === 0) || this.#taken === this.#length
    if (this.#isEnded || !isOver || this.#open.size > 0 || this.#refusing > 0) return
    this.#end()
    this.#done.resolve(this.#results)
  }

  #end(): void {
    this.#isEnded = true
    const abandoned = [...this.#open]
    for (const call of abandoned) call.isAbandoned = true
    this.#open.clear()
    if (!this.#isExhausted) close(this.#async ?? this.#sync)
    this.#host.ended(abandoned)
  }
}

/** Tells an iterator that no more is wanted; what it says to that is not of interest. */
function close(iterator: Iterator<unknown> | AsyncIterator<unknown> | undefined): void {
  try {
    void Promise.resolve(iterator?.return?.()).catch(() => {})
  } catch {
    // A generator's `finally` threw: the map has its result.
  }
}
