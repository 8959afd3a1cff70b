package study

import (
	"slices"
	"strconv"
	"time"

	"thaw/app/fsrs"
	"thaw/questions"
)

// Care is how a learner wants a fact handled; the zero one with a fact is as usual. The
// note is the learner's own words, all else follows from events.
type Care struct {
	Fact      questions.FactID
	Suspended bool     // not asked for until it is taken up again
	Until     fsrs.Day // not asked for before this study day
	Starred   bool
	Note      string
}

// MaxNote is how many characters a note may have.
const MaxNote = 1000

// Cares lists what a learner's past says of facts, by fact: suspend, bury and star each
// speak of the facts in their response, after whether it is on ("1") or off ("0"). Events
// are taken in the order of their numbers, so that the last one said counts.
func Cares(past []Past) (list []Care) {
	by := map[questions.FactID]*Care{}
	for _, p := range past {
		_, facts := caring(p.Event)
		for _, f := range facts {
			if by[f] == nil {
				by[f] = &Care{Fact: f}
			}
			*by[f] = by[f].After(p.Event)
		}
	}
	for _, c := range by {
		list = append(list, *c)
	}
	slices.SortFunc(list, func(a, b Care) int { return int(a.Fact - b.Fact) })
	return list
}

// After is the care of a fact after an event, which may say nothing of it.
func (c Care) After(e Event) Care {
	on, facts := caring(e)
	if !slices.Contains(facts, c.Fact) {
		return c
	}
	switch e.What {
	case Suspend:
		c.Suspended = on
	case Star:
		c.Starred = on
	case Bury:
		c.Until = 0
		if on {
			c.Until = e.Day + 1
		}
	}
	return c
}

// Aside tells whether a fact is not to be asked for on a study day.
func (c Care) Aside(today fsrs.Day) bool {
	return c.Suspended || c.Until != 0 && c.Until > today
}

// cares tells whether an event is about how a fact is handled.
func (w What) cares() bool { return w == Suspend || w == Bury || w == Star }

// Caring is the response of an event that switches something on or off for facts.
func Caring(on bool, facts []questions.FactID) questions.Response {
	r := questions.Response{"0"}
	if on {
		r[0] = "1"
	}
	for _, f := range facts {
		r = append(r, strconv.FormatInt(int64(f), 10))
	}
	return r
}

// caring reads what Caring wrote.
func caring(e Event) (on bool, facts []questions.FactID) {
	if !e.What.cares() || len(e.Response) == 0 {
		return false, nil
	}
	for _, text := range e.Response[1:] {
		id, _ := strconv.ParseInt(text, 10, 64) // written by us
		facts = append(facts, questions.FactID(id))
	}
	return e.Response[0] == "1", facts
}

// OfFacts finds cares by their facts.
func OfFacts(cares []Care) map[questions.FactID]Care {
	by := make(map[questions.FactID]Care, len(cares))
	for _, c := range cares {
		by[c.Fact] = c
	}
	return by
}

// wanted is the card with the time at which its learner wants it: what was answered wrong
// though its learner was sure comes the day after, what was put off on its day. ok is
// false for what is suspended.
func (c Card) wanted(care Care, days fsrs.Calendar) (_ Card, ok bool) {
	if c.Surprise != 0 {
		c.Due = slices.MinFunc([]time.Time{c.Due, days.Begin(c.Surprise + 1)}, time.Time.Compare)
	}
	if care.Until != 0 {
		c.Due = slices.MaxFunc([]time.Time{c.Due, days.Begin(care.Until)}, time.Time.Compare)
	}
	return c, !care.Suspended
}
