import { discriminantSize, flattenType } from '../abi/index.ts'
import { dealias, type Type, type TypeKind, type TypeOf } from '../ir/index.ts'
import { camelCase } from './case.ts'
import type { CodecFile, CodecMaker } from './codec-file.ts'
import { flatValues, lift, memoryAt, payload, recordLiteral, stride, type FlatValue, type LiftSource } from './lift.ts'
import type { CodecModel, LiftModel } from './model.ts'
import { quote } from './path-text.ts'
import { tsType } from './ts-type.ts'
import { witName } from './wit-name.ts'

const NOTHING: LiftModel = { partial: 'lift/expression', text: 'undefined' }

/** The named functions that lift, one maker for each kind that has them. */

export const loadRecord: CodecMaker = (type, name, file) => ({
  partial: 'codec/load-record',
  name,
  wit: witName(type),
  type: tsType(type, file.scope),
  value: recordLiteral(expect(type, 'record'), memoryAt('ptr'), file),
})

/** `load…` of a variant: from memory. Spec: CanonicalABI.md, `load_variant`. */
export const loadVariant: CodecMaker = (type, name, file) => {
  const { cases } = expect(type, 'variant')
  const tag = `${file.use(`loadU${8 * discriminantSize(cases.length)}`)}(cx, ptr)`
  return variant(type, name, 'ptr: number', tag, memoryAt('ptr'), file)
}

/** `liftFlat…` of a variant: from core values. Spec: CanonicalABI.md, `lift_flat_variant`. */
export const liftFlatVariant: CodecMaker = (type, name, file) => {
  const values: FlatValue[] = flattenType(type).map((core, i) => ({ text: i === 0 ? 'tag' : `value${i}`, type: core }))
  const params = values.map((v) => `${v.text}: ${v.type === 'i64' ? 'bigint' : 'number'}`).join(', ')
  return variant(type, name, params, '', flatValues(values), file)
}

function variant(
  type: Type,
  name: string,
  params: string,
  tag: string,
  source: LiftSource,
  file: CodecFile,
): CodecModel {
  file.use('badDiscriminant')
  const cases = expect(type, 'variant').cases.map((c, index) => ({
    index,
    tag: quote(c.name),
    payload: c.type !== undefined,
    value: c.type === undefined ? NOTHING : lift(c.type, payload(type, c.type, source, file), file),
  }))
  const loads = source.kind === 'memory'
  return {
    partial: 'codec/lift-variant',
    verb: loads ? 'Loads' : 'Lifts',
    loads,
    name,
    wit: witName(type),
    type: tsType(type, file.scope),
    params,
    tag,
    cases,
  }
}

/** `lift…` of an enum: from its discriminant to the name of its case. */
export const liftEnum: CodecMaker = (type, name, file) => {
  file.use('badDiscriminant')
  return {
    partial: 'codec/lift-enum',
    name,
    wit: witName(type),
    type: tsType(type, file.scope),
    table: file.scope.claim(`casesOf${name.slice('lift'.length)}`),
    cases: expect(type, 'enum').cases.map((c) => quote(c.name)),
  }
}

/** `lift…` of flags: from their bits to an object of booleans. Spec: CanonicalABI.md, `unpack_flags_from_int`. */
export const liftFlags: CodecMaker = (type, name, file) => ({
  partial: 'codec/lift-flags',
  name,
  wit: witName(type),
  type: tsType(type, file.scope),
  flags: expect(type, 'flags').flags.map((f, i) => ({
    name: camelCase(f.name),
    mask: flagMask(i),
  })),
})

/** `lift…` of a list: from pointer and length. Spec: CanonicalABI.md, `load_list_from_range`. */
export const liftList: CodecMaker = (type, name, file) => {
  const { element } = expect(type, 'list')
  const t = dealias(element)
  file.use('checkList')
  return {
    partial: 'codec/lift-list',
    name,
    wit: witName(type),
    array: tsType(type, file.scope),
    type: tsType(element, file.scope),
    ...stride(element),
    item: t.kind === 'record' ? recordLiteral(t, memoryAt('ptr'), file) : lift(element, memoryAt('ptr'), file),
  }
}

/** `lift…` of a map: from the list of pairs that it is in the guest. */
export const liftMap: CodecMaker = (type, name, file) => {
  const { key, value } = expect(type, 'map')
  file.use('checkList')
  const pair: Type = { kind: 'tuple', types: [key, value] }
  const items = lift(pair, memoryAt('ptr'), file)
  if (items.partial !== 'lift/tuple') throw new TypeError('a pair was expected')
  const [keyItem = NOTHING, valueItem = NOTHING] = items.items
  return {
    partial: 'codec/lift-map',
    name,
    wit: witName(type),
    key: tsType(key, file.scope),
    value: tsType(value, file.scope),
    ...stride(pair),
    keyItem,
    valueItem,
  }
}

/** `load…` of a list of fixed length, which stands in its place in memory. */
export const loadArray: CodecMaker = (type, name, file) => {
  const { element, length } = expect(type, 'fixed-length-list')
  return {
    partial: 'codec/load-array',
    name,
    wit: witName(type),
    type: tsType(type, file.scope),
    element: tsType(element, file.scope),
    length,
    size: stride(element).size,
    item: lift(element, memoryAt('ptr'), file),
  }
}

/** The type behind names, which has to be of the kind. */
export function expect<K extends TypeKind>(type: Type, kind: K): TypeOf<K> {
  const t = dealias(type)
  if (t.kind !== kind) throw new TypeError(`${kind} expected, got ${t.kind}`)
  return t as TypeOf<K> & typeof t
}

/** The bit of the `i`-th flag, as a literal. */
export function flagMask(i: number): string {
  return i < 8 ? String(2 ** i) : `0x${(2 ** i).toString(16)}`
}
