import { MAX_BYTES } from './checks.ts'

/** The handles of one resource type that the guest holds. */
export interface Handles {
  add(rep: number): number
  /** The representation behind a handle; -1 when there is none. */
  rep(handle: number): number
  /** The same, and the handle is gone. */
  remove(handle: number): number
}

export function makeHandles(): Handles {
  /** A representation, or -1 - the next free handle. Handle 0 is none. */
  const reps = [-1]
  let free = 0
  return {
    add(rep) {
      const handle = free
      if (handle === 0) {
        if (reps.length > MAX_BYTES) throw new RangeError('the guest holds too many handles')
        return reps.push(rep) - 1
      }
      free = -1 - (reps[handle] as number)
      reps[handle] = rep
      return handle
    },
    rep: (handle) => reps[handle] ?? -1,
    remove(handle) {
      const rep = reps[handle] ?? -1
      if (rep >= 0) {
        reps[handle] = -1 - free
        free = handle
      }
      return rep
    },
  }
}
