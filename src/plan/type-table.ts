import {
  comparableNames,
  funcSignature,
  typeExtent,
  typeSignature,
  type Func,
  type Type,
  type TypeDef,
  type World,
} from '../ir/index.ts'
import { Names } from './case.ts'
import { compare } from '../ir/compare.ts'
import type { TableEntryModel } from './model.ts'
import { declaration } from './type-key.ts'

/** From this weight on an alias of an anonymous type has an entry of its own. */
const LARGE = 50

/**
 * The canonical texts that a guest is compared with: signatures of functions, in which a declared type stands as `$name`,
 * and the table of what these names mean.
 */
export class TypeTableBuilder {
  readonly #names = new Names()
  readonly #keys = new Map<TypeDef, string>()
  readonly #entries = new Map<string, string>()
  readonly #resource: (def: TypeDef) => string

  constructor(world: Pick<World, 'imports' | 'exports'>) {
    this.#resource = comparableNames(world.imports, world.exports).resource
  }

  signature(func: Func): string {
    return funcSignature(func, this.#signatureNames())
  }

  /** The entries that signatures refer to, sorted. */
  entries(): readonly TableEntryModel[] {
    return [...this.#entries].sort(([a], [b]) => compare(a, b)).map(([key, text]) => ({ key, text }))
  }

  #signatureNames(): { type(def: TypeDef): string | undefined; resource(def: TypeDef): string } {
    return { type: (def) => this.#type(def), resource: this.#resource }
  }

  /** An alias of what would be long when it is written out again and again. */
  #large(def: TypeDef): TypeDef | undefined {
    return def.type.kind !== 'ref' && typeExtent(def.type).weight > LARGE ? def : undefined
  }

  #type(def: TypeDef): string | undefined {
    const target = declaration({ kind: 'ref', def }) ?? this.#large(def)
    if (target === undefined) return undefined
    let key = this.#keys.get(target)
    if (key === undefined) {
      // `$name` references know no `_`: a name that is taken gets a number instead, as no WIT name begins with one.
      const taken = this.#names.claim(target.name).length - target.name.length
      key = taken === 0 ? target.name : `${target.name}-${taken + 1}`
      this.#keys.set(target, key)
      const body: Type = target.type
      this.#entries.set(key, typeSignature(body, this.#signatureNames()))
    }
    return `$${key}`
  }
}
