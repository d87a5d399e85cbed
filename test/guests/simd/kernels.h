// The functions of test:simd/kernels, on `length` elements each.
#ifndef KERNELS_H
#define KERNELS_H

#include <stddef.h>
#include <stdint.h>

int64_t dot(const int16_t *a, const int16_t *b, size_t length);
float dot_floats(const float *a, const float *b, size_t length);
void add_saturating(uint8_t *sums, const uint8_t *a, const uint8_t *b, size_t length);
uint32_t count_byte(const uint8_t *bytes, size_t length, uint8_t value);

#endif
