import type { Context } from '../context.ts'
import { trap } from './calls.ts'

/*
 * Loads of single values. The caller has checked that the block lies in the memory and is aligned (`block`, `checkList`).
 * Spec: CanonicalABI.md, `load`.
 */

/** Loads u8. */
export function loadU8(cx: Context, ptr: number): number {
  return cx.U8[ptr] as number
}
/** Loads s8. */
export function loadS8(cx: Context, ptr: number): number {
  return ((cx.U8[ptr] as number) << 24) >> 24
}
/** Loads u16. */
export function loadU16(cx: Context, ptr: number): number {
  return cx.view.getUint16(ptr, true)
}
/** Loads s16. */
export function loadS16(cx: Context, ptr: number): number {
  return cx.view.getInt16(ptr, true)
}
/** Loads u32. */
export function loadU32(cx: Context, ptr: number): number {
  return cx.U32[ptr >>> 2] as number
}
/** Loads s32. */
export function loadS32(cx: Context, ptr: number): number {
  return (cx.U32[ptr >>> 2] as number) | 0
}
/** Loads u64. */
export function loadU64(cx: Context, ptr: number): bigint {
  return cx.view.getBigUint64(ptr, true)
}
/** Loads s64. */
export function loadS64(cx: Context, ptr: number): bigint {
  return cx.view.getBigInt64(ptr, true)
}
/** Loads f32. */
export function loadF32(cx: Context, ptr: number): number {
  return cx.view.getFloat32(ptr, true)
}
/** Loads f64. */
export function loadF64(cx: Context, ptr: number): number {
  return cx.F64[ptr >>> 3] as number
}
/** Loads bool: any byte but 0 is true. Spec: `convert_int_to_bool`. */
export function loadBool(cx: Context, ptr: number): boolean {
  return cx.U8[ptr] !== 0
}
/** Loads char; traps as `liftChar` does. */
export function loadChar(cx: Context, ptr: number): string {
  return liftChar(cx, cx.U32[ptr >>> 2] as number)
}

/** Spec: `convert_i32_to_char`, `trap_if(i >= 0x110000)`, `trap_if(0xD800 <= i <= 0xDFFF)`. */
export function liftChar(cx: Context, code: number): string {
  code >>>= 0
  if (code >= 0x110000 || (code >= 0xd800 && code <= 0xdfff))
    trap(cx, 'AbiViolation', `0x${code.toString(16)} is no Unicode scalar value`)
  return String.fromCodePoint(code)
}

/**
 * Whether the discriminant of two cases is that of the second one: `some` of an option, `err` of a result.
 * Spec: `trap_if(case_index >= len(cases))`.
 */
function isSecondCase(cx: Context, discriminant: number): boolean {
  if (discriminant >>> 0 > 1) badDiscriminant(cx, discriminant)
  return discriminant !== 0
}
export { isSecondCase as isErr, isSecondCase as isSome }

/** Spec: `trap_if(case_index >= len(cases))`. */
export function badDiscriminant(cx: Context, discriminant: number): never {
  trap(cx, 'AbiViolation', `unknown discriminant ${discriminant >>> 0}`)
}
