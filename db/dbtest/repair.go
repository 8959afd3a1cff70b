package dbtest

import (
	"context"
	"encoding/hex"
	"reflect"
	"strconv"
	"testing"
	"time"

	"thaw/app/bank"
	"thaw/app/fault"
	"thaw/app/people"
	"thaw/app/quiz"
	"thaw/app/repair"
	"thaw/app/study"
	"thaw/db"
	"thaw/questions"
)

// Repaired is what a ruling on many answers came to.
type Repaired struct {
	Learners, Answers int
	Preview           repair.Preview
	Looked            time.Duration // for the preview
	Took, Back        time.Duration // to accept, and to take that back
}

// Repair accepts an alias after the learners of a database have answered, is killed after
// a third of them, finishes after a restart while one of them answers on, and is taken
// back. All that is derived must agree with a fresh computation each time, and be what it
// was in the end. again opens the database anew.
func Repair(t *testing.T, l *Lives, again func() *db.DB) Repaired {
	t.Helper()
	busy := l.Learners[len(l.Learners)/2]
	before := l.States()
	class, _ := l.class(t, l.Learners)
	l.firsts(t, class)
	said := Repaired{Learners: len(l.Learners)}
	begun := time.Now()
	p, err := l.preview(l.Admin, l.Accept())
	check(t, err)
	said.Looked = time.Since(begun)
	said.Preview, said.Answers = p, p.Of

	begun = time.Now()
	id, err := l.Desk.Rule(ctx, l.Admin, l.Accept(), "token-of-the-ruling-1")
	check(t, err)
	twice, err := l.Desk.Rule(ctx, l.Admin, l.Accept(), "token-of-the-ruling-1")
	check(t, err)
	same(t, twice, id, "the ruling made twice with one token")
	killed, cancel := context.WithCancel(ctx)
	cut := l.Desk
	cut.Store = &CutStore{Store: l.Desk.Store, After: len(l.Learners) / 3, Cancel: cancel}
	if err := cut.Apply(killed, id); err == nil {
		t.Error("the ruling was carried to everybody though it was killed")
	}
	said.Took = time.Since(begun)
	*l = *l.anew(again())
	half, err := l.Desk.Store.Progress(ctx, l.Admin, id)
	check(t, err)
	if half.Done != len(l.Learners)/3 || half.Left != len(l.Learners)-half.Done || !half.Finished.IsZero() {
		t.Errorf("after the kill %d are reached and %d left, finished %v", half.Done, half.Left, half.Finished)
	}
	begun = time.Now()
	l.meanwhile(t, busy, func() { check(t, l.Desk.Run(ctx)) })
	said.Took += time.Since(begun)

	if got := changed(l, before, busy); got != p.Marks || p.Marks == 0 {
		t.Errorf("%d marks have changed, the preview says %d", got, p.Marks)
	}
	for _, who := range l.Learners {
		l.Agrees(who)
	}
	l.firsts(t, class)
	whole, err := l.Desk.Store.Progress(ctx, l.Admin, id)
	check(t, err)
	if whole.Left != 0 || whole.Finished.IsZero() {
		t.Errorf("after the restart %d are left, finished %v", whole.Left, whole.Finished)
	}

	begun = time.Now()
	check(t, l.Desk.Undo(ctx, l.Admin, id))
	l.meanwhile(t, busy, func() { check(t, l.Desk.Run(ctx)) })
	said.Back = time.Since(begun)
	l.firsts(t, class)
	for _, who := range l.Learners {
		if l.Agrees(who); who == busy {
			continue
		}
		if got := l.State(who); !reflect.DeepEqual(got, before[who]) {
			t.Fatalf("learner %d after the ruling was taken back\n got %+v\nwant %+v", who, got, before[who])
		}
	}
	return said
}

// meanwhile lets a learner answer while something is done: none of it may be lost.
func (l *Lives) meanwhile(t *testing.T, who questions.LearnerID, do func()) {
	t.Helper()
	before := len(l.State(who).Past)
	done := make(chan struct{})
	go func() {
		defer close(done)
		for range answersMeanwhile {
			l.answer(t, who, Alias)
		}
	}()
	do()
	<-done
	check(t, l.Desk.Run(ctx))
	if got := len(l.State(who).Past) - before; got != answersMeanwhile {
		t.Errorf("of %d answers that were given meanwhile %d are there", answersMeanwhile, got)
	}
}

const answersMeanwhile = 20

// firsts says that the figures of a class are those of the answers themselves.
func (l *Lives) firsts(t *testing.T, class questions.ClassID) {
	t.Helper()
	got, _, err := db.Class{DB: l.DB}.Firsts(ctx, class)
	check(t, err)
	right := map[bool]int{}
	for _, f := range got {
		right[f.Right]++
	}
	want := map[bool]int{}
	for _, who := range l.Learners {
		seen := map[questions.QuestionID]bool{}
		for _, p := range l.State(who).Past {
			if len(p.Marks) > 0 && !p.At.Before(joined) && !seen[p.Ref.Question] {
				seen[p.Ref.Question] = true
				want[p.Marks[0].Verdict.Fine()]++
			}
		}
	}
	same(t, right, want, "right and wrong first answers of the class")
}

// joined is when pupils have come to a class: after some of their answers.
var joined = now.AddDate(0, -6, 10)

// preview says what a proposal would change.
func (l *Lives) preview(who people.Person, p repair.Proposal) (repair.Preview, error) {
	s, err := l.Desk.Subject(ctx, who, p.Question)
	if err != nil {
		return repair.Preview{}, err
	}
	return l.Desk.Preview(ctx, s, p, func(key string, _ ...any) string { return key })
}

// anew is the same on a database that was opened again.
func (l *Lives) anew(d *db.DB) *Lives {
	next := Over(l.tb, d)
	next.Learners = l.Learners
	return next
}

// changed counts the marks that say something else than before.
func changed(l *Lives, before map[questions.LearnerID]State, but questions.LearnerID) (n int) {
	for who, was := range before {
		for i, p := range l.State(who).Past[:len(was.Past)] {
			for j, m := range p.Marks {
				if !reflect.DeepEqual(m.Mark, was.Past[i].Marks[j].Mark) {
					n++
				}
			}
		}
	}
	return n
}

// open begins a sitting of the typed question alone, in its newest wording or an older
// one.
func (l *Lives) open(t *testing.T, who questions.LearnerID, version int) int {
	t.Helper()
	q := l.Typed()
	n, err := l.Host.Store.Begin(ctx, quiz.Sitting{Learner: who, Mode: quiz.Review, Started: l.Now, Count: 1, Items: []quiz.Item{{Pos: 1,
		Ref: questions.Ref{Question: q.ID, Version: version}, Bank: l.Bank.Bank.ID, Lexicon: l.Bank.Lexicon.Revision, State: quiz.Open, Facts: q.Facts}}}, "")
	check(t, err)
	return n
}

// answer gives an answer to the first wording as the app takes it.
func (l *Lives) answer(t *testing.T, who questions.LearnerID, text string) int {
	t.Helper()
	n := l.open(t, who, 1)
	check(t, l.give(who, n, text))
	return n
}

func (l *Lives) give(who questions.LearnerID, n int, text string) error {
	return l.Host.Answer(ctx, Guest(int64(who)), quiz.Submission{Sitting: n, Pos: 1, Response: questions.Response{text}, Token: "token-of-an-answer-" + strconv.Itoa(n) + "-" + hex.EncodeToString([]byte(text))[:8], Took: time.Second})
}

func repairs(t *testing.T, d *db.DB) {
	Repair(t, Plant(t, d, 24, 9), func() *db.DB { return d })
}

// rulings of each kind, of everybody and of a class, one after the other, and taken back
// in another order.
func rulings(t *testing.T, d *db.DB) {
	l := Plant(t, d, 12, 6)
	class, teacher := l.class(t, l.Learners[:5])
	before := l.States()
	p := l.Accept()
	var ids []questions.RulingID
	for i, r := range []struct {
		by people.Person
		repair.Proposal
	}{
		{teacher, repair.Proposal{Question: p.Question, Decision: study.Accept, Part: 1, Texts: []string{"Brezhnev"}, Classes: []questions.ClassID{class}}},
		{l.Admin, p},
		{l.Admin, repair.Proposal{Question: p.Question, Decision: study.Rekey, Part: 1, Texts: []string{"Joseph Stalin", "Brezhnev"}}},
		{l.Admin, repair.Proposal{Question: l.asked(questions.Choice).ID, Decision: study.Rekey, Part: 1, Texts: []string{"1953"}}},
		{l.Admin, repair.Proposal{Question: l.Bank.Questions[1].ID, Decision: study.Point}},
		{l.Admin, repair.Proposal{Question: p.Question, Decision: study.Leave}},
		{l.Admin, repair.Proposal{Question: p.Question, Decision: study.Accept, Part: 1, Texts: []string{Alias}, Name: true}},
	} {
		preview, err := l.preview(r.by, r.Proposal)
		check(t, err)
		was := l.States()
		id, err := l.Desk.Rule(ctx, r.by, r.Proposal, "token-of-a-ruling-"+strconv.Itoa(i))
		check(t, err)
		check(t, l.Desk.Run(ctx))
		ids = append(ids, id)
		if got := changed(l, was, 0); got != preview.Marks {
			t.Errorf("ruling %d changed %d marks, its preview says %d", i, got, preview.Marks)
		}
		for _, who := range l.Learners {
			l.Agrees(who)
			l.answer(t, who, Alias)
			l.Agrees(who)
		}
		l.Now = l.Now.Add(100 * time.Hour)
	}
	for _, i := range []int{3, 0, 6, 1, 5, 4, 2} {
		by := l.Admin
		if i == 0 {
			wantKind(t, l.Desk.Undo(ctx, staff(t, d, 906, "Rival", people.Teacher), ids[0]), fault.Missing, "another teacher undoes a class's ruling")
			by = teacher
		}
		check(t, l.Desk.Undo(ctx, by, ids[i]))
		check(t, l.Desk.Run(ctx))
		for _, who := range l.Learners {
			l.Agrees(who)
		}
	}
	for _, who := range l.Learners {
		for i, p := range l.State(who).Past[:len(before[who].Past)] {
			same(t, p, before[who].Past[i], "an answer after all rulings were taken back")
		}
	}
	old, err := l.Desk.Rejudged(ctx, l.Learners[0], study.Event{})
	check(t, err)
	wait, err := l.Desk.Rule(ctx, l.Admin, p, "token-of-the-last-one")
	check(t, err)
	check(t, l.Desk.Run(ctx))
	wantMoved(t, l.Desk.Store.Rejudge(ctx, old, ids[0]), "what was decided before a ruling")
	check(t, l.Desk.Undo(ctx, l.Admin, wait))
	check(t, l.Desk.Run(ctx))
	n, err := d.Number(ctx, `SELECT COUNT(*) FROM audit WHERE what LIKE 'rule %' OR what LIKE 'unrule %'`)
	check(t, err)
	same(t, n, 16, "audit entries")
	if err := d.Exec(ctx, `UPDATE ruling SET texts = ''`); err == nil {
		t.Error("a ruling could be changed")
	}
}

// class makes a class of some learners with the sample bank.
func (l *Lives) class(t *testing.T, pupils []questions.LearnerID) (questions.ClassID, people.Person) {
	t.Helper()
	teacher := staff(t, l.DB, 905, "Vera", people.Teacher)
	c := db.Class{DB: l.DB}
	id, err := c.ClassAdd(ctx, people.Class{Name: "10b", Code: "BCDFGH", Zone: "UTC", Made: now, Banks: []questions.BankID{l.Bank.Bank.ID}}, teacher, "")
	check(t, err)
	for i, who := range pupils {
		name := "Pupil " + strconv.Itoa(i)
		_, err := c.Join(ctx, people.Joining{Class: id, Who: Guest(int64(who)), Name: name, Folded: people.Fold(name), At: joined})
		check(t, err)
	}
	return id, teacher
}

// Token is the nth of many.
func Token(n int) string { return "token-of-many-number-" + strconv.Itoa(1000+n) }

// installKeepsRulings installs a release whose file knows nothing of what was ruled.
func installKeepsRulings(t *testing.T, d *db.DB) {
	l := Plant(t, d, 2, 6)
	retired := l.Bank.Questions[0]
	for i, p := range []repair.Proposal{l.Accept(), {Question: retired.ID, Decision: study.Point}} {
		_, err := l.Desk.Rule(ctx, l.Admin, p, Token(i))
		check(t, err)
	}
	check(t, l.Desk.Run(ctx))
	next := Sample()
	next.Hash, next.Bank.About = "two", "another release"
	check(t, db.Bank{DB: d}.Install(ctx, next))
	s, err := l.Desk.Subject(ctx, l.Admin, retired.ID)
	check(t, err)
	same(t, s.Head.State, bank.Retired, "the state of a question that a ruling has retired")
	s, err = l.Desk.Subject(ctx, l.Admin, l.Typed().ID)
	check(t, err)
	same(t, []int{s.Head.Latest, len(s.Version.Answers)}, []int{2, 2}, "the wording that a ruling has made")

	next.Hash = "three"
	next.Questions[2].Version.Prompt = "Who gave the speech?"
	check(t, db.Bank{DB: d}.Install(ctx, next))
	n := l.open(t, l.Learners[0], 3)
	check(t, l.give(l.Learners[0], n, Alias))
	past := l.State(l.Learners[0]).Past
	same(t, past[len(past)-1].Marks[0].Verdict, questions.Right, "the alias, of a wording that the next release brought")
	for _, who := range l.Learners {
		l.Agrees(who)
	}
}

// retiredAnswers lets somebody answer, for the first time, a question that was retired
// meanwhile: that says nothing of memory, and yet comes back when the ruling is taken back.
func retiredAnswers(t *testing.T, d *db.DB) {
	l := Plant(t, d, 1, 2)
	late := questions.LearnerID(77)
	check(t, db.People{DB: d}.AccountAdd(ctx, people.Account{Person: Guest(int64(late))}, "", nil))
	n := l.open(t, late, 1)
	id, err := l.Desk.Rule(ctx, l.Admin, repair.Proposal{Question: l.Typed().ID, Decision: study.Leave}, Token(1))
	check(t, err)
	check(t, l.Desk.Run(ctx))
	check(t, l.give(late, n, "Khrushchev"))
	s := l.State(late)
	if got := s.Sittings[0]; s.Past[0].Marks[0].Verdict != questions.Void || len(s.Cards) != 0 || len(got.First()) != 0 || got.Repaired.Decision != "" {
		t.Errorf("an answer to a retired question: %+v, want it left out, no card and no word of a repair", s)
	}
	l.Agrees(late)
	check(t, l.Desk.Undo(ctx, l.Admin, id))
	check(t, l.Desk.Run(ctx))
	s = l.State(late)
	same(t, s.Past[0].Marks[0].Verdict, questions.Right, "the answer, once that is taken back")
	same(t, len(s.Cards), 1, "cards then")
	l.Agrees(late)
}
