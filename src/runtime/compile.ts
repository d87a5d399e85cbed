import type { LinkPlan } from '../component/link-plan.ts'
import { memberOf } from './abi/inherited.ts'
import { CompiledComponent, compiledOf } from './compiled-component.ts'
import type { WorldDescriptor } from './descriptor.ts'
import { loadDynamic } from './dynamic-chunk.ts'
import { WasmError } from './errors.ts'
import { loadedFit, loadFit } from './fit-chunk.ts'
import { needsDynamic } from './needs-dynamic.ts'
import { isPolicyNear, loadPolicy } from './policy-chunk.ts'
import type { CoreCode } from './policy/core-code.ts'
import type { SecurityPolicy } from './policy/security-policy.ts'
import { readSource, UNNAMED, type ByteSource, type Source } from './source.ts'
import { loadWasi } from './wasi-chunk.ts'
import { servesWasi } from './wasi/serves.ts'

/** What a guest is compiled for. */
export interface CompileOptions {
  /** What its instances are held to, save for those that are given a policy of their own. */
  readonly policy?: SecurityPolicy | undefined
}

/**
 * Reads and compiles a component; what comes out can be instantiated any number of times, synchronously. A component that
 * is compiled already is handed back, or the same for a policy. For a world, a core module with its canonical names will do.
 * Views into the source are kept, which must not be changed afterwards.
 *
 * @param world what it will be instantiated as: what that needs besides is loaded too; any import may be given without
 * @throws WasmError `InvalidModule` when the source cannot be read, is no component, or needs what this engine lacks;
 * `PolicyUnsupported` where the policy cannot be enforced
 */
export async function compile(
  source: Source,
  world?: WorldDescriptor,
  options: CompileOptions = {},
): Promise<CompiledComponent> {
  await loadFit()
  loadedFit().checkInstanceOptions(options, UNNAMED)
  const policy = memberOf(options, 'policy') as SecurityPolicy | undefined
  const compiled = await (source instanceof CompiledComponent
    ? forPolicy(source, policy)
    : compileSource(source, world, policy))
  const { plan } = compiledOf(compiled)
  if (needsDynamic(plan, world)) await loadDynamic()
  if ([...plan.imports.keys()].some(servesWasi)) await loadWasi()
  return compiled
}

async function compileSource(
  source: ByteSource,
  world: WorldDescriptor | undefined,
  given: SecurityPolicy | undefined,
): Promise<CompiledComponent> {
  // The decoder is a third of the runtime: a page that has not loaded a guest yet need not have it. It arrives meanwhile.
  const [{ planComponent }, { bytes, name }, guards] = await Promise.all([
    import('../component/compile.ts'),
    readSource(source),
    given !== undefined || isPolicyNear() ? loadPolicy() : undefined,
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
  const { modules: cores } = plan
  const modules = await Promise.all(cores.map((core, index) => compileCore(core, index, module)))
  await loadedFit().loadLines(cores)
  const plain: CoreCode = { modules, needs: undefined, facts: [] }
  const code =
    (policy && (await guards?.compileForPolicy({ cores, code: plain, isFresh: true }, policy, module))) ?? plain
  return new CompiledComponent({ plan: { ...plan, modules: [] }, code, cores, policy }, name)
}

/** A compiled component whose instances are held to a policy: the rest of it is that of the other. */
async function forPolicy(compiled: CompiledComponent, given: SecurityPolicy | undefined): Promise<CompiledComponent> {
  const parts = compiledOf(compiled)
  if (given === undefined) {
    // One that has come from another thread has not loaded it here.
    if (parts.policy !== undefined) await loadPolicy()
    return compiled
  }
  const guards = await loadPolicy()
  const module = compiled.name ?? UNNAMED
  const policy = guards.checkPolicy(given, module)
  const code = await guards.compileForPolicy(parts, policy, module)
  return new CompiledComponent({ ...parts, code, policy }, compiled.name)
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
