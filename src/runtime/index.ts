/** What applications and generated types use of the runtime. Generated code takes its helpers from `witgen/runtime/v1`. */
export { addHooks, removeHooks, withMetrics } from './add-hooks.ts'
export { compile } from './compile.ts'
export { consoleLogger, type ConsoleLoggerOptions } from './console-logger.ts'
export type { CompiledComponent } from './compiled-component.ts'
export type { ComponentInstance, DynamicExport, DynamicExports, DynamicObject } from './dynamic/component-instance.ts'
export { instantiate, type DynamicOptions } from './dynamic/instantiate.ts'
export { diagnosticsHooks } from './diagnostics-channels.ts'
export {
  ErrorCode,
  GuestError,
  GuestExit,
  isWasmError,
  WasmError,
  type ErrorCodeName,
  type WasmErrorJson,
} from './errors.ts'
export type { WasmFrame } from './frames.ts'
export type { CallHooks, CallSite } from './hooks.ts'
export type { InstanceOptions } from './instance.ts'
export type { Logger } from './logger.ts'
export {
  MetricsCollector,
  type CallMetrics,
  type MetricsOptions,
  type ModuleMetrics,
  type SnapshotOptions,
} from './metrics.ts'
export type { Source } from './source.ts'
export type { WasiOptions, WasiOutput, WasiPreopen } from './wasi/options.ts'
