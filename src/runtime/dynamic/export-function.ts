import { flattenFunc } from '../../abi/flatten.ts'
import type { Func } from '../../ir/index.ts'
import { beginPostReturn, endPostReturn, enter, enterRunning, failed, guestError, leave } from '../abi/calls.ts'
import { lowerSelf, type GuestHandle } from '../abi/guest-resource.ts'
import { isErr, loadU8 } from '../abi/load.ts'
import { block } from '../abi/memory.ts'
import { endHandles } from '../abi/resources.ts'
import { storeU32 } from '../abi/store.ts'
import { type Context, RUNNING } from '../context.ts'
import type { Codecs, CoreValue } from './codec.ts'
import { outcomeOf, type Outcome } from './outcome.ts'
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
  const finish = exportResult(func, codecs, scoped)

  return (bound, given, self) => {
    const { cx, core } = bound
    let returned: Returned
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
      returned = finish(bound, core(...flat))
    } catch (error) {
      throw failed(cx, name, error)
    }
    if (returned.isErr) throw guestError(cx, name, returned.value)
    return returned.value
  }
}

/** What a call has given: the value to return, or the `err` to throw. */
interface Returned {
  readonly isErr: boolean
  readonly value: unknown
}
const NOTHING: Returned = { isErr: false, value: undefined }

/** What comes after the core call. */
function exportResult(
  func: Func,
  codecs: Codecs,
  scoped: boolean,
): (bound: BoundCore, ret: CoreValue | undefined) => Returned {
  const { result } = func
  if (result === undefined) {
    return (bound) => {
      end(bound, scoped)
      return NOTHING
    }
  }
  const codec = codecs.of(result)
  const outcome = outcomeOf(result, codecs)
  const { indirectResult } = flattenFunc(func, 'lift')
  if (!indirectResult) {
    return (bound, ret = 0) => {
      const { cx } = bound
      const returned =
        outcome === undefined
          ? { isErr: false, value: codec.liftFlat(cx, [ret], 0) }
          : { isErr: isErr(cx, Number(ret)), value: undefined }
      end(bound, scoped)
      return returned
    }
  }
  return (bound, ret) => {
    const { cx } = bound
    const ptr = block(cx, Number(ret), codec.size, codec.align)
    const returned =
      outcome === undefined ? { isErr: false, value: codec.load(cx, ptr) } : loadOutcome(cx, outcome, ptr)
    postReturn(bound, ptr, scoped)
    return returned
  }
}

function loadOutcome(cx: Context, { ok, err, offset }: Outcome, ptr: number): Returned {
  const failed = isErr(cx, loadU8(cx, ptr))
  return { isErr: failed, value: (failed ? err : ok)?.load(cx, ptr + offset) }
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
