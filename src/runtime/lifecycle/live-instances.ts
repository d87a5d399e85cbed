import { LiveRegistry } from './live-registry.ts'
import type { Vitals } from './vitals.ts'

/** An instance that has not been disposed of. */
export interface LiveInstance {
  /** The instance's name, as errors have it. */
  readonly name: string
  /** How many handles the guest holds, of its own resources and of the host's. */
  readonly handles: number
  /** How many objects of the guest's resources the host has been given and not disposed of, by `ns:pkg/iface#resource`. */
  readonly resources: Readonly<Record<string, number>>
  /** The memories that values go through. */
  readonly memories: number
  /** The size of the memories, in bytes, as of the last call that looked at them. */
  readonly memoryBytes: number
}

/** The instances of this thread. */
export const liveInstances: LiveRegistry<Vitals> = new LiveRegistry()
