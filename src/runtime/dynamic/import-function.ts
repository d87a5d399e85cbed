import { flattenFunc } from '../../abi/flatten.ts'
import { dealias, pascalCase, type Func, type Type, type TypeKind } from '../../ir/index.ts'
import { enterImport, errPayload, hostFailed } from '../abi/calls.ts'
import { block, freshen } from '../abi/memory.ts'
import type { Path } from '../abi/path.ts'
import { returnedNothing, returnedValue } from '../abi/promises.ts'
import { endScope } from '../abi/resources.ts'
import { storeU8 } from '../abi/store.ts'
import { type Context, LOWERING, RUNNING } from '../context.ts'
import type { CoreFunction } from '../descriptor.ts'
import type { Codec, Codecs, CoreValue } from './codec.ts'
import { invocation, type Invocation } from './invocation.ts'
import { outcomeOf } from './outcome.ts'
import { hasHandles, Params } from './params.ts'

type AnyFunction = (...args: unknown[]) => unknown
type HostObject = Readonly<Record<string, unknown>>

/** Makes the core function that a guest calls, from the slot object with the host's functions. */
export type ImportLowering = (cx: Context, host: HostObject) => CoreFunction

/** Kinds whose lowering can neither run user code nor call realloc: the state need not change. */
const SIMPLE: ReadonlySet<TypeKind> = new Set<TypeKind>([
  'bool',
  's8',
  'u8',
  's16',
  'u16',
  's32',
  'u32',
  's64',
  'u64',
  'f32',
  'f64',
  'char',
  'enum',
])

/**
 * How a guest calls a function of the host: lifts the parameters, calls, lowers the result. Spec: CanonicalABI.md, `canon lower`.
 *
 * @param name `ns:pkg/iface#func`, for errors
 * @param member the member of the host's object or class
 */
export function importFunction(func: Func, name: string, member: string, codecs: Codecs): ImportLowering {
  const params = new Params(func.params, codecs)
  const { indirectParams, indirectResult, params: core } = flattenFunc(func, 'lower')
  const scoped = func.params.some((p) => hasHandles(p.type))
  const result = func.result && codecs.of(func.result)
  const call = hostCall(func, member)
  const finish = importResult(func, codecs)

  return (cx, host) =>
    ((...values: CoreValue[]): CoreValue | undefined => {
      enterImport(cx, name)
      const mark = cx.scope.length
      try {
        freshen(cx)
        const args = indirectParams
          ? params.load(cx, block(cx, Number(values[0]), params.size, params.align))
          : params.liftFlat(cx, values)
        const ret =
          indirectResult && result !== undefined
            ? block(cx, Number(values[core.length - 1]), result.size, result.align)
            : 0
        return finish(cx, ret, () => call(host, args))
      } catch (error) {
        throw hostFailed(cx, name, error)
      } finally {
        if (scoped) endScope(cx, mark)
      }
    }) as CoreFunction
}

/** What an import calls: a function of the host's object, a method of the receiver, or the class; `host` has what hooks put around it. */
function hostCall(func: Func, member: string): (host: HostObject, args: readonly unknown[]) => unknown {
  const { name, kind } = func
  if (kind.kind === 'freestanding') return (host, args) => (host[member] as AnyFunction)(...args)
  const plain = invocation(func, member)
  const invoke = (host: HostObject): Invocation => (host[name] as Invocation | undefined) ?? plain
  if (kind.kind === 'method') return (host, [self, ...args]) => invoke(host)(self, ...args)
  const Class = pascalCase(kind.resource.name)
  return (host, args) => invoke(host)(host[Class], ...args)
}

/** What comes after the parameters: calls the host, lowers the result, gives what the core function returns. */
function importResult(
  func: Func,
  codecs: Codecs,
): (cx: Context, ret: number, call: () => unknown) => CoreValue | undefined {
  const { result } = func
  if (result === undefined) {
    return (_cx, _ret, call) => {
      returnedNothing(call())
      return undefined
    }
  }
  const { indirectResult } = flattenFunc(func, 'lower')
  const outcome = outcomeOf(result, codecs)
  if (outcome === undefined) {
    const store = guarded(result, storing(codecs.of(result)))
    const flat = guarded(result, flattening(codecs.of(result)))
    const value = returnedBy(result)
    return (cx, ret, call) => (indirectResult ? store : flat)(cx, 'result', ret, value(call()))
  }
  const { ok, err, okType, errType, offset } = outcome
  const returned = returnedBy(okType)
  const storeOk = okType && ok && guarded(okType, storing(ok))
  const storeErr = errType && err && guarded(errType, storing(err))
  return (cx, ret, call) => {
    let value: unknown
    try {
      value = returned(call())
    } catch (error) {
      const payload = errPayload(error)
      if (indirectResult) storeU8(cx, ret, 1)
      storeErr?.(cx, 'payload', ret + offset, payload)
      return indirectResult ? undefined : 1
    }
    if (indirectResult) storeU8(cx, ret, 0)
    storeOk?.(cx, 'result', ret + offset, value)
    return indirectResult ? undefined : 0
  }
}

/** What the host function returns goes through this before it is lowered, so that no Promise is taken for a value. */
function returnedBy(type: Type | undefined): (value: unknown) => unknown {
  if (type === undefined) return returnedNothing
  return SIMPLE.has(dealias(type).kind) ? (value) => value : returnedValue
}

type Lowering = (cx: Context, path: Path, ptr: number, value: unknown) => CoreValue | undefined

const storing =
  (codec: Codec): Lowering =>
  (cx, path, ptr, value) => {
    codec.store(cx, path, ptr, value)
    return undefined
  }

const flattening =
  (codec: Codec): Lowering =>
  (cx, path, _ptr, value) => {
    const out: CoreValue[] = []
    codec.lowerFlat(cx, path, value, out)
    return out[0]
  }

/** While a result is lowered, the guest may not call imports and user code may not enter. */
function guarded(type: Type, lower: Lowering): Lowering {
  if (SIMPLE.has(dealias(type).kind)) return lower
  return (cx, path, ptr, value) => {
    cx.state = LOWERING
    const core = lower(cx, path, ptr, value)
    cx.state = RUNNING
    return core
  }
}
