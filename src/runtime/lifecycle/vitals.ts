import { GuestResource } from '../abi/guest-resource.ts'
import type { Linked } from '../link.ts'

/** How many handles a component instance holds. */
export interface HandleTally {
  handles: number
}

/** How many objects of a guest's resource the host holds. */
export interface ResourceTally {
  /** `ns:pkg/iface#counter` */
  readonly name: string
  live: number
}

/** How large a memory was when its instance last looked. */
export interface MemoryExtent {
  bytes: number
}

/**
 * What is counted of one instance. It leads to nothing else of the instance: whoever looks at it through a `WeakRef` keeps it
 * alive until the end of the job, and a loop that makes many instances must not keep all their memories.
 */
export interface Vitals {
  readonly name: string
  readonly handles: readonly HandleTally[]
  readonly resources: readonly ResourceTally[]
  readonly memories: readonly MemoryExtent[]
}

/** The counters of a new instance. */
export function vitalsOf(name: string, { contexts, resources }: Linked): Vitals {
  const handles: HandleTally[] = []
  const memories: MemoryExtent[] = []
  for (let i = 0; i < contexts.length; i++) {
    const context = contexts[i]
    if (context === undefined) continue
    const { tally } = context.handles
    if (!handles.includes(tally)) handles.push(tally)
    if (context.memory === undefined) continue
    const other = contexts.findIndex(({ memory }) => memory === context.memory)
    if (other < i) context.extent = contexts[other]?.extent ?? context.extent
    else memories.push(context.extent)
  }
  const tallies: ResourceTally[] = []
  for (const type of resources) if (type instanceof GuestResource) tallies.push(type.tally)
  return { name, handles, resources: tallies, memories }
}
