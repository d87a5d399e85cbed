import type { Call, Feeder } from './call.ts'
import { CallQueue } from './call-queue.ts'
import { WasmError } from '../../runtime/errors.ts'
import { Durations, type PoolStats } from './pool-stats.ts'
import { PoolWorker } from './pool-worker.ts'
import type { WorkerEvents, WorkerSetup } from './worker-events.ts'
import type { FromWorker, WireFunction, WorkerData } from './protocol.ts'

/** How long a call that is cancelled may take to come back by itself, in milliseconds, before its worker is ended. */
const GRACE_MS = 20

/** After so many lots that could not be sent others have their turn: the items of a map may be endless. */
const UNFIT_LOTS = 100

/** How long a worker that could not be started is left alone while others do its work, in milliseconds. */
const RETRY_MS = 1000

/** What the members of a crew are made from. */
export interface CrewPlan {
  readonly size: number
  readonly maxChunk: number
  /** One per source; worker `i` has source `i % sources.length`. */
  readonly sources: readonly WorkerData['compiled'][]
  readonly setup: Omit<WorkerSetup, 'events'>
  readonly onMessage: (worker: PoolWorker, message: FromWorker) => void
  /** A worker was ended while it ran a call. */
  readonly onLost: (worker: PoolWorker, call: Call, error: unknown) => void
}

/** The workers of a pool: gives them calls, and replaces those that end. */
export class Crew implements WorkerEvents {
  readonly queue: CallQueue
  readonly #plan: CrewPlan
  readonly #setup: WorkerSetup
  /** By place; undefined where no worker could be started. */
  readonly #workers: (PoolWorker | undefined)[] = []
  /** By place: when a worker could not be started, in milliseconds of `performance.now()`. */
  readonly #failures: number[] = []
  readonly #waits: Durations = new Durations()
  readonly #busyTimes: Durations = new Durations()
  #nextId = 1
  #closed: { readonly reason: unknown } | undefined
  #isTaking = false
  /** Until all have started, none is replaced. */
  #isStarted = false
  #completed = 0
  #failed = 0
  #replaced = 0
  #maxBusy = 0

  constructor(plan: CrewPlan) {
    this.#plan = plan
    this.#setup = { ...plan.setup, events: this }
    this.queue = new CallQueue(plan.size, plan.maxChunk)
  }

  /**
   * Starts all workers.
   *
   * @returns the functions of the world
   * @throws what the first one that could not be started reports; all others have ended then
   */
  async start(): Promise<readonly WireFunction[]> {
    for (let place = 0; place < this.#plan.size; place++) this.#hire(place)
    try {
      const [functions = []] = await Promise.all(this.#workers.map((worker) => worker?.ready ?? []))
      this.#isStarted = true
      // One may have ended while others were starting.
      for (const [place, worker] of this.#workers.entries()) if (worker?.state === 'ended') this.#replace(place)
      return functions
    } catch (error) {
      await this.close(error)
      throw error
    }
  }

  /** Gives waiting calls to workers that have nothing to do. */
  dispatch(): void {
    if (this.#closed !== undefined) return this.#refuse(this.#closed.reason)
    if (this.#isTaking) return queueMicrotask(() => this.dispatch())
    for (const [place, worker] of this.#workers.entries()) {
      if (worker === undefined && this.#isStarted && this.#isMissed(place)) this.#hire(place)
      if (worker?.state === 'idle') this.#occupy(worker)
    }
  }

  /** Calls that nobody waits for any more: workers do not begin them, and are ended when they are in the middle of one. */
  abandon(calls: readonly Call[], isUrgent: boolean, reason: unknown): void {
    const abandoned = new Set(calls)
    for (const call of calls) this.queue.remove(call)
    for (const worker of this.#workers) {
      const current = worker?.current ?? []
      if (worker === undefined || !current.some((call) => abandoned.has(call))) continue
      this.queue.putBack(worker.withdraw('all').filter((call) => !call.isAbandoned))
      if (!isUrgent) continue
      const lot = new Set(current)
      const end = (): void => {
        if (!worker.current.some((call) => lot.has(call) && abandoned.has(call))) return
        // One that has come back has only not been heard of yet; another may run before it, which somebody waits for.
        const running = worker.running
        if (worker.isRunning && running !== undefined && abandoned.has(running)) void worker.end(reason)
        else setTimeout(end, GRACE_MS)
      }
      setTimeout(end, GRACE_MS)
    }
  }

  /** Ends all workers; calls in progress fail with `reason`. */
  async close(reason: unknown): Promise<void> {
    this.#closed = { reason }
    this.#refuse(reason)
    for (const worker of this.#workers) for (const call of worker?.current ?? []) call.reject(reason)
    await Promise.all(this.#workers.map((worker) => worker?.end(reason)))
  }

  /** Nothing that waits will be done. */
  #refuse(reason: unknown): void {
    const { calls, feeders } = this.queue.clear()
    for (const call of calls) call.reject(reason)
    for (const feeder of feeders) feeder.fail(reason)
  }

  /** How many sources there are. */
  get sources(): number {
    return this.#plan.sources.length
  }

  stats(): PoolStats {
    const workers = this.#workers.flatMap((worker) => {
      if (worker === undefined) return []
      const { id, source, state, calls, busyMs, pages, renewed, fuelUsed } = worker
      return [{ id, source, state, calls, busyMs, pages, renewed, fuelUsed }]
    })
    return {
      module: this.#plan.setup.module,
      size: this.#plan.size,
      busy: this.#busy,
      maxBusy: this.#maxBusy,
      waiting: this.queue.length,
      completed: this.#completed,
      failed: this.#failed,
      replaced: this.#replaced,
      queue: this.#waits.stats,
      busyTime: this.#busyTimes.stats,
      workers,
    }
  }

  message(worker: PoolWorker, message: FromWorker): void {
    if (message.kind === 'results' && message.isDone) this.#busyTimes.add(message.busyNs / 1e6)
    listening(() => this.#plan.onMessage(worker, message))
  }

  settled(_call: Call, isError: boolean): void {
    this.#completed++
    if (isError) this.#failed++
  }

  idle(worker: PoolWorker): void {
    if (this.#closed === undefined) this.#occupy(worker)
  }

  lost(worker: PoolWorker, call: Call, error: unknown): void {
    listening(() => this.#plan.onLost(worker, call, error))
  }

  ended(worker: PoolWorker, unfinished: readonly Call[], error: unknown): void {
    if (this.#closed !== undefined) {
      for (const call of unfinished) call.reject(error)
      return
    }
    this.queue.putBack(unfinished)
    const place = this.#workers.indexOf(worker)
    if (!this.#isStarted || place < 0) return
    this.#workers[place] = undefined
    // One that did not even start would not start now either.
    if (worker.hasStarted) this.#replace(place)
    else {
      this.#failures[place] = performance.now()
      if (!this.#isServed()) this.#failWaiting(error)
      else if (!this.#isServed(worker.source)) this.#failWaiting(error, worker.source)
    }
    // Others may have nothing to do.
    this.dispatch()
  }

  /** Whether there is a worker, with this source where one is given. */
  #isServed(source?: number): boolean {
    return this.#workers.some((worker) => worker !== undefined && (source ?? worker.source) === worker.source)
  }

  /** Whether to try again to start the worker of a place: at once where calls wait for nobody else, else now and then. */
  #isMissed(place: number): boolean {
    if (!this.queue.hasWork) return false
    const source = place % this.sources
    if (!this.#isServed() || (!this.#isServed(source) && this.queue.waitsFor(source))) return true
    return performance.now() - (this.#failures[place] ?? -RETRY_MS) >= RETRY_MS
  }

  /** No worker can be started that could take it, or none at all: what waits would wait for ever. */
  #failWaiting(cause: unknown, source?: number): void {
    const { calls, feeders } = this.queue.clear(source)
    const failure = ({ id, function: name }: WireFunction): unknown => {
      // It is not the call's parameters that are wrong.
      if (cause instanceof WasmError && cause.codeName !== 'InvalidParam') return cause
      const text = `${name}: no worker can be started: ${cause instanceof Error ? cause.message : String(cause)}`
      return new WasmError('WorkerCrashed', this.#plan.setup.module, id, text, { cause })
    }
    for (const call of calls) {
      const error = failure(call.fn)
      this.settled(call, true)
      call.reject(error)
    }
    for (const feeder of feeders) feeder.fail(failure(feeder.fn))
  }

  #replace(place: number): void {
    this.#replaced++
    this.#hire(place)
  }

  #hire(place: number): void {
    const source = place % this.#plan.sources.length
    const compiled = this.#plan.sources[source]
    if (compiled !== undefined) this.#workers[place] = new PoolWorker(this.#nextId++, source, compiled, this.#setup)
  }

  /** What the items of a map are read from may make calls of the pool: they wait until it has been read. */
  #take(worker: PoolWorker): readonly Call[] {
    this.#isTaking = true
    try {
      return this.queue.take(worker.source)
    } finally {
      this.#isTaking = false
    }
  }

  #occupy(worker: PoolWorker): void {
    for (let unfit = 0; unfit < UNFIT_LOTS; unfit++) {
      const calls = this.#take(worker)
      if (calls.length === 0) return this.#relieve(worker)
      // Not all of what was taken may have been fit to be sent.
      if (!worker.run(calls)) continue
      const now = performance.now()
      for (const call of calls) this.#waits.add(now - call.madeAt)
      return this.#countBusy()
    }
    setImmediate(() => this.dispatch())
  }

  /** Gives a worker without calls those that another has not begun: costs are estimates, and one call may take far longer. */
  #relieve(worker: PoolWorker): void {
    const others = this.#workers.filter((other) => other?.state === 'busy' && isFitFor(worker, other))
    for (const other of others.toSorted((a, b) => (b?.pending ?? 0) - (a?.pending ?? 0))) {
      const calls = other?.withdraw('half') ?? []
      if (calls.length === 0) continue
      worker.run(calls)
      return this.#countBusy()
    }
  }

  #countBusy(): void {
    this.#maxBusy = Math.max(this.#maxBusy, this.#busy)
  }

  get #busy(): number {
    return this.#workers.filter((worker) => worker?.state === 'busy').length
  }

  /** Adds a source of calls. */
  feed(feeder: Feeder): void {
    this.queue.addFeeder(feeder)
    this.dispatch()
  }
}

/** Whether a worker may make the calls that another one has; those of a chunk are alike. */
function isFitFor(worker: PoolWorker, other: PoolWorker): boolean {
  const [first] = other.current
  return first !== undefined && (first.source === undefined || first.source === worker.source)
}

/** Calls what tells others: an error of a logger, a hook or a collector must not lose the results of calls. */
function listening(tell: () => void): void {
  try {
    tell()
  } catch {
    // Nobody is left to tell.
  }
}
