package quiz

import (
	"cmp"
	"math"
	"slices"
	"time"

	"thaw/app/fsrs"
	"thaw/app/study"
	"thaw/questions"
	"thaw/questions/kind"
)

// rung says how hard a fact is asked for: each asks more of memory than the one below it.
type rung int

// The rungs: to pick one of three options, to pick with more of them in view, to put
// things where they belong or fill a gap, and to say it from nothing.
const (
	three rung = iota
	picking
	building
	saying
)

// climbs are the stabilities, in days, from which a fact is asked for on the second, third
// and last rung. TestLadders compares them with others: that saying is reached within 60
// days is a choice, which costs facts a minute; among ladders that do, they are near the
// best that has all rungs.
var climbs = [...]float64{5, 15, 21}

// shaky is the recall below which a fact that was firm is asked for one rung easier.
const shaky = 0.7

// rungOf is the rung on which a card is asked for: the lowest until it is learned, then
// the one of its stability. One rung easier is asked what is shaky now, and what was
// missed last, from where it stood before; what has been firm enough to be lost is not
// asked like what is new. It is pure.
func rungOf(c study.Card, now time.Time) rung {
	switch {
	case !c.Seen() || c.Phase == fsrs.Learning:
		return three
	case c.Phase == fsrs.Relearning:
		return max(climbed(beforeLapse(c.Memory))-1, three)
	}
	r, lowest := climbed(c.Stability), three
	if c.Recall(now) < shaky {
		r--
	}
	if c.Lapses > 0 {
		lowest = picking
	}
	return max(r, lowest)
}

// climbing is the rung of each card at a time.
func climbing(now time.Time) func(study.Card) rung {
	return func(c study.Card) rung { return rungOf(c, now) }
}

// climbed is the rung of a stability in days, 0 for a fact never met.
func climbed(stability float64) (r rung) {
	for _, from := range climbs {
		if stability >= from {
			r++
		}
	}
	return r
}

// beforeLapse is about the stability in days that a memory had before the lapse that left
// it: FSRS-6's formula of a lapse by the usual weights, turned round, as of a memory that
// was asked for on time.
func beforeLapse(m fsrs.Memory) float64 {
	w := fsrs.Default()
	scale := w[11] * math.Pow(m.Difficulty, -w[12]) * math.Exp(w[14]*(1-.9))
	return math.Pow(m.Stability/scale+1, 1/w[13]) - 1
}

// options is how many options are shown on a rung; 0: all there are.
func (r rung) options() int {
	switch r {
	case three:
		return 3
	case picking:
		return 4
	}
	return 0
}

// span is from which to which rung a kind asks: a choice shows more options as it climbs.
func span(name string) (low, high rung) {
	switch {
	case name == questions.Choice:
		return three, picking
	case closed(name):
		return picking, picking
	case kind.Parted(name):
		return building, building
	}
	return saying, saying
}

// rungAway is the misfit of what asks one rung higher or lower.
const rungAway = 2

// misfit is how far a form is from a rung; 0: it asks on it.
func misfit(c candidate, r rung) int {
	low, high := span(c.question.Kind)
	far := rungAway * int(max(low-r, r-high, 0))
	if c.question.Kind == questions.Flash {
		far++ // what is typed says more than one's own word
	}
	if c.uneven {
		far += rungAway * int(saying+1)
	}
	return far
}

// climb puts forms of one fact in the order in which they fit a rung; those that fit
// equally well take turns, one further with each repetition of the card. What keeps being
// missed is asked in the forms of the next rungs as well: another way of asking helps more
// than the same one again.
func climb(forms []candidate, r rung, card study.Card) []candidate {
	forms = slices.Clone(forms)
	slices.SortStableFunc(forms, func(a, b candidate) int {
		return cmp.Or(cmp.Compare(misfit(a, r), misfit(b, r)), cmp.Compare(a.question.ID, b.question.ID))
	})
	n, far := 0, 0
	if len(forms) > 0 {
		far = misfit(forms[0], r)
	}
	if card.Leechy() {
		far += rungAway
	}
	for n < len(forms) && misfit(forms[n], r) <= far {
		n++
	}
	if n > 1 {
		turn := card.Reps % n
		forms = slices.Concat(forms[turn:n], forms[:turn], forms[n:])
	}
	for i := range forms {
		forms[i].options = r.options()
	}
	return forms
}

// uneven tells whether facts asked for together are on rungs too far apart: what is firm
// would be asked too early, or what is new too hard.
func uneven(facts []questions.FactID, cards map[questions.FactID]study.Card) bool {
	lowest, highest := saying, three
	for _, f := range facts {
		r := climbed(cards[f].Stability)
		lowest, highest = min(lowest, r), max(highest, r)
	}
	return highest-lowest > 1
}
