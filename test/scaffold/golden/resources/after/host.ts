import type { File as FileResource, Fs, Lock as LockResource, Folder as FolderResource, Stat } from './generated/demo/files/fs.js'
import type { FilesImports } from './generated/files.js'
import type { Session, User as UserResource } from './generated/files/session.js'

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
   * WIT: `constructor(path: string, append: bool)`
   */
  constructor(path: string, append: boolean) {
    this.#path = path
  }

  /** WIT: `read: func(max: u32) -> result<list<u8>, problem>` */
  read(max: number): Uint8Array {
    this.#at += max
    return new Uint8Array(Math.min(max, Number(this.fileSize())))
  }

  /** WIT: `file-size: func() -> u64` */
  fileSize(): bigint {
    return BigInt(this.#path.length - this.#at)
  }

  // witgen: demo:files/fs#[method]file.close is no longer in the world
  /** WIT: `close: func()` */
  close(): void {
    this.#at = 0
  }

  /** WIT: `temporary: static func(prefix: string) -> file` */
  static temporary(prefix: string): File {
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

  /** WIT: `copy: static func(of: borrow<file>) -> file` */
  static copy(of_: File): File {
    throw new Error('not implemented: demo:files/fs#[static]file.copy', { cause: { of_ } })
  }

  /** WIT: `stat: func() -> stat` */
  stat(): Stat {
    throw new Error('not implemented: demo:files/fs#[method]file.stat')
  }
}

// witgen: demo:files/fs#lock is no longer in the world
/** WIT: `resource lock` */
export class Lock implements LockResource {
  /** WIT: `release: func()` */
  release(): void {}
}

/**
 * A folder.
 *
 * WIT: `resource folder`
 */
export class Folder implements FolderResource {
  /** WIT: `constructor(path: string)` */
  constructor(path: string) {
    throw new Error('not implemented: demo:files/fs#[constructor]folder', { cause: { path } })
  }

  /** WIT: `files: func() -> list<file>` */
  files(): readonly File[] {
    throw new Error('not implemented: demo:files/fs#[method]folder.files')
  }

  /** Runs once, when the guest lets go of the object. */
  [Symbol.dispose](): void {}
}

/** WIT: `demo:files/fs` */
export const fs: Fs = {
  File,
  // witgen: demo:files/fs#lock is no longer in the world: Lock,

  /** WIT: `open: func(path: string, within: borrow<folder>) -> result<file, problem>` */
  open(path: string, within: Folder): File {
    if (path === '') throw { payload: { tag: 'missing' } }
    return new File(path)
  },

  /** WIT: `same: func(a: borrow<file>, b: borrow<file>) -> bool` */
  same(a: File, b: File): boolean {
    return a.isSame(b)
  },
  Folder,
}

/** WIT: `resource user` */
export class User implements UserResource {
  /** WIT: `name: func() -> string` */
  name_(): string {
    throw new Error('not implemented: session#[method]user.name')
  }

  /** Runs once, when the guest lets go of the object. */
  [Symbol.dispose](): void {}
}

/** WIT: `session` */
export const session: Session = {
  User,

  /** WIT: `current: func() -> user` */
  current(): User {
    throw new Error('not implemented: session#current')
  },
}

export const imports: FilesImports = {
  'demo:files/fs': fs,
  session,
}
