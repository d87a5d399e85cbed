import { interfaceId } from '../ir/names.ts'
import type { Interface, World, WorldItem } from '../ir/package.ts'
import type { TypeDef } from '../ir/types.ts'
import type { Report } from './report.ts'

type InterfaceItem = Extract<WorldItem, { kind: 'interface' }>

/** The interface that a name comes from by `use`; undefined for types defined where they stand. */
function usedFrom(def: TypeDef): Interface | undefined {
  if (def.type.kind !== 'ref' || def.type.def.owner === def.owner) return undefined
  const { owner } = def.type.def
  return 'types' in owner ? owner : undefined
}

/** The interfaces whose types an interface uses, in order; one may come more than once. */
function directDeps(face: Interface): Interface[] {
  return [...face.types.values()].flatMap((def) => usedFrom(def) ?? [])
}

function keyOf(face: Interface): string {
  return interfaceId(face) ?? ''
}

/** Interfaces, then used types, then own types, then functions, then those of resources. */
function rank(item: WorldItem): number {
  if (item.kind === 'interface') return 0
  if (item.kind === 'type') return usedFrom(item.type) === undefined ? 2 : 1
  return item.function.kind.kind === 'freestanding' ? 3 : 4
}

function sorted(items: Iterable<[string, WorldItem]>): [string, WorldItem][] {
  return [...items].sort(([, a], [, b]) => rank(a) - rank(b))
}

/**
 * Lists the interfaces that a world needs without naming them: those whose types its imports and exports use become
 * imports, each before what uses it. A world whose exports would need one interface both imported and exported is
 * reported (WIT.md, "Worlds"; component-model issue 208).
 */
export function elaborateWorld(world: World, report: Report): void {
  const imports = new Map<string, WorldItem>()
  const addImport = (key: string, item: InterfaceItem): void => {
    if (imports.has(key)) return
    for (const dep of directDeps(item.interface)) addImport(keyOf(dep), implied(dep, item.stability))
    imports.set(key, item)
  }
  for (const [key, item] of sorted(world.imports)) {
    if (item.kind === 'interface') addImport(key, item)
    else {
      const dep = item.kind === 'type' ? usedFrom(item.type) : undefined
      if (dep !== undefined && item.kind === 'type') addImport(keyOf(dep), implied(dep, item.type.stability))
      imports.set(key, item)
    }
  }
  const exports = elaborateExports(world, imports, report)
  world.imports.clear()
  for (const entry of sorted(imports)) world.imports.set(...entry)
  world.exports.clear()
  for (const entry of exports) world.exports.set(...entry)
}

function implied(face: Interface, stability: InterfaceItem['stability'], externalId?: string): InterfaceItem {
  return { kind: 'interface', interface: face, stability, externalId, span: undefined }
}

function elaborateExports(world: World, imports: Map<string, WorldItem>, report: Report): Map<string, WorldItem> {
  const exports = new Map<string, WorldItem>()
  const wanted = new Map<string, InterfaceItem>()
  for (const [key, item] of world.exports) {
    if (item.kind === 'interface') wanted.set(key, item)
    else exports.set(key, item)
  }
  const required = new Set<Interface>()
  // False where `item` is needed as an import although it is exported too.
  const add = (key: string, item: InterfaceItem, asExport: boolean): boolean => {
    if (exports.has(key)) return asExport
    if (!asExport && required.has(item.interface)) return true
    for (const dep of directDeps(item.interface)) {
      const depKey = keyOf(dep)
      if (!add(depKey, implied(dep, item.stability, item.externalId), asExport && wanted.has(depKey))) return false
    }
    if (asExport) {
      if (required.has(item.interface)) return false
      exports.set(key, item)
    } else {
      required.add(item.interface)
      if (!imports.has(key)) imports.set(key, item)
    }
    return true
  }
  for (const [key, item] of wanted) {
    if (add(key, item, true)) continue
    report.error(
      'WIT0053',
      item.span ?? world.span,
      `exporting \`${key}\` needs an interface of the world \`${world.name}\` both as import and as export`,
      'export the interfaces in between too',
    )
  }
  return exports
}
