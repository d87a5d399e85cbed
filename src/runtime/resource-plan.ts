import type { CoreDef, ResourceDef } from '../component/link-plan.ts'
import type { ContextPlan } from './context-plan.ts'
import type { CoreExport, HostSpec, ResourceSpec, SlotSpec } from './link-program.ts'

/** Finds the host interface that serves an import name. */
export type FindHost = (item: string) => { readonly index: number; readonly spec: HostSpec } | undefined

/** Numbers the resource types of an instance, each once, and puts them into the slots that generated code reads. */
export class ResourcePlan {
  readonly specs: ResourceSpec[] = []
  readonly slots: SlotSpec[] = []
  readonly #indices: Map<ResourceDef, number> = new Map()
  readonly #contexts: ContextPlan
  readonly #findHost: FindHost

  constructor(contexts: ContextPlan, findHost: FindHost) {
    this.#contexts = contexts
    this.#findHost = findHost
  }

  /** A resource that the world exports: its slot is that of the exported interface. */
  exported(def: ResourceDef, name: string, slot: number | undefined): number {
    const index = this.#indices.get(def) ?? this.#add(def, this.#spec(def, name))
    if (slot === undefined) return index
    const known = this.slots.findIndex((s) => s.slot === slot)
    if (known >= 0) this.slots.splice(known, 1)
    this.slots.push({ slot, resource: index })
    return index
  }

  of(def: ResourceDef): number {
    return this.#indices.get(def) ?? this.#add(def, this.#spec(def, def.type.name))
  }

  #add(def: ResourceDef, spec: ResourceSpec): number {
    const index = this.specs.push(spec) - 1
    this.#indices.set(def, index)
    if (def.kind === 'import') this.#fill(def, index)
    return index
  }

  #spec(def: ResourceDef, name: string): ResourceSpec {
    if (def.kind === 'defined') {
      return { kind: 'guest', name, context: this.#contexts.primary(def.componentInstance), dtor: coreExport(def.dtor) }
    }
    const { item, name: resource = item } = def
    const host = this.#findHost(item)
    const member = host?.spec.face.resources?.[resource]?.member ?? ''
    if (member !== '') host?.spec.classes?.set(member, resource)
    return { kind: 'host', name: `${item.replace(/@.*$/, '')}#${resource}`, host: host?.index ?? -1, member }
  }

  /** What is imported is seen under its own slot, and by exports too, unless the world exports the resource itself. */
  #fill(def: Extract<ResourceDef, { readonly kind: 'import' }>, index: number): void {
    const { item, name: resource = item } = def
    for (const slot of this.#findHost(item)?.spec.face.resources?.[resource]?.slots ?? []) {
      if (!this.slots.some((s) => s.slot === slot)) this.slots.push({ slot, resource: index })
    }
  }
}

function coreExport(def: CoreDef | undefined): CoreExport | undefined {
  return def?.kind === 'core-export' ? def : undefined
}
