import { CompiledComponent, compiledOf } from '../../runtime/compiled-component.ts'
import { WasmError } from '../../runtime/errors.ts'
import { unpackError, type PackedError } from '../../runtime/errors-packed.ts'
import type { Logger, Source } from '../../runtime/index.ts'
import { loadedFit } from '../../runtime/fit-chunk.ts'
import { loadedPolicy, loadPolicy } from '../../runtime/policy-chunk.ts'
import type { PolicyEvent, SecurityPolicy } from '../../runtime/policy/security-policy.ts'
import { tellChannels } from '../../runtime/policy/tell-channels.ts'
import type { Call } from './call.ts'
import { limitMs } from './call-limits.ts'
import type { PoolOptions } from './pool-options.ts'
import type { CompiledData } from './protocol.ts'
import type { PooledWorldClass } from './pooled.ts'

/**
 * The options of a pool with their policy checked, and what it inherits made its own.
 *
 * @throws WasmError `InvalidParam` for what is no policy
 */
export async function withCheckedPolicy<O extends PoolOptions>(options: O, module: string): Promise<O> {
  if (options.policy === undefined) return options
  return { ...options, policy: (await loadPolicy()).checkPolicy(options.policy, module) }
}

/** A source as the workers run it. */
export interface Held {
  readonly compiled: CompiledComponent
  /** What its instances are held to: the policy of the pool, else that which the source was compiled for. */
  readonly policy: SecurityPolicy | undefined
}

/**
 * Compiles a source for the policy of a pool, without one for that which it was compiled for. Time is not among what guests are
 * held to: the main thread watches it, and ends the thread, also where the guest sleeps in the host.
 *
 * @param given what `withCheckedPolicy` gave
 * @throws WasmError what `World.compile` throws; `PolicyUnsupported` where the policy cannot be enforced
 */
export async function compileForPool(
  World: PooledWorldClass,
  source: Source,
  given: SecurityPolicy | undefined,
): Promise<Held> {
  const { policy: own, cores } = source instanceof CompiledComponent ? compiledOf(source) : {}
  const policy = given ?? own
  const { maxExecutionTimeMs, ...held } = policy ?? {}
  const isHeld = Object.values(held).some((limit) => limit !== undefined)
  // Of one that has come from another thread there is only its code: it goes on looking at the clock itself, too.
  const isReplaced =
    own !== undefined && (given !== undefined || (maxExecutionTimeMs !== undefined && cores !== undefined))
  const isNew = own === undefined && isHeld
  return { compiled: await World.compile(source, isNew || isReplaced ? { policy: held } : {}), policy }
}

/** What workers are sent of a source. */
export function dataOf({ compiled, policy: { maxExecutionTimeMs } = {} }: Held): CompiledData {
  const { plan, code, policy } = compiledOf(compiled)
  const isAudited = policy?.onEvent !== undefined
  const sent = policy && { ...policy, onEvent: undefined }
  return { plan, code, policy: sent, isAudited, name: compiled.name, limitMs: limitMs(maxExecutionTimeMs) }
}

/** An error as it comes from a worker, whose frames say where the guest was in its own code: the worker has not got that. */
export function unpackTraced(
  compiled: CompiledComponent | undefined,
  data: PackedError,
  resolve: (ref: number) => unknown,
): unknown {
  const { code, cores } = compiled === undefined ? {} : compiledOf(compiled)
  if (data.kind !== 'wasm') return unpackError(data, resolve)
  if (code?.needs === undefined) {
    const error = unpackError(data, resolve)
    loadedFit().lineTeller(cores)?.(error)
    return error
  }
  const error = unpackError({ ...data, error: { ...data.error, frames: undefined } }, resolve)
  if (error instanceof WasmError) loadedPolicy()?.traceFrames(error, code, cores)
  return error
}

/** Tells what an instance in a worker has done. What a listener throws is ignored, as without a pool. */
export function tellEvent(compiled: CompiledComponent | undefined, event: PolicyEvent): void {
  // Workers have channels of their own.
  tellChannels(event)
  tell(compiled === undefined ? undefined : compiledOf(compiled).policy?.onEvent, event)
}

/**
 * Tells that a worker was ended because a call took longer than the policy permits.
 *
 * @param policy that of the worker's source
 */
export function tellTimeout(
  policy: SecurityPolicy | undefined,
  logger: Logger | undefined,
  module: string,
  { fn, limitMs: own = Infinity }: Call,
  error: unknown,
): void {
  if (!(error instanceof WasmError) || error.codeName !== 'ExecutionTimeout') return
  if (policy?.maxExecutionTimeMs === undefined || own < policy.maxExecutionTimeMs) return
  const message = `the call took longer than the ${policy.maxExecutionTimeMs} ms that the policy permits`
  const event: PolicyEvent = {
    kind: 'kill',
    code: 'ExecutionTimeout',
    module,
    function: fn.id,
    message,
    time: Date.now(),
  }
  logger?.warn({ module, function: fn.id, event: 'kill', code: event.code }, message)
  tellChannels(event)
  tell(policy.onEvent, Object.freeze(event))
}

function tell(onEvent: SecurityPolicy['onEvent'], event: PolicyEvent): void {
  try {
    onEvent?.(event)
  } catch {
    // Whoever listens must not change what happens to calls.
  }
}
