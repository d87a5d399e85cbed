import { packageId } from '../ir/names.ts'
import type { Interface, Package, World } from '../ir/package.ts'
import type { Id, InterfaceNode, TopLevelItem, UsePath, WorldNode } from './ast.ts'
import type { PackageUnit } from './package-units.ts'
import type { Report } from './report.ts'
import { resolveInterface } from './resolve-interface.ts'
import { resolveWorld } from './resolve-world.ts'
import { type Features, Gate, gateText, type InterfaceEntry, type ItemEntry, type PackageScope, type WorldEntry } from './scope.ts'
import { didYouMean } from './suggest.ts'
import { toposort } from './toposort.ts'

/** The names that stand at the top level of one file; `use` adds some that other files do not see. */
type FileScope = Map<string, { readonly kind: 'local'; readonly id: Id } | { readonly kind: 'foreign'; readonly path: UsePath }>

/** Looks up the paths of one file. What is not found is reported, unless it is not `included`. */
export interface Finder {
  interface(path: UsePath, included: boolean): InterfaceEntry | undefined
  world(path: UsePath, included: boolean): WorldEntry | undefined
}

/** Resolves one package; `packages` holds those it refers to, by `packageId`. */
export function resolvePackage(unit: PackageUnit, packages: ReadonlyMap<string, PackageScope>, features: Features, report: Report): PackageScope {
  const target: Package = { name: unit.header.name, docs: unit.docs, interfaces: new Map(), worlds: new Map() }
  const gate = new Gate(report, features, target.name)
  const items = new Map<string, ItemEntry>()
  const nodes = new Map<string, { readonly node: InterfaceNode | WorldNode; readonly file: FileScope }>()
  const fileOf = unit.files.map((file) => fileScope(file, report))
  for (const [i, file] of unit.files.entries()) {
    for (const node of file) {
      if (node.kind === 'use') continue
      const { name, span } = node.id
      if (nodes.has(name)) report.error('WIT0030', span, `the name \`${name}\` is defined twice in the package \`${packageId(target.name)}\``)
      else nodes.set(name, { node, file: fileOf[i] ?? new Map() })
    }
  }
  const lookup = new Lookup(items, packages, report, [...nodes.keys()])
  const deps = new Map<string, readonly Id[]>()
  for (const [name, { node, file }] of nodes) deps.set(name, localPaths(node).flatMap((path) => localName(path, file)))
  const { order, stuck } = toposort(
    deps,
    () => {}, // reported where the name is looked up
    (id) => report.error('WIT0034', id.span, `the interface or world \`${id.name}\` depends on itself`),
  )
  if (stuck.length > 0) return { package: target, items }

  for (const name of order) {
    const found = nodes.get(name)
    if (found?.node.kind !== 'interface') continue
    const { node, file } = found
    const included = gate.includes(node.stability, node.id.span)
    const face: Interface = { name, package: target, types: new Map(), functions: new Map(), docs: node.docs, stability: node.stability, span: node.id.span }
    const finder = lookup.forFile(file)
    const types = resolveInterface(face, node.items, { report, gate, owner: face, included, findInterface: (use, on) => finder.interface(use.path, on) })
    items.set(name, { kind: 'interface', id: node.id, node, interface: face, included, types })
    if (included) target.interfaces.set(name, face)
  }
  for (const name of order) {
    const found = nodes.get(name)
    if (found?.node.kind !== 'world') continue
    const { node, file } = found
    const included = gate.includes(node.stability, node.id.span)
    const world: World = { name, package: target, imports: new Map(), exports: new Map(), docs: node.docs, stability: node.stability, span: node.id.span }
    resolveWorld(world, node, { report, gate, included, finder: lookup.forFile(file) })
    items.set(name, { kind: 'world', id: node.id, node, world, included })
    if (included) target.worlds.set(name, world)
  }
  for (const node of unit.files.flat()) if (node.kind === 'use') lookup.checkUse(node.path)
  return { package: target, items }
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

/** Finds what paths name in one package and those it refers to. */
class Lookup {
  readonly #items: ReadonlyMap<string, ItemEntry>
  readonly #packages: ReadonlyMap<string, PackageScope>
  readonly #report: Report
  readonly #names: readonly string[]

  constructor(items: ReadonlyMap<string, ItemEntry>, packages: ReadonlyMap<string, PackageScope>, report: Report, names: readonly string[]) {
    this.#items = items
    this.#packages = packages
    this.#report = report
    this.#names = names
  }

  forFile(file: FileScope): Finder {
    return {
      interface: (path, included) => {
        const entry = this.#find(path, file, included, 'interface')
        if (entry?.kind === 'world' && (included || path.package === undefined)) this.#wrongKind(path, 'a world, not an interface')
        return entry?.kind === 'interface' ? entry : undefined
      },
      world: (path, included) => {
        const entry = this.#find(path, file, included, 'world')
        if (entry?.kind === 'interface' && (included || path.package === undefined)) this.#wrongKind(path, 'an interface, not a world')
        return entry?.kind === 'world' ? entry : undefined
      },
    }
  }

  /** A top-level `use` brings in an interface of another package, or renames an item of this one. */
  checkUse(path: UsePath): void {
    if (path.package === undefined) this.#find(path, new Map(), true, 'interface or world')
    else this.forFile(new Map()).interface(path, true)
  }

  #find(path: UsePath, file: FileScope, included: boolean, what: string): ItemEntry | undefined {
    if (path.package !== undefined) return this.#foreign(path, included, what)
    const name = path.id.name
    const entry = file.get(name)
    if (entry?.kind === 'foreign') return this.#foreign(entry.path, included, what)
    const found = this.#items.get(entry?.id.name ?? name)
    if (found === undefined) {
      this.#report.error('WIT0032', path.id.span, `the ${what} \`${name}\` is not defined`, didYouMean(name, [...file.keys(), ...this.#names]))
    }
    return found
  }

  #foreign(path: UsePath, included: boolean, what: string): ItemEntry | undefined {
    const id = path.package === undefined ? '' : packageId(path.package.name)
    const scope = this.#packages.get(id)
    if (scope === undefined) return undefined // the package is unknown, and reported
    const entry = scope.items.get(path.id.name)
    if (!included) return entry
    if (entry === undefined) {
      this.#report.error('WIT0032', path.id.span, `the package \`${id}\` has no ${what} \`${path.id.name}\``, didYouMean(path.id.name, scope.items.keys()))
    } else if (!entry.included) {
      this.#excluded(path, entry)
    }
    return entry
  }

  #excluded(path: UsePath, entry: ItemEntry): void {
    this.#report.error('WIT0061', path.id.span, `the ${entry.kind} \`${path.id.name}\` is ${gateText(entry.node.stability)}`, 'put this item behind the same feature, or turn the feature on')
  }

  #wrongKind(path: UsePath, is: string): void {
    this.#report.error('WIT0033', path.id.span, `\`${path.id.name}\` is ${is}`)
  }
}
