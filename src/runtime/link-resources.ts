import { GuestResource } from './abi/guest-resource.ts'
import { HostResource, missingClass } from './abi/host-resource.ts'
import { resourceDrop, resourceNew, resourceRep, type AnyResource } from './abi/resources.ts'
import type { Context } from './context.ts'
import type { CoreFunction } from './descriptor.ts'
import type { HostSlots } from './link.ts'
import type { LinkProgram, SlotSpec } from './link-program.ts'

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
  for (let i = 0; i < contexts.length; i++) {
    const context = contexts[i] as Context
    context.types = resources
    for (let j = 0; j < program.slots.length; j++) {
      const { slot, resource } = program.slots[j] as SlotSpec
      const type = resources[resource]
      if (type !== undefined) context.resources[slot] = type
    }
  }
  return resources
}

/** The destructors among the exports of the core instance with the number `instance`, which has just been made. */
export function bindDestructors(
  program: LinkProgram,
  resources: readonly AnyResource[],
  instance: number,
  exports: WebAssembly.Exports,
): void {
  for (let i = 0; i < resources.length; i++) {
    const spec = program.resources[i]
    const type = resources[i]
    if (spec?.kind !== 'guest' || spec.dtor?.instance !== instance || !(type instanceof GuestResource)) continue
    const dtor = exports[spec.dtor.name]
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
