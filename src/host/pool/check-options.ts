import { expectThat } from '../expect.ts'
import { isObject } from '../../runtime/abi/checks.ts'
import { describe } from '../../runtime/abi/refusal.ts'
import { checkHooks, checkLogger, checkWasi, refuseUnknown } from '../../runtime/known-keys.ts'
import { moduleUrl } from './module-url.ts'
import type { PoolOptions, WorkerThreadOptions } from './pool-options.ts'

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
/** Each worker is a thread with a heap of its own: more of them than any machine has use for are a mistake. */
const MOST_WORKERS = 1024

/**
 * @throws WasmError `InvalidParam` for options that are none, and for relative paths of modules; RangeError for numbers that make no sense; TypeError for options of WASI that
 * cannot be sent to a worker
 */
export function checkOptions(size: number, sources: number, options: PoolOptions): void {
  refuseUnknown(options, KEYS, 'options', 'pool')
  const { name, imports, maxQueue, maxChunk, recycle, policy, hooks, wasi, worker, logger, metrics } = options
  const module = typeof name === 'string' ? name : 'pool'
  const check: Check = (isRight, option, expected, given) => expectThat(isRight, option, expected, given, module)
  check(name === undefined || typeof name === 'string', 'name', 'a text', name)
  const areImports = imports === undefined || (isObject(imports) && !Array.isArray(imports))
  check(areImports, 'imports', 'an object', imports)
  checkHooks(hooks, module)
  checkLogger(logger, module)
  const isCollector = metrics === undefined || (isObject(metrics) && 'merge' in metrics)
  check(isCollector, 'metrics', 'a MetricsCollector', metrics)
  checkWasi(wasi, module)
  if (recycle !== undefined) refuseUnknown(recycle, RECYCLE, 'recycle', module)
  if (worker !== undefined) checkWorker(worker, module, check)
  for (const option of MODULES) urlOf(options, option, module)
  if (sources === 0) throw new RangeError('a pool needs a source')
  const isTooMany = typeof size === 'number' && size > MOST_WORKERS
  if (!Number.isInteger(size) || size < sources || isTooMany) {
    const least = `a pool of ${sources} sources needs a size of at least ${sources}`
    throw new RangeError(`${least}${isTooMany ? `, and at most ${MOST_WORKERS}` : ''}, got ${describe(size)}`)
  }
  const counts = { maxQueue, maxChunk, 'recycle.calls': recycle?.calls, 'recycle.pages': recycle?.pages }
  for (const [key, value] of Object.entries(counts)) {
    const least = key === 'maxQueue' ? 0 : 1
    if (value === undefined || value === Infinity || (Number.isInteger(value) && value >= least)) continue
    throw new RangeError(`${key} has to be an integer of ${least} or more, got ${describe(value)}`)
  }
  const time = policy?.maxExecutionTimeMs
  if (typeof time === 'number' && !(time >= 1))
    throw new RangeError(`policy.maxExecutionTimeMs has to be 1 or more, got ${time}`)
}

/** @throws WasmError `InvalidParam` for what is no generated world class */
export function checkWorld(World: unknown): void {
  const isClass = typeof World === 'function' && 'compile' in World && 'instantiate' in World
  expectThat(isClass, 'World', 'a generated world class', World, 'pool')
}

type Check = (isRight: boolean, option: string, expected: string, given: unknown) => void

function checkWorker(worker: WorkerThreadOptions, module: string, check: Check): void {
  refuseUnknown(worker, WORKER, 'worker', module)
  const { execArgv, env, resourceLimits } = worker
  const areTexts = (values: readonly unknown[]): boolean => values.every((value) => typeof value === 'string')
  const areOptions = execArgv === undefined || (Array.isArray(execArgv) && areTexts(execArgv))
  check(areOptions, 'worker.execArgv', 'an array of strings', execArgv)
  const isEnv = env === undefined || (isObject(env) && areTexts(Object.values(env)))
  check(isEnv, 'worker.env', 'an object of strings', env)
  const areLimits =
    resourceLimits === undefined ||
    (isObject(resourceLimits) && Object.values(resourceLimits).every((value) => typeof value === 'number' && value > 0))
  check(areLimits, 'worker.resourceLimits', 'an object of numbers above 0', resourceLimits)
}

/**
 * Where workers find a module that an option names.
 *
 * @throws WasmError `InvalidParam`
 */
export function urlOf(options: PoolOptions, option: (typeof MODULES)[number], module: string): string | undefined {
  const given = options[option]
  return given === undefined ? undefined : moduleUrl(given, option, module)
}
