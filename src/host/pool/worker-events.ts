import type { WorkerOptions } from 'node:worker_threads'
import type { PackedError } from '../../runtime/errors-packed.ts'
import type { ImportDesk } from './answer-imports.ts'
import type { Call } from './call.ts'
import type { CallTracing } from './call-tracing.ts'
import type { PoolWorker } from './pool-worker.ts'
import type { FromWorker, WorkerData } from './protocol.ts'

/** What all workers of a pool have in common. */
export interface WorkerSetup {
  readonly module: string
  readonly data: Omit<WorkerData, 'importPort' | 'control' | 'compiled' | 'remoteImports'>
  readonly options: WorkerOptions
  readonly desk: ImportDesk
  readonly tracing: CallTracing
  readonly events: WorkerEvents
  /** An error that has come from a worker with the source of that number. */
  readonly unpack: (source: number, data: PackedError, resolve: (ref: number) => unknown) => unknown
}

/** What a pool is told of its workers. */
export interface WorkerEvents {
  /** A message that is none of the worker's own business: logs, output, numbers. */
  message(worker: PoolWorker, message: FromWorker): void
  /** The outcome of a call. */
  settled(call: Call, isError: boolean): void
  /** It can take calls. */
  idle(worker: PoolWorker): void
  /** A call that was running when the thread ended. */
  lost(worker: PoolWorker, call: Call, error: unknown): void
  /** It has ended; `unfinished` are calls that it did not come to. */
  ended(worker: PoolWorker, unfinished: readonly Call[], error: unknown): void
}
