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
    this.#words = new Int32Array(buffer, 8, 5)
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

  /** Asks the worker to begin no further call of those that it has. */
  set isStopped(stopped: boolean) {
    Atomics.store(this.#words, 2, stopped ? 1 : 0)
  }

  get isStopped(): boolean {
    return Atomics.load(this.#words, 2) === 1
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
}

/** Milliseconds of a clock that all threads of the process share. */
function clock(): number {
  return Number(process.hrtime.bigint()) / 1e6
}
