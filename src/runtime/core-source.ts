import { WasmError } from './errors.ts'

const PREVIEW1 = 'wasi_snapshot_preview1'

/** Why a core module is no guest, what it exports, and the command that makes a component of it. */
export async function refuseCoreModule(bytes: Uint8Array<ArrayBuffer>, module: string): Promise<WasmError> {
  let core: WebAssembly.Module
  try {
    core = await WebAssembly.compile(bytes)
  } catch (cause) {
    return new WasmError(
      'InvalidModule',
      module,
      undefined,
      'the source is neither a component nor a valid core module',
      { cause },
    )
  }
  const exports = WebAssembly.Module.exports(core).map((e) => e.name)
  const shown = exports.length > 12 ? [...exports.slice(0, 12), `${exports.length - 12} more`] : exports
  const found = exports.length === 0 ? 'without exports' : `with the exports ${shown.join(', ')}`
  const adapt = WebAssembly.Module.imports(core).some((i) => i.module === PREVIEW1)
    ? ` --adapt ${PREVIEW1}=${PREVIEW1}.reactor.wasm`
    : ''
  const text =
    `expected a component, got a core module ${found}; make a component of it with ` +
    `\`wasm-tools component embed WIT --world WORLD guest.wasm -o embedded.wasm\` (unless its build has done that) and ` +
    `\`wasm-tools component new embedded.wasm${adapt} -o component.wasm\``
  return new WasmError('InvalidModule', module, undefined, text)
}
