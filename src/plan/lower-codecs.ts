import { recordLayout } from '../abi/index.ts'
import { dealias, type Type, type TypeOf } from '../ir/index.ts'
import { camelCase } from './case.ts'
import { localName, type CodecFile, type CodecMaker } from './codec-file.ts'
import { expect, flagMask } from './lift-codecs.ts'
import { stride } from './lift.ts'
import {
  bindings,
  oneOf,
  recordFields,
  recordModel,
  statement,
  inheritedTest,
  POLLUTED,
  withoutInherited,
  type FunctionScope,
} from './lower-parts.ts'
import type { LowerModel } from './model.ts'
import { pathVariable, quote, type PathText } from './path-text.ts'
import { store, storeMembers, variantStore } from './store.ts'
import { tsType } from './ts-type.ts'
import { witName } from './wit-name.ts'

/** The named functions that check and lower, one maker for each kind that has them. */

export const storeRecord: CodecMaker = (type, name, file) => {
  const scope: FunctionScope = { file, names: file.locals(), typed: new Set() }
  file.useType('Path')
  const record = expect(type, 'record')
  return {
    partial: 'codec/store',
    name,
    wit: witName(type),
    steps: [recordStore(type, record, 'value', pathVariable('path'), scope)],
  }
}

/** `store…` of a variant: into memory. Spec: CanonicalABI.md, `store_variant`. */
export const storeVariant: CodecMaker = (type, name, file) => {
  file.useType('Path')
  return {
    partial: 'codec/store',
    name,
    wit: witName(type),
    steps: variantStore(type, 'value', 'ptr', 0, pathVariable('path'), {
      file,
      names: file.locals(),
      typed: new Set(),
    }),
  }
}

/** `store…` of a list of fixed length, which stands in its place in memory. */
export const storeArray: CodecMaker = (type, name, file) => {
  file.useType('Path')
  file.use('invalid')
  file.use('element')
  file.use('elements')
  const { element, length } = expect(type, 'fixed-length-list')
  return {
    partial: 'codec/store-array',
    name,
    wit: witName(type),
    expected: quote(`array of ${length}`),
    length,
    size: stride(element).size,
    steps: elementSteps(element, loopScope(file)),
  }
}

/** `lower…` of an enum: from the name of a case to its discriminant. */
export const lowerEnum: CodecMaker = (type, name, file) => {
  file.useType('Path')
  file.use('invalid')
  const { cases } = expect(type, 'enum')
  return {
    partial: 'codec/lower-enum',
    name,
    wit: witName(type),
    cases: cases.map((c, index) => ({ tag: quote(c.name), index })),
    expected: quote(oneOf(cases.map((c) => c.name))),
  }
}

/** `lower…` of flags: from an object of booleans to their bits. Spec: CanonicalABI.md, `pack_flags_into_int`. */
export const lowerFlags: CodecMaker = (type, name, file) => {
  file.useType('Path')
  file.use('invalid')
  file.use('isObject')
  const { flags } = expect(type, 'flags')
  const names = file.locals()
  const locals = flags.map((f) => ({ key: camelCase(f.name), local: localName(names, f.name) }))
  const { keys, ...reads } = bindings(locals, ' = false', 'value', file)
  for (const helper of ['refuseFlags', 'refuseKey', 'refuseThenable']) file.use(helper)
  return {
    partial: 'codec/lower-flags',
    name,
    wit: witName(type),
    value: `${withoutInherited(keys, 'value', file)} as ${tsType(type, file.scope)}`,
    flags: locals.map((f) => ({ key: quote(f.key) })),
    wrong: locals.map((f) => `typeof ${f.local} !== 'boolean'`).join(' || '),
    members: locals.map((f) => (f.key === f.local ? f.key : `${f.key}: ${f.local}`)).join(', '),
    ...reads,
    bits: locals.map((f, i) => `(${f.local} ? ${flagMask(i)} : 0)`).join(' | '),
    expected: quote(witName(type)),
    keys: quote(`one of the flags ${flags.map((f) => camelCase(f.name)).join(', ')}`),
  }
}

/** `lower…` of a list: into a block of its own. Spec: CanonicalABI.md, `store_list_into_range`. */
export const lowerList: CodecMaker = (type, name, file) => {
  file.useType('Path')
  file.use('invalid')
  file.use('element')
  file.use('elements')
  file.use('allocate')
  const { element } = expect(type, 'list')
  const ahead = new Set<string>()
  const scope = { ...loopScope(file), ahead }
  scope.names.claim(POLLUTED)
  const steps = elementSteps(element, scope)
  return {
    partial: 'codec/lower-list',
    name,
    wit: witName(type),
    ...stride(element),
    polluted: inheritedTest(ahead, file),
    steps,
  }
}

/** `lower…` of a map: into the list of pairs that it is in the guest. */
export const lowerMap: CodecMaker = (type, name, file) => {
  file.useType('Path')
  file.use('invalid')
  file.use('element')
  file.use('allocate')
  const { key, value } = expect(type, 'map')
  const scope = loopScope(file)
  const { offsets, size, align } = recordLayout([{ type: key }, { type: value }])
  const at = pathVariable('at')
  const steps: readonly LowerModel[] = [
    statement('const [entryKey, entryValue] = entry'),
    ...store(key, 'entryKey', 'ptr', 0, at, scope),
    ...store(value, 'entryValue', 'ptr', offsets[1] ?? 0, at, scope),
  ]
  return { partial: 'codec/lower-map', name, wit: witName(type), size, align, steps }
}

/** What the templates of loops over elements call their own variables. */
const LOOP_LOCALS = ['at', 'entry', 'entryKey', 'entryValue', 'i', 'item', 'list', 'n', 'start']

function loopScope(file: CodecFile): FunctionScope {
  const names = file.locals()
  for (const name of LOOP_LOCALS) names.claim(name)
  return { file, names, typed: new Set() }
}

/** Stores `item`, an element of a list, at `ptr`; `at` is its path. Records are taken apart in the loop itself. */
function elementSteps(element: Type, scope: FunctionScope): readonly LowerModel[] {
  const t = dealias(element)
  const at = pathVariable('at')
  return t.kind === 'record'
    ? [recordStore(element, t, 'item', at, scope)]
    : store(element, 'item', 'ptr', 0, at, scope)
}

/** Takes a record apart and stores its fields at `ptr`. */
function recordStore(
  type: Type,
  record: TypeOf<'record'>,
  value: string,
  path: PathText,
  scope: FunctionScope,
): LowerModel {
  const { parts, ...reads } = recordFields(record, value, path, scope)
  const { offsets } = recordLayout(record.fields)
  return recordModel(type, value, path, reads, storeMembers(parts, offsets, 'ptr', scope), scope)
}
