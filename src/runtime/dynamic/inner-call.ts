import { flattenFunc } from '../../abi/flatten.ts'
import type { Func } from '../../ir/index.ts'
import { enterImport, leave, poison, swallowed, trap } from '../abi/calls.ts'
import { block, freshen } from '../abi/memory.ts'
import { endScope } from '../abi/resources.ts'
import { type Context, LOWERING, POST_RETURN, RUNNING } from '../context.ts'
import type { CoreFunction } from '../descriptor.ts'
import type { InnerCallee } from '../link-program.ts'
import type { Codec, Codecs, CoreValue } from './codec.ts'
import { Params } from './params.ts'

type Core = (...args: CoreValue[]) => CoreValue | undefined

/**
 * How one inner component calls another: lifts the arguments out of the caller, lowers them into the callee, calls, lifts
 * the result out of the callee, lowers it into the caller, post-returns. Spec: CanonicalABI.md, `canon lower` of a `canon lift`.
 *
 * Components may enter each other again: the host cannot, but a parent's function may be called by its child.
 *
 * @param codecs those of transfers
 */
export function innerCall(
  func: Func,
  name: string,
  codecs: Codecs,
): (caller: Context, callee: InnerCallee) => CoreFunction {
  const params = new Params(func.params, codecs)
  const result = func.result && codecs.of(func.result)
  const lowered = flattenFunc(func, 'lower')
  const lifted = flattenFunc(func, 'lift')
  const liftArgs = (cx: Context, values: readonly CoreValue[]): unknown[] =>
    lowered.indirectParams
      ? params.load(cx, block(cx, Number(values[0]), params.size, params.align))
      : params.liftFlat(cx, values)
  const lowerArgs = (cx: Context, args: readonly unknown[]): CoreValue[] => {
    if (lifted.indirectParams) return [params.store(cx, args)]
    const flat: CoreValue[] = []
    params.lowerFlat(cx, args, flat)
    return flat
  }
  const liftResult = (cx: Context, codec: Codec, ret: CoreValue): unknown =>
    lifted.indirectResult
      ? codec.load(cx, block(cx, Number(ret), codec.size, codec.align))
      : codec.liftFlat(cx, [ret], 0)
  const lowerResult = (cx: Context, codec: Codec, value: unknown, at: CoreValue): CoreValue | undefined => {
    const flat: CoreValue[] = []
    if (lowered.indirectResult) {
      codec.store(cx, 'result', block(cx, Number(at), codec.size, codec.align), value)
    } else codec.lowerFlat(cx, 'result', value, flat)
    return flat[0]
  }

  return (caller, { cx: callee, core, postReturn }) => {
    const call = core as Core
    const post = postReturn as Core | undefined
    return ((...values: CoreValue[]): CoreValue | undefined => {
      enterImport(caller, name)
      const { state, borrows } = callee
      const [callerMark, calleeMark] = [caller.scope.length, callee.scope.length]
      try {
        freshen(caller)
        const args = liftArgs(caller, values)
        callee.state = LOWERING
        freshen(callee)
        const flat = lowerArgs(callee, args)
        callee.state = RUNNING
        const ret = call(...flat) ?? 0
        leave(callee)
        freshen(callee)
        const value = result && liftResult(callee, result, ret)
        if (callee.borrows > borrows) trap(callee, 'AbiViolation', 'the guest has kept a handle that it was only lent')
        endScope(callee, calleeMark)
        caller.state = LOWERING
        freshen(caller)
        const out = result && lowerResult(caller, result, value, values[lowered.params.length - 1] ?? 0)
        caller.state = RUNNING
        if (post !== undefined) {
          callee.state = POST_RETURN
          if (lifted.results.length > 0) post(ret)
          else post()
          if (callee.state !== POST_RETURN) swallowed(callee)
        }
        callee.state = state
        endScope(caller, callerMark)
        return out
      } catch (error) {
        throw poison(caller, name, error)
      }
    }) as CoreFunction
  }
}
