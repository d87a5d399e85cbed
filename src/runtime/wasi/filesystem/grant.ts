import type { Directory } from './directory.ts'
import type { NodeFs } from './node-fs.ts'

/** Something that the guest holds open, to be closed with its instance where the guest has not. */
export interface Open {
  [Symbol.dispose](): void
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
