import { despecialize } from '../abi/index.ts'
import { dealias, type Type, type TypeOf } from '../ir/index.ts'
import { camelCase, isInherited, type Names } from './case.ts'
import { localName, type CodecFile } from './codec-file.ts'
import { lowerList, lowerMap } from './lower-codecs.ts'
import type { CheckModel, LowerModel, OutModel, OwnFieldModel } from './model.ts'
import { below, nearbyPath, pathExpression, quote, type PathText } from './path-text.ts'
import { isNestedOption, TYPED_ARRAYS, tsType } from './ts-type.ts'
import { witName } from './wit-name.ts'

/** A function that is being written: the file it stands in and its local names. */
export interface FunctionScope {
  readonly file: CodecFile
  readonly names: Names
  /** Parameters that have their TypeScript type; everything else is `unknown` until it is checked. */
  readonly typed: ReadonlySet<string>
  /** In a loop: the members whose inheritance is looked at once, before it. */
  readonly ahead?: Set<string>
}

/** The local that says whether what a loop looks at ahead is inherited. */
export const POLLUTED = 'isPolluted'

/** A single statement. */
export const statement = (text: string): LowerModel => ({ partial: 'lower/statement', text })

/** The cases of a variant, option or result with the tags of their TypeScript values. */
export function taggedCases(type: Type): readonly { readonly tag: string; readonly type: Type | undefined }[] {
  const general = despecialize(type)
  if (general.kind !== 'variant') throw new TypeError('a variant was expected')
  return general.cases.map((c) => ({ tag: c.name, type: c.type }))
}

/** The switch over the tag of a variant, option or result; `payload` is the local for its `val`. */
export function variantModel(
  type: Type,
  value: string,
  path: PathText,
  payload: string,
  outs: readonly OutModel[],
  cases: readonly { readonly tag: string; readonly steps: readonly LowerModel[] }[],
  { file, names, ahead }: FunctionScope,
): LowerModel {
  file.use('invalid')
  file.useType('Tagged')
  const payloads = taggedCases(type).some((c) => c.type !== undefined)
  return {
    partial: 'lower/variant',
    outs,
    check: objectCheck(type, value, path, file),
    value: withoutInherited(payloads ? ['tag', 'val'] : ['tag'], value, file, ahead),
    tag: names.claim(`${value}Case`),
    payload,
    payloads,
    cases: cases.map((c) => ({ tag: quote(c.tag), steps: c.steps })),
    path: pathExpression(below(path, 'tag', (h) => file.use(h))),
    expected: quote(oneOf(cases.map((c) => c.tag))),
  }
}

/** `red, green or blue` */
export function oneOf(words: readonly string[]): string {
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} or ${words.at(-1)}`
}

/** A member of a record or tuple: its type, the local that holds it, and where it stands. */
export interface Part {
  readonly type: Type
  readonly local: string
  readonly path: PathText
}

/** Claims a local for each field: each is read once, before anything is checked. */
export function recordFields(
  record: TypeOf<'record'>,
  value: string,
  path: PathText,
  { file, names }: FunctionScope,
): RecordParts {
  const parts = record.fields.map((f) => ({
    type: f.type,
    name: camelCase(f.name),
    local: localName(names, f.name),
    path: below(path, camelCase(f.name), (h) => file.use(h)),
  }))
  // A Promise is an object without any of the members, which is a record where all may be left out.
  const isOpen = parts.every((p) => isPlainOption(p.type))
  if (isOpen) file.use('refuseThenable')
  return {
    parts,
    bare: isOpen ? parts.map((p) => `${p.local} === undefined`).join(' && ') : '',
    ...bindings(
      parts.map((p) => ({ key: p.name, local: p.local })),
      '',
      value,
      file,
    ),
  }
}

/** Whether `undefined` is a value of the type. */
function isPlainOption(type: Type): boolean {
  const t = dealias(type)
  return t.kind === 'option' && !isNestedOption(t)
}

/** Takes a record apart, then runs `steps` on its members. */
export function recordModel(
  type: Type,
  value: string,
  path: PathText,
  { bindings, owns, keys, bare }: Omit<RecordParts, 'parts'>,
  steps: readonly LowerModel[],
  { file, typed, ahead }: FunctionScope,
): LowerModel {
  const object = withoutInherited(keys, value, file, ahead)
  return {
    partial: 'lower/record',
    check: objectCheck(type, value, path, file),
    value: typed.has(value) ? object : `${object} as ${tsType(type, file.scope)}`,
    bindings,
    owns,
    bare,
    steps,
  }
}

/** What members are read from: the value, or that without what a polluted `Object.prototype` adds to it. */
export function withoutInherited(keys: readonly string[], value: string, file: CodecFile, ahead?: Set<string>): string {
  if (keys.length === 0) return value
  for (const key of keys) ahead?.add(key)
  const test = ahead === undefined ? inheritedTest(keys, file) : POLLUTED
  return `(${test} ? ${file.use('ownMembers')}(${value}) : ${value})`
}

/** Whether a polluted `Object.prototype` has one of the members. */
export function inheritedTest(keys: Iterable<string>, file: CodecFile): string {
  return [...keys].map((key) => `'${key}' in ${file.use('inherited')}`).join(' || ')
}

/** Claims a local for each element of a tuple or fixed-length list. */
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

/** Takes a tuple apart, then runs `steps` on its elements. */
export function tupleModel(
  value: string,
  path: PathText,
  parts: readonly Part[],
  steps: readonly LowerModel[],
  { file, names }: FunctionScope,
): LowerModel {
  file.use('invalid')
  const expected = `array of ${parts.length}`
  const elements = names.claim(`${value}Items`)
  return {
    partial: 'lower/tuple',
    check: {
      partial: 'lower/check',
      test: `!Array.isArray(${value}) || ${value}.length !== ${parts.length}`,
      path: pathExpression(path),
      expected: quote(expected),
      value,
    },
    elements,
    value: `${file.use('items')}(${value})`,
    items: parts.map((p, index) => ({ local: p.local, from: `${elements}[${index}]` })),
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

/** The check of a scalar or string by its type and range. */
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
      call: `${file.use('lowerString')}(cx, ${nearbyPath(path)}, ${value})`,
    }
  }
  const codec = t.kind === 'map' ? file.request('lower', type, lowerMap) : listCodec(t, type, file)
  return { checks: [], call: `${codec}(cx, ${pathExpression(path)}, ${value})` }
}

function listCodec(t: Type, type: Type, file: CodecFile): string {
  if (t.kind !== 'list') throw new TypeError(`a list was expected, got ${t.kind}`)
  const { kind } = dealias(t.element)
  if (TYPED_ARRAYS[kind] === undefined) return file.request('lower', type, lowerList)
  return file.takesBlocks ? `${file.use('lowerShared')}.${kind}` : file.use(`lowerListOf${kind.toUpperCase()}`)
}

/** The call that lowers a handle; checks the class of the object. */
export function lowerHandle(t: TypeOf<'own' | 'borrow'>, value: string, path: PathText, file: CodecFile): string {
  const helper = file.use(t.kind === 'own' ? 'lowerOwn' : 'lowerBorrow')
  return `${helper}(cx, ${file.slot(t.resource)}, ${pathExpression(path)}, ${value})`
}

/** The members of a record: a local for each, and how it is read. */
export interface RecordParts extends Bindings {
  readonly parts: readonly Part[]
  /** The test for an object that has none of the members, where that is a legal value; else empty. */
  readonly bare: string
}

/** How members are read: most by one destructuring, each once; those that objects inherit one by one. */
export interface Bindings {
  readonly bindings: readonly string[]
  readonly owns: readonly OwnFieldModel[]
  /** The members that are destructured. */
  readonly keys: readonly string[]
}

/**
 * How to read members.
 *
 * @param fallback ` = false` for flags, which may be left out
 */
export function bindings(
  members: readonly { readonly key: string; readonly local: string }[],
  fallback: string,
  object: string,
  file: CodecFile,
): Bindings {
  const inherited = members.filter((m) => isInherited(m.key))
  if (inherited.length > 0) file.use('ownField')
  const plain = members.filter((m) => !isInherited(m.key))
  return {
    keys: plain.map((m) => m.key),
    bindings: plain.map((m) => `${m.key === m.local ? m.key : `${m.key}: ${m.local}`}${fallback}`),
    owns: inherited.map((m) => ({ local: m.local, key: quote(m.key), object })),
  }
}
