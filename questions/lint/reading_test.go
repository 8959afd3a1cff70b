package lint

import (
	"math"
	"strings"
	"testing"
)

func TestSyllables(t *testing.T) {
	for n, words := range map[int]string{
		1: "made makes moved passed speech wives a the be free",
		2: "table houses wanted agree people churches places reforms stolen",
		3: "criticised delegates monument",
		4: "resolution republican",
		6: "rehabilitated",
	} {
		for _, w := range strings.Fields(words) {
			if got := syllables(w); got != n {
				t.Errorf("%s has %d syllables, want %d", w, got, n)
			}
		}
	}
}

func TestReadingGrade(t *testing.T) {
	for text, want := range map[string]float64{
		"":                    0,
		"The cat sat here.":   .39*4 + 11.8 - 15.59,
		"It sat. It ran.":     .39*2 + 11.8 - 15.59,
		"He met Solzhenitsyn": .39*3 + 11.8*4/3 - 15.59, // a name counts as two
		"In 1956 he spoke":    .39*4 + 11.8*5/4 - 15.59,
		"Rehabilitated men":   .39*2 + 11.8*7/2 - 15.59,
		"… ??":                0,
	} {
		if got := readingGrade(text); math.Abs(got-want) > 1e-9 {
			t.Errorf("%q: grade %.2f, want %.2f", text, got, want)
		}
	}
}
