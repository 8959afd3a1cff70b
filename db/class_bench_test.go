package db_test

import (
	"context"
	"fmt"
	"testing"
	"time"

	"thaw/app/bank"
	"thaw/app/people"
	"thaw/app/report"
	"thaw/db"
	"thaw/db/dbtest"
	"thaw/questions"
)

// lesson is a class of forty pupils with a thousand answers each, over three
// hundred facts.
type lesson struct {
	*db.DB
	teacher people.Person
	id      questions.ClassID
	begun   time.Time
	now     time.Time
}

const (
	lessonPupils  = 40
	lessonAnswers = 1000
)

func newLesson(b *testing.B) *lesson {
	b.Helper()
	c := newCrowd(b, 0)
	l := &lesson{DB: c.DB, begun: time.Date(2026, 1, 5, 8, 0, 0, 0, time.UTC)}
	l.now = l.begun.AddDate(0, 0, 90)
	l.teacher = dbtest.Guest(1)
	l.teacher.Name, l.teacher.Role = "Vera", people.Teacher
	must(b, db.People{DB: c.DB}.AccountAdd(b.Context(), people.Account{Person: l.teacher}, "vera", nil))
	store := db.Class{DB: c.DB}
	var err error
	l.id, err = store.ClassAdd(b.Context(), people.Class{Name: "10b", Code: "BCDFGH", Zone: "UTC", Made: l.begun,
		Banks: []questions.BankID{c.contents.Bank.ID}}, l.teacher, "")
	must(b, err)
	for i := range lessonPupils {
		who := dbtest.Guest(int64(uint64(i+1) * 0x9e3779b97f4a7c15 >> 1))
		must(b, db.People{DB: c.DB}.AccountAdd(b.Context(), people.Account{Person: who}, "", nil))
		name := fmt.Sprintf("Pupil %d", i)
		_, err := store.Join(b.Context(), people.Joining{Class: l.id, Who: who, Name: name, Folded: people.Fold(name), At: l.begun})
		must(b, err)
	}
	l.answer(b, int64(c.contents.Questions[0].ID), int64(c.contents.Facts[0].ID))
	return l
}

// answer stores the answers in one statement a table: the path of an answer is
// measured elsewhere.
func (l *lesson) answer(b *testing.B, question, fact int64) {
	b.Helper()
	const each = `WITH RECURSIVE i (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM i WHERE n < %d) `
	const from = ` FROM member m CROSS JOIN i WHERE m.role = 'pupil'`
	step := l.now.Sub(l.begun).Milliseconds() / (lessonAnswers + 1)
	answers := fmt.Sprintf(each, lessonAnswers)
	for _, statement := range []string{
		answers + fmt.Sprintf(`INSERT INTO event (learner, seq, at, day, zone, what, question, version, lexicon, ord, response, tried, took, sure, token, sitting, pos, voids) SELECT m.learner, i.n, %d + i.n * %d, 20458 + i.n / 11, 'Europe/Berlin', 'answer', %d + (i.n * 7 + m.n * 31) %% 300,
			1, 1, '[2,0,1]', '["1"]', '', 5000, 0, 'token ' || i.n, 1, i.n, 0`, l.begun.UnixMilli(), step, question) + from,
		answers + fmt.Sprintf(`INSERT INTO mark (learner, seq, part, fact, credit, verdict, canonical, reason, given, self, recall, stability, elapsed, grader) SELECT m.learner, i.n, 1, %d + (i.n * 7 + m.n * 31) %% 300, 1,
			CASE WHEN (i.n * 13 + m.n) %% 10 < 7 THEN 'right' ELSE 'wrong' END, '1956', '', 0, 0, 0.9, 5, 3, 1`, fact) + from,
		fmt.Sprintf(each, 300) + fmt.Sprintf(`INSERT INTO card (learner, fact, stability, difficulty, phase, step, reps, lapses, last, due, seq) SELECT m.learner, %d + i.n - 1, i.n, 5, 'review', 0, 4, 0, %d, %d, 1`,
			fact, l.now.AddDate(0, 0, -3).UnixMilli(), l.now.UnixMilli()) + from,
	} {
		must(b, l.Exec(b.Context(), statement))
	}
}

// BenchmarkClass draws the report of a class whose pupils joined before they
// answered anything, and of one whose pupils joined in the middle, so that every
// card is lived again.
func BenchmarkClass(b *testing.B) {
	l := newLesson(b)
	now := func() time.Time { return l.now }
	store := db.Class{DB: l.DB}
	reporter := report.Reporter{Store: db.Study{DB: l.DB}, Classes: store, Lens: store, Shelf: bank.NewShelf(db.Bank{DB: l.DB}, now), Now: now}
	for _, c := range []struct {
		name   string
		joined time.Time
	}{{"new pupils", l.begun}, {"pupils from before", l.begun.AddDate(0, 0, 45)}} {
		must(b, l.Exec(b.Context(), fmt.Sprintf(`UPDATE member SET joined = %d WHERE role = 'pupil'`, c.joined.UnixMilli())))
		m, _, err := store.Pupil(b.Context(), l.teacher.ID, l.id, 2)
		must(b, err)
		for _, r := range []struct {
			name string
			run  func(ctx context.Context) error
		}{
			{"roll", func(ctx context.Context) error { _, err := store.Roll(ctx, l.teacher, l.id); return err }},
			{"firsts", func(ctx context.Context) error { _, _, err := store.Firsts(ctx, l.id); return err }},
			{"held", func(ctx context.Context) error { _, _, err := store.Held(ctx, l.id); return err }},
			{"faulty", func(ctx context.Context) error {
				roll, err := store.Roll(ctx, l.teacher, l.id)
				must(b, err)
				_, err = reporter.Faulty(ctx, l.teacher, roll)
				return err
			}},
			{"whole", func(ctx context.Context) error { _, err := reporter.Class(ctx, l.teacher, l.id); return err }},
			{"pupil", func(ctx context.Context) error { _, err := reporter.OfPupil(ctx, m, dbtest.Guest(1)); return err }},
		} {
			b.Run(c.name+"/"+r.name, func(b *testing.B) {
				for b.Loop() {
					must(b, r.run(b.Context()))
				}
			})
		}
	}
}

// BenchmarkLens puts all questions of a class's bank under the lens.
func BenchmarkLens(b *testing.B) {
	l := newLesson(b)
	now := func() time.Time { return l.now }
	store := db.Class{DB: l.DB}
	reporter := report.Reporter{Store: db.Study{DB: l.DB}, Classes: store, Lens: store, Shelf: bank.NewShelf(db.Bank{DB: l.DB}, now), Now: now}
	for b.Loop() {
		_, found, err := reporter.ClassLens(b.Context(), l.teacher, l.id)
		must(b, err)
		if found.Pupils != lessonPupils {
			b.Fatalf("%d pupils, want %d", found.Pupils, lessonPupils)
		}
	}
}
