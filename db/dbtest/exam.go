package dbtest

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"thaw/app/fault"
	"thaw/app/fsrs/plan"
	"thaw/app/study"
	"thaw/db"
	"thaw/questions"
)

func exams(t *testing.T, d *db.DB) {
	w := newWorld(t, d)
	store := db.Study{DB: d}
	other := questions.LearnerID(78)
	w.learner(t, other)
	late := study.Exam{Learner: w.who, Title: "Finals", At: now.Add(240 * time.Hour)}
	soon := study.Exam{Learner: w.who, Title: "Test: Geneva & после", At: now.Add(48 * time.Hour), Topics: []questions.TopicID{1, 2}}
	add(t, store, &late, "an-exam-token-of-the-late-one", 1)
	add(t, store, &soon, "an-exam-token-of-the-soon-one", 2)
	again := soon
	add(t, store, &again, "an-exam-token-of-the-soon-one", 2)
	check(t, store.SetPrices(ctx, w.who, study.Prices{Day: 20000, ByDay: []float64{.25, 0, 1e-7}}))
	listed(t, store, w.who, []study.Exam{soon, late})
	listed(t, store, other, nil)

	soon.Foretold = study.Foretold{Forecast: plan.Forecast{N: 20, Mean: 15.25, Low: 13, High: 17, Sure: .81}, Made: now}
	check(t, store.Foretell(ctx, soon))
	soon.Result, soon.Later = study.Result{Told: true, Right: 16.5, Of: 20}, study.Keep
	check(t, store.SetExam(ctx, soon))
	listed(t, store, w.who, []study.Exam{soon, late})
	preparing(t, store, w.who)

	moved := soon
	moved.At = moved.At.Add(24 * time.Hour)
	check(t, store.SetExam(ctx, moved))
	check(t, store.Foretell(ctx, soon)) // of the date before
	got, _, err := store.Exams(ctx, w.who)
	check(t, err)
	if !got[0].Foretold.Made.IsZero() {
		t.Errorf("an exam that has moved keeps the forecast of %v", got[0].Foretold.Made)
	}

	moved.Learner = other
	wantKind(t, store.SetExam(ctx, moved), fault.Missing, "an exam of another's")
	wantKind(t, store.DropExam(ctx, other, 1), fault.Missing, "an exam of another's to remove")
	check(t, store.DropExam(ctx, w.who, 2))
	wantKind(t, store.DropExam(ctx, w.who, 2), fault.Missing, "an exam removed")
	listed(t, store, w.who, []study.Exam{late})
	account, err := db.People{DB: d}.AccountOf(ctx, w.who)
	check(t, err)
	same(t, account.Exams, 1, "how many exams somebody has")
	full(t, store, other)
}

func add(t *testing.T, store db.Study, e *study.Exam, token string, want int) {
	t.Helper()
	n, err := store.AddExam(ctx, *e, token)
	check(t, err)
	same(t, n, want, "the number of "+e.Title)
	e.N = n
}

func listed(t *testing.T, store db.Study, who questions.LearnerID, want []study.Exam) {
	t.Helper()
	got, prices, err := store.Exams(ctx, who)
	check(t, err)
	same(t, got, want, "the exams")
	if len(want) > 0 {
		same(t, prices, study.Prices{Day: 20000, ByDay: []float64{.25, 0, 1e-7}}, "the prices")
	}
}

// preparing asks who has an exam ahead, up to a day.
func preparing(t *testing.T, store db.Study, who questions.LearnerID) {
	t.Helper()
	for _, c := range []struct {
		from, to time.Duration
		want     bool
	}{{0, 47, false}, {0, 48, true}, {48, 239, false}, {48, 240, true}, {240, 1000, false}} {
		ids, err := store.Preparing(ctx, now.Add(c.from*time.Hour), now.Add(c.to*time.Hour))
		check(t, err)
		if slices.Contains(ids, who) != c.want {
			t.Errorf("an exam in %d to %d hours: %v, want %v", c.from, c.to, !c.want, c.want)
		}
	}
}

// full fills somebody's list.
func full(t *testing.T, store db.Study, who questions.LearnerID) {
	t.Helper()
	for i := range study.MaxExams {
		_, err := store.AddExam(ctx, study.Exam{Learner: who, Title: "One of many", At: now}, fmt.Sprintf("one-of-many-tokens-%d", i))
		check(t, err)
	}
	_, err := store.AddExam(ctx, study.Exam{Learner: who, Title: "One too many", At: now}, "one-too-many-of-the-tokens")
	wantKind(t, err, fault.Conflict, "an exam too many")
}
