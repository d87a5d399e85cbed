const float = new Float64Array(1)
const bits64 = new BigInt64Array(float.buffer)
const single = new Float32Array(1)
const bits32 = new Int32Array(single.buffer)

/*
 * Reinterpretations where the flat forms of a variant's cases are joined.
 * Spec: CanonicalABI.md, `lower_flat_variant`, `lift_flat_variant`, `encode_float_as_i32`, `decode_i32_as_float` …
 */

/** f64 → its bits as i64 */
export function f64ToI64(value: number): bigint {
  float[0] = value
  return bits64[0] as bigint
}
/** i64 → the f64 of these bits */
export function i64ToF64(value: bigint): number {
  bits64[0] = value
  return float[0] as number
}
/** f32 → its bits as i32 */
export function f32ToI32(value: number): number {
  single[0] = value
  return bits32[0] as number
}
/** i32 → the f32 of these bits */
export function i32ToF32(value: number): number {
  bits32[0] = value
  return single[0] as number
}
/** i32 → i64, zero-extended */
export function i32ToI64(value: number): bigint {
  return BigInt(value >>> 0)
}
/** i64 → its low 32 bits as i32. Spec: `wrap_i64_to_i32`. */
export function i64ToI32(value: bigint): number {
  return Number(BigInt.asIntN(32, value))
}
