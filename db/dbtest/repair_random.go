package dbtest

import (
	"errors"
	"math/rand/v2"
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

// repairsAtRandom lets learners answer, take back, contest and trust, and teachers rule
// and take that back, in any order and now and then carried on only later: what is stored
// is the fold of events and rulings each time when nothing is under way.
func repairsAtRandom(t *testing.T, d *db.DB) {
	l := Plant(t, d, 5, 8)
	class, teacher := l.class(t, l.Learners[:2])
	w := walk{Lives: l, rng: rand.New(rand.NewPCG(1956, 2)), class: class, teacher: teacher} // #nosec G404 -- the same in every run
	for step := range 120 {
		l.Now = l.Now.Add(time.Duration(1+w.rng.IntN(50*60)) * time.Minute)
		w.step(t, step)
		if step%10 == 9 {
			check(t, l.Desk.Run(ctx))
			for _, who := range l.Learners {
				l.Agrees(who)
			}
		}
		if t.Failed() {
			t.Fatalf("after step %d", step)
		}
	}
	for _, id := range w.made {
		check(t, l.Desk.Undo(ctx, l.Admin, id))
	}
	check(t, l.Desk.Run(ctx))
	for _, who := range l.Learners {
		l.Agrees(who)
	}
}

type walk struct {
	*Lives
	rng     *rand.Rand
	class   questions.ClassID
	teacher people.Person
	made    []questions.RulingID
	last    [5]int // each learner's last sitting
}

func (w *walk) step(t *testing.T, n int) {
	t.Helper()
	i := w.rng.IntN(len(w.Learners))
	who := w.Learners[i]
	switch w.rng.IntN(6) {
	case 0, 1:
		w.last[i] = w.open(t, who, 1)
		check(t, w.give(who, w.last[i], said[w.rng.IntN(len(said))]))
	case 2:
		if w.last[i] != 0 {
			_, err := w.Host.Undo(ctx, Guest(int64(who)), w.last[i])
			if w.last[i] = 0; err != nil && !fault.Is(err, fault.Conflict) {
				t.Error(err)
			}
		}
	case 3:
		past := w.State(who).Past
		p := past[w.rng.IntN(len(past))]
		if p.Sitting == 0 || len(p.Marks) == 0 {
			return
		}
		err := w.Desk.WasRight(ctx, Guest(int64(who)), p.Sitting, p.Pos, 1, true, Token(n))
		if err != nil && !fault.Is(err, fault.Conflict) {
			t.Error(err)
		}
	case 4:
		w.rule(t, n)
	default:
		if len(w.made) > 0 {
			check(t, w.Desk.Undo(ctx, w.Admin, w.made[w.rng.IntN(len(w.made))]))
		}
	}
}

// rule makes one of several rulings, and carries it at once or leaves it to the job.
func (w *walk) rule(t *testing.T, n int) {
	t.Helper()
	by, p := w.Admin, w.Accept()
	choice := w.asked(questions.Choice).ID
	switch w.rng.IntN(7) {
	case 0:
		by, p.Classes = w.teacher, []questions.ClassID{w.class}
	case 1:
		p.Texts = []string{said[w.rng.IntN(len(said))], "Malenkov " + strconv.Itoa(n)}
	case 2:
		p.Name = true
	case 3:
		p.Decision, p.Texts = study.Rekey, []string{said[w.rng.IntN(len(said))]}
	case 4:
		p = repair.Proposal{Question: choice, Decision: study.Rekey, Part: 1, Texts: []string{[]string{"1956", "1953", "1961"}[w.rng.IntN(3)]}}
	case 5:
		p = repair.Proposal{Question: choice, Decision: []study.Decision{study.Point, study.Leave}[w.rng.IntN(2)]}
	default:
		p = repair.Proposal{Question: p.Question, Decision: []study.Decision{study.Point, study.Leave}[w.rng.IntN(2)]}
	}
	id, err := w.Desk.Rule(ctx, by, p, Token(n))
	var f *fault.Fault
	if errors.As(err, &f) && (f.Kind == fault.Invalid || p.Name) {
		return // another name's spelling, or none is asked for
	}
	check(t, err)
	w.made = append(w.made, id)
	if w.rng.IntN(2) == 0 {
		check(t, w.Desk.Begin(ctx, id))
	}
}
