import type { Func } from '../../ir/index.ts'
import { describe } from '../abi/refusal.ts'

type AnyFunction = (...args: unknown[]) => unknown
/** Calls a function of a resource: `receiver` is the object, or the class for constructors and static functions. */
export type Invocation = (receiver: unknown, ...args: readonly unknown[]) => unknown

/** How a function of a resource is called. */
export function invocation({ kind }: Func, member: string): Invocation {
  if (kind.kind === 'constructor')
    return (Class, ...args) => new (Class as new (...args: unknown[]) => unknown)(...args)
  return (receiver, ...args) => methodOf(receiver as object, member)(...args)
}

function methodOf(object: object, member: string): AnyFunction {
  const method: unknown = Reflect.get(object, member)
  if (typeof method === 'function') return method.bind(object) as AnyFunction
  throw new TypeError(`${describe(object)} has no method ${member}`)
}
