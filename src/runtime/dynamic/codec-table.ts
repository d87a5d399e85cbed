import { dealias, typeSignature, type Type, type TypeDef } from '../../ir/index.ts'
import type { AnyResource } from '../abi/resources.ts'
import type { Context } from '../context.ts'
import type { Codec, CodecRule, CodecRules, Codecs, ValueKind } from './codec.ts'
import { flagsRules } from './flags.ts'
import { handleRules } from './handles.ts'
import { listRules } from './lists.ts'
import { recordRules } from './records.ts'
import { scalarRules } from './scalars.ts'
import { stringCodec } from './spans.ts'
import { variantRules } from './variants.ts'

/** Kinds that come with async functions. */
const none = (type: Type): never => {
  throw new UnsupportedType(type.kind)
}

/** A kind of type that has no codec yet. */
export class UnsupportedType extends Error {
  readonly kind: string

  constructor(kind: string) {
    super(`no codec for ${kind}`)
    this.kind = kind
  }
}

/** Values as hosts write them. Contract: the table of values in the README. */
export const hostRules: CodecRules = {
  ...scalarRules,
  ...listRules,
  ...recordRules,
  ...variantRules,
  ...flagsRules,
  ...handleRules,
  string: () => stringCodec,
  stream: none,
  future: none,
  'error-context': none,
}

/** The codecs of the types of one component, each made once. */
export class CodecTable implements Codecs {
  readonly #rules: CodecRules
  readonly #numberOf: (def: TypeDef) => number
  readonly #known: Map<Type | TypeDef, Codec> = new Map()

  /** @param numberOf the number of a resource type in each instance */
  constructor(rules: CodecRules, numberOf: (def: TypeDef) => number) {
    this.#rules = rules
    this.#numberOf = numberOf
  }

  /** @throws UnsupportedType for what only async functions use */
  of(type: Type): Codec {
    const key = type.kind === 'ref' ? type.def : type
    let codec = this.#known.get(key)
    if (codec === undefined) this.#known.set(key, (codec = this.#make(type)))
    return codec
  }

  resource(def: TypeDef): (cx: Context) => AnyResource {
    const number = this.#numberOf(def)
    return (cx) => {
      const type = cx.types[number]
      if (type === undefined) throw new RangeError(`the instance has no resource type ${number}`)
      return type
    }
  }

  #make(type: Type): Codec {
    const t = dealias(type)
    if (t.kind === 'resource') throw new TypeError('a resource has no values; own and borrow handles have')
    // The registry has for each kind the rule of that kind, which TypeScript cannot follow through the index.
    const rule = this.#rules[t.kind] as CodecRule<ValueKind>
    return rule(t, this, witName(type))
  }
}

const NAMED: ReadonlySet<string> = new Set(['record', 'variant', 'enum', 'flags'])

/** What errors call a type: its WIT name, or its text. */
function witName(type: Type): string {
  for (let t = type; t.kind === 'ref'; t = t.def.type) if (NAMED.has(t.def.type.kind)) return t.def.name
  return typeSignature(type, { type: (def) => def.name, resource: (def) => def.name })
}
