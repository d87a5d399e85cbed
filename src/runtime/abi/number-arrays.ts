import type { Context } from '../context.ts'
import { loadF32, loadF64, loadS16, loadS32, loadS64, loadS8, loadU16, loadU32, loadU64, loadU8 } from './load.ts'

/** The typed arrays that stand for lists of numbers, by the WIT type of the elements. */
export interface NumberArrays {
  s8: Int8Array
  u8: Uint8Array
  s16: Int16Array
  u16: Uint16Array
  s32: Int32Array
  u32: Uint32Array
  s64: BigInt64Array
  u64: BigUint64Array
  f32: Float32Array
  f64: Float64Array
}

/** A WIT type of numbers: `'f64'`. */
export type NumberType = keyof NumberArrays

/** How one type of numbers lies in memory. */
export interface NumberLayout<K extends NumberType> {
  readonly size: number
  /** One number; the caller has checked that it lies in the memory. */
  readonly load: (cx: Context, ptr: number) => NumberArrays[K][number]
  /** A typed array on the memory itself. */
  readonly view: (buffer: ArrayBufferLike, ptr: number, n: number) => NumberArrays[K]
}

type Layouts = { readonly [K in NumberType]: NumberLayout<K> }

/** All of them. Engines know the fields of a constant, so `LAYOUTS.f64` costs nothing. */
export const LAYOUTS: Layouts = {
  s8: { size: 1, load: loadS8, view: (buffer, ptr, n) => new Int8Array(buffer, ptr, n) },
  u8: { size: 1, load: loadU8, view: (buffer, ptr, n) => new Uint8Array(buffer, ptr, n) },
  s16: { size: 2, load: loadS16, view: (buffer, ptr, n) => new Int16Array(buffer, ptr, n) },
  u16: { size: 2, load: loadU16, view: (buffer, ptr, n) => new Uint16Array(buffer, ptr, n) },
  s32: { size: 4, load: loadS32, view: (buffer, ptr, n) => new Int32Array(buffer, ptr, n) },
  u32: { size: 4, load: loadU32, view: (buffer, ptr, n) => new Uint32Array(buffer, ptr, n) },
  s64: { size: 8, load: loadS64, view: (buffer, ptr, n) => new BigInt64Array(buffer, ptr, n) },
  u64: { size: 8, load: loadU64, view: (buffer, ptr, n) => new BigUint64Array(buffer, ptr, n) },
  f32: { size: 4, load: loadF32, view: (buffer, ptr, n) => new Float32Array(buffer, ptr, n) },
  f64: { size: 8, load: loadF64, view: (buffer, ptr, n) => new Float64Array(buffer, ptr, n) },
}
