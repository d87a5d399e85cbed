import type { CoreFunction } from '../descriptor.ts'
import type { GuestResource } from './guest-resource.ts'

type AnyFunction = (...args: unknown[]) => unknown

/** The class of a guest's resource in one instance, as hooks see it: objects whose members they swap. */
export interface ResourceMembers {
  /** `create` is what `new` calls. */
  readonly maker: { create: AnyFunction | undefined }
  readonly statics: object
  /** Shared by all instances. */
  readonly prototype: object
}

/**
 * The class that users see: `new counter.Counter(1)` makes objects of `Class` for one instance. One prototype serves all
 * instances, so that engines see one kind of object.
 *
 * @param name what the class is called
 * @param create what `new` does; undefined for a resource without constructor
 */
export function resourceClass<C>(
  type: GuestResource,
  name: string,
  Class: { readonly prototype: object },
  create: ((...args: never[]) => object) | undefined,
  statics: Readonly<Record<string, CoreFunction>>,
): C {
  const maker = { create: create as AnyFunction | undefined }
  const make = (target: unknown): AnyFunction => {
    if (target === undefined) throw new TypeError(`${name} has to be called with new`)
    if (maker.create === undefined) throw new TypeError(`${name} has no constructor: the guest makes its objects`)
    return maker.create
  }
  // With a few parameters of its own it costs no array per object.
  const isShort = create !== undefined && create.length > 0 && create.length <= 4
  const Resource = isShort
    ? function (a: unknown, b: unknown, c: unknown, d: unknown): unknown {
        return make(new.target)(a, b, c, d)
      }
    : function (...args: unknown[]): unknown {
        return make(new.target)(...args)
      }
  Resource.prototype = Class.prototype
  Object.defineProperty(Resource, 'name', { value: name })
  Object.assign(Resource, statics)
  // The first wins: where a guest lifts functions in several contexts, its class is the one that users get.
  type.members ??= { maker, statics: Resource, prototype: Class.prototype }
  return Resource as C
}

/** A method of a prototype that instances share, and what some of them have put around it. */
interface SharedMethod {
  readonly original: AnyFunction
  /** Where a type keeps its wrapper of the method. */
  readonly index: number
  /** How many types have one. */
  count: number
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
    shared = { original: Reflect.get(prototype, member) as AnyFunction, index: methodsSoFar++, count: 0 }
    methods.set(member, shared)
    define(prototype, member, dispatcher(shared, type))
  }
  if (wrapper !== undefined) {
    if (type.wrappers?.[shared.index] === undefined) shared.count++
    type.wrappers ??= []
    type.wrappers[shared.index] = wrapper
  } else if (type.wrappers?.[shared.index] !== undefined) {
    type.wrappers[shared.index] = undefined
    if (--shared.count > 0) return
    define(prototype, member, shared.original)
    methods.delete(member)
  }
}

/** A method of a prototype without what instances have put around it. */
export function originalMethod(prototype: object, member: string | symbol): unknown {
  return sharedMethods.get(prototype)?.get(member)?.original ?? Reflect.get(prototype, member)
}

function dispatcher({ original, index }: SharedMethod, { read }: GuestResource): AnyFunction {
  return function (this: unknown, ...args: unknown[]): unknown {
    const method = read(this)?.type.wrappers?.[index] ?? original
    return method.apply(this, args)
  }
}

function define(prototype: object, member: string | symbol, value: AnyFunction): void {
  Object.defineProperty(prototype, member, { value, writable: true, enumerable: false, configurable: true })
}
