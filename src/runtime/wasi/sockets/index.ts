import { throwErr } from '../err.ts'
import type { WasiFace } from '../face.ts'
import type { IoError } from '../io-error.ts'
import type { WasiState } from '../state.ts'
import { allowListOf } from './allow-list.ts'
import { Network } from './network.ts'
import { ResolveAddressStream } from './resolve-address-stream.ts'
import { shimSockets, type Family } from './shim.ts'
import { TcpSocket } from './tcp-socket.ts'

/** The interfaces of `wasi:sockets` for one instance: TCP and the lookup of names, over the shim. */
export class Sockets {
  readonly faces: readonly (readonly [string, WasiFace])[]
  readonly #network: Network

  /**
   * @param net true for the whole network, else the hosts that may be connected to
   * @throws WasmError `InvalidParam` for an entry that is no host, `Unsupported` without the shim
   */
  constructor(net: true | readonly string[], state: WasiState) {
    const allowed = net === true ? undefined : allowListOf(net, state.module)
    const shim = shimSockets(state.module)
    const network = new Network(shim.instanceNetwork.instanceNetwork(), allowed, state)
    this.#network = network
    const resolveAddresses = (_: Network, name: string): ResolveAddressStream => {
      if (!network.mayResolve(name)) {
        network.denied('wasi:sockets/ip-name-lookup#resolve-addresses', 'the name is not granted', { name })
        throwErr('access-denied')
      }
      if (!network.hasRoom()) throwErr('temporary-resolver-failure')
      return new ResolveAddressStream(network, name, shim.ipNameLookup.resolveAddresses(network.shim, name))
    }
    const createTcpSocket = (family: Family): TcpSocket => {
      if (!network.hasRoom()) throwErr('new-socket-limit')
      return new TcpSocket(network, shim.tcpCreateSocket.createTcpSocket(family))
    }
    this.faces = [
      ['wasi:sockets/instance-network', { instanceNetwork: () => network }],
      ['wasi:sockets/network', { Network, networkErrorCode: (error: IoError) => error.networkCode }],
      ['wasi:sockets/ip-name-lookup', { ResolveAddressStream, resolveAddresses }],
      ['wasi:sockets/tcp', { TcpSocket }],
      ['wasi:sockets/tcp-create-socket', { createTcpSocket }],
      ['wasi:sockets/udp-create-socket', { createUdpSocket: () => throwErr('not-supported') }],
    ]
  }

  dispose(): void {
    // Streams before their sockets, which the shim insists on.
    for (const open of [...this.#network.open].reverse()) open[Symbol.dispose]()
  }
}
