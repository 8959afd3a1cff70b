package main

import (
	"cmp"
	"log/slog"
	"os"
	"testing"
	"time"

	"thaw/app/study"
	"thaw/db"
)

// opened opens the database that a program has left: the file in the folder, or the one
// that THAW_DB names.
func opened(t *testing.T, dir string) *parts {
	t.Helper()
	where := Where{Data: dir, DB: cmp.Or(os.Getenv("THAW_DB"), "thaw.db")}
	p, err := hold(t.Context(), where, time.Now, slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := p.db.Close(); err != nil {
			t.Error(err)
		}
	})
	return p
}

// sums are rows that contradict each other; each query counts them.
var sums = map[string]string{
	"sittings that count otherwise than their items": `SELECT COUNT(*) FROM sitting x WHERE
		x.count <> (SELECT COUNT(*) FROM item i WHERE i.learner = x.learner AND i.sitting = x.n)
		OR x.closed <> (SELECT COUNT(*) FROM item i WHERE i.learner = x.learner AND i.sitting = x.n AND i.state = 'closed')
		OR (x.closed = x.count) <> (x.finished <> 0)`,
	"closed items without their event": `SELECT COUNT(*) FROM item x WHERE x.state = 'closed' AND NOT EXISTS (SELECT 1 FROM event e
		WHERE e.learner = x.learner AND e.seq = x.seq AND e.sitting = x.sitting AND e.pos = x.pos)`,
	"answers without their item": `SELECT COUNT(*) FROM event e WHERE e.what = 'answer' AND NOT EXISTS (SELECT 1 FROM item x
		WHERE e.learner = x.learner AND e.seq = x.seq AND e.sitting = x.sitting AND e.pos = x.pos)`,
	"answers without marks": `SELECT COUNT(*) FROM event e WHERE e.what = 'answer' AND NOT EXISTS (SELECT 1 FROM mark m
		WHERE m.learner = e.learner AND m.seq = e.seq)`,
	"learners whose events are not numbered one by one": `SELECT COUNT(*) FROM (SELECT learner FROM event GROUP BY learner HAVING MAX(seq) <> COUNT(*)) x`,
	"tokens used twice": `SELECT COUNT(*) FROM (SELECT learner FROM event WHERE token <> '' GROUP BY learner, token HAVING COUNT(*) > 1) x`,
}

// sound fails unless what is stored agrees with itself: the file can be read, counters are
// the sums of what they count, and the marks, cards and days of everybody are what their
// answers make of them.
func sound(t *testing.T, p *parts) {
	t.Helper()
	d := p.db
	for what, query := range sums {
		if n, err := d.Number(t.Context(), query); err != nil || n != 0 {
			t.Errorf("%d %s, %v", n, what, err)
		}
	}
	if d.Path() != "" {
		for _, pragma := range []string{"quick_check WHERE quick_check <> 'ok'", "foreign_key_check"} {
			if n, err := d.Number(t.Context(), "SELECT COUNT(*) FROM pragma_"+pragma); err != nil || n != 0 {
				t.Errorf("%s: %d, %v", pragma, n, err)
			}
		}
	}
	folds(t, p)
}

// folds fails unless everybody's marks, cards and days are the fold of their events.
func folds(t *testing.T, p *parts) {
	t.Helper()
	store := db.Study{DB: p.db}
	everybody, err := store.Learners(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for _, who := range everybody {
		past, err := store.Pasts(t.Context(), who)
		if err != nil {
			t.Fatal(err)
		}
		cards, cares, err := p.Coach.Store.Memory(t.Context(), who)
		if err != nil {
			t.Fatal(err)
		}
		days, err := store.Days(t.Context(), who, 0)
		if err != nil {
			t.Fatal(err)
		}
		rulings, _, err := p.Repairer.Store.Rulings(t.Context(), who, 0)
		if err != nil {
			t.Fatal(err)
		}
		judge, err := p.Repairer.Judging(t.Context(), past, rulings)
		if err != nil {
			t.Fatal(err)
		}
		for _, what := range study.Differs(past, cards, cares, days, judge) {
			t.Errorf("learner %d: %s", who, what)
		}
	}
}
