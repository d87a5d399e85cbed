import { loadU32 } from '../abi/load.ts'
import type { Path } from '../abi/path.ts'
import { storeU32 } from '../abi/store.ts'
import type { Context } from '../context.ts'
import { i32, type Codec, type CodecRules } from './codec.ts'

/** The codec of what is an index into the guest's table of handles. */
export function handleCodec(
  lift: (cx: Context, index: number) => unknown,
  lower: (cx: Context, path: Path, value: unknown) => number,
): Codec {
  return {
    flat: ['i32'],
    size: 4,
    align: 4,
    load: (cx, ptr) => lift(cx, loadU32(cx, ptr)),
    liftFlat: (cx, values, at) => lift(cx, i32(values, at)),
    store: (cx, path, ptr, value) => storeU32(cx, ptr, lower(cx, path, value)),
    lowerFlat: (cx, path, value, out) => void out.push(lower(cx, path, value)),
  }
}

export const handleRules: Pick<CodecRules, 'own' | 'borrow'> = {
  own({ resource }, codecs) {
    const type = codecs.resource(resource)
    return handleCodec(
      (cx, index) => type(cx).liftOwn(cx, index),
      (cx, path, value) => type(cx).lowerOwn(cx, path, value),
    )
  },
  borrow({ resource }, codecs) {
    const type = codecs.resource(resource)
    return handleCodec(
      (cx, index) => type(cx).liftBorrow(cx, index),
      (cx, path, value) => type(cx).lowerBorrow(cx, path, value),
    )
  },
}
