// `test:toolbox/compute`: texts, and the functions that call the host. Texts are UTF-8; those that are given belong to the
// guest, which frees them.
#include <stdlib.h>
#include <string.h>

#include "text.h"

// Whether a character begins with this byte of UTF-8.
static bool begins_char(uint8_t byte) { return (byte & 0xC0) != 0x80; }

void exports_test_toolbox_compute_reverse_text(toolbox_string_t *text, toolbox_string_t *ret) {
  *ret = (toolbox_string_t){allocate(text->len), text->len};
  uint8_t *to = ret->ptr;
  for (size_t end = text->len, start = end; start > 0; end = start) {
    do start--;
    while (!begins_char(text->ptr[start]));
    memcpy(to, text->ptr + start, end - start);
    to += end - start;
  }
  toolbox_string_free(text);
}

uint32_t exports_test_toolbox_compute_count_chars(toolbox_string_t *text) {
  uint32_t count = 0;
  for (size_t i = 0; i < text->len; i++) count += begins_char(text->ptr[i]);
  toolbox_string_free(text);
  return count;
}

void exports_test_toolbox_compute_join(toolbox_list_string_t *parts, toolbox_string_t *separator,
                                       toolbox_string_t *ret) {
  const size_t count = parts->len == 0 ? 0 : 2 * parts->len - 1;
  toolbox_string_t *pieces = allocate(count * sizeof *pieces);
  for (size_t i = 0; i < count; i++) pieces[i] = i % 2 == 0 ? parts->ptr[i / 2] : *separator;
  *ret = concat(pieces, count);
  // The pieces are texts of others.
  free(pieces);
  toolbox_list_string_free(parts);
  toolbox_string_free(separator);
}

void exports_test_toolbox_compute_split(toolbox_string_t *text, toolbox_string_t *separator,
                                        toolbox_list_string_t *ret) {
  size_t count = 1;
  const size_t step = separator->len;
  if (step > 0) {
    for (size_t at = find(*text, *separator, 0); at < text->len; at = find(*text, *separator, at + step)) count++;
  }
  *ret = (toolbox_list_string_t){allocate(count * sizeof *ret->ptr), count};
  size_t from = 0;
  for (size_t i = 0; i < count; i++) {
    const size_t end = i + 1 < count ? find(*text, *separator, from) : text->len;
    const toolbox_string_t part = {text->ptr + from, end - from};
    ret->ptr[i] = concat(&part, 1);
    from = end + step;
  }
  toolbox_string_free(text);
  toolbox_string_free(separator);
}

uint32_t exports_test_toolbox_compute_chorus(uint32_t n) {
  uint32_t sum = 0;
  // Counts down what is left: `n` may be the largest number.
  for (uint32_t i = 1, left = n; left > 0; i++, left--) {
    const uint32_t result = test_toolbox_host_twice(i);
    decimal_t first, second;
    const toolbox_string_t pieces[] = {literal("twice "), decimal(i, &first), literal(" is "), decimal(result, &second)};
    toolbox_string_t line = concat(pieces, 4);
    test_toolbox_host_log(TEST_TOOLBOX_HOST_LEVEL_DEBUG, &line);
    toolbox_string_free(&line);
    sum += result;
  }
  return sum;
}

// What stands for a key.
static toolbox_string_t look_up(toolbox_string_t *key) {
  toolbox_string_t text, dash = literal("-");
  test_toolbox_host_lookup_error_t error;
  if (test_toolbox_host_lookup(key, &text, &error)) return text;
  if (error.tag == TEST_TOOLBOX_HOST_LOOKUP_ERROR_MISSING) return concat(&dash, 1);
  const toolbox_string_t warning[] = {literal("denied: "), *key}, reason[] = {literal("!"), error.val.denied};
  toolbox_string_t line = concat(warning, 2);
  test_toolbox_host_log(TEST_TOOLBOX_HOST_LEVEL_WARN, &line);
  toolbox_string_free(&line);
  text = concat(reason, 2);
  test_toolbox_host_lookup_error_free(&error);
  return text;
}

void exports_test_toolbox_compute_look_up_all(toolbox_list_string_t *keys, toolbox_list_string_t *ret) {
  *ret = (toolbox_list_string_t){allocate(keys->len * sizeof *ret->ptr), keys->len};
  for (size_t i = 0; i < keys->len; i++) ret->ptr[i] = look_up(&keys->ptr[i]);
  toolbox_list_string_free(keys);
}
