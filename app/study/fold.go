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
	begun, l := 0, newLife(past)
	for i, p := range past {
		if p.Learner != past[begun].Learner {
			begun, l.model = i, Model(fsrs.Weights{})
		}
		if p.What == Adopted {
			l.model = Model(weightsOf(p.Event))
			l.again(past[begun:i])
		}
		if l.feeds(p) {
			past[i].Marks = l.feed(p)
		}
	}
	return past, sorted(l.cards)
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

// life is a past that is lived again, up to a point.
type life struct {
	model   fsrs.Model // of the learner whose events come
	cards   map[Key]Card
	voided  map[eventID]bool
	trusted map[trust]bool
}

// trust is a part of an answer that its learner had right.
type trust struct {
	eventID
	part int
}

func newLife(past []Past) life {
	l := life{model: Model(fsrs.Weights{}), cards: map[Key]Card{}, voided: voids(past), trusted: map[trust]bool{}}
	for _, p := range past {
		if p.What == Trust && !l.voided[p.id()] {
			l.trusted[trust{eventID{p.Learner, p.About}, trustedPart(p.Event)}] = true
		}
	}
	return l
}

// Trusted tells whether a past trusts a part of an answer.
func Trusted(past []Past, e Event, part int) bool { return newLife(past).trusted[trust{e.id(), part}] }

// trustedPart is the part that a trust speaks of.
func trustedPart(e Event) int {
	if len(e.Response) != 1 {
		return 0
	}
	n, _ := strconv.Atoi(e.Response[0]) // written by us
	return n
}

// feeds tells whether an event moves cards, or would if its marks did.
func (l life) feeds(p Past) bool { return len(p.Marks) > 0 && !l.voided[p.id()] }

// again makes a learner's cards anew of the events until now: weights that are adopted
// hold for all cards. What the marks met stays.
func (l life) again(past []Past) {
	for _, p := range past {
		for _, m := range p.Marks {
			delete(l.cards, Key{p.Learner, m.Fact})
		}
	}
	for _, p := range past {
		if l.feeds(p) {
			l.feed(p)
		}
	}
}

// feed moves the cards by an event and returns its marks with the memory they met.
func (l life) feed(p Past) []Mark {
	believed := l.believed(p)
	var met []Card
	for _, m := range believed {
		if c, ok := l.cards[Key{p.Learner, m.Fact}]; ok {
			met = append(met, c)
		}
	}
	moved, marks := Apply(l.model, p.Event, believed, met)
	if p.What == Known {
		moved = p.recalled(l.model, believed)
	}
	for _, c := range moved {
		c.Seq = p.Seq
		l.cards[Key{c.Learner, c.Fact}] = c
	}
	for i := range marks {
		marks[i].Mark, marks[i].Graded = p.Marks[i].Mark, p.Marks[i].Graded
	}
	return marks
}

// believed are the marks of an event as its cards take them: a part that the learner
// had right is right.
func (l life) believed(p Past) []questions.Mark {
	marks := Plain(p.Marks)
	for i, m := range marks {
		if !m.Verdict.Fine() && l.trusted[trust{p.id(), m.Part}] {
			marks[i].Verdict, marks[i].Credit = questions.Right, 1
		}
	}
	return marks
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
