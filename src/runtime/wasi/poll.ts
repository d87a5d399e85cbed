import { HostTrap } from '../abi/host-trap.ts'
import type { WasiFace } from './face.ts'
import { Pollable, waitForAny } from './pollable.ts'

/** `wasi:io/poll`. */
export const poll: WasiFace = {
  Pollable,

  /** Positions of those that are ready, once there are any. Traps for an empty list, as the WIT says. */
  poll(pollables: readonly Pollable[]): number[] {
    if (pollables.length === 0) throw new HostTrap('AbiViolation', 'the list of pollables is empty')
    return waitForAny(pollables)
  },
}
