package builtin

import (
	"regexp"
	"strings"
	"time"
)

// points are the single dates of EDTF that a key may be written in: a decade,
// a year, a month or a season (21 spring to 24 winter).
var points = regexp.MustCompile(`^(\d{3}X|\d{4}(-(0[1-9]|1[0-2]|2[1-4]))?)$`)

// isDate tells whether a text is a date or a range in EDTF.
func isDate(text string) bool {
	from, to, isRange := strings.Cut(text, "/")
	if !isRange {
		return isPoint(from)
	}
	return isPoint(from) && isPoint(to) && from < to
}

func isPoint(text string) bool {
	if points.MatchString(text) {
		return true
	}
	_, err := time.Parse(time.DateOnly, text)
	return err == nil
}
