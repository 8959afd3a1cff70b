package dbtest

import (
	"testing"

	"thaw/app/fault"
	"thaw/app/quiz"
	"thaw/app/study"
	"thaw/db"
	"thaw/questions"
)

// handling is an event that switches something on or off for facts.
func (w *world) handling(what study.What, on bool, facts ...questions.FactID) study.Event {
	return study.Event{Learner: w.who, At: now, Day: study.Calendar(berlin).Day(now), Zone: "Europe/Berlin", What: what, Response: study.Caring(on, facts)}
}

// cares says how the learner wants facts handled, and that it is what events make of it.
func (w *world) cares(t *testing.T) []study.Care {
	t.Helper()
	_, cares, err := db.Study{DB: w.DB}.Memory(ctx, w.who)
	check(t, err)
	bare := make([]study.Care, len(cares))
	for i, c := range cares {
		c.Note = ""
		bare[i] = c
	}
	stored, made := study.OfFacts(bare), study.OfFacts(study.Cares(w.past(t)))
	for fact := range stored {
		made[fact] = study.Care{Fact: fact, Suspended: made[fact].Suspended, Until: made[fact].Until, Starred: made[fact].Starred}
	}
	same(t, stored, made, "how facts are handled, against the events")
	return cares
}

func handles(t *testing.T, d *db.DB) {
	w := newWorld(t, d)
	fact := w.items(1)[0].Facts[0]
	wantKind(t, w.quiz.Handle(ctx, w.handling(study.Star, true, fact), []questions.FactID{fact}, 0), fault.Missing, "a star before the first answer")

	n := w.begin(t, quiz.Tutor, 2)
	w.save(t, w.answer(t, n, 1, "token-before-the-star", 1))
	before, _, err := db.Study{DB: w.DB}.Memory(ctx, w.who)
	check(t, err)
	check(t, w.quiz.Handle(ctx, w.handling(study.Star, true, fact), []questions.FactID{fact}, 0))
	check(t, w.quiz.Note(ctx, w.who, fact, "the man\nwith the shoe"))
	check(t, w.quiz.Handle(ctx, w.handling(study.Suspend, true, fact), []questions.FactID{fact}, 0))
	want := study.Care{Fact: fact, Starred: true, Suspended: true, Note: "the man\nwith the shoe"}
	same(t, w.cares(t), []study.Care{want}, "how facts are handled")
	turn, err := w.quiz.Turn(ctx, w.who, n, 1)
	check(t, err)
	same(t, turn.Cares, []study.Care{want}, "what is said with an item")
	same(t, len(turn.Cards), 1, "the cards with it")
	after, _, err := db.Study{DB: w.DB}.Memory(ctx, w.who)
	check(t, err)
	same(t, after, before, "the cards, which that does not touch")

	check(t, w.quiz.Handle(ctx, w.handling(study.Suspend, false, fact), []questions.FactID{fact}, 0))
	check(t, w.quiz.Note(ctx, w.who, fact, ""))
	same(t, w.cares(t), []study.Care{{Fact: fact, Starred: true}}, "how facts are handled after one is taken up again")
	past := w.past(t)
	same(t, past[1].Ref, past[0].Ref, "the version that an event stands on which names none")
	w.cardsFold(t)
	wantKind(t, w.quiz.Note(ctx, w.who, 987654, "of nothing"), fault.Missing, "a note on a fact that does not exist")

	other := w.who + 1
	w.learner(t, other)
	_, cares, err := db.Study{DB: w.DB}.Memory(ctx, other)
	check(t, err)
	same(t, len(cares), 0, "cares of somebody else")
}

// leavesOut closes what asks for a fact in one sitting, and ends it with the last item.
func leavesOut(t *testing.T, d *db.DB) {
	w := newWorld(t, d)
	n := w.begin(t, quiz.Review, 3)
	w.save(t, w.answer(t, n, 1, "token-of-the-first-item", 1))
	whole, err := w.quiz.Sitting(ctx, w.who, n)
	check(t, err)
	bury := func(pos int) {
		t.Helper()
		facts := whole.Items[pos-1].Facts
		check(t, w.quiz.Handle(ctx, w.handling(study.Bury, true, facts...), facts, n))
	}
	bury(2)
	s, err := w.quiz.Sitting(ctx, w.who, n)
	check(t, err)
	same(t, s.Items[1].State, quiz.Closed, "the item that is left out")
	same(t, s.Items[1].Seq, int64(0), "its event")
	same(t, s.Items[0], whole.Items[0], "the item answered before")
	same(t, s.Items[2], whole.Items[2], "the item that is still open")
	same(t, s.Closed, 2, "items closed")
	same(t, s.Done(), false, "the sitting is over")
	same(t, len(s.First()), 2, "items that count")

	check(t, w.quiz.Undo(ctx, w.undone(t, n)))
	w.save(t, w.answer(t, n, 1, "token-of-the-first-again", 1))
	bury(3)
	s, err = w.quiz.Sitting(ctx, w.who, n)
	check(t, err)
	same(t, s.Done(), true, "the sitting is over with its last item")
	w.cardsFold(t)
	w.cares(t)
	wantMoved(t, w.trySave(t, n, 3), "an answer to what was left out")
}

// trySave answers an item that is closed.
func (w *world) trySave(t *testing.T, n, pos int) error {
	t.Helper()
	a := w.answer(t, n, pos, "token-of-nothing-at-all", 1)
	a.From = quiz.Open
	_, err := w.quiz.Save(ctx, a)
	return err
}

// claimsCares brings along how a guest handles facts, and what both have noted.
func claimsCares(t *testing.T, d *db.DB) {
	v := newVisit(t, d)
	v.answers(t, quiz.Tutor, 2, now.AddDate(0, 0, -3), "rr")
	v.guest.answers(t, quiz.Tutor, 2, now.AddDate(0, 0, -2), "rr")
	var facts []questions.FactID
	for _, it := range v.items(2) {
		facts = append(facts, it.Facts[0])
	}
	check(t, v.quiz.Handle(ctx, v.handling(study.Star, true, facts[0]), facts[:1], 0))
	check(t, v.quiz.Note(ctx, v.who, facts[0], "mine"))
	check(t, v.quiz.Handle(ctx, v.guest.handling(study.Suspend, true, facts[1]), facts[1:], 0))
	check(t, v.quiz.Note(ctx, v.guest.who, facts[0], "the guest's"))
	check(t, v.quiz.Note(ctx, v.guest.who, facts[1], "new"))
	check(t, v.claim("new"))
	by := study.OfFacts(v.cares(t))
	same(t, by[facts[0]], study.Care{Fact: facts[0], Starred: true, Note: "mine\nthe guest's"}, "what both have noted on")
	same(t, by[facts[1]], study.Care{Fact: facts[1], Suspended: true, Note: "new"}, "what the guest had set aside")
	v.nothingOf(t, v.guest.who)
}
