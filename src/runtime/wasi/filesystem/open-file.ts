import { IoError } from '../io-error.ts'
import type { ByteSource } from '../input-stream.ts'
import type { ByteSink } from '../output-stream.ts'
import { always } from '../pollable.ts'
import { errorCodeOf, nodeCode } from './error-code.ts'
import type { Open } from '../open.ts'
import type { Grant } from './grant.ts'
import type { NodeFs } from './node-fs.ts'

/** The most bytes of one read: they are allocated here and in the guest. */
const CHUNK = 1 << 20

/** A file by its descriptor, which its streams share: the last one closes it. Throws Node's errors. */
export class OpenFile implements Open {
  readonly fs: NodeFs
  readonly fd: number
  readonly #open: Set<Open>
  #holders = 1

  constructor({ fs, open }: Grant, fd: number) {
    this.fs = fs
    this.fd = fd
    this.#open = open
    open.add(this)
  }

  share(): this {
    this.#holders++
    return this
  }

  close(): void {
    if (--this.#holders === 0) this[Symbol.dispose]()
  }

  /** Closes it, whoever holds it. */
  [Symbol.dispose](): void {
    if (this.#open.delete(this)) this.fs.closeSync(this.fd)
  }

  size(): bigint {
    return this.fs.fstatSync(this.fd, { bigint: true }).size
  }

  /** Up to `length` bytes from `position` on; none at the end. */
  read(length: bigint, position: bigint): Uint8Array {
    const bytes = new Uint8Array(Math.min(Number(length), CHUNK))
    const count = this.fs.readSync(this.fd, bytes, 0, bytes.length, positionOf(position))
    return bytes.subarray(0, count)
  }

  /** All of `bytes`, at `position`. */
  write(bytes: Uint8Array, position: bigint): void {
    let done = 0
    while (done < bytes.length) {
      done += this.fs.writeSync(this.fd, bytes, done, bytes.length - done, positionOf(position + BigInt(done)))
    }
  }

  /** What an input stream from `start` on reads. It keeps the file open until it is closed. */
  source(start: bigint): ByteSource {
    const file = this.share()
    let position = start
    return {
      ...always,
      read(length) {
        const bytes = failing(() => file.read(BigInt(length), position))
        position += BigInt(bytes.length)
        return bytes.length === 0 && length > 0 ? undefined : bytes
      },
      close: () => file.close(),
    }
  }

  /** Where an output stream writes: from `start` on, or at the end of the file as it is at each write. */
  sink(start: bigint | 'end'): ByteSink {
    const file = this.share()
    let position = start
    return {
      write(bytes) {
        failing(() => file.write(bytes, position === 'end' ? file.size() : position))
        if (position !== 'end') position += BigInt(bytes.length)
      },
      close: () => file.close(),
    }
  }
}

/** Node takes numbers up to 2^53 - 1 and refuses others, which no file system has either. */
function positionOf(position: bigint): number {
  return Number(position)
}

/** In streams, errors of the file are resources of `wasi:io/error`. */
function failing<T>(run: () => T): T {
  try {
    return run()
  } catch (error) {
    if (nodeCode(error) === undefined) throw error
    const file = errorCodeOf(error)
    throw new IoError(file, { file })
  }
}
