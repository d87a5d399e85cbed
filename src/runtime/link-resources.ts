import { GuestResource } from './abi/guest-resource.ts'
import { HostResource, missingClass } from './abi/host-resource.ts'
import { resourceDrop, resourceNew, resourceRep, type AnyResource } from './abi/resources.ts'
import type { Context } from './context.ts'
import type { CoreFunction } from './descriptor.ts'
import type { HostSlots } from './link.ts'
import type { LinkProgram } from './link-program.ts'

type HostClass = abstract new (...args: never[]) => object

/** The resource types of a new instance, put into the slots of its contexts. */
export function createResources(
  program: LinkProgram,
  contexts: readonly Context[],
  slots: HostSlots,
  module: string,
): AnyResource[] {
  const resources = program.resources.map((spec): AnyResource => {
    if (spec.kind === 'host') {
      const given: unknown = slots[spec.host]?.[spec.member]
      return new HostResource(spec.name, (given as HostClass | undefined) ?? missingClass(module, spec.name))
    }
    const context = contexts[spec.context]
    if (context === undefined) throw new RangeError(`the link program has no context ${spec.context}`)
    return new GuestResource(spec.name, context)
  })
  for (const context of contexts) context.types = resources
  for (const { slot, resource } of program.slots) {
    const type = resources[resource]
    if (type !== undefined) for (const context of contexts) context.resources[slot] = type
  }
  return resources
}

/** The destructors of the guest's resources, once its core modules are there. */
export function bindDestructors(
  program: LinkProgram,
  resources: readonly AnyResource[],
  instances: readonly WebAssembly.Exports[],
): void {
  for (const [index, spec] of program.resources.entries()) {
    const type = resources[index]
    if (spec.kind !== 'guest' || spec.dtor === undefined || !(type instanceof GuestResource)) continue
    const dtor = instances[spec.dtor.instance]?.[spec.dtor.name]
    if (typeof dtor === 'function') type.dtor = dtor as (rep: number) => void
  }
}

/** The core function for a canonical built-in of a resource. */
export function resourceBuiltin(
  kind: 'resource-new' | 'resource-rep' | 'resource-drop',
  cx: Context,
  type: AnyResource | undefined,
): CoreFunction {
  if (type === undefined) throw new RangeError('the link program lacks a resource type')
  switch (kind) {
    case 'resource-new':
      return (rep: number) => resourceNew(cx, type, rep)
    case 'resource-rep':
      return (index: number) => resourceRep(cx, type, index)
    case 'resource-drop':
      return (index: number) => resourceDrop(cx, type, index)
  }
}
