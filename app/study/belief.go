package study

import (
	"time"

	"thaw/app/fsrs/plan"
	"thaw/app/people"
)

// Believe is what the roll-ups of days say about a learner's memories as a whole. What was
// foretold by other weights than those in force says nothing about them, so that only days
// after the adoption count.
func Believe(days []Tally, who people.Person) plan.Belief {
	var records []plan.Record
	for _, d := range days {
		if who.Adopted == 0 || d.Day > who.AdoptedOn {
			records = append(records, plan.Record{Reviews: d.Reviews, Recalled: d.Recalled, Expected: float64(d.Expected) / 1e6})
		}
	}
	model := Model(who.Weights)
	return plan.Believe(records, model.Weights()[20])
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
