import { HostTrap } from '../abi/host-trap.ts'
import type { WasiState } from './state.ts'

type Denial = (...args: never[]) => never

/** What grants the functions of a package. */
const GRANTS: Readonly<Record<string, string>> = {
  'wasi:clocks': 'wasi: { clocks: true }',
  'wasi:random': 'wasi: { random: true }',
  'wasi:sockets': 'wasi: { net: true } or a list of hosts',
}

/**
 * What the guest finds in place of a function that it is not granted: the call traps.
 *
 * @param name `wasi:random/random#get-random-bytes`
 */
export function denied(name: string, state: WasiState): Denial {
  const grant = GRANTS[name.slice(0, name.indexOf('/'))]
  const why =
    grant === undefined
      ? 'this runtime does not serve it; the host can give it in `imports`'
      : `not granted; ${grant} does`
  return () => {
    state.denied(name, why)
    throw new HostTrap('PermissionDenied', why)
  }
}

/**
 * What stands for a resource of an interface that is not granted: it cannot be constructed, and its static functions trap,
 * so that there is never an object of it.
 *
 * @param id the interface, `wasi:sockets/tcp`
 * @param functions of the interface that the guest imports: member by WIT name
 */
export function deniedClass(
  id: string,
  resource: string,
  functions: ReadonlyMap<string, { readonly member: string }>,
  state: WasiState,
): new () => object {
  const construct = denied(`${id}#[constructor]${resource}`, state)
  class Denied {
    constructor() {
      construct()
    }
  }
  for (const [name, { member }] of functions) {
    if (name.startsWith(`[static]${resource}.`)) Reflect.set(Denied, member, denied(`${id}#${name}`, state))
  }
  return Denied
}
