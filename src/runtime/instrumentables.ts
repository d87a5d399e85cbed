import type { Context } from './context.ts'
import type { CallSite } from './hooks.ts'
import type { HostSlots, Linked } from './link.ts'
import { GuestResource } from './abi/guest-resource.ts'
import type { AnyResource } from './abi/resources.ts'
import type { LinkProgram } from './link-program.ts'
import { hookPoint } from './resource-sites.ts'
import type { Bound } from './world-instance.ts'

/** One function that hooks can be put around: the member of an exports object or of a host slot. */
export interface Instrumentable {
  readonly site: CallSite
  readonly object: Record<string, unknown>
  readonly member: string
  /** The context whose byte counters the calls move. */
  readonly context: Context
}

/** The imports that the guest calls. */
export function importSites(
  program: LinkProgram,
  contexts: readonly Context[],
  slots: HostSlots,
  module: string,
): Instrumentable[] {
  return program.hosts.flatMap(({ face, functions, context: index }, host) => {
    const object = slots[host]
    const context = contexts[index]
    if (object === undefined || context === undefined) return []
    return [...functions].map(([name, { member }]) => {
      const site = siteOf(module, face.id, name, 'import')
      return { site, object, member: name.startsWith('[') ? name : member, context }
    })
  })
}

/** The functions of an exported interface, whose typed object is `object`, and those of its resources. */
export function exportSites(
  program: LinkProgram,
  { contexts, resources }: Linked,
  { face, lifted, object, members = {} }: Bound,
  module: string,
): Instrumentable[] {
  const functions: Instrumentable[] = []
  for (const [name, { context: index }] of lifted.functions) {
    const context = contexts[program.contexts[index]?.primary ?? index]
    const own = members[name]
    const member = own ?? face.functions[name]?.member
    if (context === undefined || member === undefined) continue
    const resource = own === undefined ? /^\[[a-z]+\]([^.]+)/.exec(name)?.[1] : undefined
    const point =
      resource === undefined
        ? { object, member }
        : pointOf(name, member, resources[lifted.resources.get(resource) ?? -1])
    if (point !== undefined) functions.push({ site: siteOf(module, face.id, name, 'export'), ...point, context })
  }
  for (const [resource, number] of lifted.resources) {
    const type = resources[number]
    const name = `[resource-drop]${resource}`
    const point = pointOf(name, '', type)
    if (point === undefined || !(type instanceof GuestResource)) continue
    functions.push({ site: siteOf(module, face.id, name, 'export'), ...point, context: type.cx })
  }
  return functions
}

function pointOf(name: string, member: string, type: AnyResource | undefined): ReturnType<typeof hookPoint> {
  return type instanceof GuestResource ? hookPoint(name, member, type) : undefined
}

function siteOf(module: string, id: string, name: string, direction: 'export' | 'import'): CallSite {
  return Object.freeze({ module, interface: id === '' ? '$root' : id, function: name, direction })
}
