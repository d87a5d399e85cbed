import type { CoreType } from '../../abi/flatten.ts'
import type { PrimitiveKind } from '../../ir/index.ts'
import { isS16, isS32, isS64, isS8, isU16, isU32, isU64, isU8 } from '../abi/checks.ts'
import {
  liftChar,
  loadBool,
  loadChar,
  loadF32,
  loadF64,
  loadS16,
  loadS32,
  loadS64,
  loadS8,
  loadU16,
  loadU32,
  loadU64,
  loadU8,
} from '../abi/load.ts'
import type { Path } from '../abi/path.ts'
import { invalid } from '../abi/refusal.ts'
import { lowerChar, storeF32, storeF64, storeU16, storeU32, storeU64, storeU8 } from '../abi/store.ts'
import type { Context } from '../context.ts'
import type { Codec, CodecRules, CoreValue } from './codec.ts'

type ScalarKind = Exclude<PrimitiveKind, 'string' | 'resource' | 'error-context'>

/** What is particular to one kind; `C` is the core value that stands for it. */
interface Scalar<C extends CoreValue> {
  readonly core: CoreType
  readonly size: number
  readonly load: (cx: Context, ptr: number) => unknown
  readonly store: (cx: Context, ptr: number, value: C) => void
  readonly lift: (value: C, cx: Context) => unknown
  /** Checks a value and gives its core value. */
  readonly lower: (path: Path, value: unknown) => C
}

function codec<C extends CoreValue>({ core, size, load, store, lift, lower }: Scalar<C>): () => Codec {
  const made: Codec = {
    flat: [core],
    size,
    align: size,
    load,
    liftFlat: (cx, values, at) => lift(values[at] as C, cx),
    store: (cx, path, ptr, value) => store(cx, ptr, lower(path, value)),
    lowerFlat: (_cx, path, value, out) => void out.push(lower(path, value)),
  }
  return () => made
}

const checked =
  <C extends CoreValue>(kind: string, is: (x: unknown) => x is C) =>
  (path: Path, value: unknown): C =>
    is(value) ? value : invalid(path, kind, value)

const isNumber = (x: unknown): x is number => typeof x === 'number'
const asIs = (value: number): number => value
const float = { lift: asIs } as const
const int32 = { core: 'i32', size: 4, store: storeU32 } as const
const int16 = { core: 'i32', size: 2, store: storeU16 } as const
const int8 = { core: 'i32', size: 1, store: storeU8 } as const
const int64 = { core: 'i64', size: 8, store: storeU64 } as const

const lowerBool = (path: Path, value: unknown): number =>
  typeof value === 'boolean' ? Number(value) : invalid(path, 'bool', value)

/** Spec: `lift_flat_unsigned`, `lift_flat_signed`, `convert_int_to_bool`, `load_int`. */
export const scalarRules: Pick<CodecRules, ScalarKind> = {
  bool: codec({ ...int8, load: loadBool, lift: (v) => v !== 0, lower: lowerBool }),
  s8: codec({ ...int8, load: loadS8, lift: (v) => (v << 24) >> 24, lower: checked('s8', isS8) }),
  u8: codec({ ...int8, load: loadU8, lift: (v) => v & 0xff, lower: checked('u8', isU8) }),
  s16: codec({ ...int16, load: loadS16, lift: (v) => (v << 16) >> 16, lower: checked('s16', isS16) }),
  u16: codec({ ...int16, load: loadU16, lift: (v) => v & 0xffff, lower: checked('u16', isU16) }),
  s32: codec({ ...int32, load: loadS32, lift: asIs, lower: checked('s32', isS32) }),
  u32: codec({ ...int32, load: loadU32, lift: (v) => v >>> 0, lower: checked('u32', isU32) }),
  s64: codec({ ...int64, load: loadS64, lift: (v) => v, lower: checked('s64', isS64) }),
  u64: codec({ ...int64, load: loadU64, lift: (v) => BigInt.asUintN(64, v), lower: checked('u64', isU64) }),
  f32: codec({ ...float, core: 'f32', size: 4, load: loadF32, store: storeF32, lower: checked('f32', isNumber) }),
  f64: codec({ ...float, core: 'f64', size: 8, load: loadF64, store: storeF64, lower: checked('f64', isNumber) }),
  char: codec({ ...int32, load: loadChar, lift: (v, cx) => liftChar(cx, v), lower: lowerChar }),
}
