package dbtest

import (
	"fmt"
	"sync"
	"testing"
	"time"

	"thaw/app/fault"
	"thaw/app/people"
	"thaw/db"
	"thaw/questions"
)

// school is a database with the sample bank, a bank of the teacher's own and a
// class of it.
type school struct {
	*world
	class   db.Class
	people  db.People
	teacher people.Person
	own     questions.BankID
	id      questions.ClassID
}

const lessons = "class-token-of-22-letters"

func newSchool(t *testing.T, d *db.DB) *school {
	t.Helper()
	s := &school{world: newWorld(t, d), class: db.Class{DB: d}, people: db.People{DB: d}, teacher: staff(t, d, 900, "Vera", people.Teacher)}
	s.own = s.ownBank(t, "own", s.teacher.ID)
	id, err := s.class.ClassAdd(ctx, people.Class{Name: "10b", Code: "BCDFGH", Zone: "Europe/Berlin", Made: now,
		Banks: []questions.BankID{s.bank.Bank.ID}}, s.teacher, lessons)
	check(t, err)
	s.id = id
	return s
}

func staff(t *testing.T, d *db.DB, id int64, name string, role people.Role) people.Person {
	t.Helper()
	a := account(id, name)
	a.Role = role
	check(t, db.People{DB: d}.AccountAdd(ctx, a, people.Fold(name), nil))
	return a.Person
}

// ownBank is the sample once more, as somebody's own bank.
func (s *school) ownBank(t *testing.T, slug string, owner questions.LearnerID) questions.BankID {
	t.Helper()
	data := Sample()
	data.Bank.Slug = slug
	c := installed(t, s.DB, data)
	check(t, s.Exec(ctx, fmt.Sprintf(`UPDATE bank SET built_in = 0, owner = %d WHERE id = %d`, owner, c.Bank.ID)))
	return c.Bank.ID
}

// signIn opens a session in the database.
func signIn(t *testing.T, d *db.DB, hash string, who questions.LearnerID) {
	t.Helper()
	check(t, db.People{DB: d}.Enter(ctx, people.Way{Session: session(hash, who)}))
}

func signedIn(d *db.DB, hash string) bool {
	_, _, err := db.People{DB: d}.Session(ctx, []byte(hash), now)
	return err == nil
}

func classes(t *testing.T, d *db.DB) {
	s := newSchool(t, d)
	other := staff(t, d, 901, "Otto", people.Teacher)
	foreign := s.ownBank(t, "foreign", other.ID)
	got, err := s.class.Class(ctx, s.teacher.ID, s.id)
	check(t, err)
	same(t, got, people.Class{ID: s.id, Name: "10b", Code: "BCDFGH", Zone: "Europe/Berlin", Made: now,
		Banks: []questions.BankID{s.bank.Bank.ID}}, "the class")

	again, err := s.class.ClassAdd(ctx, people.Class{Name: "other", Code: "ZZZZZZ", Made: now}, s.teacher, lessons)
	check(t, err)
	same(t, again, s.id, "the class made twice with one token")
	_, err = s.class.ClassAdd(ctx, people.Class{Name: "x", Code: "BCDFGH", Made: now}, s.teacher, "another")
	wantKind(t, err, fault.Conflict, "a code taken")
	_, err = s.class.ClassAdd(ctx, people.Class{Name: "x", Code: "XXXXXX", Made: now, Banks: []questions.BankID{foreign}}, s.teacher, "third")
	wantKind(t, err, fault.Missing, "a class with somebody else's bank")
	_, err = s.class.ClassAdd(ctx, people.Class{Name: "x", Code: "XXXXXX", Made: now}, other, lessons)
	if err == nil {
		t.Error("a token of somebody else's class was taken")
	}
	n, err := d.Number(ctx, `SELECT COUNT(*) FROM class`)
	check(t, err)
	same(t, n, 1, "classes after what was refused")

	strangers := []func(questions.LearnerID) error{
		func(who questions.LearnerID) error { _, err := s.class.Class(ctx, who, s.id); return err },
		func(who questions.LearnerID) error { return s.class.ClassName(ctx, who, s.id, "mine") },
		func(who questions.LearnerID) error { return s.class.ClassCode(ctx, who, s.id, "MMMMMM") },
		func(who questions.LearnerID) error { return s.class.ClassBanks(ctx, who, s.id, nil, now) },
		func(who questions.LearnerID) error { return s.class.ClassArchive(ctx, who, s.id, now) },
		func(who questions.LearnerID) error {
			_, err := s.class.Roll(ctx, people.Person{ID: who}, s.id)
			return err
		},
		func(who questions.LearnerID) error { _, _, err := s.class.Pupil(ctx, who, s.id, 1); return err },
	}
	for i, try := range strangers {
		wantKind(t, try(other.ID), fault.Missing, fmt.Sprintf("another teacher, way %d", i))
	}
	list, err := s.class.Classes(ctx, other.ID)
	check(t, err)
	same(t, len(list), 0, "classes of the other teacher")
	same(t, first(s.class.Class(ctx, s.teacher.ID, s.id)), got, "the class after strangers tried")

	check(t, s.class.ClassName(ctx, s.teacher.ID, s.id, "10c"))
	check(t, s.class.ClassCode(ctx, s.teacher.ID, s.id, "CDFGHJ"))
	check(t, s.class.ClassArchive(ctx, s.teacher.ID, s.id, now))
	got.Name, got.Code, got.Archived = "10c", "CDFGHJ", now
	same(t, first(s.class.Class(ctx, s.teacher.ID, s.id)), got, "the class renamed, with another code, archived")
	_, err = s.class.Doorway(ctx, "CDFGHJ", 0)
	wantKind(t, err, fault.Missing, "the door of an archived class")
	check(t, s.class.ClassArchive(ctx, s.teacher.ID, s.id, time.Time{}))
	_, err = s.class.Doorway(ctx, "BCDFGH", 0)
	wantKind(t, err, fault.Missing, "the old code")
	door, err := s.class.Doorway(ctx, "CDFGHJ", 0)
	check(t, err)
	same(t, door.Taught, "Vera", "who teaches behind the door")
	same(t, door.Class.Banks, got.Banks, "the banks behind the door")

	second, err := s.class.ClassAdd(ctx, people.Class{Name: "11a", Code: "DFGHJK", Made: now.Add(time.Hour)}, s.teacher, "")
	check(t, err)
	check(t, s.class.ClassArchive(ctx, s.teacher.ID, s.id, now))
	list, err = s.class.Classes(ctx, s.teacher.ID)
	check(t, err)
	if len(list) != 2 || list[0].ID != second || list[1].ID != s.id {
		t.Errorf("the list is %+v, want the class in use before the archived one", list)
	}
	_, err = s.class.ClassAdd(ctx, people.Class{Name: "x", Code: "CDFGHJ", Made: now}, s.teacher, "")
	wantKind(t, err, fault.Conflict, "the code of an archived class")
}

// first drops an error that has been checked elsewhere.
func first[T any](v T, _ error) T { return v }

func classBanks(t *testing.T, d *db.DB) {
	s := newSchool(t, d)
	built := s.bank.Bank.ID
	give := func(teacher questions.LearnerID, banks ...questions.BankID) error {
		return s.class.ClassBanks(ctx, teacher, s.id, banks, now)
	}
	has := func(want []questions.BankID, what string) {
		t.Helper()
		same(t, first(s.class.Class(ctx, s.teacher.ID, s.id)).Banks, want, what)
		open, err := s.class.Given(ctx, s.id)
		check(t, err)
		same(t, len(open), len(want), "number of open banks, "+what)
	}
	check(t, give(s.teacher.ID, built, s.own))
	has([]questions.BankID{built, s.own}, "both banks")
	check(t, give(s.teacher.ID, s.own))
	has([]questions.BankID{s.own}, "the own bank alone")

	other := staff(t, d, 901, "Otto", people.Teacher)
	foreign := s.ownBank(t, "foreign", other.ID)
	wantKind(t, give(s.teacher.ID, s.own, foreign), fault.Missing, "somebody else's bank")
	wantKind(t, give(s.teacher.ID, 1<<40), fault.Missing, "a bank of nobody")
	has([]questions.BankID{s.own}, "the own bank after refusals")

	check(t, d.Exec(ctx, fmt.Sprintf(`INSERT INTO member (class, n, learner, role, name, folded, joined, gone) VALUES (%d, 99, %d, 'teacher', 'Otto', 'otto', 1, 0)`, s.id, other.ID)))
	check(t, give(other.ID, s.own, foreign)) // a second teacher keeps what the first has given
	has([]questions.BankID{s.own, foreign}, "the banks of two teachers")
	check(t, d.Exec(ctx, fmt.Sprintf(`UPDATE bank SET gone = 1 WHERE id = %d`, foreign)))
	has([]questions.BankID{s.own}, "banks after one is gone")
	check(t, give(s.teacher.ID))
	has(nil, "no banks")
}

// joining is a newcomer, or somebody known, on the way into the school's class.
func (s *school) joining(who people.Person, name string, at time.Time) people.Joining {
	return people.Joining{Class: s.id, Who: who, Name: name, Folded: people.Fold(name), At: at}
}

func (s *school) newcomer(id int64, name string) people.Joining {
	j := s.joining(Guest(id), name, now)
	way := session(fmt.Sprintf("newcomer %d", id), questions.LearnerID(id))
	j.Newcomer = &people.Newcomer{Person: j.Who, Session: way, Words: fmt.Appendf(nil, "words %d", id)}
	return j
}

func joins(t *testing.T, d *db.DB) {
	s := newSchool(t, d)
	m, err := s.class.Join(ctx, s.newcomer(1001, "Mila"))
	check(t, err)
	want := people.Member{Class: s.id, N: 2, Learner: 1001, Role: people.Pupil, Name: "Mila", Joined: now}
	same(t, m, want, "the newcomer")
	if !signedIn(d, "newcomer 1001") {
		t.Error("the newcomer has no session")
	}
	same(t, first(s.class.Join(ctx, s.newcomer(1001, "Mila"))), want, "the newcomer, sent twice")
	_, err = s.class.Join(ctx, s.newcomer(1002, "  MILA "))
	wantKind(t, err, fault.Conflict, "a name taken in the class")
	if _, err := s.people.AccountOf(ctx, 1002); !fault.Is(err, fault.Missing) || signedIn(d, "newcomer 1002") {
		t.Errorf("the refused newcomer left something behind: %v", err)
	}

	guest := Guest(int64(s.who)) // has been here before
	m, err = s.class.Join(ctx, s.joining(guest, "Ben", now.Add(time.Minute)))
	check(t, err)
	same(t, m.N, 3, "the second pupil's number")
	m, err = s.class.Join(ctx, s.joining(guest, "Another", now.Add(time.Hour)))
	check(t, err)
	same(t, m.Name, "Ben", "the name after joining twice")
	door, err := s.class.Doorway(ctx, "BCDFGH", s.who)
	check(t, err)
	same(t, door.Mine, m, "the door for who is in")
	same(t, door.Class.Pupils, 2, "pupils")
	_, err = s.class.Roll(ctx, people.Person{ID: s.who}, s.id)
	wantKind(t, err, fault.Missing, "a pupil looking as a teacher does")
	_, _, err = s.class.Pupil(ctx, s.who, s.id, 2)
	wantKind(t, err, fault.Missing, "a pupil looking at another")
	wantKind(t, s.class.ClassName(ctx, s.who, s.id, "mine"), fault.Missing, "a pupil renaming the class")

	m, err = s.class.Join(ctx, s.joining(s.teacher, "Vera", now))
	check(t, err)
	same(t, m.Role, people.Teacher, "the teacher, who joins the own class")

	_, err = s.class.Join(ctx, s.joining(Guest(4711), "Nobody", now))
	wantKind(t, err, fault.Missing, "somebody joining who is gone")

	wantKind(t, s.class.Leave(ctx, s.id, s.teacher.ID, now), fault.Missing, "a teacher leaving")
	wantKind(t, s.class.Leave(ctx, s.id, 4711, now), fault.Missing, "leaving without having joined")
	check(t, s.class.Leave(ctx, s.id, s.who, now.Add(2*time.Hour)))
	wantKind(t, s.class.Leave(ctx, s.id, s.who, now), fault.Missing, "leaving twice")
	_, _, err = s.class.Pupil(ctx, s.teacher.ID, s.id, 3)
	wantKind(t, err, fault.Missing, "a pupil who has left")
	roll, err := s.class.Roll(ctx, s.teacher, s.id)
	check(t, err)
	same(t, len(roll.Pupils), 1, "pupils after one has left")

	_, err = s.class.Join(ctx, s.newcomer(1003, "Ben")) // the name is free again
	check(t, err)
	later := now.Add(24 * time.Hour)
	_, err = s.class.Join(ctx, s.joining(guest, "ben", later))
	wantKind(t, err, fault.Conflict, "coming back under a name that is taken meanwhile")
	m, err = s.class.Join(ctx, s.joining(guest, "Ben 2", later))
	check(t, err)
	same(t, m, people.Member{Class: s.id, N: 3, Learner: s.who, Role: people.Pupil, Name: "Ben 2", Joined: later}, "who comes back")

	act := people.Act{At: later, Actor: s.teacher.ID, What: "remove", About: s.who, Class: s.id}
	check(t, s.class.Remove(ctx, m, act))
	wantKind(t, s.class.Remove(ctx, m, act), fault.Missing, "removing twice")
	n, err := d.Number(ctx, `SELECT COUNT(*) FROM audit WHERE what = 'remove'`)
	check(t, err)
	same(t, n, 1, "lines about the removal")

	check(t, s.class.ClassArchive(ctx, s.teacher.ID, s.id, now))
	_, err = s.class.Join(ctx, s.newcomer(1005, "Late"))
	wantKind(t, err, fault.Missing, "joining an archived class")
}

// joinsTogether is a class at the beginning of a lesson.
func joinsTogether(t *testing.T, d *db.DB) {
	s := newSchool(t, d)
	together := func(n int, run func(i int) error) (done, conflicts int) {
		var mu sync.Mutex
		var wg sync.WaitGroup
		for i := range n {
			wg.Go(func() {
				err := run(i)
				mu.Lock()
				defer mu.Unlock()
				switch {
				case err == nil:
					done++
				case fault.Is(err, fault.Conflict):
					conflicts++
				default:
					t.Errorf("joining together: %v", err)
				}
			})
		}
		wg.Wait()
		return done, conflicts
	}
	done, conflicts := together(16, func(i int) error {
		_, err := s.class.Join(ctx, s.newcomer(2000+int64(i), "Ada"))
		return err
	})
	if done != 1 || conflicts != 15 {
		t.Errorf("one name, sixteen newcomers: %d joined, %d refused; want 1 and 15", done, conflicts)
	}
	done, _ = together(16, func(int) error {
		_, err := s.class.Join(ctx, s.newcomer(3000, "Twice"))
		return err
	})
	same(t, done, 16, "the same submit, sixteen times")
	done, _ = together(40, func(i int) error {
		_, err := s.class.Join(ctx, s.newcomer(4000+int64(i), fmt.Sprintf("Pupil %d", i)))
		return err
	})
	same(t, done, 40, "forty pupils at once")
	n, err := d.Number(ctx, `SELECT COUNT(*) FROM member WHERE role = 'pupil' AND n BETWEEN 2 AND 43`)
	check(t, err)
	same(t, n, 42, "pupils with numbers in a row")
	n, err = d.Number(ctx, `SELECT COUNT(*) FROM learner WHERE id BETWEEN 2000 AND 4999`)
	check(t, err)
	same(t, n, 42, "learners: nobody who was refused")

	made := map[questions.ClassID]bool{}
	var mu sync.Mutex
	done, _ = together(8, func(int) error {
		id, err := s.class.ClassAdd(ctx, people.Class{Name: "11", Code: "KKKKKK", Made: now}, s.teacher, "the same token, eight times")
		mu.Lock()
		defer mu.Unlock()
		made[id] = true
		return err
	})
	if done != 8 || len(made) != 1 {
		t.Errorf("one form, sent eight times, made %d classes in %d answers", len(made), done)
	}
}

func memberships(t *testing.T, d *db.DB) {
	s := newSchool(t, d)
	second, err := s.class.ClassAdd(ctx, people.Class{Name: "11a", Code: "KKKKKK", Made: now}, staff(t, d, 901, "Otto", people.Teacher), "")
	check(t, err)
	check(t, d.Exec(ctx, fmt.Sprintf(`INSERT INTO member (class, n, learner, role, name, folded, joined, gone) VALUES (%d, 99, 901, 'teacher', 'Otto', 'otto', 1, 0)`, s.id)))
	mine := func() []people.Membership { return first(s.class.Memberships(ctx, s.who)) }
	same(t, len(mine()), 0, "classes before joining")
	check(t, first0(s.class.Join(ctx, s.joining(Guest(int64(s.who)), "Ben", now))))
	look := people.Act{At: now.Add(-time.Hour), Actor: 900, What: "look", About: s.who, Class: s.id}
	check(t, s.people.Audit(ctx, look)) // before the pupil joined
	m := people.Member{Class: s.id, N: 100, Learner: s.who, Role: people.Pupil, Name: "Ben", Joined: now}
	want := people.Membership{Member: m, Title: "10b", Teachers: []string{"Vera", "Otto"}}
	want.Extra = people.Standard
	same(t, mine(), []people.Membership{want}, "the class, not looked at")

	for i, actor := range []questions.LearnerID{900, 901, 900} {
		look.Actor, look.At = actor, now.Add(time.Duration(i)*time.Hour)
		check(t, s.people.Audit(ctx, look))
	}
	look.Class, look.At = second, now.Add(9*time.Hour)
	check(t, s.people.Audit(ctx, look))
	look.Class, look.About = s.id, 1
	check(t, s.people.Audit(ctx, look))
	want.Looked, want.Looker = now.Add(2*time.Hour), "Vera"
	same(t, mine(), []people.Membership{want}, "the class, looked at")
	check(t, s.people.Audit(ctx, people.Act{At: now.Add(90 * time.Minute), Actor: 5, What: "read", About: s.who, Reason: "a complaint"}))
	seen, looks, err := s.class.SeenBy(ctx, s.who)
	check(t, err)
	same(t, seen, []people.Membership{want}, "the class, with the looks")
	teachers := func(by, class string, hours int) people.Look {
		return people.Look{At: now.Add(time.Duration(hours) * time.Hour), By: by, Teacher: true, Class: class}
	}
	same(t, looks, []people.Look{teachers("Vera", "11a", 9), teachers("Vera", "10b", 2), {At: now.Add(90 * time.Minute), Reason: "a complaint"},
		teachers("Otto", "10b", 1), teachers("Vera", "10b", 0), teachers("Vera", "10b", -1)}, "every look, the newest first; one of somebody who is gone")

	check(t, s.class.ClassArchive(ctx, s.teacher.ID, s.id, now))
	check(t, d.Exec(ctx, `UPDATE learner SET role = 'pupil' WHERE id = 901`))
	want.Away, want.Teachers = true, []string{"Vera"}
	same(t, mine(), []people.Membership{want}, "the archived class, one teacher of which teaches no more")
	check(t, d.Exec(ctx, `UPDATE learner SET disabled = 1 WHERE id = 900`))
	same(t, len(mine()[0].Teachers), 0, "who can look when both are gone")
	check(t, s.class.Leave(ctx, s.id, s.who, now))
	same(t, len(mine()), 0, "classes after leaving")
}

func first0[T any](_ T, err error) error { return err }

func resets(t *testing.T, d *db.DB) {
	s := newSchool(t, d)
	pupil := account(61, "Ada")
	check(t, s.people.AccountAdd(ctx, pupil, "ada", []byte("ada's words")))
	m, err := s.class.Join(ctx, s.joining(pupil.Person, "Ada", now))
	m.Extra = people.Standard
	check(t, err)
	found, who, err := s.class.Pupil(ctx, s.teacher.ID, s.id, m.N)
	check(t, err)
	same(t, found, m, "the pupil")
	if who.Name != "Ada" || who.Role != people.Pupil || who.Zone != "Europe/Berlin" || who.Off {
		t.Errorf("behind the pupil is %+v", who)
	}

	signIn(t, d, "phone", 61)
	l := people.Link{Hash: []byte("one"), What: "reset", Learner: 61, Maker: 900, Made: now, Ends: now.Add(time.Hour), Nonce: "n"}
	act := people.Act{At: now, Actor: 900, What: "reset", About: 61, Class: s.id}
	check(t, s.class.Reset(ctx, l, act))
	check(t, s.class.Reset(ctx, l, act))
	after, err := s.people.AccountOf(ctx, 61)
	check(t, err)
	if after.Password != "" || signedIn(d, "phone") {
		t.Errorf("after the reset: password %q, still signed in: %v", after.Password, signedIn(d, "phone"))
	}
	n, err := d.Number(ctx, `SELECT COUNT(*) FROM audit WHERE what = 'reset'`)
	check(t, err)
	same(t, n, 1, "lines about a reset sent twice")
	got, err := s.people.Link(ctx, l.Hash)
	check(t, err)
	same(t, got, l, "the link")

	l.Hash = []byte("two")
	check(t, s.class.Reset(ctx, l, act))
	_, err = s.people.Link(ctx, []byte("one"))
	wantKind(t, err, fault.Missing, "the link before the newest")
	open, err := s.people.Links(ctx, "reset", 61, now)
	check(t, err)
	same(t, open, []people.Offered{{Link: l, MakerName: "Vera"}}, "open links")
	none, err := s.people.Links(ctx, "reset", 61, l.Ends)
	check(t, err)
	same(t, len(none), 0, "open links when it has ended")

	check(t, d.Exec(ctx, `UPDATE learner SET role = 'admin', password = 'kept' WHERE id = 61`))
	l.Hash = []byte("three")
	wantKind(t, s.class.Reset(ctx, l, act), fault.Missing, "resetting who has become an administrator")
	after, err = s.people.AccountOf(ctx, 61)
	check(t, err)
	same(t, after.Password, "kept", "the password after the refused reset")
}
