package report

import (
	"cmp"
	"slices"

	"thaw/app/study"
)

// Leaving is a fact that is forgotten in the coming week, if nothing is done.
type Leaving struct {
	study.Card
	Now, Week float64 // chance to recall it now, and in a week
}

// steep is by how much the chance to recall a fact falls within a week before it is worth
// saying, where it is below the usual one already.
const steep = .05

// leaving lists the facts whose recall falls below the usual one within a week, or is
// below and still falling steeply: what falls furthest first. Left out is what no question
// asks for, and what the learner wants to let rest.
func leaving(p study.Preparing, look outlook) []Leaving {
	asked, quiet := factsOf(p.Banks), study.Quiet(p.Exams, p.Banks, p.Now)
	var list []Leaving
	for _, c := range p.Cards {
		if !c.Seen() || !asked[c.Fact] || quiet[c.Fact] || p.Cares[c.Fact].Suspended {
			continue
		}
		chances := look[c.Fact]
		l := Leaving{c, chances[0], chances[1]}
		if l.Week < Usual && (l.Now >= Usual || l.Now-l.Week >= steep) {
			list = append(list, l)
		}
	}
	slices.SortStableFunc(list, func(a, b Leaving) int {
		return cmp.Or(cmp.Compare(b.Now-b.Week, a.Now-a.Week), cmp.Compare(a.Fact, b.Fact))
	})
	return list
}
