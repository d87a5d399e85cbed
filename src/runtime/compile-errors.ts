import type { LinkPlan } from '../component/link-plan.ts'
import { isCoreModule } from '../component/preamble.ts'
import type { WorldDescriptor } from './descriptor.ts'
import { missingFeature } from './engine-features.ts'
import { WasmError } from './errors.ts'

const PREVIEW1 = 'wasi_snapshot_preview1'

/**
 * The link plan of bytes that are no component: of a core module with the canonical names of the world.
 *
 * @throws WasmError `InvalidModule` for anything else; of a core module it says what it exports and what to do
 */
export async function planOfUnreadable(
  bytes: Uint8Array<ArrayBuffer>,
  cause: unknown,
  module: string,
  world: WorldDescriptor | undefined,
): Promise<LinkPlan> {
  if (!isCoreModule(bytes)) throw new WasmError('InvalidModule', module, undefined, messageOf(cause), { cause })
  let core: WebAssembly.Module
  try {
    core = await WebAssembly.compile(bytes)
  } catch (error) {
    const why = missingFeature(error) ?? messageOf(error)
    const text = `expected a component, got a core module that the engine does not compile: ${why}`
    throw new WasmError('InvalidModule', module, undefined, text, { cause })
  }
  if (world === undefined) throw new WasmError('InvalidModule', module, undefined, coreModuleText(core), { cause })
  const { CoreMisfit, planCoreModule } = await import('./dynamic/core-source.ts')
  try {
    return planCoreModule(bytes, world)
  } catch (error) {
    if (!(error instanceof CoreMisfit)) throw error
    const text = misfitText(error, world, core)
    throw new WasmError('InvalidModule', module, undefined, text, { cause })
  }
}

/** Why the engine does not compile the core module number `index`: the feature that it lacks, else its own words. */
export function refusedByEngine(error: unknown, index: number): string {
  return missingFeature(error) ?? `the engine refuses core module ${index} of the component: ${messageOf(error)}`
}

/** What a core module has that was loaded without a world, and the command that makes a component of it. */
function coreModuleText(core: WebAssembly.Module): string {
  const exports = WebAssembly.Module.exports(core).map((e) => e.name)
  return `expected a component, got a core module ${withExports(exports)}; ${toComponent(core)}`
}

/** How a core module differs from what a world wants of one. */
function misfitText(
  misfit: {
    readonly problems: readonly string[]
    readonly found: readonly string[]
    readonly expected: readonly string[]
  },
  world: WorldDescriptor,
  core: WebAssembly.Module,
): string {
  const expected = misfit.expected.length === 0 ? '' : ` ${withExports(misfit.expected)}`
  const hint = importsPreview1(core) ? `\n${toComponent(core)}` : ''
  return (
    `expected a component, or a core module of the world ${world.id}${expected}; ` +
    `got a core module ${withExports(misfit.found)}:\n${misfit.problems.map((p) => `  ${p}`).join('\n')}${hint}`
  )
}

function withExports(exports: readonly string[]): string {
  const shown = exports.length > 12 ? [...exports.slice(0, 12), `${exports.length - 12} more`] : exports
  return exports.length === 0 ? 'without exports' : `with the exports ${shown.join(', ')}`
}

function importsPreview1(core: WebAssembly.Module): boolean {
  return WebAssembly.Module.imports(core).some((i) => i.module === PREVIEW1)
}

function toComponent(core: WebAssembly.Module): string {
  const adapt = importsPreview1(core) ? ` --adapt ${PREVIEW1}=${PREVIEW1}.reactor.wasm` : ''
  return (
    'make a component of it with ' +
    `\`wasm-tools component embed WIT --world WORLD guest.wasm -o embedded.wasm\` (unless its build has done that) and ` +
    `\`wasm-tools component new embedded.wasm${adapt} -o component.wasm\``
  )
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
