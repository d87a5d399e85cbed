/** The place of the word that says which calls the worker has: how many have begun, and before which it ends, 16 bits each. */
const SHARE = 2

/** Bytes of the memory that a worker and the main thread share. */
const SIZE = 32

/**
 * What a worker and the main thread share: what the worker is doing, readable while it runs a guest and answers no message.
 */
export class Control {
  readonly buffer: SharedArrayBuffer
  readonly #times: Float64Array
  readonly #words: Int32Array

  constructor(buffer: SharedArrayBuffer = new SharedArrayBuffer(SIZE)) {
    this.buffer = buffer
    this.#times = new Float64Array(buffer, 0, 1)
    this.#words = new Int32Array(buffer, 8, 6)
  }

  /** A call begins: its index among the calls that were sent together; -1 is the start of an instance. */
  begin(index: number): void {
    Atomics.store(this.#words, 0, index)
    this.#times[0] = clock()
    Atomics.store(this.#words, 1, 1)
  }

  /** No guest runs. */
  end(): void {
    Atomics.store(this.#words, 1, 0)
  }

  /** How long the guest has been running, in milliseconds; undefined when none runs. */
  get runningMs(): number | undefined {
    return Atomics.load(this.#words, 1) === 0 ? undefined : clock() - (this.#times[0] ?? 0)
  }

  /** The index of the call that runs or ran last. */
  get index(): number {
    return Atomics.load(this.#words, 0)
  }

  /** So many calls are sent together, none of which has begun; `isMap` where nobody waits for one of them alone. */
  offer(count: number, isMap: boolean): void {
    Atomics.store(this.#words, 5, isMap ? 1 : 0)
    Atomics.store(this.#words, SHARE, count)
  }

  /** Whether the calls that were sent last belong to a `map`. */
  get isMap(): boolean {
    return Atomics.load(this.#words, 5) === 1
  }

  /** Begins the next of the calls that were sent; says whether there is one that has not been taken back. */
  claim(): boolean {
    return this.#share((begun, end) => (begun < end ? [begun + 1, end] : undefined)) !== undefined
  }

  /**
   * Takes calls back that have not begun: all, or the last half of them. Of an odd number the one in the middle is taken from
   * a worker that is busy with another, and left to one that has just been woken for it.
   *
   * @returns how many calls the worker keeps of those that were sent; undefined where none is taken
   */
  withdraw(what: 'all' | 'half'): number | undefined {
    const kept = this.#share((begun, end) => {
      const open = end - begun
      const taken = what === 'all' ? open : begun === 0 ? open >> 1 : (open + 1) >> 1
      return taken === 0 ? undefined : [begun, end - taken]
    })
    return kept?.[1]
  }

  /** How many requests for imports the main thread has answered. */
  get replies(): number {
    return Atomics.load(this.#words, 3)
  }

  /** Wakes the worker, which waits for an answer. */
  replied(): void {
    Atomics.add(this.#words, 3, 1)
    Atomics.notify(this.#words, 3)
  }

  /** Blocks until there are more answers than `seen`. */
  waitForReply(seen: number): void {
    while (this.replies === seen) Atomics.wait(this.#words, 3, seen)
  }

  /** How many messages with calls the main thread has sent. */
  get sent(): number {
    return Atomics.load(this.#words, 4)
  }

  /** Wakes the worker, where it waits for calls. */
  hasSent(): void {
    Atomics.add(this.#words, 4, 1)
    Atomics.notify(this.#words, 4)
  }

  /** Blocks until more messages with calls than `seen` have been sent, at most for `ms`; says whether they have. */
  waitForCalls(seen: number, ms: number): boolean {
    return Atomics.wait(this.#words, 4, seen, ms) !== 'timed-out'
  }

  /** Changes both numbers at once; undefined where `next` changes nothing. */
  #share(next: (begun: number, end: number) => [begun: number, end: number] | undefined): [number, number] | undefined {
    for (;;) {
      const old = Atomics.load(this.#words, SHARE)
      const changed = next(old >>> 16, old & 0xffff)
      if (changed === undefined) return undefined
      const word = (changed[0] << 16) | changed[1]
      if (Atomics.compareExchange(this.#words, SHARE, old, word) === old) return changed
    }
  }
}

/** Milliseconds of a clock that all threads of the process share. */
function clock(): number {
  return Number(process.hrtime.bigint()) / 1e6
}
