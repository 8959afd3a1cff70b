package study

import (
	"testing"
	"time"

	"thaw/app/fsrs"
	"thaw/app/fsrs/plan"
	"thaw/app/people"
)

// badly are roll-ups of days on which half of what was expected was recalled.
func badly(days ...fsrs.Day) (list []Tally) {
	for _, d := range days {
		list = append(list, Tally{Day: d, Reviews: 40, Recalled: 18, Expected: 36e6})
	}
	return list
}

func TestOnlyDaysUnderTheWeightsInForceAreBelieved(t *testing.T) {
	days := badly(100, 101, 102)
	anna := people.Person{}
	all := Believe(days, anna)
	if all.Shift > -.8 || all.Doubt >= plan.Doubt {
		t.Errorf("of 120 reviews half went wrong, and it is believed that %+v", all)
	}
	anna.Weights, anna.Adopted, anna.AdoptedOn = fsrs.Default(), 7, 101
	if got, want := Believe(days, anna), Believe(badly(102), people.Person{}); got != want {
		t.Errorf("after weights adopted on day 101: %+v, want what day 102 says, %+v", got, want)
	}
	if anna.AdoptedOn = 102; Believe(days, anna) != (plan.Belief{Doubt: plan.Doubt}) {
		t.Errorf("of the weights adopted last nothing is known yet, and it is believed that %+v", Believe(days, anna))
	}
}

func TestForecastsAreNarrowedByReviews(t *testing.T) {
	now := time.Date(2026, 3, 2, 12, 0, 0, 0, time.UTC)
	var cards []Card
	for i := range 40 {
		cards = append(cards, Card{Card: fsrs.Card{Memory: fsrs.Memory{Stability: float64(4 + i), Difficulty: 5}, Last: now.AddDate(0, 0, -9)}})
	}
	cards = append(cards, Card{Fact: 9}) // never met
	stranger, known := Expect(cards, now, Believe(nil, people.Person{})), Expect(cards, now, Believe(badly(1, 2, 3), people.Person{}))
	if stranger.N != 40 || known.N != 40 || known.Mean > stranger.Mean-2 {
		t.Errorf("of 40 facts %+v are expected, of somebody who forgets more %+v", stranger, known)
	}
}
