import type { CanonOptions, CoreDef, CoreImport, FuncDef, LinkPlan, ResourceDef, Step } from '../component/link-plan.ts'
import { NO_OPTIONS } from '../component/no-options.ts'
import type { TypeDef } from '../ir/index.ts'
import { ContextPlan } from './context-plan.ts'
import type { ExportFace, ImportFace, WorldDescriptor } from './descriptor.ts'
import type { DynamicChunk, DynamicLinker } from './dynamic/linker.ts'
import type { RelayPlan } from './dynamic/relay-plan.ts'
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
  StartStep,
} from './link-program.ts'
import { provideOptions } from './provide-options.ts'
import { ResourcePlan } from './resource-plan.ts'
import { matchingIds } from './versions.ts'
import { checkWorld, type FuncDefs, type IsGiven, type WorldFit } from './world-check.ts'

/**
 * Checks a component against a world and works out how to link it.
 *
 * @param isGiven tells which imports the host gives although the world lacks them
 * @param dynamic the dynamic codec, where it has been loaded
 * @throws WasmError `WorldMismatch` or `LinkError` when it does not fit, `Unsupported` where it needs what is not served
 */
export function prepareLink(
  world: WorldDescriptor,
  plan: LinkPlan,
  module: string,
  isGiven: IsGiven,
  dynamic: DynamicChunk | undefined,
): LinkProgram {
  return linkProgram(checkWorld(world, plan, module, isGiven), plan, module, dynamic)
}

/**
 * Works out how to link a component, once it is known what serves its imports and which of its exports are wanted.
 *
 * @throws WasmError `Unsupported` where it needs what is not served
 */
export function linkProgram(
  fit: WorldFit,
  plan: LinkPlan,
  module: string,
  dynamic: DynamicChunk | undefined,
): LinkProgram {
  const preparation = new Preparation(fit, plan, module, dynamic)
  const exports = new Map<ExportFace, LiftedInterface>()
  // Exports first: their options become the primary contexts, which have the faster state.
  for (const [face, functions] of fit.exports) {
    exports.set(face, preparation.lifts(face, functions, fit.resources.get(face) ?? new Map()))
  }
  // Also those that no core module imports anything of: their objects may be passed all the same.
  for (const def of plan.resources.values()) if (def.kind === 'import') preparation.resources.of(def)
  const steps = plan.steps.map((step) => preparation.step(step))
  provideOptions(preparation.contexts.specs, steps, (def, option) => preparation.coreExport(def, option))
  steps.push(...preparation.relays())
  const { contexts, hosts, resources } = preparation
  return {
    contexts: contexts.specs,
    hosts,
    steps,
    exports,
    resources: resources.specs,
    slots: resources.slots,
    extras: fit.extras,
  }
}

class Preparation {
  readonly contexts: ContextPlan
  readonly hosts: HostSpec[] = []
  readonly resources: ResourcePlan
  #relays: RelayPlan | undefined
  readonly #imports: Map<string, ImportFace>
  readonly #faces: readonly ImportFace[]
  readonly #plan: LinkPlan
  readonly #module: string
  readonly #dynamic: DynamicChunk | undefined
  #linker: DynamicLinker | undefined

  constructor(fit: WorldFit, plan: LinkPlan, module: string, dynamic: DynamicChunk | undefined) {
    this.#plan = plan
    this.#module = module
    this.#dynamic = dynamic
    this.#imports = new Map(fit.imports)
    const extras = [...fit.extras.keys()].map((item) => {
      const face = this.#chunk(`the import ${item}, which the world does not have,`).importFace(item, plan)
      this.#imports.set(item, face)
      return face
    })
    this.#faces = [...fit.faces, ...extras]
    this.contexts = new ContextPlan(plan.steps)
    this.resources = new ResourcePlan(this.contexts, (item) => this.#hostOf(item))
  }

  lifts(face: ExportFace, functions: FuncDefs, defs: ReadonlyMap<string, ResourceDef>): LiftedInterface {
    const lifts = new Map<string, LiftSpec>()
    for (const name of Object.keys(face.functions)) {
      const func = functions.get(name)
      if (func !== undefined) lifts.set(name, this.#lift(func, name))
    }
    const resources = new Map<string, number>()
    const declared = face.face === undefined ? Object.keys(face.resources ?? {}) : face.face.resources.keys()
    const base = face.id.replace(/@.*$/, '')
    for (const name of declared) {
      const def = defs.get(name)
      if (def?.kind === 'import') throw this.#unsupported(`exporting the imported resource ${name} as it is`)
      if (def !== undefined)
        resources.set(name, this.resources.exported(def, `${base}#${name}`, face.resources?.[name]))
    }
    const contexts = [...new Set([...lifts.values()].map((lift) => lift.context))]
    const bind = face.face && this.#link(`the exports of ${face.id}`).exportFace(face.face)
    return { functions: lifts, resources, contexts, bind }
  }

  #lift(func: FuncDef, name: string): LiftSpec {
    if (func.kind === 'import') {
      if (name.startsWith('[')) throw this.#unsupported(`exporting the imported ${name} as it is`)
      return this.#relay(name).lift(func, (def) => this.#lower(def))
    }
    const { core, options, componentInstance, type } = func
    if (options.async) throw this.#unsupported(`the async function ${name}`)
    return {
      context: this.#context(componentInstance, options),
      core: this.coreExport(core, name),
      postReturn: options.postReturn && this.coreExport(options.postReturn, name),
      isFlat: isFlatResult(type.result),
    }
  }

  step(step: Step): LinkStep {
    if (step.kind === 'start') return this.#start(step)
    return { kind: 'instantiate', module: step.module, imports: this.#groups(step.imports), provides: [] }
  }

  #start({ function: func, componentInstance }: Extract<Step, { readonly kind: 'start' }>): StartStep {
    if (func.kind === 'import') {
      const call = this.#lower({ kind: 'lower', function: func, options: NO_OPTIONS, componentInstance })
      return { kind: 'start', context: this.contexts.primary(componentInstance), call, postReturn: undefined }
    }
    const { context, core, postReturn } = this.#lift(func, 'the start function')
    return { kind: 'start', context, call: core, postReturn }
  }

  /** The steps that come after all others. */
  relays(): readonly LinkStep[] {
    return this.#relays?.steps() ?? []
  }

  #relay(name: string): RelayPlan {
    const { RelayPlan } = this.#chunk(`the export of the imported function ${name}`)
    return (this.#relays ??= new RelayPlan(this.#plan, this.contexts))
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
    if (options.async) throw this.#unsupported(`the async call of ${func.type.name}`)
    if (func.kind === 'lift') return this.#inner(func, this.#context(componentInstance, options))
    const { item, name = item } = func
    const face = this.#imports.get(item)
    const imported = face?.functions[name]
    if (face === undefined || imported === undefined) throw new TypeError(`the world check let ${item} ${name} pass`)
    const host = this.#host(face, componentInstance)
    this.hosts[host]?.functions.set(name, imported)
    const resource = /^\[[a-z]+\]([^.]+)/.exec(name)?.[1]
    const member = resource === undefined ? undefined : face.resources?.[resource]?.member
    if (resource !== undefined && member !== undefined) this.hosts[host]?.classes?.set(member, resource)
    const lower =
      imported.lower ?? this.#link(`the import ${name}`).importFunction(func.type, name, face.id, imported.member)
    const full = face.id === '' ? name : `${face.id}#${name}`
    return { kind: 'lower', name: full, host, context: this.#context(componentInstance, options), lower }
  }

  /** A call from one inner component to another. */
  #inner(func: Extract<FuncDef, { readonly kind: 'lift' }>, context: number): LinkValue {
    const { core, options, componentInstance, type } = func
    const name = type.name
    if (options.async) throw this.#unsupported(`the async function ${name}`)
    return {
      kind: 'inner',
      context,
      callee: this.#context(componentInstance, options),
      core: this.coreExport(core, name),
      postReturn: options.postReturn && this.coreExport(options.postReturn, name),
      connect: this.#link(`the call of ${name} between two components inside it`).innerCall(type),
    }
  }

  /** The number of the context for functions of a component instance with these options. */
  #context(componentInstance: number, options: CanonOptions): number {
    if (options.memory !== undefined && options.stringEncoding !== 'utf8') {
      this.#chunk(`a guest with strings in ${options.stringEncoding}`)
    }
    return this.contexts.of(componentInstance, options)
  }

  #host(face: ImportFace, componentInstance: number): number {
    const index = this.hosts.findIndex((host) => host.face === face)
    if (index >= 0) return index
    const ids = this.#faces.map((other) => other.id)
    const spec: HostSpec = {
      face,
      bareKey: bareKey(ids, face.id),
      functions: new Map(),
      classes: new Map(),
      context: this.contexts.primary(componentInstance),
    }
    return this.hosts.push(spec) - 1
  }

  /** The host interface that serves an import name, for its resources. */
  #hostOf(item: string): { readonly index: number; readonly spec: HostSpec } | undefined {
    const face = this.#imports.get(item) ?? this.#faceOf(item)
    if (face === undefined) return undefined
    const index = this.#host(face, 0)
    const spec = this.hosts[index]
    return spec && { index, spec }
  }

  #faceOf(item: string): ImportFace | undefined {
    const ids = this.#faces.map((face) => face.id)
    const [id] = matchingIds(item, ids)
    return this.#faces.find((face) =>
      id === undefined ? face.id === '' && Object.hasOwn(face.resources ?? {}, item) : face.id === id,
    )
  }

  coreExport(def: CoreDef, name: string): CoreExport {
    if (def.kind !== 'core-export') throw this.#unsupported(`${name} as a canonical built-in`)
    return def
  }

  #chunk(what: string): DynamicChunk {
    if (this.#dynamic !== undefined) return this.#dynamic
    const text =
      `${what} needs the dynamic codec, which is loaded when a guest is compiled: ` +
      'compile it with the `compile` of the world, or with that of witgen/runtime'
    throw new WasmError('Unsupported', this.#module, undefined, text)
  }

  #link(what: string): DynamicLinker {
    const numberOf = (def: TypeDef): number => {
      let at = def
      while (at.type.kind === 'ref') at = at.type.def
      const resource = this.#plan.resources.get(at)
      if (resource === undefined) throw new RangeError(`the link plan has no resource ${def.name}`)
      return this.resources.of(resource)
    }
    return (this.#linker ??= new (this.#chunk(what).DynamicLinker)(numberOf, this.#module))
  }

  #unsupported(what: string): WasmError {
    return new WasmError('Unsupported', this.#module, undefined, `${what} is not supported`)
  }
}
