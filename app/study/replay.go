package study

import (
	"cmp"
	"slices"

	"thaw/app/fsrs"
	"thaw/questions"
)

// Replay lives a past again, without what came before it. It returns the events
// in the order of time, each with the memory that its marks meet in this past,
// and the cards. What an undo has voided must be left out by the caller.
func Replay(past []Past) ([]Past, []Card) {
	past = slices.Clone(past)
	slices.SortStableFunc(past, func(a, b Past) int {
		return cmp.Or(cmp.Compare(a.Learner, b.Learner), a.At.Compare(b.At), cmp.Compare(a.Seq, b.Seq))
	})
	cards := map[Key]Card{}
	for i, p := range past {
		marks := make([]questions.Mark, len(p.Marks))
		var met []Card
		for j, m := range p.Marks {
			marks[j] = m.Mark
			if c, ok := cards[Key{p.Learner, m.Fact}]; ok {
				met = append(met, c)
			}
		}
		moved, seen := Apply(p.Event, marks, met)
		for _, c := range moved {
			c.Seq = p.Seq
			cards[Key{c.Learner, c.Fact}] = c
		}
		past[i].Marks = seen
	}
	return past, sorted(cards)
}

// Days sums up by study day what a learner's past was, the memory that its marks
// met being as they say.
func Days(past []Past) []Tally {
	sums := map[fsrs.Day]Tally{}
	for _, p := range past {
		t, n := sums[p.Day], Count(p.Event, p.Marks)
		sums[p.Day] = Tally{Day: p.Day, Answers: t.Answers + n.Answers, Right: t.Right + n.Right, Reviews: t.Reviews + n.Reviews,
			Recalled: t.Recalled + n.Recalled, Expected: t.Expected + n.Expected, Took: t.Took + n.Took}
	}
	days := make([]Tally, 0, len(sums))
	for _, t := range sums {
		days = append(days, t)
	}
	slices.SortFunc(days, func(a, b Tally) int { return cmp.Compare(a.Day, b.Day) })
	return days
}
