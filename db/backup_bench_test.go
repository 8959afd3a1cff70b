package db_test

import (
	"context"
	"fmt"
	"sync/atomic"
	"testing"
	"time"

	"thaw/app/people"
	"thaw/app/repair"
	"thaw/db"
	"thaw/db/dbtest"
)

// What stands in the file that is backed up and put back: so many learners with so many
// cards each, and so many answers to each card.
const (
	patients    = 100
	patientFact = 1000
	perCard     = 3
)

// fill gives the crowd's database 100,000 cards with 300,000 answers, in one statement a
// table.
func (c *crowd) fill(b *testing.B) {
	b.Helper()
	for i := range patients {
		must(b, db.People{DB: c.DB}.AccountAdd(b.Context(), people.Account{Person: dbtest.Guest(int64(5000 + i))}, "", nil))
	}
	all := fmt.Sprintf(`WITH RECURSIVE i (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM i WHERE n < %d), w (who) AS (SELECT id FROM learner WHERE id >= 5000 AND id < 6000) `, patientFact*perCard)
	question, fact, now := int64(c.contents.Questions[0].ID), int64(c.contents.Facts[0].ID), time.Now().UnixMilli()
	for _, statement := range []string{
		fmt.Sprintf(`INSERT INTO event (learner, seq, at, day, zone, what, question, version, lexicon, ord, response, tried, took, sure, token, sitting, pos, voids)
			SELECT who, n, %d + n * 1000, 20500, 'Europe/Berlin', 'answer', %d + n %% %d, 1, 1, '[2,0,1]', '["1"]', '', 9000, 0, 'a token of a form ' || n, 1, 1, 0 FROM w, i`, now, question, patientFact),
		fmt.Sprintf(`INSERT INTO mark (learner, seq, part, fact, credit, verdict, canonical, reason, given, self, recall, stability, elapsed, grader)
			SELECT who, n, 1, %d + n %% %d, 1, 'right', '25 February 1956', '[""]', 0, 0, 0.9, 5, 3, 1 FROM w, i`, fact, patientFact),
		fmt.Sprintf(`INSERT INTO card (learner, fact, stability, difficulty, phase, step, reps, lapses, last, due, seq)
			SELECT who, %d + n - 1, 5, 5, 'review', 0, %d, 1, %d, %d, n FROM w, i WHERE n <= %d`, fact, perCard, now, now, patientFact),
	} {
		must(b, c.Exec(b.Context(), all+statement))
	}
}

// BenchmarkRestore makes a backup of a file with 100,000 cards and puts it back: the drill.
func BenchmarkRestore(b *testing.B) {
	for b.Loop() {
		dir := b.TempDir()
		c := &crowd{DB: open(b, db.Config{Dir: dir, Exclusive: true})}
		c.contents = newCrowdIn(b, c.DB, patientFact)
		c.fill(b)
		began := time.Now()
		made, err := db.Backups{DB: c.DB}.Make(b.Context(), repair.Asked)
		must(b, err)
		b.ReportMetric(time.Since(began).Seconds(), "backup-s")
		b.ReportMetric(float64(made.Size)/1e6, "MB")
		must(b, c.Close())
		began = time.Now()
		back, err := db.Restore(b.Context(), db.Config{Dir: dir}, made.Name)
		must(b, err)
		b.ReportMetric(time.Since(began).Seconds(), "restore-s")
		if n := back.Backup.Rows["card"]; n != patients*patientFact {
			b.Errorf("%d cards are back", n)
		}
	}
}

// BenchmarkBackupUnderLoad counts answers while a backup is made, and for as long without
// one, in turns; it prints the share that is kept.
func BenchmarkBackupUnderLoad(b *testing.B) {
	const rounds, size = 5, 20000
	c := newCrowdOf(b, 2*rounds*size, patientFact)
	c.fill(b)
	var saved atomic.Int64
	load := func(ctx context.Context) {
		parallel(clients, func(int) {
			for ctx.Err() == nil {
				i := int(saved.Add(1)) - 1
				if i >= 2*rounds*size {
					return
				}
				_, err := db.Quiz{DB: c.DB}.Save(context.Background(), c.answer(i))
				must(b, err)
			}
		})
	}
	rate := func(during func()) float64 {
		ctx, stop := context.WithCancel(b.Context())
		ended := make(chan struct{})
		go func() { defer close(ended); load(ctx) }()
		before, began := saved.Load(), time.Now()
		during()
		n, took := saved.Load()-before, time.Since(began)
		stop()
		<-ended
		return float64(n) / took.Seconds()
	}
	var kept, took []float64
	for range rounds {
		began := time.Now()
		with := rate(func() { must(b, db.Backups{DB: c.DB}.Take(b.Context(), repair.Asked)) })
		lasted := time.Since(began)
		without := rate(func() { time.Sleep(lasted) })
		kept, took = append(kept, with/without), append(took, lasted.Seconds())
	}
	b.ReportMetric(median(kept), "kept")
	b.ReportMetric(median(took), "backup-s")
}
