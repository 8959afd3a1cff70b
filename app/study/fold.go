package study

import (
	"cmp"
	"slices"

	"thaw/questions"
)

// Fold returns the cards that the past makes, ordered by learner and fact.
// Events are taken in the order of their numbers; a voided one counts for
// nothing. Folding the same past gives the same bits.
func Fold(past []Past) []Card {
	past = slices.Clone(past)
	slices.SortStableFunc(past, func(a, b Past) int {
		return cmp.Or(cmp.Compare(a.Learner, b.Learner), cmp.Compare(a.Seq, b.Seq))
	})
	type id struct {
		who questions.LearnerID
		seq int64
	}
	voided := map[id]bool{}
	for _, p := range past {
		if p.What == Undo {
			voided[id{p.Learner, p.Voids}] = true
		}
	}
	cards := map[Key]Card{}
	for _, p := range past {
		if voided[id{p.Learner, p.Seq}] {
			continue
		}
		feed(cards, p)
	}
	return sorted(cards)
}

func feed(cards map[Key]Card, p Past) {
	marks := make([]questions.Mark, len(p.Marks))
	var met []Card
	for i, m := range p.Marks {
		marks[i] = m.Mark
		if c, ok := cards[Key{p.Learner, m.Fact}]; ok {
			met = append(met, c)
		}
	}
	moved, _ := Apply(p.Event, marks, met)
	for _, c := range moved {
		c.Seq = p.Seq
		cards[Key{c.Learner, c.Fact}] = c
	}
}

func sorted(cards map[Key]Card) []Card {
	list := make([]Card, 0, len(cards))
	for _, c := range cards {
		list = append(list, c)
	}
	slices.SortFunc(list, func(a, b Card) int {
		return cmp.Or(cmp.Compare(a.Learner, b.Learner), cmp.Compare(a.Fact, b.Fact))
	})
	return list
}
