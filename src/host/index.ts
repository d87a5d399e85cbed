/** What applications in Node use to run guests: instances on worker threads. */
export { Pool, type PoolOf, type PoolSource } from './pool/pool.ts'
export type { CallOptions, MapOptions, PoolOptions, PoolPolicy, WorkerThreadOptions } from './pool/pool-options.ts'
export type { DurationStats, PoolStats, WorkerStats } from './pool/pool-stats.ts'
export type { FunctionName, Pooled, PooledFunction, PooledInterface, WorldClass, WorldOf } from './pool/pooled.ts'
