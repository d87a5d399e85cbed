import { checkHooks, refuseUnknown } from '../../runtime/known-keys.ts'
import { WASI_OPTIONS } from '../../runtime/wasi/option-keys.ts'
import type { ImportDesk } from './answer-imports.ts'
import type { CallTracing } from './call-tracing.ts'
import { moduleUrl } from './module-url.ts'
import type { PoolOptions, WorkerThreadOptions } from './pool-options.ts'
import type { WorkerSetup } from './worker-events.ts'
import type { PooledWorldClass } from './pooled.ts'
import { outputsOf, wasiForWorkers } from './wasi-for-workers.ts'

const KEYS: ReadonlySet<string> = new Set<keyof PoolOptions>([
  'size',
  'imports',
  'importsModule',
  'name',
  'wasi',
  'policy',
  'logger',
  'hooks',
  'hooksModule',
  'metrics',
  'maxQueue',
  'maxChunk',
  'recycle',
  'worldUrl',
  'worker',
])
/** The options that say where workers find a module. */
const MODULES = ['worldUrl', 'importsModule', 'hooksModule'] as const
const RECYCLE: ReadonlySet<string> = new Set<keyof NonNullable<PoolOptions['recycle']>>(['calls', 'pages'])
const WORKER: ReadonlySet<string> = new Set<keyof WorkerThreadOptions>(['execArgv', 'env', 'resourceLimits'])

/**
 * @throws WasmError `InvalidParam` for options that are none, and for relative paths of modules; RangeError for numbers that make no sense; TypeError for options of WASI that
 * cannot be sent to a worker
 */
export function checkOptions(size: number, sources: number, options: PoolOptions): void {
  const module = options?.name ?? 'pool'
  refuseUnknown(options, KEYS, 'options', module)
  const { maxQueue, maxChunk, recycle, policy, hooks, wasi, worker } = options
  checkHooks(hooks, module)
  if (wasi !== undefined) refuseUnknown(wasi, WASI_OPTIONS, 'wasi', module)
  if (recycle !== undefined) refuseUnknown(recycle, RECYCLE, 'recycle', module)
  if (worker !== undefined) refuseUnknown(worker, WORKER, 'worker', module)
  for (const option of MODULES) urlOf(options, option, module)
  if (sources === 0) throw new RangeError('a pool needs a source')
  if (!Number.isInteger(size) || size < sources) {
    throw new RangeError(`a pool of ${sources} sources needs a size of at least ${sources}, got ${size}`)
  }
  const limits = {
    maxQueue,
    maxChunk,
    'recycle.calls': recycle?.calls,
    'recycle.pages': recycle?.pages,
    'policy.maxExecutionTimeMs': policy?.maxExecutionTimeMs,
  }
  for (const [name, value] of Object.entries(limits)) {
    const least = name === 'maxQueue' ? 0 : 1
    if (value !== undefined && !(value >= least))
      throw new RangeError(`${name} has to be ${least} or more, got ${value}`)
  }
}

/** What all workers of a pool are started with. */
export function workerSetup(
  World: PooledWorldClass,
  module: string,
  desk: ImportDesk,
  tracing: CallTracing,
  options: PoolOptions,
): Omit<WorkerSetup, 'events' | 'unpack'> {
  const { wasi, recycle, metrics, worker } = options
  const outputs = outputsOf(wasi)
  const { execArgv = inheritedOptions(process.execArgv), env, resourceLimits } = worker ?? {}
  return {
    module,
    desk,
    tracing,
    options: {
      execArgv: [...execArgv],
      ...(env === undefined ? {} : { env: { ...env } }),
      ...(resourceLimits === undefined ? {} : { resourceLimits }),
    },
    data: {
      worldUrl: urlOf(options, 'worldUrl', module) ?? World.moduleUrl,
      worldName: World.name,
      name: options.name,
      wasi: wasi === undefined ? undefined : wasiForWorkers(wasi, outputs),
      outputs,
      importsUrl: urlOf(options, 'importsModule', module),
      hooksUrl: urlOf(options, 'hooksModule', module),
      isLogged: options.logger !== undefined,
      metrics: metrics === undefined ? undefined : { durations: metrics.isTimed },
      isHooked: options.hooks !== undefined,
      recycleCalls: recycle?.calls ?? Infinity,
      recyclePages: recycle?.pages ?? Infinity,
    },
  }
}

function urlOf(options: PoolOptions, option: (typeof MODULES)[number], module: string): string | undefined {
  const given = options[option]
  return given === undefined ? undefined : moduleUrl(given, option, module)
}

/** Node's options for workers: those of the process, without a program on the command line, which workers would run too. */
function inheritedOptions(execArgv: readonly string[]): string[] {
  return execArgv.filter((option, index) => {
    if (/^(?:-[ep]|-pe|--eval|--print)$/.test(execArgv[index - 1] ?? '')) return false
    return !/^(?:-[ep]|-pe|--eval|--print|--input-type)(?:=|$)/.test(option)
  })
}
