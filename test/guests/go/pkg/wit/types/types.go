// Package types holds the values of WIT that Go has no type for, under the names that wit-bindgen's output uses.
package types

const (
	OptionNone uint8 = iota
	OptionSome
)

// Option is a value, or none.
type Option[T any] struct {
	tag   uint8
	value T
}

func None[T any]() Option[T] {
	return Option[T]{}
}

func Some[T any](value T) Option[T] {
	return Option[T]{OptionSome, value}
}

func (o Option[T]) Tag() uint8 {
	return o.tag
}

// Some panics where there is no value.
func (o Option[T]) Some() T {
	if o.tag != OptionSome {
		panic("the option is none")
	}
	return o.value
}

// SomeOr gives a default where there is no value.
func (o Option[T]) SomeOr(value T) T {
	if o.tag == OptionSome {
		return o.value
	}
	return value
}

const (
	ResultOk uint8 = iota
	ResultErr
)

// Result is what went right, or what went wrong.
type Result[T, E any] struct {
	tag uint8
	ok  T
	err E
}

func Ok[T, E any](value T) Result[T, E] {
	return Result[T, E]{tag: ResultOk, ok: value}
}

func Err[T, E any](reason E) Result[T, E] {
	return Result[T, E]{tag: ResultErr, err: reason}
}

func (r Result[T, E]) Tag() uint8 {
	return r.tag
}

// Ok panics where the result is an error.
func (r Result[T, E]) Ok() T {
	if r.tag != ResultOk {
		panic("the result is an error")
	}
	return r.ok
}

// Err panics where the result is none.
func (r Result[T, E]) Err() E {
	if r.tag != ResultErr {
		panic("the result is no error")
	}
	return r.err
}

// Tuple2 is two values.
type Tuple2[T0, T1 any] struct {
	F0 T0
	F1 T1
}
