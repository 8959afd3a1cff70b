package dbtest

import (
	"fmt"
	"testing"
	"time"

	"thaw/app/fault"
	"thaw/app/people"
	"thaw/db"
	"thaw/questions"
)

// logs are read by page, by name and by what was done; those of a class by its teachers.
func logs(t *testing.T, d *db.DB) {
	s := db.People{DB: d}
	staff(t, d, 70, "Head", people.Admin)
	staff(t, d, 71, "Ms Byron", people.Teacher)
	check(t, s.AccountAdd(ctx, account(72, "Änne 100%"), people.Fold("Änne 100%"), nil))
	check(t, s.AccountAdd(ctx, people.Account{Person: Guest(73)}, "", nil))
	check(t, d.Exec(ctx, "INSERT INTO class (id, name, code, zone, made, archived, token) VALUES (5, '10b', 'BBBBBB', 'UTC', 0, 0, 'b'), (6, '10c', 'CCCCCC', 'UTC', 0, 0, 'c')"))
	check(t, d.Exec(ctx, `INSERT INTO member (class, n, learner, role, name, folded, joined, gone) VALUES
		(5, 1, 71, 'teacher', 'Ms Byron', 'ms byron', 0, 0), (5, 2, 72, 'pupil', 'Anni', 'anni', 0, 0), (5, 3, 73, 'pupil', 'Guest', 'guest', 0, 0), (5, 4, 70, 'teacher', 'Head', 'head', 0, 1)`))
	line := func(after int, actor, about questions.LearnerID, class questions.ClassID, what, reason string) {
		check(t, s.Audit(ctx, people.Act{At: now.Add(time.Duration(after) * time.Second), Actor: actor, What: what, About: about, Class: class, Reason: reason}))
	}
	for i := range people.LogSize {
		line(i, 71, 73, 5, "look", "")
	}
	line(100, 71, 72, 5, "look", "")
	line(101, 70, 72, 0, "read", "a complaint")
	line(102, 70, 71, 0, "role teacher", "")
	line(103, 0, 4711, 6, "rule 12", "")

	c, list, more, err := s.ClassLog(ctx, 71, 5, 1)
	check(t, err)
	same(t, []any{c.Name, len(list), more}, []any{"10b", people.LogSize, true}, "the newest lines of a class")
	same(t, []string{list[0].By, list[0].Whom, list[0].Where, list[1].Whom}, []string{"Ms Byron", "Anni", "10b", "Guest"}, "by the names of the class")
	_, list, more, err = s.ClassLog(ctx, 71, 5, 2)
	check(t, err)
	same(t, []any{len(list), more}, []any{1, false}, "the oldest line")
	for _, who := range []questions.LearnerID{70, 72, 73, 0} {
		_, list, _, err := s.ClassLog(ctx, who, 5, 1)
		wantKind(t, err, fault.Missing, fmt.Sprint("the log of a class for ", who))
		same(t, len(list), 0, "lines")
	}

	for _, c := range []struct {
		search people.LogSearch
		want   int
		more   bool
	}{
		{people.LogSearch{}, people.LogSize, true}, {people.LogSearch{Page: 2}, 4, false}, {people.LogSearch{Page: 9}, 0, false},
		{people.LogSearch{Kind: "role"}, 1, false}, {people.LogSearch{Kind: "rol"}, 0, false}, {people.LogSearch{Kind: "rule"}, 1, false}, {people.LogSearch{Kind: "%"}, 0, false},
		{people.LogSearch{Name: "ÄNNE"}, 2, false}, {people.LogSearch{Name: "anni"}, 1, false}, {people.LogSearch{Name: "0%"}, 2, false}, {people.LogSearch{Name: "_"}, 0, false}, {people.LogSearch{Name: "head", Kind: "read"}, 1, false},
		{people.LogSearch{Name: "'; DROP TABLE audit"}, 0, false},
	} {
		list, more, err := s.Log(ctx, c.search)
		check(t, err)
		same(t, []any{len(list), more}, []any{c.want, c.more}, fmt.Sprintf("lines found by %+v", c.search))
	}
	list, _, err = s.Log(ctx, people.LogSearch{})
	check(t, err)
	same(t, list[0].Kind()+list[0].With()+list[0].By+list[0].Whom+list[0].Where, "rule1210c", "the newest, of nobody about who is gone")
	same(t, list[1].Whom+" "+list[1].With(), "Ms Byron teacher", "a role")
	same(t, list[2].Reason+" of "+list[2].Whom, "a complaint of Änne 100%", "outside of a class by the name of the account")
}
