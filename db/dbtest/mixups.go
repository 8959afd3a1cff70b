package dbtest

import (
	"testing"
	"time"

	"thaw/app/fsrs"
	"thaw/app/report"
	"thaw/app/study"
	"thaw/db"
	"thaw/questions"
)

// mixups are counted for both ways together, and who errs both ways counts once.
func mixups(t *testing.T, d *db.DB) {
	day := func(n int) fsrs.Day { return study.Calendar(time.UTC).Day(now.AddDate(0, 0, n)) }
	s := &teller{school: newSchool(t, d)}
	days := func(n int) time.Time { return now.AddDate(0, 0, n) }
	old, err := s.class.Join(ctx, s.joining(Guest(int64(s.who)), "Old hand", days(10)))
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
	past, _, err := s.class.Told(ctx, old)
	check(t, err)
	var names [][2]questions.EntityID
	for _, p := range past {
		names = append(names, [2]questions.EntityID{p.Marks[0].Asked, p.Marks[0].Given})
	}
	if len(names) < 2 || names[0] != [2]questions.EntityID{5, 7} || names[len(names)-1] != [2]questions.EntityID{7, 5} {
		t.Errorf("a pupil's answers were %v, asked and given; want 7 for 5 first, and 5 for 7 last", names)
	}
	tallies, err := db.Study{DB: d}.Days(ctx, s.who, day(11))
	check(t, err)
	lately, both, err := db.Study{DB: d}.Lately(ctx, s.who, day(11), days(0))
	check(t, err)
	same(t, lately, tallies, "the days that come with what one mixes up")
	same(t, both, one, "what one mixes up, with the days")
	if len(lately) == 0 {
		t.Error("there are no days to compare")
	}
	none, err := s.class.Mixed(ctx, s.id, days(16))
	check(t, err)
	same(t, none, nil, "what was mixed up lately")
}
