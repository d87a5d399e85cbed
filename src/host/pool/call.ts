import type { TracedCall } from '../../runtime/tracing-hooks.ts'
import type { WireFunction } from './protocol.ts'

/** A function of the world, with what has been measured of it. */
export interface PoolFunction extends WireFunction {
  /** Its number in the workers. */
  readonly index: number
  /** How long a call takes in a worker, in milliseconds, recent calls more than old ones; undefined before the first. */
  costMs: number | undefined
}

/** A call that waits or runs. */
export interface Call {
  readonly id: number
  readonly fn: PoolFunction
  readonly args: readonly unknown[]
  /** Only a worker with this source may take it. */
  readonly source: number | undefined
  readonly limitMs: number | undefined
  /** When it was made, in milliseconds of `performance.now()`. */
  readonly madeAt: number
  /** How many workers have ended without its outcome being known. */
  attempts: number
  /** Nobody waits for it any more. */
  isAbandoned: boolean
  /** It belongs to a `map`: nobody waits for its outcome alone. */
  isOfMap: boolean
  /** Where hooks follow it. */
  readonly trace: TracedCall | undefined
  readonly resolve: (value: unknown) => void
  readonly reject: (error: unknown) => void
}

/** Where calls come from that are not made before there is a worker for them. */
export interface Feeder {
  readonly fn: PoolFunction
  readonly source: number | undefined
  /** The next calls: at most `count`, fewer where not more are there now. */
  take(count: number): Call[]
  /** How many are left, where that is known. */
  readonly left: number | undefined
  /** Ends it, when the pool goes. */
  fail(error: unknown): void
}
