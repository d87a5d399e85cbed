import type { GuestResource } from './abi/guest-resource.ts'
import type { ResourceMembers } from './abi/resource-class.ts'
import { originalMethod, wrapMethod } from './shared-methods.ts'

type AnyFunction = (...args: unknown[]) => unknown

/** A member that hooks can swap. */
export interface HookPoint {
  readonly object: Record<string, unknown>
  readonly member: string
}

/** A method as a member: its objects share a prototype with those of other instances, so swapping it takes more than a store. */
export class MethodPoint {
  readonly #prototype: object
  readonly #name: string | symbol
  readonly #type: GuestResource

  constructor(prototype: object, name: string | symbol, type: GuestResource) {
    this.#prototype = prototype
    this.#name = name
    this.#type = type
  }

  get method(): unknown {
    return originalMethod(this.#prototype, this.#name)
  }

  set method(value: unknown) {
    const isOriginal = value === this.method
    wrapMethod(this.#prototype, this.#name, this.#type, isOriginal ? undefined : (value as AnyFunction))
  }
}

/**
 * Where the function `name` of a resource can be hooked for the objects of one instance.
 *
 * @param name `[constructor]counter`, `[method]counter.inc`, `[static]counter.make` or `[resource-drop]counter`
 * @param member what it is called in the class
 */
export function hookPoint(name: string, member: string, type: GuestResource): HookPoint | undefined {
  const { members } = type
  if (members === undefined) return undefined
  if (name.startsWith('[constructor]')) return { object: record(members.maker), member: 'create' }
  if (name.startsWith('[static]')) return { object: record(members.statics), member }
  return methodPoint(members, name.startsWith('[resource-drop]') ? Symbol.dispose : member, type)
}

function methodPoint({ prototype }: ResourceMembers, name: string | symbol, type: GuestResource): HookPoint {
  return { object: record(new MethodPoint(prototype, name, type)), member: 'method' }
}

function record(object: object): Record<string, unknown> {
  return object as Record<string, unknown>
}
