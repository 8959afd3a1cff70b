package web_test

import (
	"strings"
	"testing"
	"unicode/utf8"

	ics "github.com/arran4/golang-ical"
)

// TestTheCalendarLibraryKeepsTheStandard: texts are escaped, and lines folded at 75 bytes,
// between letters.
func TestTheCalendarLibraryKeepsTheStandard(t *testing.T) {
	c := ics.NewCalendarFor("Thaw")
	long := strings.Repeat("Оттепель ", 30)
	c.AddEvent("a").SetSummary("back\\slash, comma; semicolon\nand a new line")
	c.AddEvent("b").SetSummary(long)
	raw := c.Serialize(ics.WithNewLineWindows)
	for line := range strings.SplitSeq(raw, "\r\n") {
		if !utf8.ValidString(line) {
			t.Errorf("a letter is cut in two: %q", line)
		}
	}
	got := valuesOf(lines(t, raw), "SUMMARY")
	if want := `back\\slash\, comma\; semicolon\nand a new line`; len(got) != 2 || got[0] != want || got[1] != long {
		t.Errorf("texts come as %q, want %q and the long one", got, want)
	}
}
