import type { GuestResource } from './abi/guest-resource.ts'

type AnyFunction = (...args: unknown[]) => unknown

/** A method of a prototype that instances share, and what some of them have put around it. */
interface SharedMethod {
  original: AnyFunction | undefined
  /** Where a type keeps its wrapper of the method: the same each time that hooks come and go. */
  readonly index: number
  /** How many types have one. */
  count: number
  /** The type whose wrapper the dispatcher knows. */
  first: GuestResource | undefined
  /** Another one, to be the first when that has no wrapper any more: the dispatcher is not to keep alive what has gone. */
  next: WeakRef<GuestResource> | undefined
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
  const shared = sharedMethod(prototype, member)
  if (shared.original === undefined) {
    if (wrapper === undefined) return
    shared.original = Reflect.get(prototype, member) as AnyFunction
    shared.first = type
  }
  const { original, index } = shared
  type.wrappers ??= []
  const had = type.wrappers[index]
  type.wrappers[index] = wrapper
  shared.count += Number(wrapper !== undefined) - Number(had !== undefined)
  if (shared.count === 0) {
    shared.original = shared.first = shared.next = undefined
    define(prototype, member, original)
  } else if (shared.first === type || shared.first === undefined) {
    shared.first = wrapper === undefined ? wrappedNext(shared) : type
    if (shared.first !== type) shared.next = undefined
    define(prototype, member, dispatcher(original, index, shared.first ?? type))
  } else if (wrapper !== undefined && wrappedNext(shared) === undefined) shared.next = new WeakRef(type)
}

function sharedMethod(prototype: object, member: string | symbol): SharedMethod {
  let methods = sharedMethods.get(prototype)
  if (methods === undefined) sharedMethods.set(prototype, (methods = new Map()))
  let shared = methods.get(member)
  if (shared === undefined) {
    shared = { original: undefined, index: methodsSoFar++, count: 0, first: undefined, next: undefined }
    methods.set(member, shared)
  }
  return shared
}

function wrappedNext({ next, index }: SharedMethod): GuestResource | undefined {
  const type = next?.deref()
  return type?.wrappers?.[index] === undefined ? undefined : type
}

/** A method of a prototype without what instances have put around it. */
export function originalMethod(prototype: object, member: string | symbol): unknown {
  return sharedMethods.get(prototype)?.get(member)?.original ?? Reflect.get(prototype, member)
}

/** The wrapper of `first` is a constant, so that engines make one piece of it all where there is one instance. */
function dispatcher(original: AnyFunction, index: number, first: GuestResource): AnyFunction {
  const { read } = first
  const known = first.wrappers?.[index]
  return function (this: unknown, ...args: unknown[]): unknown {
    const type = read(this)?.type
    if (type === first && known !== undefined) return known.apply(this, args)
    return (type?.wrappers?.[index] ?? original).apply(this, args)
  }
}

function define(prototype: object, member: string | symbol, value: AnyFunction): void {
  Object.defineProperty(prototype, member, { value, writable: true, enumerable: false, configurable: true })
}
