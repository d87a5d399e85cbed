import { refuseUnknown } from '../../runtime/known-keys.ts'
import type { WasiOptions } from '../../runtime/wasi/options.ts'
import type { ImportDesk } from './answer-imports.ts'
import { limitMs } from './call-limits.ts'
import type { CallTracing } from './call-tracing.ts'
import type { PoolOptions } from './pool-options.ts'
import type { WorkerSetup } from './worker-events.ts'
import type { PooledWorldClass } from './pooled.ts'

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

/**
 * @throws WasmError `InvalidParam` for options that are none; RangeError for numbers that make no sense; TypeError for options of WASI that
 * cannot be sent to a worker
 */
export function checkOptions(size: number, sources: number, options: PoolOptions): void {
  refuseUnknown(options, KEYS, 'options', options.name ?? 'pool')
  if (sources === 0) throw new RangeError('a pool needs a source')
  if (!Number.isInteger(size) || size < sources) {
    throw new RangeError(`a pool of ${sources} sources needs a size of at least ${sources}, got ${size}`)
  }
  const { maxQueue, maxChunk, recycle, policy } = options
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
  const { wasi, recycle, metrics, worker, policy } = options
  const outputs = (['stdout', 'stderr'] as const).filter((stream) => typeof wasi?.[stream] === 'function')
  const { execArgv = inheritedOptions(process.execArgv), env, resourceLimits } = worker ?? {}
  return {
    module,
    desk,
    tracing,
    startLimitMs: limitMs(policy?.maxExecutionTimeMs),
    options: {
      execArgv: [...execArgv],
      ...(env === undefined ? {} : { env: { ...env } }),
      ...(resourceLimits === undefined ? {} : { resourceLimits }),
    },
    data: {
      worldUrl: String(options.worldUrl ?? World.moduleUrl),
      worldName: World.name,
      name: options.name,
      wasi: wasi === undefined ? undefined : withoutOutputs(wasi, outputs),
      outputs,
      importsUrl: options.importsModule === undefined ? undefined : String(options.importsModule),
      hooksUrl: options.hooksModule === undefined ? undefined : String(options.hooksModule),
      isLogged: options.logger !== undefined,
      metrics: metrics === undefined ? undefined : { durations: metrics.isTimed },
      isHooked: options.hooks !== undefined,
      recycleCalls: recycle?.calls ?? Infinity,
      recyclePages: recycle?.pages ?? Infinity,
    },
  }
}

/** Node's options for workers: those of the process, without a program on the command line, which workers would run too. */
function inheritedOptions(execArgv: readonly string[]): string[] {
  return execArgv.filter((option, index) => {
    if (/^(?:-[ep]|-pe|--eval|--print)$/.test(execArgv[index - 1] ?? '')) return false
    return !/^(?:-[ep]|-pe|--eval|--print|--input-type)(?:=|$)/.test(option)
  })
}

/** Functions cannot be sent: their output is. */
function withoutOutputs(wasi: WasiOptions, outputs: readonly ('stdout' | 'stderr')[]): WasiOptions {
  const rest: WasiOptions = { ...wasi, ...Object.fromEntries(outputs.map((stream) => [stream, undefined])) }
  try {
    return structuredClone(rest)
  } catch (cause) {
    throw new TypeError('the options wasi cannot be sent to a worker', { cause })
  }
}
