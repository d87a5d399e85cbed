package export_test_toolbox_compute

import (
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	witTypes "go.bytecodealliance.org/pkg/wit/types"
	"wit_component/test_toolbox_host"
)

// NextChar leaves out the surrogates.
func NextChar(c rune) witTypes.Option[rune] {
	const firstSurrogate, afterSurrogates = 0xD800, 0xE000
	switch c + 1 {
	case firstSurrogate:
		return witTypes.Some(rune(afterSurrogates))
	case utf8.MaxRune + 1:
		return witTypes.None[rune]()
	default:
		return witTypes.Some(c + 1)
	}
}

// ReverseText reverses characters, not bytes.
func ReverseText(text string) string {
	runes := []rune(text)
	slices.Reverse(runes)
	return string(runes)
}

// CountChars counts characters, not bytes.
func CountChars(text string) uint32 {
	return uint32(utf8.RuneCountInString(text))
}

// Join puts a separator between each two parts.
func Join(parts []string, separator string) string {
	return strings.Join(parts, separator)
}

// Split leaves a text whole where there is no separator; Go would cut it into characters.
func Split(text string, separator string) []string {
	if separator == "" {
		return []string{text}
	}
	return strings.Split(text, separator)
}

// Chorus lets the host double the numbers from 1 to n.
func Chorus(n uint32) uint32 {
	sum := uint32(0)
	for i := range n {
		result := test_toolbox_host.Twice(i + 1)
		test_toolbox_host.Log(test_toolbox_host.Level_Debug, fmt.Sprintf("twice %d is %d", i+1, result))
		sum += result
	}
	return sum
}

// LookUpAll asks the host for each key.
func LookUpAll(keys []string) []string {
	texts := make([]string, len(keys))
	for i, key := range keys {
		texts[i] = lookUp(key)
	}
	return texts
}

func lookUp(key string) string {
	found := test_toolbox_host.Lookup(key)
	if found.Tag() == witTypes.ResultOk {
		return found.Ok()
	}
	reason := found.Err()
	if reason.Tag() == test_toolbox_host.LookupError_Missing {
		return "-"
	}
	test_toolbox_host.Log(test_toolbox_host.Level_Warn, "denied: "+key)
	return "!" + reason.Denied()
}
