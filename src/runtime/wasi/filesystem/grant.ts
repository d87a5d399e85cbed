import { throwErr } from '../err.ts'
import type { Directory } from './directory.ts'
import type { NodeFs } from './node-fs.ts'

/** Something that the guest holds open, to be closed with its instance where the guest has not. */
export interface Open {
  [Symbol.dispose](): void
}

/** How much an instance may have open: the host's process has only so many descriptors, and so much memory. */
const MAX_OPEN = 1000

/**
 * Sees to it that one more may be opened.
 *
 * @throws the `err` that the guest gets
 */
export function requireRoom({ open }: Grant): void {
  if (open.size >= MAX_OPEN) throwErr('quota')
}

/** A folder that the host grants, and what belongs to everything that is opened in it. */
export interface Grant {
  readonly fs: NodeFs
  readonly directory: Directory
  readonly writable: boolean
  /** All that is open in any grant of the instance. */
  readonly open: Set<Open>
  /** What output streams tell of bytes that the guest has not handed over. */
  readonly made: ((bytes: number) => void) | undefined
  /**
   * Tells the log of something that is refused although the file system would allow it.
   *
   * @param func the WIT name of the function in `wasi:filesystem/types`
   * @param path of the guest
   */
  denied(func: string, path: string, why: string): void
}
