import { WasmError } from '../../errors.ts'

/*
 * What is used of `@bytecodealliance/preview2-shim/sockets` (0.26.1 and newer), typed here since it need not be installed. Its
 * functions throw `error-code`s as strings. It does its work on a thread of its own, which starts when it is loaded.
 */

export interface ShimPollable {
  ready(): boolean
  [Symbol.dispose](): void
}

export interface ShimInputStream {
  read(length: bigint): Uint8Array
  subscribe(): ShimPollable
  [Symbol.dispose](): void
}

export interface ShimOutputStream {
  checkWrite(): bigint
  write(bytes: Uint8Array): void
  subscribe(): ShimPollable
  [Symbol.dispose](): void
}

/** `ip-address-family` and the tags of addresses. */
export type Family = 'ipv4' | 'ipv6'

/** `ip-address` of `wasi:sockets/network`. */
export interface IpAddress {
  readonly tag: Family
  readonly val: readonly number[]
}

/** `ip-socket-address` of `wasi:sockets/network`. */
export interface IpSocketAddress {
  readonly tag: Family
  readonly val: { readonly port: number; readonly address: readonly number[] }
}

export interface ShimResolveStream {
  resolveNextAddress(): IpAddress | undefined
  subscribe(): ShimPollable
  [Symbol.dispose](): void
}

export type ShimConnection = [ShimInputStream, ShimOutputStream]

export interface ShimTcpSocket {
  startBind(network: object, address: IpSocketAddress): void
  finishBind(): void
  startConnect(network: object, address: IpSocketAddress): void
  finishConnect(): ShimConnection
  startListen(): void
  finishListen(): void
  accept(): [ShimTcpSocket, ...ShimConnection]
  localAddress(): IpSocketAddress
  remoteAddress(): IpSocketAddress
  isListening(): boolean
  addressFamily(): Family
  setListenBacklogSize(value: bigint): void
  keepAliveEnabled(): boolean
  setKeepAliveEnabled(value: boolean): void
  keepAliveIdleTime(): bigint
  setKeepAliveIdleTime(value: bigint): void
  keepAliveInterval(): bigint
  setKeepAliveInterval(value: bigint): void
  keepAliveCount(): number
  setKeepAliveCount(value: number): void
  hopLimit(): number
  setHopLimit(value: number): void
  receiveBufferSize(): bigint
  setReceiveBufferSize(value: bigint): void
  sendBufferSize(): bigint
  setSendBufferSize(value: bigint): void
  subscribe(): ShimPollable
  shutdown(type: string): void
  [Symbol.dispose](): void
}

/** What the shim gives for one network. */
export interface ShimSockets {
  readonly instanceNetwork: { instanceNetwork(): object }
  readonly ipNameLookup: { resolveAddresses(network: object, name: string): ShimResolveStream }
  readonly tcpCreateSocket: { createTcpSocket(family: Family): ShimTcpSocket }
}

interface Shim {
  createSockets(config: { readonly enableNetwork: boolean }): ShimSockets
}

const PACKAGE = '@bytecodealliance/preview2-shim'

/**
 * Loads the shim, and makes a network of it that no other instance shares.
 *
 * @param module the instance's name
 * @throws WasmError `Unsupported` saying what is missing
 */
export function shimSockets(module: string): ShimSockets {
  const unsupported = (text: string, cause?: unknown): WasmError =>
    new WasmError('Unsupported', module, undefined, `wasi.net: ${text}`, { cause })
  const node = nodeModule()
  if (node === undefined) throw unsupported('the network cannot be granted here, it takes Node')
  let shim: Partial<Shim>
  try {
    // Instantiating is synchronous, and most guests that import sockets are not granted any: so it is not imported earlier.
    shim = node.createRequire(import.meta.url)(`${PACKAGE}/sockets`) as Partial<Shim>
  } catch (cause) {
    throw unsupported(`the network needs the package ${PACKAGE}: npm install "${PACKAGE}@>=0.26.1"`, cause)
  }
  if (typeof shim.createSockets === 'function') return shim.createSockets({ enableNetwork: true })
  throw unsupported(`the package ${PACKAGE} is too old: npm install "${PACKAGE}@>=0.26.1"`)
}

interface NodeModule {
  createRequire(from: string): (id: string) => unknown
}

function nodeModule(): NodeModule | undefined {
  const host = globalThis as unknown as { process?: { getBuiltinModule?: (id: string) => NodeModule | undefined } }
  return host.process?.getBuiltinModule?.('node:module')
}
