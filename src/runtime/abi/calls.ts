import type * as states from '../context.ts'
import type { Context } from '../context.ts'
import { GuestError, WasmError, type ErrorCodeName } from '../errors.ts'
import { trapCode } from '../traps.ts'
import { HostTrap } from './host-trap.ts'
import { disown } from './promises.ts'
import { Refusal } from './refusal.ts'
import { undoScope } from './resources.ts'

// The states as constants of this file: engines fold these, but not imported ones.
const IDLE: typeof states.IDLE = 0
const RUNNING: typeof states.RUNNING = 1
const LOWERING: typeof states.LOWERING = 2
const POST_RETURN: typeof states.POST_RETURN = 3
const POISONED: typeof states.POISONED = 4
const DISPOSED: typeof states.DISPOSED = 5
const RETURNED: typeof states.RETURNED = 6

/*
 * The state machine around each call. An export call goes IDLE → LOWERING (user code may run, errors are the caller's) →
 * RUNNING (errors poison the instance) → POST_RETURN (the guest may not call imports) → IDLE.
 * Spec: CanonicalABI.md, `canon lift`, `canon lower` and `may_leave`.
 */

/** Begins an export call whose arguments are about to be checked and lowered. */
export function enter(cx: Context, func: string): void {
  if (cx.state !== IDLE) refuseEntry(cx, func)
  cx.state = LOWERING
}

/** Begins an export call that has nothing to lower. */
export function enterRunning(cx: Context, func: string): void {
  if (cx.state !== IDLE) refuseEntry(cx, func)
  cx.state = RUNNING
}

/** Ends an export call without a post-return, or with one that `awaitPostReturn` has been given. */
export function leave(cx: Context): void {
  if (cx.state !== RUNNING) runPostReturn(cx)
  cx.state = IDLE
}

/** The guest has returned `result`: `postReturn` is to run when that has been lifted, and not when lifting fails. */
export function awaitPostReturn(cx: Context, postReturn: (result: unknown) => unknown, result: unknown): void {
  // A guest that has caught a trap stays poisoned.
  if (cx.state !== RUNNING) return
  cx.state = RETURNED
  cx.postReturn = postReturn
  cx.returned = result
}

function runPostReturn(cx: Context): void {
  const { postReturn } = cx
  if (cx.state !== RETURNED || postReturn === undefined) return swallowed(cx)
  cx.state = POST_RETURN
  postReturn(cx.returned)
  if (cx.state !== POST_RETURN) swallowed(cx)
}

/** The results are lifted, post-return comes next, then `endPostReturn`. */
export function beginPostReturn(cx: Context): void {
  if (cx.state !== RUNNING) swallowed(cx)
  cx.state = POST_RETURN
}

/** Ends an export call after its post-return. */
export function endPostReturn(cx: Context): void {
  if (cx.state !== POST_RETURN) swallowed(cx)
  cx.state = IDLE
}

/**
 * What an export call throws for `error`. While LOWERING it came from the caller (a wrong argument, a getter that threw):
 * the instance stays usable. Anything else poisons.
 */
export function failed(cx: Context, func: string, error: unknown): unknown {
  cx.self = 0
  if (cx.state === LOWERING) {
    if (cx.scope.length > 0) undoScope(cx)
    cx.state = IDLE
    if (error instanceof WasmError && error.function === undefined) (error as { function?: string }).function = func
    if (!(error instanceof Refusal)) return error
    return new WasmError('InvalidParam', cx.module, func, `${shortName(func)}: ${error.message}`)
  }
  return poison(cx, func, error)
}

/** Begins a call of an import. Spec: `trap_if(not inst.may_leave)`. */
export function enterImport(cx: Context, func: string): void {
  if (cx.state !== RUNNING) cannotLeave(cx, func)
}

/** What a call of an import throws: the guest's violation as it is, anything of the host as `HostError`. */
export function hostFailed(cx: Context, func: string, error: unknown): unknown {
  if (cx.state === POISONED && error === cx.cause) return error
  if (error instanceof HostTrap) return poison(cx, func, error.toWasmError(cx.module, func))
  disown(error)
  const text = messageOf(error, 'the host function threw a value that is no legal error')
  return poison(cx, func, new WasmError('HostError', cx.module, func, text, { cause: error }))
}

/** A violation of the Canonical ABI by the guest: poisons the instance. */
export function trap(cx: Context, code: ErrorCodeName, text: string): never {
  throw poison(cx, undefined, new WasmError(code, cx.module, undefined, text))
}

/** The message of whatever was thrown, which may be anything, also something that throws when it is looked at. */
function messageOf(error: unknown, otherwise: string): string {
  try {
    return error instanceof Error ? `${error.message}` : otherwise
  } catch {
    return otherwise
  }
}

/** The error that a guest returned as the `err` of a function's result. */
export function guestError<E>(cx: Context, func: string, payload: E, guestCode?: number): GuestError<E> {
  return new GuestError(cx.module, func, payload, guestCode)
}

/** The `err` payload in what a host function threw; an `Error` without an own `payload` is rethrown. */
export function errPayload(error: unknown): unknown {
  if (typeof error === 'object' && error !== null && Object.hasOwn(error, 'payload'))
    return (error as { payload: unknown }).payload
  if (error instanceof Error) throw error
  return error
}

/** Marks the instance as lost and gives the error to throw: `error` itself, or the code of the engine's trap. */
export function poison(cx: Context, func: string | undefined, error: unknown): unknown {
  lose(cx)
  let mine: WasmError
  if (error instanceof WasmError) {
    mine = error
    if (mine.function === undefined && func !== undefined) (mine as { function?: string }).function = func
  } else if (cx.guard !== undefined && cx.cause instanceof WasmError) {
    // The guest has caught what ended it, and was ended again.
    mine = cx.cause
  } else {
    const verdict = cx.guard?.explain(error, func)
    const text = verdict?.text ?? messageOf(error, 'the guest threw a value')
    mine = new WasmError(verdict?.code ?? trapCode(error), cx.module, func, text, { cause: error })
  }
  cx.guard?.trace(mine)
  const isFirst = cx.cause === undefined
  cx.cause ??= mine
  for (const peer of cx.peers) {
    lose(peer)
    peer.cause ??= mine
  }
  if (isFirst) cx.onTrap?.(mine)
  return mine
}

/** Who was told of the trap may have disposed of the instance before the guest has been left. */
function lose(cx: Context): void {
  if (cx.state !== DISPOSED) cx.state = POISONED
}

function refuseEntry(cx: Context, func: string): never {
  if (cx.state === POISONED) {
    const { cause } = cx
    throw new WasmError('InstancePoisoned', cx.module, func, poisonedBy(cause), { cause })
  }
  if (cx.state === DISPOSED) throw new WasmError('Disposed', cx.module, func, 'this instance has been disposed')
  throw new WasmError('Reentrance', cx.module, func, 'the instance is in the middle of another call')
}

/** A guest that has caught a trap goes no further. */
export function swallowed(cx: Context): never {
  throw cx.cause ?? new WasmError('AbiViolation', cx.module, undefined, 'the guest has caught a trap')
}

/** What the first error has done to the instance, and what is left to do. */
function poisonedBy(cause: unknown): string {
  const code = cause instanceof WasmError ? cause.codeName : 'unknown'
  if (code === 'GuestExit') return 'the guest has exited; make a new instance'
  const what = code === 'HostError' ? 'an earlier error of the host' : 'an earlier trap'
  return `${what} (${code}) has left this instance in an unknown state; make a new one`
}

function cannotLeave(cx: Context, func: string): never {
  // The guest has caught an earlier trap: that one it is, whatever it does now.
  if (cx.state === POISONED) throw cx.cause
  throw poison(
    cx,
    func,
    new WasmError(
      'AbiViolation',
      cx.module,
      func,
      'the guest called an import while realloc or post-return ran, or after a trap',
    ),
  )
}

/** `preprocess` of `demo:pipeline/analysis#preprocess`. */
export function shortName(func: string): string {
  return func.slice(func.indexOf('#') + 1)
}
