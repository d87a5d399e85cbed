import { GUARD } from '../component/rewrite/guard-abi.ts'
import { beginPostReturn, endPostReturn, trap } from './abi/calls.ts'
import { HostResource } from './abi/host-resource.ts'
import { measuredStrings } from './abi/measured-strings.ts'
import { refresh } from './abi/memory.ts'
import type { AnyResource } from './abi/resources.ts'
import { Context, IDLE, POISONED, RUNNING } from './context.ts'
import type { ContextSpec } from './context-plan.ts'
import type { CoreFunction } from './descriptor.ts'
import { loadedDynamic } from './dynamic-chunk.ts'
import { WasmError, type ErrorCodeName } from './errors.ts'
import { loadedFit } from './fit-chunk.ts'
import type {
  CoreExport,
  ImportGroup,
  LinkProgram,
  LinkStep,
  LinkValue,
  ModuleStep,
  ProvidedOption,
  RelayStep,
  StartStep,
} from './link-program.ts'
import { bindDestructors, createResources, resourceBuiltin } from './link-resources.ts'
import { spaceMemories } from './memory-spacing.ts'
import { loadedPolicy } from './policy-chunk.ts'
import type { Guard } from './policy/guard.ts'
import { SecondaryContext } from './secondary-context.ts'
import { trapCode } from './traps.ts'

/** A slot object per imported interface: the host's functions by member, read at each call. */
export type HostSlots = readonly Record<string, (...args: never[]) => unknown>[]

/** What a component instance consists of: its core instances, and the contexts of its functions. */
export interface Linked {
  readonly contexts: readonly Context[]
  readonly instances: readonly WebAssembly.Exports[]
  readonly resources: readonly AnyResource[]
  /** What keeps its memories apart from those of other instances: lives as long as they do. */
  readonly spaces: readonly (ArrayBuffer | undefined)[]
}

/**
 * Instantiates the core modules, in order and synchronously. Start functions run in it and may call imports.
 *
 * @param contexts those of `createContexts`
 * @param name the instance's name, for errors
 * @param guard what holds it to a policy
 * @throws WasmError the code of a guest's trap, `HostError` of an import, `InvalidModule` when the modules do not fit together
 */
export function link(
  program: LinkProgram,
  modules: readonly WebAssembly.Module[],
  contexts: readonly Context[],
  slots: HostSlots,
  name: string,
  guard?: Guard,
): Linked {
  const instances: WebAssembly.Exports[] = []
  const resources = createResources(program, contexts, slots, name)
  const spaces: (ArrayBuffer | undefined)[] = []
  // Indexed loops here and below: an iterator leaves an object behind for each step of each instance.
  for (let i = 0; i < program.steps.length; i++) {
    const step = program.steps[i] as LinkStep
    if (step.kind === 'start') {
      start(step, contexts, instances, slots, resources, name, guard)
      continue
    }
    if (step.kind === 'instantiate' && step.provides.some(providesMemory)) spaces.push(spaceMemories())
    const exports =
      step.kind === 'relay'
        ? relay(step, contexts, instances, slots, resources)
        : instantiate(step, modules, contexts, instances, slots, resources, name, guard)
    bindDestructors(program, resources, instances.push(exports) - 1, exports)
  }
  for (let i = 0; i < contexts.length; i++) {
    const context = contexts[i] as Context
    // Last, so that the views lie beside the exports objects, which come next: a call then touches fewer pages.
    refresh(context)
    if (context instanceof SecondaryContext) continue
    // A guest that catches what an import threw must not go on as if nothing had happened.
    if (context.state === POISONED) throw context.cause
    context.state = IDLE
  }
  return { contexts, instances, resources, spaces }
}

function providesMemory({ option }: ProvidedOption): boolean {
  return option === 'memory'
}

/** The contexts of a new instance, RUNNING. */
export function createContexts(specs: readonly ContextSpec[], name: string, guard?: Guard): Context[] {
  const contexts: Context[] = []
  for (const { primary, encoding, measured } of specs) {
    const of = primary === undefined ? undefined : contexts[primary]
    const context = of === undefined ? primaryContext(name, guard) : new SecondaryContext(of)
    if (encoding !== undefined && encoding !== 'utf8') context.strings = loadedDynamic()?.stringCodecs[encoding]
    else if (measured) context.strings = measuredStrings
    contexts.push(context)
  }
  const primaries = contexts.filter((context) => !(context instanceof SecondaryContext))
  if (primaries.length > 1) for (const context of primaries) context.peers = primaries
  return contexts
}

/** Runs a component-level start function, which takes and gives nothing. Throws as instantiating a core module does. */
function start(
  { context, call, postReturn }: StartStep,
  contexts: readonly Context[],
  instances: readonly WebAssembly.Exports[],
  slots: HostSlots,
  resources: readonly AnyResource[],
  name: string,
  guard: Guard | undefined,
): void {
  const cx = contextOf(contexts, context)
  const find = (value: LinkValue): CoreFunction => resolve(value, contexts, instances, slots, resources) as CoreFunction
  try {
    find(call)()
    if (postReturn === undefined) return
    beginPostReturn(cx)
    find(postReturn)()
    endPostReturn(cx)
    cx.state = RUNNING
  } catch (error) {
    throw instantiationError(error, name, guard)
  }
}

function relay(
  step: RelayStep,
  contexts: readonly Context[],
  instances: readonly WebAssembly.Exports[],
  slots: HostSlots,
  resources: readonly AnyResource[],
): WebAssembly.Exports {
  const find = ({ value }: RelayStep['functions'][number]): CoreFunction =>
    resolve(value, contexts, instances, slots, resources) as CoreFunction
  const chunk = loadedDynamic()
  if (chunk === undefined) throw new TypeError('the dynamic codec that the link program was made with is gone')
  return chunk.relayExports(step, contextOf(contexts, step.context), find)
}

function primaryContext(name: string, guard: Guard | undefined): Context {
  const chunk = guard && loadedPolicy()
  return guard === undefined || chunk === undefined ? new Context(name) : chunk.contextUnder(guard, name)
}

function instantiate(
  step: ModuleStep,
  modules: readonly WebAssembly.Module[],
  contexts: readonly Context[],
  instances: readonly WebAssembly.Exports[],
  slots: HostSlots,
  resources: readonly AnyResource[],
  name: string,
  guard: Guard | undefined,
): WebAssembly.Exports {
  const module = modules[step.module]
  if (module === undefined) throw new RangeError(`the link plan has no core module ${step.module}`)
  const imports = new ImportObject<WebAssembly.ModuleImports>()
  for (let i = 0; i < step.imports.length; i++) {
    const group = step.imports[i] as ImportGroup
    imports[group.module] = importsOf(group, contexts, instances, slots, resources)
  }
  const guards = guard?.importsOf(step.module)
  if (guards !== undefined) imports[GUARD] = guards
  let exports: WebAssembly.Exports
  try {
    exports = new WebAssembly.Instance(module, imports).exports
  } catch (error) {
    throw instantiationError(error, name, guard)
  }
  for (let i = 0; i < step.provides.length; i++) {
    const { context: index, option, name } = step.provides[i] as ProvidedOption
    const context = contexts[index]
    const value = exports[name]
    if (context === undefined || value === undefined) continue
    if (option === 'realloc') context.realloc = value as NonNullable<Context['realloc']>
    else context.memory = value as WebAssembly.Memory
  }
  return exports
}

/** An object that inherits nothing, so that a name such as `toString` is never found: with fields, not as a dictionary. */
class ImportObject<T> {
  [name: string]: T
}
Object.setPrototypeOf(ImportObject.prototype, null)
Reflect.deleteProperty(ImportObject.prototype, 'constructor')

function importsOf(
  group: ImportGroup,
  contexts: readonly Context[],
  instances: readonly WebAssembly.Exports[],
  slots: HostSlots,
  resources: readonly AnyResource[],
): WebAssembly.ModuleImports {
  const object = new ImportObject<WebAssembly.ImportValue>()
  const { names, values } = group
  for (let i = 0; i < names.length; i++) {
    const name = names[i]
    const value = values[i]
    if (name === undefined || value === undefined) continue
    const found = resolve(value, contexts, instances, slots, resources) as WebAssembly.ImportValue
    const caller = callsHost(value, resources) ? contexts[value.context] : undefined
    const isAmongPeers = caller !== undefined && caller.peers.length > 0
    object[name] = isAmongPeers ? loadedFit().holdPeers(caller, found as CoreFunction) : found
  }
  return object
}

/** To drop an object of the host's runs its `[Symbol.dispose]`. */
function callsHost(
  value: LinkValue,
  resources: readonly AnyResource[],
): value is Extract<LinkValue, { readonly kind: 'lower' | 'resource-drop' }> {
  return value.kind === 'lower' || (value.kind === 'resource-drop' && resources[value.resource] instanceof HostResource)
}

function resolve(
  value: LinkValue,
  contexts: readonly Context[],
  instances: readonly WebAssembly.Exports[],
  slots: HostSlots,
  resources: readonly AnyResource[],
): WebAssembly.ImportValue | CoreFunction | undefined {
  if (value.kind === 'core-export') return instances[value.instance]?.[value.name]
  const context = contextOf(contexts, value.context)
  if (value.kind === 'lower') {
    const core = value.lower(context, slots[value.host] as never)
    return context.guard?.watch(value.name, context, core) ?? core
  }
  if (value.kind === 'inner') {
    const { callee, core, postReturn, connect } = value
    const cx = contextOf(contexts, callee)
    const find = ({ instance, name }: CoreExport): CoreFunction => instances[instance]?.[name] as CoreFunction
    return connect(context, { cx, core: find(core), postReturn: postReturn && find(postReturn) })
  }
  if (value.kind !== 'unsupported') return resourceBuiltin(value.kind, context, resources[value.resource])
  const { what } = value
  return () => trap(context, 'Unsupported', `the guest called ${what}, which is not supported`)
}

function contextOf(contexts: readonly Context[], index: number): Context {
  const context = contexts[index]
  if (context === undefined) throw new RangeError(`the link program has no context ${index}`)
  return context
}

/** What to throw when a core module cannot be instantiated: an error of an import as it is, else by the kind of trap. */
function instantiationError(error: unknown, name: string, guard: Guard | undefined): unknown {
  if (error instanceof WasmError) return error
  const { code, text } = guard?.explain(error, undefined) ?? misfitOrTrap(error)
  const mine = new WasmError(code, name, undefined, text, { cause: error })
  guard?.trace(mine)
  return mine
}

function misfitOrTrap(error: unknown): { readonly code: ErrorCodeName; readonly text: string } {
  const message = error instanceof Error ? error.message : 'the guest threw a value'
  const isMisfit = error instanceof WebAssembly.LinkError || error instanceof TypeError
  if (isMisfit)
    return { code: 'InvalidModule', text: `the core modules of the component do not fit together: ${message}` }
  return { code: trapCode(error), text: `while the guest was instantiated: ${message}` }
}
