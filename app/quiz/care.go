package quiz

import (
	"context"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"thaw/app/fault"
	"thaw/app/people"
	"thaw/app/study"
	"thaw/questions"
)

// Wanted is what a learner wants done with facts: What is study.Suspend, study.Bury or
// study.Star.
type Wanted struct {
	What study.What
	On   bool
}

// check says whether it is one of those.
func (w Wanted) check() error {
	switch w.What {
	case study.Suspend, study.Bury, study.Star:
		return nil
	}
	return fault.New(fault.Invalid, "fault.care")
}

// Handle does with the facts of an item what its learner wants. What is set aside in a
// review, for good or for today, is not asked for any more in it: leftOut tells that the
// item was open and is no longer. Errors: fault.Missing, fault.Invalid for anything else.
func (h Host) Handle(ctx context.Context, who people.Person, sitting, pos int, w Wanted) (leftOut bool, err error) {
	turn, err := h.Store.Turn(ctx, who.ID, sitting, pos)
	if err != nil {
		return false, err
	}
	if err := w.check(); err != nil {
		return false, err
	}
	e := h.handling(who, w, turn.Item.Facts)
	e.Ref, e.Lexicon = turn.Item.Ref, turn.Item.Lexicon
	in := 0
	if w.On && w.What != study.Star && turn.Sitting.Mode == Review {
		in = sitting
	}
	return in != 0 && turn.Item.State != Closed, h.handle(ctx, e, turn.Item.Facts, in)
}

// HandleFact does with one fact what its learner wants; fault.Missing for one that the
// learner has not met.
func (h Host) HandleFact(ctx context.Context, who people.Person, fact questions.FactID, w Wanted) error {
	if err := w.check(); err != nil {
		return err
	}
	if err := h.met(ctx, who, fact); err != nil {
		return err
	}
	facts := []questions.FactID{fact}
	return h.handle(ctx, h.handling(who, w, facts), facts, 0)
}

// met is fault.Missing for a fact of which the learner has neither a card nor a care.
func (h Host) met(ctx context.Context, who people.Person, fact questions.FactID) error {
	cards, cares, err := h.Coach.Store.Memory(ctx, who.ID)
	if err != nil {
		return err
	}
	_, cared := study.OfFacts(cares)[fact]
	if !cared && !study.ByFact(cards)[fact].Seen() {
		return fault.New(fault.Missing, "fault.missing")
	}
	return nil
}

func (h Host) handle(ctx context.Context, e study.Event, facts []questions.FactID, sitting int) error {
	return insist(func() error { return h.Store.Handle(ctx, e, facts, sitting) })
}

func (h Host) handling(who people.Person, w Wanted, facts []questions.FactID) study.Event {
	now := h.Now().UTC().Truncate(time.Millisecond)
	zone := who.Location()
	return study.Event{Learner: who.ID, At: now, Day: study.Calendar(zone).Day(now), Zone: zone.String(),
		What: w.What, Response: study.Caring(w.On, facts)}
}

// Note keeps a learner's own words on what an item asks for first; none take them away.
// Errors: fault.Missing, fault.Invalid for more than study.MaxNote characters.
func (h Host) Note(ctx context.Context, who people.Person, sitting, pos int, note string) error {
	note = strings.TrimSpace(strings.ReplaceAll(note, "\r\n", "\n"))
	if utf8.RuneCountInString(note) > study.MaxNote {
		return fault.New(fault.Invalid, "fault.note", study.MaxNote)
	}
	turn, err := h.Store.Turn(ctx, who.ID, sitting, pos)
	if err != nil {
		return err
	}
	if len(turn.Item.Facts) == 0 {
		return fault.New(fault.Missing, "fault.missing")
	}
	return h.Store.Note(ctx, who.ID, turn.Item.Facts[0], note)
}

// aside tells which candidates ask for something that the learner has set aside.
func aside(p study.Preparing) func(candidate) bool {
	today := study.Calendar(p.Who.Location()).Day(p.Now)
	return func(c candidate) bool {
		return slices.ContainsFunc(c.question.Facts, func(f questions.FactID) bool { return p.Cares[f].Aside(today) })
	}
}
