/** What needs Node, on top of `witgen/runtime`. */
export type { FunctionPath } from './plugins/function-path.ts'
export { PluginManager } from './plugins/plugin-manager.ts'
export type {
  Drained,
  ImportsFor,
  LoadOptions,
  PluginId,
  PluginInfo,
  PluginManagerOptions,
  PluginSource,
  Probe,
  SwapOptions,
  UnloadOptions,
} from './plugins/plugin-options.ts'
export type { ImportsOf, ObjectOf, Plugin, WorldClass, WorldClasses } from './plugins/world-class.ts'
export { Pool, type PoolOf, type PoolSource } from './pool/pool.ts'
export type { CallOptions, MapOptions, PoolOptions, PoolPolicy, WorkerThreadOptions } from './pool/pool-options.ts'
export type { DurationStats, PoolStats, WorkerStats } from './pool/pool-stats.ts'
export type { FunctionName, Pooled, PooledFunction, PooledInterface, PooledWorldClass, WorldOf } from './pool/pooled.ts'
