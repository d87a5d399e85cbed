import type { DurationStats, PoolNumbers } from '../../runtime/pool-numbers.ts'
import { Histogram } from '../../runtime/histogram.ts'

export type { DurationStats }

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
export interface PoolStats extends PoolNumbers {
  /** The most workers that ran calls at once. */
  readonly maxBusy: number
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
