const [ALWAYS_0, INSIDE, MOST, HELD, FINISHED, ORDER, BEGUN] = [0, 1, 2, 3, 4, 5, 1005] as const
/** Longer than any wait of a test that succeeds, in milliseconds. */
const PATIENCE = 10_000
const IDS = 30_000

/** What the workers of a pool and a test count together. */
export class Shared {
  readonly buffer: SharedArrayBuffer
  readonly #words: Int32Array

  constructor(buffer: SharedArrayBuffer = new SharedArrayBuffer(4 * (BEGUN + IDS))) {
    this.buffer = buffer
    this.#words = new Int32Array(buffer)
  }

  /** The most calls that were inside at once. */
  get most(): number {
    return Atomics.load(this.#words, MOST)
  }

  /** How many calls of this number have begun. */
  begun(id: number): number {
    return Atomics.load(this.#words, BEGUN + id)
  }

  /** The numbers of the calls in the order in which they ended, where they were held in order. */
  get order(): number[] {
    return Array.from(this.#words.subarray(ORDER, ORDER + Atomics.load(this.#words, FINISHED)))
  }

  reset(): void {
    this.#words.fill(0)
  }

  /** Each call waits for so many others to be inside before it goes on; with `inOrder` it ends only after all smaller numbers. */
  hold(together: number, inOrder: boolean): void {
    Atomics.store(this.#words, HELD, together * 2 + Number(inOrder))
  }

  began(id: number): void {
    const inside = Atomics.add(this.#words, INSIDE, 1) + 1
    for (let most = this.most; inside > most; most = this.most) Atomics.compareExchange(this.#words, MOST, most, inside)
    Atomics.add(this.#words, BEGUN + id, 1)
    const held = Atomics.load(this.#words, HELD)
    this.#waitFor(() => this.most >= held >> 1)
    if ((held & 1) === 1) this.#waitFor(() => Atomics.load(this.#words, FINISHED) >= id - 1)
  }

  ended(id: number): void {
    const place = Atomics.load(this.#words, FINISHED)
    // Exact where calls are held in order, which end one after the other.
    Atomics.store(this.#words, ORDER + (place % 1000), id)
    Atomics.add(this.#words, FINISHED, 1)
    Atomics.sub(this.#words, INSIDE, 1)
  }

  #waitFor(isSo: () => boolean): void {
    const end = performance.now() + PATIENCE
    while (!isSo()) {
      if (performance.now() > end) throw new Error('the other calls have not come')
      Atomics.wait(this.#words, ALWAYS_0, 0, 1)
    }
  }
}
