import { assertNever, type Func, type Type } from '../ir/index.ts'
import { despecialize } from './despecialize.ts'

/** A core WebAssembly value type that the Canonical ABI uses. */
export type CoreType = 'i32' | 'i64' | 'f32' | 'f64'

/** Spec: `MAX_FLAT_PARAMS`, `MAX_FLAT_RESULTS`. More travel through memory. */
export const MAX_FLAT_PARAMS = 16
export const MAX_FLAT_RESULTS = 1

/**
 * The core values that a value of the type becomes. Of more than 17 only the first are given, at least 17: what is over
 * the limits travels through memory. Spec: CanonicalABI.md, `flatten_type`.
 */
export function flattenType(type: Type): readonly CoreType[] {
  const t = despecialize(type)
  switch (t.kind) {
    case 'bool':
    case 's8':
    case 'u8':
    case 's16':
    case 'u16':
    case 's32':
    case 'u32':
    case 'char':
    case 'error-context':
    case 'own':
    case 'borrow':
    case 'stream':
    case 'future':
    case 'flags':
      return ['i32']
    case 's64':
    case 'u64':
      return ['i64']
    case 'f32':
    case 'f64':
      return [t.kind]
    case 'string':
    case 'list':
      return ['i32', 'i32']
    case 'fixed-length-list': {
      const element = flattenType(t.element)
      // More than the limits are never passed flat: no need to write them all out.
      const length = Math.min(t.length, MAX_FLAT_PARAMS + 1)
      return Array.from({ length }, () => element).flat()
    }
    case 'record':
      return flattenAll(t.fields.map((f) => f.type))
    case 'variant':
      return ['i32', ...flattenCases(t.cases.map((c) => c.type))]
    default:
      return assertNever(t)
  }
}

/** The core values of several values, one after the other. */
function flattenAll(types: readonly Type[]): readonly CoreType[] {
  const flat: CoreType[] = []
  for (const type of types) {
    flat.push(...flattenType(type))
    if (flat.length > MAX_FLAT_PARAMS) break
  }
  return flat
}

/** The joined payloads of a variant's cases, without the discriminant. Spec: `flatten_variant`. */
export function flattenCases(payloads: readonly (Type | undefined)[]): readonly CoreType[] {
  const flat: CoreType[] = []
  for (const payload of payloads) {
    if (payload === undefined) continue
    for (const [i, type] of flattenType(payload).entries()) {
      const before = flat[i]
      flat[i] = before === undefined ? type : join(before, type)
    }
  }
  return flat
}

/** The core type that can carry either. Spec: `join`. */
export function join(a: CoreType, b: CoreType): CoreType {
  if (a === b) return a
  if ((a === 'i32' && b === 'f32') || (a === 'f32' && b === 'i32')) return 'i32'
  return 'i64'
}

/** How the parameters and the result of a function travel. */
export interface CoreSignature {
  readonly params: readonly CoreType[]
  readonly results: readonly CoreType[]
  /** Too many parameters: they travel through one block in memory. */
  readonly indirectParams: boolean
  /** The result travels through memory: an export returns a pointer, an import is given one as last parameter. */
  readonly indirectResult: boolean
}

/** Spec: CanonicalABI.md, `flatten_functype`, for synchronous functions. */
export function flattenFunc(func: Pick<Func, 'params' | 'result'>, role: 'lift' | 'lower'): CoreSignature {
  const flatParams = flattenAll(func.params.map((p) => p.type))
  const flatResult = func.result === undefined ? [] : flattenType(func.result)
  const indirectParams = flatParams.length > MAX_FLAT_PARAMS
  const indirectResult = flatResult.length > MAX_FLAT_RESULTS
  const params: readonly CoreType[] = indirectParams ? ['i32'] : flatParams
  if (!indirectResult) return { params, results: flatResult, indirectParams, indirectResult }
  return role === 'lift'
    ? { params, results: ['i32'], indirectParams, indirectResult }
    : { params: [...params, 'i32'], results: [], indirectParams, indirectResult }
}
