package db_test

import (
	"context"
	"fmt"
	"slices"
	"testing"
	"time"

	"thaw/app/bank"
	"thaw/app/people"
	"thaw/app/report"
	"thaw/app/study"
	"thaw/db"
	"thaw/db/dbtest"
)

// student is a learner with half a year of reviews.
type student struct {
	*db.DB
	who people.Person
	now time.Time
}

const (
	studentCards   = 700
	studentReviews = 5000
)

func newStudent(b *testing.B) *student {
	b.Helper()
	c := newCrowdOf(b, 0, studentCards)
	s := &student{DB: c.DB, who: dbtest.Guest(41), now: time.Date(2026, 6, 30, 12, 0, 0, 0, time.UTC)}
	s.who.NewADay, s.who.Minutes = 10, 20
	must(b, db.People{DB: c.DB}.AccountAdd(b.Context(), people.Account{Person: s.who}, "", nil))
	s.study(b, c.contents)
	return s
}

// study stores reviews spread over half a year, twenty-eight a day and ten a sitting, in
// one statement a table.
func (s *student) study(b *testing.B, c bank.Contents) {
	b.Helper()
	each := func(n int) string {
		return fmt.Sprintf(`WITH RECURSIVE i (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM i WHERE n < %d) `, n)
	}
	who, question, fact := int64(s.who.ID), int64(c.Questions[0].ID), int64(c.Facts[0].ID)
	begun, today := s.now.AddDate(0, 0, -180), int64(study.Calendar(nil).Day(s.now))
	step := s.now.Sub(begun).Milliseconds() / (studentReviews + 1)
	for _, statement := range []string{
		each(studentReviews) + fmt.Sprintf(`INSERT INTO event (learner, seq, at, day, zone, what, question, version, lexicon, ord, response, tried, took, sure, token, sitting, pos, voids)
			SELECT %d, n, %d + n * %d, %d + n / 28, 'UTC', 'answer', %d + (n * 7) %% %d, 1, 1, '[2,0,1]', '["1"]', '', 9000, 0, 'token ' || n, 1, 1, 0 FROM i`,
			who, begun.UnixMilli(), step, today-180, question, studentCards),
		each(studentReviews) + fmt.Sprintf(`INSERT INTO mark (learner, seq, part, fact, credit, verdict, canonical, reason, given, asked, self, recall, stability, elapsed, grader)
			SELECT %d, n, 1, %d + (n * 7) %% %d, 1, CASE WHEN n %% 10 = 0 THEN 'wrong' ELSE 'right' END, '25 February 1956', '',
			CASE WHEN n %% 100 = 0 THEN 5 ELSE 0 END, CASE WHEN n %% 5 = 0 THEN 7 ELSE 0 END, 0, 0.9, 5, 3, 1 FROM i`, who, fact, studentCards),
		each(studentCards) + fmt.Sprintf(`INSERT INTO card (learner, fact, stability, difficulty, phase, step, reps, lapses, last, due, seq)
			SELECT %d, %d + n - 1, 1 + n %% 90, 5, 'review', 0, 7, 1, %d - (n %% 60) * 86400000, %d + (n %% 40 - 5) * 86400000, 1 FROM i`,
			who, fact, s.now.UnixMilli(), s.now.UnixMilli()),
		each(180) + fmt.Sprintf(`INSERT INTO rollup (learner, day, answers, met, right_n, reviews, recalled, expected, took) SELECT %d, %d + n, 28, 4, 24, 24, 21, 21600000, 252000 FROM i`, who, today-180),
		each(studentReviews/10) + fmt.Sprintf(`INSERT INTO sitting (learner, n, mode, topic, repeats, started, finished, count, closed, token, foretold, mean, low, high, sure)
			SELECT %d, n, 'review', 0, 0, %d + n * %d, %d + n * %d + 600000, 10, 10, 'token ' || n, 10, 9, 8, 10, 0.8 FROM i`, who, begun.UnixMilli(), 10*step, begun.UnixMilli(), 10*step),
		each(studentReviews) + fmt.Sprintf(`INSERT INTO item (learner, sitting, pos, question, version, bank, lexicon, ord, state, tried, token, seq, credit, verdict, again, facts, chance)
			SELECT %d, 1 + (n - 1) / 10, 1 + (n - 1) %% 10, %d + (n * 7) %% %d, 1, %d, 1, '[2,0,1]', 'closed', '', 't' || n, n, 1, 'right', 0, '[' || (%d + (n * 7) %% %d) || ']', 0.9 FROM i`,
			who, question, studentCards, int64(c.Bank.ID), fact, studentCards),
		"ANALYZE",
	} {
		must(b, s.Exec(b.Context(), statement))
	}
}

// BenchmarkProgress draws the report of a learner with a long history. Each part is also
// given as a multiple of a query of one row in the same run.
func BenchmarkProgress(b *testing.B) {
	s := newStudent(b)
	store, shelf := db.Study{DB: s.DB}, bank.NewShelf(db.Bank{DB: s.DB}, time.Now)
	now := func() time.Time { return s.now }
	reporter := report.Reporter{Store: store, Shelf: shelf, Now: now, Coach: study.Coach{Store: store, Shelf: shelf, Queues: &study.Queues{}, Now: now}}
	first := study.Calendar(nil).Day(s.now) - report.HalfYear + 1
	one := fmt.Sprintf(`SELECT seq FROM card WHERE learner = %d AND fact = 1`, s.who.ID)
	for _, r := range []struct {
		name string
		run  func(ctx context.Context) error
	}{
		{"banks", func(ctx context.Context) error { _, err := db.Bank{DB: s.DB}.Open(ctx, s.who.ID); return err }},
		{"cards", func(ctx context.Context) error { _, _, err := store.Memory(ctx, s.who.ID); return err }},
		{"days", func(ctx context.Context) error { _, err := store.Days(ctx, s.who.ID, first); return err }},
		{"mixed", func(ctx context.Context) error {
			_, err := store.Mixed(ctx, s.who.ID, s.now.Add(-report.MixupsSince))
			return err
		}},
		{"days and mixed", func(ctx context.Context) error {
			_, _, err := store.Lately(ctx, s.who.ID, first, s.now.Add(-report.MixupsSince))
			return err
		}},
		{"sittings", func(ctx context.Context) error {
			_, err := db.Quiz{DB: s.DB}.Latest(ctx, s.who.ID, report.Lookback)
			return err
		}},
		{"whole", func(ctx context.Context) error { _, err := reporter.Progress(ctx, s.who); return err }},
		{"today", func(ctx context.Context) error { _, err := reporter.Overview(ctx, s.who); return err }},
	} {
		b.Run(r.name, func(b *testing.B) {
			var bare, ours []float64
			for b.Loop() {
				began := time.Now()
				_, err := s.Number(b.Context(), one)
				bare = append(bare, time.Since(began).Seconds())
				must(b, err)
				began = time.Now()
				must(b, r.run(b.Context()))
				ours = append(ours, time.Since(began).Seconds())
			}
			slices.Sort(ours)
			b.ReportMetric(median(ours)*1e3, "ms")
			b.ReportMetric(median(ours)/median(bare), "rows")
		})
	}
}
