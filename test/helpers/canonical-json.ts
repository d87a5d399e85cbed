type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json }
type JsonObject = { readonly [key: string]: Json }

function object(value: Json | undefined): JsonObject {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as JsonObject
  throw new TypeError(`expected an object, got ${JSON.stringify(value)}`)
}

function array(value: Json | undefined): readonly Json[] {
  if (Array.isArray(value)) return value as readonly Json[]
  throw new TypeError(`expected an array, got ${JSON.stringify(value)}`)
}

/**
 * Rewrites the JSON of resolved packages so that two of them can be compared whatever numbers their arenas use: packages,
 * interfaces, worlds and named types are called by their path, anonymous types stand inline. The order of members is kept
 * as lists of pairs.
 */
export function canonicalJson(json: unknown): Json {
  return new Canonical(object(json as Json)).packages()
}

class Canonical {
  readonly #packages: readonly JsonObject[]
  readonly #interfaces: readonly JsonObject[]
  readonly #worlds: readonly JsonObject[]
  readonly #types: readonly JsonObject[]
  /** Paths of inline interfaces, by number. */
  readonly #inline: Map<number, string> = new Map()

  constructor(json: JsonObject) {
    const list = (key: string): JsonObject[] => array(json[key]).map(object)
    this.#packages = list('packages')
    this.#interfaces = list('interfaces')
    this.#worlds = list('worlds')
    this.#types = list('types')
    for (const [i, world] of this.#worlds.entries()) {
      for (const side of ['imports', 'exports'] as const) {
        for (const [key, item] of Object.entries(object(world[side]))) {
          const id = object(item)['interface'] === undefined ? undefined : object(object(item)['interface'])['id']
          if (typeof id === 'number' && this.#interfaces[id]?.['name'] === null) {
            this.#inline.set(id, `${this.#world(i)}/${side}/${key}`)
          }
        }
      }
    }
  }

  packages(): Json {
    return this.#packages.map((p) => ({
      ...p,
      interfaces: Object.entries(object(p['interfaces'])).map(([name, id]) => [name, this.#interfaceBody(Number(id))]),
      worlds: Object.entries(object(p['worlds'])).map(([name, id]) => [name, this.#worldBody(Number(id))]),
    }))
  }

  #packageName(id: Json | undefined): string {
    return String(this.#packages[Number(id)]?.['name'])
  }

  #interface(id: number): string {
    const face = object(this.#interfaces[id])
    if (face['name'] !== null) return `${this.#packageName(face['package'])}/${String(face['name'])}`
    return this.#inline.get(id) ?? 'unreachable inline interface'
  }

  #world(id: number): string {
    const world = object(this.#worlds[id])
    return `${this.#packageName(world['package'])}/${String(world['name'])}`
  }

  #interfaceBody(id: number): Json {
    const face = object(this.#interfaces[id])
    return {
      ...face,
      package: this.#packageName(face['package']),
      types: Object.entries(object(face['types'])).map(([name, type]) => [name, this.#def(Number(type))]),
      functions: Object.entries(object(face['functions'])).map(([name, func]) => [name, this.#func(func)]),
      ...(face['clone_of'] === undefined ? {} : { clone_of: this.#interface(Number(face['clone_of'])) }),
    }
  }

  #worldBody(id: number): Json {
    const world = object(this.#worlds[id])
    const items = (side: string): Json =>
      Object.entries(object(world[side])).map(([key, item]) => this.#worldItem(key, object(item)))
    return {
      ...world,
      package: this.#packageName(world['package']),
      imports: items('imports'),
      exports: items('exports'),
    }
  }

  #worldItem(key: string, item: JsonObject): Json {
    if (item['function'] !== undefined) return [key, { function: this.#func(item['function']) }]
    if (item['type'] !== undefined) return [key, { type: this.#def(Number(item['type'])) }]
    const face = object(item['interface'])
    const id = Number(face['id'])
    const inline = this.#interfaces[id]?.['name'] === null
    const name = key.startsWith('interface-') ? this.#interface(Number(key.slice('interface-'.length))) : key
    return [name, { interface: { ...face, id: inline ? this.#interfaceBody(id) : this.#interface(id) } }]
  }

  #func(value: Json): Json {
    const func = object(value)
    const params = array(func['params']).map((p) => ({ ...object(p), type: this.#type(object(p)['type'] ?? null) }))
    const kind = func['kind'] ?? null
    return {
      ...func,
      params,
      kind: typeof kind === 'string' ? kind : Object.entries(object(kind)).map(([name, id]) => [name, this.#type(id)]),
      ...(func['result'] === undefined ? {} : { result: this.#type(func['result']) }),
    }
  }

  /** A reference: primitives and named types as text, anonymous types as what they are. */
  #type(type: Json): Json {
    if (typeof type !== 'number') return type
    const def = object(this.#types[type])
    if (def['name'] === null) return { ...def, kind: this.#kind(def['kind'] ?? null) }
    return `${this.#owner(def)}#${String(def['name'])}`
  }

  #owner(def: JsonObject): string {
    const owner = object(def['owner'])
    return owner['world'] === undefined
      ? this.#interface(Number(owner['interface']))
      : this.#world(Number(owner['world']))
  }

  #def(id: number): Json {
    const def = object(this.#types[id])
    return { ...def, owner: this.#owner(def), kind: this.#kind(def['kind'] ?? null) }
  }

  /** Replaces each reference in the body of a type; numbers that are no references are lengths. */
  #kind(kind: Json): Json {
    if (typeof kind === 'string') return kind
    const [name, body] = Object.entries(object(kind))[0] ?? ['', null]
    switch (name) {
      case 'record':
      case 'variant': {
        const key = name === 'record' ? 'fields' : 'cases'
        const members = array(object(body)[key]).map((m) => ({
          ...object(m),
          type: this.#type(object(m)['type'] ?? null),
        }))
        return { [name]: members }
      }
      case 'tuple':
        return { tuple: array(object(body)['types']).map((t) => this.#type(t)) }
      case 'result':
      case 'handle':
        return { [name]: Object.entries(object(body)).map(([k, t]) => [k, this.#type(t)]) }
      case 'map':
        return { map: array(body).map((t) => this.#type(t)) }
      case 'fixed-length-list':
        return { [name]: [this.#type(array(body)[0] ?? null), array(body)[1] ?? null] }
      case 'enum':
      case 'flags':
        return kind
      default:
        return { [name]: this.#type(body) }
    }
  }
}
