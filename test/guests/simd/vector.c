// With vector instructions: 16 bytes at a time, what is left over one by one.
#include <wasm_simd128.h>

#include "kernels.h"

int64_t dot(const int16_t *a, const int16_t *b, size_t length) {
  v128_t sums = wasm_i64x2_const_splat(0);
  size_t i = 0;
  for (; i + 8 <= length; i += 8) {
    const v128_t x = wasm_v128_load(a + i);
    const v128_t y = wasm_v128_load(b + i);
    // Not i32x4.dot_i16x8_s: two products of −2¹⁵ and −2¹⁵ do not fit.
    const v128_t low = wasm_i32x4_extmul_low_i16x8(x, y);
    const v128_t high = wasm_i32x4_extmul_high_i16x8(x, y);
    sums = wasm_i64x2_add(sums, wasm_i64x2_extend_low_i32x4(low));
    sums = wasm_i64x2_add(sums, wasm_i64x2_extend_high_i32x4(low));
    sums = wasm_i64x2_add(sums, wasm_i64x2_extend_low_i32x4(high));
    sums = wasm_i64x2_add(sums, wasm_i64x2_extend_high_i32x4(high));
  }
  int64_t sum = wasm_i64x2_extract_lane(sums, 0) + wasm_i64x2_extract_lane(sums, 1);
  for (; i < length; i++) sum += (int32_t)a[i] * b[i];
  return sum;
}

float dot_floats(const float *a, const float *b, size_t length) {
  v128_t columns = wasm_f32x4_const_splat(0);
  size_t i = 0;
  for (; i + 4 <= length; i += 4) {
    columns = wasm_f32x4_add(columns, wasm_f32x4_mul(wasm_v128_load(a + i), wasm_v128_load(b + i)));
  }
  float sum = (wasm_f32x4_extract_lane(columns, 0) + wasm_f32x4_extract_lane(columns, 1)) +
              (wasm_f32x4_extract_lane(columns, 2) + wasm_f32x4_extract_lane(columns, 3));
  for (; i < length; i++) sum += a[i] * b[i];
  return sum;
}

void add_saturating(uint8_t *sums, const uint8_t *a, const uint8_t *b, size_t length) {
  size_t i = 0;
  for (; i + 16 <= length; i += 16) {
    wasm_v128_store(sums + i, wasm_u8x16_add_sat(wasm_v128_load(a + i), wasm_v128_load(b + i)));
  }
  for (; i < length; i++) sums[i] = a[i] + b[i] > UINT8_MAX ? UINT8_MAX : a[i] + b[i];
}

uint32_t count_byte(const uint8_t *bytes, size_t length, uint8_t value) {
  const v128_t wanted = wasm_u8x16_splat(value);
  uint32_t count = 0;
  size_t i = 0;
  for (; i + 16 <= length; i += 16) {
    count += __builtin_popcount(wasm_i8x16_bitmask(wasm_i8x16_eq(wasm_v128_load(bytes + i), wanted)));
  }
  for (; i < length; i++) count += bytes[i] == value;
  return count;
}
