package study

import (
	"cmp"
	"slices"
	"strconv"

	"thaw/app/fsrs"
	"thaw/questions"
)

// Fold returns the cards that the past makes, ordered by learner and fact.
// Events are taken in the order of time, at one time in that of their numbers; a
// voided one counts for nothing. Folding the same past gives the same bits.
func Fold(past []Past) []Card {
	_, cards := Replay(past)
	return cards
}

// Replay lives a past again. It returns the events in the order in which Fold
// takes them, each standing one with the memory that its marks meet in that
// order, and the cards.
func Replay(past []Past) ([]Past, []Card) {
	past = inTime(past)
	voided := voids(past)
	models := modelsOf(past)
	cards := map[Key]Card{}
	for i, p := range past {
		if len(p.Marks) == 0 || voided[p.id()] {
			continue
		}
		past[i].Marks = feed(models[p.Learner], cards, p)
	}
	return past, sorted(cards)
}

// Days sums up by study day what a learner's past was, the memory that its marks
// met being as they say.
func Days(past []Past) []Tally {
	voided := voids(past)
	sums := map[fsrs.Day]Tally{}
	for _, p := range past {
		if (p.What == Answer || p.What == Practice) && !voided[p.id()] {
			sums[p.Day] = sums[p.Day].Plus(Count(p.Event, p.Marks))
		}
	}
	days := make([]Tally, 0, len(sums))
	for _, t := range sums {
		days = append(days, t)
	}
	slices.SortFunc(days, func(a, b Tally) int { return cmp.Compare(a.Day, b.Day) })
	return days
}

// inTime returns the past, learner by learner, in the order of time.
func inTime(past []Past) []Past {
	past = slices.Clone(past)
	slices.SortStableFunc(past, func(a, b Past) int {
		return cmp.Or(cmp.Compare(a.Learner, b.Learner), a.At.Compare(b.At), cmp.Compare(a.Seq, b.Seq))
	})
	return past
}

type eventID struct {
	who questions.LearnerID
	seq int64
}

func (e Event) id() eventID { return eventID{e.Learner, e.Seq} }

// modelsOf is each learner's model: the weights adopted last hold for all cards.
func modelsOf(past []Past) map[questions.LearnerID]fsrs.Model {
	models := map[questions.LearnerID]fsrs.Model{}
	for _, p := range past {
		if _, ok := models[p.Learner]; !ok || p.What == Adopted {
			models[p.Learner] = Model(weightsOf(p.Event))
		}
	}
	return models
}

// InForce returns the weights that a learner's past has adopted last, and the
// event that did; the zero weights and 0 where it has adopted none.
func InForce(past []Past) (w fsrs.Weights, adopted int64) {
	for _, p := range inTime(past) {
		if p.What == Adopted {
			w, adopted = weightsOf(p.Event), p.Seq
		}
	}
	return w, adopted
}

// weightsOf are the weights of an adoption, the zero ones of any other event.
func weightsOf(e Event) (w fsrs.Weights) {
	if e.What != Adopted || len(e.Response) != len(w) {
		return w
	}
	for i, text := range e.Response {
		w[i], _ = strconv.ParseFloat(text, 64) // written by us
	}
	return w
}

// Words are weights as an adoption holds them.
func Words(w fsrs.Weights) questions.Response {
	words := make(questions.Response, len(w))
	for i, x := range w {
		words[i] = strconv.FormatFloat(x, 'g', -1, 64)
	}
	return words
}

// voids tells which events an undo has taken back.
func voids(past []Past) map[eventID]bool {
	voided := map[eventID]bool{}
	for _, p := range past {
		if p.What == Undo {
			voided[eventID{p.Learner, p.Voids}] = true
		}
	}
	return voided
}

// feed moves the cards by an event and returns its marks with the memory they met.
func feed(m fsrs.Model, cards map[Key]Card, p Past) []Mark {
	marks := make([]questions.Mark, len(p.Marks))
	var met []Card
	for i, mark := range p.Marks {
		marks[i] = mark.Mark
		if c, ok := cards[Key{p.Learner, mark.Fact}]; ok {
			met = append(met, c)
		}
	}
	moved, seen := Apply(m, p.Event, marks, met)
	for _, c := range moved {
		c.Seq = p.Seq
		cards[Key{c.Learner, c.Fact}] = c
	}
	return seen
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
