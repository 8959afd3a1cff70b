// Package aiken reads and writes choices in the Aiken format: the question, its options
// behind capital letters, and a line that names the right one.
//
//	Where was the Secret Speech given?
//	A) Leningrad
//	B) Moscow
//	ANSWER: B
//
// Read as well, though Moodle does not: questions and options of several lines, small
// letters, and several right letters, which make a choice of several.
package aiken

import (
	"regexp"

	"thaw/questions/format/bundle"
	"thaw/questions/format/charset"
)

// Limits: bytes of a file and of a question, and options.
const (
	most  = 10 << 20
	large = 64 << 10
	wide  = 100
)

var (
	lettered = regexp.MustCompile(`^\s*([A-Za-z])\s*([.)])[ \t]*(.*)$`)
	key      = regexp.MustCompile(`^\s*(?i:ANSWERS?)\s*:\s*(.*)$`)
	// letters are those of a key: B, "B)", "A,C", "A and C".
	letters = regexp.MustCompile(`^([A-Za-z])[.)]?((?:\s*(?:,|;|&|\+|/|\band\b)\s*[A-Za-z][.)]?|\s+[A-Za-z][.)]?)*)\.?$`)
	letter  = regexp.MustCompile(`\b([A-Za-z])\b`)
	answer  = regexp.MustCompile(`(?m)^ANSWER:[ \t]*[A-Z][ \t]*$`)
	loosely = regexp.MustCompile(`(?im)^[ \t]*ANSWERS?[ \t]*:[ \t]*[A-Z]\b`)
	option  = regexp.MustCompile(`(?m)^[ \t]*[A-Za-z][.)]`)
)

// Sniff looks for options and the line of the key.
func Sniff(in bundle.Input) int {
	head := in.Head(32 << 10)
	if charset.Binary(head) {
		return 0
	}
	text, _ := charset.Decode(head)
	switch {
	case !option.MatchString(text):
		return 0
	case answer.MatchString(text):
		return 90
	case loosely.MatchString(text):
		return 80
	}
	return 0
}
