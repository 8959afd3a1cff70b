package dbtest

import (
	"errors"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"thaw/app/fault"
	"thaw/app/quiz"
	"thaw/app/study"
	"thaw/db"
	"thaw/questions"
)

// wrongLately lists questions by their newest standing answer.
func wrongLately(t *testing.T, d *db.DB) {
	w := newWorld(t, d)
	wrong := func(what string, since time.Time, limit int, want ...int) {
		t.Helper()
		got, err := w.quiz.LatelyWrong(ctx, w.who, since, limit)
		check(t, err)
		var ids []questions.QuestionID
		for _, i := range want {
			ids = append(ids, w.bank.Questions[i].ID)
		}
		same(t, got, ids, what)
	}
	wrong("before any answer", now, 9)
	n := w.begin(t, quiz.Tutor, 3)
	for pos, right := range []bool{false, true, false} {
		w.save(t, w.answerAt(t, n, pos+1, now.Add(time.Duration(pos)*time.Hour), right))
	}
	wrong("one right of three", now, 9, 2, 0)
	wrong("since an hour later", now.Add(time.Hour), 9, 2)
	wrong("of the newest two", now, 2, 2)
	n = w.begin(t, quiz.Review, 3)
	w.save(t, w.answerAt(t, n, 1, now.Add(50*time.Hour), true))
	wrong("mended since", now, 9, 2)
	w.save(t, w.answerAt(t, n, 2, now.Add(51*time.Hour), false))
	wrong("forgotten since", now, 9, 1, 2)
	check(t, w.quiz.Undo(ctx, w.undone(t, n)))
	wrong("undone", now, 9, 2)
	other, err := w.quiz.LatelyWrong(ctx, w.who+1, now, 9)
	if err != nil || len(other) != 0 {
		t.Errorf("of nobody: %v, %v", other, err)
	}
}

// gives keeps what is given in an exam, with its flag, as long as nobody else was faster.
func gives(t *testing.T, d *db.DB) {
	w := newWorld(t, d)
	n := w.begin(t, quiz.Exam, 2)
	it := w.items(2)[0]
	it.State, it.Given, it.At, it.Took, it.Flagged, it.Token = quiz.Given, questions.Response{"2", "ö"}, now, 1500*time.Millisecond, true, "token-of-a-gift"
	check(t, w.quiz.Give(ctx, w.who, n, it, ""))
	turn, err := w.quiz.Turn(ctx, w.who, n, 1)
	check(t, err)
	same(t, turn.Item, it, "what was given")
	wantMoved(t, w.quiz.Give(ctx, w.who, n, it, ""), "giving by a form that knows of nothing")
	left := it
	left.State, left.Given, left.At, left.Token = quiz.Open, nil, time.Time{}, "token-of-another"
	check(t, w.quiz.Give(ctx, w.who, n, left, it.Token))
	s, err := w.quiz.Sitting(ctx, w.who, n)
	check(t, err)
	same(t, s.Items[0], left, "what was taken back")
	check(t, w.quiz.Give(ctx, w.who, n, it, left.Token))
	latest, err := w.quiz.Latest(ctx, w.who, 1)
	check(t, err)
	same(t, []int{latest[0].Given, latest[0].Closed}, []int{1, 0}, "items given, and closed")
	wantMoved(t, w.quiz.Give(ctx, w.who+1, n, it, it.Token), "giving in another's exam")
	same(t, w.count(t, "SELECT COUNT(*) FROM event"), 0, "events before anything is handed in")
}

// handed is an exam of three, the first two given, as it is to be handed in.
func (w *world) handed(t *testing.T, n int, at time.Time) quiz.HandedIn {
	t.Helper()
	p, err := w.quiz.Paper(ctx, w.who, n)
	check(t, err)
	in := quiz.HandedIn{Learner: w.who, Sitting: n, Last: p.Last, Finished: at}
	for _, it := range p.Sitting.Items {
		if it.State == quiz.Open {
			in.Empty = append(in.Empty, it)
			continue
		}
		turn := quiz.Turn{Sitting: p.Sitting, Item: it, Weights: p.Weights, Adopted: p.Adopted, Stand: study.Stand{Judged: p.Judged, Ruled: p.Ruled[it.Ref.Question]}}
		for _, c := range p.Cards {
			if c.Fact == it.Facts[0] {
				turn.Cards = append(turn.Cards, c)
			}
		}
		a := answeredAt(w.who, turn, it.Token+"-in", 1, it.At)
		a.Item.Token = it.Token
		in.Answers = append(in.Answers, a)
	}
	return in
}

// given begins an exam of three and gives two of them.
func (w *world) given(t *testing.T, token string) int {
	t.Helper()
	n := w.begin(t, quiz.Exam, 3)
	for i, it := range w.items(2) {
		it.State, it.Given, it.At, it.Token = quiz.Given, questions.Response{"1"}, now.Add(time.Duration(-i)*time.Minute), token+it.Ref.Question.String()
		check(t, w.quiz.Give(ctx, w.who, n, it, ""))
	}
	return n
}

// handsIn stores an exam's end whole, once.
func handsIn(t *testing.T, d *db.DB) {
	w := newWorld(t, d)
	w.save(t, w.answerAt(t, w.begin(t, quiz.Tutor, 1), 1, now.Add(-90*time.Hour), false))
	n := w.given(t, "token-of-an-exam-")
	in := w.handed(t, n, now.Add(time.Hour))
	stale := in
	stale.Last--
	wantMoved(t, w.quiz.HandIn(ctx, stale), "handing in after another answer")
	missing := in
	missing.Empty = nil
	wantMoved(t, w.quiz.HandIn(ctx, missing), "handing in without an item")
	changed := in.Answers[1].Item
	changed.State, changed.Token = quiz.Given, "token-of-a-change"
	check(t, w.quiz.Give(ctx, w.who, n, changed, in.Answers[1].Item.Token))
	wantMoved(t, w.quiz.HandIn(ctx, in), "handing in what was changed since")
	same(t, w.count(t, "SELECT COUNT(*) FROM event"), 1, "events after what was refused")

	in = w.handed(t, n, now.Add(time.Hour))
	check(t, w.quiz.HandIn(ctx, in))
	wantMoved(t, w.quiz.HandIn(ctx, in), "handing in again")
	s, err := w.quiz.Sitting(ctx, w.who, n)
	check(t, err)
	same(t, []any{s.Done(), s.Finished, s.Closed, s.Empty}, []any{true, now.Add(time.Hour), 3, 1}, "the exam")
	same(t, []int64{s.Items[0].Seq, s.Items[1].Seq, s.Items[2].Seq}, []int64{2, 3, 0}, "the events of the items")
	last := s.Items[2]
	same(t, []any{last.State, last.Credit, last.Verdict}, []any{quiz.Closed, 0., questions.Wrong}, "what was left empty")
	turn, err := w.quiz.Turn(ctx, w.who, n, 3)
	check(t, err)
	same(t, []any{turn.Past.Seq, len(turn.Past.Marks)}, []any{int64(0), 0}, "the event of what was left empty")
	turn, err = w.quiz.Turn(ctx, w.who, n, 2)
	check(t, err)
	same(t, []any{turn.Past.Seq, turn.Item.Given}, []any{int64(3), questions.Response{"1"}}, "what was given")
	wantMoved(t, w.quiz.Give(ctx, w.who, n, in.Answers[0].Item, in.Answers[0].Item.Token), "giving after the end")
	latest, err := w.quiz.Latest(ctx, w.who, 1)
	check(t, err)
	same(t, []int{latest[0].Repaired.Right, latest[0].Repaired.Of, latest[0].Empty, latest[0].Given}, []int{2, 3, 1, 0}, "the result in the list")
	w.cardsFold(t)
	none, err := w.quiz.Paper(ctx, w.who, 99)
	wantKind(t, err, fault.Missing, "the paper of no exam")
	same(t, none.Sitting.N, 0, "no exam")
}

// parallelHandIns count once.
func parallelHandIns(t *testing.T, d *db.DB) {
	w := newWorld(t, d)
	n := w.given(t, "token-of-a-race-")
	in := w.handed(t, n, now)
	var wg sync.WaitGroup
	var stored atomic.Int64
	for range 50 {
		wg.Go(func() {
			err := w.quiz.HandIn(ctx, in)
			if err == nil {
				stored.Add(1)
			} else if !errors.Is(err, quiz.ErrMoved) {
				t.Error(err)
			}
		})
	}
	wg.Wait()
	same(t, stored.Load(), 1, "hand-ins stored of fifty")
	same(t, w.count(t, "SELECT COUNT(*) FROM event"), 2, "events")
	w.cardsFold(t)
}

// extends moves the end of an open sitting, once.
func extends(t *testing.T, d *db.DB) {
	w := newWorld(t, d)
	ends := now.Add(10 * time.Minute)
	n, err := w.quiz.Begin(ctx, quiz.Sitting{Learner: w.who, Mode: quiz.Exam, Started: now, Count: 1, Items: w.items(1), Minutes: 5, Ends: ends}, "")
	check(t, err)
	check(t, w.quiz.Extend(ctx, w.who, n, ends, ends.Add(time.Minute)))
	wantMoved(t, w.quiz.Extend(ctx, w.who, n, ends, ends.Add(time.Minute)), "the same once more")
	s, err := w.quiz.Sitting(ctx, w.who, n)
	check(t, err)
	same(t, []any{s.Minutes, s.Ends}, []any{5, ends.Add(time.Minute)}, "the limit")
	check(t, w.quiz.HandIn(ctx, quiz.HandedIn{Learner: w.who, Sitting: n, Empty: s.Items, Finished: s.Ends}))
	wantMoved(t, w.quiz.Extend(ctx, w.who, n, s.Ends, s.Ends.Add(time.Minute)), "after the end")
}
