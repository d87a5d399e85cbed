import { isObject } from './abi/checks.ts'
import { inherited, ownMembers } from './abi/inherited.ts'
import { CHECK_ONLY, FITS } from './check-fit.ts'
import { CompiledComponent, compiledOf, type Compiled } from './compiled-component.ts'
import { publish, subscribedHooks } from './diagnostics-channels.ts'
import { loadedDynamic } from './dynamic-chunk.ts'
import type { WorldDescriptor } from './descriptor.ts'
import { WasmError } from './errors.ts'
import { loadedFit } from './fit-chunk.ts'
import type { CallHooks } from './hooks.ts'
import { isGiven, resolveHostImports } from './host-imports.ts'
import { Instance } from './world-instance.ts'
import type { Instrumentation } from './instrument.ts'
import { createContexts, link } from './link.ts'
import type { HostSpec, LinkProgram } from './link-program.ts'
import type { Logger } from './logger.ts'
import { holdTo } from './policy-chunk.ts'
import type { SecurityPolicy } from './policy/security-policy.ts'
import { splitVersion } from './versions.ts'
import { loadedWasi } from './wasi-chunk.ts'
import type { WasiOptions } from './wasi/options.ts'
import { servesWasi } from './wasi/serves.ts'
import type { Wasi } from './wasi/wasi.ts'

export { Instance } from './world-instance.ts'

/** The version of the contract between generated code and this runtime. */
const ABI_VERSION = 1

/** What an instance may be given besides its imports. */
export interface InstanceOptions {
  /** The instance's name in errors, metrics and logs; default: the base name of the source, else the world's name. */
  readonly name?: string | undefined
  /** Told of every call; `addHooks` and `removeHooks` change them later. */
  readonly hooks?: CallHooks | undefined
  /** Where the runtime logs to; default: nowhere. */
  readonly logger?: Logger | undefined
  /** What the guest is granted of WASI: files, environment, output, clocks … Default: nothing. */
  readonly wasi?: WasiOptions | undefined
  /**
   * What the guest is held to; default: what it was compiled for, else nothing. Its checks are put into the code of a guest that
   * was compiled for another policy, once for all instances with the same limits of memory and tables.
   */
  readonly policy?: SecurityPolicy | undefined
}

/**
 * Instantiates a compiled component as a world, synchronously. What linking takes is worked out once per pair of them.
 *
 * @param options with the host's functions under `imports`, keyed by WIT names
 * @throws WasmError `InvalidParam` for options that are none, `WorldMismatch` or `LinkError` before anything of the guest runs; a trap's code while it starts
 */
export function instantiateWorld(
  world: WorldDescriptor,
  compiled: CompiledComponent,
  options: InstanceOptions & { readonly imports?: object | undefined } = {},
): Instance {
  const worldName = splitVersion(world.id).base.replace(/^.*\//, '')
  if (!(compiled instanceof CompiledComponent)) {
    const text = 'expected the compiled component that compile() resolves to'
    throw new WasmError('InvalidModule', isObject(options) ? (options.name ?? worldName) : worldName, undefined, text)
  }
  loadedFit().checkInstanceOptions(options, worldName)
  const { name = compiled.name ?? worldName } = ownOptions(options)
  checkAbi(world, name)
  const parts = compiledOf(compiled)
  const { plan, programs } = parts
  let imported: string[] | undefined
  const given = (item: string): boolean => {
    imported ??= world.imports.map((face) => face.id)
    return isGiven(ownOptions(options).imports, imported, item) || (servesWasi(item) && loadedWasi() !== undefined)
  }
  let program = programs.get(world)
  if (program === undefined)
    programs.set(world, (program = loadedFit().prepareLink(world, plan, name, given, loadedDynamic())))
  else if (program.extras.size > 0) loadedFit().checkExtras(program.extras, world, name, given)
  if (CHECK_ONLY in options) throw FITS
  return instantiateProgram(program, parts, name, options)
}

/** Instantiates what has been prepared. Throws like `instantiateWorld`, save for what was checked before. */
export function instantiateProgram(
  program: LinkProgram,
  compiled: Compiled,
  name: string,
  options: InstanceOptions & { readonly imports?: object | undefined },
): Instance {
  const { logger, hooks, imports, policy, wasi: granted = {} } = ownOptions(options)
  const fit = loadedFit()
  const log = logger && new fit.InstanceLog(logger, name)
  const { modules, guard } = holdTo(policy, compiled, program, name, log)
  let wasi: Wasi | undefined
  const chunk = loadedWasi()
  const served = (host: HostSpec): ReturnType<Wasi['slot']> | undefined => {
    if (chunk === undefined || !servesWasi(host.face.id)) return undefined
    wasi ??= new chunk.Wasi(isObject(granted) ? ownMembers(granted) : granted, name, log, guard)
    return wasi.slot(host)
  }
  const slots = resolveHostImports(program.hosts, imports, name, served)
  const contexts = createContexts(program.contexts, name, guard)
  let instrumentation: Instrumentation | undefined
  const subscribed = subscribedHooks()
  if (hooks !== undefined || log !== undefined || subscribed !== undefined) {
    instrumentation = new fit.Instrumentation(name, contexts, log)
    instrumentation.register(fit.importSites(program, contexts, slots, name))
    for (const given of [hooks, subscribed]) if (given !== undefined) instrumentation.add(given)
  }
  const tellLines = fit.lineTeller(compiled.cores)
  fit.reportTraps(contexts, log, tellLines)
  try {
    const linked = link(program, modules, contexts, slots, name, guard)
    instrumentation?.flush()
    log?.event('debug', 'load', {}, 'instantiated')
    publish('load', () => ({ module: name }))
    return new Instance({ name, program, linked, slots, log, instrumentation, wasi, guard })
  } catch (error) {
    tellLines?.(error)
    log?.event('error', 'load', { err: error }, 'could not be instantiated')
    instrumentation?.release()
    wasi?.dispose()
    throw error
  }
}

/** Options that somebody has put onto `Object.prototype` are none. */
function ownOptions<T extends object>(options: T): T {
  const isPolluted = ['imports', 'name', 'hooks', 'logger', 'wasi', 'policy'].some((key) => key in inherited)
  return isPolluted ? ownMembers(options) : options
}

function checkAbi(world: WorldDescriptor, name: string): void {
  if (world.abi === ABI_VERSION) return
  const text =
    `the generated code of ${world.id} is for version ${String(world.abi)} of the runtime's interface, this runtime has ` +
    `version ${ABI_VERSION}: generate it again with the version of witgen that is installed`
  throw new WasmError('Unsupported', name, undefined, text)
}
