package report

import (
	"math"
	"slices"
	"testing"
	"time"

	"thaw/app/bank"
	"thaw/app/fsrs"
	"thaw/app/people"
	"thaw/app/study"
	"thaw/questions"
)

// learner has a deck of facts, some of them met by now.
func learner(facts, met int, who people.Person) study.Preparing {
	now := time.Date(2026, 11, 25, 12, 0, 0, 0, time.UTC) // a Wednesday
	p := study.Preparing{Now: now, Who: who, Banks: []bank.Contents{{}}}
	for i := range facts {
		p.Banks[0].Facts = append(p.Banks[0].Facts, bank.Fact{ID: questions.FactID(i + 1)})
	}
	for i := range met {
		memory := fsrs.Memory{Stability: 1 + float64(i%30), Difficulty: 2 + float64(i%7)}
		p.Cards = append(p.Cards, study.Card{Fact: questions.FactID(i + 1), Card: fsrs.Card{Memory: memory, Last: now.AddDate(0, 0, -i%40)}})
	}
	return p
}

// TestMoreRecallCostsMore, whatever the size of the deck. Run it with -v for the curves.
func TestMoreRecallCostsMore(t *testing.T) {
	for _, facts := range []int{60, 230, 1500} {
		w := workload(learner(facts, facts/4, people.Person{NewADay: 10}))
		t.Logf("%d facts: wanted recall, minutes a day, facts known in the last month", facts)
		for i, p := range w.Points {
			t.Logf("  %.2f %5.2f %6.1f", p.Retention, p.MinutesADay, p.Lately)
			if i > 0 && (p.MinutesADay <= w.Points[i-1].MinutesADay || p.Lately <= w.Points[i-1].Lately) {
				t.Errorf("%d facts: %+v after %+v", facts, p, w.Points[i-1])
			}
		}
		if p := w.At(Usual); math.Abs(p.Recall-Usual) > .02 || p.Met != facts || p.Lately < .93*float64(facts) {
			t.Errorf("%d facts at the usual recall: %+v", facts, p)
		}
		if steep, ok := w.Steep(); !ok || steep < .94 || w.At(steep).MinutesADay < 1.5*w.At(Usual).MinutesADay {
			t.Errorf("%d facts: minutes rise steeply from %.2f, %v", facts, steep, ok)
		}
	}
}

// TestTheCurveIsTheLearners: weights, pace, new facts a day and days off are their own.
func TestTheCurveIsTheLearners(t *testing.T) {
	usual := workload(learner(200, 50, people.Person{NewADay: 10}))
	if again := workload(learner(200, 50, people.Person{NewADay: 10})); !slices.Equal(again.Points, usual.Points) || usual.Timed || usual.Fitted {
		t.Error("the same learner has two curves, or something is known of one who has done nothing")
	}
	slow := learner(200, 50, people.Person{NewADay: 10})
	slow.Days = []study.Tally{{Answers: 100, Took: 100 * 24 * time.Second}}
	if w := workload(slow); !w.Timed || math.Abs(w.At(Usual).MinutesADay/usual.At(Usual).MinutesADay-2) > 1e-9 {
		t.Errorf("at twice the time for an answer %.2f minutes a day, at the usual pace %.2f", w.At(Usual).MinutesADay, usual.At(Usual).MinutesADay)
	}
	weights := fsrs.Default()
	weights[8]--
	if w := workload(learner(200, 50, people.Person{NewADay: 10, Weights: weights})); !w.Fitted || w.At(Usual).MinutesADay < 1.3*usual.At(Usual).MinutesADay {
		t.Errorf("who gains less by a review needs %.2f minutes a day, others %.2f", w.At(Usual).MinutesADay, usual.At(Usual).MinutesADay)
	}
	if w := workload(learner(200, 50, people.Person{})); w.At(Usual).Met != 50 || w.All != 200 {
		t.Errorf("who meets nothing new has met %d of %d, want 50 of 200", w.At(Usual).Met, w.All)
	}
	others := people.Every &^ people.Days(0).With(time.Monday)
	if w := workload(learner(200, 50, people.Person{NewADay: 1, DaysOff: others})); w.At(Usual).Met != 50+52 {
		t.Errorf("who studies on Mondays alone has met %d facts after a year, want 102", w.At(Usual).Met)
	}
	off := people.Days(0).With(time.Sunday).With(time.Tuesday)
	if got := rest(learner(1, 1, people.Person{DaysOff: off})); got != [7]bool{4: true, 6: true} {
		t.Errorf("on a Wednesday, of the days from today %v are off, want Sunday and Tuesday", got)
	}
	if got := rest(learner(1, 1, people.Person{DaysOff: people.Every})); got != [7]bool{} {
		t.Error("with all days off nothing would ever be studied")
	}
}

func TestTheDeckIsWhatMayBeStudied(t *testing.T) {
	if w := workload(learner(200, 0, people.Person{NewADay: 10})); w.Points != nil || w.All != 200 {
		t.Errorf("a curve of somebody who has met nothing: %+v", w)
	}
	p := learner(deepest+500, deepest+100, people.Person{NewADay: 10})
	if w := workload(p); w.All != deepest+500 || w.Facts != deepest || w.At(Usual).Met != deepest {
		t.Errorf("of a deep deck %d of %d are followed", w.Facts, w.All)
	}
	p = learner(30, 20, people.Person{})
	p.Banks = append(p.Banks, p.Banks[0]) // shared
	p.Cards[3].Fact = 999                 // no longer asked for
	if held, all := deck(p); len(held) != 19 || all != 30 || held[5].Ago != 6 {
		t.Errorf("%d facts held of %d, the sixth for %d days; want 19 of 30, 6", len(held), all, held[5].Ago)
	}
}

// BenchmarkWorkload is the time that a page waits, at worst for somebody who forgets
// nearly all of the deepest deck within days.
func BenchmarkWorkload(b *testing.B) {
	forgetful := fsrs.Weights{.1, .3, .5, 2, 7.5, .8, 3, .02, 1.1, .1, .5, 1.2, .06, .25, 1.6, .5, 1.6, .5, .09, .07, .4}
	for _, c := range []struct {
		name       string
		facts, met int
		who        people.Person
	}{
		{"230", 230, 60, people.Person{NewADay: 10}}, {"1500", 1500, 400, people.Person{NewADay: 10}},
		{"forgetful", 5000, 3000, people.Person{NewADay: people.MaxNew, Weights: forgetful}},
	} {
		p := learner(c.facts, c.met, c.who)
		b.Run(c.name, func(b *testing.B) {
			for b.Loop() {
				workload(p)
			}
		})
	}
}
