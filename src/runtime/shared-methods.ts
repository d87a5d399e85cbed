import type { GuestResource } from './abi/guest-resource.ts'

type AnyFunction = (...args: unknown[]) => unknown

/** A method of a prototype that instances share, and what some of them have put around it. */
interface SharedMethod {
  readonly original: AnyFunction
  /** Where a type keeps its wrapper of the method. */
  readonly index: number
  /** How many types have one. */
  count: number
  /** The type whose wrapper the dispatcher knows. */
  first: GuestResource | undefined
}

/** The wrappers of a type. They are the type's own: what has been forgotten without having been disposed of must not stay. */
export type MethodWrappers = (AnyFunction | undefined)[]

let methodsSoFar = 0

const sharedMethods = new WeakMap<object, Map<string | symbol, SharedMethod>>()

/**
 * Puts a wrapper around a method for the objects of one instance; undefined takes it off. The prototype is touched only
 * while some instance has a wrapper.
 */
export function wrapMethod(
  prototype: object,
  member: string | symbol,
  type: GuestResource,
  wrapper: AnyFunction | undefined,
): void {
  let methods = sharedMethods.get(prototype)
  if (methods === undefined) sharedMethods.set(prototype, (methods = new Map()))
  let shared = methods.get(member)
  if (shared === undefined) {
    if (wrapper === undefined) return
    const original = Reflect.get(prototype, member) as AnyFunction
    shared = { original, index: methodsSoFar++, count: 0, first: type }
    methods.set(member, shared)
  }
  const { original, index } = shared
  type.wrappers ??= []
  const had = type.wrappers[index]
  type.wrappers[index] = wrapper
  shared.count += Number(wrapper !== undefined) - Number(had !== undefined)
  if (shared.count === 0) {
    methods.delete(member)
    define(prototype, member, original)
  } else if (shared.first === type) {
    if (wrapper === undefined) shared.first = undefined
    define(prototype, member, dispatcher(shared, type, wrapper))
  }
}

/** A method of a prototype without what instances have put around it. */
export function originalMethod(prototype: object, member: string | symbol): unknown {
  return sharedMethods.get(prototype)?.get(member)?.original ?? Reflect.get(prototype, member)
}

/** `known` is that of `first`: a constant, so that engines make one piece of it all where there is one instance. */
function dispatcher(
  { original, index }: SharedMethod,
  first: GuestResource,
  known: AnyFunction | undefined,
): AnyFunction {
  const { read } = first
  return function (this: unknown, ...args: unknown[]): unknown {
    const type = read(this)?.type
    if (type === first && known !== undefined) return known.apply(this, args)
    return (type?.wrappers?.[index] ?? original).apply(this, args)
  }
}

function define(prototype: object, member: string | symbol, value: AnyFunction): void {
  Object.defineProperty(prototype, member, { value, writable: true, enumerable: false, configurable: true })
}
