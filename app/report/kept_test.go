package report

import (
	"testing"
	"time"

	"thaw/app/bank"
	"thaw/app/fsrs"
	"thaw/app/study"
	"thaw/questions"
)

// TestKeptListsWhatIsHandledAndWhatSlips, by the question on which that happened.
func TestKeptListsWhatIsHandledAndWhatSlips(t *testing.T) {
	now := time.Date(2026, 3, 2, 8, 0, 0, 0, time.UTC)
	today := study.Calendar(time.UTC).Day(now)
	b := bank.Contents{Topics: []bank.Topic{{ID: 1, Title: "Heirs"}}, Lexicon: questions.Lexicon{Entities: []questions.Entity{{ID: 1, Name: "Malenkov"}, {ID: 2, Name: "Bulganin"}}}}
	for f := questions.FactID(1); f <= 6; f++ {
		b.Facts = append(b.Facts, bank.Fact{ID: f, Topic: 1})
		for _, q := range []questions.QuestionID{questions.QuestionID(f) * 10, questions.QuestionID(f)*10 + 1} {
			b.Questions = append(b.Questions, bank.Question{ID: q, Latest: 2, Facts: []questions.FactID{f}})
		}
	}
	card := func(f questions.FactID, lapses int) study.Card {
		return study.Card{Fact: f, Card: fsrs.Card{Memory: fsrs.Memory{Stability: 3, Difficulty: 5}, Phase: fsrs.Reviewing, Reps: 9, Lapses: lapses, Last: now}}
	}
	cards := map[questions.FactID]study.Card{1: card(1, 5), 2: card(2, 5), 3: card(3, 0), 4: card(4, 0), 5: card(5, 0), 6: card(6, 0)}
	cares := map[questions.FactID]study.Care{3: {Fact: 3, Starred: true}, 4: {Fact: 4, Until: today}, 5: {Fact: 5, Until: today + 1}, 6: {Fact: 6, Note: "n"}}
	answer := func(f questions.FactID, recall float64, missed bool) study.Past {
		m := study.Mark{Mark: questions.Mark{Part: 1, Fact: f, Verdict: questions.Right, Credit: 1}, Recall: recall, Stability: 3, Elapsed: 3}
		if missed {
			m.Verdict, m.Credit, m.Given, m.Asked = questions.Wrong, 0, 1, 2
		}
		return study.Past{Event: study.Event{What: study.Answer, Ref: questions.Ref{Question: questions.QuestionID(f)*10 + 1}}, Marks: []study.Mark{m}}
	}
	var past []study.Past
	for i := range 10 {
		past = append(past, answer(1, .95, i < 5), answer(2, .6, i < 5)) // both miss five of ten: of one that is likely
	}
	got := kept([]bank.Contents{b}, cards, cares, past, now, today)
	var facts []questions.FactID
	for _, k := range got {
		facts = append(facts, k.Fact.ID)
	}
	if want := []questions.FactID{1, 3, 5, 6}; len(facts) != 4 || facts[0] != want[0] || facts[1] != want[1] || facts[2] != want[2] || facts[3] != want[3] {
		t.Fatalf("facts %v are listed, want %v", facts, want)
	}
	h := got[0].Hard
	if h == nil || h.Misses != 5 || h.Of != 10 || h.Taken.Name != "Malenkov" || h.For.Name != "Bulganin" {
		t.Errorf("fact 1 slips like this: %+v", h)
	}
	if got[0].Ref != (questions.Ref{Question: 11, Version: 2}) || got[1].Ref != (questions.Ref{Question: 30, Version: 2}) {
		t.Errorf("asked for by %+v and %+v, want question 11, which was answered, and 30, the first", got[0].Ref, got[1].Ref)
	}
	if !got[2].Aside(today) || got[1].Aside(today) || got[1].Recall <= .5 {
		t.Errorf("%+v", got[1:3])
	}
}
