import type { Context } from './context.ts'
import type { ExportFace } from './descriptor.ts'
import type { CallSite } from './hooks.ts'
import type { HostSlots } from './link.ts'
import type { LiftSpec, LinkProgram } from './link-program.ts'

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
      return { site: siteOf(module, face.id, name, 'import'), object, member, context }
    })
  })
}

/** The functions of an exported interface, whose typed object is `object`. */
export function exportSites(
  program: LinkProgram,
  contexts: readonly Context[],
  face: ExportFace,
  lifts: ReadonlyMap<string, LiftSpec>,
  object: Record<string, unknown>,
  module: string,
): Instrumentable[] {
  const functions: Instrumentable[] = []
  for (const [name, { context: index }] of lifts) {
    const context = contexts[program.contexts[index]?.primary ?? index]
    const member = face.functions[name]?.member
    // The functions of a resource belong to a class that all instances share: this object has no member to swap.
    if (context === undefined || member === undefined || name.startsWith('[')) continue
    functions.push({ site: siteOf(module, face.id, name, 'export'), object, member, context })
  }
  return functions
}

function siteOf(module: string, id: string, name: string, direction: 'export' | 'import'): CallSite {
  return Object.freeze({ module, interface: id === '' ? '$root' : id, function: name, direction })
}
