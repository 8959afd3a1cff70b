package quiz

import (
	"cmp"
	"context"
	"time"

	"thaw/app/fsrs"
	"thaw/app/fsrs/plan"
	"thaw/app/study"
	"thaw/questions"
	"thaw/questions/kind"
)

// Foretold is what was expected of a sitting when it began, and what came of it. It is
// about the items with a Chance.
type Foretold struct {
	plan.Forecast
	Right int // of those items, by first answers, with full credit
}

// Off says on which side of the band the result lies: -1 below it, 0 within, 1 above.
func (f Foretold) Off() int {
	if f.Right >= f.Low && f.Right <= f.High {
		return 0
	}
	return cmp.Compare(f.Right, f.Low)
}

// A forecast is held against what happened when it was about enough items and all were
// answered within the time for which it was made.
const (
	enoughItems = 3
	forecastFor = 24 * time.Hour
)

// Borne tells whether the forecast of a sitting can be held against what happened: not
// when something of it was left out since.
func (s Sitting) Borne() bool {
	return s.Repaired.Decision != study.Leave && s.Foretold.N >= enoughItems && s.Done() && s.Empty == 0 && s.Finished.Sub(s.Started) < forecastFor
}

// RightForetold counts the items right of those that were foretold.
func (s Sitting) RightForetold() (n int) {
	for _, it := range s.Items {
		if it.Chance > 0 && it.State == Closed && it.Credit >= 1 {
			n++
		}
	}
	return n
}

// foretell forecasts a sitting that is about to begin, by what the learner's cards and
// reviews say. Who has no cards is foretold nothing.
func (h Host) foretell(ctx context.Context, p study.Preparing, s Sitting) (Sitting, error) {
	if len(p.Cards) == 0 {
		return s, nil
	}
	guesses := make([]float64, len(s.Items))
	for i, it := range s.Items {
		v, err := h.Shelf.Version(ctx, it.Ref)
		if err != nil {
			return s, err
		}
		if k, ok := kind.Of(v.Kind); ok {
			guesses[i] = k.Guess(v.In(it.Order))
		}
	}
	return foretell(s, guesses, study.ByFact(p.Cards), study.Calendar(p.Who.Location()), p.Belief()), nil
}

// foretell forecasts the items whose facts were all met on an earlier day: of the others
// nothing is known, and of what was answered today the model says only that it is there.
// Each is asked for in its form, with the guess rate given. It is pure.
func foretell(s Sitting, guesses []float64, cards map[questions.FactID]study.Card, days fsrs.Calendar, b plan.Belief) Sitting {
	var asked []plan.Asked
	for i := range s.Items {
		a, ok := asks(s.Items[i], guesses[i], cards, days, s.Started)
		if !ok {
			continue
		}
		s.Items[i].Chance = plan.Expect([]plan.Asked{a}, b).Mean
		asked = append(asked, a)
	}
	if len(asked) > 0 {
		s.Foretold.Forecast = plan.Expect(asked, b)
	}
	return s
}

// asks is an item as it will be asked; ok is false where nothing can be said of it.
func asks(it Item, guess float64, cards map[questions.FactID]study.Card, days fsrs.Calendar, at time.Time) (a plan.Asked, ok bool) {
	for i, f := range it.Facts {
		c := cards[f]
		if !c.Seen() || days.Day(c.Last) >= days.Day(at) {
			return plan.Asked{}, false
		}
		one := c.Asked(at)
		one.Guess = guess
		if i == 0 {
			a, ok = one, true
			continue
		}
		a.With = append(a.With, one)
	}
	return a, ok
}
