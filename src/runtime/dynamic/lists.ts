import { dealias, type TypeKind } from '../../ir/index.ts'
import { recordLayout } from '../../abi/layout.ts'
import { elements } from '../abi/inherited.ts'
import { allocate, checkList } from '../abi/memory.ts'
import * as numbers from '../abi/numbers.ts'
import { element, field, type Path } from '../abi/path.ts'
import { invalid } from '../abi/refusal.ts'
import type { Context } from '../context.ts'
import type { Codec, CodecRules } from './codec.ts'
import { spanCodec } from './spans.ts'

/** The typed array that stands for a list of numbers, and the runtime's functions for such a list. */
interface NumberList {
  readonly Array: {
    new (length: number): { [index: number]: unknown; readonly length: number }
    readonly name: string
  }
  readonly codec: Codec
}

const NUMBER_LISTS: Partial<Record<TypeKind, NumberList>> = {
  s8: { Array: Int8Array, codec: spanCodec(numbers.liftListOfS8, numbers.lowerListOfS8) },
  u8: { Array: Uint8Array, codec: spanCodec(numbers.liftListOfU8, numbers.lowerListOfU8) },
  s16: { Array: Int16Array, codec: spanCodec(numbers.liftListOfS16, numbers.lowerListOfS16) },
  u16: { Array: Uint16Array, codec: spanCodec(numbers.liftListOfU16, numbers.lowerListOfU16) },
  s32: { Array: Int32Array, codec: spanCodec(numbers.liftListOfS32, numbers.lowerListOfS32) },
  u32: { Array: Uint32Array, codec: spanCodec(numbers.liftListOfU32, numbers.lowerListOfU32) },
  s64: { Array: BigInt64Array, codec: spanCodec(numbers.liftListOfS64, numbers.lowerListOfS64) },
  u64: { Array: BigUint64Array, codec: spanCodec(numbers.liftListOfU64, numbers.lowerListOfU64) },
  f32: { Array: Float32Array, codec: spanCodec(numbers.liftListOfF32, numbers.lowerListOfF32) },
  f64: { Array: Float64Array, codec: spanCodec(numbers.liftListOfF64, numbers.lowerListOfF64) },
}

/** Checks that `n` elements of `size` bytes lie at `start`, and counts them. Spec: `load_list_from_range`. */
function openList(cx: Context, start: number, n: number, { size, align }: Codec): void {
  checkList(cx, start, n * size, align)
  cx.bytesOut += n * size
}

/** Stores elements into a block of their own. Spec: `store_list_into_range`. */
function lowerElements(cx: Context, path: Path, list: readonly unknown[], item: Codec): number {
  const { size, align } = item
  const n = list.length >>> 0
  const start = allocate(cx, path, n * size, align)
  const at = element(path)
  for (let i = 0, ptr = start; i < n; i++, ptr += size) {
    at.key = i
    item.store(cx, at, ptr, list[i])
  }
  cx.count = n
  cx.bytesIn += n * size
  return start
}

/** A list as an array, whatever its elements are. */
export function listCodec(item: Codec): Codec {
  return spanCodec(
    (cx, start, n) => {
      openList(cx, start, n, item)
      const list = new Array<unknown>(n)
      for (let i = 0, ptr = start; i < n; i++, ptr += item.size) list[i] = item.load(cx, ptr)
      return list
    },
    (cx, path, value) =>
      Array.isArray(value) ? lowerElements(cx, path, elements(value), item) : invalid(path, 'array', value),
  )
}

/** The entry of a map: key and value one after the other, both with the path of the entry. */
function entryCodec(key: Codec, value: Codec, offset: number, size: number, align: number): Codec {
  return {
    flat: [...key.flat, ...value.flat],
    size,
    align,
    load: (cx, ptr) => [key.load(cx, ptr), value.load(cx, ptr + offset)],
    liftFlat: (cx, values, at) => [key.liftFlat(cx, values, at), value.liftFlat(cx, values, at + key.flat.length)],
    store(cx, path, ptr, entry) {
      const [entryKey, entryValue] = entry as readonly [unknown, unknown]
      key.store(cx, path, ptr, entryKey)
      value.store(cx, path, ptr + offset, entryValue)
    },
    lowerFlat(cx, path, entry, out) {
      const [entryKey, entryValue] = entry as readonly [unknown, unknown]
      key.lowerFlat(cx, path, entryKey, out)
      value.lowerFlat(cx, path, entryValue, out)
    },
  }
}

export const listRules: Pick<CodecRules, 'list' | 'map' | 'fixed-length-list'> = {
  list: (type, codecs) => NUMBER_LISTS[dealias(type.element).kind]?.codec ?? listCodec(codecs.of(type.element)),

  map(type, codecs) {
    const { offsets, size, align } = recordLayout([{ type: type.key }, { type: type.value }])
    const entry = entryCodec(codecs.of(type.key), codecs.of(type.value), offsets[1] ?? 0, size, align)
    return spanCodec(
      (cx, start, n) => {
        openList(cx, start, n, entry)
        const map = new Map<unknown, unknown>()
        for (let i = 0, ptr = start; i < n; i++, ptr += size) {
          const [key, value] = entry.load(cx, ptr) as readonly [unknown, unknown]
          map.set(key, value)
        }
        return map
      },
      (cx, path, value) =>
        value instanceof Map ? lowerElements(cx, path, [...value], entry) : invalid(path, 'Map', value),
    )
  },

  'fixed-length-list'(type, codecs) {
    const { length } = type
    const item = codecs.of(type.element)
    const check = (path: Path, value: unknown): readonly unknown[] =>
      Array.isArray(value) && value.length === length ? elements(value) : invalid(path, `array of ${length}`, value)
    return {
      // More than fits is never passed flat.
      flat: Array.from({ length: Math.min(length, 17) }, () => item.flat).flat(),
      size: length * item.size,
      align: item.align,
      load(cx, start) {
        const list = new Array<unknown>(length)
        for (let i = 0, ptr = start; i < length; i++, ptr += item.size) list[i] = item.load(cx, ptr)
        return list
      },
      liftFlat(cx, values, at) {
        const list = new Array<unknown>(length)
        for (let i = 0; i < length; i++) list[i] = item.liftFlat(cx, values, at + i * item.flat.length)
        return list
      },
      store(cx, path, start, value) {
        const list = check(path, value)
        const at = element(path)
        for (let i = 0, ptr = start; i < length; i++, ptr += item.size) {
          at.key = i
          item.store(cx, at, ptr, list[i])
        }
      },
      lowerFlat(cx, path, value, out) {
        const list = Array.from(check(path, value))
        for (let i = 0; i < length; i++) item.lowerFlat(cx, field(path, i), list[i], out)
      },
    }
  },
}
