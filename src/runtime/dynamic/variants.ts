import { despecialize } from '../../abi/despecialize.ts'
import { flattenCases, type CoreType } from '../../abi/flatten.ts'
import { alignment, discriminantSize, elemSize, payloadOffset } from '../../abi/layout.ts'
import { dealias, type Type } from '../../ir/index.ts'
import { f32ToI32, f64ToI64, i32ToF32, i32ToI64, i64ToF64, i64ToI32 } from '../abi/bits.ts'
import { isObject } from '../abi/checks.ts'
import { memberOf } from '../abi/inherited.ts'
import { badDiscriminant, loadU16, loadU32, loadU8 } from '../abi/load.ts'
import { field, type Path } from '../abi/path.ts'
import { invalid } from '../abi/refusal.ts'
import { storeU16, storeU32, storeU8 } from '../abi/store.ts'
import type { Context } from '../context.ts'
import { i32, type Codec, type CodecRules, type Codecs, type CoreValue } from './codec.ts'

const DISCRIMINANTS = {
  1: { load: loadU8, store: storeU8 },
  2: { load: loadU16, store: storeU16 },
  4: { load: loadU32, store: storeU32 },
} as const

/** One case: its tag, and the codec of its payload where it has one. */
interface Arm {
  readonly tag: string
  readonly payload: Codec | undefined
}

/** How the host writes a value of cases. */
interface Shape {
  make(arm: Arm, payload: unknown): unknown
  /** Checks the outside of a value: the number of its case, and the payload with its path. */
  read(path: Path, value: unknown): readonly [index: number, payload: unknown, path: Path]
}

/** The codec of variant, option and result: a discriminant, and a payload of the case's type. */
function variantCodec(type: Type, codecs: Codecs, shapeOf: (arms: readonly Arm[]) => Shape): Codec {
  const general = despecialize(type)
  if (general.kind !== 'variant') throw new TypeError(`a ${general.kind} has no cases`)
  const arms = general.cases.map((c): Arm => ({ tag: c.name, payload: c.type && codecs.of(c.type) }))
  const joined = flattenCases(general.cases.map((c) => c.type))
  const word = DISCRIMINANTS[discriminantSize(arms.length)]
  const offset = payloadOffset(general)
  const shape = shapeOf(arms)
  const armOf = (cx: Context, index: number): Arm => arms[index] ?? badDiscriminant(cx, index)
  return {
    flat: ['i32', ...joined],
    size: elemSize(general),
    align: alignment(general),
    load(cx, ptr) {
      const arm = armOf(cx, word.load(cx, ptr))
      return shape.make(arm, arm.payload?.load(cx, ptr + offset))
    },
    liftFlat(cx, values, at) {
      const arm = armOf(cx, i32(values, at) >>> 0)
      const { payload } = arm
      if (payload === undefined) return shape.make(arm, undefined)
      const inner = payload.flat.map((want, i) => narrow(values[at + 1 + i] ?? 0, joined[i] ?? want, want))
      return shape.make(arm, payload.liftFlat(cx, inner, 0))
    },
    store(cx, path, ptr, value) {
      const [index, inner, below] = shape.read(path, value)
      word.store(cx, ptr, index)
      arms[index]?.payload?.store(cx, below, ptr + offset, inner)
    },
    lowerFlat(cx, path, value, out) {
      const [index, inner, below] = shape.read(path, value)
      const payload = arms[index]?.payload
      const flat: CoreValue[] = []
      payload?.lowerFlat(cx, below, inner, flat)
      out.push(index)
      for (const [i, want] of joined.entries()) {
        const core = flat[i]
        if (core === undefined) out.push(want === 'i64' ? 0n : 0)
        else out.push(widen(core, payload?.flat[i] ?? want, want))
      }
    },
  }
}

/** Puts a payload's core value into the joined type that carries it. Spec: `lower_flat_variant`. */
function widen(value: CoreValue, have: CoreType, want: CoreType): CoreValue {
  if (have === want || typeof value === 'bigint') return value
  if (want === 'i32') return f32ToI32(value)
  if (have === 'f64') return f64ToI64(value)
  return i32ToI64(have === 'f32' ? f32ToI32(value) : value)
}

/** Takes it out again. Spec: `lift_flat_variant`. */
function narrow(value: CoreValue, have: CoreType, want: CoreType): CoreValue {
  if (have === want) return value
  if (typeof value === 'number') return i32ToF32(value)
  if (want === 'f64') return i64ToF64(value)
  const low = i64ToI32(value)
  return want === 'f32' ? i32ToF32(low) : low
}

/** `{ tag, val }` */
function taggedShape(wit: string): (arms: readonly Arm[]) => Shape {
  return (arms) => {
    const indices = new Map<unknown, number>(arms.map(({ tag }, index) => [tag, index]))
    const expected = oneOf(arms.map((arm) => arm.tag))
    const carries = arms.some((arm) => arm.payload !== undefined)
    return {
      make: ({ tag, payload }, val) => (payload === undefined ? { tag } : { tag, val }),
      read(path, value) {
        if (!isObject(value)) return invalid(path, wit, value)
        const tag = memberOf(value, 'tag')
        const val = carries ? memberOf(value, 'val') : undefined
        const index = indices.get(tag) ?? invalid(field(path, 'tag'), expected, tag)
        return [index, val, field(path, 'val')]
      },
    }
  }
}

/** The value itself, or undefined. */
const optionShape: Shape = {
  make: (_, payload) => payload,
  read: (path, value) => [value === undefined ? 0 : 1, value, path],
}

/** `red, green or blue` */
export function oneOf(words: readonly string[]): string {
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} or ${words.at(-1)}`
}

export const variantRules: Pick<CodecRules, 'variant' | 'option' | 'result' | 'enum'> = {
  variant: (type, codecs, wit) => variantCodec(type, codecs, taggedShape(wit)),
  result: (type, codecs, wit) => variantCodec(type, codecs, taggedShape(wit)),
  // `undefined` cannot say which of two nested options is absent.
  option: (type, codecs, wit) =>
    variantCodec(type, codecs, dealias(type.some).kind === 'option' ? taggedShape(wit) : () => optionShape),

  enum({ cases }) {
    const names = cases.map((c) => c.name)
    const indices = new Map<unknown, number>(names.map((name, index) => [name, index]))
    const expected = oneOf(names)
    const size = discriminantSize(names.length)
    const word = DISCRIMINANTS[size]
    const lift = (cx: Context, index: number): string => names[index] ?? badDiscriminant(cx, index)
    const lower = (path: Path, value: unknown): number => indices.get(value) ?? invalid(path, expected, value)
    return {
      flat: ['i32'],
      size,
      align: size,
      load: (cx, ptr) => lift(cx, word.load(cx, ptr)),
      liftFlat: (cx, values, at) => lift(cx, i32(values, at) >>> 0),
      store: (cx, path, ptr, value) => word.store(cx, ptr, lower(path, value)),
      lowerFlat: (_cx, path, value, out) => void out.push(lower(path, value)),
    }
  },
}
