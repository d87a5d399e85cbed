package export_test_toolbox_compute

import (
	"math"
	"strings"

	witTypes "go.bytecodealliance.org/pkg/wit/types"
	"wit_component/test_toolbox_compute"
)

// The names of the bindings are long.
type (
	point   = test_toolbox_compute.Point
	sample  = test_toolbox_compute.Sample
	failure = test_toolbox_compute.Failure
)

// Centroid gives none of an empty list.
func Centroid(points []point) witTypes.Option[point] {
	if len(points) == 0 {
		return witTypes.None[point]()
	}
	var sum point
	for _, p := range points {
		sum.X += p.X
		sum.Y += p.Y
	}
	count := float64(len(points))
	return witTypes.Some(point{X: sum.X / count, Y: sum.Y / count})
}

// Heaviest gives the first of several that weigh the same.
func Heaviest(samples []sample) witTypes.Option[sample] {
	if len(samples) == 0 {
		return witTypes.None[sample]()
	}
	best := samples[0]
	for _, s := range samples[1:] {
		if s.Weight > best.Weight {
			best = s
		}
	}
	return witTypes.Some(best)
}

// Clean puts samples in shape.
func Clean(samples []sample) witTypes.Result[[]sample, failure] {
	var kept []sample
	for _, s := range samples {
		if math.IsNaN(s.Weight) || math.IsInf(s.Weight, 0) || s.Weight < 0 {
			return witTypes.Err[[]sample](test_toolbox_compute.MakeFailureBadSample(s.Id))
		}
		if s.Weight == 0 {
			continue
		}
		s.Label = strings.Trim(s.Label, " ")
		if s.Note.SomeOr("") == "" {
			s.Note = witTypes.None[string]()
		}
		kept = append(kept, s)
	}
	if len(kept) == 0 {
		return witTypes.Err[[]sample](test_toolbox_compute.MakeFailureEmpty())
	}
	return witTypes.Ok[[]sample, failure](kept)
}

// Classify says how heavy a sample is.
func Classify(s sample) test_toolbox_compute.Kind {
	switch {
	case s.Weight >= 0.75:
		return test_toolbox_compute.Kind_Heavy
	case s.Weight >= 0.25:
		return test_toolbox_compute.Kind_Regular
	default:
		return test_toolbox_compute.Kind_Light
	}
}

// Area fails with a text that says why there is none.
func Area(shape test_toolbox_compute.Shape) witTypes.Result[float64, string] {
	ok := witTypes.Ok[float64, string]
	err := witTypes.Err[float64, string]
	switch shape.Tag() {
	case test_toolbox_compute.Shape_Dot:
		return ok(0)
	case test_toolbox_compute.Shape_Circle:
		radius := shape.Circle()
		if radius < 0 {
			return err("negative radius")
		}
		return ok(math.Pi * (radius * radius))
	case test_toolbox_compute.Shape_Polygon:
		corners := shape.Polygon()
		if len(corners) < 3 {
			return err("a polygon has at least 3 corners")
		}
		return ok(polygonArea(corners))
	case test_toolbox_compute.Shape_Named:
		if shape.Named() != "unit-square" {
			return err("unknown shape: " + shape.Named())
		}
		return ok(1)
	default:
		panic("unknown case of shape")
	}
}

func polygonArea(corners []point) float64 {
	sum := 0.0
	for i, a := range corners {
		b := corners[(i+1)%len(corners)]
		// A conversion keeps the compiler from rounding only once for a product and a sum.
		sum += float64(a.X*b.Y) - float64(b.X*a.Y)
	}
	return math.Abs(sum / 2)
}
