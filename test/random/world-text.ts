import fc from 'fast-check'

/** A random world: its WIT, and how the exports are served. */
export interface RandomWorld {
  readonly wit: string
  /** Interfaces as pairs of keys in the world: exported, imported. */
  readonly pairs: readonly (readonly [exported: string, imported: string])[]
}

/** Names that mean something in JavaScript, in WIT or in generated code. */
const HOSTILE =
  'constructor then length name prototype class default map error array uint8-array promise cx self ptr ret result undefined ' +
  'object symbol string list record own borrow this is-u8 load-u32 invalid path value tag val args host failed math big-int ' +
  'global-this to-string value-of has-own-property type func use interface world package import export static async await ' +
  'new delete function arguments eval field element item at i n start allocate memory realloc number bool boolean option ' +
  'some none ok err tuple is-XML XML x X2 a1-b2 proto symbol-dispose dispose to-JSON load compile instantiate let const var ' +
  'context tagged wasm-error source instance types world-descriptor readonly private enum void null true nan infinity'
const PLAIN = 'alpha beta gamma delta wide-thing point shape colour first-name id level size weight left right'
const NAMES: readonly string[] = `${HOSTILE} ${PLAIN}`.split(' ')
const PRIMITIVES = 'bool s8 u8 s16 u16 s32 u32 s64 u64 f32 f64 char string'.split(' ')
const KEYS = PRIMITIVES.filter((name) => !name.startsWith('f'))

/** Random WIT: interfaces that use each other's types, and functions that give back what they are given. */
export const randomWorld: fc.Arbitrary<RandomWorld> = fc.gen().map((g) => new WorldText(g).build())

/** Writes one world; every choice comes from fast-check. */
class WorldText {
  readonly #g: fc.GeneratorValue

  constructor(g: fc.GeneratorValue) {
    this.#g = g
  }

  build(): RandomWorld {
    const one = this.#interface('types-one', [], this.#number(2, 6))
    const imported = this.#use('types-one', one.names)
    const two = this.#interface('types-two', [imported.text], this.#number(1, 5), imported.names)
    const uses = [this.#use('types-one', one.names), this.#use('types-two', two.declared, 'two')]
    const scope = uses.flatMap((use) => use.names)
    const functions = this.#functions(scope)
    const body = [...uses.map((use) => use.text), ...functions].filter(Boolean).join('\n')
    const { faces, items, pairs } = this.#shape(body, two.declared)
    const world = `world random {\n${items}\n}`
    return { wit: ['package test:random;', one.text, two.text, ...faces, world].join('\n\n'), pairs }
  }

  /** Whether there are two named interfaces, one that is imported and exported, or two inline ones. */
  #shape(body: string, types: readonly string[]): { faces: string[]; items: string; pairs: RandomWorld['pairs'] } {
    switch (this.#number(0, 2)) {
      case 0:
        return {
          faces: [`interface host {\n${body}\n}`, `interface api {\n${body}\n}`],
          items: `import host;\nexport api;\n${this.#rootFunctions(types)}`,
          pairs: [['test:random/api', 'test:random/host']],
        }
      case 1: {
        const own = this.#declarations(this.#number(0, 3), [], new Set(this.#taken(body)))
        return {
          faces: [`interface both {\n${body}\n${own.text}\n}`],
          items: `import both;\nexport both;\n${this.#rootFunctions(types)}`,
          pairs: [['test:random/both', 'test:random/both']],
        }
      }
      default:
        return {
          faces: [],
          items: `import host: interface {\n${body}\n}\nexport api: interface {\n${body}\n}`,
          pairs: [['api', 'host']],
        }
    }
  }

  /** Functions of the world itself, imported and exported under one name. */
  #rootFunctions(types: readonly string[]): string {
    const use = this.#use('types-two', types, 'root')
    const scope = use.names
    const texts = Array.from({ length: this.#number(0, 2) }, (_, i) => {
      const type = this.#type(scope, 3)
      return `import root${i}: func(it: ${type}) -> ${type};\nexport root${i}: func(it: ${type}) -> ${type};`
    })
    return texts.length === 0 ? '' : [use.text, ...texts].join('\n')
  }

  #interface(name: string, uses: readonly string[], count: number, scope: readonly string[] = []): Declared {
    const { text, names } = this.#declarations(count, scope, new Set(scope.map((n) => n.toLowerCase())))
    const body = [...uses, text].filter(Boolean).join('\n')
    return { text: `interface ${name} {\n${body}\n}`, names: [...scope, ...names], declared: names }
  }

  #declarations(count: number, scope: readonly string[], taken: Set<string>): { text: string; names: string[] } {
    const names: string[] = []
    const lines: string[] = []
    for (let i = 0; i < count; i++) {
      const name = this.#name(taken)
      lines.push(this.#declaration(name, [...scope, ...names]))
      names.push(name)
    }
    return { text: lines.join('\n'), names }
  }

  #declaration(name: string, scope: readonly string[]): string {
    const members = (min: number, max: number): string[] => {
      const taken = new Set<string>()
      return Array.from({ length: this.#number(min, max) }, () => this.#name(taken))
    }
    switch (this.#number(0, 5)) {
      case 0:
      case 1:
        return `record %${name} { ${members(1, 6)
          .map((f) => `%${f}: ${this.#type(scope, 3)}`)
          .join(', ')} }`
      case 2: {
        const cases = members(1, 6).map((c) => (this.#number(0, 3) === 0 ? `%${c}` : `%${c}(${this.#type(scope, 3)})`))
        return `variant %${name} { ${cases.join(', ')} }`
      }
      case 3:
        return `enum %${name} { ${members(1, 20)
          .map((c) => `%${c}`)
          .join(', ')} }`
      case 4:
        return `flags %${name} { ${members(1, 32)
          .map((f) => `%${f}`)
          .join(', ')} }`
      default:
        return `type %${name} = ${this.#type(scope, 3)};`
    }
  }

  /** A `use` of some types of an interface, a few of them under other names. */
  #use(from: string, types: readonly string[], prefix = 'used'): { text: string; names: string[] } {
    const some = types.filter(() => this.#number(0, 3) > 0)
    if (some.length === 0) return { text: '', names: [] }
    const names: string[] = []
    const items = some.map((name, i) => {
      if (prefix === 'used' && this.#number(0, 2) > 0) {
        names.push(name)
        return `%${name}`
      }
      names.push(`${prefix}-as-${i}`)
      return `%${name} as ${prefix}-as-${i}`
    })
    return { text: `use ${from}.{${items.join(', ')}};`, names }
  }

  #functions(scope: readonly string[]): string[] {
    const taken = new Set(scope.map((n) => n.toLowerCase()))
    return Array.from({ length: this.#number(2, 6) }, () => {
      const name = this.#name(taken)
      const params = new Set<string>()
      const type = this.#type(scope, 4)
      const others = Array.from({ length: this.#number(0, 3) }, () => `%${this.#name(params)}: ${this.#type(scope, 3)}`)
      const outer = [type, type, type, `result<${type}, string>`, `result<u8, ${type}>`, ''][this.#number(0, 5)] ?? ''
      const all = [`%${this.#name(params)}: ${type}`, ...others].join(', ')
      return `%${name}: func(${all})${outer === '' ? '' : ` -> ${outer}`};`
    })
  }

  #type(scope: readonly string[], depth: number): string {
    const inner = (): string => this.#type(scope, depth - 1)
    if (depth <= 1 || this.#number(0, 3) === 0) {
      if (scope.length > 0 && this.#number(0, 1) === 0) return `%${this.#pick(scope)}`
      return this.#pick(PRIMITIVES)
    }
    switch (this.#number(0, 7)) {
      case 0:
        return `list<${inner()}>`
      case 1:
        return `list<${inner()}, ${this.#number(1, 5)}>`
      case 2:
        return `option<${inner()}>`
      case 3:
        return (
          [`result<${inner()}, ${inner()}>`, `result<${inner()}>`, `result<_, ${inner()}>`, 'result'][
            this.#number(0, 3)
          ] ?? ''
        )
      case 4:
        return `map<${this.#pick(KEYS)}, ${inner()}>`
      case 5:
        return `tuple<${Array.from({ length: this.#number(1, 4) }, inner).join(', ')}>`
      case 6:
        return `list<${this.#pick(PRIMITIVES)}>`
      default:
        return `option<${inner()}>`
    }
  }

  /** A name that is not taken, whatever the case of its letters. */
  #name(taken: Set<string>): string {
    let name = this.#pick(NAMES)
    while (taken.has(name.toLowerCase())) name = `${name}-${this.#pick(['b', 'XML', 'two', 'q7'])}`
    taken.add(name.toLowerCase())
    return name
  }

  #taken(body: string): string[] {
    return [...body.matchAll(/%?([A-Za-z][\w-]*)/g)].map(([, name]) => (name ?? '').toLowerCase())
  }

  #number(min: number, max: number): number {
    return this.#g(fc.integer, { min, max })
  }

  #pick(all: readonly string[]): string {
    return all[this.#number(0, all.length - 1)] ?? ''
  }
}

interface Declared {
  readonly text: string
  readonly names: readonly string[]
  readonly declared: readonly string[]
}
