package dbtest

import (
	"testing"
	"time"

	"thaw/app/report"
	"thaw/db"
)

// mixups are counted for both ways together, and who errs both ways counts once.
func mixups(t *testing.T, d *db.DB) {
	s := &teller{school: newSchool(t, d)}
	days := func(n int) time.Time { return now.AddDate(0, 0, n) }
	_, err := s.class.Join(ctx, s.joining(Guest(int64(s.who)), "Old hand", days(10)))
	check(t, err)
	j := s.newcomer(500, "New")
	j.At = days(0)
	_, err = s.class.Join(ctx, j)
	check(t, err)

	q, f := s.bank.Questions[0].ID, s.bank.Facts[0].ID
	s.tell(t, s.who, q, f, days(9), false) // before joining
	s.tell(t, s.who, q, f, days(11), false)
	s.tell(t, s.who, q, f, days(12), true) // right: nothing is mixed up
	s.takeBack(t, s.who, s.tell(t, s.who, q, f, days(13), false))
	s.tell(t, 500, q, f, days(14), false)
	s.swap = true
	s.tell(t, s.who, q, f, days(15), false)

	mixed := func(n, asTo, learners int) []report.Mixed {
		return []report.Mixed{{Bank: s.bank.Bank.ID, A: 5, B: 7, N: n, AtoB: asTo, Learners: learners, Last: days(15)}}
	}
	class, err := s.class.Mixed(ctx, s.id, days(10))
	check(t, err)
	same(t, class, mixed(3, 2, 2), "what the class mixes up")
	one, err := db.Study{DB: d}.Mixed(ctx, s.who, days(0))
	check(t, err)
	same(t, one, mixed(3, 2, 1), "what one mixes up, who joined later")
	none, err := s.class.Mixed(ctx, s.id, days(16))
	check(t, err)
	same(t, none, nil, "what was mixed up lately")
}
