import type { Api, Host } from '../api.ts'
import { share } from '../sharing.ts'
import { compounds } from './compounds.ts'
import { coreOf } from './core.ts'
import { counterCalls, counterImports } from './counters.ts'
import { makeGuest, type Realloc } from './guest.ts'
import { makeHandles } from './handles.ts'
import { importsOf } from './imports.ts'
import { itemCalls, stringListCalls } from './list-calls.ts'
import { listsOf } from './lists.ts'
import { meterImports } from './meters.ts'
import { numberCalls } from './number-calls.ts'
import { numbersOf } from './numbers.ts'
import { scalars } from './scalars.ts'
import { stringCalls } from './string-calls.ts'
import { stringsOf } from './strings.ts'
import { handSharing } from './views.ts'

/** The hand-written bindings of one instance of guest.core.wasm. */
export function instantiate(module: WebAssembly.Module, host: Host): Api {
  const guest = makeGuest()
  const strings = stringsOf(guest)
  const lists = listsOf(guest, strings)
  const counters = makeHandles()
  const imports = {
    'witgen:bench/host@0.1.0': { ...importsOf(guest, strings, host), ...meterImports(guest, host) },
    '[export]witgen:bench/api@0.1.0': counterImports(guest, counters),
  }
  const { exports } = new WebAssembly.Instance(module, imports)
  guest.connect(exports['memory'] as WebAssembly.Memory, exports['cabi_realloc'] as Realloc)
  const core = coreOf(exports)
  const api = {
    ...scalars(guest, core),
    ...compounds(guest, strings, core),
    ...stringCalls(guest, strings, core),
    ...numberCalls(guest, numbersOf(guest), core),
    ...itemCalls(guest, lists, core),
    ...stringListCalls(guest, lists, core),
    ...counterCalls(guest, counters, core),
  }
  return share(api, () => handSharing(guest, core))
}
