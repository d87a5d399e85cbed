/**
 * The objects of one kind that have been made and not disposed of. Weak: an object that is forgotten can be collected, and is
 * then counted as forgotten. Touched when one is made and when it is disposed of, never in between.
 */
export class LiveRegistry<T extends object> {
  readonly #refs: Set<WeakRef<T>> = new Set()
  /** At so many entries it is time to look which of them have been collected. */
  #sweepAt = FIRST_SWEEP
  #forgotten = 0

  /** @returns what to hand to `remove` */
  add(object: T): WeakRef<T> {
    const ref = new WeakRef(object)
    this.#refs.add(ref)
    if (this.#refs.size >= this.#sweepAt) this.#sweep()
    return ref
  }

  /** A second time does nothing. */
  remove(ref: WeakRef<T>): void {
    this.#refs.delete(ref)
  }

  /** What is alive, the oldest first. */
  live(): T[] {
    return this.#sweep()
  }

  /** How many were collected without having been disposed of, as far as the collector has come. */
  get forgotten(): number {
    return this.#forgotten
  }

  #sweep(): T[] {
    const objects: T[] = []
    for (const ref of this.#refs) {
      const object = ref.deref()
      if (object !== undefined) objects.push(object)
      else {
        this.#refs.delete(ref)
        this.#forgotten++
      }
    }
    // Twice as many as there are: looking costs a constant share of what adding costs.
    this.#sweepAt = Math.max(FIRST_SWEEP, objects.length * 2)
    return objects
  }
}

const FIRST_SWEEP = 64
