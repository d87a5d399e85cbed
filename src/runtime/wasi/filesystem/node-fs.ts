/** What the runtime uses of `node:fs`, typed here since it imports nothing from Node. Paths are those of the host. */
export interface NodeFs {
  readonly constants: Readonly<
    Record<
      | 'O_RDONLY'
      | 'O_WRONLY'
      | 'O_RDWR'
      | 'O_CREAT'
      | 'O_EXCL'
      | 'O_TRUNC'
      | 'O_DIRECTORY'
      | 'O_NOFOLLOW'
      | 'O_NONBLOCK',
      number
    >
  >
  existsSync(path: string): boolean
  openSync(path: string, flags: number, mode?: number): number
  closeSync(fd: number): void
  fstatSync(fd: number, options: { readonly bigint: true }): NodeStats
  lstatSync(path: string, options: { readonly bigint: true }): NodeStats
  readSync(fd: number, buffer: Uint8Array, offset: number, length: number, position: number | null): number
  writeSync(fd: number, buffer: Uint8Array, offset: number, length: number, position: number | null): number
  ftruncateSync(fd: number, length: number): void
  futimesSync(fd: number, atime: number, mtime: number): void
  lutimesSync(path: string, atime: number, mtime: number): void
  fsyncSync(fd: number): void
  fdatasyncSync(fd: number): void
  readdirSync(path: string, options: { readonly withFileTypes: true }): NodeDirent[]
  readlinkSync(path: string): string
  realpathSync(path: string): string
  mkdirSync(path: string): void
  rmdirSync(path: string): void
  unlinkSync(path: string): void
  renameSync(from: string, to: string): void
  linkSync(from: string, to: string): void
  symlinkSync(target: string, path: string): void
}

interface Kinds {
  isFile(): boolean
  isDirectory(): boolean
  isSymbolicLink(): boolean
  isFIFO(): boolean
  isSocket(): boolean
  isCharacterDevice(): boolean
  isBlockDevice(): boolean
}

export interface NodeDirent extends Kinds {
  readonly name: string
}

export interface NodeStats extends Kinds {
  readonly dev: bigint
  readonly ino: bigint
  readonly nlink: bigint
  readonly size: bigint
  readonly atimeNs: bigint
  readonly mtimeNs: bigint
  readonly ctimeNs: bigint
}

/** Node's file system, where there is one; also in Deno and Bun. */
export function nodeFs(): NodeFs | undefined {
  const host = globalThis as unknown as { process?: { getBuiltinModule?: (id: string) => NodeFs | undefined } }
  return host.process?.getBuiltinModule?.('node:fs')
}

/** The `descriptor-type` of `wasi:filesystem/types`. */
export type DescriptorType =
  'unknown' | 'block-device' | 'character-device' | 'directory' | 'fifo' | 'symbolic-link' | 'regular-file' | 'socket'

/** The `descriptor-type` of a file or an entry of a folder. */
export function typeOf(entry: Kinds): DescriptorType {
  if (entry.isFile()) return 'regular-file'
  if (entry.isDirectory()) return 'directory'
  if (entry.isSymbolicLink()) return 'symbolic-link'
  if (entry.isFIFO()) return 'fifo'
  if (entry.isSocket()) return 'socket'
  if (entry.isCharacterDevice()) return 'character-device'
  return entry.isBlockDevice() ? 'block-device' : 'unknown'
}
