/** Durations in milliseconds. Percentiles are at most 3.2 % off. */
export interface DurationStats {
  readonly count: number
  readonly totalMs: number
  readonly maxMs: number
  readonly p50Ms: number
  readonly p99Ms: number
}

/** The numbers of a pool that are written down over time. */
export interface PoolNumbers {
  /** The name of the instances. */
  readonly module: string
  readonly size: number
  /** Workers that run calls. */
  readonly busy: number
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
}

/** A pool, as those see it who write down its numbers: a `Pool` of `witgen/host`. */
export interface ObservedPool {
  stats(): PoolNumbers
}
