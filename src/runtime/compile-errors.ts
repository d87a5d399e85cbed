import { isCoreModule } from '../component/preamble.ts'
import { missingFeature } from './engine-features.ts'
import { WasmError } from './errors.ts'

const PREVIEW1 = 'wasi_snapshot_preview1'

/** Why bytes are no component; for a core module with its exports and the command that makes a component of it. */
export async function unreadableComponent(
  bytes: Uint8Array<ArrayBuffer>,
  cause: unknown,
  module: string,
): Promise<WasmError> {
  const text = isCoreModule(bytes) ? await coreModuleText(bytes) : messageOf(cause)
  return new WasmError('InvalidModule', module, undefined, text, { cause })
}

/** Why the engine does not compile the core module number `index`: the feature that it lacks, else its own words. */
export function refusedByEngine(error: unknown, index: number): string {
  return missingFeature(error) ?? `the engine refuses core module ${index} of the component: ${messageOf(error)}`
}

async function coreModuleText(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  let core: WebAssembly.Module
  try {
    core = await WebAssembly.compile(bytes)
  } catch (error) {
    const why = missingFeature(error) ?? messageOf(error)
    return `expected a component, got a core module that the engine does not compile: ${why}`
  }
  const exports = WebAssembly.Module.exports(core).map((e) => e.name)
  const shown = exports.length > 12 ? [...exports.slice(0, 12), `${exports.length - 12} more`] : exports
  const found = exports.length === 0 ? 'without exports' : `with the exports ${shown.join(', ')}`
  const adapt = WebAssembly.Module.imports(core).some((i) => i.module === PREVIEW1)
    ? ` --adapt ${PREVIEW1}=${PREVIEW1}.reactor.wasm`
    : ''
  return (
    `expected a component, got a core module ${found}; make a component of it with ` +
    `\`wasm-tools component embed WIT --world WORLD guest.wasm -o embedded.wasm\` (unless its build has done that) and ` +
    `\`wasm-tools component new embedded.wasm${adapt} -o component.wasm\``
  )
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
