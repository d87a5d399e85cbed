import { throwErr } from './err.ts'
import { IoError } from './io-error.ts'
import { always, Pollable, type Waitable } from './pollable.ts'

/** Where the bytes of an input stream come from. */
export interface ByteSource extends Waitable {
  /**
   * Up to `length` bytes, without blocking; undefined at the end.
   *
   * @throws IoError why it cannot be read
   */
  read(length: number): Uint8Array | undefined
  close?(): void
}

/** The most bytes that one read gives: the list is allocated in the guest's memory. */
const CHUNK = 1 << 20

/** The resource `input-stream` of `wasi:io/streams`. */
export class InputStream {
  readonly #source: ByteSource

  constructor(source: ByteSource) {
    this.#source = source
  }

  read(length: bigint): Uint8Array {
    const size = Number(length < BigInt(CHUNK) ? length : BigInt(CHUNK))
    let bytes: Uint8Array | undefined
    try {
      bytes = this.#source.read(size)
    } catch (error) {
      if (error instanceof IoError) throwErr({ tag: 'last-operation-failed', val: error })
      throw error
    }
    if (bytes === undefined) throwErr({ tag: 'closed' })
    return bytes
  }

  blockingRead(length: bigint): Uint8Array {
    if (length > 0n) new Pollable(this.#source).block()
    return this.read(length)
  }

  skip(length: bigint): bigint {
    return BigInt(this.read(length).length)
  }

  blockingSkip(length: bigint): bigint {
    return BigInt(this.blockingRead(length).length)
  }

  subscribe(): Pollable {
    return new Pollable(this.#source)
  }

  [Symbol.dispose](): void {
    this.#source.close?.()
  }
}

/** A source of bytes that are all there. */
export function bytesSource(bytes: Uint8Array): ByteSource {
  let at = 0
  return {
    ...always,
    read(length) {
      if (at >= bytes.length) return undefined
      const part = bytes.slice(at, at + length)
      at += part.length
      return part
    },
  }
}
