import { HostTrap } from '../abi/host-trap.ts'
import { throwErr } from './err.ts'
import type { InputStream } from './input-stream.ts'
import { IoError } from './io-error.ts'
import { always, Pollable, type Waitable } from './pollable.ts'

/** Where the bytes of an output stream go. */
export interface ByteSink {
  /**
   * Takes all of them before it returns. They belong to the caller.
   *
   * @throws IoError why they cannot be written
   */
  write(bytes: Uint8Array): void
  /** Waits until all that was taken is on its way. */
  flush?(): void
  /** How many bytes can be taken now; default: as many as are asked for. */
  room?(): number
  /** When there is room again; default: always. */
  readonly waitable?: Waitable
  close?(): void
}

/** How much a guest is told that it may write at once. */
const ROOM = 1 << 20

/** The resource `output-stream` of `wasi:io/streams`. */
export class OutputStream {
  readonly #sink: ByteSink
  readonly #onMade: ((bytes: number) => void) | undefined

  /** @param onMade told of bytes that are written without the guest's handing them over, before they are */
  constructor(sink: ByteSink, onMade?: (bytes: number) => void) {
    this.#sink = sink
    this.#onMade = onMade
  }

  checkWrite(): bigint {
    return BigInt(this.#attempt(() => this.#sink.room?.() ?? ROOM))
  }

  write(contents: Uint8Array): void {
    this.#attempt(() => this.#sink.write(contents))
  }

  blockingWriteAndFlush(contents: Uint8Array): void {
    let rest = contents
    while (rest.length > 0) {
      const room = this.#roomOrWait()
      this.write(rest.length <= room ? rest : rest.subarray(0, room))
      rest = rest.subarray(room)
    }
    this.flush()
  }

  flush(): void {
    this.#attempt(() => this.#sink.flush?.())
  }

  blockingFlush(): void {
    this.flush()
  }

  subscribe(): Pollable {
    return new Pollable(this.#sink.waitable ?? always)
  }

  /** Traps for more than `checkWrite` ever permits, as the WIT says. */
  writeZeroes(length: bigint): void {
    if (length > BigInt(ROOM))
      throw new HostTrap('AbiViolation', `${length} zeroes are more than may be written at once`)
    this.#onMade?.(Number(length))
    this.write(new Uint8Array(Number(length)))
  }

  blockingWriteZeroesAndFlush(length: bigint): void {
    this.writeZeroes(length)
    this.flush()
  }

  splice(source: InputStream, length: bigint): bigint {
    const room = this.checkWrite()
    const bytes = source.read(length < room ? length : room)
    this.#onMade?.(bytes.length)
    this.write(bytes)
    return BigInt(bytes.length)
  }

  blockingSplice(source: InputStream, length: bigint): bigint {
    const bytes = source.blockingRead(length)
    this.#onMade?.(bytes.length)
    this.blockingWriteAndFlush(bytes)
    return BigInt(bytes.length)
  }

  [Symbol.dispose](): void {
    this.#sink.close?.()
  }

  #roomOrWait(): number {
    for (;;) {
      const room = Number(this.checkWrite())
      if (room > 0) return room
      this.subscribe().block()
    }
  }

  #attempt<T>(run: () => T): T {
    try {
      return run()
    } catch (error) {
      if (error instanceof IoError) throwErr({ tag: 'last-operation-failed', val: error })
      throw error
    }
  }
}
