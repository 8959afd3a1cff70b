package quiz

import (
	"math"
	"testing"
	"time"

	"thaw/app/fsrs"
	"thaw/app/fsrs/plan"
	"thaw/app/study"
	"thaw/questions"
)

// TestForecastIsAboutWhatWasMetBeforeToday, in the form in which it is asked.
func TestForecastIsAboutWhatWasMetBeforeToday(t *testing.T) {
	cards := map[questions.FactID]study.Card{}
	met := func(f questions.FactID, days int) {
		cards[f] = study.Card{Fact: f, Card: fsrs.Card{Memory: fsrs.Memory{Stability: 5, Difficulty: 5}, Last: noon.AddDate(0, 0, -days)}}
	}
	met(1, 5)
	met(2, 5)
	met(3, 0) // this morning
	item := func(facts ...questions.FactID) Item { return Item{Facts: facts} }
	s := Sitting{Started: noon, Items: []Item{item(1), item(2), item(1, 2), item(3), item(4), item(1, 4), item(2, 3), item()}}
	guesses := []float64{0, .5, .25, 0, 0, 0, 0, 0}
	got := foretell(s, guesses, cards, study.Calendar(time.UTC), plan.Belief{})
	for i, want := range []float64{.9, .95, .925 * .925, 0, 0, 0, 0, 0} {
		if c := got.Items[i].Chance; math.Abs(c-want) > 1e-9 {
			t.Errorf("the chance of item %d is %v, want %v", i+1, c, want)
		}
	}
	f := got.Foretold
	if want := .9 + .95 + .925*.925; f.N != 3 || math.Abs(f.Mean-want) > 1e-9 || f.Low > f.High || f.High > 3 || f.Sure < .5 {
		t.Errorf("foretold is %+v, want %v of 3", f, want)
	}
	none := foretell(Sitting{Started: noon, Items: []Item{item(3), item(4)}}, guesses, cards, study.Calendar(time.UTC), plan.Belief{})
	if none.Foretold != (Foretold{}) {
		t.Errorf("of facts that nobody has met %+v is foretold", none.Foretold)
	}
}

func TestForecastsAreHeldAgainstWhatHappened(t *testing.T) {
	done := func(n int, took time.Duration) Sitting {
		return Sitting{Started: noon, Finished: noon.Add(took), Foretold: Foretold{Forecast: plan.Forecast{N: n}}}
	}
	open := done(9, 0)
	open.Finished = time.Time{}
	for name, c := range map[string]struct {
		s    Sitting
		want bool
	}{"three at once": {done(3, time.Hour), true}, "two": {done(2, time.Hour), false}, "left for a day": {done(9, 24*time.Hour), false}, "open": {open, false}} {
		if c.s.Borne() != c.want {
			t.Errorf("%s: %v, want %v", name, !c.want, c.want)
		}
	}
	for right, want := range map[int]int{3: -1, 4: 0, 5: 0, 6: 0, 7: 1} {
		if got := (Foretold{plan.Forecast{Low: 4, High: 6}, right}).Off(); got != want {
			t.Errorf("%d right of 4 to 6 expected: %d, want %d", right, got, want)
		}
	}
}
