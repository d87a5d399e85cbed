import { dealias } from '../ir/dealias.ts'
import { interfaceId } from '../ir/names.ts'
import type { Func, Interface, World, WorldItem } from '../ir/package.ts'
import type { ExternNode, Id, WorldNode } from './ast.ts'
import { elaborateWorld } from './elaborate-world.ts'
import { includeWorld } from './include-world.ts'
import { canonicalName, getterOf, NameScope, settersAfterGetters } from './name-scope.ts'
import type { Report } from './report.ts'
import { resolveFunction, resolveResourceFunction } from './resolve-function.ts'
import { resolveInterface } from './resolve-interface.ts'
import type { Finder } from './lookup.ts'
import type { TypeContext } from './resolve-type.ts'
import { resolveTypes } from './resolve-types.ts'
import { type Gate, gateText } from './scope.ts'

export interface WorldContext {
  readonly report: Report
  readonly gate: Gate
  /** False for a world behind a feature that is off. */
  readonly included: boolean
  readonly finder: Finder
}

/** Fills a world: its own items, then what it includes, then the interfaces that those need (`elaborateWorld`). */
export function resolveWorld(world: World, node: WorldNode, context: WorldContext): void {
  const { report, gate, finder } = context
  const typeItems = node.items.filter((item) => item.kind === 'use' || item.kind === 'type')
  const types = resolveTypes(typeItems, [], {
    report,
    gate,
    owner: world,
    included: context.included,
    findInterface: (use, included) => finder.interface(use.path, included),
  })
  const builder = new WorldBuilder(world, types, context)
  for (const [name, entry] of types.types) {
    if (entry.kind !== 'type') continue
    const { span } = entry.def
    if (span !== undefined) builder.names.import.define(name, span)
    if (entry.included) world.imports.set(name, { kind: 'type', type: entry.def, span })
  }
  for (const item of node.items) {
    if (item.kind === 'import' || item.kind === 'export') builder.add(item)
    else if (item.kind === 'type' && item.body.kind === 'resource') {
      const entry = types.types.get(item.id.name)
      if (entry?.kind !== 'type' || dealias(entry.def.type).kind !== 'resource') continue
      for (const func of item.body.functions) {
        const included = context.included && entry.included && gate.includes(func.stability, func.id.span)
        builder.addFunction(
          'import',
          func.id,
          resolveResourceFunction(func, entry.def, { ...types, included }),
          included,
        )
      }
    }
  }
  for (const item of node.items) {
    if (item.kind !== 'include') continue
    const included = context.included && gate.includes(item.stability, item.span)
    const from = finder.world(item.path, included)
    if (from === undefined || !included) continue
    if (!from.included)
      report.error('WIT0061', item.span, `the world \`${from.item.name}\` is ${gateText(from.item.stability)}`)
    else includeWorld(world, from.item, item, report)
  }
  checkNames(world, report)
  for (const items of [world.imports, world.exports]) {
    settersAfterGetters(items, (item) => (item.kind === 'function' ? item.function.name : undefined))
  }
  checkSetters(world, report)
  if (!report.failed) elaborateWorld(world, report)
}

class WorldBuilder {
  readonly names: { readonly import: NameScope; readonly export: NameScope }
  readonly #world: World
  readonly #types: Omit<TypeContext, 'included'>
  readonly #context: WorldContext
  readonly #interfaces = { import: new Set<Interface>(), export: new Set<Interface>() }

  constructor(world: World, types: Omit<TypeContext, 'included'>, context: WorldContext) {
    this.#world = world
    this.#types = types
    this.#context = context
    this.names = { import: new NameScope(context.report), export: new NameScope(context.report) }
  }

  /** Adds one `import` or `export`. */
  add({ kind, item, docs, stability, externalId }: ExternNode): void {
    const { report, gate, finder } = this.#context
    const span = item.kind === 'path' ? item.path.span : item.id.span
    const included = this.#context.included && gate.includes(stability, span)
    switch (item.kind) {
      case 'function':
        this.addFunction(
          kind,
          item.id,
          resolveFunction({ ...item, docs, stability, externalId }, { ...this.#types, included }),
          included,
        )
        return
      case 'inline': {
        const face: Interface = {
          name: undefined,
          package: this.#world.package,
          types: new Map(),
          functions: new Map(),
          docs,
          stability,
          span,
        }
        resolveInterface(face, item.items, {
          report,
          gate,
          owner: face,
          included,
          findInterface: (use, on) => finder.interface(use.path, on),
        })
        if (!this.names[kind].define(item.id.name, span) || !included) return
        this.#itemsOf(kind).set(item.id.name, { kind: 'interface', interface: face, stability, externalId, span })
        return
      }
      case 'path':
      case 'named': {
        const entry = finder.interface(item.path, included)
        if (item.kind === 'named' && !this.names[kind].define(item.id.name, span)) return
        if (entry === undefined) return
        const face = entry.item
        if (included && !entry.included) {
          report.error(
            'WIT0061',
            item.path.span,
            `the interface \`${face.name}\` is ${gateText(face.stability)}`,
            'put this item behind the same feature, or turn the feature on',
          )
        }
        if (item.kind === 'path') {
          if (this.#interfaces[kind].has(face)) {
            report.error('WIT0050', span, `the interface \`${face.name}\` is ${kind}ed twice`)
            return
          }
          this.#interfaces[kind].add(face)
        }
        if (!included) return
        const key = item.kind === 'path' ? (interfaceId(face) ?? '') : item.id.name
        this.#itemsOf(kind).set(key, { kind: 'interface', interface: face, stability, docs, externalId, span })
        return
      }
    }
  }

  addFunction(kind: 'import' | 'export', id: Id, func: Func, included: boolean): void {
    if (!this.names[kind].define(func.name, id.span) || !included) return
    this.#itemsOf(kind).set(func.name, { kind: 'function', function: func, externalId: func.externalId, span: id.span })
  }

  #itemsOf(kind: 'import' | 'export'): Map<string, WorldItem> {
    return kind === 'import' ? this.#world.imports : this.#world.exports
  }
}

/** After `include`, names of imports (and of exports) must still be strongly unique. */
function checkNames(world: World, report: Report): void {
  for (const [what, items] of [
    ['import', world.imports],
    ['export', world.exports],
  ] as const) {
    const seen = new Map<string, string>()
    for (const name of items.keys()) {
      if (name.includes(':')) continue
      const previous = seen.get(canonicalName(name))
      if (previous === undefined) seen.set(canonicalName(name), name)
      else
        report.error(
          'WIT0052',
          world.span,
          `after \`include\`, the ${what} \`${name}\` of the world \`${world.name}\` is too similar to \`${previous}\``,
          'rename one of them with `include … with { … as … }`',
        )
    }
  }
}

function checkSetters(world: World, report: Report): void {
  for (const items of [world.imports, world.exports]) {
    for (const item of items.values()) {
      if (item.kind !== 'function' || item.function.accessor !== 'setter') continue
      const getter = getterOf(item.function.name)
      if (!items.has(getter))
        report.error('WIT0047', item.span, `the setter \`${item.function.name}\` has no getter \`${getter}\``)
    }
  }
}
