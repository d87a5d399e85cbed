import { throwErr } from '../err.ts'
import type { InputStream } from '../input-stream.ts'
import type { OutputStream } from '../output-stream.ts'
import { Pollable } from '../pollable.ts'
import type { Network } from './network.ts'
import type { Family, IpSocketAddress, ShimTcpSocket } from './shim.ts'
import { ShimWaitable, wrapConnection } from './streams.ts'

/** The resource `tcp-socket` of `wasi:sockets/tcp`: a socket of the shim, behind what the network allows. */
export class TcpSocket {
  readonly #network: Network
  readonly #shim: ShimTcpSocket
  readonly #waitable: ShimWaitable
  #isOpen = true

  constructor(network: Network, shim: ShimTcpSocket) {
    this.#network = network
    this.#shim = shim
    this.#waitable = new ShimWaitable(shim)
    network.open.add(this)
  }

  [Symbol.dispose](): void {
    if (!this.#isOpen) return
    this.#isOpen = false
    this.#network.open.delete(this)
    this.#waitable.close()
    this.#shim[Symbol.dispose]()
  }

  startBind(network: Network, address: IpSocketAddress): void {
    if (!network.mayListen()) this.#denied(network, 'start-bind', 'only outgoing connections are granted')
    this.#shim.startBind(network.shim, address)
  }

  finishBind(): void {
    this.#shim.finishBind()
  }

  startConnect(network: Network, address: IpSocketAddress): void {
    if (!network.mayConnect(address)) this.#denied(network, 'start-connect', 'the address is not granted')
    this.#shim.startConnect(network.shim, address)
  }

  finishConnect(): [InputStream, OutputStream] {
    return wrapConnection(this.#shim.finishConnect(), this.#network)
  }

  startListen(): void {
    if (!this.#network.mayListen()) this.#denied(this.#network, 'start-listen', 'only outgoing connections are granted')
    this.#shim.startListen()
  }

  finishListen(): void {
    this.#shim.finishListen()
  }

  accept(): [TcpSocket, InputStream, OutputStream] {
    if (!this.#network.hasRoom()) throwErr('new-socket-limit')
    const [socket, ...connection] = this.#shim.accept()
    return [new TcpSocket(this.#network, socket), ...wrapConnection(connection, this.#network)]
  }

  localAddress(): IpSocketAddress {
    return this.#shim.localAddress()
  }

  remoteAddress(): IpSocketAddress {
    return this.#shim.remoteAddress()
  }

  isListening(): boolean {
    return this.#shim.isListening()
  }

  addressFamily(): Family {
    return this.#shim.addressFamily()
  }

  setListenBacklogSize(value: bigint): void {
    this.#shim.setListenBacklogSize(value)
  }

  keepAliveEnabled(): boolean {
    return this.#shim.keepAliveEnabled()
  }

  setKeepAliveEnabled(value: boolean): void {
    this.#shim.setKeepAliveEnabled(value)
  }

  keepAliveIdleTime(): bigint {
    return this.#shim.keepAliveIdleTime()
  }

  setKeepAliveIdleTime(value: bigint): void {
    this.#shim.setKeepAliveIdleTime(value)
  }

  keepAliveInterval(): bigint {
    return this.#shim.keepAliveInterval()
  }

  setKeepAliveInterval(value: bigint): void {
    this.#shim.setKeepAliveInterval(value)
  }

  keepAliveCount(): number {
    return this.#shim.keepAliveCount()
  }

  setKeepAliveCount(value: number): void {
    this.#shim.setKeepAliveCount(value)
  }

  hopLimit(): number {
    return this.#shim.hopLimit()
  }

  setHopLimit(value: number): void {
    this.#shim.setHopLimit(value)
  }

  receiveBufferSize(): bigint {
    return this.#shim.receiveBufferSize()
  }

  setReceiveBufferSize(value: bigint): void {
    this.#shim.setReceiveBufferSize(value)
  }

  sendBufferSize(): bigint {
    return this.#shim.sendBufferSize()
  }

  setSendBufferSize(value: bigint): void {
    this.#shim.setSendBufferSize(value)
  }

  subscribe(): Pollable {
    return new Pollable(this.#waitable)
  }

  shutdown(type: string): void {
    this.#shim.shutdown(type)
  }

  #denied(network: Network, word: string, why: string): never {
    network.denied(`wasi:sockets/tcp#[method]tcp-socket.${word}`, why)
    return throwErr('access-denied')
  }
}
