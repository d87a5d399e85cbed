import { WasmError, type ErrorCodeName } from '../errors.ts'

/**
 * What host code of the runtime itself throws to trap the guest with a code of its own; anything else that an import
 * throws is a `HostError`.
 */
export class HostTrap extends Error {
  readonly codeName: ErrorCodeName

  /** @param text one sentence without the names of module and function */
  constructor(codeName: ErrorCodeName, text: string) {
    super(text)
    this.codeName = codeName
  }

  /** The error that the caller of the guest gets. */
  toWasmError(module: string, fn: string): WasmError {
    return new WasmError(this.codeName, module, fn, `${fn}: ${this.message}`)
  }
}
