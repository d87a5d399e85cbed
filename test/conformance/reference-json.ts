/** The part of the reference tool's JSON that is looked into: four arrays that refer to each other by index. */
export interface ReferenceJson {
  readonly packages: readonly { readonly name: string; readonly worlds: Readonly<Record<string, number>> }[]
  readonly worlds: readonly { readonly imports: Items; readonly exports: Items }[]
  readonly interfaces: readonly ReferenceInterface[]
  readonly types: readonly { readonly name: string | null; readonly kind: Kind }[]
}

type Items = Readonly<
  Record<string, { readonly interface?: { readonly id: number }; readonly function?: Function; readonly type?: number }>
>

interface ReferenceInterface {
  readonly name: string | null
  readonly package: number
  readonly functions: Readonly<Record<string, Function>>
  readonly types: Readonly<Record<string, number>>
}

interface Function {
  readonly name: string
  readonly kind: string | Readonly<Record<string, number>>
  readonly params: readonly { readonly type: TypeRef }[]
  readonly result?: TypeRef
}

/** The index of a type, or the name of a primitive one. */
type TypeRef = number | string | null
type Kind = string | Readonly<Record<string, unknown>>

/** What witgen has no code for yet. */
const ASYNC_KINDS = new Set(['stream', 'future', 'error-context'])

/** What a world uses that no code can be generated for. */
export interface AsyncUses {
  /** The functions that are `async`, get or set a property, or have a stream, future or error context in their signature. */
  readonly functions: readonly string[]
  /** The declared types that have one of those, whether or not a function uses them. */
  readonly types: readonly string[]
}

/**
 * Finds what a world uses that no code can be generated for, in the reference tool's own view of the world.
 *
 * @returns each as `import` or `export`, the key in the world and the function or type in an interface: `import a:b/c#f`
 */
export function asyncUses(json: ReferenceJson, world: number): AsyncUses {
  const functions: string[] = []
  const types: string[] = []
  const item = json.worlds[world]
  if (item === undefined) throw new RangeError(`there is no world ${world}`)
  for (const [side, items] of [
    ['import', item.imports],
    ['export', item.exports],
  ] as const) {
    for (const [key, { interface: ref, function: func, type }] of Object.entries(items)) {
      const face = ref === undefined ? undefined : json.interfaces[ref.id]
      if (func !== undefined && isAsync(json, func)) functions.push(`${side} ${key}`)
      if (type !== undefined && reachesAsync(json, type)) types.push(`${side} ${key}`)
      for (const [name, f] of Object.entries(face?.functions ?? {})) {
        if (isAsync(json, f)) functions.push(`${side} ${interfaceName(json, key)}#${name}`)
      }
      for (const [name, t] of Object.entries(face?.types ?? {})) {
        if (reachesAsync(json, t)) types.push(`${side} ${interfaceName(json, key)}#${name}`)
      }
    }
  }
  return { functions, types }
}

/** The key of an import or export: named interfaces are called by a number, others as in the WIT. */
function interfaceName(json: ReferenceJson, key: string): string {
  if (!key.startsWith('interface-')) return key
  const face = json.interfaces[Number(key.slice('interface-'.length))]
  const [id = '', version] = (json.packages[face?.package ?? -1]?.name ?? '').split('@')
  return `${id}/${face?.name ?? ''}${version === undefined ? '' : `@${version}`}`
}

function isAsync(json: ReferenceJson, { kind, params, result }: Function): boolean {
  const name = typeof kind === 'string' ? kind : (Object.keys(kind)[0] ?? '')
  if (/async|getter|setter/u.test(name)) return true
  return [...params.map((p) => p.type), result ?? null].some((type) => reachesAsync(json, type))
}

function reachesAsync(json: ReferenceJson, type: TypeRef): boolean {
  if (type === null) return false
  if (typeof type === 'string') return ASYNC_KINDS.has(type)
  const kind = json.types[type]?.kind
  if (kind === undefined) throw new RangeError(`there is no type ${type}`)
  if (typeof kind === 'string') return ASYNC_KINDS.has(kind)
  const [name = '', body] = Object.entries(kind)[0] ?? []
  return ASYNC_KINDS.has(name) || parts(name, body).some((part) => reachesAsync(json, part))
}

/** What a type is made of; a handle only names its resource. */
function parts(kind: string, body: unknown): readonly TypeRef[] {
  const typesOf = (members: unknown): readonly TypeRef[] => (members as { type: TypeRef }[]).map((m) => m.type)
  switch (kind) {
    case 'record':
      return typesOf((body as { fields: unknown }).fields)
    case 'variant':
      return typesOf((body as { cases: unknown }).cases)
    case 'tuple':
      return (body as { types: readonly TypeRef[] }).types
    case 'result':
      return Object.values(body as Record<string, TypeRef>)
    case 'map':
      return body as readonly TypeRef[]
    case 'fixed-length-list':
      return [(body as readonly TypeRef[])[0] ?? null]
    case 'option':
    case 'list':
    case 'type':
      return [body as TypeRef]
    case 'enum':
    case 'flags':
    case 'handle':
      return []
    default:
      throw new TypeError(`the reference tool has a kind of type that is not known here: ${kind}`)
  }
}
