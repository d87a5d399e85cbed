import type { Context } from '../context.ts'
import { type Path } from './path.ts'
import { invalid } from './refusal.ts'

/*
 * Stores of single, checked values into a block that the caller has allocated. They read the view at each call, since
 * a realloc in between may have grown the memory. Spec: CanonicalABI.md, `store`.
 */

/** Stores s8 and u8, and one-byte discriminants. */
export function storeU8(cx: Context, ptr: number, value: number): void {
  cx.U8[ptr] = value
}
/** Stores s16 and u16. */
export function storeU16(cx: Context, ptr: number, value: number): void {
  cx.view.setUint16(ptr, value, true)
}
/** Stores s32 and u32. */
export function storeU32(cx: Context, ptr: number, value: number): void {
  cx.U32[ptr >>> 2] = value
}
/** Stores s64 and u64. */
export function storeU64(cx: Context, ptr: number, value: bigint): void {
  cx.view.setBigInt64(ptr, value, true)
}
/** Stores f32. */
export function storeF32(cx: Context, ptr: number, value: number): void {
  cx.view.setFloat32(ptr, value, true)
}
/** Stores f64. */
export function storeF64(cx: Context, ptr: number, value: number): void {
  cx.F64[ptr >>> 3] = value
}
/** Stores the pointer of a string or list that has just been lowered, and its length, which stands in `cx.count`. */
export function storeSpan(cx: Context, ptr: number, value: number): void {
  const words = cx.U32
  words[ptr >>> 2] = value
  words[(ptr >>> 2) + 1] = cx.count
}

/** A one-character string to its code point. Spec: `char_to_i32`. */
export function lowerChar(path: Path, value: unknown): number {
  if (typeof value === 'string') {
    const code = value.codePointAt(0)
    if (code !== undefined && value.length === (code > 0xffff ? 2 : 1) && (code < 0xd800 || code > 0xdfff)) return code
  }
  return invalid(path, 'char (one Unicode scalar value)', value)
}
