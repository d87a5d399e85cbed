/** Something that the guest holds open, to be closed with its instance where the guest has not. */
export interface Open {
  [Symbol.dispose](): void
}

/**
 * How many files and folders an instance may have open, and how many sockets, streams and lookups: the host's process has only so
 * many descriptors, and so much memory.
 */
export const MAX_OPEN = 1000

/** Whether one more may be opened. */
export function hasRoom(open: ReadonlySet<Open>): boolean {
  return open.size < MAX_OPEN
}
