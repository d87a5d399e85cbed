import { assertNever } from './assert-never.ts'
import type { Func } from './package.ts'
import type { Type, TypeDef, TypeOf } from './types.ts'

/** How to write a named type (undefined: write out what it stands for) and a resource. */
export interface SignatureNames {
  type(def: TypeDef): string | undefined
  resource(def: TypeDef): string
}

const optional = (type: Type | undefined, names: SignatureNames): string =>
  type === undefined ? '_' : typeSignature(type, names)

/**
 * The canonical text of a type: equal texts (with every name written out) mean equal types in the component model, where
 * records, variants, enums and flags are compared by structure and member names, and resources by identity.
 */
export function typeSignature(type: Type, names: SignatureNames): string {
  switch (type.kind) {
    case 'ref':
      return refSignature(type, names)
    case 'bool':
    case 's8':
    case 'u8':
    case 's16':
    case 'u16':
    case 's32':
    case 'u32':
    case 's64':
    case 'u64':
    case 'f32':
    case 'f64':
    case 'char':
    case 'string':
    case 'error-context':
    case 'resource':
      return type.kind
    case 'list':
      return `list<${typeSignature(type.element, names)}>`
    case 'fixed-length-list':
      return `list<${typeSignature(type.element, names)}, ${type.length}>`
    case 'map':
      return `map<${typeSignature(type.key, names)}, ${typeSignature(type.value, names)}>`
    case 'record':
      return `record { ${type.fields.map((f) => `${f.name}: ${typeSignature(f.type, names)}`).join(', ')} }`
    case 'tuple':
      return `tuple<${type.types.map((t) => typeSignature(t, names)).join(', ')}>`
    case 'variant':
      return `variant { ${type.cases.map((c) => (c.type === undefined ? c.name : `${c.name}(${typeSignature(c.type, names)})`)).join(', ')} }`
    case 'enum':
      return `enum { ${type.cases.map((c) => c.name).join(', ')} }`
    case 'option':
      return `option<${typeSignature(type.some, names)}>`
    case 'result':
      if (type.ok === undefined && type.err === undefined) return 'result'
      if (type.err === undefined) return `result<${optional(type.ok, names)}>`
      return `result<${optional(type.ok, names)}, ${optional(type.err, names)}>`
    case 'flags':
      return `flags { ${type.flags.map((f) => f.name).join(', ')} }`
    case 'own':
      return `own<${names.resource(type.resource)}>`
    case 'borrow':
      return `borrow<${names.resource(type.resource)}>`
    case 'stream':
      return type.element === undefined ? 'stream' : `stream<${typeSignature(type.element, names)}>`
    case 'future':
      return type.element === undefined ? 'future' : `future<${typeSignature(type.element, names)}>`
    default:
      return assertNever(type)
  }
}

/** In a loop: aliases of aliases may be many. */
function refSignature(type: TypeOf<'ref'>, names: SignatureNames): string {
  let t: Type = type
  while (t.kind === 'ref') {
    if (t.def.type.kind === 'resource') return names.resource(t.def)
    const name = names.type(t.def)
    if (name !== undefined) return name
    t = t.def.type
  }
  return typeSignature(t, names)
}

/** The canonical text of a function type: `func(a: u32) -> string`, parameter names included, as the component model compares them. */
export function funcSignature(func: Pick<Func, 'async' | 'params' | 'result'>, names: SignatureNames): string {
  const params = func.params.map((p) => `${p.name}: ${typeSignature(p.type, names)}`).join(', ')
  const result = func.result === undefined ? '' : ` -> ${typeSignature(func.result, names)}`
  return `${func.async ? 'async ' : ''}func(${params})${result}`
}
