import { loadU32 } from '../abi/load.ts'
import type { Path } from '../abi/path.ts'
import { invalid } from '../abi/refusal.ts'
import { storeSpan } from '../abi/store.ts'
import { liftString, lowerString } from '../abi/strings.ts'
import type { Context } from '../context.ts'
import { i32, type Codec } from './codec.ts'

/**
 * The codec of what is a pointer and a length: strings, lists, maps.
 *
 * @param lift gives the value of `n` units at `ptr`, both unchecked
 * @param lower gives the pointer; the length is in `cx.count`
 */
export function spanCodec(
  lift: (cx: Context, ptr: number, n: number) => unknown,
  lower: (cx: Context, path: Path, value: unknown) => number,
): Codec {
  return {
    flat: ['i32', 'i32'],
    size: 8,
    align: 4,
    load: (cx, ptr) => lift(cx, loadU32(cx, ptr), loadU32(cx, ptr + 4)),
    liftFlat: (cx, values, at) => lift(cx, i32(values, at) >>> 0, i32(values, at + 1) >>> 0),
    store: (cx, path, ptr, value) => storeSpan(cx, ptr, lower(cx, path, value)),
    lowerFlat(cx, path, value, out) {
      const ptr = lower(cx, path, value)
      out.push(ptr, cx.count)
    },
  }
}

export const stringCodec: Codec = spanCodec(liftString, (cx, path, value) =>
  typeof value === 'string' ? lowerString(cx, path, value) : invalid(path, 'string', value),
)
