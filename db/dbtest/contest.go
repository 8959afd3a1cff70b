package dbtest

import (
	"reflect"
	"strconv"
	"testing"
	"time"

	"thaw/app/fault"
	"thaw/app/people"
	"thaw/app/repair"
	"thaw/app/study"
	"thaw/db"
	"thaw/questions"
)

// first finds the first answer of a learner that says a text, as it stands.
func (l *Lives) first(t *testing.T, who questions.LearnerID, text string, from time.Time) study.Past {
	t.Helper()
	for _, p := range l.State(who).Past {
		if len(p.Marks) > 0 && p.Response[0] == text && len(p.Tried) == 0 && p.What == study.Answer && !p.At.Before(from) {
			return p
		}
	}
	t.Fatalf("learner %d has never said %q", who, text)
	return study.Past{}
}

// contest holds an answer of a learner for right.
func (l *Lives) contest(t *testing.T, p study.Past, mine bool) error {
	t.Helper()
	return l.Desk.WasRight(ctx, Guest(int64(p.Learner)), p.Sitting, p.Pos, 1, mine, "token-of-contest-"+strconv.FormatInt(p.Seq, 10))
}

// said is what a learner has said against an answer, by its page and by its sitting's.
func (l *Lives) said(t *testing.T, p study.Past) []study.Contest {
	t.Helper()
	turn, err := l.Desk.Store.Turn(ctx, p.Learner, p.Sitting, p.Pos)
	check(t, err)
	sitting, err := l.Host.Store.Sitting(ctx, p.Learner, p.Sitting)
	check(t, err)
	same(t, sitting.Items[p.Pos-1].Said, turn.Item.Said, "what was said, by the sitting")
	return turn.Item.Said
}

func contests(t *testing.T, d *db.DB) {
	l := Plant(t, d, 6, 80)
	class, teacher := l.class(t, l.Learners[:3])
	rival := staff(t, d, 906, "Otto", people.Teacher)
	for _, who := range l.Learners {
		p := l.first(t, who, Alias, joined)
		for range 2 {
			check(t, l.contest(t, p, false))
		}
		check(t, l.contest(t, l.first(t, who, "The Corn Man", joined), false))
		wantKind(t, l.contest(t, l.first(t, who, "Khrushchev", joined), false), fault.Conflict, "an answer that is right, contested")
		check(t, l.Desk.Report(ctx, Guest(int64(who)), p.Sitting, p.Pos, study.Unclear, " who is meant? "))
		check(t, l.Desk.Report(ctx, Guest(int64(who)), p.Sitting, p.Pos, study.Faulty, "again"))
	}
	early := l.first(t, l.Learners[3], "Brezhnev", time.Time{})
	check(t, l.contest(t, early, false))
	wantKind(t, l.Desk.WasRight(ctx, Guest(77), early.Sitting, early.Pos, 1, false, ""), fault.Missing, "another's answer, contested")
	wantKind(t, l.Desk.Report(ctx, Guest(77), early.Sitting, early.Pos, study.Faulty, ""), fault.Missing, "a report from another's sitting")
	wantKind(t, l.Desk.Report(ctx, Guest(int64(early.Learner)), early.Sitting, early.Pos, study.WasRight, ""), fault.Invalid, "a report without a reason")

	rows, err := l.Desk.Inbox(ctx, l.Admin, 0)
	check(t, err)
	alias := repair.RowID{Question: l.Typed().ID, Part: 1, Why: study.WasRight, Folded: Alias}
	if len(rows) != 3 || rows[0].Learners != 6 || rows[1].Learners != 6 || rows[2].Folded != "brezhnev" || !rows[0].Edits {
		t.Fatalf("the editor's inbox: %+v, want the alias, the reports, then Brezhnev", rows)
	}
	for _, r := range rows {
		if r.RowID == alias && (r.Attempts != 12 || !reflect.DeepEqual(r.Given, []string{Alias, "The Corn Man"}) && !reflect.DeepEqual(r.Given, []string{"The Corn Man", Alias})) {
			t.Errorf("the row of the alias: %+v, want 12 attempts in two spellings", r)
		}
		if r.Part == 0 && (r.Why != study.Unclear || len(r.Words) != 6 || r.Words[0] != "who is meant?") {
			t.Errorf("the row of the reports: %+v, want six words", r)
		}
	}
	rows, err = l.Desk.Inbox(ctx, teacher, 0)
	check(t, err)
	if len(rows) != 1 || rows[0].RowID != alias || rows[0].Edits || rows[0].Class != class || rows[0].Learners != 3 {
		t.Errorf("the class teacher's inbox: %+v, want the alias of three pupils", rows)
	}
	same(t, waitingIn(t, d, l, teacher, class), []int{1, 0, 1}, "for the class teacher: held for right, reports, rows of the class's inbox")
	same(t, waitingIn(t, d, l, teacher, class+1), []int{-1, -1, 0}, "the same of a class that is not there")
	joins := func(at time.Time) {
		check(t, d.Exec(ctx, `UPDATE member SET joined = `+strconv.FormatInt(at.UnixMilli(), 10)+` WHERE role = 'pupil' AND learner = `+l.Learners[0].String()))
	}
	joins(l.Now)
	rows, err = l.Desk.Inbox(ctx, teacher, 0)
	check(t, err)
	same(t, rows[0].Learners, 2, "pupils whose answers were given since they joined")
	same(t, waitingIn(t, d, l, teacher, class), []int{1, 0, 1}, "the same of two pupils")
	joins(joined)
	signIn(t, d, "of Vera", teacher.ID)
	vera, _, err := db.People{DB: d}.Session(ctx, []byte("of Vera"), now)
	check(t, err)
	same(t, vera.Inbox, 1, "rows that wait, beside the menu's word")
	signIn(t, d, "of a pupil", l.Learners[0])
	mila, _, err := db.People{DB: d}.Session(ctx, []byte("of a pupil"), now)
	check(t, err)
	same(t, mila.Inbox, 0, "rows that wait for a pupil")
	rows, err = l.Desk.Inbox(ctx, rival, 0)
	check(t, err)
	same(t, len(rows), 0, "rows of another teacher")
	mayRule(t, l, class, teacher, rival)
	rejections(t, l, alias, teacher, rival)
}

// waitingIn counts what waits for a teacher of a class: by its roll, and by the inbox.
func waitingIn(t *testing.T, d *db.DB, l *Lives, teacher people.Person, class questions.ClassID) []int {
	t.Helper()
	roll, err := db.Class{DB: d}.Roll(ctx, teacher, class)
	if fault.Is(err, fault.Missing) {
		roll.Rights, roll.Reports = -1, -1
	} else {
		check(t, err)
	}
	rows, err := l.Desk.Inbox(ctx, teacher, class)
	check(t, err)
	return []int{roll.Rights, roll.Reports, len(rows)}
}

// mayRule says who may rule, and on what.
func mayRule(t *testing.T, l *Lives, class questions.ClassID, teacher, rival people.Person) {
	t.Helper()
	own := l.Accept()
	own.Classes = []questions.ClassID{class}
	retire := repair.Proposal{Question: own.Question, Decision: study.Leave}
	pupil := Guest(int64(l.Learners[0]))
	for i, c := range []struct {
		who people.Person
		p   repair.Proposal
	}{{teacher, l.Accept()}, {teacher, retire}, {rival, own}, {rival, l.Accept()}, {pupil, l.Accept()}, {l.Admin, own}, {pupil, retire}} {
		_, err := l.Desk.Rule(ctx, c.who, c.p, "token-of-who-may-not-rule")
		wantKind(t, err, fault.Missing, "a ruling by who may not, "+strconv.Itoa(i))
		_, err = l.preview(c.who, c.p)
		wantKind(t, err, fault.Missing, "a preview for who may not, "+strconv.Itoa(i))
	}
	n, err := l.Number(ctx, `SELECT COUNT(*) FROM ruling`)
	check(t, err)
	same(t, n, 0, "rulings by those who may not")
	id, err := l.Desk.Rule(ctx, teacher, own, "token-of-a-class-ruling")
	check(t, err)
	check(t, l.Desk.Begin(ctx, id))
	for i, who := range l.Learners {
		want := questions.Wrong
		if i < 3 {
			want = questions.Right
		}
		same(t, l.first(t, who, Alias, joined).Marks[0].Verdict, want, "the alias, pupils of the class and others")
		l.Agrees(who)
	}
	late := l.Learners[5]
	_, err = db.Class{DB: l.DB}.Join(ctx, people.Joining{Class: class, Who: Guest(int64(late)), Name: "Late", Folded: "late", At: l.Now})
	check(t, err)
	check(t, l.Desk.Run(ctx))
	l.Now = l.Now.Add(time.Hour)
	l.answer(t, late, Alias)
	past := l.State(late).Past
	same(t, past[len(past)-1].Marks[0].Verdict, questions.Right, "the alias, of a pupil who joined after the ruling")
	same(t, l.first(t, late, Alias, joined).Marks[0].Verdict, questions.Wrong, "the alias, before that")
	l.Agrees(late)
	check(t, db.Class{DB: l.DB}.Leave(ctx, class, late, l.Now))
	list, err := l.Desk.Store.Made(ctx, teacher, 9)
	check(t, err)
	same(t, len(list), 1, "rulings that the class's teacher may undo")
	_, err = l.Desk.Store.Progress(ctx, rival, id)
	wantKind(t, err, fault.Missing, "the progress of another's ruling")
	check(t, l.Desk.Undo(ctx, teacher, id))
	check(t, l.Desk.Begin(ctx, id))
}

// rejections answer a row, each teacher for those whom they hear.
func rejections(t *testing.T, l *Lives, alias repair.RowID, teacher, rival people.Person) {
	t.Helper()
	wantKind(t, l.Desk.Reject(ctx, rival, alias, ""), fault.Missing, "a rejection by another teacher")
	check(t, l.Desk.Reject(ctx, teacher, alias, " He was called so, but here we want names. "))
	rows, err := l.Desk.Inbox(ctx, l.Admin, 0)
	check(t, err)
	for _, r := range rows {
		if r.RowID == alias && r.Learners != 3 {
			t.Errorf("after the class's teacher has rejected: %+v, want three learners left", r)
		}
	}
	p := l.first(t, l.Learners[0], Alias, joined)
	own := l.said(t, p)
	if len(own) != 2 || own[1].State != study.Rejected || own[1].Reply != "He was called so, but here we want names." {
		t.Errorf("the learner's contests: %+v, want a report and the alias rejected with a word", own)
	}
	id, err := l.Desk.Rule(ctx, l.Admin, repair.Proposal{Question: alias.Question, Decision: study.Leave}, "token-of-a-retirement")
	check(t, err)
	check(t, l.Desk.Begin(ctx, id))
	rows, err = l.Desk.Inbox(ctx, l.Admin, 0)
	check(t, err)
	same(t, len(rows), 0, "rows once the question is retired")
	check(t, l.Desk.Undo(ctx, l.Admin, id))
	check(t, l.Desk.Begin(ctx, id))
	rows, err = l.Desk.Inbox(ctx, l.Admin, 0)
	check(t, err)
	same(t, len(rows), 3, "rows once that is taken back")
}

// trusts lets a learner's own card believe an answer; no mark does, an undo takes the
// answer back with it, and a ruling makes it right for all.
func trusts(t *testing.T, d *db.DB) {
	l := Plant(t, d, 2, 20)
	who := l.Learners[0]
	before := l.State(who)
	p := l.first(t, who, Alias, time.Time{})
	check(t, l.contest(t, p, true))
	check(t, l.contest(t, p, true))
	after := l.State(who)
	same(t, len(after.Past), len(before.Past)+1, "events after an answer was trusted twice")
	same(t, after.Past[p.Seq-1].Marks[0].Mark, p.Marks[0].Mark, "the mark of a trusted answer")
	if reflect.DeepEqual(after.Cards, before.Cards) {
		t.Error("no card believes the trusted answer")
	}
	same(t, after.Days[0].Right, before.Days[0].Right, "right answers of a day")
	l.Agrees(who)

	n := l.answer(t, who, "Brezhnev")
	last := l.State(who)
	given := last.Past[len(last.Past)-1]
	check(t, l.contest(t, given, true))
	_, err := l.Host.Undo(ctx, Guest(int64(who)), n)
	check(t, err)
	same(t, l.State(who).Cards, after.Cards, "cards when a trusted answer was taken back")
	rows, err := l.Desk.Inbox(ctx, l.Admin, 0)
	check(t, err)
	if len(rows) != 1 || rows[0].Folded != Alias {
		t.Errorf("the inbox: %+v, want nothing of the answer that was taken back", rows)
	}
	l.Agrees(who)
	check(t, l.give(who, n, "Khrushchev"))
	l.Agrees(who)

	id, err := l.Desk.Rule(ctx, l.Admin, l.Accept(), "token-of-the-ruling-1")
	check(t, err)
	check(t, l.Desk.Begin(ctx, id))
	l.Agrees(who)
	if own := l.said(t, p); len(own) != 1 || own[0].State != study.Accepted || !own[0].Mine {
		t.Errorf("what was contested, trusted and is right now: %+v", own)
	}
	check(t, l.Desk.Undo(ctx, l.Admin, id))
	check(t, l.Desk.Begin(ctx, id))
	l.Agrees(who)
}

// ruledClaims brings a guest's answers, contests and trust into an account: a class's
// ruling reaches them there.
func ruledClaims(t *testing.T, d *db.DB) {
	l := Plant(t, d, 2, 20)
	guest, anna := l.Learners[0], account(1<<50, "Anna").Person
	check(t, db.People{DB: d}.AccountAdd(ctx, account(1<<50, "Anna"), "anna", nil))
	l.Learners = append(l.Learners, anna.ID)
	class, teacher := l.class(t, []questions.LearnerID{anna.ID})
	l.answer(t, anna.ID, Alias)
	own := l.Accept()
	own.Classes = []questions.ClassID{class}
	id, err := l.Desk.Rule(ctx, teacher, own, "token-of-a-class-ruling")
	check(t, err)
	check(t, l.Desk.Run(ctx))
	p := l.first(t, guest, Alias, joined)
	check(t, l.contest(t, p, true))
	check(t, l.Desk.Report(ctx, Guest(int64(guest)), p.Sitting, p.Pos, study.GivesKey, ""))
	check(t, db.People{DB: d}.Enter(ctx, people.Way{Session: session("of the guest", guest)}))

	check(t, l.Host.ClaimInto(ctx, guest, anna, people.Way{Session: session("of Anna", anna.ID), Old: []byte("of the guest")}))
	check(t, l.Desk.Catch(ctx, anna.ID))
	l.Agrees(anna.ID)
	var moved study.Past
	for _, e := range l.State(anna.ID).Past {
		if e.At.Equal(p.At) {
			moved = e
		}
	}
	same(t, moved.Marks[0].Verdict, questions.Right, "the guest's answer in the account")
	list := l.said(t, moved)
	if len(list) != 2 || list[1].State != study.Accepted || list[0].Why != study.GivesKey {
		t.Errorf("contests of the account: %+v, want the guest's report and one that is accepted", list)
	}
	check(t, l.Desk.Undo(ctx, teacher, id))
	check(t, l.Desk.Run(ctx))
	l.Agrees(anna.ID)
	past := l.State(anna.ID).Past
	var trust study.Event
	for _, e := range past {
		if e.What == study.Trust {
			trust = e.Event
		}
	}
	if trust.About == 0 || past[trust.About-1].Response[0] != Alias {
		t.Errorf("the guest's trust speaks of event %d", trust.About)
	}
}
