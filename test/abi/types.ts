// Short ways to write types of the IR in tests.
import type { PrimitiveKind, Type, TypeOf } from '../../src/ir/index.ts'

type Primitive = Exclude<PrimitiveKind, 'resource'>
/** A type, or the name of a primitive one. */
export type Short = Type | Primitive

const member = (name: string): { name: string; docs: undefined; span: undefined } => ({
  name,
  docs: undefined,
  span: undefined,
})

const NAMES = 'bool s8 u8 s16 u16 s32 u32 s64 u64 f32 f64 char string error-context'

/** The IR's node for a type. */
export function type(short: Short): Type {
  if (typeof short !== 'string') return short
  if (!NAMES.split(' ').includes(short)) throw new TypeError(`${short} is no primitive type`)
  return { kind: short } as Type
}

const maybe = (short: Short | undefined): Type | undefined => (short === undefined ? undefined : type(short))

export const list = (element: Short): Type => ({ kind: 'list', element: type(element) })
export const fixed = (element: Short, length: number): Type => ({
  kind: 'fixed-length-list',
  element: type(element),
  length,
})
export const map = (key: Short, value: Short): Type => ({ kind: 'map', key: type(key), value: type(value) })
export const record = (...fields: Short[]): Type => ({
  kind: 'record',
  fields: fields.map((f, i) => ({ ...member(`f${i}`), type: type(f) })),
})
export const tuple = (...types: Short[]): Type => ({ kind: 'tuple', types: types.map(type) })
export const variant = (...payloads: (Short | undefined)[]): TypeOf<'variant'> => ({
  kind: 'variant',
  cases: payloads.map((p, i) => ({ ...member(`c${i}`), type: maybe(p) })),
})
export const cases = (count: number, payload?: Short): TypeOf<'variant'> =>
  variant(...Array.from({ length: count - 1 }, () => undefined), payload)
export const enumeration = (count: number): Type => ({
  kind: 'enum',
  cases: Array.from({ length: count }, (_, i) => member(`c${i}`)),
})
export const flags = (count: number): Type => ({
  kind: 'flags',
  flags: Array.from({ length: count }, (_, i) => member(`f${i}`)),
})
export const option = (some: Short): Type => ({ kind: 'option', some: type(some) })
export const result = (ok?: Short, err?: Short): Type => ({ kind: 'result', ok: maybe(ok), err: maybe(err) })
