import type { CompiledComponent } from './compiled-component.ts'
import { isWasmError, type WasmError } from './errors.ts'

/** An option that makes `instantiate` of a generated class stop, by throwing `FITS`, once the guest is known to fit. */
export const CHECK_ONLY: unique symbol = Symbol('check only')

/** What is thrown then. */
export const FITS: unique symbol = Symbol('fits')

/** A generated world class, as far as it is needed here. */
export interface CheckableWorld {
  instantiate(compiled: CompiledComponent, options: never): object
}

/**
 * How a compiled guest fits a generated world, without anything of it being run.
 *
 * @param name the module's name, for the error
 * @param imports what the host will give besides what the world imports
 * @returns the `WorldMismatch`, `LinkError` or `Unsupported` that `instantiate` would throw; undefined when it fits
 */
export function checkFit(
  World: CheckableWorld,
  compiled: CompiledComponent,
  name: string,
  imports: unknown,
): WasmError | undefined {
  try {
    World.instantiate(compiled, { name, imports, [CHECK_ONLY]: true } as never)
  } catch (error) {
    if (error === FITS) return undefined
    if (isWasmError(error)) return error
    throw error
  }
  throw new TypeError('expected a generated world class, of the same version of witgen')
}
