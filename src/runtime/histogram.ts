/** Bits of the mantissa that make a bucket: 16 buckets from one power of two to the next. */
const BITS = 4
const BUCKETS_PER_OCTAVE = 2 ** BITS
/** Up to 2^40 ns, 18 minutes; longer durations count as that. */
const OCTAVES = 40
const BUCKETS = OCTAVES * BUCKETS_PER_OCTAVE
/** What the upper half of the double 1.0 gives, so that 1 ns falls into bucket 0. */
const FIRST = 1023 << BITS

const scratch = new Float64Array(1)
// Little-endian, as WebAssembly's memory: index 1 has sign, exponent and the first 20 bits of the mantissa.
const halves = new Uint32Array(scratch.buffer)

/**
 * Counts durations in buckets whose width is 1/16 of their lower bound. A quantile is the middle of a bucket: at most
 * 1/32 (3.2 %) off the duration that really stands there.
 */
export class Histogram {
  readonly #buckets: Uint32Array = new Uint32Array(BUCKETS)

  add(ns: number): void {
    const index = bucketOf(ns)
    this.#buckets[index] = (this.#buckets[index] ?? 0) + 1
  }

  /** How many durations fell into each bucket that is not empty, as index and count in turn. */
  counts(): number[] {
    return Array.from(this.#buckets, (count, index) => (count === 0 ? [] : [index, count])).flat()
  }

  /** Adds what `counts` gave, of this histogram or of one in another thread. */
  merge(counts: readonly number[]): void {
    for (let i = 0; i + 1 < counts.length; i += 2) {
      const index = counts[i] ?? 0
      this.#buckets[index] = (this.#buckets[index] ?? 0) + (counts[i + 1] ?? 0)
    }
  }

  /** How many are below `ns`: exact for a power of two, else all that share its bucket are left out. */
  countBelow(ns: number): number {
    const end = ns < 2 ** OCTAVES ? bucketOf(ns) : BUCKETS
    let count = 0
    for (let index = 0; index < end; index++) count += this.#buckets[index] ?? 0
    return count
  }

  /** The duration that the part `q` (0 to 1) of all lies at or below; 0 when there are none. */
  quantile(q: number): number {
    let total = 0
    for (const count of this.#buckets) total += count
    if (total === 0) return 0
    let rest = Math.max(1, Math.ceil(q * total))
    for (const [index, count] of this.#buckets.entries()) {
      rest -= count
      if (rest <= 0) return middleOf(index)
    }
    return middleOf(BUCKETS - 1)
  }
}

function bucketOf(ns: number): number {
  scratch[0] = ns
  const index = ((halves[1] ?? 0) >>> (20 - BITS)) - FIRST
  return index < 0 ? 0 : index < BUCKETS ? index : BUCKETS - 1
}

function middleOf(index: number): number {
  const octave = 2 ** Math.floor(index / BUCKETS_PER_OCTAVE)
  return octave * (1 + ((index % BUCKETS_PER_OCTAVE) + 0.5) / BUCKETS_PER_OCTAVE)
}
