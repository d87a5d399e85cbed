import { assertNever, type Type } from '../ir/index.ts'

/** Spec: `MAX_FLAT_RESULTS`. */
const MAX_FLAT_RESULTS = 1

/** Whether a function's result comes back as a core value (or nothing), not through memory. Spec: `flatten_functype`. */
export function isFlatResult(result: Type | undefined): boolean {
  return result === undefined || flatCount(result) <= MAX_FLAT_RESULTS
}

/** How many core values a type flattens to; enough to tell 0, 1 and more apart. Spec: `flatten_type`. */
function flatCount(type: Type): number {
  switch (type.kind) {
    case 'ref':
      return flatCount(type.def.type)
    case 'string':
    case 'list':
    case 'map':
      return 2
    case 'record':
      return sum(type.fields.map((f) => f.type))
    case 'tuple':
      return sum(type.types)
    case 'fixed-length-list':
      return type.length * flatCount(type.element)
    case 'variant':
      return 1 + max(type.cases.map((c) => c.type))
    case 'option':
      return 1 + flatCount(type.some)
    case 'result':
      return 1 + max([type.ok, type.err])
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
    case 'enum':
    case 'flags':
    case 'resource':
    case 'own':
    case 'borrow':
    case 'stream':
    case 'future':
    case 'error-context':
      return 1
    default:
      return assertNever(type)
  }
}

function sum(types: readonly Type[]): number {
  let count = 0
  for (const type of types) if ((count += flatCount(type)) > MAX_FLAT_RESULTS) break
  return count
}

function max(types: readonly (Type | undefined)[]): number {
  return types.some((type) => type !== undefined && flatCount(type) > 0) ? 1 : 0
}
