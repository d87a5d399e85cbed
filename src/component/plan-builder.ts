import type { Interface, Package, PackageName, TypeDef, World } from '../ir/index.ts'
import { readCoreImports, type CoreModuleImport } from './core-module.ts'
import type { Open, TypeItem } from './entities.ts'
import { parseInterfaceName } from './extern-name.ts'
import type { ComponentInstance, ResourceDef, Step } from './link-plan.ts'
import { Reader } from './reader.ts'

/** How deeply components and their types may nest. */
const DEPTH_LIMIT = 100

/** What a binary does not tell of a node. */
export const UNDOCUMENTED = { docs: undefined, stability: { level: 'unknown' }, span: undefined } as const

/** The growing link plan: what all scopes of one component share while it is read. */
export class PlanBuilder {
  readonly modules: Uint8Array[] = []
  readonly steps: Step[] = []
  readonly componentInstances: ComponentInstance[] = []
  readonly resources: Map<TypeDef, ResourceDef> = new Map()
  readonly world: World
  coreInstances = 0
  private readonly bytes: Reader
  private readonly moduleAt: Map<number, number> = new Map()
  private readonly moduleReaders: Reader[] = []
  private readonly moduleImports: (readonly CoreModuleImport[] | undefined)[] = []
  /** What an import or export of the root component called an interface. */
  private readonly nameOf: Map<Interface, string> = new Map()
  private readonly packages: Map<string, Package> = new Map()
  private depth = 0

  constructor(bytes: Uint8Array) {
    this.bytes = new Reader(bytes)
    const root = this.package({ namespace: 'root', name: 'component', version: undefined })
    this.world = {
      name: 'root',
      package: root,
      imports: new Map(),
      exports: new Map(),
      ...UNDOCUMENTED,
    }
  }

  get end(): number {
    return this.bytes.end
  }

  reader(start = 0, end: number = this.bytes.end): Reader {
    return this.bytes.at(start, end)
  }

  /** The number of the core module that stands at `r`; the same bytes have one number however often they are reached. */
  module(r: Reader): number {
    let index = this.moduleAt.get(r.pos)
    if (index === undefined) {
      index = this.modules.push(r.bytes.subarray(r.pos, r.end)) - 1
      this.moduleAt.set(r.pos, index)
      this.moduleReaders[index] = r.at(r.pos)
    }
    return index
  }

  /** The imports of the core module with the number `index`. */
  importsOf(index: number): readonly CoreModuleImport[] {
    const r = this.moduleReaders[index]
    return (this.moduleImports[index] ??= r === undefined ? [] : readCoreImports(r))
  }

  /** Runs `body` one level deeper. */
  nest<T>(r: Reader, body: () => T): T {
    if (this.depth >= DEPTH_LIMIT) r.fail('CMP1007', `expected at most ${DEPTH_LIMIT} levels of nesting`)
    this.depth++
    const result = body()
    this.depth--
    return result
  }

  package(name: PackageName): Package {
    const key = `${name.namespace}:${name.name}@${name.version ?? ''}`
    let found = this.packages.get(key)
    if (found === undefined) {
      found = { name, docs: undefined, interfaces: new Map(), worlds: new Map() }
      this.packages.set(key, found)
    }
    return found
  }

  /** An empty interface, without a name until `name` gives it one. */
  face(): Open<Interface> {
    return {
      name: undefined,
      package: this.world.package,
      types: new Map(),
      functions: new Map(),
      ...UNDOCUMENTED,
    }
  }

  /**
   * `face` with the name of the extern `id`: `ns:pkg/name@version`, or a kebab name, which leaves it inline. One that has
   * another name already is left alone; the result then is an interface of its own that uses its types.
   */
  name(face: Open<Interface>, id: string): Interface {
    const before = this.nameOf.get(face)
    if (before === id) return face
    const named = before === undefined ? face : this.copy(face)
    this.nameOf.set(named, id)
    const parsed = parseInterfaceName(id)
    if (parsed === undefined) return named
    named.name = parsed.name
    named.package = this.package(parsed.package)
    if (!named.package.interfaces.has(parsed.name)) named.package.interfaces.set(parsed.name, named)
    return named
  }

  private copy(face: Interface): Open<Interface> {
    const copy = this.face()
    this.bytes.spend(face.types.size + face.functions.size)
    for (const [name, def] of face.types) copy.types.set(name, this.typeDef(name, { kind: 'ref', def }, copy))
    for (const [name, func] of face.functions) copy.functions.set(name, func)
    return copy
  }

  typeDef(name: string, type: TypeDef['type'], owner: Interface | World): Open<TypeDef> {
    return { name, type, owner, ...UNDOCUMENTED }
  }

  /** What the resource `item` is at run time, aliases followed. */
  resource(item: TypeItem): ResourceDef | undefined {
    return item.kind === 'resource' ? this.resources.get(declaration(item.def)) : undefined
  }
}

/** The `TypeDef` that declares the resource that `def` names. */
function declaration(def: TypeDef): TypeDef {
  let at = def
  while (at.type.kind === 'ref') at = at.type.def
  return at
}
