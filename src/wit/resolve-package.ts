import { packageId } from '../ir/names.ts'
import type { Interface, Package, World } from '../ir/package.ts'
import type { Id, InterfaceNode, TopLevelItem, UsePath, WorldNode } from './ast.ts'
import { type FileScope, Lookup } from './lookup.ts'
import type { PackageUnit } from './package-units.ts'
import type { Report } from './report.ts'
import { resolveInterface } from './resolve-interface.ts'
import { resolveWorld } from './resolve-world.ts'
import { type Features, Gate, type ItemEntry, type PackageScope } from './scope.ts'
import { toposort } from './toposort.ts'

/** Resolves one package; `packages` holds those it refers to, by `packageId`. */
export function resolvePackage(
  unit: PackageUnit,
  packages: ReadonlyMap<string, PackageScope>,
  features: Features,
  report: Report,
): PackageScope {
  const target: Package = { name: unit.header.name, docs: unit.docs, interfaces: new Map(), worlds: new Map() }
  const gate = new Gate(report, features, target.name)
  const items = new Map<string, ItemEntry>()
  const nodes = new Map<string, { readonly node: InterfaceNode | WorldNode; readonly file: FileScope }>()
  const fileOf = unit.files.map((file) => fileScope(file, report))
  for (const [i, file] of unit.files.entries()) {
    for (const node of file) {
      if (node.kind === 'use') continue
      const { name, span } = node.id
      if (nodes.has(name))
        report.error(
          'WIT0030',
          span,
          `the name \`${name}\` is defined twice in the package \`${packageId(target.name)}\``,
        )
      else nodes.set(name, { node, file: fileOf[i] ?? new Map() })
    }
  }
  const lookup = new Lookup(items, new Map([...nodes].map(([name, { node }]) => [name, node.kind])), packages, report)
  const deps = new Map<string, readonly Id[]>()
  for (const [name, { node, file }] of nodes)
    deps.set(
      name,
      localPaths(node).flatMap((path) => localName(path, file)),
    )
  const { order, stuck } = toposort(
    deps,
    () => {}, // reported where the name is looked up
    (id) => report.error('WIT0034', id.span, `the interface or world \`${id.name}\` depends on itself`),
  )
  for (const name of order) {
    const found = nodes.get(name)
    if (found?.node.kind !== 'interface') continue
    const { node, file } = found
    const included = gate.includes(node.stability, node.id.span)
    const face: Interface = {
      name,
      package: target,
      types: new Map(),
      functions: new Map(),
      docs: node.docs,
      stability: node.stability,
      span: node.id.span,
    }
    const finder = lookup.forFile(file)
    const types = resolveInterface(face, node.items, {
      report,
      gate,
      owner: face,
      included,
      findInterface: (use, on) => finder.interface(use.path, on),
    })
    items.set(name, { kind: 'interface', item: face, included, types })
    if (included) target.interfaces.set(name, face)
  }
  for (const name of order) {
    const found = nodes.get(name)
    if (found?.node.kind !== 'world') continue
    const { node, file } = found
    const included = gate.includes(node.stability, node.id.span)
    const world: World = {
      name,
      package: target,
      imports: new Map(),
      exports: new Map(),
      docs: node.docs,
      stability: node.stability,
      span: node.id.span,
    }
    resolveWorld(world, node, { report, gate, included, finder: lookup.forFile(file) })
    items.set(name, { kind: 'world', item: world, included })
    if (included) target.worlds.set(name, world)
  }
  for (const node of unit.files.flat()) if (node.kind === 'use') lookup.checkUse(node.path)
  return { package: target, items, broken: new Set(stuck) }
}

function fileScope(file: readonly TopLevelItem[], report: Report): FileScope {
  const scope: FileScope = new Map()
  for (const item of file) {
    if (item.kind === 'package') continue
    const id = item.kind === 'use' ? (item.as ?? item.path.id) : item.id
    if (scope.has(id.name)) {
      report.error('WIT0030', id.span, `the name \`${id.name}\` is defined twice in this file`)
    } else if (item.kind === 'use' && item.path.package !== undefined) {
      scope.set(id.name, { kind: 'foreign', path: item.path })
    } else {
      scope.set(id.name, { kind: 'local', id: item.kind === 'use' ? item.path.id : item.id })
    }
  }
  return scope
}

/** The paths that decide the order: what interfaces use and worlds include. */
function localPaths(node: InterfaceNode | WorldNode): UsePath[] {
  if (node.kind === 'interface') return node.items.flatMap((item) => (item.kind === 'use' ? [item.path] : []))
  return node.items.flatMap((item) => (item.kind === 'include' ? [item.path] : []))
}

function localName(path: UsePath, file: FileScope): Id[] {
  if (path.package !== undefined) return []
  const entry = file.get(path.id.name)
  if (entry === undefined) return [path.id]
  return entry.kind === 'local' ? [{ name: entry.id.name, span: path.id.span }] : []
}
