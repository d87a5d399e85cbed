import { despecialize, flattenType, type CoreType } from '../abi/index.ts'
import { assertNever, dealias, type Type, type TypeOf } from '../ir/index.ts'
import { camelCase, type Names } from './case.ts'
import { localName, type CodecFile } from './codec-file.ts'
import type { FlatValue } from './lift.ts'
import { lowerEnum, lowerFlags, lowerList, lowerMap } from './lower-codecs.ts'
import type { CheckModel, LowerModel, OutModel } from './model.ts'
import { below, pathExpression, quote, type PathText } from './path-text.ts'
import { TYPED_ARRAYS, isNestedOption, tsType } from './ts-type.ts'
import { witName } from './wit-name.ts'

/** A function that is being written: the file it stands in and its local names. */
export interface FunctionScope {
  readonly file: CodecFile
  readonly names: Names
  /** Parameters that have their TypeScript type; everything else is `unknown` until it is checked. */
  readonly typed: ReadonlySet<string>
}

/** Statements, and the core values that stand ready after them. */
export interface Lowering {
  readonly steps: readonly LowerModel[]
  readonly flat: readonly FlatValue[]
}

export const statement = (text: string): LowerModel => ({ partial: 'lower/statement', text })

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
      const { parts, bindings } = recordFields(t, path, scope)
      const inner = parts.map((f) => lowerFlat(f.type, f.local, f.path, scope))
      return {
        steps: [
          recordModel(
            type,
            value,
            path,
            bindings,
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
            t,
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

/** The cases of a variant, option or result with the tags of their TypeScript values. */
export function taggedCases(type: Type): readonly { readonly tag: string; readonly type: Type | undefined }[] {
  const general = despecialize(type)
  if (general.kind !== 'variant') throw new TypeError('a variant was expected')
  return general.cases.map((c) => ({ tag: c.name, type: c.type }))
}

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

export function variantModel(
  type: Type,
  value: string,
  path: PathText,
  payload: string,
  outs: readonly OutModel[],
  cases: readonly { readonly tag: string; readonly steps: readonly LowerModel[] }[],
  { file, names }: FunctionScope,
): LowerModel {
  file.use('invalid')
  file.useType('Tagged')
  return {
    partial: 'lower/variant',
    outs,
    check: objectCheck(type, value, path, file),
    value,
    tag: names.claim(`${value}Case`),
    payload,
    payloads: taggedCases(type).some((c) => c.type !== undefined),
    cases: cases.map((c) => ({ tag: quote(c.tag), steps: c.steps })),
    path: pathExpression(below(path, 'tag', (h) => file.use(h))),
    expected: quote(oneOf(cases.map((c) => c.tag))),
  }
}

/** `red, green or blue` */
export function oneOf(words: readonly string[]): string {
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} or ${words.at(-1)}`
}

export interface Part {
  readonly type: Type
  readonly local: string
  readonly path: PathText
}

/** Claims a local for each field: each is read once, before anything is checked. */
export function recordFields(
  record: TypeOf<'record'>,
  path: PathText,
  { file, names }: FunctionScope,
): { readonly parts: readonly Part[]; readonly bindings: readonly string[] } {
  const parts = record.fields.map((f) => ({
    type: f.type,
    name: camelCase(f.name),
    local: localName(names, f.name),
    path: below(path, camelCase(f.name), (h) => file.use(h)),
  }))
  return { parts, bindings: parts.map((p) => (p.name === p.local ? p.name : `${p.name}: ${p.local}`)) }
}

export function recordModel(
  type: Type,
  value: string,
  path: PathText,
  bindings: readonly string[],
  steps: readonly LowerModel[],
  { file, typed }: FunctionScope,
): LowerModel {
  const cast = typed.has(value) ? value : `${value} as ${tsType(type, file.scope)}`
  return { partial: 'lower/record', check: objectCheck(type, value, path, file), value: cast, bindings, steps }
}

export function items(
  t: TypeOf<'tuple' | 'fixed-length-list'>,
  value: string,
  path: PathText,
  { file, names }: FunctionScope,
): readonly Part[] {
  const types = t.kind === 'tuple' ? t.types : Array.from({ length: t.length }, () => t.element)
  return types.map((type, i) => ({
    type,
    local: names.claim(`${value}${i}`),
    path: below(path, i, (h) => file.use(h)),
  }))
}

export function tupleModel(
  t: TypeOf<'tuple' | 'fixed-length-list'>,
  value: string,
  path: PathText,
  parts: readonly Part[],
  steps: readonly LowerModel[],
  { file }: FunctionScope,
): LowerModel {
  file.use('invalid')
  const array = t.kind === 'fixed-length-list' ? TYPED_ARRAYS[dealias(t.element).kind] : undefined
  const isArray =
    array === undefined
      ? `Array.isArray(${value})`
      : `(Array.isArray(${value}) || ${value} instanceof ${file.scope.global(array)})`
  const expected = `${array === undefined ? 'array' : `${array} or array`} of ${parts.length}`
  return {
    partial: 'lower/tuple',
    check: {
      partial: 'lower/check',
      test: `!${isArray} || ${value}.length !== ${parts.length}`,
      path: pathExpression(path),
      expected: quote(expected),
      value,
    },
    value,
    items: parts.map((p, index) => ({ local: p.local, from: `${value}[${index}]` })),
    steps,
  }
}

function objectCheck(type: Type, value: string, path: PathText, file: CodecFile): CheckModel {
  file.use('isObject')
  file.use('invalid')
  return {
    partial: 'lower/check',
    test: `!isObject(${value})`,
    path: pathExpression(path),
    expected: quote(witName(type)),
    value,
  }
}

const TESTS: Record<string, string> = { bool: 'boolean', f32: 'number', f64: 'number', string: 'string' }

/** The check of a scalar, and the core value that it becomes. */
export function scalar(
  kind: string,
  value: string,
  path: PathText,
  file: CodecFile,
): { readonly checks: readonly LowerModel[]; readonly text: string } {
  if (kind === 'char') return { checks: [], text: `${file.use('lowerChar')}(${pathExpression(path)}, ${value})` }
  return { checks: [scalarCheck(kind, value, path, file)], text: kind === 'bool' ? `${value} ? 1 : 0` : value }
}

export function scalarCheck(kind: string, value: string, path: PathText, file: CodecFile): CheckModel {
  file.use('invalid')
  const type = TESTS[kind]
  const test =
    type === undefined ? `!${file.use(`is${kind.toUpperCase()}`)}(${value})` : `typeof ${value} !== '${type}'`
  return { partial: 'lower/check', test, path: pathExpression(path), expected: quote(kind), value }
}

/** Strings, lists and maps: the call gives a pointer, the length is in `cx.count` after it. */
export function variableLength(
  type: Type,
  value: string,
  path: PathText,
  { file }: FunctionScope,
): { readonly checks: readonly LowerModel[]; readonly call: string } {
  const t = dealias(type)
  if (t.kind === 'string') {
    return {
      checks: [scalarCheck('string', value, path, file)],
      call: `${file.use('lowerString')}(cx, ${pathExpression(path)}, ${value})`,
    }
  }
  const codec = t.kind === 'map' ? file.request('lower', type, lowerMap) : listCodec(t, type, file)
  return { checks: [], call: `${codec}(cx, ${pathExpression(path)}, ${value})` }
}

function listCodec(t: Type, type: Type, file: CodecFile): string {
  if (t.kind !== 'list') throw new TypeError(`a list was expected, got ${t.kind}`)
  const { kind } = dealias(t.element)
  return TYPED_ARRAYS[kind] === undefined
    ? file.request('lower', type, lowerList)
    : file.use(`lowerListOf${kind.toUpperCase()}`)
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

/** The call that lowers a handle; checks the class of the object. */
export function lowerHandle(t: TypeOf<'own' | 'borrow'>, value: string, path: PathText, file: CodecFile): string {
  const helper = file.use(t.kind === 'own' ? 'lowerOwn' : 'lowerBorrow')
  return `${helper}(cx, ${file.slot(t.resource)}, ${pathExpression(path)}, ${value})`
}
