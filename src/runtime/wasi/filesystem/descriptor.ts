import { throwErr } from '../err.ts'
import { InputStream } from '../input-stream.ts'
import { OutputStream } from '../output-stream.ts'
import { DirectoryEntryStream } from './directory-entry-stream.ts'
import type { Directory } from './directory.ts'
import { attempt } from './error-code.ts'
import type { Grant } from './grant.ts'
import { leavesStart } from './link-target.ts'
import { typeOf, type DescriptorType, type NodeStats } from './node-fs.ts'
import { openAt, type DescriptorFlags, type OpenFlags } from './open-at.ts'
import { OpenFile } from './open-file.ts'
import { descriptorStat, metadataHash, newTime, type DescriptorStat, type NewTimestamp } from './stat.ts'
import { walk, type Place } from './walk.ts'

interface PathFlags {
  readonly symlinkFollow: boolean
}

/** The resource `descriptor` of `wasi:filesystem/types`: a file or a folder in a grant. */
export class Descriptor {
  readonly #grant: Grant
  readonly #opened: OpenFile | Directory
  readonly #flags: DescriptorFlags
  #isOpen = true

  /** @param opened is the descriptor's own from here on */
  constructor(grant: Grant, opened: OpenFile | Directory, flags: DescriptorFlags) {
    this.#grant = grant
    this.#opened = opened
    this.#flags = flags
    grant.open.add(this)
  }

  [Symbol.dispose](): void {
    if (!this.#isOpen) return
    this.#isOpen = false
    this.#grant.open.delete(this)
    this.#opened.close()
  }

  getFlags(): DescriptorFlags {
    return this.#flags
  }

  getType(): DescriptorType {
    return this.#opened instanceof OpenFile ? 'regular-file' : 'directory'
  }

  stat(): DescriptorStat {
    return descriptorStat(this.#stats())
  }

  metadataHash(): { readonly lower: bigint; readonly upper: bigint } {
    return metadataHash(this.#stats())
  }

  isSameObject(other: Descriptor): boolean {
    const [a, b] = [this.#stats(), other.#stats()]
    return a.dev === b.dev && a.ino === b.ino
  }

  // Files

  readViaStream(offset: bigint): InputStream {
    return new InputStream(this.#file('read').source(offset))
  }

  writeViaStream(offset: bigint): OutputStream {
    return new OutputStream(this.#file('write').sink(offset), this.#grant.made)
  }

  appendViaStream(): OutputStream {
    return new OutputStream(this.#file('write').sink('end'), this.#grant.made)
  }

  /** The bytes, and whether the end has been reached. */
  read(length: bigint, offset: bigint): [Uint8Array, boolean] {
    const file = this.#file('read')
    const bytes = attempt(() => file.read(length, offset))
    return [bytes, bytes.length === 0 && length > 0n]
  }

  write(buffer: Uint8Array, offset: bigint): bigint {
    const file = this.#file('write')
    attempt(() => file.write(buffer, offset))
    return BigInt(buffer.length)
  }

  setSize(size: bigint): void {
    const { fs, fd } = this.#file('write')
    attempt(() => fs.ftruncateSync(fd, Number(size)))
  }

  /** Advice that nothing is made of. */
  advise(_offset: bigint, _length: bigint, _advice: string): void {
    if (!(this.#opened instanceof OpenFile)) throwErr('bad-descriptor')
  }

  sync(): void {
    if (this.#opened instanceof OpenFile) this.#sync(this.#opened, 'fsyncSync')
  }

  syncData(): void {
    if (this.#opened instanceof OpenFile) this.#sync(this.#opened, 'fdatasyncSync')
  }

  #sync(file: OpenFile, call: 'fsyncSync' | 'fdatasyncSync'): void {
    // What cannot be written has nothing to be synchronised.
    if (this.#flags.write) attempt(() => file.fs[call](file.fd))
  }

  setTimes(access: NewTimestamp, modification: NewTimestamp): void {
    if (!(this.#opened instanceof OpenFile)) return this.setTimesAt({ symlinkFollow: false }, '.', access, modification)
    const { fs, fd } = this.#opened
    if (!this.#grant.writable) this.#readOnly('[method]descriptor.set-times', '.')
    const { atimeNs, mtimeNs } = this.#stats()
    attempt(() => fs.futimesSync(fd, newTime(access, atimeNs), newTime(modification, mtimeNs)))
  }

  // Folders

  readDirectory(): DirectoryEntryStream {
    const directory = this.#directory()
    const { fs } = this.#grant
    return new DirectoryEntryStream(this.#grant, () =>
      attempt(() => fs.readdirSync(directory.at(), { withFileTypes: true })),
    )
  }

  statAt(flags: PathFlags, path: string): DescriptorStat {
    return descriptorStat(this.#statsAt('[method]descriptor.stat-at', flags, path))
  }

  metadataHashAt(flags: PathFlags, path: string): { readonly lower: bigint; readonly upper: bigint } {
    return metadataHash(this.#statsAt('[method]descriptor.metadata-hash-at', flags, path))
  }

  openAt(pathFlags: PathFlags, path: string, openFlags: OpenFlags, flags: DescriptorFlags): Descriptor {
    const name = '[method]descriptor.open-at'
    const { writable } = this.#grant
    this.#directory()
    if (!writable && (flags.write || openFlags.create || openFlags.truncate)) this.#readOnly(name, path)
    return this.#at(name, path, pathFlags.symlinkFollow, (place) => {
      const opened = openAt(this.#grant, place, openFlags, flags)
      const isFile = opened instanceof OpenFile
      const { read, write } = flags
      return new Descriptor(this.#grant, opened, {
        read,
        write: write && isFile,
        mutateDirectory: writable && !isFile,
      })
    })
  }

  createDirectoryAt(path: string): void {
    this.#change('[method]descriptor.create-directory-at', path, (host, fs) => fs.mkdirSync(host))
  }

  removeDirectoryAt(path: string): void {
    this.#change('[method]descriptor.remove-directory-at', path, (host, fs) => fs.rmdirSync(host))
  }

  unlinkFileAt(path: string): void {
    this.#change('[method]descriptor.unlink-file-at', path, (host, fs, { wantsDirectory }) => {
      if (fs.lstatSync(host, { bigint: true }).isDirectory()) throwErr('is-directory')
      if (wantsDirectory) throwErr('not-directory')
      fs.unlinkSync(host)
    })
  }

  readlinkAt(path: string): string {
    const name = '[method]descriptor.readlink-at'
    return this.#at(name, path, false, (place) => {
      const target = attempt(() => this.#grant.fs.readlinkSync(place.directory.at(place.name)))
      if (!target.startsWith('/')) return target
      // Where it leads is a path of the host, which is none of the guest's business.
      this.#grant.denied(name, path, 'the link leads to an absolute path')
      return throwErr('not-permitted')
    })
  }

  symlinkAt(target: string, path: string): void {
    const name = '[method]descriptor.symlink-at'
    if (leavesStart(target)) {
      this.#grant.denied(name, target, 'a link may not lead out of the folder')
      throwErr('not-permitted')
    }
    this.#change(name, path, (host, fs) => fs.symlinkSync(target, host))
  }

  linkAt(flags: PathFlags, oldPath: string, to: Descriptor, newPath: string): void {
    if (flags.symlinkFollow) throwErr('invalid')
    const name = '[method]descriptor.link-at'
    this.#between(name, oldPath, to, newPath, (from, host, fs) => {
      if (this.#directory().linksFollow && fs.lstatSync(from, { bigint: true }).isSymbolicLink()) {
        this.#grant.denied(name, oldPath, 'a hard link would be one to what the link leads to')
        throwErr('not-permitted')
      }
      fs.linkSync(from, host)
    })
  }

  renameAt(oldPath: string, to: Descriptor, newPath: string): void {
    this.#between('[method]descriptor.rename-at', oldPath, to, newPath, (from, host, fs) => fs.renameSync(from, host))
  }

  setTimesAt(flags: PathFlags, path: string, access: NewTimestamp, modification: NewTimestamp): void {
    const name = '[method]descriptor.set-times-at'
    this.#change(
      name,
      path,
      (host, fs) => {
        const { atimeNs, mtimeNs } = fs.lstatSync(host, { bigint: true })
        fs.lutimesSync(host, newTime(access, atimeNs), newTime(modification, mtimeNs))
      },
      flags.symlinkFollow,
    )
  }

  /** A change of what is at `path`, in a folder that may be written. */
  #change(
    name: string,
    path: string,
    run: (host: string, fs: Grant['fs'], place: Place) => void,
    follow = false,
  ): void {
    this.#directory()
    if (!this.#grant.writable) this.#readOnly(name, path)
    this.#at(name, path, follow, (place) => attempt(() => run(place.directory.at(place.name), this.#grant.fs, place)))
  }

  /** A change that needs both folders to be writable: a hard link would make a read-only file writable. */
  #between(
    name: string,
    oldPath: string,
    to: Descriptor,
    newPath: string,
    run: (from: string, to: string, fs: Grant['fs']) => void,
  ): void {
    to.#directory()
    if (!to.#grant.writable) to.#readOnly(name, newPath)
    this.#change(name, oldPath, (from, _, source) =>
      to.#change(name, newPath, (host, fs, target) => {
        if (source.wantsDirectory || target.wantsDirectory) requireDirectory(fs, from)
        run(from, host, fs)
      }),
    )
  }

  #at<T>(name: string, path: string, follow: boolean, run: (place: Place) => T): T {
    const escape = (): void => this.#grant.denied(name, path, 'the path leads out of the granted folder')
    const place = walk(this.#grant.fs, this.#directory(), path, follow, escape)
    try {
      return run(place)
    } finally {
      place.directory.close()
    }
  }

  #statsAt(name: string, { symlinkFollow }: PathFlags, path: string): NodeStats {
    return this.#at(name, path, symlinkFollow, ({ directory, name, wantsDirectory }) => {
      const stats = attempt(() => this.#grant.fs.lstatSync(directory.at(name), { bigint: true }))
      if (wantsDirectory && typeOf(stats) !== 'directory') throwErr('not-directory')
      return stats
    })
  }

  #stats(): NodeStats {
    const { fs } = this.#grant
    const opened = this.#opened
    if (opened instanceof OpenFile) return attempt(() => fs.fstatSync(opened.fd, { bigint: true }))
    return attempt(() => fs.lstatSync(opened.at(), { bigint: true }))
  }

  #file(access: 'read' | 'write'): OpenFile {
    if (!(this.#opened instanceof OpenFile)) throwErr('is-directory')
    if (!this.#flags[access]) throwErr('bad-descriptor')
    return this.#opened
  }

  #directory(): Directory {
    if (this.#opened instanceof OpenFile) throwErr('not-directory')
    return this.#opened
  }

  #readOnly(name: string, path: string): never {
    this.#grant.denied(name, path, 'the folder is granted for reading only')
    return throwErr('read-only')
  }
}

/** What stands at a path that ends in a slash has to be a folder. */
function requireDirectory(fs: Grant['fs'], path: string): void {
  if (!fs.lstatSync(path, { bigint: true }).isDirectory()) throwErr('not-directory')
}
