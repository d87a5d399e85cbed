import {
  alignment,
  despecialize,
  discriminantSize,
  elemSize,
  flagsSize,
  flattenType,
  payloadOffset,
  recordLayout,
  type CoreType,
} from '../abi/index.ts'
import { assertNever, dealias, type Type, type TypeOf } from '../ir/index.ts'
import { camelCase } from './case.ts'
import type { CodecFile } from './codec-file.ts'
import {
  liftEnum,
  liftFlags,
  liftFlatVariant,
  liftList,
  liftMap,
  loadArray,
  loadRecord,
  loadVariant,
} from './lift-codecs.ts'
import type { LiftModel } from './model.ts'
import { TYPED_ARRAYS, isNestedOption, tsType } from './ts-type.ts'

/** A core value that is at hand, as an expression. */
export interface FlatValue {
  readonly text: string
  readonly type: CoreType
}

/** Where a value comes from: a checked place in memory, or core values. */
export type LiftSource =
  | { readonly kind: 'memory'; readonly ptr: string; readonly offset: number }
  | { readonly kind: 'flat'; readonly values: readonly FlatValue[] }

/** A value in memory, `offset` bytes behind the pointer. */
export const memoryAt = (ptr: string, offset = 0): LiftSource => ({ kind: 'memory', ptr, offset })
/** A value that came as core values. */
export const flatValues = (values: readonly FlatValue[]): LiftSource => ({ kind: 'flat', values })

/** `ptr + 8` */
export function address(ptr: string, offset: number): string {
  return offset === 0 ? ptr : `${ptr} + ${offset}`
}

const expression = (text: string): LiftModel => ({ partial: 'lift/expression', text })

/** The expression that lifts a value of the type. Spec: CanonicalABI.md, `load` and `lift_flat`. */
export function lift(type: Type, source: LiftSource, file: CodecFile): LiftModel {
  const t = dealias(type)
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
    case 'f64':
    case 'char':
      return expression(scalar(t.kind, source, file))
    case 'string':
      if (source.kind === 'memory')
        return expression(`${file.use('loadString')}(cx, ${address(source.ptr, source.offset)})`)
      return expression(`${file.use('liftString')}(cx, ${span(source, file)})`)
    case 'list':
      return expression(`${listCodec(t, file)}(cx, ${span(source, file)})`)
    case 'map':
      return expression(`${file.request('lift', type, liftMap)}(cx, ${span(source, file)})`)
    case 'fixed-length-list':
      return fixedLengthList(type, t, source, file)
    case 'record':
      if (source.kind === 'memory')
        return expression(`${file.request('load', type, loadRecord)}(cx, ${address(source.ptr, source.offset)})`)
      return recordLiteral(t, source, file)
    case 'tuple':
      return { partial: 'lift/tuple', items: members(t.types, source).map(([e, s]) => lift(e, s, file)) }
    case 'variant':
      if (source.kind === 'memory')
        return expression(`${file.request('load', type, loadVariant)}(cx, ${address(source.ptr, source.offset)})`)
      return expression(`${file.request('lift', type, liftFlatVariant)}(cx, ${flat(source, type).join(', ')})`)
    case 'enum':
      return expression(`${file.request('lift', type, liftEnum)}(cx, ${discriminant(t.cases.length, source, file)})`)
    case 'flags': {
      const bits =
        source.kind === 'flat'
          ? (source.values[0]?.text ?? '')
          : scalar(`u${8 * flagsSize(t.flags.length)}`, source, file)
      return expression(`${file.request('lift', type, liftFlags)}(${bits})`)
    }
    case 'option': {
      const some = lift(t.some, payload(type, t.some, source, file), file)
      const test = `${file.use('isSome')}(cx, ${discriminant(2, source, file)})`
      return isNestedOption(t) ? { partial: 'lift/nested-option', test, some } : { partial: 'lift/option', test, some }
    }
    case 'result': {
      const arm = (tag: string, arm: Type | undefined): LiftModel => {
        const text = { name: 'tag', value: expression(`'${tag}'`) }
        const val = arm === undefined ? [] : [{ name: 'val', value: lift(arm, payload(type, arm, source, file), file) }]
        return { partial: 'lift/record', fields: [text, ...val] }
      }
      return {
        partial: 'lift/result',
        test: `${file.use('isErr')}(cx, ${discriminant(2, source, file)})`,
        ok: arm('ok', t.ok),
        err: arm('err', t.err),
      }
    }
    case 'own':
    case 'borrow': {
      const index = source.kind === 'flat' ? (source.values[0]?.text ?? '') : scalar('u32', source, file)
      const helper = file.use(t.kind === 'own' ? 'liftOwn' : 'liftBorrow')
      return expression(`${helper}(cx, ${file.slot(t.resource)}, ${index}) as ${tsType(t, file.scope)}`)
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

/** `{ x: …, y: … }` */
export function recordLiteral(record: TypeOf<'record'>, source: LiftSource, file: CodecFile): LiftModel {
  const sources = members(
    record.fields.map((f) => f.type),
    source,
  )
  return {
    partial: 'lift/record',
    fields: sources.map(([type, s], i) => ({
      name: camelCase(record.fields[i]?.name ?? ''),
      value: lift(type, s, file),
    })),
  }
}

/** Where the payload of a variant, option or result is, when its case has the type `arm`. */
export function payload(variant: Type, arm: Type, source: LiftSource, file: CodecFile): LiftSource {
  const general = despecialize(variant)
  if (general.kind !== 'variant') throw new TypeError('a variant was expected')
  if (source.kind === 'memory') return memoryAt(source.ptr, source.offset + payloadOffset(general))
  const wanted = flattenType(arm)
  return flatValues(wanted.map((want, i) => ({ text: coerce(source.values[i + 1], want, file), type: want })))
}

/** The raw discriminant of a variant with so many cases. */
export function discriminant(cases: number, source: LiftSource, file: CodecFile): string {
  if (source.kind === 'flat') return source.values[0]?.text ?? ''
  return `${file.use(`loadU${8 * discriminantSize(cases)}`)}(cx, ${address(source.ptr, source.offset)})`
}

/** The lift function of a list type: the runtime's for numbers, else one of this file. */
function listCodec(list: TypeOf<'list'>, file: CodecFile): string {
  const { kind } = dealias(list.element)
  return TYPED_ARRAYS[kind] === undefined
    ? file.request('lift', list, liftList)
    : file.use(`liftListOf${kind.toUpperCase()}`)
}

function fixedLengthList(type: Type, t: TypeOf<'fixed-length-list'>, source: LiftSource, file: CodecFile): LiftModel {
  if (source.kind === 'memory')
    return expression(`${file.request('load', type, loadArray)}(cx, ${address(source.ptr, source.offset)})`)
  const elements = Array.from({ length: t.length }, () => t.element)
  return { partial: 'lift/tuple', items: members(elements, source).map(([e, s]) => lift(e, s, file)) }
}

/** The sources of the members of a record or tuple. */
export function members(types: readonly Type[], source: LiftSource): readonly (readonly [Type, LiftSource])[] {
  if (source.kind === 'memory') {
    const { offsets } = recordLayout(types.map((type) => ({ type })))
    return types.map((type, i) => [type, memoryAt(source.ptr, source.offset + (offsets[i] ?? 0))] as const)
  }
  let taken = 0
  return types.map((type) => {
    const values = source.values.slice(taken, (taken += flattenType(type).length))
    return [type, flatValues(values)] as const
  })
}

/** Pointer and length of a string or list, as arguments. */
function span(source: LiftSource, file: CodecFile): string {
  if (source.kind === 'flat') return source.values.map((v) => `${v.text} >>> 0`).join(', ')
  const word = file.use('loadU32')
  return `${word}(cx, ${address(source.ptr, source.offset)}), ${word}(cx, ${address(source.ptr, source.offset + 4)})`
}

function flat(source: LiftSource, type: Type): readonly string[] {
  if (source.kind === 'memory') throw new TypeError(`memory where core values were expected: ${type.kind}`)
  return source.values.map((v) => v.text)
}

/** Spec: CanonicalABI.md, `lift_flat_unsigned`, `lift_flat_signed`, `convert_int_to_bool`, `load_int`. */
function scalar(kind: string, source: LiftSource, file: CodecFile): string {
  if (source.kind === 'memory') {
    const name = kind.charAt(0).toUpperCase() + kind.slice(1)
    return `${file.use(`load${name}`)}(cx, ${address(source.ptr, source.offset)})`
  }
  const text = source.values[0]?.text ?? ''
  switch (kind) {
    case 'bool':
      return `${text} !== 0`
    case 'u8':
      return `${text} & 0xff`
    case 's8':
      return `(${text} << 24) >> 24`
    case 'u16':
      return `${text} & 0xffff`
    case 's16':
      return `(${text} << 16) >> 16`
    case 'u32':
      return `${text} >>> 0`
    case 'u64':
      return `BigInt.asUintN(64, ${text})`
    case 'char':
      return `${file.use('liftChar')}(cx, ${text})`
    default:
      return text
  }
}

/** Takes a payload's core value out of the joined type that carried it. Spec: `lift_flat_variant`. */
function coerce(value: FlatValue | undefined, want: CoreType, file: CodecFile): string {
  if (value === undefined) throw new TypeError('too few core values')
  const { text, type } = value
  if (type === want) return text
  if (type === 'i32') return `${file.use('i32ToF32')}(${text})`
  if (want === 'f64') return `${file.use('i64ToF64')}(${text})`
  const low = `${file.use('i64ToI32')}(${text})`
  return want === 'f32' ? `${file.use('i32ToF32')}(${low})` : low
}

/** The stride and alignment of list elements of the type. */
export function stride(type: Type): { readonly size: number; readonly align: number } {
  return { size: elemSize(type), align: alignment(type) }
}
