package dbtest

import (
	"testing"
	"time"

	"thaw/app/study"
	"thaw/db"
)

// sat has each item once, with all that its learner said against it, and nothing of another's.
func sat(t *testing.T, d *db.DB) {
	l := Plant(t, d, 6, 80)
	who := l.Learners[0]
	p := l.first(t, who, Alias, time.Time{})
	check(t, l.contest(t, p, false))
	check(t, l.Desk.Report(ctx, Guest(int64(who)), p.Sitting, p.Pos, study.Unclear, "who is meant?"))
	check(t, l.contest(t, l.first(t, l.Learners[1], Alias, time.Time{}), false))

	all, err := db.Study{DB: d}.Sat(ctx, who)
	check(t, err)
	said, last := 0, 0
	for _, s := range all.Sittings {
		if s.Learner != who || s.N <= last || len(s.Items) != s.Count {
			t.Errorf("sitting %d after %d has %d items, want %d", s.N, last, len(s.Items), s.Count)
		}
		last = s.N
		for _, it := range s.Items {
			if w := all.Asked[it.Ref]; w.Text == "" || w.Bank == "" || w.Topic == "" {
				t.Errorf("item %d of sitting %d: %+v", it.Pos, s.N, w)
			}
			for _, c := range it.Said {
				said++
				if s.N != p.Sitting || it.Pos != p.Pos || c.Seq != p.Seq || c.State != study.Open || c.At.IsZero() {
					t.Errorf("said of item %d of sitting %d: %+v", it.Pos, s.N, c)
				}
			}
		}
	}
	if said != 2 || last == 0 {
		t.Errorf("%d sayings up to sitting %d, want 2", said, last)
	}
	none, err := db.Study{DB: d}.Sat(ctx, 77)
	check(t, err)
	same(t, len(none.Sittings), 0, "the sittings of nobody")
}
