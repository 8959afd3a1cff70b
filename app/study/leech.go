package study

import (
	"thaw/app/fsrs"
	"thaw/questions"
)

// Trial is one review of a fact on a later day than the one before.
type Trial struct {
	Right  float64 // the chance of a right answer, by memory or by luck, as foretold; 0..1
	Missed bool
}

// A leech is a fact that was missed so often that chance would do it to one fact in a
// hundred at most.
const (
	leechMisses = 3
	leechChance = 0.01
)

// Leech tells whether a fact keeps slipping: it was missed at least three times, and so
// often or oftener with a chance below one in a hundred, if the forecasts were right. Of
// one in whose forecasts a miss was likely, more is needed. The chance is returned, 0..1.
//
// The number of misses is Poisson binomial (Poisson, 1837): a sum of trials that each have
// a chance of their own. A fixed number of lapses, the usual rule, would call a fact that
// has been studied for long a leech by mere chance.
func Leech(trials []Trial) (chance float64, leech bool) {
	misses := 0
	all := []float64{1} // the chance of each number of misses
	for _, t := range trials {
		if t.Missed {
			misses++
		}
		all = convolved(all, 1-t.Right)
	}
	for _, p := range all[misses:] {
		chance += p
	}
	return min(chance, 1), misses >= leechMisses && chance < leechChance
}

// convolved adds a trial with a chance of a miss to a distribution of their number.
func convolved(all []float64, miss float64) []float64 {
	next := make([]float64, len(all)+1)
	for n, p := range all {
		next[n] += p * (1 - miss)
		next[n+1] += p * miss
	}
	return next
}

// Leechy tells whether a card has lapsed often enough to be looked at.
func (c Card) Leechy() bool { return c.Lapses >= leechMisses }

// Trials lists the reviews of a fact, each on a later day than the answer before, and
// counts those that were missed.
func Trials(past []Past, fact questions.FactID) (list []Trial, misses int) {
	for _, p := range past {
		for _, m := range p.Marks {
			if m.Fact != fact || m.Guess >= 1 || m.Stability == 0 || m.Elapsed < 1 {
				continue
			}
			t := Trial{Right: m.Recall + (1-m.Recall)*m.Guess, Missed: Rate(m.Mark) == fsrs.Again}
			if t.Missed {
				misses++
			}
			list = append(list, t)
		}
	}
	return list, misses
}
