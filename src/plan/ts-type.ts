import { assertNever, dealias, type PrimitiveKind, type Type, type TypeDef } from '../ir/index.ts'

/** The typed arrays that stand for lists of numbers. */
export const TYPED_ARRAYS: Partial<Record<Type['kind'], string>> = {
  s8: 'Int8Array',
  u8: 'Uint8Array',
  s16: 'Int16Array',
  u16: 'Uint16Array',
  s32: 'Int32Array',
  u32: 'Uint32Array',
  s64: 'BigInt64Array',
  u64: 'BigUint64Array',
  f32: 'Float32Array',
  f64: 'Float64Array',
}

const PRIMITIVES: Record<Exclude<PrimitiveKind, 'resource'>, string> = {
  bool: 'boolean',
  s8: 'number',
  u8: 'number',
  s16: 'number',
  u16: 'number',
  s32: 'number',
  u32: 'number',
  s64: 'bigint',
  u64: 'bigint',
  f32: 'number',
  f64: 'number',
  char: 'string',
  string: 'string',
  'error-context': 'unknown',
}

/** How the types of one file are written: what a named type is called there, and which globals its names hide. */
export interface TypeScope {
  /** The TypeScript name of a named type, imported into the file if need be. */
  typeName(def: TypeDef): string
  /** A global's name, through `globalThis` where a WIT name hides it. */
  global(name: string): string
}

/** The TypeScript of a WIT type. Contract: values, section 4. */
export function tsType(type: Type, scope: TypeScope): string {
  switch (type.kind) {
    case 'ref':
      return scope.typeName(type.def)
    case 'list': {
      const typed = TYPED_ARRAYS[dealias(type.element).kind]
      return typed === undefined ? arrayOf(tsType(type.element, scope)) : scope.global(typed)
    }
    case 'fixed-length-list':
      return arrayOf(tsType(type.element, scope))
    case 'map':
      return `${scope.global('Map')}<${tsType(type.key, scope)}, ${tsType(type.value, scope)}>`
    case 'tuple':
      return `[${type.types.map((t) => tsType(t, scope)).join(', ')}]`
    case 'option':
      return isNestedOption(type)
        ? `{ tag: 'some'; val: ${tsType(type.some, scope)} } | { tag: 'none' }`
        : `${tsType(type.some, scope)} | undefined`
    case 'result':
      return `${tagged('ok', type.ok, scope)} | ${tagged('err', type.err, scope)}`
    case 'own':
    case 'borrow':
      return scope.typeName(type.resource)
    case 'stream':
    case 'future':
      return 'unknown'
    case 'record':
    case 'variant':
    case 'enum':
    case 'flags':
    case 'resource':
      throw new TypeError(`a ${type.kind} has a name`)
    default:
      return type.kind in PRIMITIVES ? PRIMITIVES[type.kind] : assertNever(type as never)
  }
}

/** The TypeScript of a parameter that is lowered: where plain or read-only arrays will do, they are allowed. */
export function tsLoweredType(type: Type, scope: TypeScope): string {
  if (type.kind !== 'list') return tsType(type, scope)
  const element = dealias(type.element)
  const text = tsType(type.element, scope)
  if (TYPED_ARRAYS[element.kind] === undefined) return `readonly ${arrayOf(text)}`
  return `${tsType(type, scope)} | readonly ${arrayOf(text)}`
}

/** An option of an option: `undefined` cannot say which of the two is absent. */
export function isNestedOption(type: { readonly some: Type }): boolean {
  return dealias(type.some).kind === 'option'
}

function tagged(tag: string, type: Type | undefined, scope: TypeScope): string {
  return type === undefined ? `{ tag: '${tag}' }` : `{ tag: '${tag}'; val: ${tsType(type, scope)} }`
}

function arrayOf(text: string): string {
  return isUnion(text) || text.startsWith('readonly ') ? `(${text})[]` : `${text}[]`
}

/** Whether there is a bar outside of all brackets. */
function isUnion(text: string): boolean {
  let depth = 0
  for (const c of text) {
    if ('<[{('.includes(c)) depth++
    else if ('>]})'.includes(c)) depth--
    else if (c === '|' && depth === 0) return true
  }
  return false
}
