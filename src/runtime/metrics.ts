import { Histogram } from './histogram.ts'
import type { CallHooks, CallSite, SiteHooks } from './hooks.ts'

/** What is known of one function. Durations in nanoseconds; `count` includes failed calls. */
export interface CallMetrics extends CallSite {
  readonly count: number
  readonly errors: number
  readonly totalNs: number
  readonly maxNs: number
  /** At most 3.2 % off; see `Histogram`. */
  readonly p50Ns: number
  readonly p99Ns: number
  readonly bytesIn: number
  readonly bytesOut: number
}

/** What a `MetricsCollector` measures. */
export interface MetricsOptions {
  /** Whether to read the clock, which is most of what metrics cost; without it the durations are 0. Default: true. */
  readonly durations?: boolean
}

/** What a collector knows of one function: `numbers` are those of `Numbers`, `durations` those of a `Histogram`. */
export interface SiteState {
  readonly site: CallSite
  readonly numbers: readonly number[]
  readonly durations: readonly number[]
}

/** What a collector hands to another one, of this thread or another. */
export type MetricsState = readonly SiteState[]

/** Counts calls, errors, durations and bytes per function, in typed arrays; may be shared by any number of instances. */
export class MetricsCollector implements CallHooks {
  // Instances of one name share a function's numbers, as scrapers see them.
  readonly #counters: Map<string, Counter> = new Map()
  readonly #bySite: WeakMap<CallSite, Counter> = new WeakMap()
  /** Whether it reads the clock. */
  readonly isTimed: boolean

  constructor(options: MetricsOptions = {}) {
    this.isTimed = options.durations ?? true
  }

  /** Counts a call that returned. */
  onReturn(site: CallSite, durationNs: number, bytesIn: number, bytesOut: number): void {
    this.#counter(site).onReturn(durationNs, bytesIn, bytesOut)
  }

  /** Counts a call that threw. */
  onError(site: CallSite, error: unknown, durationNs: number): void {
    this.#counter(site).onError(error, durationNs)
  }

  /** The hooks of one function: what the runtime calls, so that no call searches for its counter. */
  forSite(site: CallSite): SiteHooks {
    return this.#counter(site)
  }

  /** All functions that were called, sorted by module, interface, function and direction. */
  snapshot(): CallMetrics[] {
    const called = [...this.#counters].filter(([, counter]) => counter.count > 0)
    return called.sort(([a], [b]) => (a < b ? -1 : 1)).map(([, counter]) => counter.snapshot())
  }

  /** What is known of all functions that were called, whole, so that another collector can `merge` it: plain data. */
  state(): MetricsState {
    return [...this.#counters.values()].filter((counter) => counter.count > 0).map((counter) => counter.state())
  }

  /** Adds what another collector counted, as one in a worker thread. */
  merge(state: MetricsState): void {
    for (const counted of state) this.#counter(counted.site).merge(counted)
  }

  /** Forgets everything. */
  reset(): void {
    for (const counter of this.#counters.values()) counter.reset()
  }

  #counter(site: CallSite): Counter {
    let counter = this.#bySite.get(site)
    if (counter !== undefined) return counter
    const key = [site.module, site.interface, site.function, site.direction].join('\0')
    counter = this.#counters.get(key)
    if (counter === undefined) this.#counters.set(key, (counter = new Counter(site, this.isTimed)))
    this.#bySite.set(site, counter)
    return counter
  }
}

class Counter implements SiteHooks {
  readonly isTimed: boolean
  readonly #site: CallSite
  // Doubles: counts stay exact up to 2^53, and no number is boxed.
  readonly #numbers: Float64Array = new Float64Array(6)
  #durations: Histogram = new Histogram()

  constructor(site: CallSite, isTimed: boolean) {
    this.#site = site
    this.isTimed = isTimed
  }

  get count(): number {
    return this.#numbers[0] ?? 0
  }

  onCall(): void {}

  onReturn(durationNs: number, bytesIn: number, bytesOut: number): void {
    const numbers = this.#numbers as Numbers
    numbers[0]++
    numbers[4] += bytesIn
    numbers[5] += bytesOut
    if (this.isTimed) this.#time(durationNs)
  }

  onError(_error: unknown, durationNs: number): void {
    const numbers = this.#numbers as Numbers
    numbers[0]++
    numbers[1]++
    if (this.isTimed) this.#time(durationNs)
  }

  #time(durationNs: number): void {
    const numbers = this.#numbers as Numbers
    numbers[2] += durationNs
    if (durationNs > numbers[3]) numbers[3] = durationNs
    this.#durations.add(durationNs)
  }

  snapshot(): CallMetrics {
    const [count = 0, errors = 0, totalNs = 0, maxNs = 0, bytesIn = 0, bytesOut = 0] = this.#numbers
    const { module, interface: face, function: func, direction } = this.#site
    const site = { module, interface: face, function: func, direction }
    // The middle of the last bucket may lie above everything that was measured.
    const p50Ns = Math.min(this.#durations.quantile(0.5), maxNs)
    const p99Ns = Math.min(this.#durations.quantile(0.99), maxNs)
    return { ...site, count, errors, totalNs, maxNs, p50Ns, p99Ns, bytesIn, bytesOut }
  }

  state(): SiteState {
    const { module, interface: face, function: func, direction } = this.#site
    const site = { module, interface: face, function: func, direction }
    return { site, numbers: Array.from(this.#numbers), durations: this.#durations.counts() }
  }

  merge({ numbers, durations }: SiteState): void {
    const own = this.#numbers as Numbers
    const [count = 0, errors = 0, totalNs = 0, maxNs = 0, bytesIn = 0, bytesOut = 0] = numbers
    own[0] += count
    own[1] += errors
    own[2] += totalNs
    own[3] = Math.max(own[3], maxNs)
    own[4] += bytesIn
    own[5] += bytesOut
    this.#durations.merge(durations)
  }

  reset(): void {
    this.#numbers.fill(0)
    this.#durations = new Histogram()
  }
}

/** The indices of a counter's numbers, for the compiler: count, errors, totalNs, maxNs, bytesIn, bytesOut. */
type Numbers = Float64Array & Record<0 | 1 | 2 | 3 | 4 | 5, number>
