import type { CoreDef, CoreImport, FuncDef, LinkPlan, ResourceDef, Step } from '../component/link-plan.ts'
import { ContextPlan } from './context-plan.ts'
import type { ExportedInterface, ImportedInterface, WorldDescriptor } from './descriptor.ts'
import { WasmError } from './errors.ts'
import { isFlatResult } from './flat-result.ts'
import { bareKey } from './host-imports.ts'
import type {
  CoreExport,
  HostSpec,
  ImportGroup,
  LiftedInterface,
  LiftSpec,
  LinkProgram,
  LinkStep,
  LinkValue,
} from './link-program.ts'
import { ResourcePlan } from './resource-plan.ts'
import { matchingIds } from './versions.ts'
import { checkWorld, type FuncDefs } from './world-check.ts'

/**
 * Checks a component against a world and works out how to link it.
 *
 * @throws WasmError `WorldMismatch` or `LinkError` when it does not fit, `Unsupported` where it needs what is not served
 */
export function prepareLink(world: WorldDescriptor, plan: LinkPlan, module: string): LinkProgram {
  const fit = checkWorld(world, plan, module)
  const preparation = new Preparation(world, fit.imports, module)
  const exports = new Map<ExportedInterface<unknown>, LiftedInterface>()
  // Exports first: their options become the primary contexts, which have the faster state.
  for (const [face, functions] of fit.exports) {
    exports.set(face, preparation.lifts(face, functions, fit.resources.get(face) ?? new Map()))
  }
  const steps = plan.steps.map((step) => preparation.step(step))
  preparation.provideOptions(steps)
  const { contexts, hosts, resources } = preparation
  return { contexts: contexts.specs, hosts, steps, exports, resources: resources.specs, slots: resources.slots }
}

class Preparation {
  readonly contexts: ContextPlan
  readonly hosts: HostSpec[] = []
  readonly resources: ResourcePlan
  readonly #world: WorldDescriptor
  readonly #imports: ReadonlyMap<string, ImportedInterface>
  readonly #module: string

  constructor(world: WorldDescriptor, imports: ReadonlyMap<string, ImportedInterface>, module: string) {
    this.#world = world
    this.#imports = imports
    this.#module = module
    this.contexts = new ContextPlan(module)
    this.resources = new ResourcePlan(this.contexts, (item) => this.#hostOf(item))
  }

  lifts(
    face: ExportedInterface<unknown>,
    functions: FuncDefs,
    defs: ReadonlyMap<string, ResourceDef>,
  ): LiftedInterface {
    const lifts = new Map<string, LiftSpec>()
    for (const name of Object.keys(face.functions)) {
      const func = functions.get(name)
      if (func !== undefined) lifts.set(name, this.#lift(func, name))
    }
    const resources = new Map<string, number>()
    for (const [name, slot] of Object.entries(face.resources ?? {})) {
      const def = defs.get(name)
      if (def !== undefined)
        resources.set(name, this.resources.exported(def, `${face.id.replace(/@.*$/, '')}#${name}`, slot))
    }
    return { functions: lifts, resources, contexts: [...new Set([...lifts.values()].map((lift) => lift.context))] }
  }

  #lift(func: FuncDef, name: string): LiftSpec {
    if (func.kind === 'import') throw this.#unsupported(`exporting the imported function ${name} as it is`)
    const { core, options, componentInstance, type } = func
    if (options.async) throw this.#unsupported(`the async function ${name}`)
    return {
      context: this.contexts.of(componentInstance, options),
      core: this.#coreExport(core, name),
      postReturn: options.postReturn && this.#coreExport(options.postReturn, name),
      isFlat: isFlatResult(type.result),
    }
  }

  step(step: Step): LinkStep {
    if (step.kind === 'start') throw this.#unsupported('a component-level start function')
    return { module: step.module, imports: this.#groups(step.imports), provides: [] }
  }

  #groups(imports: readonly CoreImport[]): ImportGroup[] {
    const groups = new Map<string, ImportGroup>()
    for (const { module, name, value } of imports) {
      let group = groups.get(module)
      if (group === undefined) groups.set(module, (group = { module, names: [], values: [] }))
      group.names.push(name)
      group.values.push(this.#value(value))
    }
    return [...groups.values()]
  }

  #value(def: CoreDef): LinkValue {
    switch (def.kind) {
      case 'core-export':
        return def
      case 'lower':
        return this.#lower(def)
      case 'resource-new':
      case 'resource-rep':
      case 'resource-drop': {
        return {
          kind: def.kind,
          resource: this.resources.of(def.resource),
          context: this.contexts.primary(def.componentInstance),
        }
      }
      case 'unsupported':
        return { kind: 'unsupported', context: this.contexts.primary(0), what: def.name }
      default:
        return def satisfies never
    }
  }

  #lower(def: Extract<CoreDef, { readonly kind: 'lower' }>): LinkValue {
    const { function: func, options, componentInstance } = def
    if (func.kind === 'lift') throw this.#unsupported(`the call of ${func.type.name} between two components inside it`)
    const { item, name = item } = func
    if (options.async) throw this.#unsupported(`the async call of ${name}`)
    const face = this.#imports.get(item)
    const imported = face?.functions[name]
    if (face === undefined || imported === undefined) throw new TypeError(`the world check let ${item} ${name} pass`)
    const host = this.#host(face, componentInstance)
    this.hosts[host]?.functions.set(name, imported)
    const resource = /^\[[a-z]+\]([^.]+)/.exec(name)?.[1]
    const member = resource === undefined ? undefined : face.resources?.[resource]?.member
    if (resource !== undefined && member !== undefined) this.hosts[host]?.classes?.set(member, resource)
    return { kind: 'lower', host, context: this.contexts.of(componentInstance, options), lower: imported.lower }
  }

  #host(face: ImportedInterface, componentInstance: number): number {
    const index = this.hosts.findIndex((host) => host.face === face)
    if (index >= 0) return index
    const context = this.contexts.primary(componentInstance)
    const spec = { face, bareKey: bareKey(this.#world, face), functions: new Map(), classes: new Map(), context }
    return this.hosts.push(spec) - 1
  }

  /** The host interface that serves an import name, for its resources. */
  #hostOf(item: string): { readonly index: number; readonly spec: HostSpec } | undefined {
    const faces = this.#world.imports
    const id =
      this.#imports.get(item)?.id ??
      matchingIds(
        item,
        faces.map((face) => face.id),
      )[0]
    const face = faces.find((f) => f.id === id)
    if (face === undefined) return undefined
    const index = this.#host(face, 0)
    const spec = this.hosts[index]
    return spec && { index, spec }
  }

  /** Notes at each step which contexts get their memory or allocator from it. */
  provideOptions(steps: readonly LinkStep[]): void {
    for (const [context, spec] of this.contexts.specs.entries()) {
      for (const option of ['memory', 'realloc'] as const) {
        const def = spec[option]
        if (def === undefined) continue
        const { instance, name } = this.#coreExport(def, option)
        steps[instance]?.provides.push({ context, option, name })
      }
    }
  }

  #coreExport(def: CoreDef, name: string): CoreExport {
    if (def.kind !== 'core-export') throw this.#unsupported(`${name} as a canonical built-in`)
    return def
  }

  #unsupported(what: string): WasmError {
    return new WasmError('Unsupported', this.#module, undefined, `${what} is not supported`)
  }
}
