package study

import (
	"encoding/binary"
	"hash/fnv"

	"thaw/app/fsrs"
	"thaw/questions"
)

// half is the credit from which an answer that is not right still speaks for memory.
const half = 0.5

// Rate derives the rating of one mark from what happened, never from speed:
// wrong is Again, almost Hard, right Good, and a flashcard rates itself. Wrong with
// half the credit is Hard as well, where there are options of which several are
// right: it is as much as almost is worth, and what is known of it is not lost. The
// credit then weighs it (Known), so that it lies between Hard and a lapse.
func Rate(m questions.Mark) fsrs.Rating {
	if m.Self >= int(fsrs.Again) && m.Self <= int(fsrs.Easy) {
		return fsrs.Rating(m.Self) // #nosec G115 -- 1 to 4
	}
	switch m.Verdict {
	case questions.Right, questions.Slip:
		return fsrs.Good
	case questions.Almost:
		return fsrs.Hard
	}
	if m.Guess > 0 && m.Credit >= half {
		return fsrs.Hard
	}
	return fsrs.Again
}

// Apply feeds the marks of one event to the cards of a learner with the model and returns the new cards,
// in the order of the marks, and the marks with the memory they met. A fact
// with several parts is rated by its worst one. Of several facts those say nothing
// whose key was seen a moment ago; where that is all of them, the event is practice.
// Cards that the marks do not name are left out; a fact without a card begins with the
// zero card.
func Apply(model fsrs.Model, e Event, marks []questions.Mark, cards []Card) ([]Card, []Mark) {
	scheduler := Scheduler(model, e.zone())
	met := make([]Mark, len(marks))
	var moved []Card
	for i, m := range marks {
		card := find(cards, e.Learner, m.Fact)
		met[i] = Mark{Mark: m}
		if card.Seen() {
			met[i].Recall = card.Recall(e.At)
			met[i].Stability = card.Stability
			met[i].Elapsed = int(e.Day - scheduler.Days.Day(card.Last))
		}
		if e.What != Answer || !counts(marks, i) || several(marks) && card.fresh(e.At) {
			continue
		}
		card.Card, card.Decay = scheduler.Weigh(card.Card, evidence(m, e.place(m)), e.At, seed(card)), model.Weights()[20]
		card.Surprise = e.surprise(m, card.Surprise)
		moved = append(moved, card)
	}
	return moved, met
}

// surprise is the day of the last answer that was wrong though its learner was sure, once
// an event has followed on one: an answer of a later day settles it. Errors made with
// confidence are put right best soon after (hypercorrection: Butterfield and Metcalfe,
// 2001), and come back when they are not asked for again (Butler, Fazio and Marsh, 2011).
func (e Event) surprise(m questions.Mark, last fsrs.Day) fsrs.Day {
	switch {
	case e.Sure && Rate(m) == fsrs.Again:
		return e.Day
	case e.Day > last:
		return 0
	}
	return last
}

// speaks tells whether a mark says anything of memory: what everybody is given without
// knowing does not.
func speaks(m questions.Mark) bool { return m.Fact != 0 && m.Guess < 1 }

// place is that of the card that a mark feeds.
func (e Event) place(m questions.Mark) float64 {
	if i := part(m); i < len(e.Places) {
		return e.Places[i]
	}
	return 0
}

// part is the place of a mark's part in a list by part.
func part(m questions.Mark) int { return max(m.Part-1, 0) }

// Says is what a mark says of a memory; the zero Evidence for nothing.
func Says(m questions.Mark) fsrs.Evidence {
	if !speaks(m) {
		return fsrs.Evidence{}
	}
	return evidence(m, 0)
}

// evidence is what a mark says of a memory.
func evidence(m questions.Mark, place float64) fsrs.Evidence {
	return fsrs.Evidence{Rating: Rate(m), Guess: m.Guess, Credit: creditOf(m), Place: place}
}

// creditOf is how much of an answer speaks for memory. What nobody can guess is
// judged by its rating alone: an almost right name is Hard, not half a name.
func creditOf(m questions.Mark) float64 {
	if m.Guess == 0 {
		return 1
	}
	return m.Credit
}

// counts tells whether a mark is the one that speaks for its fact.
func counts(marks []questions.Mark, i int) bool { return speaks(marks[i]) && !worseElsewhere(marks, i) }

// several tells whether marks are of more than one fact.
func several(marks []questions.Mark) bool {
	for _, m := range marks {
		if m.Fact != marks[0].Fact {
			return true
		}
	}
	return false
}

// worseElsewhere tells whether another mark speaks for the same fact: a worse
// one, or an equal one before it.
func worseElsewhere(marks []questions.Mark, i int) bool {
	for j, m := range marks {
		if m.Fact != marks[i].Fact || j == i || !speaks(m) {
			continue
		}
		if Rate(m) < Rate(marks[i]) || (Rate(m) == Rate(marks[i]) && j < i) {
			return true
		}
	}
	return false
}

func find(cards []Card, who questions.LearnerID, fact questions.FactID) Card {
	for _, c := range cards {
		if c.Fact == fact {
			return c
		}
	}
	return Card{Learner: who, Fact: fact}
}

// seed makes the fuzz of a card the same at every replay.
func seed(c Card) uint64 {
	h := fnv.New64a()
	_ = binary.Write(h, binary.LittleEndian, [2]int64{int64(c.Learner), int64(c.Fact)}) // a hash takes everything
	return h.Sum64()
}
