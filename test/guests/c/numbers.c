// `test:toolbox/compute`: numbers, characters, flags and lists of numbers. Lists that are given belong to the guest: a result
// that fits takes their place, others are freed.
#include <math.h>

#include "text.h"

typedef exports_test_toolbox_compute_failure_t failure_t;
typedef exports_test_toolbox_compute_marks_t marks_t;

static const uint32_t FIRST_SURROGATE = 0xD800, AFTER_SURROGATES = 0xE000, LAST_CHAR = 0x10FFFF;

uint32_t exports_test_toolbox_compute_add(uint32_t a, uint32_t b) { return a + b; }

uint64_t exports_test_toolbox_compute_multiply(uint64_t a, uint64_t b) { return a * b; }

int64_t exports_test_toolbox_compute_saturating_add(int64_t a, int64_t b) {
  int64_t sum;
  if (!__builtin_add_overflow(a, b, &sum)) return sum;
  return a < 0 ? INT64_MIN : INT64_MAX;
}

bool exports_test_toolbox_compute_divide(int32_t a, int32_t b, int32_t *ret, failure_t *err) {
  const bool overflow = a == INT32_MIN && b == -1;
  if (b == 0 || overflow) {
    err->tag = EXPORTS_TEST_TOOLBOX_COMPUTE_FAILURE_UNUSABLE;
    toolbox_string_dup(&err->val.unusable, overflow ? "overflow" : "division by zero");
    return false;
  }
  *ret = a / b;
  return true;
}

bool exports_test_toolbox_compute_div_mod(uint64_t a, uint64_t b, toolbox_tuple2_u64_u64_t *ret) {
  if (b == 0) return false;
  *ret = (toolbox_tuple2_u64_u64_t){a / b, a % b};
  return true;
}

int16_t exports_test_toolbox_compute_mean_of_three(int8_t a, uint8_t b, int16_t c) {
  const int32_t sum = a + b + c;
  // C rounds towards zero.
  return (int16_t)(sum / 3 - (sum % 3 < 0));
}

float exports_test_toolbox_compute_half(float x) { return x / 2; }

bool exports_test_toolbox_compute_exclusive_or(bool a, bool b) { return a != b; }

bool exports_test_toolbox_compute_next_char(uint32_t c, uint32_t *ret) {
  *ret = c + 1 == FIRST_SURROGATE ? AFTER_SURROGATES : c + 1;
  return c != LAST_CHAR;
}

marks_t exports_test_toolbox_compute_marks_of(int64_t n) {
  const uint64_t size = n < 0 ? -(uint64_t)n : (uint64_t)n;
  marks_t marks = 0;
  if (n < 0) marks |= EXPORTS_TEST_TOOLBOX_COMPUTE_MARKS_NEGATIVE;
  if (n == 0) marks |= EXPORTS_TEST_TOOLBOX_COMPUTE_MARKS_ZERO;
  if (size % 2 == 0) marks |= EXPORTS_TEST_TOOLBOX_COMPUTE_MARKS_EVEN;
  if (size >> 40 > 0) marks |= EXPORTS_TEST_TOOLBOX_COMPUTE_MARKS_HUGE;
  return marks;
}

marks_t exports_test_toolbox_compute_differing_marks(marks_t a, marks_t b) { return a ^ b; }

uint32_t exports_test_toolbox_compute_checksum(toolbox_list_u8_t *bytes) {
  uint32_t crc = ~0u;
  for (size_t i = 0; i < bytes->len; i++) {
    crc ^= bytes->ptr[i];
    for (int bit = 0; bit < 8; bit++) crc = (crc >> 1) ^ (crc & 1 ? 0xEDB88320u : 0);
  }
  toolbox_list_u8_free(bytes);
  return ~crc;
}

void exports_test_toolbox_compute_reverse_bytes(toolbox_list_u8_t *bytes, toolbox_list_u8_t *ret) {
  for (size_t i = 0; i < bytes->len / 2; i++) {
    uint8_t *low = &bytes->ptr[i], *high = &bytes->ptr[bytes->len - 1 - i], byte = *low;
    *low = *high;
    *high = byte;
  }
  *ret = *bytes;
}

void exports_test_toolbox_compute_scale(toolbox_list_f64_t *values, double by, toolbox_list_f64_t *ret) {
  for (size_t i = 0; i < values->len; i++) values->ptr[i] *= by;
  *ret = *values;
}

void exports_test_toolbox_compute_running_sums(toolbox_list_s32_t *values, toolbox_list_s64_t *ret) {
  *ret = (toolbox_list_s64_t){allocate(values->len * sizeof(int64_t)), values->len};
  int64_t sum = 0;
  for (size_t i = 0; i < values->len; i++) ret->ptr[i] = sum += values->ptr[i];
  toolbox_list_s32_free(values);
}

bool exports_test_toolbox_compute_bounds(toolbox_list_f32_t *values, toolbox_tuple2_f32_f32_t *ret) {
  if (values->len == 0) return false;
  *ret = (toolbox_tuple2_f32_f32_t){values->ptr[0], values->ptr[0]};
  for (size_t i = 1; i < values->len; i++) {
    ret->f0 = fminf(ret->f0, values->ptr[i]);
    ret->f1 = fmaxf(ret->f1, values->ptr[i]);
  }
  toolbox_list_f32_free(values);
  return true;
}
