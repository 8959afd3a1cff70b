package dbtest

import (
	"fmt"
	"testing"
	"time"

	"thaw/app/fault"
	"thaw/app/people"
	"thaw/app/report"
	"thaw/db"
	"thaw/questions"
)

// lens says which first answers a teacher sees a question by, and an administrator.
func lens(t *testing.T, d *db.DB) {
	s := &teller{school: newSchool(t, d)}
	days := func(n int) time.Time { return now.AddDate(0, 0, n) }
	_, err := s.class.Join(ctx, s.joining(Guest(int64(s.who)), "Old hand", days(10)))
	check(t, err)
	j := s.newcomer(500, "New")
	j.At = days(0)
	_, err = s.class.Join(ctx, j)
	check(t, err)
	s.learner(t, 501) // in no class
	rival, admin := staff(t, d, 902, "Otto", people.Teacher), staff(t, d, 903, "Head", people.Admin)
	built, q, f := s.bank.Bank.ID, s.bank.Questions, s.bank.Facts
	when, what, who := q[0].ID, q[1].ID, q[2].ID

	s.tell(t, s.who, when, f[0].ID, days(1), true) // first before joining: none after it is first
	s.tell(t, s.who, when, f[0].ID, days(12), false)
	s.tell(t, s.who, who, f[2].ID, days(13), true)
	s.tell(t, s.who, who, f[2].ID, days(14), false) // not first
	s.takeBack(t, 500, s.tell(t, 500, when, f[0].ID, days(11), true))
	s.tell(t, 500, when, f[0].ID, days(12), false) // first, since the one before is taken back
	s.practise = true                              // the key was seen a moment ago
	s.tell(t, 500, who, f[2].ID, days(12), true)
	s.practise = false
	s.tell(t, 500, who, f[2].ID, days(13), true)
	s.tell(t, 501, when, f[0].ID, days(12), true)

	see := func(who people.Person, closely questions.QuestionID) []report.Attempt {
		t.Helper()
		found, err := s.class.Attempts(ctx, who, []questions.BankID{built, s.own}, closely)
		check(t, err)
		return found[built]
	}
	missed := report.Attempt{Learner: 500, Ref: questions.Ref{Question: when, Version: 1}, Order: []int{2, 0, 1}, Response: questions.Response{"1"},
		Took: 1234 * time.Millisecond, Guess: .25, Missed: []int{1}}
	typed := report.Attempt{Learner: s.who, Ref: questions.Ref{Question: who, Version: 1}, Took: 1234 * time.Millisecond, Guess: .25, Credit: 1}
	same(t, see(s.teacher, 0), []report.Attempt{missed, typed}, "first answers")
	typed.Response = questions.Response{"1"}
	same(t, see(s.teacher, who), []report.Attempt{missed, typed}, "first answers, with what was typed")
	same(t, len(see(rival, 0)), 0, "first answers for another teacher")
	same(t, len(see(admin, 0)), 2, "first answers for an administrator")
	none, err := s.class.Attempts(ctx, s.teacher, nil, 0)
	check(t, err)
	same(t, len(none), 0, "first answers of no bank")

	// a second class of the teacher's is pooled with the first: the pupil of both counts once, since the earlier joining
	second, err := s.class.ClassAdd(ctx, people.Class{Name: "11", Code: "QQQQQQ", Zone: "UTC", Made: now, Banks: []questions.BankID{built}}, s.teacher, "")
	check(t, err)
	both := s.joining(Guest(500), "New", days(20))
	both.Class = second
	_, err = s.class.Join(ctx, both)
	check(t, err)
	loner := s.joining(Guest(501), "Loner", days(11))
	loner.Class = second
	_, err = s.class.Join(ctx, loner)
	check(t, err)
	same(t, len(see(s.teacher, 0)), 3, "first answers of two classes")

	// what is given away, void, retired or of who has left says nothing
	count := func(after string, want int) {
		t.Helper()
		same(t, len(see(s.teacher, 0)), want, "first answers after "+after)
	}
	mark := ` WHERE learner = 501 AND seq = (SELECT MAX(seq) FROM event WHERE learner = 501)`
	check(t, d.Exec(ctx, `UPDATE mark SET guess = 1`+mark))
	count("one was given away", 2)
	check(t, d.Exec(ctx, `UPDATE mark SET guess = 0.25, verdict = 'void'`+mark))
	count("one was left out", 2)
	check(t, d.Exec(ctx, `UPDATE mark SET verdict = 'slip'`+mark))
	count("it is a slip", 3)
	check(t, d.Exec(ctx, fmt.Sprintf(`UPDATE question SET state = 'retired' WHERE id = %d`, who)))
	count("a question was retired", 2)
	same(t, len(see(s.teacher, who)), 3, "first answers, the retired question looked at closely")
	check(t, s.class.Leave(ctx, second, 501, days(21)))
	count("a pupil has left", 1)

	for _, c := range []struct {
		who      people.Person
		question questions.QuestionID
		edits    bool
		rules    bool
	}{{s.teacher, what, false, true}, {admin, what, true, false}} {
		found, err := s.class.Lensed(ctx, c.who, c.question)
		check(t, err)
		if found.Edits != c.edits || found.Rules != c.rules || found.Bank.ID != built || !found.Bank.BuiltIn || found.Head.ID != what || found.Head.Latest != 1 || found.Head.State != "live" {
			t.Errorf("%s finds %+v", c.who.Name, found)
		}
	}
	check(t, s.class.ClassArchive(ctx, s.teacher.ID, s.id, days(30)))
	check(t, s.class.ClassArchive(ctx, s.teacher.ID, second, days(30)))
	old, err := s.class.Lensed(ctx, s.teacher, what)
	check(t, err)
	same(t, old.Rules, false, "ruling for classes in the archive")
	count("the classes went into the archive", 1)
	own, err := db.Bank{DB: d}.Contents(ctx, s.own)
	check(t, err)
	found, err := s.class.Lensed(ctx, s.teacher, own.Questions[0].ID)
	check(t, err)
	same(t, found.Edits, true, "the own question is edited, though no class has it")
	for _, c := range []struct {
		who      people.Person
		question questions.QuestionID
	}{{rival, what}, {rival, own.Questions[0].ID}, {admin, own.Questions[0].ID}, {Guest(500), what}, {s.teacher, 99999}} {
		_, err := s.class.Lensed(ctx, c.who, c.question)
		wantKind(t, err, fault.Missing, fmt.Sprintf("question %d for %s", c.question, c.who.Name))
	}
}
