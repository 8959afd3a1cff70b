package study

import (
	"time"

	"thaw/app/fsrs"
	"thaw/app/fsrs/plan"
	"thaw/app/people"
)

// Since when roll-ups are looked at, in days: Recent ones say how fast a learner is, those
// of the History how a memory differs from what the model takes it for.
const (
	Recent  = 30
	History = 365
)

// Lately are the roll-ups of the days that are Recent.
func Lately(days []Tally, today fsrs.Day) []Tally {
	for i, d := range days {
		if d.Day > today-Recent {
			return days[i:]
		}
	}
	return nil
}

// Believe is what the roll-ups of days say about a learner's memories as a whole. What was
// foretold by other weights than those in force says nothing about them, so that only days
// after the adoption count.
func Believe(days []Tally, who people.Person) plan.Belief {
	model := Model(who.Weights)
	r := plan.Record{Curve: model.Weights()[20]}
	for _, d := range days {
		if who.Adopted != 0 && d.Day <= who.AdoptedOn {
			continue
		}
		r.Reviews += d.Reviews
		r.Recalled += d.Recalled
		r.Expected += float64(d.Expected) / 1e6
	}
	return r.Belief()
}

// Expect forecasts how many of the cards will be remembered at the time.
func Expect(cards []Card, at time.Time, b plan.Belief) plan.Forecast {
	asked := make([]plan.Asked, 0, len(cards))
	for _, c := range cards {
		if c.Seen() {
			asked = append(asked, c.Asked(at))
		}
	}
	return plan.Expect(asked, b)
}

// Asked is the card of a fact that is asked for at the time, by nothing to guess.
func (c Card) Asked(at time.Time) plan.Asked {
	return plan.Asked{Stability: c.Stability, Curve: c.Curve(), Days: at.Sub(c.Last).Hours() / 24}
}
