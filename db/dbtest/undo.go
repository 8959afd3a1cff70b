package dbtest

import (
	"strings"
	"testing"
	"time"

	"thaw/app/fault"
	"thaw/app/people"
	"thaw/app/quiz"
	"thaw/app/study"
	"thaw/db"
	"thaw/questions"
)

// undone decides an undo as app/quiz does: the cards as the remaining past makes
// them.
func (w *world) undone(t *testing.T, sitting int) quiz.Undone {
	t.Helper()
	last, facts, on, err := w.quiz.LastAnswer(ctx, w.who, sitting)
	check(t, err)
	var rest []study.Past
	for _, p := range facts {
		if p.Seq != last.Seq {
			rest = append(rest, p)
		}
	}
	_, adopted := study.InForce(rest)
	u := quiz.Undone{Last: last, Stand: on, Tally: study.Count(last.Event, last.Marks).Minus(),
		Event: study.Event{Learner: w.who, At: now, Day: last.Day, Zone: last.Zone, What: study.Undo, Ref: last.Ref,
			Lexicon: last.Lexicon, Voids: last.Seq, Sitting: last.Sitting, Pos: last.Pos, Weights: adopted}}
	fact := last.Marks[0].Fact
	card := study.Card{Learner: w.who, Fact: fact}
	for _, c := range study.Fold(rest) {
		if c.Fact == fact {
			card = c
		}
	}
	u.Cards = []study.Card{card}
	return u
}

func undoes(t *testing.T, d *db.DB) {
	w := newWorld(t, d)
	before := w.begin(t, quiz.Tutor, 1)
	w.save(t, w.answer(t, before, 1, "token-before-it-all", 1))
	cards, err := db.Study(w.quiz).Cards(ctx, w.who)
	check(t, err)
	days := w.days(t)

	n := w.begin(t, quiz.Review, 2)
	whole, err := w.quiz.Sitting(ctx, w.who, n)
	check(t, err)
	a := w.answer(t, n, 1, "token-to-be-undone", 0) // a card that was there
	again := a.Item
	again.State, again.Again = quiz.Open, true
	a.Adds = []quiz.Item{again}
	w.save(t, a)
	w.save(t, w.answer(t, n, 2, "token-to-be-undone-2", 1)) // a card that was not

	for range 2 {
		check(t, w.quiz.Undo(ctx, w.undone(t, n)))
		w.cardsFold(t)
	}
	got, err := w.quiz.Sitting(ctx, w.who, n)
	check(t, err)
	same(t, got, whole, "the sitting after all is undone")
	now, err := db.Study(w.quiz).Cards(ctx, w.who)
	check(t, err)
	same(t, now, cards, "the cards after all is undone")
	same(t, w.days(t), days, "the roll-up after all is undone")
	_, _, _, err = w.quiz.LastAnswer(ctx, w.who, n)
	wantKind(t, err, fault.Missing, "the last answer when all is undone")
	past, err := db.Study{DB: d}.Pasts(ctx, w.who)
	check(t, err)
	same(t, len(past), 5, "events: three answers and two undos")

	w.save(t, w.answer(t, n, 1, "token-after-the-undo", 1))
	w.cardsFold(t)
	last, _, _, err := w.quiz.LastAnswer(ctx, w.who, n)
	check(t, err)
	same(t, last.Token, "token-after-the-undo", "the last answer, given again")
}

func undoRefuses(t *testing.T, d *db.DB) {
	w := newWorld(t, d)
	n := w.begin(t, quiz.Review, 3)
	w.save(t, w.answer(t, n, 1, "token-answer-aaaaaa", 1))
	u := w.undone(t, n)
	check(t, w.quiz.Undo(ctx, u))
	wantMoved(t, w.quiz.Undo(ctx, u), "undoing twice")

	w.save(t, w.answer(t, n, 1, "token-answer-bbbbbb", 1))
	u = w.undone(t, n)
	elsewhere := w.begin(t, quiz.Tutor, 1)
	w.save(t, w.answer(t, elsewhere, 1, "token-answer-cccccc", 1))
	wantMoved(t, w.quiz.Undo(ctx, u), "undoing what a later answer stands on")
	w.cardsFold(t)
	s, err := w.quiz.Sitting(ctx, w.who, n)
	check(t, err)
	same(t, s.Closed, 1, "closed items after a refused undo")
	same(t, w.days(t)[0].Answers, 2, "answers in the roll-up after a refused undo")
}

func pasts(t *testing.T, d *db.DB) {
	w := newWorld(t, d)
	n := w.begin(t, quiz.Tutor, 2)
	for pos := 1; pos <= 2; pos++ {
		w.save(t, w.answer(t, n, pos, "token-of-past-"+strings.Repeat("x", pos), 1))
	}
	s := db.Study{DB: d}
	who, err := s.Learners(ctx)
	check(t, err)
	same(t, who, []questions.LearnerID{w.who}, "learners with events")
	past, err := s.Pasts(ctx, w.who)
	check(t, err)
	if len(past) != 2 || past[0].Seq != 1 || past[1].Seq != 2 || len(past[1].Marks) != 1 {
		t.Errorf("got %+v, want two events in order with a mark each", past)
	}
	same(t, past[0].Marks[0].Reason, questions.Reason{Code: "reason.year_off", Args: []string{"3", "a?b"}}, "a mark's reason")
	days, err := s.Days(ctx, w.who, 20517)
	check(t, err)
	same(t, len(days), 0, "days since tomorrow")
	cards, err := s.Cards(ctx, w.who)
	check(t, err)
	same(t, len(cards), 2, "cards")
	same(t, past[0].Places, []float64{.625}, "where in its range a card comes back")
	w.dues(t, cards)
	none, err := s.Pasts(ctx, w.who+1)
	if err != nil || len(none) != 0 {
		t.Errorf("the past of nobody: %v, %v", none, err)
	}
}

// dues counts two cards that fall due at one time, within its bounds, one a twin.
func (w *world) dues(t *testing.T, cards []study.Card) {
	t.Helper()
	from := cards[0].Due
	for _, c := range []struct {
		from, to time.Time
		twins    []questions.FactID
		want     []study.Due
	}{
		{from, from.Add(time.Hour), nil, []study.Due{{At: from, N: 2}}},
		{from, from.Add(time.Hour), []questions.FactID{cards[1].Fact, 99}, []study.Due{{At: from, N: 2, Twin: true}}},
		{from, from.Add(time.Hour), []questions.FactID{99}, []study.Due{{At: from, N: 2}}},
		{from.Add(-time.Hour), from, nil, nil}, {from.Add(time.Millisecond), from.Add(time.Hour), nil, nil},
	} {
		got, err := w.quiz.Due(ctx, w.who, c.from, c.to, c.twins)
		check(t, err)
		same(t, got, c.want, "what falls due")
	}
}

// unchanging tries to change what must never change.
func unchanging(t *testing.T, d *db.DB) {
	w := newWorld(t, d)
	w.save(t, w.answer(t, w.begin(t, quiz.Tutor, 1), 1, "token-of-an-event", 1))
	for _, statement := range []string{
		"UPDATE event SET took = 0", "DELETE FROM event",
		"UPDATE version SET prompt = ''", "UPDATE answer SET credit = 0",
		"UPDATE lexicon SET revision = 9", "UPDATE entity SET name = ''",
	} {
		if err := d.Exec(ctx, statement); err == nil {
			t.Errorf("%s was let through", statement)
		}
	}
}

// deletion lets everything about a person go with the person, and nothing else.
func deletion(t *testing.T, d *db.DB) {
	w := newWorld(t, d)
	other := w.who + 1
	w.learner(t, other)
	for _, who := range []questions.LearnerID{w.who, other} {
		w.who = who
		w.save(t, w.answer(t, w.begin(t, quiz.Tutor, 2), 1, "token-of-somebody", 1))
		check(t, db.People{DB: d}.Enter(ctx, people.Way{Session: session("of "+who.String(), who)}))
		check(t, db.Repair{DB: d}.Contest(ctx, study.Contest{Learner: who, Seq: 1, Part: 1, Why: study.WasRight, Ref: w.items(1)[0].Ref, At: now}))
	}
	check(t, d.Exec(ctx, "DELETE FROM learner WHERE id = "+other.String()))
	for _, table := range []string{"session", "sitting", "item", "event", "mark", "card", "rollup", "contest"} {
		left, err := d.Number(ctx, "SELECT count(*) FROM "+table+" WHERE learner = "+other.String())
		check(t, err)
		kept, err := d.Number(ctx, "SELECT count(*) FROM "+table)
		check(t, err)
		if left != 0 || kept == 0 {
			t.Errorf("%s: %d rows of the deleted and %d of others, want 0 and some", table, left, kept)
		}
	}
}

// statements holds the busiest methods to a number of statements.
func statements(t *testing.T, d *db.DB) {
	w := newWorld(t, d)
	n := w.begin(t, quiz.Tutor, 3)
	a := w.answer(t, n, 1, "token-to-be-counted", 1)
	counted, count := db.Count(ctx)
	_, err := w.quiz.Save(counted, a)
	check(t, err)
	if got := count.Load(); got == 0 || got > 9 {
		t.Errorf("an answer took %d statements, want 1 to 9", got)
	}
	counted, count = db.Count(ctx)
	_, err = w.quiz.Begin(counted, quiz.Sitting{Learner: w.who, Mode: quiz.Tutor, Started: now, Count: 20, Items: w.items(20)}, "token-of-twenty")
	check(t, err)
	if got := count.Load(); got == 0 || got > 5 {
		t.Errorf("a sitting of twenty took %d statements, want 1 to 5", got)
	}
	counted, count = db.Count(ctx)
	_, err = w.quiz.Turn(counted, w.who, n, 1)
	check(t, err)
	if got := count.Load(); got == 0 || got > 3 {
		t.Errorf("a turn took %d statements, want 1 to 3", got)
	}
}
