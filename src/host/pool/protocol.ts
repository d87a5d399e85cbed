import type { MessagePort } from 'node:worker_threads'
import type { LinkPlan } from '../../component/link-plan.ts'
import type { CallSite } from '../../runtime/hooks.ts'
import type { MetricsState } from '../../runtime/metrics.ts'
import type { CoreCode } from '../../runtime/policy/core-code.ts'
import type { PolicyEvent, SecurityPolicy } from '../../runtime/policy/security-policy.ts'
import type { WasiOptions } from '../../runtime/wasi/options.ts'
import type { PackedError } from '../../runtime/errors-packed.ts'

/** A component whose core modules are compiled, as it crosses threads. */
export interface CompiledData {
  readonly plan: LinkPlan
  readonly code: CoreCode
  /** What instances are held to; who listens to its events is on the main thread. */
  readonly policy: SecurityPolicy | undefined
  /** How long a call, or the start, may take in milliseconds: the main thread watches it. */
  readonly limitMs: number | undefined
  /** Whether the main thread is told what the policy does. */
  readonly isAudited: boolean
  readonly name: string | undefined
}

/** What a worker gets when it starts. */
export interface WorkerData {
  /** The module that exports the world class, and the class's name. */
  readonly worldUrl: string
  readonly worldName: string
  readonly compiled: CompiledData
  readonly name: string | undefined
  readonly wasi: WasiOptions | undefined
  /** The streams of the guest whose bytes go to a function of the main thread. */
  readonly outputs: readonly ('stdout' | 'stderr')[]
  /** A module with imports that are answered in the worker. */
  readonly importsUrl: string | undefined
  /** A module with hooks that are told of the calls in the worker. */
  readonly hooksUrl: string | undefined
  /** The members, by import key, that are answered by the main thread. */
  readonly remoteImports: Readonly<Record<string, readonly string[]>>
  readonly importPort: MessagePort
  readonly control: SharedArrayBuffer
  readonly isLogged: boolean
  readonly metrics: { readonly durations: boolean } | undefined
  /** Whether each call is reported for the hooks of the main thread. */
  readonly isHooked: boolean
  /** A new instance after so many calls, or above so many pages of memory. */
  readonly recycleCalls: number
  readonly recyclePages: number
}

/** A function of the world, as a worker found it on an instance. */
export interface WireFunction {
  /** The property of the world's object; undefined for functions of the world itself. */
  readonly property: string | undefined
  readonly member: string
  /** As errors have it: `ns:pkg/iface#func`. */
  readonly id: string
  readonly interface: string
  readonly function: string
  readonly params: number
  readonly hasResources: boolean
}

/** Calls of one function: their arguments and their numbers. */
export interface ToWorker {
  readonly fn: number
  readonly calls: readonly (readonly unknown[])[]
  readonly ids: readonly number[]
  /** Which calls they are to those who follow them, where somebody does. */
  readonly carriers?: readonly unknown[]
}

export type Outcome =
  { readonly ok: true; readonly value: unknown } | { readonly ok: false; readonly error: PackedError }

/** One event of a call, for the hooks. */
export interface HookEvent {
  readonly site: CallSite
  readonly kind: 'call' | 'return' | 'error'
  readonly durationNs: number
  readonly bytesIn: number
  readonly bytesOut: number
  readonly error: PackedError | undefined
}

export type FromWorker =
  | {
      readonly kind: 'ready'
      readonly functions: readonly WireFunction[]
      readonly module: string
      readonly pages: number
    }
  | { readonly kind: 'failed'; readonly error: PackedError }
  /** The next outcomes of the calls, in their order; with `isDone` the rest, if any, was not begun. */
  | {
      readonly kind: 'results'
      readonly outcomes: readonly Outcome[]
      readonly isDone: boolean
      readonly busyNs: number
      readonly pages: number
      readonly renewed: number
      /** By all instances of the worker; 0 where no policy counts it. */
      readonly fuelUsed: number
      readonly metrics: MetricsState | undefined
      readonly events: readonly HookEvent[]
    }
  | {
      readonly kind: 'log'
      readonly level: LogLevel
      readonly fields: object
      readonly message: string
      readonly call: number | undefined
    }
  | { readonly kind: 'policy'; readonly event: PolicyEvent }
  | { readonly kind: 'output'; readonly stream: 'stdout' | 'stderr'; readonly bytes: Uint8Array }

export type LogLevel = 'trace' | 'debug' | 'info' | 'warn' | 'error' | 'fatal'

/** A guest's call of a function that the main thread answers. */
export interface ImportRequest {
  readonly key: string
  readonly member: string
  readonly args: readonly unknown[]
}

export type ImportReply =
  | { readonly kind: 'value'; readonly value: unknown }
  | { readonly kind: 'promise' }
  /** `ref`: the number of the error on the main thread, so that the caller gets the very object. */
  | { readonly kind: 'thrown'; readonly error: PackedError; readonly ref: number | undefined }
