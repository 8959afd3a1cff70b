package report

import (
	"math"
	"testing"
	"time"

	"thaw/app/bank"
	"thaw/app/fsrs"
	"thaw/app/study"
	"thaw/questions"
)

// lately is a card of which the last review lies days back.
func lately(who, fact int, stability float64, now time.Time, days int) study.Card {
	return study.Card{Learner: questions.LearnerID(who), Fact: questions.FactID(fact),
		Card: fsrs.Card{Memory: fsrs.Memory{Stability: stability, Difficulty: 5}, Last: now.AddDate(0, 0, -days)}}
}

// TestWhatAClassFades: of a fact whose stability is as long as its last review is past,
// nine in ten are still there, by the meaning of stability.
func TestWhatAClassFades(t *testing.T) {
	now := time.Date(2026, 11, 25, 12, 0, 0, 0, time.UTC)
	b := bank.Contents{Topics: []bank.Topic{{ID: 1, Title: "Speech"}, {ID: 2, Title: "Camps"}, {ID: 3, Title: "Empty"}},
		Facts:     []bank.Fact{{ID: 1, Topic: 1}, {ID: 2, Topic: 1}, {ID: 3, Topic: 2}, {ID: 4, Topic: 2}},
		Questions: []bank.Question{{ID: 10, Latest: 2, Facts: []questions.FactID{1}}, {ID: 30, Latest: 1, Facts: []questions.FactID{3}}, {ID: 31, Latest: 1, Facts: []questions.FactID{3}}}}
	var cards []study.Card
	for who := range 6 {
		cards = append(cards, lately(who, 1, 7, now, 0), lately(who, 3, 60, now, 3))
	}
	for who := range 4 {
		cards = append(cards, lately(who, 2, 7, now, 7))
	}
	cards = append(cards, study.Card{Learner: 9, Fact: 4}) // never seen
	list := classTopics([]bank.Contents{b}, cards, now)
	if len(list) != 2 || list[0].Title != "Speech" || list[0].Facts != 2 || list[0].Met != 2 || list[1].Met != 1 {
		t.Fatalf("the topics are %+v", list)
	}
	if k := list[0].Known; math.Abs(k[0]-(6*1+4*.9)/10) > 1e-9 || math.Abs(k[1]-(6*.9+4*cards[12].Recall(now.AddDate(0, 0, 7)))/10) > 1e-9 {
		t.Errorf("of the speech is known %v", k)
	}
	for i := range Horizons[1:] {
		if list[0].Known[i+1] >= list[0].Known[i] {
			t.Errorf("what is known grows: %v", list[0].Known)
		}
	}
	lost := losing([]bank.Contents{b, b}, cards, now)
	if len(lost) != 0 { // what is at nine in ten is not lost, and four pupils are too few for the second fact
		t.Errorf("the class is losing %+v", lost)
	}
	cards = append(cards, lately(4, 2, 7, now, 7))
	lost = losing([]bank.Contents{b, b}, cards, now)
	if len(lost) != 1 || lost[0].Fact != 2 || lost[0].Pupils != 5 || math.Abs(lost[0].Now-.9) > 1e-9 || lost[0].Soon >= .9 {
		t.Errorf("the class is losing %+v, want the second fact", lost)
	}
}

// TestFiveFactsAreLost, what falls lowest first.
func TestFiveFactsAreLost(t *testing.T) {
	now := time.Date(2026, 11, 25, 12, 0, 0, 0, time.UTC)
	var b bank.Contents
	var cards []study.Card
	for fact := 1; fact <= 8; fact++ {
		b.Facts = append(b.Facts, bank.Fact{ID: questions.FactID(fact)})
		b.Questions = append(b.Questions, bank.Question{ID: questions.QuestionID(fact), Latest: 1, Facts: []questions.FactID{questions.FactID(fact)}})
		for who := range 5 {
			cards = append(cards, lately(who, fact, 1+float64(fact)/10, now, 1))
		}
	}
	lost := losing([]bank.Contents{b}, cards, now)
	if len(lost) != 5 || lost[0].Fact != 1 || lost[4].Fact != 5 || lost[0].Ref != (questions.Ref{Question: 1, Version: 1}) {
		t.Errorf("the class is losing %+v, want the first five facts", lost)
	}
}
