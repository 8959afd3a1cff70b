package quiz

import (
	"context"
	"errors"
	"strings"
	"time"

	"thaw/app/fault"
	"thaw/app/people"
	"thaw/app/study"
	"thaw/questions"
	"thaw/questions/kind"
)

// Giving is what a learner does to one item of an exam: an answer is given or taken back,
// a flag is put or taken away.
type Giving struct {
	Submission
	Was   string // the token of the last change that the form knows of; "": none
	Flag  Flag
	Leave bool // nothing is given any more
}

// Flag is what becomes of an item's flag.
type Flag int

// A flag stays, is put, or is taken away.
const (
	FlagStays Flag = iota
	FlagPut
	FlagGone
)

// Give keeps what a learner gives in an exam; it is judged when all is handed in. What a
// doubled form holds is kept once. Errors: fault.Missing; fault.Invalid for a response
// that the widget cannot give; fault.Conflict where the exam is over, or the item was
// changed since by another form.
func (h Host) Give(ctx context.Context, who people.Person, g Giving) error {
	if err := people.CheckToken(g.Token); err != nil {
		return err
	}
	turn, err := h.Store.Turn(ctx, who.ID, g.Sitting, g.Pos)
	if err != nil {
		return err
	}
	if turn.Item.Token == g.Token {
		return nil
	}
	if err := h.changes(ctx, who, turn); err != nil {
		return err
	}
	wording, err := h.wording(ctx, turn.Item)
	if err != nil {
		return err
	}
	item, refused := given(turn.Item, wording, g, h.Now().UTC().Truncate(time.Millisecond))
	if refused != nil && item.Flagged == turn.Item.Flagged {
		return refused
	}
	err = h.Store.Give(ctx, who.ID, g.Sitting, item, g.Was)
	if errors.Is(err, ErrMoved) {
		err = fault.Wrap(err, fault.Conflict, "fault.given")
	}
	return errors.Join(err, refused)
}

// changes tells whether an item of an exam can be changed: else it is the item of another
// sitting, or of one that is over, which then is handed in.
func (h Host) changes(ctx context.Context, who people.Person, t Turn) error {
	switch {
	case t.Sitting.Mode != Exam:
		return fault.New(fault.Missing, "fault.missing")
	case t.Item.State == Closed || t.Sitting.Waits():
		return fault.New(fault.Conflict, "fault.handed_in")
	case t.Sitting.Late(h.Now()):
		return errors.Join(h.HandIn(ctx, who, t.Sitting.N), fault.New(fault.Conflict, "fault.time_over"))
	}
	return nil
}

// given is an item as a form changes it. What cannot be an answer leaves that as it was,
// and is refused unless the form only flags. It is pure.
func given(it Item, w study.Wording, g Giving, now time.Time) (Item, error) {
	it.Token = g.Token
	if g.Flag != FlagStays {
		it.Flagged = g.Flag == FlagPut
	}
	if g.Leave {
		it.State, it.Given, it.At = Open, nil, time.Time{}
		return it, nil
	}
	if err := fits(it, w, g.Response); err != nil {
		if g.Flag != FlagStays && errors.Is(err, kind.ErrNothing) {
			err = nil
		}
		return it, err
	}
	it.State, it.Given, it.At = Given, g.Response, now
	it.Took = min(it.Took+min(max(g.Took, 0), longest), longest)
	return it, nil
}

// fits says what is wrong with a response to an item, and nothing of whether it is right.
func fits(it Item, w study.Wording, r questions.Response) error {
	err := kind.ErrNothing
	if strings.TrimSpace(strings.Join(r, "")) != "" {
		w.Version = w.Version.In(it.Order)
		_, err = w.Grade(nil, r)
	}
	if err != nil {
		return fault.Wrap(err, fault.Invalid, refusal(err))
	}
	return nil
}
