import { hasRoom, type Open } from '../open.ts'
import type { WasiState } from '../state.ts'
import type { AllowList } from './allow-list.ts'
import type { IpAddress, IpSocketAddress } from './shim.ts'

/** The resource `network` of `wasi:sockets/network`: what an instance is granted of the network. */
export class Network {
  /** The shim's. */
  readonly shim: object
  /** What the guest holds open. */
  readonly open: Set<Open> = new Set()
  /** What output streams tell of bytes that the guest has not handed over. */
  readonly made: ((bytes: number) => void) | undefined
  readonly #allowed: AllowList | undefined
  readonly #state: WasiState

  /** @param allowed the hosts that it may connect to; undefined for all, and for incoming connections */
  constructor(shim: object, allowed: AllowList | undefined, state: WasiState) {
    this.shim = shim
    this.made = state.made
    this.#allowed = allowed
    this.#state = state
  }

  /** Whether the guest may open one more. */
  hasRoom(): boolean {
    return hasRoom(this.open)
  }

  mayResolve(name: string): boolean {
    return this.#allowed === undefined || this.#allowed.mayResolve(name)
  }

  mayConnect(address: IpSocketAddress): boolean {
    return this.#allowed === undefined || this.#allowed.mayConnect(address)
  }

  mayListen(): boolean {
    return this.#allowed === undefined
  }

  resolved(name: string, address: IpAddress): void {
    this.#allowed?.resolved(name, address)
  }

  denied(func: string, why: string, fields?: object): void {
    this.#state.denied(func, why, fields)
  }
}
