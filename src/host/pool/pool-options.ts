import type { ResourceLimits } from 'node:worker_threads'
import type { CallHooks, Logger, MetricsCollector, SecurityPolicy, WasiOptions } from '../../runtime/index.ts'

/** How a pool is made. `Imports` is what the world's guests import. */
export interface PoolOptions<Imports = object> {
  /** How many workers; default: `os.availableParallelism()`, at least one per source. */
  readonly size?: number | undefined
  /**
   * Imports that the main thread answers: the guest waits, blocking its worker only. Arguments and results are cloned, so
   * resources cannot be among them. They win over those of `importsModule`.
   */
  readonly imports?: Partial<Imports> | undefined
  /**
   * A module that each worker loads, with the imports that are answered there: exported as `imports` or by default, as an
   * object or a function that gives one. A URL, as `new URL('./imports.js', import.meta.url)`, an absolute path, or a package.
   */
  readonly importsModule?: URL | string | undefined
  /** The name of the instances in errors, metrics and logs; default: the base name of the source. */
  readonly name?: string | undefined
  /** As without a pool, what the options have of a class included; functions for output are called on the main thread. */
  readonly wasi?: WasiOptions | undefined
  readonly policy?: PoolPolicy | undefined
  /** Gets what workers log, with `worker` and `call` among the fields, a line at a time. */
  readonly logger?: Logger | undefined
  /**
   * Told of every call on the main thread, when its result arrives. For counting, `metrics` costs less. `otelSpans()` makes a span
   * from the call to its result, a child of the span that is active where the call is made.
   */
  readonly hooks?: CallHooks | undefined
  /**
   * A module that each worker loads, with hooks that see the calls there, those of imports too: exported as `hooks` or by default,
   * as an object or a function that gives one; found as `importsModule` is. What follows calls into workers, as `otelSpans`
   * does, stands on both sides.
   */
  readonly hooksModule?: URL | string | undefined
  /** Counts the calls of all workers, of killed ones too: what is counted arrives with each result. */
  readonly metrics?: MetricsCollector | undefined
  /** How many calls may wait for a worker, before further ones are refused with `QueueFull`; default: any number. */
  readonly maxQueue?: number | undefined
  /**
   * How many calls of a function may be sent to a worker together; how many are goes by what they have cost. With 1, no call
   * is ever made twice: else those whose results were lost with a worker are. Default: 1024.
   */
  readonly maxChunk?: number | undefined
  /** When an instance gives way to a new one: after so many calls, or above so many pages (of 64 KiB) of memory. */
  readonly recycle?: { readonly calls?: number | undefined; readonly pages?: number | undefined } | undefined
  /** Where workers find the world class, when not in the module that it is in here, as in a bundle. */
  readonly worldUrl?: URL | string | undefined
  /** How the threads are started; see Node's `Worker`. */
  readonly worker?: WorkerThreadOptions | undefined
}

/**
 * What guests may take, as without a pool, each instance for itself: one that is ended gives way to a new one, with fuel of its
 * own. Who goes beyond `maxExecutionTimeMs` costs the worker: its thread is ended. `onEvent` is called on the main thread.
 */
export type PoolPolicy = SecurityPolicy

export interface WorkerThreadOptions {
  /** Node's options, such as `--import`; default: those of the process. */
  readonly execArgv?: readonly string[] | undefined
  readonly env?: Readonly<Record<string, string>> | undefined
  /** Limits of the JavaScript heap; a guest's memory is not in it. */
  readonly resourceLimits?: ResourceLimits | undefined
}

/** How one call is made. */
export interface CallOptions {
  /** Cancels it: it fails with `Cancelled`, and its worker is ended where the guest does not come back by itself. */
  readonly signal?: AbortSignal | undefined
  /** How long it may run, in milliseconds, where that is less than what the policy allows. */
  readonly timeoutMs?: number | undefined
  /** Only workers with the source of this index may take it. */
  readonly source?: number | undefined
}

/** How `map` is done. */
export interface MapOptions<OnError extends 'throw' | 'settle' = 'throw' | 'settle'> extends CallOptions {
  /** `'throw'`: the first error ends it, and is thrown. `'settle'`: results are those of `Promise.allSettled`. Default: `'throw'`. */
  readonly onError?: OnError | undefined
}
