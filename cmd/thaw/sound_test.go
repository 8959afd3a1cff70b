package main

import (
	"cmp"
	"log/slog"
	"os"
	"testing"
	"time"

	"thaw/app/repair"
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

// sums are rows that no life of a learner makes, beside what the doctor looks for; each query
// counts them.
var sums = map[string]string{
	"sittings that are not over with their last question": `SELECT COUNT(*) FROM sitting WHERE (closed = count) <> (finished <> 0)`,
	"answers without their item": `SELECT COUNT(*) FROM event e WHERE e.what = 'answer' AND NOT EXISTS (SELECT 1 FROM item x
		WHERE e.learner = x.learner AND e.seq = x.seq AND e.sitting = x.sitting AND e.pos = x.pos)`,
	"learners whose events are not numbered one by one": `SELECT COUNT(*) FROM (SELECT learner FROM event GROUP BY learner HAVING MAX(seq) <> COUNT(*)) x`,
	"tokens used twice": `SELECT COUNT(*) FROM (SELECT learner FROM event WHERE token <> '' GROUP BY learner, token HAVING COUNT(*) > 1) x`,
}

// sound fails unless what is stored agrees with itself: the doctor finds nothing, so that the
// file can be read and marks, cards, days and counters are what the answers make of them.
func sound(t *testing.T, p *parts) {
	t.Helper()
	for what, query := range sums {
		if n, err := p.db.Number(t.Context(), query); err != nil || n != 0 {
			t.Errorf("%d %s, %v", n, what, err)
		}
	}
	found, err := repair.Doctor{Desk: p.Repairer, Store: db.Repair{DB: p.db}}.Examine(t.Context())
	if err != nil {
		t.Error(err)
	}
	for _, f := range found {
		t.Errorf("%s: %d, %v", f.Check, f.N, f.Examples)
	}
}
