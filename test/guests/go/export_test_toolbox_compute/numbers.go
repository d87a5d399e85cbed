// Package export_test_toolbox_compute implements test:toolbox/compute.
package export_test_toolbox_compute

import (
	"hash/crc32"
	"math"
	"slices"

	witTypes "go.bytecodealliance.org/pkg/wit/types"
	"wit_component/test_toolbox_compute"
)

// Add wraps, as integers of Go do.
func Add(a uint32, b uint32) uint32 {
	return a + b
}

// Multiply wraps, as integers of Go do.
func Multiply(a uint64, b uint64) uint64 {
	return a * b
}

// SaturatingAdd stops at both ends of the range.
func SaturatingAdd(a int64, b int64) int64 {
	switch {
	case b > 0 && a > math.MaxInt64-b:
		return math.MaxInt64
	case b < 0 && a < math.MinInt64-b:
		return math.MinInt64
	default:
		return a + b
	}
}

// Divide rounds towards zero.
func Divide(a int32, b int32) witTypes.Result[int32, test_toolbox_compute.Failure] {
	unusable := func(why string) witTypes.Result[int32, test_toolbox_compute.Failure] {
		return witTypes.Err[int32](test_toolbox_compute.MakeFailureUnusable(why))
	}
	switch {
	case b == 0:
		return unusable("division by zero")
	case a == math.MinInt32 && b == -1:
		return unusable("overflow")
	default:
		return witTypes.Ok[int32, test_toolbox_compute.Failure](a / b)
	}
}

// DivMod gives none for a divisor of 0.
func DivMod(a uint64, b uint64) witTypes.Option[witTypes.Tuple2[uint64, uint64]] {
	if b == 0 {
		return witTypes.None[witTypes.Tuple2[uint64, uint64]]()
	}
	return witTypes.Some(witTypes.Tuple2[uint64, uint64]{F0: a / b, F1: a % b})
}

// MeanOfThree rounds down.
func MeanOfThree(a int8, b uint8, c int16) int16 {
	sum := int32(a) + int32(b) + int32(c)
	mean := sum / 3
	if sum%3 < 0 {
		mean--
	}
	return int16(mean)
}

// Half halves.
func Half(x float32) float32 {
	return x / 2
}

// ExclusiveOr is unequal.
func ExclusiveOr(a bool, b bool) bool {
	return a != b
}

// MarksOf says what is true of a number.
func MarksOf(n int64) test_toolbox_compute.Marks {
	const huge = 1 << 40
	var marks test_toolbox_compute.Marks
	if n < 0 {
		marks |= test_toolbox_compute.Marks_Negative
	}
	if n == 0 {
		marks |= test_toolbox_compute.Marks_Zero
	}
	if n%2 == 0 {
		marks |= test_toolbox_compute.Marks_Even
	}
	if n >= huge || n <= -huge {
		marks |= test_toolbox_compute.Marks_Huge
	}
	return marks
}

// DifferingMarks is what holds in exactly one of the two.
func DifferingMarks(a test_toolbox_compute.Marks, b test_toolbox_compute.Marks) test_toolbox_compute.Marks {
	return a ^ b
}

// Checksum is the CRC of zip.
func Checksum(bytes []uint8) uint32 {
	return crc32.ChecksumIEEE(bytes)
}

// ReverseBytes may use the list that it is given: it is the guest's.
func ReverseBytes(bytes []uint8) []uint8 {
	slices.Reverse(bytes)
	return bytes
}

// Scale multiplies each value.
func Scale(values []float64, by float64) []float64 {
	for i := range values {
		values[i] *= by
	}
	return values
}

// RunningSums gives the sums of the first 1, 2, 3 … values.
func RunningSums(values []int32) []int64 {
	sums := make([]int64, len(values))
	sum := int64(0)
	for i, value := range values {
		sum += int64(value)
		sums[i] = sum
	}
	return sums
}

// Bounds gives none of an empty list.
func Bounds(values []float32) witTypes.Option[witTypes.Tuple2[float32, float32]] {
	if len(values) == 0 {
		return witTypes.None[witTypes.Tuple2[float32, float32]]()
	}
	return witTypes.Some(witTypes.Tuple2[float32, float32]{F0: slices.Min(values), F1: slices.Max(values)})
}
