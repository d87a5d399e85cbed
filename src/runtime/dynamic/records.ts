import { recordLayout } from '../../abi/layout.ts'
import { camelCase, dealias, type Type } from '../../ir/index.ts'
import { isObject } from '../abi/checks.ts'
import { items } from '../abi/inherited.ts'
import { field, type Path } from '../abi/path.ts'
import { refuseThenable } from '../abi/promises.ts'
import { invalid } from '../abi/refusal.ts'
import type { Codec, CodecRules, Codecs } from './codec.ts'
import { memberReader } from './members.ts'

/** The members of a record or tuple, in order. */
interface Member {
  readonly codec: Codec
  readonly key: string | number
  /** In bytes from the start, and in core values. */
  readonly offset: number
  readonly flatOffset: number
}

/**
 * The codec of what has a fixed row of members.
 *
 * @param make puts the lifted members together
 * @param read checks a value and reads each member once, before any of them is checked
 */
function membersCodec(
  types: readonly Type[],
  keys: readonly (string | number)[],
  codecs: Codecs,
  make: (values: readonly unknown[]) => unknown,
  read: (path: Path, value: unknown) => readonly unknown[],
): Codec {
  const { offsets, size, align } = recordLayout(types.map((type) => ({ type })))
  let taken = 0
  const members = types.map((type, i): Member => {
    const codec = codecs.of(type)
    const flatOffset = taken
    taken += codec.flat.length
    return { codec, key: keys[i] ?? i, offset: offsets[i] ?? 0, flatOffset }
  })
  return {
    flat: members.flatMap((m) => m.codec.flat),
    size,
    align,
    load: (cx, ptr) => make(members.map((m) => m.codec.load(cx, ptr + m.offset))),
    liftFlat: (cx, values, at) => make(members.map((m) => m.codec.liftFlat(cx, values, at + m.flatOffset))),
    store(cx, path, ptr, value) {
      const values = read(path, value)
      for (const [i, m] of members.entries()) m.codec.store(cx, field(path, m.key), ptr + m.offset, values[i])
    },
    lowerFlat(cx, path, value, out) {
      const values = read(path, value)
      for (const [i, m] of members.entries()) m.codec.lowerFlat(cx, field(path, m.key), values[i], out)
    },
  }
}

/** Whether `undefined` is a value of the type. */
function isPlainOption(type: Type): boolean {
  const t = dealias(type)
  return t.kind === 'option' && dealias(t.some).kind !== 'option'
}

export const recordRules: Pick<CodecRules, 'record' | 'tuple'> = {
  record(type, codecs, wit) {
    const keys = type.fields.map((f) => camelCase(f.name))
    const readers = keys.map(memberReader)
    // A Promise is an object without any of the members, which is a record where all may be left out.
    const isOpen = type.fields.every((f) => isPlainOption(f.type))
    return membersCodec(
      type.fields.map((f) => f.type),
      keys,
      codecs,
      (values) => Object.fromEntries(keys.map((key, i) => [key, values[i]])),
      (path, value) => {
        if (!isObject(value)) return invalid(path, wit, value)
        const values = readers.map((read) => read(value))
        if (isOpen && values.every((v) => v === undefined)) refuseThenable(path, wit, value)
        return values
      },
    )
  },

  tuple(type, codecs) {
    const { length } = type.types
    const expected = `array of ${length}`
    return membersCodec(
      type.types,
      type.types.map((_, i) => i),
      codecs,
      (values) => values,
      (path, value) => {
        if (!Array.isArray(value) || value.length !== length) return invalid(path, expected, value)
        const list = items(value)
        return Array.from({ length }, (_, i): unknown => list[i])
      },
    )
  },
}
