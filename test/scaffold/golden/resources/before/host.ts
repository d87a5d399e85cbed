import type { File as FileResource, Fs, Lock as LockResource } from './generated/demo/files/fs.js'
import type { FilesImports } from './generated/files.js'

/**
 * An open file.
 *
 * WIT: `resource file`
 */
export class File implements FileResource {
  readonly #path: string
  #at = 0

  /**
   * Opens it.
   *
   * WIT: `constructor(path: string)`
   */
  constructor(path: string) {
    this.#path = path
  }

  /** WIT: `read: func(max: u32) -> result<list<u8>, problem>` */
  read(max: number): Uint8Array {
    this.#at += max
    return new Uint8Array(Math.min(max, Number(this.size())))
  }

  /** WIT: `size: func() -> u64` */
  size(): bigint {
    return BigInt(this.#path.length - this.#at)
  }

  /** WIT: `close: func()` */
  close(): void {
    this.#at = 0
  }

  /** WIT: `temporary: static func() -> file` */
  static temporary(): File {
    return new File('/tmp/x')
  }

  /** Ours alone: no guest sees it. */
  get path(): string {
    return this.#path
  }

  isSame(other: File): boolean {
    return other.path === this.path
  }

  /** Runs once, when the guest lets go of the object. */
  [Symbol.dispose](): void {
    this.close()
  }
}

/** WIT: `resource lock` */
export class Lock implements LockResource {
  /** WIT: `release: func()` */
  release(): void {}
}

/** WIT: `demo:files/fs` */
export const fs: Fs = {
  File,
  Lock,

  /** WIT: `open: func(path: string) -> result<file, problem>` */
  open(path: string): File {
    if (path === '') throw { payload: { tag: 'missing' } }
    return new File(path)
  },

  /** WIT: `same: func(a: borrow<file>, b: borrow<file>) -> bool` */
  same(a: File, b: File): boolean {
    return a.isSame(b)
  },
}

export const imports: FilesImports = {
  'demo:files/fs': fs,
}
