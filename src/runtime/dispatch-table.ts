import type { CoreFunction } from './descriptor.ts'
import { signaturesOf, type AnyDispatch } from './dispatch.ts'
import { dispatchModule, type CoreSignature } from './dispatch-module.ts'

/** How many instances have seats. What sits is kept alive, also where nobody disposes of it. */
export const SEATS = 16

/** As it was at first: who looks on as guests are instantiated, as tests and debuggers do, is not to see these. */
const { Instance } = WebAssembly

const TABLES = new WeakMap<AnyDispatch, WebAssembly.Table>()

/**
 * Gives a seat its functions.
 *
 * @param core finds a function of the instance by WIT name
 * @throws WebAssembly.CompileError where the engine has no tail calls, TypeError for a function that is none
 * of WebAssembly, as those are that the runtime has put around a guest's
 */
export function fillSeat(dispatch: AnyDispatch, seat: number, core: (name: string) => CoreFunction): void {
  const signatures = signaturesOf(dispatch)
  const table = TABLES.get(dispatch) ?? makeTable(dispatch, signatures)
  for (const [i, [name]] of signatures.entries()) table.set(i * SEATS + seat, core(name))
}

/** Empties a seat: nothing of the instance is kept any more. */
export function emptySeat(dispatch: AnyDispatch, seat: number): void {
  const table = TABLES.get(dispatch)
  if (table === undefined) return
  for (let at = seat; at < table.length; at += SEATS) table.set(at, null)
}

function makeTable(
  dispatch: AnyDispatch,
  signatures: readonly (readonly [string, CoreSignature])[],
): WebAssembly.Table {
  const bytes = dispatchModule(
    signatures.map(([, signature]) => signature),
    SEATS,
  )
  const table = new WebAssembly.Table({ element: 'anyfunc', initial: signatures.length * SEATS })
  const { exports } = new Instance(new WebAssembly.Module(bytes), { t: { t: table } })
  const calls = dispatch as Record<string, unknown>
  for (const [i, [name]] of signatures.entries()) calls[name] = exports[`${i}`]
  TABLES.set(dispatch, table)
  return table
}
