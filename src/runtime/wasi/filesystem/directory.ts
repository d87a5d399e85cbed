import type { NodeFs } from './node-fs.ts'

/**
 * A folder of the host that is held open. What is in it is reached by `child`, one name at a time, never through a symbolic
 * link.
 */
export interface Directory {
  /** Whether hard links to a symbolic link become links to what that leads to, as on macOS. */
  readonly linksFollow: boolean
  /** The path of the host for a name in it, or for itself without one. */
  at(name?: string): string
  /** Opens a folder in it. Throws Node's errors: `ENOTDIR` or `ELOOP` for anything but a folder. */
  child(name: string): Directory
  /** The same folder, to be closed by itself. */
  share(): Directory
  close(): void
}

/**
 * Opens a folder that the host grants, by a path of the host; here links are followed.
 *
 * @throws what Node throws when it is no folder
 */
export function openDirectory(fs: NodeFs, path: string): Directory {
  return fs.existsSync('/proc/self/fd')
    ? OpenDirectory.open(fs, path)
    : new NamedDirectory(fs, fs.realpathSync(path), [])
}

/**
 * Held by its descriptor: `/proc/self/fd/N/name` is to Linux what `openat(N, name)` is. Whatever is renamed or replaced
 * meanwhile, by the guest or by others, the descriptor stays the folder that was opened.
 */
class OpenDirectory implements Directory {
  readonly linksFollow = false
  readonly #fs: NodeFs
  readonly #fd: number
  #holders = 1

  constructor(fs: NodeFs, fd: number) {
    this.#fs = fs
    this.#fd = fd
  }

  static open(fs: NodeFs, path: string): OpenDirectory {
    const { O_RDONLY, O_DIRECTORY } = fs.constants
    return new OpenDirectory(fs, fs.openSync(path, O_RDONLY | O_DIRECTORY))
  }

  at(name?: string): string {
    return `/proc/self/fd/${this.#fd}/${name ?? '.'}`
  }

  child(name: string): OpenDirectory {
    const { O_RDONLY, O_DIRECTORY, O_NOFOLLOW } = this.#fs.constants
    return new OpenDirectory(this.#fs, this.#fs.openSync(this.at(name), O_RDONLY | O_DIRECTORY | O_NOFOLLOW))
  }

  share(): this {
    this.#holders++
    return this
  }

  close(): void {
    if (--this.#holders === 0) this.#fs.closeSync(this.#fd)
  }
}

/**
 * Where there is no `/proc`, as on macOS, held by its path below the grant, of which every part is looked at again each time:
 * what the guest does cannot lead it out, but somebody else who replaces a folder by a link at the very moment can.
 */
class NamedDirectory implements Directory {
  readonly linksFollow = true
  readonly #fs: NodeFs
  readonly #root: string
  readonly #names: readonly string[]

  constructor(fs: NodeFs, root: string, names: readonly string[]) {
    this.#fs = fs
    this.#root = root
    this.#names = names
    this.#verify()
  }

  at(name?: string): string {
    this.#verify()
    return [this.#root, ...this.#names, name ?? '.'].join('/')
  }

  child(name: string): NamedDirectory {
    return new NamedDirectory(this.#fs, this.#root, [...this.#names, name])
  }

  share(): this {
    return this
  }

  close(): void {}

  #verify(): void {
    let path = this.#root
    for (const name of ['', ...this.#names]) {
      if (name !== '') path += `/${name}`
      if (this.#fs.lstatSync(path, { bigint: true }).isDirectory()) continue
      throw Object.assign(new Error(`ENOTDIR: not a directory`), { code: 'ENOTDIR' })
    }
  }
}
