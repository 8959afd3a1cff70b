package dbtest

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"strings"
	"testing"
	"time"

	"thaw/app/bank"
	"thaw/app/fault"
	"thaw/app/people"
	"thaw/app/quiz"
	"thaw/app/study"
	"thaw/db"
	"thaw/questions"
)

var (
	week    = now.Add(7 * day)
	leaving = people.Act{At: now, What: "leave"}
)

func leaves(t *testing.T, d *db.DB) {
	s := newSchool(t, d)
	check(t, s.people.Claim(ctx, account(int64(s.who), "Anna"), "anna", []byte("anna's words"), people.Session{}))
	_, err := s.class.Join(ctx, s.joining(account(int64(s.who), "Anna").Person, "Anna", now))
	check(t, err)
	before, err := s.class.Memberships(ctx, s.who)
	check(t, err)
	signIn(t, d, "one", s.who)
	signIn(t, d, "two", s.who)
	check(t, s.people.SetFeed(ctx, s.who, 1, []byte("feed")))
	s.writesMuch(t, s.who, "an answer")
	check(t, db.Repair{DB: d}.Contest(ctx, study.Contest{Learner: s.who, Seq: s.quizzed(t, s.who), Part: 1, Why: study.WasRight, Ref: s.items(1)[0].Ref, At: now, Given: "an answer"}))
	boss := staff(t, d, 950, "Boss", people.Admin)
	inbox := func(want int, when string) {
		t.Helper()
		list, err := db.Repair{DB: d}.Open(ctx, boss, 0)
		check(t, err)
		same(t, len(list), want, "what waits for an administrator, "+when)
	}
	inbox(1, "before")

	check(t, s.people.Leave(ctx, s.who, week, leaving))
	wantKind(t, s.people.Leave(ctx, s.who, week.Add(day), leaving), fault.Missing, "leaving twice")
	a, err := s.people.AccountOf(ctx, s.who)
	check(t, err)
	if !a.Goes.Equal(week) || a.Name != "Anna" {
		t.Errorf("who is leaving is %+v, want to go at %v", a, week)
	}
	if signedIn(d, "one") || signedIn(d, "two") {
		t.Error("a session goes on after leaving")
	}
	_, err = s.people.AccountByFeed(ctx, []byte("feed"))
	wantKind(t, err, fault.Missing, "the calendar of who is leaving")
	roll, err := s.class.Roll(ctx, s.teacher, s.id)
	check(t, err)
	same(t, len(roll.Pupils), 0, "pupils on the teacher's list")
	inbox(0, "while its pupil is leaving")

	signIn(t, d, "three", s.who)
	who, _, err := s.people.Session(ctx, []byte("three"), now)
	check(t, err)
	if !who.Leaving() {
		t.Error("a session does not say that its person is leaving")
	}
	n, err := s.people.Forget(ctx, week.Add(-time.Millisecond), 10)
	check(t, err)
	same(t, n, 0, "people forgotten before their time")
	check(t, s.people.Stay(ctx, s.who, leaving))
	wantKind(t, s.people.Stay(ctx, s.who, leaving), fault.Missing, "staying without leaving")
	after, err := s.class.Memberships(ctx, s.who)
	check(t, err)
	same(t, after, before, "the places in classes after all")
	inbox(1, "after all")
	n, err = s.people.Forget(ctx, week.Add(day), 10)
	check(t, err)
	same(t, n, 0, "people forgotten who have stayed")
	_, err = s.people.AccountByFeed(ctx, []byte("feed"))
	check(t, err)
}

// staysUnderAnotherName where another has taken the name meanwhile, and in no class that
// was left before.
func staysUnderAnotherName(t *testing.T, d *db.DB) {
	s := newSchool(t, d)
	other, err := s.class.ClassAdd(ctx, people.Class{Name: "left", Code: "CDFGHJ", Zone: "UTC", Made: now}, s.teacher, "another-token-of-a-class")
	check(t, err)
	_, err = s.class.Join(ctx, s.joining(Guest(int64(s.who)), "Anna", now))
	check(t, err)
	j := s.joining(Guest(int64(s.who)), "Anna", now)
	j.Class = other
	_, err = s.class.Join(ctx, j)
	check(t, err)
	check(t, s.class.Leave(ctx, other, s.who, now))
	check(t, s.people.Leave(ctx, s.who, week, leaving))
	_, err = s.class.Join(ctx, s.newcomer(500, "anna"))
	check(t, err)
	check(t, s.people.Stay(ctx, s.who, leaving))
	list, err := s.class.Memberships(ctx, s.who)
	check(t, err)
	if len(list) != 1 || list[0].Name != "Anna 2" || list[0].Class != s.id {
		t.Errorf("back in %+v, want only 10b as Anna 2", list)
	}
}

func leaveRefuses(t *testing.T, d *db.DB) {
	s := newSchool(t, d)
	boss := staff(t, d, 950, "Boss", people.Admin)
	wantKind(t, s.people.Leave(ctx, boss.ID, week, leaving), fault.Conflict, "the last administrator leaving")
	last, err := s.people.Ties(ctx, boss.ID)
	check(t, err)
	same(t, last, people.Ties{Last: true}, "what ties the last administrator")
	second := staff(t, d, 951, "Second", people.Admin)
	check(t, s.people.Leave(ctx, boss.ID, week, leaving))
	wantKind(t, s.people.Leave(ctx, second.ID, week, leaving), fault.Conflict, "the last administrator who is not leaving")

	check(t, s.class.ClassBanks(ctx, s.teacher.ID, s.id, []questions.BankID{s.own}, now))
	got, err := s.people.Ties(ctx, s.teacher.ID)
	check(t, err)
	same(t, got, people.Ties{Classes: []string{"10b"}, Banks: []string{"Sample"}}, "what ties a teacher")
	wantKind(t, s.people.Leave(ctx, s.teacher.ID, week, leaving), fault.Conflict, "a teacher with a class leaving")
	signIn(t, d, "still", s.teacher.ID)
	if !signedIn(d, "still") {
		t.Error("who may not leave is shut out")
	}
	check(t, s.class.ClassArchive(ctx, s.teacher.ID, s.id, now))
	check(t, s.people.Leave(ctx, s.teacher.ID, week, leaving))
}

// forgets leaves nothing of somebody: no row that names the person, and on SQLite no trace
// in the file or its log, although pages have been split and merged meanwhile.
func forgets(t *testing.T, d *db.DB) {
	s := newSchool(t, d)
	const mark = "Xq7marker"
	check(t, s.people.Claim(ctx, account(int64(s.who), mark+" name"), "xq7marker name", []byte(mark+" words"), people.Session{}))
	_, err := s.class.Join(ctx, s.joining(account(int64(s.who), mark).Person, mark+" seat", now))
	check(t, err)
	s.learner(t, 500)
	for range 30 {
		s.writesMuch(t, s.who, mark)
		s.writesMuch(t, 500, "Somebody else")
	}
	first := s.quizzed(t, s.who)
	check(t, db.Repair{DB: d}.Contest(ctx, study.Contest{Learner: s.who, Seq: first, Part: 1, Why: study.WasRight, Ref: s.items(1)[0].Ref, At: now,
		Given: mark + " given", Words: strings.Repeat(mark+" objection ", 20)}))
	check(t, d.Exec(ctx, fmt.Sprintf(`INSERT INTO exam (learner, n, title, at, topics, token) VALUES (%d, 1, '%s exam', 1, '', '')`, s.who, mark)))
	check(t, s.people.Fail(ctx, []string{"name:xq7marker name"}, week))
	check(t, s.people.LinkAdd(ctx, people.Link{Hash: []byte(mark + " link"), What: "signin", Learner: s.who}))
	check(t, s.people.SetFeed(ctx, s.who, 1, []byte(mark+" feed")))
	signIn(t, d, mark+" session", s.who)
	if d.Path() != "" && !traced(t, d, mark) {
		t.Fatal("no trace before anything is deleted: the test looks in the wrong place")
	}

	check(t, s.people.Leave(ctx, s.who, week, people.Act{At: now, Actor: s.who, What: "leave", About: s.who}))
	n, err := s.people.Forget(ctx, week, 10)
	check(t, err)
	same(t, n, 1, "people forgotten")
	s.nothingOf(t, s.who)
	for _, table := range []string{"exam", "contest", "price", "fit", "judged", "link"} {
		left, err := d.Number(ctx, "SELECT COUNT(*) FROM "+table+" WHERE learner = "+s.who.String())
		check(t, err)
		same(t, left, int64(0), table+" rows of somebody who is forgotten")
	}
	if traced(t, d, mark) || traced(t, d, strings.ToLower(mark)) {
		t.Error("a trace of somebody who is forgotten is left in the file or its log")
	}
	if d.Path() != "" && !traced(t, d, "Somebody else") {
		t.Error("the answers of somebody else are gone as well")
	}
	past, err := s.quiz.Pasts(ctx, 500)
	check(t, err)
	same(t, len(past), 30*5, "answers of somebody else")
	gone, err := s.people.Gone(ctx)
	check(t, err)
	same(t, gone, []people.Gone{{ID: s.who, At: week}}, "ids that are kept")
	audited, err := d.Number(ctx, "SELECT COUNT(*) FROM audit WHERE about = "+s.who.String())
	check(t, err)
	same(t, audited, int64(1), "lines of the audit, which hold random ids alone")
}

// writesMuch gives five long answers.
func (s *school) writesMuch(t *testing.T, who questions.LearnerID, what string) {
	t.Helper()
	w := *s.world
	w.who = who
	n, err := w.quiz.Begin(ctx, quiz.Sitting{Learner: who, Mode: quiz.Tutor, Started: now, Count: 5, Items: w.items(5)}, "")
	check(t, err)
	for pos := 1; pos <= 5; pos++ {
		a := w.answer(t, n, pos, fmt.Sprintf("token-%d-%d-%d", who, n, pos), 1)
		a.Event.Response = questions.Response{strings.Repeat(fmt.Sprintf("%s answer %d %d, ", what, n, pos), 1+(n*7+pos*3)%17)}
		a.Item.Tried = a.Event.Response
		w.save(t, a)
	}
}

// quizzed is an answer's event.
func (s *school) quizzed(t *testing.T, who questions.LearnerID) int64 {
	t.Helper()
	past, err := s.quiz.Pasts(ctx, who)
	check(t, err)
	return past[0].Seq
}

// traced tells whether a text stands anywhere in the files of an SQLite database.
func traced(t *testing.T, d *db.DB, text string) bool {
	t.Helper()
	if d.Path() == "" {
		return false
	}
	for _, ending := range []string{"", "-wal", "-shm"} {
		raw, err := os.ReadFile(d.Path() + ending) // #nosec G304 -- the test's own
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			t.Fatal(err)
		}
		if bytes.Contains(raw, []byte(text)) {
			t.Logf("%q stands in the database%s at %d", text, ending, bytes.Index(raw, []byte(text)))
			return true
		}
	}
	return false
}

// forgetsOwnBanks that were nobody else's business; what others learn with stays, under
// nobody's name.
func forgetsOwnBanks(t *testing.T, d *db.DB) {
	k := newDesk(t, d)
	s := db.People{DB: d}
	const mark = "Xq7marker"
	shared, err := k.editor.NewBank(ctx, k.author, bank.Bank{Title: mark + " shared", Lang: "en"}, token("shared"))
	check(t, err)
	check(t, k.store.SetBank(ctx, bank.Bank{ID: k.own, Owner: k.author.ID, Title: mark + " title", About: mark + " about", Lang: "en"}))
	for i := range 12 {
		f := speech(fmt.Sprint("speech", i))
		f.Version.Prompt, f.Version.Explain = fmt.Sprintf("%s prompt %d?", mark, i), mark+" explain"
		f.Tags = []string{mark + " tag"}
		k.write(t, f)
	}
	class, err := db.Class{DB: d}.ClassAdd(ctx, people.Class{Name: "10b", Code: "BCDFGH", Zone: "UTC", Made: now}, k.other, lessons)
	check(t, err)
	check(t, d.Exec(ctx, fmt.Sprintf("INSERT INTO class_bank (class, bank, given) VALUES (%d, %d, 0)", class, shared)))
	if d.Path() != "" && (!traced(t, d, mark+" prompt") || !traced(t, d, mark+" tag")) {
		t.Fatal("no trace before anything is deleted: the test looks in the wrong place")
	}
	n, err := s.ForgetAgain(ctx, []people.Gone{{ID: k.author.ID, At: now}})
	check(t, err)
	same(t, n, 1, "people forgotten")
	for _, text := range []string{mark + " prompt", mark + " explain", mark + " title", mark + " about", mark + " tag", "xq7marker prompt", "xq7marker tag"} {
		if traced(t, d, text) {
			t.Errorf("%q of a bank of somebody who is forgotten is left", text)
		}
	}
	left, err := d.Number(ctx, "SELECT COUNT(*) FROM bank WHERE title = '"+mark+" shared' AND owner = 0 AND gone = 0 AND emptied = 0")
	check(t, err)
	same(t, left, int64(1), "the bank that a class has")
	for _, who := range []questions.LearnerID{0, k.author.ID, k.other.ID} {
		list, err := k.store.Banks(ctx, who)
		check(t, err)
		for _, b := range list {
			if !b.BuiltIn && strings.Contains(b.Title, mark) {
				t.Errorf("%d is offered the bank %q of somebody who is forgotten", who, b.Title)
			}
		}
	}
	if err := d.Exec(ctx, "UPDATE version SET prompt = '' WHERE question IN (SELECT id FROM question WHERE bank NOT IN (SELECT id FROM bank WHERE emptied = 1))"); err == nil {
		t.Error("a wording of a bank that is in use was changed")
	}
}

// forgetsAgain whoever is back with a backup.
func forgetsAgain(t *testing.T, d *db.DB) {
	w := newSchool(t, d)
	s := db.People{DB: d}
	w.save(t, w.answer(t, w.begin(t, quiz.Tutor, 2), 1, "token-of-somebody", 1))
	w.learner(t, 500)
	gone := []people.Gone{{ID: w.who, At: week}, {ID: 77, At: week}}
	n, err := s.ForgetAgain(ctx, gone)
	check(t, err)
	same(t, n, 1, "people who were back")
	w.nothingOf(t, w.who)
	_, err = s.AccountOf(ctx, 500)
	check(t, err)
	n, err = s.ForgetAgain(ctx, gone)
	check(t, err)
	same(t, n, 0, "people who were back the second time")
	kept, err := s.Gone(ctx)
	check(t, err)
	same(t, len(kept), 2, "ids that are kept")

	_, err = w.class.Join(ctx, w.newcomer(77, "Back"))
	wantKind(t, err, fault.Invalid, "a newcomer under the id of somebody who is forgotten")
}

// nothingIsForgotten by a deletion: every table that names a learner is emptied of one.
func nothingIsForgotten(t *testing.T, d *db.DB) {
	query := `SELECT COUNT(*) FROM sqlite_master m, pragma_table_info(m.name) c WHERE m.type = 'table' AND c.name = 'learner'
		AND m.name NOT IN ('item', 'mark', 'contest', 'link') AND NOT EXISTS (SELECT 1 FROM pragma_foreign_key_list(m.name) k WHERE k."from" = 'learner' AND k."table" = 'learner' AND k.on_delete = 'CASCADE')`
	if d.Path() == "" {
		query = `SELECT COUNT(*) FROM information_schema.columns c WHERE c.table_schema = 'public' AND c.column_name = 'learner' AND c.table_name NOT IN ('item', 'mark', 'contest', 'link')
			AND NOT EXISTS (SELECT 1 FROM pg_constraint k WHERE k.conrelid = ('public.' || c.table_name)::regclass AND k.confrelid = 'learner'::regclass AND k.confdeltype = 'c')`
	}
	n, err := d.Number(ctx, query)
	check(t, err)
	same(t, n, int64(0), "tables that keep a learner's rows when the learner goes")
}

func feeds(t *testing.T, d *db.DB) {
	w := newWorld(t, d)
	s := db.People{DB: d}
	w.learner(t, 500)
	check(t, s.SetFeed(ctx, w.who, 1, []byte("first")))
	check(t, s.SetFeed(ctx, 500, 1, []byte("another")))
	a, err := s.AccountByFeed(ctx, []byte("first"))
	check(t, err)
	if a.ID != w.who || !a.Feed || a.FeedN != 1 {
		t.Errorf("the link is of %+v, want of %d", a, w.who)
	}
	check(t, s.SetFeed(ctx, w.who, 2, []byte("second")))
	_, err = s.AccountByFeed(ctx, []byte("first"))
	wantKind(t, err, fault.Missing, "a link that was renewed")
	check(t, s.SetFeed(ctx, w.who, 2, nil))
	check(t, s.SetFeed(ctx, 500, 1, nil))
	for _, hash := range []string{"second", "another", ""} {
		_, err = s.AccountByFeed(ctx, []byte(hash))
		wantKind(t, err, fault.Missing, "a link that is switched off")
	}
	a, err = s.AccountOf(ctx, w.who)
	check(t, err)
	if a.Feed || a.FeedN != 2 {
		t.Errorf("switched off, it is %v in generation %d, want none after 2", a.Feed, a.FeedN)
	}
	wantKind(t, s.SetFeed(ctx, 77, 1, []byte("x")), fault.Missing, "a link of nobody")
	check(t, s.SetFeed(ctx, w.who, 3, []byte("third")))
	boss := account(501, "Boss")
	check(t, s.AccountAdd(ctx, boss, "boss", nil))
	check(t, s.SetFeed(ctx, 501, 1, []byte("boss's")))
	check(t, s.SetOff(ctx, 501, true, people.Act{}))
	_, err = s.AccountByFeed(ctx, []byte("boss's"))
	wantKind(t, err, fault.Missing, "a link of who is shut out")
}
