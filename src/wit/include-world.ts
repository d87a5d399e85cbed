import type { Stability } from '../ir/docs.ts'
import type { Func, Interface, World, WorldItem } from '../ir/package.ts'
import type { Type, TypeDef } from '../ir/types.ts'
import type { IncludeNode } from './ast.ts'
import type { Report } from './report.ts'
import { didYouMean } from '../diagnostics/suggest.ts'

/** Copies the imports and exports of one world into another, renamed as `with { … }` says (WIT.md, "Union of Worlds with include"). */
export function includeWorld(world: World, from: World, node: IncludeNode, report: Report): void {
  const names = [...from.imports.keys(), ...from.exports.keys()].filter((name) => !name.includes(':'))
  for (const { id } of node.names) {
    if (names.some((name) => rename(name, id.name, id.name) !== undefined)) continue
    report.error(
      'WIT0051',
      id.span,
      `the world \`${from.name}\` has no import or export \`${id.name}\` to rename`,
      didYouMean(id.name, names) ?? 'interfaces with a full name cannot be renamed',
    )
  }
  const copier = new Copier(from, world, world)
  for (const [what, source, target] of [
    ['import', from.imports, world.imports],
    ['export', from.exports, world.exports],
  ] as const) {
    for (const [key, item] of source) {
      if (key.includes(':')) {
        const previous = target.get(key)
        target.set(key, mergeInterface(item, previous ?? item, world.package !== from.package, node, report))
        continue
      }
      const name = renamed(key, node)
      if (target.has(name)) {
        report.error(
          'WIT0052',
          node.span,
          `the ${what} \`${name}\` of the included world \`${from.name}\` is there already`,
          `rename it: \`with { ${name} as … }\``,
        )
      } else {
        target.set(name, copier.item(item, name))
      }
    }
  }
}

function renamed(key: string, node: IncludeNode): string {
  for (const { id, as } of node.names) {
    const name = rename(key, id.name, as.name)
    if (name !== undefined) return name
  }
  return key
}

/** `from` as the whole label, or as the resource of `[method]from.f`; undefined if it is neither. */
function rename(key: string, from: string, to: string): string | undefined {
  const prefix = /^(?:\[[^\]]*\])*/.exec(key)?.[0] ?? ''
  const [label, member] = key.slice(prefix.length).split('.')
  if (label !== from) return undefined
  return member === undefined ? `${prefix}${to}` : `${prefix}${to}.${member}`
}

/** One interface from both sides: what is known of its stability wins; that of another package's versions means nothing here. */
function mergeInterface(
  from: WorldItem,
  into: WorldItem,
  external: boolean,
  node: IncludeNode,
  report: Report,
): WorldItem {
  if (from.kind !== 'interface' || into.kind !== 'interface') return into
  const stability = ((): Stability => {
    if (external && from.stability.level === 'stable') return { level: 'unknown' }
    if (from.stability.level === 'unknown' || JSON.stringify(from.stability) === JSON.stringify(into.stability))
      return into.stability
    if (into.stability.level === 'unknown') return from.stability
    report.error(
      'WIT0052',
      node.span,
      `\`${from.interface.name ?? ''}\` has other \`@since\` or \`@unstable\` attributes in the included world`,
    )
    return into.stability
  })()
  return { ...into, stability }
}

/** Copies what a world (or an inline interface) owns; types of other interfaces stay what they are. */
class Copier {
  readonly #from: Interface | World
  readonly #into: Interface | World
  readonly #world: World
  readonly #types: Map<TypeDef, TypeDef>

  constructor(
    from: Interface | World,
    into: Interface | World,
    world: World,
    types: Map<TypeDef, TypeDef> = new Map(),
  ) {
    this.#from = from
    this.#into = into
    this.#world = world
    this.#types = types
  }

  item(item: WorldItem, name: string): WorldItem {
    switch (item.kind) {
      case 'type':
        return { ...item, type: this.#def(item.type, name) }
      case 'function':
        return { ...item, function: { ...this.#func(item.function), name } }
      case 'interface':
        return item.interface.name === undefined ? { ...item, interface: this.#interface(item.interface) } : item
    }
  }

  #interface(face: Interface): Interface {
    const copy: Interface = {
      ...face,
      package: this.#world.package,
      types: new Map(),
      functions: new Map(),
      cloneOf: face,
    }
    const inner = new Copier(face, copy, this.#world, this.#types)
    for (const [name, def] of face.types) copy.types.set(name, inner.#def(def, name))
    for (const [name, func] of face.functions) copy.functions.set(name, inner.#func(func))
    return copy
  }

  #def(def: TypeDef, name = def.name): TypeDef {
    const known = this.#types.get(def)
    if (known !== undefined) return known
    if (def.owner !== this.#from) return def
    const copy: TypeDef = { ...def, name, owner: this.#into }
    this.#types.set(def, copy)
    copy.type = this.#type(def.type)
    return copy
  }

  #func(func: Func): Func {
    return {
      ...func,
      kind:
        func.kind.kind === 'freestanding'
          ? func.kind
          : { kind: func.kind.kind, resource: this.#def(func.kind.resource) },
      params: func.params.map((param) => ({ ...param, type: this.#type(param.type) })),
      result: this.#optional(func.result),
    }
  }

  #optional(type: Type | undefined): Type | undefined {
    return type === undefined ? undefined : this.#type(type)
  }

  #type(type: Type): Type {
    switch (type.kind) {
      case 'ref':
        return { kind: 'ref', def: this.#def(type.def) }
      case 'own':
      case 'borrow':
        return { kind: type.kind, resource: this.#def(type.resource) }
      case 'list':
        return { ...type, element: this.#type(type.element) }
      case 'fixed-length-list':
        return { ...type, element: this.#type(type.element) }
      case 'stream':
      case 'future':
        return { ...type, element: this.#optional(type.element) }
      case 'map':
        return { ...type, key: this.#type(type.key), value: this.#type(type.value) }
      case 'option':
        return { ...type, some: this.#type(type.some) }
      case 'result':
        return { ...type, ok: this.#optional(type.ok), err: this.#optional(type.err) }
      case 'tuple':
        return { ...type, types: type.types.map((t) => this.#type(t)) }
      case 'record':
        return { ...type, fields: type.fields.map((f) => ({ ...f, type: this.#type(f.type) })) }
      case 'variant':
        return { ...type, cases: type.cases.map((c) => ({ ...c, type: this.#optional(c.type) })) }
      default:
        return type
    }
  }
}
