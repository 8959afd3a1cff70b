// Package study keeps the memory of each fact by each learner: answers are
// evidence, and a card is the fold of them.
package study

import (
	"time"

	"thaw/app/fsrs"
	"thaw/questions"
)

// Card is the memory of one fact by one learner. The zero card with a learner
// and a fact is a fact never seen.
type Card struct {
	Learner questions.LearnerID
	Fact    questions.FactID
	fsrs.Card
	Seq int64 // the last event that fed it; 0: none
}

// Key names a card.
type Key struct {
	Learner questions.LearnerID
	Fact    questions.FactID
}

// Due tells whether the card wants a review: it has been seen and its time has
// come.
func (c Card) IsDue(now time.Time) bool { return c.Seen() && !c.Due.After(now) }

// Recall is the probability that the fact is remembered at the time, 0 for a
// fact never seen.
func (c Card) Recall(now time.Time) float64 {
	if !c.Seen() {
		return 0
	}
	days := now.Sub(c.Last).Hours() / 24
	return model.Retrievability(c.Memory, max(days, 0))
}

// Tomorrow is the recall of a memory a day after it was the given days old, 0
// for one never seen. A memory just made is always there; a day shows what it is
// worth.
func Tomorrow(m fsrs.Memory, days int) float64 {
	return model.Retrievability(m, float64(days+1))
}

// model has the weights in force.
var model = fsrs.New(fsrs.Default())

// steps are shorter than fsrs.Default's: a fact is first met as a question with
// its explanation, so one right answer graduates it, and a missed one comes back
// after ten minutes.
var steps = []time.Duration{10 * time.Minute}

// Scheduler returns the scheduler of a learner in the zone.
func Scheduler(zone *time.Location) fsrs.Scheduler {
	s := fsrs.Config(model)
	s.Learning, s.Relearning = steps, steps
	s.Fuzz = true
	s.Days = fsrs.Calendar{Zone: zone, Start: fsrs.DayStart}
	return s
}

// Preview returns the card after each of the four ratings, Again first.
func Preview(c Card, now time.Time, zone *time.Location) [4]fsrs.Card {
	s := Scheduler(zone)
	return s.Preview(c.Card, now, seed(c))
}
