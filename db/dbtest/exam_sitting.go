package dbtest

import (
	"testing"
	"time"

	"thaw/app/quiz"
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
