/** What applications and generated types use of the runtime. Generated code takes its helpers from `witgen/runtime/v1`. */
export { addHooks, removeHooks, withMetrics } from './add-hooks.ts'
export { compile } from './compile-component.ts'
export type { CompileOptions } from './compile.ts'
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
export { packError, unpackError, type PackedError } from './errors-packed.ts'
export type { WasmFrame } from './frames.ts'
export type { CallHooks, CallSite } from './hooks.ts'
export type { InstanceOptions } from './instance.ts'
export type { LiveInstance } from './lifecycle/live-instances.ts'
export { liveReport, type LiveReport } from './lifecycle/live-report.ts'
export type { LiveWorker } from './lifecycle/live-workers.ts'
export type { Logger } from './logger.ts'
export {
  MetricsCollector,
  type CallMetrics,
  type MetricsOptions,
  type MetricsState,
  type SiteState,
  type ModuleMetrics,
  type SnapshotOptions,
} from './metrics.ts'
export { addFuel, policyReport, type PolicyReport } from './policy/report.ts'
export { sandbox, type SandboxOptions, type SandboxWorld } from './policy/sandbox.ts'
export type { PolicyEvent, SecurityPolicy } from './policy/security-policy.ts'
export { SharedMemory, type MemoryBlock, type SharedMemoryOptions, type SharedMemoryUsage } from './shared-memory.ts'
export type { ArgumentBlock } from './abi/argument-block.ts'
export type { NumberList } from './abi/number-views.ts'
export type { RecordList } from './abi/record-views.ts'
export type { NumberArrays, NumberType } from './abi/number-arrays.ts'
export { resolveFrames, type SourceFrame } from './resolve-frames.ts'
export type { ByteSource, Source } from './source.ts'
export type { WasiOptions, WasiOutput, WasiPreopen } from './wasi/options.ts'
