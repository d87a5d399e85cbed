import type { Docs, Interface, Package, Stability, Type, TypeDef, World, WorldItem } from '../ir/index.ts'
import type { Open } from './entities.ts'

type Json = Readonly<Record<string, unknown>>

/** `value` as an object; an empty one when it is none, since the section is a courtesy and must not make reading fail. */
const object = (value: unknown): Json => (typeof value === 'object' && value !== null ? { ...value } : {})
const text = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined)

/**
 * Writes the docs and stability of a `package-docs` custom section into `root`: a version byte, then JSON. Sections of an
 * unknown version, and names that the package does not have, are passed over.
 */
export function documentPackage(root: Open<Package>, section: Uint8Array): void {
  if (section[0] === undefined || section[0] > 1) return
  const { docs, worlds, interfaces } = object(parse(section.subarray(1)))
  root.docs = text(docs)
  for (const [name, value] of Object.entries(object(interfaces)))
    documentInterface(root.interfaces.get(name), object(value))
  for (const [name, value] of Object.entries(object(worlds))) documentWorld(root.worlds.get(name), object(value))
}

function parse(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(bytes))
  } catch {
    return undefined
  }
}

/** What every kind of node has. */
interface Documented {
  docs?: Docs
  stability: Stability
}

function document(node: Documented, { docs, stability }: Json): void {
  if (text(docs) !== undefined) node.docs = text(docs)
  if (stability !== undefined) node.stability = readStability(object(stability))
}

function readStability({ stable, unstable }: Json): Stability {
  const deprecated = text(object(stable ?? unstable)['deprecated'])
  if (stable !== undefined) return { level: 'stable', since: text(object(stable)['since']) ?? '', deprecated }
  if (unstable !== undefined) return { level: 'unstable', feature: text(object(unstable)['feature']) ?? '', deprecated }
  return { level: 'unknown' }
}

function documentInterface(face: Open<Interface> | undefined, json: Json): void {
  if (face === undefined) return
  document(face, json)
  for (const [name, value] of Object.entries(object(json['types']))) documentType(face.types.get(name), object(value))
  for (const [name, value] of Object.entries(object(json['funcs']))) documentFunc(face.functions.get(name), value)
}

function documentFunc(func: Documented | undefined, json: unknown): void {
  // The first version had the docs alone.
  if (func !== undefined) document(func, typeof json === 'string' ? { docs: json } : object(json))
}

function documentType(def: Open<TypeDef> | undefined, json: Json): void {
  if (def === undefined) return
  document(def, json)
  def.type = withMemberDocs(def.type, object(json['items']))
}

function withMemberDocs(type: Type, docs: Json): Type {
  const member = <T extends { readonly name: string }>(of: T): T => ({ ...of, docs: text(docs[of.name]) })
  switch (type.kind) {
    case 'record':
      return { kind: type.kind, fields: type.fields.map(member) }
    case 'variant':
      return { kind: type.kind, cases: type.cases.map(member) }
    case 'enum':
      return { kind: type.kind, cases: type.cases.map(member) }
    case 'flags':
      return { kind: type.kind, flags: type.flags.map(member) }
    default:
      return type
  }
}

/** `interfaces`, `funcs` and `types` are those of imports (in the first version of exports, too). */
function documentWorld(world: Open<World> | undefined, json: Json): void {
  if (world === undefined) return
  document(world, json)
  const { imports, exports } = world
  for (const [name, value] of Object.entries(object(json['types']))) {
    const item = imports.get(name)
    if (item?.kind === 'type') documentType(item.type, object(value))
  }
  documentItems([imports, exports], json, 'interfaces', 'funcs')
  documentItems([exports], json, 'interface_exports', 'func_exports')
  documentExterns(imports, json, 'interface_import_stability', 'interface_import_docs')
  documentExterns(exports, json, 'interface_export_stability', 'interface_export_docs')
}

/** Inline interfaces and functions; each is looked for in the first of `sides` that has it. */
function documentItems(sides: readonly Map<string, WorldItem>[], json: Json, interfaces: string, funcs: string): void {
  const find = (name: string): WorldItem | undefined => sides.find((side) => side.has(name))?.get(name)
  for (const [name, value] of Object.entries(object(json[interfaces]))) {
    const item = find(name)
    if (item?.kind !== 'interface') continue
    documentInterface(item.interface, object(value))
    // What is said of an inline interface is said of its import or export.
    const { stability } = item.interface
    for (const side of sides) if (side.get(name) === item) side.set(name, { ...item, stability })
  }
  for (const [name, value] of Object.entries(object(json[funcs]))) {
    const item = find(name)
    if (item?.kind === 'function') documentFunc(item.function, value)
  }
}

/** What is said of the import or export of an interface itself. */
function documentExterns(items: Map<string, WorldItem>, json: Json, stability: string, docs: string): void {
  for (const [key, property] of [
    [stability, 'stability'],
    [docs, 'docs'],
  ] as const) {
    for (const [id, value] of Object.entries(object(json[key]))) {
      const item = items.get(id)
      if (item?.kind === 'interface') items.set(id, { ...item, ...externProperty(property, value) })
    }
  }
}

function externProperty(property: 'stability' | 'docs', value: unknown): { stability: Stability } | { docs: Docs } {
  return property === 'docs' ? { docs: text(value) } : { stability: readStability(object(value)) }
}
