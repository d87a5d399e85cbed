import type { Docs, Stability } from '../ir/docs.ts'
import { packageId } from '../ir/names.ts'
import type { Func, Interface, Package, Resolve, World, WorldItem } from '../ir/package.ts'
import type { Type, TypeDef } from '../ir/types.ts'
import { anonymousStability } from './anonymous-stability.ts'

export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json }
type JsonObject = { readonly [key: string]: Json }

/** What `resolveToJson` gives: four arrays that refer to each other by index. */
export interface ResolveJson {
  readonly worlds: readonly Json[]
  readonly interfaces: readonly Json[]
  readonly types: readonly Json[]
  readonly packages: readonly Json[]
}

/**
 * Resolved packages in the JSON shape of `wasm-tools component wit --json`. The numbers are our own: packages in the order
 * of `resolve`, everything else where it is met first.
 */
export function resolveToJson(resolve: Resolve): ResolveJson {
  return new Writer(resolve).write()
}

/** Numbers objects in the order they come. */
class Arena<K> {
  readonly items: Json[] = []
  readonly #ids: Map<K, number> = new Map()

  get(key: K, build: () => Json): number {
    const known = this.#ids.get(key)
    if (known !== undefined) return known
    const id = this.items.push(null) - 1
    this.#ids.set(key, id)
    this.items[id] = build()
    return id
  }
}

const unknown: Stability = { level: 'unknown' }

const docsJson = (docs: Docs): JsonObject => (docs === undefined ? {} : { docs: { contents: docs } })
const externalIdJson = (id: string | undefined): JsonObject => (id === undefined ? {} : { external_id: id })

function stabilityJson(stability: Stability): JsonObject {
  if (stability.level === 'unknown') return {}
  const { deprecated } = stability
  const gone = deprecated === undefined ? {} : { deprecated }
  return stability.level === 'stable'
    ? { stability: { stable: { since: stability.since, ...gone } } }
    : { stability: { unstable: { feature: stability.feature, ...gone } } }
}

class Writer {
  readonly #resolve: Resolve
  readonly #worlds: Arena<World> = new Arena()
  readonly #interfaces: Arena<Interface> = new Arena()
  readonly #types: Arena<TypeDef | string> = new Arena()
  /** The stability of anonymous types, by their nodes and by what they are made of. */
  readonly #shared: Map<Type | string, Stability> = new Map()
  #current: Package

  constructor(resolve: Resolve) {
    this.#resolve = resolve
    this.#current = resolve.root
  }

  write(): ResolveJson {
    const packages = this.#resolve.packages.map((p) => ({
      name: packageId(p.name),
      ...docsJson(p.docs),
      interfaces: Object.fromEntries([...p.interfaces].map(([name, face]) => [name, this.#interface(face)])),
      worlds: Object.fromEntries([...p.worlds].map(([name, world]) => [name, this.#world(world)])),
    }))
    return { worlds: this.#worlds.items, interfaces: this.#interfaces.items, types: this.#types.items, packages }
  }

  #package(p: Package): number {
    return this.#resolve.packages.indexOf(p)
  }

  /** Runs `build` with the package in which equal anonymous types are one. */
  #within<T>(p: Package, build: () => T): T {
    const outer = this.#current
    this.#current = p
    const result = build()
    this.#current = outer
    return result
  }

  #interface(face: Interface): number {
    return this.#interfaces.get(face, () =>
      this.#within(face.package, () => ({
        name: face.name ?? null,
        types: Object.fromEntries([...face.types].map(([name, def]) => [name, this.#def(def)])),
        functions: Object.fromEntries([...face.functions].map(([name, func]) => [name, this.#func(func)])),
        ...docsJson(face.docs),
        ...stabilityJson(face.stability),
        package: this.#package(face.package),
        ...(face.cloneOf === undefined ? {} : { clone_of: this.#interface(face.cloneOf) }),
      })),
    )
  }

  #world(world: World): number {
    return this.#worlds.get(world, () =>
      this.#within(world.package, () => {
        const items = (map: ReadonlyMap<string, WorldItem>): Json =>
          Object.fromEntries([...map].map(([key, item]) => this.#worldItem(key, item)))
        return {
          name: world.name,
          imports: items(world.imports),
          exports: items(world.exports),
          package: this.#package(world.package),
          ...docsJson(world.docs),
          ...stabilityJson(world.stability),
        }
      }),
    )
  }

  #worldItem(key: string, item: WorldItem): [string, Json] {
    switch (item.kind) {
      case 'type':
        return [key, { type: this.#def(item.type) }]
      case 'function':
        return [key, { function: this.#func(item.function) }]
      case 'interface': {
        const id = this.#interface(item.interface)
        const face = {
          id,
          ...stabilityJson(item.stability),
          ...externalIdJson(item.externalId),
          ...docsJson(item.docs),
        }
        return [key.includes(':') ? `interface-${id}` : key, { interface: face }]
      }
    }
  }

  #func(func: Func): Json {
    return {
      name: func.name,
      kind: this.#funcKind(func),
      params: func.params.map((p) => ({ name: p.name, type: this.#type(p.type, unknown) })),
      ...(func.result === undefined ? {} : { result: this.#type(func.result, unknown) }),
      ...docsJson(func.docs),
      ...stabilityJson(func.stability),
      ...externalIdJson(func.externalId),
    }
  }

  #funcKind({ kind, async, accessor }: Func): Json {
    if (kind.kind === 'freestanding') return accessor ?? (async ? 'async-freestanding' : 'freestanding')
    const name = accessor === undefined ? `${async ? 'async-' : ''}${kind.kind}` : `${kind.kind}-${accessor}`
    return { [name]: this.#def(kind.resource) }
  }

  #def(def: TypeDef): number {
    return this.#types.get(def, () => ({
      name: def.name,
      kind: def.type.kind === 'ref' ? { type: this.#def(def.type.def) } : this.#kind(def.type, def.stability),
      owner: 'types' in def.owner ? { interface: this.#interface(def.owner) } : { world: this.#world(def.owner) },
      ...docsJson(def.docs),
      ...stabilityJson(def.stability),
      ...externalIdJson(def.externalId),
    }))
  }

  /** A type where it is used: the name of a primitive, or a number; equal anonymous types have one. */
  #type(type: Type, inherited: Stability): Json {
    if (type.kind === 'ref') return this.#def(type.def)
    const kind = this.#kind(type, inherited)
    if (typeof kind === 'object' && kind !== null && 'type' in kind) return kind['type'] as Json
    const key = JSON.stringify([this.#package(this.#current), kind])
    const stability = this.#isBinary(this.#current) ? unknown : this.#stability(type, inherited, key)
    return this.#types.get(key, () => ({ name: null, kind, owner: null, ...stabilityJson(stability) }))
  }

  /** Equal anonymous types have one stability: that of the first. */
  #stability(type: Type, inherited: Stability, key: string): Stability {
    const shared = this.#shared.get(key) ?? anonymousStability(type, inherited, (part) => this.#shared.get(part))
    this.#shared.set(key, shared)
    this.#shared.set(type, shared)
    return shared
  }

  /** In binary form, what has no name has no stability; the reference tool gives it none, and nor do we. */
  #isBinary({ interfaces, worlds }: Package): boolean {
    return [...interfaces.values(), ...worlds.values()].every((item) => item.span === undefined)
  }

  #kind(type: Type, inherited: Stability): Json {
    const inner = (t: Type): Json => this.#type(t, inherited)
    const optional = (t: Type | undefined): Json => (t === undefined ? null : inner(t))
    switch (type.kind) {
      case 'ref':
        return { type: this.#def(type.def) }
      case 'resource':
        return 'resource'
      case 'record':
        return {
          record: { fields: type.fields.map((f) => ({ name: f.name, type: inner(f.type), ...docsJson(f.docs) })) },
        }
      case 'variant':
        return {
          variant: { cases: type.cases.map((c) => ({ name: c.name, type: optional(c.type), ...docsJson(c.docs) })) },
        }
      case 'enum':
        return { enum: { cases: type.cases.map((c) => ({ name: c.name, ...docsJson(c.docs) })) } }
      case 'flags':
        return { flags: { flags: type.flags.map((f) => ({ name: f.name, ...docsJson(f.docs) })) } }
      case 'tuple':
        return { tuple: { types: type.types.map(inner) } }
      case 'option':
        return { option: inner(type.some) }
      case 'result':
        return { result: { ok: optional(type.ok), err: optional(type.err) } }
      case 'list':
        return { list: inner(type.element) }
      case 'fixed-length-list':
        return { 'fixed-length-list': [inner(type.element), type.length] }
      case 'map':
        return { map: [inner(type.key), inner(type.value)] }
      case 'own':
      case 'borrow':
        return { handle: { [type.kind]: this.#def(type.resource) } }
      case 'stream':
      case 'future':
        return { [type.kind]: optional(type.element) }
      default:
        return { type: type.kind }
    }
  }
}
