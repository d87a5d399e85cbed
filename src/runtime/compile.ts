import type { LinkPlan } from '../component/link-plan.ts'
import { memberOf } from './abi/inherited.ts'
import { CompiledComponent, compiledOf } from './compiled-component.ts'
import type { WorldDescriptor } from './descriptor.ts'
import { loadDynamic } from './dynamic-chunk.ts'
import { WasmError } from './errors.ts'
import { loadFit } from './fit-chunk.ts'
import { needsDynamic } from './needs-dynamic.ts'
import { loadPolicy } from './policy-chunk.ts'
import type { SecurityPolicy } from './policy/security-policy.ts'
import { readSource, UNNAMED, type Source } from './source.ts'
import { loadWasi } from './wasi-chunk.ts'
import { servesWasi } from './wasi/serves.ts'

/** What a guest is compiled for. */
export interface CompileOptions {
  /** The policy that its instances are held to, whose checks are put into the code. */
  readonly policy?: SecurityPolicy | undefined
}

/**
 * Reads and compiles a component; what comes out can be instantiated any number of times, synchronously. A component that
 * is compiled already is handed back. For a world, a core module with its canonical names will do.
 *
 * @param world what it will be instantiated as: what that needs besides is loaded too; any import may be given without
 * @throws WasmError `InvalidModule` when the source cannot be read, is no component, or needs what this engine lacks;
 * `PolicyUnsupported` where the policy cannot be enforced
 */
export async function compile(
  source: Source | CompiledComponent,
  world?: WorldDescriptor,
  options: CompileOptions = {},
): Promise<CompiledComponent> {
  const policy = memberOf(options, 'policy') as SecurityPolicy | undefined
  const [compiled] = await Promise.all([
    source instanceof CompiledComponent ? source : compileSource(source, world, policy),
    loadFit(),
  ])
  const { plan } = compiledOf(compiled)
  if (needsDynamic(plan, world)) await loadDynamic()
  if ([...plan.imports.keys()].some(servesWasi)) await loadWasi()
  return compiled
}

async function compileSource(
  source: Source,
  world: WorldDescriptor | undefined,
  given: SecurityPolicy | undefined,
): Promise<CompiledComponent> {
  // The decoder is a third of the runtime: a page that has not loaded a guest yet need not have it. It arrives meanwhile.
  const [{ planComponent }, { bytes, name }, guards] = await Promise.all([
    import('../component/compile.ts'),
    readSource(source),
    given === undefined ? undefined : loadPolicy(),
  ])
  const module = name ?? UNNAMED
  const policy = given === undefined ? undefined : guards?.checkPolicy(given, module)
  let plan: LinkPlan
  try {
    plan = planComponent(bytes)
  } catch (cause) {
    const { planOfUnreadable } = await import('./compile-errors.ts')
    plan = await planOfUnreadable(bytes, cause, module, world)
  }
  const modules = await Promise.all(plan.modules.map((core, index) => compileCore(core, index, module)))
  const guarded = policy && (await guards?.compileGuarded(plan.modules, policy, module))
  // The bytes have served their purpose: keeping the plan's views would keep the whole component in memory.
  return new CompiledComponent(
    { ...plan, modules: [] },
    guarded?.modules ?? modules,
    name,
    policy && { policy, modules: guarded?.facts ?? [] },
  )
}

async function compileCore(bytes: Uint8Array, index: number, module: string): Promise<WebAssembly.Module> {
  try {
    // Sources are never shared memory (`readSource` copies it), which is all that the type leaves open.
    return await WebAssembly.compile(bytes as Uint8Array<ArrayBuffer>)
  } catch (cause) {
    const { refusedByEngine } = await import('./compile-errors.ts')
    throw new WasmError('InvalidModule', module, undefined, refusedByEngine(cause, index), { cause })
  }
}
