// Package export_test_toolbox_counters implements test:toolbox/counters: a resource of the guest, which meets one of the host.
package export_test_toolbox_counters

import (
	"cmp"
	"runtime"
	"strconv"

	"wit_component/test_toolbox_sinks"
)

// MakeCounter makes a counter that begins with a number.
func MakeCounter(start int64) *Counter {
	return &Counter{value: start}
}

// Increment adds a number; integers of Go wrap.
func (c *Counter) Increment(by int64) int64 {
	c.value += by
	return c.value
}

// Value is what it has come to.
func (c *Counter) Value() int64 {
	return c.value
}

// CounterMerge makes a counter of the sum of two, and drops the first.
func CounterMerge(a *Counter, b *Counter) *Counter {
	defer a.Drop()
	return MakeCounter(a.value + b.value)
}

// Report writes the value to a sink that is lent.
func (c *Counter) Report(sink *test_toolbox_sinks.Sink, times uint32) uint64 {
	defer sink.Drop()
	text := strconv.FormatInt(c.value, 10)
	written := uint64(0)
	for range times {
		written += uint64(sink.Write(text))
	}
	return written
}

// Compare gives -1, 0 or 1.
func Compare(a *Counter, b *Counter) int8 {
	return int8(cmp.Compare(a.value, b.value))
}

// Close takes a sink over. What wit-bindgen has put beside it, to be run when the garbage collector finds it unused, is run by a
// goroutine: without a pause that never gets its turn, and all of them stay in memory.
func Close(sink *test_toolbox_sinks.Sink) uint64 {
	defer runtime.Gosched()
	defer sink.Drop()
	sink.Write("bye")
	return sink.Total()
}
