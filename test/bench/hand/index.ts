import type { Api, Host } from '../api.ts'
import { compounds } from './compounds.ts'
import { coreOf } from './core.ts'
import { Guest, IDLE, POISONED, type Realloc, refresh } from './guest.ts'
import { importsOf } from './imports.ts'
import { itemCalls, stringListCalls } from './list-calls.ts'
import { numberCalls } from './number-calls.ts'
import { scalars } from './scalars.ts'
import { stringCalls } from './string-calls.ts'

/** The hand-written bindings of one instance of guest.core.wasm. */
export function instantiate(module: WebAssembly.Module, host: Host): Api {
  const guest = new Guest()
  const { exports } = new WebAssembly.Instance(module, { 'witgen:bench/host@0.1.0': importsOf(guest, host) })
  if (guest.state === POISONED) throw guest.cause
  guest.memory = exports['memory'] as WebAssembly.Memory
  guest.realloc = exports['cabi_realloc'] as Realloc
  refresh(guest)
  guest.state = IDLE
  const core = coreOf(exports)
  return {
    ...scalars(guest, core),
    ...compounds(guest, core),
    ...stringCalls(guest, core),
    ...numberCalls(guest, core),
    ...itemCalls(guest, core),
    ...stringListCalls(guest, core),
  }
}
