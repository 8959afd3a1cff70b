package report

import (
	"slices"
	"testing"
	"time"

	"thaw/app/bank"
	"thaw/app/study"
	"thaw/questions"
)

// TestNamesMixedUpInAPast are counted for both ways together, as the store counts them.
func TestNamesMixedUpInAPast(t *testing.T) {
	at := time.Date(2026, 11, 25, 12, 0, 0, 0, time.UTC)
	answer := func(days int, asked, given questions.EntityID, verdict questions.Verdict) study.Past {
		return study.Past{Event: study.Event{At: at.AddDate(0, 0, days)}, Marks: []study.Mark{{Mark: questions.Mark{Asked: asked, Given: given, Verdict: verdict}}}}
	}
	past := []study.Past{answer(-100, 5, 7, questions.Wrong), answer(1, 5, 7, questions.Wrong), answer(2, 7, 5, questions.Wrong), answer(3, 5, 7, questions.Wrong),
		answer(4, 5, 5, questions.Right), answer(5, 5, 7, questions.Right), answer(6, 0, 7, questions.Wrong), answer(7, 5, 0, questions.Wrong), answer(8, 90, 91, questions.Wrong)}
	banks := []bank.Contents{{Bank: bank.Bank{ID: 1}}, {Bank: bank.Bank{ID: 2}, Lexicon: questions.Lexicon{Entities: []questions.Entity{{ID: 5}, {ID: 7}}}}}
	want := []Mixed{{Bank: 2, A: 5, B: 7, N: 3, AtoB: 2, Learners: 1, Last: at.AddDate(0, 0, 3)}}
	if got := mixedIn(past, banks, at); !slices.Equal(got, want) {
		t.Errorf("mixed up are %+v, want %+v", got, want)
	}
}
