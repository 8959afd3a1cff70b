package quiz

import (
	"testing"
	"time"

	"thaw/app/bank"
	"thaw/app/fsrs"
	"thaw/app/study"
	"thaw/questions"
)

// A section is asked about what is due, else about what is new, else about what holds;
// never about another section, and never in a form that may need a second try.
func TestAboutASection(t *testing.T) {
	now := time.Date(2026, 3, 2, 12, 0, 0, 0, time.UTC)
	here := bank.Section{Passages: []questions.Passage{{ID: 1}, {ID: 2}}}
	c := bank.Contents{Facts: []bank.Fact{{ID: 1, Passage: 1}, {ID: 2, Passage: 2}, {ID: 3, Passage: 3}, {ID: 4, Passage: 1}, {ID: 5}},
		Questions: []bank.Question{{ID: 1, Kind: questions.Choice, Facts: []questions.FactID{1}}, {ID: 2, Kind: questions.Truth, Facts: []questions.FactID{2}},
			{ID: 3, Kind: questions.Choice, Facts: []questions.FactID{3}}, {ID: 4, Kind: questions.Text, Facts: []questions.FactID{4}}, {ID: 5, Kind: questions.Choice, Facts: []questions.FactID{5}}}}
	card := func(due time.Duration) study.Card {
		return study.Card{Card: fsrs.Card{Memory: fsrs.Memory{Stability: 3, Difficulty: 5}, Phase: fsrs.Reviewing, Reps: 1, Last: now.Add(-48 * time.Hour), Due: now.Add(due)}}
	}
	for name, x := range map[string]struct {
		cards map[questions.FactID]study.Card
		want  map[questions.QuestionID]bool
	}{
		"nothing met":       {nil, map[questions.QuestionID]bool{1: true, 2: true}},
		"one holds":         {map[questions.FactID]study.Card{1: card(time.Hour)}, map[questions.QuestionID]bool{2: true}},
		"one is due":        {map[questions.FactID]study.Card{1: card(-time.Hour)}, map[questions.QuestionID]bool{1: true}},
		"both hold":         {map[questions.FactID]study.Card{1: card(time.Hour), 2: card(time.Hour)}, map[questions.QuestionID]bool{1: true, 2: true}},
		"due before a hold": {map[questions.FactID]study.Card{1: card(time.Hour), 2: card(-time.Hour)}, map[questions.QuestionID]bool{2: true}},
	} {
		got := map[questions.QuestionID]bool{}
		for seed := range byte(40) {
			q, ok := about(c, here, x.cards, now, []byte{0, 0, 0, 0, 0, 0, 0, seed})
			again, _ := about(c, here, x.cards, now, []byte{0, 0, 0, 0, 0, 0, 0, seed})
			if !ok || again.ID != q.ID {
				t.Fatalf("%s: %v, %v, then %v", name, q.ID, ok, again.ID)
			}
			got[q.ID] = true
		}
		if len(got) != len(x.want) {
			t.Errorf("%s: asks %v, want %v", name, got, x.want)
		}
		for id := range got {
			if !x.want[id] {
				t.Errorf("%s: asks %v, want %v", name, got, x.want)
			}
		}
	}
	if _, ok := about(c, bank.Section{}, nil, now, make([]byte, 32)); ok {
		t.Error("a section without passages is asked about")
	}
}
