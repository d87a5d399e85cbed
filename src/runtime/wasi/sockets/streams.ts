import { throwErr } from '../err.ts'
import type { Open } from '../open.ts'
import { InputStream, type ByteSource } from '../input-stream.ts'
import { IoError } from '../io-error.ts'
import { OutputStream, type ByteSink } from '../output-stream.ts'
import { Pollable, waitForAny, type Waitable } from '../pollable.ts'
import type { Network } from './network.ts'
import type { ShimConnection, ShimInputStream, ShimOutputStream, ShimPollable } from './shim.ts'

/** Asks one pollable of the shim for as long as what it belongs to is there: it has to be gone before that. */
export class ShimWaitable implements Waitable {
  readonly #subscribe: () => ShimPollable
  #pollable: ShimPollable | undefined
  #isClosed = false

  constructor(of: { subscribe(): ShimPollable }) {
    this.#subscribe = of.subscribe.bind(of)
  }

  isReady(): boolean {
    if (this.#isClosed) return true
    this.#pollable ??= this.#subscribe()
    return this.#pollable.ready()
  }

  close(): void {
    this.#isClosed = true
    this.#pollable?.[Symbol.dispose]()
    this.#pollable = undefined
  }
}

/**
 * The streams of a connection, as a guest gets them.
 *
 * @param open is told what is open, until the guest has closed it
 */
export function wrapConnection([input, output]: ShimConnection, network: Network): [InputStream, OutputStream] {
  const { open, made } = network
  return [new InputStream(new SocketSource(input, open)), new OutputStream(new SocketSink(output, open), made)]
}

/** What both directions have in common: it is closed once, what waits for it first. */
class SocketEnd implements Open {
  readonly waitable: ShimWaitable
  readonly #stream: ShimInputStream | ShimOutputStream
  readonly #open: Set<Open>

  constructor(stream: ShimInputStream | ShimOutputStream, open: Set<Open>) {
    this.waitable = new ShimWaitable(stream)
    this.#stream = stream
    this.#open = open
    open.add(this)
  }

  close(): void {
    this[Symbol.dispose]()
  }

  [Symbol.dispose](): void {
    if (!this.#open.delete(this)) return
    this.waitable.close()
    this.#stream[Symbol.dispose]()
  }
}

class SocketSource extends SocketEnd implements ByteSource {
  readonly #stream: ShimInputStream

  constructor(stream: ShimInputStream, open: Set<Open>) {
    super(stream, open)
    this.#stream = stream
  }

  isReady(): boolean {
    return this.waitable.isReady()
  }

  read(length: number): Uint8Array | undefined {
    return translated(
      () => this.#stream.read(BigInt(length)),
      () => undefined,
    )
  }
}

/** The sending end of a connection. */
export class SocketSink extends SocketEnd implements ByteSink {
  readonly #stream: ShimOutputStream
  /** The most room that there was: before anything was written, and when all of it has gone. */
  #most = 0

  constructor(stream: ShimOutputStream, open: Set<Open>) {
    super(stream, open)
    this.#stream = stream
  }

  room(): number {
    const room = translated(() => Number(this.#stream.checkWrite()), closed)
    this.#most = Math.max(this.#most, room)
    return room
  }

  /** The shim ends the host's process when it is given more than it has room for, so a guest that does not ask waits. */
  write(bytes: Uint8Array): void {
    for (let rest = bytes; rest.length > 0;) {
      const room = this.room()
      if (room === 0) waitForAny([new Pollable(this.waitable)])
      const part = rest.subarray(0, room)
      if (part.length > 0) translated(() => this.#stream.write(part), closed)
      rest = rest.subarray(room)
    }
  }

  /** The shim's own way of flushing waits for as long as the other side pleases, beyond any limit of time. */
  flush(): void {
    waitForAny([new Pollable({ isReady: () => this.room() >= this.#most })])
  }
}

function closed(): never {
  return throwErr({ tag: 'closed' })
}

/** Runs a call of the shim, whose `stream-error` it makes ours. */
function translated<T>(run: () => T, onClosed: () => T): T {
  try {
    return run()
  } catch (error) {
    if (!isStreamError(error)) throw error
    if (error.tag === 'closed') return onClosed()
    const { val } = error
    throw new IoError(val instanceof Error ? val.message : 'the connection broke', { network: networkCode(val) })
  }
}

function isStreamError(
  error: unknown,
): error is { readonly tag: 'closed' | 'last-operation-failed'; readonly val?: unknown } {
  return typeof error === 'object' && error !== null && 'tag' in error
}

const CODES: Readonly<Record<string, string>> = {
  ECONNRESET: 'connection-reset',
  ECONNREFUSED: 'connection-refused',
  ECONNABORTED: 'connection-aborted',
  ETIMEDOUT: 'timeout',
  EACCES: 'access-denied',
  EPERM: 'access-denied',
  ENETUNREACH: 'remote-unreachable',
}

function networkCode(error: unknown): string {
  const { payload } = (error ?? {}) as { readonly payload?: { readonly code?: unknown } }
  return CODES[String(payload?.code)] ?? 'unknown'
}
