module wit_component

go 1.25

require go.bytecodealliance.org/pkg v0.4.0

// The module is not to be had from the module proxy. The bindings need little of it.
replace go.bytecodealliance.org/pkg => ./pkg
