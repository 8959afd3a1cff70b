package quiz

import (
	"context"
	"errors"
	"time"

	"thaw/app/fault"
	"thaw/app/people"
	"thaw/app/study"
	"thaw/questions"
)

// Undo takes back the last answer of one's own practice, a review, a retry or a cram: the item is open
// again and the cards stand exactly as before. It returns the item's position.
// Errors: fault.Missing with nothing to undo, fault.Denied in a sitting that
// counts, fault.Conflict when a fact has been answered elsewhere since.
func (h Host) Undo(ctx context.Context, who people.Person, sitting int) (pos int, err error) {
	s, err := h.Store.Sitting(ctx, who.ID, sitting)
	if err != nil {
		return 0, err
	}
	if !s.Undoable() {
		return 0, fault.New(fault.Denied, "fault.no_undo")
	}
	last, past, on, err := h.Store.LastAnswer(ctx, who.ID, sitting)
	if err != nil {
		return 0, err
	}
	u := undo(last, past, h.Now().UTC().Truncate(time.Millisecond))
	u.Stand = on
	err = h.Store.Undo(ctx, u)
	if errors.Is(err, ErrMoved) {
		return 0, fault.Wrap(err, fault.Conflict, "fault.undo_moved")
	}
	return last.Pos, err
}

// Undoable tells whether answers of the sitting can be taken back.
func (s Sitting) Undoable() bool { return s.Mode == Review || s.Mode == Retry || s.Mode == Cram }

// undo decides what taking back an answer means: the cards of its facts as the
// remaining past makes them. It is pure.
func undo(last study.Past, past []study.Past, now time.Time) Undone {
	var rest []study.Past
	for _, p := range past {
		if p.Seq != last.Seq {
			rest = append(rest, p)
		}
	}
	folded := study.Fold(rest)
	_, adopted := study.InForce(rest)
	u := Undone{Last: last, Tally: study.Count(last.Event, last.Marks).Minus(),
		Event: study.Event{Learner: last.Learner, At: now, Day: last.Day, Zone: last.Zone,
			What: study.Undo, Ref: last.Ref, Lexicon: last.Lexicon, Voids: last.Seq,
			Sitting: last.Sitting, Pos: last.Pos, Weights: adopted}}
	for _, fed := range study.Fold(past) {
		if fed.Seq == last.Seq { // it was fed by it: a part whose key was fresh fed none
			u.Cards = append(u.Cards, cardOf(folded, last.Learner, fed.Fact))
		}
	}
	return u
}

func cardOf(cards []study.Card, who questions.LearnerID, fact questions.FactID) study.Card {
	for _, c := range cards {
		if c.Fact == fact {
			return c
		}
	}
	return study.Card{Learner: who, Fact: fact}
}
