import { planComponent } from '../component/compile.ts'
import type { LinkPlan } from '../component/link-plan.ts'
import { isCoreModule } from '../component/preamble.ts'
import { CompiledComponent } from './compiled-component.ts'
import { refuseCoreModule } from './core-source.ts'
import { missingFeature } from './engine-features.ts'
import { WasmError } from './errors.ts'
import { readSource, UNNAMED, type Source } from './source.ts'

/**
 * Reads and compiles a component; what comes out can be instantiated any number of times, synchronously. A component that
 * is compiled already is handed back.
 *
 * @throws WasmError `InvalidModule` when the source cannot be read, is no component, or needs what this engine lacks
 */
export async function compile(source: Source | CompiledComponent): Promise<CompiledComponent> {
  if (source instanceof CompiledComponent) return source
  const { bytes, name } = await readSource(source)
  const module = name ?? UNNAMED
  if (isCoreModule(bytes)) throw await refuseCoreModule(bytes, module)
  return compilePlan(readPlan(bytes, module), name)
}

/** Compiles the core modules of a plan, all at once. */
export async function compilePlan(plan: LinkPlan, name: string | undefined): Promise<CompiledComponent> {
  const modules = await Promise.all(plan.modules.map((bytes, index) => compileCore(bytes, index, name ?? UNNAMED)))
  // The bytes have served their purpose: keeping the plan's views would keep the whole component in memory.
  return new CompiledComponent({ ...plan, modules: [] }, modules, name)
}

function readPlan(bytes: Uint8Array, module: string): LinkPlan {
  try {
    return planComponent(bytes)
  } catch (cause) {
    const text = cause instanceof Error ? cause.message : String(cause)
    throw new WasmError('InvalidModule', module, undefined, text, { cause })
  }
}

async function compileCore(bytes: Uint8Array, index: number, module: string): Promise<WebAssembly.Module> {
  try {
    // Sources are never shared memory (`readSource` copies it), which is all that the type leaves open.
    return await WebAssembly.compile(bytes as Uint8Array<ArrayBuffer>)
  } catch (cause) {
    const message = cause instanceof Error ? cause.message : String(cause)
    const text = missingFeature(cause) ?? `the engine refuses core module ${index} of the component: ${message}`
    throw new WasmError('InvalidModule', module, undefined, text, { cause })
  }
}
