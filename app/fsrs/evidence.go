package fsrs

import "math"

// Unmet is the chance that somebody knows a fact before it is first asked for:
// nothing is known about that, and one half says so.
const Unmet = 0.5

// Known returns the chance, 0 to 1, that an answer came from memory and not from
// luck. Recall is the chance of recall before the answer, 0 to 1. Guess is the
// chance that somebody who does not know gives this very answer, 0 to 1: one of n
// for a choice of n options, 0 for a typed answer. Credit is the share of the
// answer that is right, 0 to 1.
//
// Who knows answers rightly; who does not is right by luck with the chance guess.
// So of right answers, by Bayes' rule,
//
//	recall / (recall + (1-recall)*guess)
//
// were known, and of wrong ones none. A partly right answer lies between the two
// and is taken to be right with the chance credit (Jeffrey's rule for uncertain
// evidence), which multiplies the above by credit.
func Known(recall, guess, credit float64) float64 {
	if recall <= 0 {
		return 0
	}
	return credit * recall / (recall + (1-recall)*guess)
}

// Weigh returns the memory after a review whose answer may have been a guess, of
// the guess rate and the credit that Known explains. Days and rating are those of
// Next.
//
// Where the answer was known, the memory is now Next(mem, days, r); where it was
// luck, it had lapsed, and is Next(mem, days, Again). Of the two, with the weights
// p = Known and 1-p, one memory is made that falls to a recall of 0.9 on the same
// day as the two together, which is what stability means:
//
//	p*R(S', S_known) + (1-p)*R(S', S_lapsed) = 0.9,  D' = p*D_known + (1-p)*D_lapsed
//
// so that it is asked for again when 0.9 of all such facts are still there. The
// recall is R(days, S), and Unmet for a fact never seen. Again is a lapse however
// it was asked for, and a fully right answer that nobody can guess is Next, bit for
// bit.
func (m *Model) Weigh(mem Memory, days int, r Rating, guess, credit float64) Memory {
	known := m.Next(mem, days, r)
	p := m.known(mem, days, guess, credit)
	if r == Again || p >= 1 {
		return known
	}
	return m.blend(known, m.Next(mem, days, Again), p)
}

// known is Known for an answer to a memory: 1 exactly where nobody can guess.
func (m *Model) known(mem Memory, days int, guess, credit float64) float64 {
	switch {
	case guess == 0 && credit == 1:
		return 1
	case !mem.Seen():
		return Known(Unmet, guess, credit)
	}
	return Known(m.Retrievability(mem, float64(days)), guess, credit)
}

// blend makes one memory of two, the first with the weight p.
func (m *Model) blend(a, b Memory, p float64) Memory {
	return Memory{
		Stability:  clampStability(m.blendStability(a.Stability, b.Stability, p)),
		Difficulty: clampDifficulty(p*a.Difficulty + (1-p)*b.Difficulty),
	}
}

// blendStability finds the day by halving the logarithm of the time between the
// two stabilities: before the shorter one both are above 0.9, after the longer
// one neither is.
func (m *Model) blendStability(a, b, p float64) float64 {
	low, high := math.Log(min(a, b)), math.Log(max(a, b))
	for range halvings {
		middle := (low + high) / 2
		t := math.Exp(middle)
		if p*m.recall(a, t)+(1-p)*m.recall(b, t) > 0.9 {
			low = middle
		} else {
			high = middle
		}
	}
	return math.Exp((low + high) / 2)
}

// halvings take the widest possible range of stabilities, e^17, to less than 1e-9.
const halvings = 36
