import type { Func, FuncKind, Interface, Package, PackageName, Resolve, TypeDef, World } from '../ir/index.ts'
import { packageId } from '../ir/index.ts'
import type { Open } from './entities.ts'
import { mapType } from './map-type.ts'
import { UNDOCUMENTED } from './plan-builder.ts'

/**
 * Makes one graph of what a binary spells out again at each use: each interface of a package is one `Interface`, each of
 * its types one `TypeDef`, however often and however partially they are imported and exported.
 */
export class WitGraph {
  private readonly packages: Map<string, Open<Package>> = new Map()
  private readonly owners: Map<Interface | World, Interface | World> = new Map()
  private readonly defs: Map<TypeDef, TypeDef> = new Map()

  package(name: PackageName): Open<Package> {
    const id = packageId(name)
    let found = this.packages.get(id)
    if (found === undefined) {
      found = { name, docs: undefined, interfaces: new Map(), worlds: new Map() }
      this.packages.set(id, found)
    }
    return found
  }

  /** An empty world, entered into its package; it owns what `read`, a world as it was read, owns. */
  world(packageName: PackageName, name: string, read: World | undefined): World {
    const owner = this.package(packageName)
    const world: World = { name, package: owner, imports: new Map(), exports: new Map(), ...UNDOCUMENTED }
    owner.worlds.set(name, world)
    if (read !== undefined) this.owners.set(read, world)
    return world
  }

  /** The interface of which `read` is one spelling; inline ones belong to `home`. */
  interface(read: Interface, home: Package): Interface {
    const canonical = this.canonical(read, home)
    this.owners.set(read, canonical)
    for (const def of read.types.values()) this.def(def)
    for (const func of read.functions.values()) {
      if (!canonical.functions.has(func.name)) canonical.functions.set(func.name, this.func(func))
    }
    return canonical
  }

  /** As `interface`, for the spelling that has all members, in the order of declaration. */
  declaration(read: Interface, home: Package): void {
    const canonical = this.interface(read, home)
    for (const name of read.types.keys()) moveToEnd(canonical.types, name)
    for (const name of read.functions.keys()) moveToEnd(canonical.functions, name)
    const { interfaces } = canonical.package
    if (canonical.name !== undefined) moveToEnd(interfaces, canonical.name)
  }

  private canonical(read: Interface, home: Package): Interface {
    const owner = read.name === undefined ? home : this.package(read.package.name)
    const known = read.name === undefined ? undefined : owner.interfaces.get(read.name)
    if (known !== undefined) return known
    const made: Interface = { name: read.name, package: owner, types: new Map(), functions: new Map(), ...UNDOCUMENTED }
    if (made.name !== undefined) owner.interfaces.set(made.name, made)
    return made
  }

  /** The one `TypeDef` for `read`. */
  def(read: TypeDef): TypeDef {
    const known = this.defs.get(read)
    if (known !== undefined) return known
    const owner = this.owners.get(read.owner) ?? read.owner
    const types = 'types' in owner ? owner.types : undefined
    const before = types?.get(read.name)
    const { externalId } = read
    const def: Open<TypeDef> = before ?? { name: read.name, type: read.type, owner, ...UNDOCUMENTED }
    if (externalId !== undefined) def.externalId = externalId
    this.defs.set(read, def)
    if (before === undefined) {
      types?.set(read.name, def)
      def.type = mapType(read.type, (inner) => this.def(inner))
    }
    return def
  }

  func(read: Func): Func {
    const type = (inner: TypeDef): TypeDef => this.def(inner)
    return {
      ...read,
      kind: this.kind(read.kind),
      params: read.params.map((param) => ({ ...param, type: mapType(param.type, type) })),
      result: read.result && mapType(read.result, type),
    }
  }

  private kind(kind: FuncKind): FuncKind {
    return kind.kind === 'freestanding' ? kind : { kind: kind.kind, resource: this.def(kind.resource) }
  }

  /** All packages that `root` needs, dependencies first. */
  resolve(root: Package): Resolve {
    const packages = new Set<Package>()
    const visiting = new Set<Package>()
    const visit = (at: Package): void => {
      if (visiting.has(at)) return
      visiting.add(at)
      for (const needed of dependencies(at)) visit(needed)
      packages.add(at)
    }
    visit(root)
    return { packages: [...packages], root }
  }
}

function moveToEnd<T>(map: Map<string, T>, key: string): void {
  const value = map.get(key)
  if (value === undefined) return
  map.delete(key)
  map.set(key, value)
}

/** The packages whose interfaces the worlds of `of` name, or whose types its interfaces and worlds use. */
function dependencies(of: Package): Set<Package> {
  const found = new Set<Package>()
  const use = (def: TypeDef): void => {
    if (def.type.kind === 'ref') found.add(def.type.def.owner.package)
  }
  for (const face of of.interfaces.values()) face.types.forEach(use)
  for (const world of of.worlds.values()) {
    for (const item of [...world.imports.values(), ...world.exports.values()]) {
      if (item.kind === 'type') use(item.type)
      if (item.kind !== 'interface') continue
      found.add(item.interface.package)
      item.interface.types.forEach(use)
    }
  }
  return found
}
