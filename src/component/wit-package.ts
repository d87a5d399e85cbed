import type { Interface, Package, Resolve, TypeDef, World, WorldItem } from '../ir/index.ts'
import { planComponent } from './compile.ts'
import { readComponent } from './component.ts'
import { customSections } from './custom-sections.ts'
import { readDeclarations, type Declare } from './declarations.ts'
import type { Entity, TypeItem } from './entities.ts'
import { parseInterfaceName, type ExternName } from './extern-name.ts'
import { bindToHost, declare, typeDefOf, type Namespace } from './externs.ts'
import type { ExportItem, ImportItem } from './link-plan.ts'
import { documentPackage } from './package-docs.ts'
import { PlanBuilder } from './plan-builder.ts'
import { WitGraph } from './wit-graph.ts'

/**
 * Reads the WIT of a binary, with no source spans: of a component, its own world (named `root:component/root`); of a WIT
 * package encoded as a component (`wasm-tools component wit --wasm`, the `component-type` custom sections), the package
 * with all its interfaces, worlds and docs.
 *
 * @param graph where the packages are entered; given for several binaries, a package that more than one of them holds is one
 * @throws ComponentError when the bytes are no component, malformed, or use what is not supported
 */
export function readWitOfComponent(bytes: Uint8Array, graph: WitGraph = new WitGraph()): Resolve {
  const types = exportedComponentTypes(bytes)
  if (types === undefined) return componentWorld(bytes, graph)
  let root: Package | undefined
  for (const { name, item } of types.items) root = readItem(types.plan, graph, name, item) ?? root
  root ??= graph.package({ namespace: 'root', name: 'component', version: undefined })
  const [docs] = customSections(bytes, 'package-docs')
  if (docs !== undefined) documentPackage(root, docs.bytes)
  return graph.resolve(root)
}

type ComponentType = TypeItem & { readonly kind: 'component' }

interface Exported {
  readonly name: ExternName
  readonly item: ComponentType
}

/** The exported component types of an encoded WIT package; undefined for a component that is none. */
function exportedComponentTypes(
  bytes: Uint8Array,
): { readonly plan: PlanBuilder; readonly items: readonly Exported[] } | undefined {
  const plan = new PlanBuilder(bytes)
  const items: Exported[] = []
  let others = 0
  const space = namespace(plan.world)
  readComponent(plan, plan.reader(), undefined, undefined, {
    exports: space,
    onImport: (r, name, type) => {
      others++
      const entity = declare(plan, r, name, type, space, undefined)
      bindToHost(plan, r, entity, name.id, undefined)
      return entity
    },
    onExport: (_, name, entity) => {
      if (entity.sort === 'type' && entity.item.kind === 'component') items.push({ name, item: entity.item })
      else others++
    },
  })
  return items.length > 0 && others === 0 ? { plan, items } : undefined
}

const namespace = (owner: Interface | World): Namespace => ({
  owner,
  types: new Map<string, TypeDef>(),
  functions: new Map(),
})

/** One item of an encoded package: its only export is an interface, or a component whose type is a world. */
function readItem(plan: PlanBuilder, graph: WitGraph, name: ExternName, item: ComponentType): Package | undefined {
  const r = plan.reader(item.offset)
  const space = namespace(plan.world)
  let home: Package | undefined
  const declared = (extern: ExternName, entity: Entity, whole: boolean): void => {
    if (entity.sort !== 'instance') return
    const read = plan.name(entity.face, extern.id)
    const owner = graph.package(read.package.name)
    if (whole) {
      graph.declaration(read, owner)
      home = owner
    } else graph.interface(read, owner)
  }
  const onExtern =
    (whole: boolean): Declare =>
    (extern, type) => {
      const entity = declare(plan, r, extern, type, space, undefined)
      declared(extern, entity, whole)
      if (whole && type.sort === 'component' && type.type.kind === 'component') {
        home = readWorld(plan, graph, extern, type.type)
      }
      return entity
    }
  readDeclarations(plan, r, item.scope, onExtern(false), onExtern(true))
  return home ?? r.fail('CMP1005', `expected \`${name.name}\` to export an interface or a world`, item.offset)
}

function readWorld(plan: PlanBuilder, graph: WitGraph, name: ExternName, item: ComponentType): Package {
  const r = plan.reader(item.offset)
  const id = parseInterfaceName(name.id) ?? r.fail('CMP1005', `expected \`${name.id}\` to name a world`, name.offset)
  const world = graph.world(id.package, id.name, undefined)
  const side = (items: Map<string, WorldItem>): Declare => {
    const space = namespace(world)
    return (extern, type) => {
      const entity = declare(plan, r, extern, type, space, undefined)
      const found = worldItem(plan, graph, world, extern, entity)
      if (found !== undefined) items.set(extern.id, found)
      return entity
    }
  }
  readDeclarations(plan, r, item.scope, side(world.imports), side(world.exports))
  return world.package
}

const UNPLACED = { span: undefined } as const

function worldItem(
  plan: PlanBuilder,
  graph: WitGraph,
  world: World,
  { id, implements: named, externalId }: ExternName,
  entity: Entity,
): WorldItem | undefined {
  if (entity.sort === 'instance') {
    const face = graph.interface(plan.name(entity.face, named ?? id), world.package)
    return { kind: 'interface', interface: face, stability: { level: 'unknown' }, externalId, ...UNPLACED }
  }
  if (entity.sort === 'func') {
    return { kind: 'function', function: graph.func(entity.func.type), externalId, ...UNPLACED }
  }
  const def = entity.sort === 'type' ? typeDefOf(entity.item) : undefined
  return def && { kind: 'type', type: graph.def(def), ...UNPLACED }
}

/** The world of a component that runs: what it imports and exports. */
function componentWorld(bytes: Uint8Array, graph: WitGraph): Resolve {
  const plan = planComponent(bytes)
  const world = graph.world(plan.world.package.name, plan.world.name, plan.world)
  for (const [id, item] of plan.imports) enter(graph, world, world.imports, id, item)
  for (const [id, item] of plan.exports) enter(graph, world, world.exports, id, item)
  return graph.resolve(world.package)
}

function enter(
  graph: WitGraph,
  world: World,
  items: Map<string, WorldItem>,
  id: string,
  item: ImportItem | ExportItem,
): void {
  const common = { externalId: undefined, ...UNPLACED }
  if (item.kind === 'interface') {
    const face = graph.interface(item.interface, world.package)
    items.set(id, { kind: 'interface', interface: face, stability: { level: 'unknown' }, ...common })
  } else if (item.kind === 'function') {
    const func = 'type' in item.function ? item.function.type : item.function
    items.set(id, { kind: 'function', function: graph.func(func), ...common })
  } else if (item.kind === 'type') items.set(id, { kind: 'type', type: graph.def(item.type), ...UNPLACED })
}
