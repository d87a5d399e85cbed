import { flattenFunc } from '../../abi/flatten.ts'
import type { Func } from '../../ir/index.ts'
import { beginPostReturn, endPostReturn, enter, enterRunning, failed, guestError, leave } from '../abi/calls.ts'
import { lowerSelf, type GuestHandle } from '../abi/guest-resource.ts'
import { isErr, loadU8 } from '../abi/load.ts'
import { block } from '../abi/memory.ts'
import { endHandles } from '../abi/resources.ts'
import { storeU32 } from '../abi/store.ts'
import { type Context, RUNNING } from '../context.ts'
import type { Codec, Codecs, CoreValue } from './codec.ts'
import { outcomeOf } from './outcome.ts'
import { hasHandles, Params } from './params.ts'

/** The core function behind an export of one instance. */
export interface BoundCore {
  readonly cx: Context
  readonly core: (...args: CoreValue[]) => CoreValue | undefined
  readonly postReturn: (ret: CoreValue) => void
}

/**
 * Calls an exported function: lowers the arguments, calls, lifts the result, post-returns.
 *
 * @param self the object's own handle, for methods
 */
export type ExportCall = (bound: BoundCore, args: readonly unknown[], self?: GuestHandle) => unknown

/**
 * How an exported function is called: the steps of generated code, with the types looked at beforehand.
 * Spec: CanonicalABI.md, `canon lift`.
 *
 * @param name `ns:pkg/iface#func`, for errors
 */
export function exportFunction(func: Func, name: string, codecs: Codecs): ExportCall {
  const isMethod = func.kind.kind === 'method'
  const skip = isMethod ? 1 : 0
  const params = new Params(func.params, codecs)
  const { indirectParams } = flattenFunc(func, 'lift')
  const lowers = func.params.length > 0
  const scoped = func.params.some((p) => hasHandles(p.type))
  const finish = exportResult(func, name, codecs, scoped)

  return (bound, given, self) => {
    const { cx, core } = bound
    if (lowers) enter(cx, name)
    else enterRunning(cx, name)
    try {
      const flat: CoreValue[] = []
      const rep = self === undefined ? 0 : lowerSelf(cx, self)
      const args = self === undefined ? given : [self, ...given]
      if (indirectParams) {
        const block = params.store(cx, args, skip)
        if (isMethod) storeU32(cx, block, rep)
        flat.push(block)
      } else {
        if (isMethod) flat.push(rep)
        params.lowerFlat(cx, args, flat, skip)
      }
      cx.state = RUNNING
      return finish(bound, core(...flat))
    } catch (error) {
      throw failed(cx, name, error)
    }
  }
}

/** What comes after the core call. */
function exportResult(
  func: Func,
  name: string,
  codecs: Codecs,
  scoped: boolean,
): (bound: BoundCore, ret: CoreValue | undefined) => unknown {
  const { result } = func
  if (result === undefined) return (bound) => end(bound, scoped)
  const codec = codecs.of(result)
  const outcome = outcomeOf(result, codecs)
  const { indirectResult } = flattenFunc(func, 'lift')
  if (!indirectResult) {
    return (bound, ret = 0) => {
      const { cx } = bound
      if (outcome === undefined) {
        const value = codec.liftFlat(cx, [ret], 0)
        end(bound, scoped)
        return value
      }
      const err = isErr(cx, Number(ret))
      end(bound, scoped)
      if (err) throw guestError(cx, name, undefined)
      return undefined
    }
  }
  const value = (cx: Context, payload: Codec | undefined, ptr: number): unknown => payload?.load(cx, ptr)
  return (bound, ret) => {
    const { cx } = bound
    const ptr = block(cx, Number(ret), codec.size, codec.align)
    if (outcome === undefined) {
      const lifted = codec.load(cx, ptr)
      postReturn(bound, ptr, scoped)
      return lifted
    }
    const err = isErr(cx, loadU8(cx, ptr))
    const lifted = value(cx, err ? outcome.err : outcome.ok, ptr + outcome.offset)
    postReturn(bound, ptr, scoped)
    if (err) throw guestError(cx, name, lifted)
    return lifted
  }
}

function end({ cx }: BoundCore, scoped: boolean): void {
  if (scoped) endHandles(cx)
  leave(cx)
}

function postReturn({ cx, postReturn }: BoundCore, ret: number, scoped: boolean): void {
  if (scoped) endHandles(cx)
  beginPostReturn(cx)
  postReturn(ret)
  endPostReturn(cx)
}
