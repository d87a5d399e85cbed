import type { ImportDesk } from './answer-imports.ts'
import type { CallTracing } from './call-tracing.ts'
import { urlOf } from './check-options.ts'
import type { PoolOptions } from './pool-options.ts'
import type { WorkerSetup } from './worker-events.ts'
import type { PooledWorldClass } from './pooled.ts'
import { outputsOf, wasiForWorkers } from './wasi-for-workers.ts'

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

/** Node's options for workers: those of the process, without a program on the command line, which workers would run too. */
function inheritedOptions(execArgv: readonly string[]): string[] {
  return execArgv.filter((option, index) => {
    if (/^(?:-[ep]|-pe|--eval|--print)$/.test(execArgv[index - 1] ?? '')) return false
    return !/^(?:-[ep]|-pe|--eval|--print|--input-type)(?:=|$)/.test(option)
  })
}
