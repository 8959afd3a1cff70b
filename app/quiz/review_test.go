package quiz

import (
	"strings"
	"testing"

	"thaw/app/fsrs"
	"thaw/app/study"
)

// TestNewFactsAreSpreadAmongTheKnown: n is new, k is known.
func TestNewFactsAreSpreadAmongTheKnown(t *testing.T) {
	for given, want := range map[string]string{"nnkkkk": "kknkkn", "nnnk": "knnn", "kkk": "kkk", "nn": "nn", "": "", "nkkkkk": "kkkkkn", "nnnkkk": "knknkn"} {
		var picked []candidate
		for _, c := range given {
			card := study.Card{}
			if c == 'k' {
				card.Memory = fsrs.Memory{Stability: 3, Difficulty: 5}
			}
			picked = append(picked, candidate{card: card})
		}
		var got strings.Builder
		for _, c := range interleaved(picked) {
			got.WriteString(map[bool]string{true: "k", false: "n"}[c.card.Seen()])
		}
		if got.String() != want {
			t.Errorf("%s is asked as %s, want %s", given, got.String(), want)
		}
	}
}
