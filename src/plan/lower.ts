import { flattenType, type CoreType } from '../abi/index.ts'
import { assertNever, dealias, type Type, type TypeOf } from '../ir/index.ts'
import type { CodecFile } from './codec-file.ts'
import type { FlatValue } from './lift.ts'
import { lowerEnum, lowerFlags } from './lower-codecs.ts'
import {
  type FunctionScope,
  statement,
  taggedCases,
  variantModel,
  recordFields,
  recordModel,
  items,
  tupleModel,
  scalar,
  variableLength,
  lowerHandle,
} from './lower-parts.ts'
import type { LowerModel, OutModel } from './model.ts'
import { below, pathExpression, type PathText } from './path-text.ts'
import { isNestedOption } from './ts-type.ts'

/** Statements, and the core values that stand ready after them. */
export interface Lowering {
  readonly steps: readonly LowerModel[]
  readonly flat: readonly FlatValue[]
}

/**
 * Checks a value and lowers it into local variables. `value` is an expression that is cheap and safe to repeat: a
 * parameter or a local. Spec: CanonicalABI.md, `lower_flat`.
 */
export function lowerFlat(type: Type, value: string, path: PathText, scope: FunctionScope): Lowering {
  const t = dealias(type)
  const { file, names } = scope
  switch (t.kind) {
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
    case 'f64': {
      const { checks, text } = scalar(t.kind, value, path, file)
      return { steps: checks, flat: [{ text, type: flattenType(t)[0] ?? 'i32' }] }
    }
    case 'char': {
      const code = names.claim(`${value}Code`)
      const { text } = scalar(t.kind, value, path, file)
      return { steps: [statement(`const ${code} = ${text}`)], flat: [{ text: code, type: 'i32' }] }
    }
    case 'string':
    case 'list':
    case 'map': {
      const { checks, call } = variableLength(type, value, path, scope)
      const ptr = names.claim(`${value}Ptr`)
      const count = names.claim(`${value}Len`)
      return {
        steps: [...checks, statement(`const ${ptr} = ${call}`), statement(`const ${count} = cx.count`)],
        flat: [
          { text: ptr, type: 'i32' },
          { text: count, type: 'i32' },
        ],
      }
    }
    case 'enum':
    case 'flags': {
      const codec = file.request('lower', type, t.kind === 'enum' ? lowerEnum : lowerFlags)
      const bits = names.claim(`${value}Bits`)
      return {
        steps: [statement(`const ${bits} = ${codec}(${pathExpression(path)}, ${value})`)],
        flat: [{ text: bits, type: 'i32' }],
      }
    }
    case 'record': {
      const { parts, ...reads } = recordFields(t, value, path, scope)
      const inner = parts.map((f) => lowerFlat(f.type, f.local, f.path, scope))
      return {
        steps: [
          recordModel(
            type,
            value,
            path,
            reads,
            inner.flatMap((l) => l.steps),
            scope,
          ),
        ],
        flat: inner.flatMap((l) => l.flat),
      }
    }
    case 'tuple':
    case 'fixed-length-list': {
      const parts = items(t, value, path, scope)
      const inner = parts.map((p) => lowerFlat(p.type, p.local, p.path, scope))
      return {
        steps: [
          tupleModel(
            value,
            path,
            parts,
            inner.flatMap((l) => l.steps),
            scope,
          ),
        ],
        flat: inner.flatMap((l) => l.flat),
      }
    }
    case 'option':
    case 'result':
    case 'variant':
      return flatVariant(type, t, value, path, scope)
    case 'own':
    case 'borrow': {
      const index = names.claim(`${value}Handle`)
      return {
        steps: [statement(`const ${index} = ${lowerHandle(t, value, path, file)}`)],
        flat: [{ text: index, type: 'i32' }],
      }
    }
    case 'resource':
    case 'stream':
    case 'future':
    case 'error-context':
      throw new TypeError(`no codec for ${t.kind}`)
    default:
      return assertNever(t)
  }
}

/** A tagged value, or an option, as its discriminant and joined payload. Spec: `lower_flat_variant`. */
function flatVariant(
  type: Type,
  t: TypeOf<'option' | 'result' | 'variant'>,
  value: string,
  path: PathText,
  scope: FunctionScope,
): Lowering {
  const { names, file } = scope
  const core = flattenType(type)
  const outs: OutModel[] = core.map((c, i) => ({
    name: names.claim(i === 0 ? `${value}Tag` : `${value}${i}`),
    zero: c === 'i64' ? '0n' : '0',
  }))
  const flat = outs.map((o, i) => ({ text: o.name, type: core[i] ?? 'i32' }))
  const arm = (index: number, payload: Type | undefined, from: string, at: PathText): readonly LowerModel[] => {
    const tag = statement(`${flat[0]?.text} = ${index}`)
    if (payload === undefined) return [tag]
    const inner = lowerFlat(payload, from, at, scope)
    return [
      ...inner.steps,
      tag,
      ...inner.flat.map((v, i) => statement(`${flat[i + 1]?.text} = ${coerce(v, flat[i + 1]?.type ?? 'i32', file)}`)),
    ]
  }
  if (t.kind === 'option' && !isNestedOption(t)) {
    const model: LowerModel = {
      partial: 'lower/option',
      outs,
      value,
      absent: false,
      none: [],
      some: arm(1, t.some, value, path),
    }
    return { steps: [model], flat }
  }
  const val = names.claim(`${value}Val`)
  const cases = taggedCases(type).map((c, index) => ({
    tag: c.tag,
    steps: arm(
      index,
      c.type,
      val,
      below(path, 'val', (h) => file.use(h)),
    ),
  }))
  return { steps: [variantModel(type, value, path, val, outs, cases, scope)], flat }
}

/** Puts a payload's core value into the joined type that carries it. Spec: `lower_flat_variant`. */
function coerce(value: FlatValue, want: CoreType, file: CodecFile): string {
  const { text, type } = value
  if (type === want) return text
  if (want === 'i32') return `${file.use('f32ToI32')}(${text})`
  if (type === 'f64') return `${file.use('f64ToI64')}(${text})`
  const word = type === 'f32' ? `${file.use('f32ToI32')}(${text})` : text
  return `${file.use('i32ToI64')}(${word})`
}
