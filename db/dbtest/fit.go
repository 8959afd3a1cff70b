package dbtest

import (
	"fmt"
	"slices"
	"testing"

	"thaw/app/fault"
	"thaw/app/fsrs"
	"thaw/app/people"
	"thaw/app/quiz"
	"thaw/app/study"
	"thaw/db"
	"thaw/questions"
)

// fitted decides a fit as app/study does, with weights given.
func (w *world) fitted(t *testing.T, weights fsrs.Weights) study.Fitted {
	t.Helper()
	past, err := w.quiz.Pasts(ctx, w.who)
	check(t, err)
	was, adopted := study.InForce(past)
	newest := past[len(past)-1]
	f := study.Fitted{Last: newest.Seq, Weights: weights, Fit: study.Fit{At: now, Reviews: 120, Tested: 24, Before: .4, After: .3, Was: was, Better: true},
		Event: study.Event{Learner: w.who, Seq: newest.Seq + 1, At: newest.At, Day: newest.Day, Zone: newest.Zone, What: study.Adopted, Ref: newest.Ref,
			Response: study.Words(weights), Weights: adopted}}
	f.Cards = study.Fold(append(past, study.Past{Event: f.Event}))
	return f
}

func fits(t *testing.T, d *db.DB) {
	w := newWorld(t, d)
	store := db.Study{DB: d}
	_, err := store.Fit(ctx, w.who)
	wantKind(t, err, fault.Missing, "a fit before the first")
	before := w.begin(t, quiz.Review, 2)
	stale := w.answer(t, before, 2, "decided-on-old-weights", 1)
	w.save(t, w.answer(t, before, 1, "an-answer-before-the-fit", 1))
	old, err := db.Study(w.quiz).Cards(ctx, w.who)
	check(t, err)

	weights := fsrs.Default()
	weights[2], weights[20] = 5, .3
	f := w.fitted(t, weights)
	f.Event.Day += 3
	late := f
	late.Last--
	wantMoved(t, store.Fitted(ctx, late), "a fit of a past that has moved on")
	check(t, store.Fitted(ctx, f))
	w.cardsFold(t)
	cards, err := db.Study(w.quiz).Cards(ctx, w.who)
	check(t, err)
	if cards[0].Stability == old[0].Stability || cards[0].Decay != .3 {
		t.Errorf("after the fit the card is %+v, was %+v", cards[0], old[0])
	}
	account, err := db.People{DB: d}.AccountOf(ctx, w.who)
	check(t, err)
	same(t, account.Weights, weights, "the learner's weights")
	same(t, account.Adopted, f.Last+1, "the event that adopted them")
	same(t, account.AdoptedOn, f.Event.Day, "the day on which it did")
	check(t, db.People{DB: d}.Enter(ctx, people.Way{Session: session("of the fitted", w.who)}))
	came, _, err := db.People{DB: d}.Session(ctx, []byte("of the fitted"), now)
	check(t, err)
	same(t, came, account.Person, "the learner as a session has them")
	stored, err := store.Fit(ctx, w.who)
	check(t, err)
	same(t, stored, f.Fit, "the fit as it is told")

	_, err = w.quiz.Save(ctx, stale)
	wantMoved(t, err, "an answer decided on the weights before")
	w.save(t, w.answer(t, before, 2, "decided-on-new-weights", 1))
	w.cardsFold(t)
	check(t, w.quiz.Undo(ctx, w.undone(t, before)))
	w.cardsFold(t)

	kept := w.fitted(t, fsrs.Default())
	kept.Better, kept.Cards = false, nil
	check(t, store.Fitted(ctx, kept))
	stored, err = store.Fit(ctx, w.who)
	check(t, err)
	same(t, stored.Better, false, "whether weights that were no better are adopted")
	w.cardsFold(t)
	unfitted(t, w, store)
}

// unfitted looks at who is next: who has enough reviews, and a fifth more of them
// than at the last fit.
func unfitted(t *testing.T, w *world, store db.Study) {
	t.Helper()
	for _, c := range []struct {
		reviews int
		want    bool
	}{{99, false}, {100, false}, {143, false}, {144, true}} {
		check(t, w.Exec(ctx, fmt.Sprintf("UPDATE rollup SET reviews = 0 WHERE learner = %d", w.who)))
		check(t, w.Exec(ctx, fmt.Sprintf("UPDATE rollup SET reviews = %d WHERE learner = %d AND day = (SELECT MIN(day) FROM rollup WHERE learner = %d)", c.reviews, w.who, w.who)))
		ids, err := store.Unfitted(ctx, 100, 10)
		check(t, err)
		if got := slices.Contains(ids, w.who); got != c.want {
			t.Errorf("with %d reviews, 120 at the last fit, the turn has come: %v, want %v", c.reviews, got, c.want)
		}
	}
	other := questions.LearnerID(77)
	w.learner(t, other)
	check(t, w.Exec(ctx, fmt.Sprintf("INSERT INTO rollup (learner, day, answers, right_n, reviews, recalled, expected, took) VALUES (%d, 20000, 100, 90, 100, 90, 0, 0)", other)))
	ids, err := store.Unfitted(ctx, 100, 10)
	check(t, err)
	if !slices.Contains(ids, other) {
		t.Error("somebody with a hundred reviews and no fit is not next")
	}
}
