// Package runtime is what wit-bindgen's output needs of the Canonical ABI: memory that the garbage collector leaves alone while
// the host has its address, and handles.
package runtime

import (
	"runtime"
	"unsafe"
)

// What the host has stored for a call that has not begun yet.
var arguments runtime.Pinner

// Unpin is called when a function has been entered and holds what the host has stored for it.
func Unpin() {
	arguments.Unpin()
}

// Allocate gives memory that stays where it is until the pinner is told otherwise.
func Allocate(pinner *runtime.Pinner, size, align uintptr) unsafe.Pointer {
	if size == 0 {
		// No address is asked for, but one that is aligned.
		return unsafe.Pointer(align)
	}
	// Words of 8 bytes lie at multiples of 8: no type of the Canonical ABI needs more.
	words := make([]uint64, (size+7)/8)
	memory := unsafe.Pointer(unsafe.SliceData(words))
	pinner.Pin(memory)
	return memory
}

//go:wasmexport cabi_realloc
func realloc(old unsafe.Pointer, oldSize, align, newSize uint32) unsafe.Pointer {
	memory := Allocate(&arguments, uintptr(newSize), uintptr(align))
	if oldSize > 0 && newSize > 0 {
		copy(unsafe.Slice((*byte)(memory), newSize), unsafe.Slice((*byte)(old), min(oldSize, newSize)))
	}
	return memory
}

// Handle is an entry of the component's table of handles, or nothing once it was given away.
type Handle struct {
	index int32
}

func MakeHandle(index int32) *Handle {
	return &Handle{index}
}

// Use gives the index, and panics when the handle was given away.
func (h *Handle) Use() int32 {
	if h.index == 0 {
		panic("the handle was given away")
	}
	return h.index
}

// Take gives the handle away, and panics when that was done before.
func (h *Handle) Take() int32 {
	index := h.Use()
	h.index = 0
	return index
}

// TakeOrNil gives the handle away; 0 when that was done before.
func (h *Handle) TakeOrNil() int32 {
	index := h.index
	h.index = 0
	return index
}

// Set puts a handle back that was given away.
func (h *Handle) Set(index int32) {
	if h.index != 0 {
		panic("the handle is still there")
	}
	h.index = index
}
