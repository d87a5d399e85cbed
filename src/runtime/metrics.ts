import { HostTrap } from './abi/host-trap.ts'
import { WasmError, type ErrorCodeName } from './errors.ts'
import { Histogram } from './histogram.ts'
import type { CallHooks, CallSite, CountingHooks, HookedInstance, SiteHooks } from './hooks.ts'
import { refuseUnknownKeys } from './known-keys.ts'

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
  /**
   * How much of `totalNs` an export spent in the imports that it called, their hooks included; the rest is the guest's, and
   * that of the bindings. 0 for an import.
   */
  readonly importNs: number
  /** How many errors there were of each code; `other` is what is no `WasmError`, such as what a host function throws. */
  readonly errorCodes: Readonly<Partial<Record<ErrorCodeName | 'other', number>>>
  /** How many calls took less than each of the bounds that `snapshot` was asked for; see `SnapshotOptions`. */
  readonly callsBelow: readonly number[]
}

/** What is known of all instances of one name that are alive. */
export interface ModuleMetrics {
  /** The instances' name. */
  readonly module: string
  /** How many are counted and have not been disposed of. */
  readonly instances: number
  /** Pages of 64 KiB of the memories that their values pass through, right now. */
  readonly memoryPages: number
}

/** What a snapshot shows besides what it always does. */
export interface SnapshotOptions {
  /**
   * Bounds in nanoseconds, for `callsBelow`. Powers of two are counted exactly; at other bounds up to a sixteenth more
   * than the bound may be missing.
   */
  readonly boundsNs?: readonly number[]
}

/** What a `MetricsCollector` measures. */
export interface MetricsOptions {
  /** Whether to read the clock, which is most of what metrics cost; without it the durations are 0. Default: true. */
  readonly durations?: boolean
}

const OPTIONS: ReadonlySet<string> = new Set<keyof MetricsOptions>(['durations'])
const SNAPSHOT_OPTIONS: ReadonlySet<string> = new Set<keyof SnapshotOptions>(['boundsNs'])

/** What a collector knows of one function. */
export interface SiteState {
  readonly site: CallSite
  /** Count, errors, totalNs, maxNs, bytesIn, bytesOut, importNs. */
  readonly numbers: readonly number[]
  /** As of `Histogram.counts`. */
  readonly durations: readonly number[]
  readonly errorCodes: readonly (readonly [ErrorCodeName | 'other', number])[]
}

/** What a collector hands to another one, of this thread or another. */
export type MetricsState = readonly SiteState[]

/** Counts calls, errors, durations and bytes per function, in typed arrays; may be shared by any number of instances. */
export class MetricsCollector implements CallHooks {
  // Instances of one name share a function's numbers, as scrapers see them.
  readonly #counters: Map<string, Counter> = new Map()
  readonly #bySite: WeakMap<CallSite, Counter> = new WeakMap()
  // Weak: who forgets an instance without disposing of it is not to keep it here.
  readonly #instances: Set<WeakRef<HookedInstance>> = new Set()
  readonly #refs: WeakMap<HookedInstance, WeakRef<HookedInstance>> = new WeakMap()
  readonly #forgotten: FinalizationRegistry<WeakRef<HookedInstance>> = new FinalizationRegistry((ref) => {
    this.#instances.delete(ref)
  })
  /** Whether the clock is read. */
  readonly isTimed: boolean

  /** @throws TypeError for options that are none */
  constructor(options: MetricsOptions = {}) {
    refuseUnknownKeys(options, OPTIONS, 'MetricsCollector')
    this.isTimed = options.durations ?? true
  }

  /** Counts a call that returned. */
  onReturn(site: CallSite, durationNs: number, bytesIn: number, bytesOut: number): void {
    this.#counter(site).onReturn(durationNs, bytesIn, bytesOut, 0)
  }

  /** Counts a call that threw. */
  onError(site: CallSite, error: unknown, durationNs: number): void {
    this.#counter(site).onError(error, durationNs, 0)
  }

  /** The hooks of one function: what the runtime calls, so that no call searches for its counter. */
  forSite(site: CallSite): SiteHooks {
    return this.#counter(site)
  }

  /** An instance whose calls are counted from now on: for its memory. The runtime calls it. */
  attach(instance: HookedInstance): void {
    if (this.#refs.has(instance)) return
    const ref = new WeakRef(instance)
    this.#refs.set(instance, ref)
    this.#instances.add(ref)
    this.#forgotten.register(instance, ref, instance)
  }

  /** An instance that has ended, or is no longer counted. The runtime calls it. */
  detach(instance: HookedInstance): void {
    const ref = this.#refs.get(instance)
    if (ref === undefined) return
    this.#refs.delete(instance)
    this.#instances.delete(ref)
    this.#forgotten.unregister(instance)
  }

  /**
   * All functions that were called, sorted by module, interface, function and direction.
   *
   * @throws TypeError for options that are none
   */
  snapshot(options: SnapshotOptions = {}): CallMetrics[] {
    refuseUnknownKeys(options, SNAPSHOT_OPTIONS, 'snapshot')
    const { boundsNs = [] } = options
    const called = [...this.#counters].filter(([, counter]) => counter.calls > 0)
    return called.sort(([a], [b]) => (a < b ? -1 : 1)).map(([, counter]) => counter.snapshot(boundsNs))
  }

  /** The instances that are alive and counted, by name, sorted; looked at now, never while they run. */
  modules(): ModuleMetrics[] {
    const modules = new Map<string, { instances: number; memories: Set<WebAssembly.Memory> }>()
    for (const ref of this.#instances) {
      const instance = ref.deref()
      if (instance === undefined) continue
      const sums = modules.get(instance.module) ?? { instances: 0, memories: new Set() }
      modules.set(instance.module, sums)
      sums.instances++
      for (const memory of instance.memories()) sums.memories.add(memory)
    }
    const sorted = [...modules].sort(([a], [b]) => (a < b ? -1 : 1))
    return sorted.map(([module, { instances, memories }]) => ({ module, instances, memoryPages: pagesOf(memories) }))
  }

  /** What is known of all functions that were called, whole, so that another collector can `merge` it: plain data. */
  state(): MetricsState {
    return [...this.#counters.values()].filter((counter) => counter.calls > 0).map((counter) => counter.state())
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

class Counter implements CountingHooks {
  declare readonly isTimed: boolean
  readonly #site: CallSite
  // Fields: doubles in them are written in place, while a typed array costs several checks per store. Exact up to 2^53.
  #count = 0
  #errors = 0
  #totalNs = 0
  #maxNs = 0
  #bytesIn = 0
  #bytesOut = 0
  #importNs = 0
  readonly #errorCodes: Map<ErrorCodeName | 'other', number> = new Map()
  #durations: Histogram = new Histogram()

  constructor(site: CallSite, isTimed: boolean) {
    this.#site = site
    this.isTimed = isTimed
  }

  /** How many calls there were. */
  get calls(): number {
    return this.#count
  }

  onCall(): void {}

  count(bytesIn: number, bytesOut: number): void {
    this.#count++
    this.#bytesIn += bytesIn
    this.#bytesOut += bytesOut
  }

  onReturn(durationNs: number, bytesIn: number, bytesOut: number, importNs: number): void {
    this.count(bytesIn, bytesOut)
    if (this.isTimed) this.#time(durationNs, importNs)
  }

  onError(error: unknown, durationNs: number, importNs: number): void {
    this.#count++
    this.#errors++
    const code = codeOf(error)
    this.#errorCodes.set(code, (this.#errorCodes.get(code) ?? 0) + 1)
    if (this.isTimed) this.#time(durationNs, importNs)
  }

  #time(durationNs: number, importNs: number): void {
    this.#totalNs += durationNs
    this.#importNs += importNs
    if (durationNs > this.#maxNs) this.#maxNs = durationNs
    this.#durations.add(durationNs)
  }

  snapshot(boundsNs: readonly number[]): CallMetrics {
    const { module, interface: face, function: func, direction } = this.#site
    const maxNs = this.#maxNs
    return {
      module,
      interface: face,
      function: func,
      direction,
      count: this.#count,
      errors: this.#errors,
      totalNs: this.#totalNs,
      maxNs,
      // The middle of the last bucket may lie above everything that was measured.
      p50Ns: Math.min(this.#durations.quantile(0.5), maxNs),
      p99Ns: Math.min(this.#durations.quantile(0.99), maxNs),
      bytesIn: this.#bytesIn,
      bytesOut: this.#bytesOut,
      importNs: this.#importNs,
      errorCodes: Object.fromEntries([...this.#errorCodes].sort(([a], [b]) => (a < b ? -1 : 1))),
      callsBelow: boundsNs.map((ns) => this.#durations.countBelow(ns)),
    }
  }

  state(): SiteState {
    const { module, interface: face, function: func, direction } = this.#site
    return {
      site: { module, interface: face, function: func, direction },
      numbers: [this.#count, this.#errors, this.#totalNs, this.#maxNs, this.#bytesIn, this.#bytesOut, this.#importNs],
      durations: this.#durations.counts(),
      errorCodes: [...this.#errorCodes],
    }
  }

  merge({ numbers, durations, errorCodes }: SiteState): void {
    const [count = 0, errors = 0, totalNs = 0, maxNs = 0, bytesIn = 0, bytesOut = 0, importNs = 0] = numbers
    this.#count += count
    this.#errors += errors
    this.#totalNs += totalNs
    this.#maxNs = Math.max(this.#maxNs, maxNs)
    this.#bytesIn += bytesIn
    this.#bytesOut += bytesOut
    this.#importNs += importNs
    this.#durations.merge(durations)
    for (const [code, n] of errorCodes) this.#errorCodes.set(code, (this.#errorCodes.get(code) ?? 0) + n)
  }

  reset(): void {
    this.#count = this.#errors = this.#totalNs = this.#maxNs = 0
    this.#bytesIn = this.#bytesOut = this.#importNs = 0
    this.#errorCodes.clear()
    this.#durations = new Histogram()
  }
}

function codeOf(error: unknown): ErrorCodeName | 'other' {
  if (error instanceof WasmError) return error.codeName
  return error instanceof HostTrap ? error.codeName : 'other'
}

function pagesOf(memories: ReadonlySet<WebAssembly.Memory>): number {
  let bytes = 0
  for (const { buffer } of memories) bytes += buffer.byteLength
  return bytes / 65_536
}
