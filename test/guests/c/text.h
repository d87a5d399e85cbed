// Text that the guest gives to the host: in memory of its own, which the host's post-return frees.
#pragma once

#include "bindings/toolbox.h"

// Memory of `size` bytes; traps where there is none. Nothing is allocated for 0 bytes: what is empty is not freed either.
void *allocate(size_t size);

// The pieces one after the other, as a new text.
toolbox_string_t concat(const toolbox_string_t *pieces, size_t count);

// Text that ends with NUL, where it lies.
toolbox_string_t literal(const char *text);

// Enough for any integer of 64 bits in decimal.
typedef struct { uint8_t digits[20]; } decimal_t;

// A number in decimal; the text lies in `buffer`.
toolbox_string_t decimal(int64_t number, decimal_t *buffer);

// Where `part` begins first in `text` at or after `from`; the length of `text` where it does not. `part` is not empty.
size_t find(toolbox_string_t text, toolbox_string_t part, size_t from);
