import { describe } from '../runtime/abi/refusal.ts'
import { WasmError } from '../runtime/errors.ts'

/**
 * Refuses what is not as expected.
 *
 * @param where what was given: `worker.env`
 * @param module whom it was given to, as errors name it
 * @param func the function that was to be called, as `ns:pkg/iface#func`
 * @throws WasmError `InvalidParam`
 */
export function expectThat(
  isRight: boolean,
  where: string,
  expected: string,
  given: unknown,
  module: string,
  func?: string,
): void {
  if (!isRight)
    throw new WasmError('InvalidParam', module, func, `${where}: expected ${expected}, got ${describe(given)}`)
}
