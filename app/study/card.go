// Package study keeps the memory of each fact by each learner: answers are
// evidence, and a card is the fold of them.
package study

import (
	"cmp"
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
	Decay    float64  // w20 of the weights that made it: the curve it is forgotten by; 0: the default one
	Surprise fsrs.Day // on which it was answered wrong by a learner who was sure, until a later day's answer; 0: it was not
	Seq      int64    // the last event that fed it; 0: none
}

// ByFact finds a learner's cards by their facts.
func ByFact(cards []Card) map[questions.FactID]Card {
	by := make(map[questions.FactID]Card, len(cards))
	for _, c := range cards {
		by[c.Fact] = c
	}
	return by
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
	return c.After(now.Sub(c.Last).Hours() / 24)
}

// After is the probability that the fact is remembered the given days after its
// last review, 0 for a fact never seen. A memory just made is always there; the
// day after shows what it is worth.
func (c Card) After(days float64) float64 {
	if !c.Seen() {
		return 0
	}
	return fsrs.Forgetting(c.Curve(), c.Stability, days)
}

// Curve is the w20 that the fact is forgotten by.
func (c Card) Curve() float64 { return cmp.Or(c.Decay, fsrs.Default()[20]) }

// Model is the memory model with a learner's weights, the default ones where
// there are none.
func Model(w fsrs.Weights) fsrs.Model {
	if w == (fsrs.Weights{}) {
		w = fsrs.Default()
	}
	return fsrs.New(w)
}

// Calendar says where a learner's study days begin.
func Calendar(zone *time.Location) fsrs.Calendar {
	return fsrs.Calendar{Zone: zone, Start: fsrs.DayStart}
}

// steps are shorter than fsrs.Default's: a fact is first met as a question with
// its explanation, so one right answer graduates it, and a missed one comes back
// after ten minutes.
var steps = []time.Duration{10 * time.Minute}

// Scheduler returns the scheduler of a learner with the model in the zone.
func Scheduler(m fsrs.Model, zone *time.Location) fsrs.Scheduler {
	s := fsrs.Config(m)
	s.Learning, s.Relearning = steps, steps
	s.Fuzz = true
	s.Days = Calendar(zone)
	return s
}

// Preview returns the card after each of the four ratings, Again first, each in its place
// (Event.Places); nil is by the card.
func Preview(m fsrs.Model, c Card, now time.Time, zone *time.Location, places []float64) (next [4]fsrs.Card) {
	s := Scheduler(m, zone)
	for i := range next {
		e := fsrs.Evidence{Rating: fsrs.Again + fsrs.Rating(i), Credit: 1} // #nosec G115 -- 0 to 3
		if places != nil {
			e.Place = places[i]
		}
		next[i] = s.Weigh(c.Card, e, now, seed(c))
	}
	return next
}
