import type { CoreFunction } from '../descriptor.ts'
import type { GuestResource } from './guest-resource.ts'

type AnyFunction = (...args: unknown[]) => unknown

/** The class of a guest's resource in one instance, as hooks see it: objects whose members they swap. */
export interface ResourceMembers {
  /** `create` is what `new` calls. */
  readonly maker: { create: AnyFunction }
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
  const none = (): never => {
    throw new TypeError(`${name} has no constructor: the guest makes its objects`)
  }
  const maker = { create: (create ?? none) as AnyFunction }
  const refuse = (): never => {
    throw new TypeError(`${name} has to be called with new`)
  }
  // With a few parameters of its own it costs no array per object.
  const isShort = create !== undefined && create.length > 0 && create.length <= 4
  const Resource = isShort
    ? function (a: unknown, b: unknown, c: unknown, d: unknown): unknown {
        if (new.target === undefined) refuse()
        return maker.create(a, b, c, d)
      }
    : function (...args: unknown[]): unknown {
        if (new.target === undefined) refuse()
        return maker.create(...args)
      }
  Resource.prototype = Class.prototype
  Object.defineProperty(Resource, 'name', { value: name })
  Object.assign(Resource, statics)
  // The first wins: where a guest lifts functions in several contexts, its class is the one that users get.
  type.members ??= { maker, statics: Resource, prototype: Class.prototype }
  return Resource as C
}
