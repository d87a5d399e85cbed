// The Canonical ABI of test:simd/kernels: lists come as pointer and length.
#include "kernels.h"

#define EXPORT(name) __attribute__((export_name(name)))
#define KERNELS "test:simd/kernels@1.0.0#"

enum { PAGE = 65536 };

extern uint8_t __heap_base[];

// All blocks of a call lie one behind the other, and are given back together when its result has been read.
static uint8_t *next = __heap_base;

static void give_back(void) { next = __heap_base; }

static uint8_t *allocate(size_t align, size_t size) {
  uint8_t *block = (uint8_t *)(((size_t)next + align - 1) & -align);
  const size_t there = __builtin_wasm_memory_size(0) * PAGE;
  const size_t wanted = (size_t)block + size;
  if (wanted > there && __builtin_wasm_memory_grow(0, (wanted - there + PAGE - 1) / PAGE) == SIZE_MAX) __builtin_trap();
  next = block + size;
  return block;
}

EXPORT("cabi_realloc")
void *cabi_realloc(const uint8_t *old, size_t old_size, size_t align, size_t size) {
  uint8_t *block = allocate(align, size);
  for (size_t i = 0; i < old_size && i < size; i++) block[i] = old[i];
  return block;
}

static size_t shorter(size_t a, size_t b) { return a < b ? a : b; }

EXPORT(KERNELS "dot")
int64_t export_dot(int16_t *a, size_t a_length, int16_t *b, size_t b_length) {
  const int64_t sum = dot(a, b, shorter(a_length, b_length));
  give_back();
  return sum;
}

EXPORT(KERNELS "dot-floats")
float export_dot_floats(float *a, size_t a_length, float *b, size_t b_length) {
  const float sum = dot_floats(a, b, shorter(a_length, b_length));
  give_back();
  return sum;
}

typedef struct {
  uint8_t *elements;
  size_t length;
} bytes;

EXPORT(KERNELS "add-saturating")
bytes *export_add_saturating(uint8_t *a, size_t a_length, uint8_t *b, size_t b_length) {
  static bytes sums;
  sums.length = shorter(a_length, b_length);
  sums.elements = allocate(1, sums.length);
  add_saturating(sums.elements, a, b, sums.length);
  return &sums;
}

EXPORT("cabi_post_" KERNELS "add-saturating")
void post_add_saturating(bytes *sums) {
  (void)sums;
  give_back();
}

EXPORT(KERNELS "count-byte")
uint32_t export_count_byte(uint8_t *elements, size_t length, uint32_t value) {
  const uint32_t count = count_byte(elements, length, value);
  give_back();
  return count;
}
