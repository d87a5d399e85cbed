import { Pollable } from '../pollable.ts'
import type { Network } from './network.ts'
import type { IpAddress, ShimResolveStream } from './shim.ts'
import { ShimWaitable } from './streams.ts'

/** The resource `resolve-address-stream` of `wasi:sockets/ip-name-lookup`. */
export class ResolveAddressStream {
  readonly #network: Network
  readonly #name: string
  readonly #shim: ShimResolveStream
  readonly #waitable: ShimWaitable
  #isOpen = true

  constructor(network: Network, name: string, shim: ShimResolveStream) {
    this.#network = network
    this.#name = name
    this.#shim = shim
    this.#waitable = new ShimWaitable(shim)
    network.open.add(this)
  }

  resolveNextAddress(): IpAddress | undefined {
    const address = this.#shim.resolveNextAddress()
    if (address !== undefined) this.#network.resolved(this.#name, address)
    return address
  }

  subscribe(): Pollable {
    return new Pollable(this.#waitable)
  }

  [Symbol.dispose](): void {
    if (!this.#isOpen) return
    this.#isOpen = false
    this.#network.open.delete(this)
    this.#waitable.close()
    this.#shim[Symbol.dispose]()
  }
}
