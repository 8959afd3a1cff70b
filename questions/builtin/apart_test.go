package builtin

import (
	"testing"

	"thaw/questions/lint"
)

// TestFewQuestionsGiveOthersAway: there are some, which sessions keep apart, but so few
// that a quiz is as varied as without.
func TestFewQuestionsGiveOthersAway(t *testing.T) {
	b := load(t)
	bank, _ := b.linted(b.lexicon(), b.facts())
	pairs := 0
	for _, victims := range lint.GiveAways(bank) {
		pairs += len(victims)
	}
	t.Logf("%d pairs among %d questions", pairs, len(bank.Questions))
	if pairs < 10 || pairs > 60 {
		t.Errorf("%d pairs of questions give each other away, want some and few", pairs)
	}
}

// BenchmarkGiveAways is done once for each revision of a bank.
func BenchmarkGiveAways(b *testing.B) {
	loaded, err := Load()
	if err != nil {
		b.Fatal(err)
	}
	bank, _ := loaded.linted(loaded.lexicon(), loaded.facts())
	for b.Loop() {
		lint.GiveAways(bank)
	}
}
