// `test:toolbox/counters`: a resource of the guest, which meets one of the host.
#include <stdlib.h>

#include "text.h"

typedef exports_test_toolbox_counters_own_counter_t own_counter_t;
typedef exports_test_toolbox_counters_borrow_counter_t borrow_counter_t;

// What a handle of a counter stands for. The value is without a sign, so that it wraps.
struct exports_test_toolbox_counters_counter_t {
  uint64_t value;
};

own_counter_t exports_test_toolbox_counters_constructor_counter(int64_t start) {
  borrow_counter_t counter = allocate(sizeof *counter);
  counter->value = (uint64_t)start;
  return exports_test_toolbox_counters_counter_new(counter);
}

void exports_test_toolbox_counters_counter_destructor(exports_test_toolbox_counters_counter_t *counter) {
  free(counter);
}

int64_t exports_test_toolbox_counters_method_counter_increment(borrow_counter_t counter, int64_t by) {
  counter->value += (uint64_t)by;
  return (int64_t)counter->value;
}

int64_t exports_test_toolbox_counters_method_counter_value(borrow_counter_t counter) {
  return (int64_t)counter->value;
}

own_counter_t exports_test_toolbox_counters_static_counter_merge(own_counter_t a, borrow_counter_t b) {
  const uint64_t sum = exports_test_toolbox_counters_counter_rep(a)->value + b->value;
  exports_test_toolbox_counters_counter_drop_own(a);
  return exports_test_toolbox_counters_constructor_counter((int64_t)sum);
}

uint64_t exports_test_toolbox_counters_method_counter_report(borrow_counter_t counter,
                                                             test_toolbox_sinks_borrow_sink_t sink, uint32_t times) {
  decimal_t buffer;
  toolbox_string_t text = decimal((int64_t)counter->value, &buffer);
  uint64_t written = 0;
  for (uint32_t i = 0; i < times; i++) written += test_toolbox_sinks_method_sink_write(sink, &text);
  test_toolbox_sinks_sink_drop_borrow(sink);
  return written;
}

int8_t exports_test_toolbox_counters_compare(borrow_counter_t a, borrow_counter_t b) {
  const int64_t left = (int64_t)a->value, right = (int64_t)b->value;
  return (int8_t)((left > right) - (left < right));
}

uint64_t exports_test_toolbox_counters_close(test_toolbox_sinks_own_sink_t sink) {
  const test_toolbox_sinks_borrow_sink_t lent = test_toolbox_sinks_borrow_sink(sink);
  toolbox_string_t bye = literal("bye");
  test_toolbox_sinks_method_sink_write(lent, &bye);
  const uint64_t total = test_toolbox_sinks_method_sink_total(lent);
  test_toolbox_sinks_sink_drop_own(sink);
  return total;
}
