import { availableParallelism } from 'node:os'
import { noFunction } from '../plugins/plugin-errors.ts'
import { WasmError } from '../../runtime/errors.ts'
import type { Source } from '../../runtime/index.ts'
import type { ImportsOf } from '../plugins/world-class.ts'
import { ImportDesk } from './answer-imports.ts'
import type { Call, PoolFunction } from './call.ts'
import { badItem, checkArgs, checkCall, checkItems, isAborted, limitMs } from './call-limits.ts'
import { CallTracing } from './call-tracing.ts'
import { Crew } from './crew.ts'
import { deferred, type Deferred } from './deferred.ts'
import { MapFeeder, type Items } from './map-feeder.ts'
import { Messages } from './messages.ts'
import type { CallOptions, MapOptions, PoolOptions } from './pool-options.ts'
import { compileForPool, dataOf, tellEvent, tellTimeout, unpackTraced, withCheckedPolicy } from './pool-policy.ts'
import type { PoolStats } from './pool-stats.ts'
import type { ArgsOf, FunctionAt, FunctionName, ItemOf, Pooled, ResultOf, PooledWorldClass, WorldOf } from './pooled.ts'
import { checkOptions, checkWorld } from './check-options.ts'
import { workerSetup } from './worker-setup.ts'

/** A pool with the exports of its world: `pool.analysis.preprocess(samples)` gives a promise. */
export type PoolOf<C extends PooledWorldClass> = Pool<WorldOf<C>> & Pooled<WorldOf<C>>

/**
 * Instances of a guest on worker threads, compiled once. A call goes to a worker that has nothing to do, or waits for one. A
 * trap ends the instance, and time that runs out or a crash the thread: both are replaced, and only the call that ran fails.
 *
 * Idle workers do not keep the process alive. Arguments and results are cloned; large typed arrays are moved.
 */
export class Pool<World extends object> {
  readonly #crew: Crew
  readonly #module: string
  readonly #world: string
  readonly #options: PoolOptions
  readonly #tracing: CallTracing
  readonly #functions: Map<string, PoolFunction> = new Map()
  #nextCall = 1
  #isDisposed = false
  /** Calls and maps that have not ended. */
  #open = 0
  #drained: Deferred<void> | undefined

  /**
   * Compiles a guest, or several of one world, and starts the workers.
   *
   * @param source what the workers run; of several, worker `i` has number `i` modulo their count
   * @throws WasmError what `World.compile` and `World.instantiate` throw, as `PolicyUnsupported`, and `ExecutionTimeout` for a guest
   *   that takes too long to start; RangeError for options that make no sense
   */
  static async create<C extends PooledWorldClass>(
    World: C,
    source: PoolSource | readonly PoolSource[],
    given: PoolOptions<ImportsOf<C>> = {},
  ): Promise<PoolOf<C>> {
    checkWorld(World)
    const sources = isList(source) ? source : [source]
    const size = given?.size ?? Math.max(availableParallelism(), sources.length)
    checkOptions(size, sources.length, given)
    const options = await withCheckedPolicy(given, given.name ?? World.name)
    // A compiled component is handed back, with what it needs loaded.
    const held = await Promise.all(sources.map((one) => compileForPool(World, one, options.policy)))
    const module = options.name ?? held[0]?.compiled.name ?? World.name
    const messages = new Messages(options)
    const desk = new ImportDesk(options.imports ?? {}, module)
    const tracing = new CallTracing(options.hooks, module)
    const crew = new Crew({
      size,
      maxChunk: options.maxChunk ?? Infinity,
      sources: held.map(dataOf),
      setup: {
        ...workerSetup(World, module, desk, tracing, options),
        unpack: (source, data, resolve) => unpackTraced(held[source]?.compiled, data, resolve),
      },
      onMessage: (worker, message) => {
        if (message.kind === 'policy') tellEvent(held[worker.source]?.compiled, message.event)
        else messages.receive(worker.id, message)
      },
      onLost: (worker, call, error) => {
        messages.lost(module, call, error)
        tellTimeout(held[worker.source]?.policy, options.logger, module, call, error)
      },
    })
    const functions = await crew.start()
    const pool = new Pool<WorldOf<C>>(crew, World.name, module, tracing, options)
    pool.#define(functions.map((fn, index) => ({ ...fn, index, costMs: undefined })))
    return pool as PoolOf<C>
  }

  /** Use `Pool.create`. */
  private constructor(crew: Crew, world: string, module: string, tracing: CallTracing, options: PoolOptions) {
    this.#crew = crew
    this.#module = module
    this.#world = world
    this.#tracing = tracing
    this.#options = options
  }

  /**
   * Calls a function by its name, `iface.func`, with options.
   *
   * @throws WasmError what the call throws; `Cancelled`, `ExecutionTimeout`, `WorkerCrashed`, `QueueFull`, `Disposed`
   */
  call<N extends FunctionName<World>>(
    name: N,
    args: ArgsOf<FunctionAt<World, N>>,
    options: CallOptions = {},
  ): Promise<ResultOf<FunctionAt<World, N>>> {
    return this.#start(name, args, options) as Promise<ResultOf<FunctionAt<World, N>>>
  }

  /**
   * Calls a function for each item; results are in the order of the items. An item is read when there is a worker for it, so
   * that a generator is never ahead of the workers. Calls that are short are sent to a worker together.
   *
   * @param name `iface.func`
   * @param items the argument of a function that has one, else the list of its arguments; of async iterables, some are fetched
   *   ahead
   * @throws WasmError `Cancelled` (with the signal's reason as `cause`), `Disposed`; the first error of a call, unless `onError`
   *   is `'settle'`
   */
  map<N extends FunctionName<World>>(
    name: N,
    items: Items<ItemOf<FunctionAt<World, N>>>,
    options: MapOptions<'settle'> & { readonly onError: 'settle' },
  ): Promise<PromiseSettledResult<ResultOf<FunctionAt<World, N>>>[]>
  map<N extends FunctionName<World>>(
    name: N,
    items: Items<ItemOf<FunctionAt<World, N>>>,
    options?: MapOptions<'throw'>,
  ): Promise<ResultOf<FunctionAt<World, N>>[]>
  async map(name: string, items: Items<unknown>, given: MapOptions = {}): Promise<unknown[]> {
    const fn = this.#find(name)
    if (this.#isDisposed) throw this.#disposed()
    const options = checkCall(given, this.#crew.sources, this.#module, fn)
    const { signal, source } = options
    checkItems(items, this.#module, fn)
    if (isAborted(signal)) throw this.#cancelled(fn, signal)
    let isCancelled = false
    const parent = this.#tracing.active()
    const feeder: MapFeeder = new MapFeeder(fn, items, options.onError === 'settle', source, {
      call: (args, resolve, reject) => this.#makeCall(fn, args, options, parent, resolve, reject),
      refused: (cause) => badItem(this.#module, fn, cause),
      changed: () => this.#crew.dispatch(),
      ended: (abandoned) => {
        this.#crew.queue.removeFeeder(feeder)
        this.#crew.abandon(abandoned, isCancelled, undefined)
        for (const { trace } of abandoned) trace?.end(this.#cancelled(fn, signal))
      },
    })
    const cancel = (): void => {
      isCancelled = true
      feeder.fail(this.#cancelled(fn, signal))
    }
    this.#open++
    signal?.addEventListener('abort', cancel, { once: true })
    try {
      if (isAborted(signal)) cancel()
      else this.#crew.feed(feeder)
      feeder.start()
      return await feeder.result
    } finally {
      signal?.removeEventListener('abort', cancel)
      this.#ended()
    }
  }

  /** Waits until nothing is left to do. The pool stays usable; calls made meanwhile are waited for too. */
  async drain(): Promise<void> {
    if (this.#open === 0) return
    this.#drained ??= deferred<void>()
    return this.#drained.promise
  }

  /** What the pool has done and is doing. */
  stats(): PoolStats {
    return this.#crew.stats()
  }

  /** Ends all workers at once. Calls that wait or run fail with `Disposed`: `drain()` before it waits for them. */
  async [Symbol.asyncDispose](): Promise<void> {
    this.#isDisposed = true
    await this.#crew.close(this.#disposed())
  }

  #define(functions: readonly PoolFunction[]): void {
    const target = this as unknown as Record<string, Record<string, unknown>>
    for (const fn of functions) {
      const property = this.#publicName(fn.property ?? fn.member)
      const name = fn.property === undefined ? property : `${property}.${fn.member}`
      this.#functions.set(name, fn)
      if (fn.hasResources) continue
      const method = (...args: unknown[]): Promise<unknown> => this.#start(name, args, {})
      if (fn.property === undefined) Object.assign(target, { [property]: method })
      else (target[property] ??= {})[fn.member] = method
    }
  }

  #publicName(name: string): string {
    return name in Pool.prototype ? `${name}_` : name
  }

  #find(name: string): PoolFunction {
    const fn = this.#functions.get(name)
    if (fn === undefined) throw noFunction(this.#module, this.#world, name, [...this.#functions.keys()])
    if (!fn.hasResources) return fn
    const text = `${name} takes or gives resources, which belong to one thread`
    throw new WasmError('Unsupported', this.#module, fn.id, text)
  }

  async #start(name: string, args: readonly unknown[], given: CallOptions): Promise<unknown> {
    const fn = this.#find(name)
    const options = checkCall(given, this.#crew.sources, this.#module, fn)
    checkArgs(args, this.#module, fn)
    const { signal } = options
    const { maxQueue = Infinity } = this.#options
    if (isAborted(signal)) throw this.#cancelled(fn, signal)
    const { promise, resolve, reject } = deferred<unknown>()
    const call = this.#makeCall(fn, args, options, this.#tracing.active(), resolve, reject)
    const { queue } = this.#crew
    queue.push(call)
    this.#crew.dispatch()
    if (queue.length > maxQueue && queue.remove(call)) {
      const text = `${maxQueue} calls wait already, which is all that may`
      const error = new WasmError('QueueFull', this.#module, fn.id, text)
      call.trace?.end(error)
      throw error
    }
    const cancel = (): void => {
      call.isAbandoned = true
      const error = this.#cancelled(fn, signal)
      call.reject(error)
      this.#crew.abandon([call], true, error)
    }
    this.#open++
    signal?.addEventListener('abort', cancel, { once: true })
    // By a getter of the arguments.
    if (isAborted(signal)) cancel()
    try {
      return await promise
    } finally {
      signal?.removeEventListener('abort', cancel)
      this.#ended()
    }
  }

  #makeCall(
    fn: PoolFunction,
    args: readonly unknown[],
    { timeoutMs, source }: CallOptions,
    parent: unknown,
    resolve: Call['resolve'],
    reject: Call['reject'],
  ): Call {
    if (this.#isDisposed) throw this.#disposed()
    const trace = this.#tracing.begin(fn, parent)
    return {
      id: this.#nextCall++,
      fn,
      args,
      source,
      limitMs: limitMs(timeoutMs),
      madeAt: performance.now(),
      attempts: 0,
      isAbandoned: false,
      isOfMap: false,
      trace,
      resolve: trace === undefined ? resolve : (value) => (trace.end(), resolve(value)),
      reject: trace === undefined ? reject : (error) => (trace.end(error), reject(error)),
    }
  }

  #ended(): void {
    this.#open--
    // After those who wait for the calls themselves have gone on, and maybe made others.
    if (this.#open === 0 && this.#drained !== undefined) setImmediate(() => this.#resolveDrained())
  }

  #resolveDrained(): void {
    if (this.#open > 0) return
    this.#drained?.resolve()
    this.#drained = undefined
  }

  #cancelled(fn: PoolFunction, signal: AbortSignal | undefined): WasmError {
    return new WasmError('Cancelled', this.#module, fn.id, `${fn.function} was cancelled`, { cause: signal?.reason })
  }

  #disposed(): WasmError {
    return new WasmError('Disposed', this.#module, undefined, 'the pool has been disposed')
  }
}

/** What a pool runs. */
export type PoolSource = Source

function isList(source: PoolSource | readonly PoolSource[]): source is readonly PoolSource[] {
  return Array.isArray(source)
}
