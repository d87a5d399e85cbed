// Without vector instructions.
#include "kernels.h"

int64_t dot(const int16_t *a, const int16_t *b, size_t length) {
  int64_t sum = 0;
  for (size_t i = 0; i < length; i++) sum += (int32_t)a[i] * b[i];
  return sum;
}

float dot_floats(const float *a, const float *b, size_t length) {
  float columns[4] = {0};
  const size_t whole = length - length % 4;
  for (size_t i = 0; i < whole; i++) columns[i % 4] += a[i] * b[i];
  float sum = (columns[0] + columns[1]) + (columns[2] + columns[3]);
  for (size_t i = whole; i < length; i++) sum += a[i] * b[i];
  return sum;
}

void add_saturating(uint8_t *sums, const uint8_t *a, const uint8_t *b, size_t length) {
  for (size_t i = 0; i < length; i++) {
    const unsigned sum = a[i] + b[i];
    sums[i] = sum > UINT8_MAX ? UINT8_MAX : sum;
  }
}

uint32_t count_byte(const uint8_t *bytes, size_t length, uint8_t value) {
  uint32_t count = 0;
  for (size_t i = 0; i < length; i++) count += bytes[i] == value;
  return count;
}
