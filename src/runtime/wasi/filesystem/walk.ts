import { throwErr } from '../err.ts'
import type { Directory } from './directory.ts'
import { attempt, nodeCode } from './error-code.ts'
import type { NodeFs } from './node-fs.ts'

/** Where a path of the guest leads: a name in a folder, or that folder itself. The folder is to be closed. */
export interface Place {
  readonly directory: Directory
  /** Undefined for the folder itself, as in `.` and `a/..`. */
  readonly name: string | undefined
  /** The path ended in `/`: only a folder will do. */
  readonly wantsDirectory: boolean
}

/** As many links as Linux follows. */
const MAX_LINKS = 40

/** How long a path may be, in UTF-16 units, and how many folders deep it may lead: each of them is open meanwhile. */
const MAX_LENGTH = 4096
const MAX_DEPTH = 256

/** Told of a path that leads out of the grant. */
export type OnEscape = (path: string) => void

/**
 * Walks a path of a guest, folder by folder. `..` never leads above `from`, links are read and walked in the same way, and
 * absolute paths and absolute links lead nowhere: `not-permitted`.
 *
 * @param follow whether a link at the end is followed, or meant itself
 * @throws the `err` that the guest gets
 */
export function walk(fs: NodeFs, from: Directory, path: string, follow: boolean, onEscape: OnEscape): Place {
  const walker = new Walker(fs, from, onEscape.bind(undefined, path))
  try {
    return walker.walk(path, follow)
  } finally {
    walker.close()
  }
}

class Walker {
  readonly #fs: NodeFs
  readonly #escape: () => void
  /** The folders from the start down to where the walk is. */
  readonly #stack: Directory[]
  #links = 0

  constructor(fs: NodeFs, from: Directory, escape: () => void) {
    this.#fs = fs
    this.#escape = escape
    this.#stack = [from.share()]
  }

  walk(path: string, follow: boolean): Place {
    if (path === '') throwErr('no-entry')
    if (path.length > MAX_LENGTH) throwErr('name-too-long')
    if (path.includes('\0')) throwErr('illegal-byte-sequence')
    const pending = this.#segments(path)
    let wantsDirectory = path.endsWith('/')
    for (let name = pending.shift(); name !== undefined; name = pending.shift()) {
      if (name === '..') {
        this.#up()
        continue
      }
      const isLast = pending.length === 0
      if (isLast && !follow && !wantsDirectory) return this.#place(name, false)
      const target = attempt(() => this.#linkAt(name))
      if (target !== undefined) {
        if (++this.#links > MAX_LINKS) throwErr('loop')
        if (isLast && target.endsWith('/')) wantsDirectory = true
        pending.unshift(...this.#segments(target))
      } else if (isLast) return this.#place(name, wantsDirectory)
      else if (this.#stack.length > MAX_DEPTH) throwErr('name-too-long')
      else attempt(() => this.#stack.push(this.#here().child(name)))
    }
    return this.#place(undefined, wantsDirectory)
  }

  close(): void {
    for (const directory of this.#stack) directory.close()
  }

  #here(): Directory {
    const here = this.#stack.at(-1)
    if (here === undefined) throw new RangeError('the walk has left its start')
    return here
  }

  #place(name: string | undefined, wantsDirectory: boolean): Place {
    return { directory: this.#here().share(), name, wantsDirectory }
  }

  #up(): void {
    if (this.#stack.length === 1) this.#refuse()
    this.#stack.pop()?.close()
  }

  #segments(path: string): string[] {
    if (path.startsWith('/')) this.#refuse()
    return path.split('/').filter((segment) => segment !== '' && segment !== '.')
  }

  /** The target of a link, undefined for anything else, also for what is not there. */
  #linkAt(name: string): string | undefined {
    try {
      return this.#fs.readlinkSync(this.#here().at(name))
    } catch (error) {
      const code = nodeCode(error)
      if (code === 'EINVAL' || code === 'ENOENT' || code === 'UNKNOWN') return undefined
      throw error
    }
  }

  #refuse(): never {
    this.#escape()
    return throwErr('not-permitted')
  }
}
