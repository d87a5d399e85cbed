package export_test_toolbox_counters

// The handles of counters, in place of those that `wit-bindgen go` 0.63 writes, which make a counter's address its
// representation: there a counter that comes back keeps the index of the handle under which it was given away, so that dropping
// it may drop another one; and what pins it is kept in the counter itself, where the garbage collector may find both unused.

// Counter counts. Its representation is its key in `alive`.
type Counter struct {
	value int64
	// Index in the component's table of handles; 0 when it is not there.
	handle int32
}

// The counters that have a handle somewhere, by representation.
var alive = map[int32]*Counter{}
var last int32

//go:wasmimport [export]test:toolbox/counters@1.0.0 [resource-new]counter
func resourceNew(rep int32) int32

//go:wasmimport [export]test:toolbox/counters@1.0.0 [resource-rep]counter
func resourceRep(handle int32) int32

//go:wasmimport [export]test:toolbox/counters@1.0.0 [resource-drop]counter
func resourceDrop(handle int32)

//go:wasmexport test:toolbox/counters@1.0.0#[dtor]counter
func resourceDestructor(rep int32) {
	delete(alive, rep)
}

// TakeHandle makes a handle for the host.
func (c *Counter) TakeHandle() int32 {
	last++
	alive[last] = c
	return resourceNew(last)
}

// Drop gives up a counter that the host has handed over.
func (c *Counter) Drop() {
	handle := c.handle
	c.handle = 0
	resourceDrop(handle)
}

// CounterFromOwnHandle finds a counter that the host hands over.
func CounterFromOwnHandle(handle int32) *Counter {
	counter := alive[resourceRep(handle)]
	counter.handle = handle
	return counter
}

// CounterFromBorrowHandle finds a counter that is lent. To the component that implements a resource, what is lent is its
// representation.
func CounterFromBorrowHandle(rep int32) *Counter {
	return alive[rep]
}
