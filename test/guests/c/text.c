#include "text.h"

#include <stdlib.h>
#include <string.h>

void *allocate(size_t size) {
  if (size == 0) return NULL;
  void *memory = malloc(size);
  if (memory == NULL) __builtin_trap();
  return memory;
}

toolbox_string_t concat(const toolbox_string_t *pieces, size_t count) {
  size_t length = 0;
  for (size_t i = 0; i < count; i++) length += pieces[i].len;
  toolbox_string_t all = {allocate(length), 0};
  for (size_t i = 0; i < count; i++) {
    if (pieces[i].len > 0) memcpy(all.ptr + all.len, pieces[i].ptr, pieces[i].len);
    all.len += pieces[i].len;
  }
  return all;
}

toolbox_string_t literal(const char *text) {
  return (toolbox_string_t){(uint8_t *)text, strlen(text)};
}

toolbox_string_t decimal(int64_t number, decimal_t *buffer) {
  // The absolute value of the smallest number fits only without a sign.
  uint64_t rest = number < 0 ? -(uint64_t)number : (uint64_t)number;
  size_t at = sizeof buffer->digits;
  do {
    buffer->digits[--at] = '0' + rest % 10;
    rest /= 10;
  } while (rest > 0);
  if (number < 0) buffer->digits[--at] = '-';
  return (toolbox_string_t){buffer->digits + at, sizeof buffer->digits - at};
}

size_t find(toolbox_string_t text, toolbox_string_t part, size_t from) {
  for (size_t at = from; at + part.len <= text.len; at++) {
    if (memcmp(text.ptr + at, part.ptr, part.len) == 0) return at;
  }
  return text.len;
}
