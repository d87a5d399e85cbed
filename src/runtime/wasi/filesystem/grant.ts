import { throwErr } from '../err.ts'
import { hasRoom, type Open } from '../open.ts'
import type { Directory } from './directory.ts'
import type { NodeFs } from './node-fs.ts'

/**
 * Sees to it that one more may be opened.
 *
 * @throws the `err` that the guest gets
 */
export function requireRoom({ open }: Grant): void {
  if (!hasRoom(open)) throwErr('quota')
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
