import fc from 'fast-check'
import { dealias, type Type } from '../../src/ir/index.ts'

/** A value as it is given, and as it arrives and comes back. */
export interface Value {
  readonly given: unknown
  readonly lifted: unknown
}

type Values = fc.Arbitrary<Value>

const same = (values: fc.Arbitrary<unknown>): Values => values.map((given) => ({ given, lifted: given }))

/** `is-XML-http` → `isXmlHttp`, as the contract says. */
export function camel(kebab: string): string {
  const words = kebab.split('-').map((w) => w.toLowerCase())
  return words.map((w, i) => (i === 0 ? w : w.charAt(0).toUpperCase() + w.slice(1))).join('')
}

const TYPED = {
  s8: Int8Array,
  u8: Uint8Array,
  s16: Int16Array,
  u16: Uint16Array,
  s32: Int32Array,
  u32: Uint32Array,
  s64: BigInt64Array,
  u64: BigUint64Array,
  f32: Float32Array,
  f64: Float64Array,
} as const

/** Values of a type, with what they come back as, from the contract's table of values. */
export function valuesOf(type: Type): Values {
  const t = dealias(type)
  switch (t.kind) {
    case 'bool':
      return same(fc.boolean())
    case 's8':
    case 'u8':
    case 's16':
    case 'u16':
    case 's32':
    case 'u32':
      return same(fc.integer(range(t.kind)))
    case 's64':
    case 'u64':
      return same(
        fc.bigInt(t.kind === 'u64' ? { min: 0n, max: 2n ** 64n - 1n } : { min: -(2n ** 63n), max: 2n ** 63n - 1n }),
      )
    case 'f32':
      return fc.double().map((given) => ({ given, lifted: Math.fround(given) }))
    case 'f64':
      return same(fc.double())
    case 'char':
      return same(
        fc
          .oneof(fc.integer({ min: 0, max: 0xd7ff }), fc.integer({ min: 0xe000, max: 0x10ffff }))
          .map((c) => String.fromCodePoint(c)),
      )
    case 'string':
      return STRINGS
    case 'list':
      return listOf(t.element)
    case 'fixed-length-list':
      return fc.array(valuesOf(t.element), { minLength: t.length, maxLength: t.length }).map(arrayOf)
    case 'map':
      return fc.array(fc.tuple(valuesOf(t.key), valuesOf(t.value)), { maxLength: 4 }).map(mapOf)
    case 'tuple':
      return fc.tuple(...t.types.map(valuesOf)).map(arrayOf)
    case 'record':
      return fc.tuple(fc.boolean(), ...t.fields.map((f) => valuesOf(f.type))).map(([omit, ...all]) =>
        record(
          t.fields.map((f) => camel(f.name)),
          all,
          omit,
        ),
      )
    case 'flags':
      return fc.tuple(...t.flags.map(() => fc.constantFrom(true, false, undefined))).map((bits) => {
        const keys = t.flags.map((f) => camel(f.name))
        const set = keys.flatMap((key, i) => (bits[i] === undefined ? [] : [[key, bits[i]] as const]))
        return {
          given: Object.fromEntries(set),
          lifted: Object.fromEntries(keys.map((key, i) => [key, bits[i] === true])),
        }
      })
    case 'enum':
      return same(fc.constantFrom(...t.cases.map((c) => c.name)))
    case 'variant':
      return oneCase(t.cases.map((c) => [c.name, c.type]))
    case 'result':
      return oneCase([
        ['ok', t.ok],
        ['err', t.err],
      ])
    case 'option':
      if (dealias(t.some).kind === 'option') {
        return oneCase([
          ['none', undefined],
          ['some', t.some],
        ])
      }
      return fc.oneof(fc.constant({ given: undefined, lifted: undefined }), valuesOf(t.some))
    default:
      throw new Error(`no values of ${t.kind}`)
  }
}

function range(kind: string): { min: number; max: number } {
  const bits = Number(kind.slice(1))
  return kind.startsWith('s') ? { min: -(2 ** (bits - 1)), max: 2 ** (bits - 1) - 1 } : { min: 0, max: 2 ** bits - 1 }
}

/** Any UTF-16, lone surrogates too, mostly short; sometimes plain ASCII. */
const STRINGS: Values = fc
  .oneof(
    fc.string({ maxLength: 40 }),
    fc.array(fc.integer({ min: 0, max: 0xffff }), { maxLength: 12 }).map((codes) => String.fromCharCode(...codes)),
    fc.constantFrom('', '\0', '\ufeffx', '😀', '\ud83d', 'é'.repeat(30)),
  )
  .map((given) => ({ given, lifted: given.replace(/\p{Surrogate}/gu, '\ufffd') }))

function both(values: readonly Value[], make: (values: unknown[]) => unknown): Value {
  return { given: make(values.map((v) => v.given)), lifted: make(values.map((v) => v.lifted)) }
}

const arrayOf = (all: readonly Value[]): Value => both(all, (values) => values)

function listOf(element: Type): Values {
  const kind = dealias(element).kind
  const TypedArray = (TYPED as Partial<Record<string, { from(values: unknown[]): object }>>)[kind]
  const items = fc.array(valuesOf(element), { maxLength: 4 })
  if (TypedArray === undefined) return items.map(arrayOf)
  return fc.tuple(items, fc.boolean()).map(([all, plain]) => {
    const given = all.map((v) => v.given)
    const lifted = TypedArray.from(given)
    return { given: plain ? given : TypedArray.from(given), lifted }
  })
}

function mapOf(entries: readonly (readonly [Value, Value])[]): Value {
  const unique = new Map(entries.map(([key, value]) => [key.given, { key: key.lifted, value }]))
  return {
    given: new Map([...unique].map(([key, { value }]) => [key, value.given])),
    lifted: new Map([...unique.values()].map(({ key, value }) => [key, value.lifted])),
  }
}

/** A record; fields that are undefined are left out where `omit` is true. */
function record(keys: readonly string[], values: readonly Value[], omit: boolean): Value {
  const given = keys.map((key, i) => [key, values[i]?.given] as const)
  return {
    given: Object.fromEntries(omit ? given.filter(([, value]) => value !== undefined) : given),
    lifted: Object.fromEntries(keys.map((key, i) => [key, values[i]?.lifted])),
  }
}

function oneCase(cases: readonly (readonly [tag: string, type: Type | undefined])[]): Values {
  const all = cases.map(([tag, type]): Values => {
    if (type === undefined) return fc.constant({ given: { tag }, lifted: { tag } })
    return valuesOf(type).map((v) => ({ given: { tag, val: v.given }, lifted: { tag, val: v.lifted } }))
  })
  return fc.oneof(...all)
}
