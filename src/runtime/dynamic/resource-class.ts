import { pascalCase, type Func } from '../../ir/index.ts'
import { isObject } from '../abi/checks.ts'
import { leave, failed } from '../abi/calls.ts'
import { beginDrop, type GuestHandle, type GuestResource } from '../abi/guest-resource.ts'
import { resourceClass } from '../abi/resource-class.ts'
import type { CoreFunction } from '../descriptor.ts'
import type { BoundCore, ExportCall } from './export-function.ts'

/** A function of a resource: how it is called, and what it is called in the class. */
export interface ResourceFunction {
  readonly kind: Func['kind']['kind']
  readonly member: string
  readonly call: ExportCall
  readonly bound: BoundCore
}

/** What all objects of guests' resources are: a handle that nobody else reaches. */
class ResourceObject {
  readonly #handle: GuestHandle

  constructor(handle: GuestHandle) {
    this.#handle = handle
  }

  static handleOf(value: unknown): GuestHandle | undefined {
    return isObject(value) && #handle in value ? value.#handle : undefined
  }

  [Symbol.dispose](): void {
    const { cx, type } = this.#handle
    const func = type.name.replace('#', '#[resource-drop]')
    const rep = beginDrop(this.#handle, func)
    if (rep < 0) return
    try {
      type.dtor?.(rep)
      leave(cx)
    } catch (error) {
      throw failed(cx, func, error)
    }
  }
}

/** The class of a resource for one instance, as `new exports['ns:pkg/iface'].Counter(1)` uses it. */
export function makeResourceClass(name: string, type: GuestResource, functions: readonly ResourceFunction[]): object {
  const Class = class extends ResourceObject {}
  const title = pascalCase(name)
  let create: ((...args: unknown[]) => object) | undefined
  const statics: Record<string, CoreFunction> = {}
  for (const { kind, member, call, bound } of functions) {
    const run = (...args: unknown[]): unknown => call(bound, args)
    if (kind === 'constructor') create = run as typeof create
    else if (kind === 'static') statics[member] = run as CoreFunction
    else {
      const value = function (this: unknown, ...args: unknown[]): unknown {
        const handle = ResourceObject.handleOf(this)
        if (handle === undefined) throw new TypeError(`${title}.${member} has to be called on a ${title}`)
        return call(bound, args, handle)
      }
      Object.defineProperty(Class.prototype, member, { value, writable: true, configurable: true })
    }
  }
  type.make = (handle) => new Class(handle)
  type.read = (value) => {
    const handle = ResourceObject.handleOf(value)
    return handle?.type.name === type.name ? handle : undefined
  }
  return resourceClass(type, title, Class, create, statics)
}
