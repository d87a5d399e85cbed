import type { Context } from '../context.ts'
import { WasmError } from '../errors.ts'
import { shortName } from './calls.ts'
import { isThenable } from './promises.ts'
import { describe } from './refusal.ts'

/** What a call ends with instead of a result: an error of the user's function, or the guest's `err`. */
export interface ViewFailure {
  readonly error: unknown
}

/**
 * Checks what is to be given the view, before anything of the guest runs.
 *
 * @param func the function's name, as `ns:pkg/iface#func`
 * @throws WasmError `InvalidParam` for what is no function; the instance stays usable
 */
export function checkUse(cx: Context, func: string, use: unknown): void {
  if (typeof use === 'function') return
  const text = `${shortName(func)}: expected a function that is given the view as the last argument, got ${describe(use)}`
  throw new WasmError('InvalidParam', cx.module, func, text)
}

/**
 * What a call gives whose result was viewed, once the guest has cleaned up.
 *
 * @param func the function's name, as `ns:pkg/iface#func`
 * @param result what the user's function has returned; undefined when it has not
 * @throws what it has thrown, or the guest's error; WasmError `InvalidParam` for a Promise: whatever it waits for, the view is gone by then
 */
export function viewed<R>(cx: Context, func: string, result: R | undefined, failure: ViewFailure | undefined): R {
  if (failure !== undefined) throw failure.error
  if (typeof result === 'object' && isThenable(result)) refuse(cx, func, result)
  return result as R
}

function refuse(cx: Context, func: string, promise: object): never {
  // Should it reject, as it will when it looks at the view, that is no unhandled rejection.
  Promise.resolve(promise).catch(() => {})
  const text =
    'the function that is given the view returned a Promise: a view ends with that function, so it has to do its work ' +
    'before it returns; copy what is needed later'
  throw new WasmError('InvalidParam', cx.module, func, text)
}
