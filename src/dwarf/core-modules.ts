import { planComponent } from '../component/compile.ts'
import { isCoreModule } from '../component/preamble.ts'

/**
 * The core modules of a component, as views into its bytes; a core module is its only one.
 *
 * @throws ComponentError when the bytes are neither
 */
export function coreModules(bytes: Uint8Array): readonly Uint8Array[] {
  return isCoreModule(bytes) ? [bytes] : planComponent(bytes).modules
}
