import type { CoreFunction } from './descriptor.ts'
import { dispatchModule, relayModule, type CoreSignature } from './dispatch-module.ts'

/*
 * Engines inline the call of a core function where they see always the same one, which holds as long as there is one instance.
 * Each further instance has core functions of its own. What a call then goes through is one WebAssembly function for all
 * instances, which engines know again; it finds the instance's own in a table, by the seat of the instance.
 */

/** How many instances have seats. What sits is kept alive, also where nobody disposes of it. */
export const SEATS = 16

type Numbers<S extends string> = S extends `${infer T}${infer Rest}`
  ? [T extends 'l' ? bigint : number, ...Numbers<Rest>]
  : []
type NumberOf<S extends string> = S extends '' ? void : Numbers<S>[0]

/** A core function of the signature, of the instance in the seat that it gets first. */
export type DispatchCall<S extends string> = S extends `${infer P}:${infer R}`
  ? (seat: number, ...args: Numbers<P>) => NumberOf<R>
  : never

/** The functions of an exported interface, by WIT name. They can be called once an instance has a seat. */
export type Dispatch<T> = { readonly [K in keyof T]: T[K] extends string ? DispatchCall<T[K]> : never }

/** The same, as linking sees it. */
export type AnyDispatch = Readonly<Record<string, unknown>>

const SIGNATURES = new WeakMap<AnyDispatch, readonly (readonly [name: string, signature: CoreSignature])[]>()
const TABLES = new WeakMap<AnyDispatch, WebAssembly.Table>()

/**
 * Declares the functions of an exported interface, by WIT name, with their core signatures (`'ddi:i'`: f64, f64, i32 → i32).
 * It costs nothing until a second instance is made.
 */
export function dispatchOf<const T extends Readonly<Record<string, CoreSignature>>>(signatures: T): Dispatch<T> {
  SIGNATURES.set(signatures, Object.entries(signatures))
  return signatures as unknown as Dispatch<T>
}

/**
 * Gives a seat its functions.
 *
 * @param core finds a function of the instance by WIT name
 * @throws WebAssembly.CompileError where the engine has no tail calls, TypeError for what is no function
 */
export function fillSeat(dispatch: AnyDispatch, seat: number, core: (name: string) => CoreFunction): void {
  const signatures = SIGNATURES.get(dispatch) ?? []
  const table = TABLES.get(dispatch) ?? makeTable(dispatch, signatures)
  for (const [i, [name, signature]] of signatures.entries()) {
    const at = i * SEATS + seat
    const found = core(name)
    try {
      table.set(at, found)
    } catch {
      // No function of a guest's, but one that the runtime has put around it or in its place.
      const relay = new WebAssembly.Module(relayModule(signature))
      table.set(at, new WebAssembly.Instance(relay, { f: { f: found as WebAssembly.ImportValue } }).exports['f'])
    }
  }
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
  const { exports } = new WebAssembly.Instance(new WebAssembly.Module(bytes), { t: { t: table } })
  const calls = dispatch as Record<string, unknown>
  for (const [i, [name]] of signatures.entries()) calls[name] = exports[`${i}`]
  TABLES.set(dispatch, table)
  return table
}
