package study_test

import (
	"math/rand/v2"
	"testing"
	"time"

	"thaw/app/fsrs"
	"thaw/app/people"
	"thaw/app/study"
	"thaw/questions"
)

// weekday studies on all days but two.
func weekday() people.Person {
	return people.Person{ID: 7, DaysOff: people.Days(0).With(time.Saturday).With(time.Sunday)}
}

// TestEachFactOfAnAnswerHasItsPlace: no card of an answer to several facts comes back on a
// day off while another day lies in its range, in whatever order the parts are marked.
func TestEachFactOfAnAnswerHasItsPlace(t *testing.T) {
	model, who := study.Model(fsrs.Weights{}), weekday()
	rng := rand.New(rand.NewPCG(3, 3))
	placed := 0
	for range 300 {
		cards := []study.Card{met(1, 3+30*rng.Float64(), 6), met(2, 3+60*rng.Float64(), 9), met(3, 4+8*rng.Float64(), 5)}
		marks := []questions.Mark{{Part: 3, Fact: 3}, {Part: 1, Fact: 1}, {Part: 2, Fact: 2}}
		for i := range marks {
			marks[i].Verdict, marks[i].Credit = questions.Right, 1
		}
		e := study.Event{Learner: 7, At: morning.AddDate(0, 0, rng.IntN(7)), What: study.Answer, Zone: "UTC"}
		list, ok := study.Placings(model, e, marks, cards)
		if !ok {
			continue
		}
		e.Places = study.Places(list, nil, who)
		moved, _ := study.Apply(model, e, marks, cards)
		for _, c := range moved {
			p := list[c.Fact-1]
			placed++
			if day := study.Calendar(nil).Day(c.Due); who.DaysOff.Has(day.Date().Weekday()) && p.High-p.Low >= 2 {
				t.Fatalf("fact %d, %d to %d days from %v, comes back on %v", c.Fact, p.Low, p.High, p.Today.Date().Weekday(), day)
			}
		}
	}
	if placed < 500 {
		t.Errorf("%d cards placed", placed)
	}
}

// TestPlacesKeepTheOrderOfRatings: whatever is due and off, Good comes back a day or more
// after Hard, and Easy after Good.
func TestPlacesKeepTheOrderOfRatings(t *testing.T) {
	model, who := study.Model(fsrs.Weights{}), weekday()
	rng := rand.New(rand.NewPCG(4, 4))
	for range 2000 {
		card := met(1, 1+40*rng.Float64(), 1+rng.IntN(30))
		card.Difficulty = 1 + 9*rng.Float64()
		now := morning.AddDate(0, 0, rng.IntN(7))
		list, ok := study.PlacingsOf(model, card, now, time.UTC)
		if !ok {
			continue
		}
		var due []study.Due
		for day := range 90 {
			due = append(due, study.Due{At: now.AddDate(0, 0, day).Truncate(24 * time.Hour).Add(4 * time.Hour), N: rng.IntN(9)})
		}
		next := study.Preview(model, card, now, time.UTC, study.Places(list, due, who))
		if hard, good, easy := next[1].Due, next[2].Due, next[3].Due; !hard.Before(good) || !good.Before(easy) {
			t.Fatalf("stability %.1f, difficulty %.1f: hard %v, good %v, easy %v", card.Stability, card.Difficulty, hard, good, easy)
		}
	}
}

// TestTwinsComeBackApart, and days that are fuller are left alone.
func TestTwinsComeBackApart(t *testing.T) {
	model := study.Model(fsrs.Weights{})
	e := study.Event{Learner: 7, At: morning, What: study.Answer, Zone: "UTC"}
	marks := []questions.Mark{{Part: 1, Fact: 1, Verdict: questions.Right, Credit: 1}}
	list, ok := study.Placings(model, e, marks, []study.Card{met(1, 9, 9)})
	if !ok {
		t.Fatal("no choice of days")
	}
	own := study.Places(list, nil, people.Person{})[0]
	e.Places = []float64{own}
	moved, _ := study.Apply(model, e, marks, []study.Card{met(1, 9, 9)})
	e.Places = study.Places(list, []study.Due{{At: moved[0].Due, N: 1, Twin: true}}, people.Person{})
	if again, _ := study.Apply(model, e, marks, []study.Card{met(1, 9, 9)}); again[0].Due.Equal(moved[0].Due) {
		t.Error("twins come back on the same day")
	}
}

// TestPracticeIsNotPlaced, nor what has no choice.
func TestPracticeIsNotPlaced(t *testing.T) {
	model := study.Model(fsrs.Weights{})
	marks := []questions.Mark{{Part: 1, Fact: 1, Verdict: questions.Right, Credit: 1}}
	for what, card := range map[study.What]study.Card{study.Practice: met(1, 9, 9), study.Answer: {Learner: 7, Fact: 1}} {
		e := study.Event{Learner: 7, At: morning, What: what, Zone: "UTC"}
		if _, ok := study.Placings(model, e, marks, []study.Card{card}); ok {
			t.Errorf("%s has a choice of days", what)
		}
	}
}
