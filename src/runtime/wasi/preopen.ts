import { ownMembers } from '../abi/inherited.ts'
import { describe } from '../abi/refusal.ts'
import { WasmError } from '../errors.ts'

/**
 * A folder of the host and whether the guest may write to it, of what the options say of one.
 *
 * @param guestPath under which the guest finds it
 * @throws WasmError `InvalidParam` for what is no preopen
 */
export function preopenOf(
  guestPath: string,
  preopen: unknown,
  module: string,
): { readonly path: string; readonly write: boolean } {
  const refuse = (got: string): never => {
    const text = `wasi.preopens['${guestPath}']: expected a path, or { path, write? }, got ${got}`
    throw new WasmError('InvalidParam', module, undefined, text)
  }
  // A polluted Object.prototype grants nothing.
  const { path, write = false } = ownMembers(typeof preopen === 'string' ? { path: preopen } : objectOf(preopen))
  if (typeof path !== 'string' || typeof write !== 'boolean') return refuse(describe(preopen))
  const unknown = Object.keys(objectOf(preopen)).find((key) => key !== 'path' && key !== 'write')
  return unknown === undefined ? { path, write } : refuse(`the key ${unknown}`)
}

function objectOf(value: unknown): { readonly path?: unknown; readonly write?: unknown } {
  return typeof value === 'object' && value !== null ? value : {}
}
