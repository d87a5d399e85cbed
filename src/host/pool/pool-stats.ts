import { Histogram } from '../../runtime/histogram.ts'

/** Durations in milliseconds. Percentiles are at most 3.2 % off. */
export interface DurationStats {
  readonly count: number
  readonly totalMs: number
  readonly maxMs: number
  readonly p50Ms: number
  readonly p99Ms: number
}

export interface WorkerStats {
  readonly id: number
  /** The index of its source. */
  readonly source: number
  readonly state: 'starting' | 'idle' | 'busy' | 'ending' | 'ended'
  readonly calls: number
  readonly busyMs: number
  /** The memory of its instance, in pages of 64 KiB. */
  readonly pages: number
  /** How many instances it has had after the first one. */
  readonly renewed: number
  /** Instructions of all its instances so far; 0 where the policy limits no fuel. */
  readonly fuelUsed: number
}

/** What a pool has done and is doing. */
export interface PoolStats {
  readonly size: number
  /** Workers that run calls. */
  readonly busy: number
  /** The most that ran at once. */
  readonly maxBusy: number
  /** Calls that wait, without items that `map` has yet to read. */
  readonly waiting: number
  readonly completed: number
  /** Of those completed. */
  readonly failed: number
  /** Workers that were started in place of others. */
  readonly replaced: number
  /** How long calls waited for a worker. */
  readonly queue: DurationStats
  /** How long workers were busy, per lot of calls that was sent. */
  readonly busyTime: DurationStats
  readonly workers: readonly WorkerStats[]
}

/** Adds up durations. */
export class Durations {
  readonly #histogram: Histogram = new Histogram()
  #count = 0
  #totalMs = 0
  #maxMs = 0

  add(ms: number): void {
    this.#count++
    this.#totalMs += ms
    this.#maxMs = Math.max(this.#maxMs, ms)
    this.#histogram.add(ms * 1e6)
  }

  get stats(): DurationStats {
    const quantile = (q: number): number => Math.min(this.#histogram.quantile(q) / 1e6, this.#maxMs)
    return {
      count: this.#count,
      totalMs: this.#totalMs,
      maxMs: this.#maxMs,
      p50Ms: quantile(0.5),
      p99Ms: quantile(0.99),
    }
  }
}
