package dbtest

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"thaw/app/fault"
	"thaw/app/people"
	"thaw/app/study"
	"thaw/db"
	"thaw/questions"
)

func house(t *testing.T, d *db.DB) {
	s := &teller{school: newSchool(t, d)}
	boss := staff(t, d, 990, "Head", people.Admin)
	otto := staff(t, d, 901, "Otto", people.Teacher)
	act := people.Act{At: now, Actor: boss.ID, What: "invited"}
	check(t, s.people.SetInvited(ctx, true, act))
	same(t, first(s.people.School(ctx)).Invited, true, "accounts by invitation")
	check(t, s.people.SetInvited(ctx, false, act))
	same(t, first(s.people.School(ctx)).Invited, false, "accounts for anybody")
	same(t, first(s.people.Sits(ctx, s.who)), false, "who is in no class sits in one")
	check(t, first0(s.class.Join(ctx, s.joining(Guest(int64(s.who)), "Mila", now))))
	same(t, first(s.people.Sits(ctx, s.who)), true, "a pupil sits in a class")
	same(t, first(s.people.Sits(ctx, s.teacher.ID)), false, "a teacher sits in a class")

	s.tell(t, s.who, s.bank.Questions[0].ID, s.bank.Facts[0].ID, now.AddDate(0, 0, 3), true)
	kept, pupils, err := s.people.AnyClass(ctx, s.id)
	check(t, err)
	same(t, []any{len(pupils), pupils[0].Name, pupils[0].Learner}, []any{1, "Mila", s.who}, "pupils by name")
	same(t, kept.Teachers, []string{"Vera"}, "teachers")
	same(t, kept.Last, study.Calendar(time.UTC).Day(now.AddDate(0, 0, 3)), "the last answer")
	same(t, kept.Pupils, 1, "pupils")
	_, _, err = s.people.AnyClass(ctx, s.id+9)
	wantKind(t, err, fault.Missing, "a class that is not there")
	learners, answers, err := s.people.AnswersOn(ctx, kept.Last)
	check(t, err)
	same(t, []int{learners, answers}, []int{1, 1}, "people with answers on the day, and answers")

	hand := people.Handing{Class: s.id, To: otto, Act: people.Act{At: now, Actor: boss.ID, What: "staff", About: otto.ID, Class: s.id}}
	check(t, s.people.HandOver(ctx, hand))
	check(t, s.people.HandOver(ctx, hand))
	kept, _, err = s.people.AnyClass(ctx, s.id)
	check(t, err)
	same(t, kept.Teachers, []string{"Vera", "Otto"}, "teachers, one more")
	hand.Founder, hand.Act.What = true, "hand"
	check(t, s.people.HandOver(ctx, hand))
	check(t, s.people.HandOver(ctx, hand))
	r := first(s.class.Roster(ctx, otto.ID, s.id))
	same(t, fmt.Sprint(r.Teachers[0].Name, r.Teachers[0].Founder(), r.Teachers[1].Name, r.Teachers[1].Founder()), "OttotrueVerafalse", "teachers, the founder first")
	hand.To = people.Person{ID: s.who, Name: "Mila"}
	wantKind(t, s.people.HandOver(ctx, hand), fault.Conflict, "a class handed to its pupil")
	hand.To, hand.Class = otto, s.id+9
	wantKind(t, s.people.HandOver(ctx, hand), fault.Missing, "no class handed over")
	check(t, s.people.Shelve(ctx, s.id, now, people.Act{At: now, Actor: boss.ID, What: "away", Class: s.id}))
	kept, _, err = s.people.AnyClass(ctx, s.id)
	check(t, err)
	same(t, kept.Used(), false, "a class in the archive is in use")
	wantKind(t, s.people.Shelve(ctx, s.id+9, now, act), fault.Missing, "no class into the archive")
	for what, want := range map[string]int{"staff": 1, "hand": 1, "away": 1, "invited": 2} {
		n, err := d.Number(ctx, `SELECT COUNT(*) FROM audit WHERE what = '`+what+`'`)
		check(t, err)
		same(t, int(n), want, "lines of the audit that say "+what)
	}

	for i := range people.PageSize {
		_, err := s.class.ClassAdd(ctx, people.Class{Name: fmt.Sprintf("Class %02d", i), Code: fmt.Sprintf("Q%05d", i), Zone: "UTC", Made: now}, s.teacher, "")
		check(t, err)
	}
	list, all, err := s.people.AllClasses(ctx, "", 1)
	check(t, err)
	same(t, []any{len(list), all, list[0].Name, list[0].Last}, []any{people.PageSize, people.PageSize + 1, "Class 00", kept.Last * 0}, "a page of classes")
	list, _, err = s.people.AllClasses(ctx, " ", 2)
	check(t, err)
	same(t, list[0].ID, s.id, "the last one is in the archive")
	for name, want := range map[string]int{"CLÁSS 4": 10, "class  07": 1, "none of the kind": 0, "100%": 0, s.teacher.Name: people.PageSize + 1} {
		list, all, err := s.people.AllClasses(ctx, name, 1)
		check(t, err)
		same(t, []int{len(list), all}, []int{min(want, people.PageSize), want}, "classes called "+name)
		list, _, err = s.people.AllClasses(ctx, name, 2)
		check(t, err)
		same(t, len(list), max(want-people.PageSize, 0), "on the second page of classes called "+name)
	}
}

func reasons(t *testing.T, d *db.DB) {
	s := newSchool(t, d)
	boss, other := staff(t, d, 990, "Head", people.Admin), staff(t, d, 991, "Deputy", people.Admin)
	mila := staff(t, d, 80, "Mila", people.Pupil)
	staff(t, d, 81, "Zora", people.Pupil)
	since := now.Add(-time.Minute)
	reading := func(admin questions.LearnerID) people.Look {
		t.Helper()
		who, l, err := s.people.Reading(ctx, admin, mila.ID, since)
		check(t, err)
		same(t, who.Name, "Mila", "whose answers")
		return l
	}
	same(t, reading(boss.ID), people.Look{}, "a look without a reason")
	_, _, err := s.people.Reading(ctx, boss.ID, 4711, since)
	wantKind(t, err, fault.Missing, "a look at nobody's")
	for i, why := range []string{"long ago", "a complaint", "another complaint"} {
		act := people.Act{At: now.Add(time.Duration(i-1) * time.Minute), Actor: boss.ID, What: "read", About: mila.ID, Reason: why}
		check(t, s.people.Audit(ctx, act))
	}
	same(t, reading(boss.ID), people.Look{At: now.Add(time.Minute), Reason: "another complaint"}, "the look under way")
	same(t, reading(other.ID), people.Look{}, "another administrator's look")
	looks, err := s.people.Looks(ctx, mila.ID, 2)
	check(t, err)
	same(t, looks, []people.Look{{At: now.Add(time.Minute), By: "Head", Reason: "another complaint"}, {At: now, By: "Head", Reason: "a complaint"}}, "looks, the newest first")
	looks, err = s.people.Looks(ctx, boss.ID, 2)
	check(t, err)
	same(t, len(looks), 0, "looks at the administrator")

	check(t, s.people.Leave(ctx, mila.ID, now.Add(-time.Hour), people.Act{At: now, Actor: mila.ID, What: "leave", About: mila.ID}))
	check(t, s.people.Leave(ctx, 80+1, now.Add(-2*time.Hour), people.Act{At: now, What: "leave", About: 81}))
	going, _, err := s.people.People(ctx, people.Search{Order: people.ByGoing})
	check(t, err)
	same(t, []string{going[0].Name, going[1].Name, going[2].Name}, []string{"Zora", "Mila", "Deputy"}, "people, who goes soonest first")
	_, err = s.people.Forget(ctx, now.Add(time.Hour), 10)
	check(t, err)
	n, err := d.Number(ctx, `SELECT COUNT(*) FROM audit WHERE reason <> ''`)
	check(t, err)
	same(t, n, 0, "reasons about who is deleted")
}

func health(t *testing.T, d *db.DB) {
	h, err := d.Health(ctx)
	check(t, err)
	if !strings.HasPrefix(h.Engine, "SQLite 3.") && !strings.HasPrefix(h.Engine, "PostgreSQL 1") || h.Size < 1000 {
		t.Errorf("the database is %+v, want an engine with its version, and a size", h)
	}
	if d.Path() != "" && (h.Free == 0 || h.Room == 0 || h.Waiting != 0) || d.Path() == "" && (h.Free != -1 || h.Room != 0) {
		t.Errorf("the database is %+v, want what is free, and room before the writer, of a file alone", h)
	}
}
