package dbtest

import (
	"fmt"
	"testing"
	"time"

	"thaw/app/people"
	"thaw/app/quiz"
	"thaw/app/report"
	"thaw/app/study"
	"thaw/db"
	"thaw/questions"
)

// teller answers single questions at times of its own.
type teller struct {
	*school
	n    int
	swap bool // the name asked for and the one given change places

	practise bool // the key was seen a moment ago
}

// tell stores an answer to a question: its place in a bank, when, and whether it
// was right. It returns the sitting.
func (s *teller) tell(t *testing.T, who questions.LearnerID, question questions.QuestionID, fact questions.FactID, when time.Time, right bool) int {
	t.Helper()
	s.n++
	item := quiz.Item{Pos: 1, Ref: questions.Ref{Question: question, Version: 1}, Bank: s.bank.Bank.ID, Lexicon: 1,
		State: quiz.Open, Facts: []questions.FactID{fact}}
	sitting, err := s.quiz.Begin(ctx, quiz.Sitting{Learner: who, Mode: quiz.Review, Started: when, Count: 1, Items: []quiz.Item{item}}, "")
	check(t, err)
	turn, err := s.quiz.Turn(ctx, who, sitting, 1)
	check(t, err)
	credit := 0.0
	if right {
		credit = 1
	}
	a := answered(who, turn, fmt.Sprintf("told %d", s.n), credit)
	a.Event.At, a.Event.Day = when, study.Calendar(time.UTC).Day(when)
	a.Event.Order, a.Event.Response = []int{2, 0, 1}, questions.Response{"1"}
	if s.practise {
		a.Event.What = study.Practice
	}
	marks := []questions.Mark{a.Marks[0].Mark}
	if s.swap {
		marks[0].Asked, marks[0].Given = marks[0].Given, marks[0].Asked
	}
	a.Cards, a.Marks = study.Apply(study.Model(turn.Weights), a.Event, marks, turn.Cards)
	a.Tally = study.Count(a.Event, a.Marks)
	s.save(t, a)
	return sitting
}

// takeBack undoes the one answer of a review.
func (s *teller) takeBack(t *testing.T, who questions.LearnerID, sitting int) {
	t.Helper()
	last, past, _, err := s.quiz.LastAnswer(ctx, who, sitting)
	check(t, err)
	var rest []study.Past
	for _, p := range past {
		if p.Seq != last.Seq {
			rest = append(rest, p)
		}
	}
	u := quiz.Undone{Last: last, Tally: study.Count(last.Event, last.Marks).Minus(),
		Event: study.Event{Learner: who, At: last.At.Add(time.Second), Day: last.Day, Zone: last.Zone, What: study.Undo, Ref: last.Ref,
			Lexicon: last.Lexicon, Voids: last.Seq, Sitting: last.Sitting, Pos: last.Pos}}
	card := study.Card{Learner: who, Fact: last.Marks[0].Fact}
	for _, c := range study.Fold(rest) {
		if c.Fact == card.Fact {
			card = c
		}
	}
	u.Cards = []study.Card{card}
	check(t, s.quiz.Undo(ctx, u))
}

func classReports(t *testing.T, d *db.DB) {
	s := &teller{school: newSchool(t, d)}
	days := func(n int) time.Time { return now.AddDate(0, 0, n) }
	old, err := s.class.Join(ctx, s.joining(Guest(int64(s.who)), "Old hand", days(10)))
	check(t, err)
	j := s.newcomer(500, "New")
	j.At = days(0)
	fresh, err := s.class.Join(ctx, j)
	check(t, err)
	s.learner(t, 501) // in no class

	q, f := s.bank.Questions, s.bank.Facts
	when, what, who := q[0].ID, q[1].ID, q[2].ID
	own, err := db.Bank{DB: d}.Contents(ctx, s.own)
	check(t, err)
	ownQ, ownF := own.Questions[0].ID, own.Facts[0].ID

	// the old hand answered one thing before joining, and again after it
	s.tell(t, s.who, when, f[0].ID, days(1), true)
	s.tell(t, s.who, when, f[0].ID, days(12), false)
	s.tell(t, s.who, when, f[0].ID, days(13), true)
	s.tell(t, s.who, what, f[1].ID, days(2), true) // before, and never since
	s.tell(t, s.who, who, f[2].ID, days(14), true) // since alone
	// the newcomer takes an answer back, and answers a bank that was not given
	undone := s.tell(t, 500, when, f[0].ID, days(11), true)
	s.takeBack(t, 500, undone)
	s.tell(t, 500, when, f[0].ID, days(12), false)
	s.tell(t, 500, ownQ, ownF, days(12), true)
	s.tell(t, 501, when, f[0].ID, days(12), true)

	roll, err := s.class.Roll(ctx, s.teacher, s.id)
	check(t, err)
	same(t, roll.Pupils, []people.Member{fresh, old}, "the pupils by name")
	same(t, roll.Facts, 3, "facts of the banks given")
	given, err := s.class.Given(ctx, s.id)
	check(t, err)
	same(t, roll.Open, given, "the banks given")

	firsts, _, err := s.class.Firsts(ctx, s.id)
	check(t, err)
	first := report.First{Pupil: s.who, Question: when, Kind: questions.Choice, Latest: 1, Given: true, Version: 1, Order: []int{2, 0, 1},
		Response: questions.Response{"1"}}
	day := func(n int) (d study.Tally) { d.Day = study.Calendar(time.UTC).Day(days(n)); return d }
	missed, spoke, new := first, first, first
	missed.Answers, missed.Last = 2, day(13).Day
	spoke.Question, spoke.Kind, spoke.Right, spoke.Answers, spoke.Last = who, questions.Text, true, 1, day(14).Day
	spoke.Order, spoke.Response = nil, nil
	new.Pupil, new.Answers, new.Last = 500, 1, day(12).Day
	same(t, firsts, []report.First{new, missed, spoke}, "first answers")

	held, retold, err := s.class.Held(ctx, s.id)
	check(t, err)
	var seen []string
	for _, h := range held {
		seen = append(seen, fmt.Sprintf("%d %d", h.Learner, h.Fact))
		if h.Stability == 0 || h.Difficulty == 0 || h.Last.IsZero() {
			t.Errorf("a card without memory: %+v", h)
		}
	}
	same(t, seen, []string{fmt.Sprintf("500 %d", f[0].ID), fmt.Sprintf("%d %d", s.who, f[2].ID)}, "cards fed since joining alone: learner, fact")
	same(t, times(retold), []time.Time{days(12), days(13)}, "answers that make the older card anew")
	told, _, err := s.class.Told(ctx, old)
	check(t, err)
	same(t, times(told), []time.Time{days(12), days(13), days(14)}, "answers of the old hand")
	whole, err := db.Study{DB: d}.Pasts(ctx, s.who)
	check(t, err)
	for _, p := range told {
		want := whole[p.Seq-1]
		if p.Learner != s.who || p.Day != want.Day || p.Zone != want.Zone || p.What != study.Answer || p.Took != want.Took {
			t.Errorf("the answer of %v reads %+v, want %+v", p.At, p.Event, want.Event)
		}
		m, w := p.Marks[0], want.Marks[0]
		if len(p.Marks) != 1 || m.Fact != w.Fact || m.Credit != w.Credit || m.Verdict != w.Verdict || m.Guess != w.Guess || m.Self != w.Self || m.Part != w.Part {
			t.Errorf("the mark of %v reads %+v, want %+v", p.At, m, w)
		}
	}
	told, _, err = s.class.Told(ctx, fresh)
	check(t, err)
	same(t, times(told), []time.Time{days(12)}, "answers of the newcomer, without the one taken back")

	// a copied question keeps its fact: whoever has the copy's bank sees the memory, not the other question
	check(t, d.Exec(ctx, fmt.Sprintf(`INSERT INTO question (id, bank, topic, slug, kind, state, latest, pos) VALUES (7000, %d, %d, 'copy', 'choice', 'live', 1, 9)`, s.own, own.Topics[0].ID)))
	check(t, d.Exec(ctx, `INSERT INTO version (question, n, kind, lang, prompt, explain, passage, level, fixed, hash, made) VALUES (7000, 1, 'choice', 'en', 'copy', '', 0, '', 0, 'h', 0)`))
	check(t, d.Exec(ctx, fmt.Sprintf(`INSERT INTO answer (question, version, pos, part, fact, text, match, credit, slack, feedback, entity) VALUES (7000, 1, 1, 1, %d, 'a', '', 1, 0, '', 0)`, f[0].ID)))
	check(t, s.class.ClassBanks(ctx, s.teacher.ID, s.id, []questions.BankID{s.own}, now))
	roll, err = s.class.Roll(ctx, s.teacher, s.id)
	check(t, err)
	same(t, roll.Facts, 4, "facts of the own bank and the copied one")
	firsts, _, err = s.class.Firsts(ctx, s.id)
	check(t, err)
	same(t, len(firsts), 3, "first answers about facts of the own bank")
	for _, f := range firsts {
		if f.Given != (f.Question == ownQ) {
			t.Errorf("question %d counts as given: %v", f.Question, f.Given)
		}
	}
	held, retold, err = s.class.Held(ctx, s.id)
	check(t, err)
	same(t, []int{len(held), len(retold)}, []int{2, 2}, "cards of facts of the own bank, and answers of an older one")

	// who leaves is not seen; who comes back begins anew
	check(t, s.class.ClassBanks(ctx, s.teacher.ID, s.id, []questions.BankID{s.bank.Bank.ID}, now))
	check(t, s.class.Leave(ctx, s.id, s.who, days(15)))
	count := func() []int {
		firsts, _, err := s.class.Firsts(ctx, s.id)
		check(t, err)
		held, retold, err := s.class.Held(ctx, s.id)
		check(t, err)
		told, _, err := s.class.Told(ctx, old)
		check(t, err)
		return []int{len(firsts), len(held), len(retold), len(told)}
	}
	same(t, count(), []int{1, 1, 0, 0}, "first answers, cards, answers after the old hand has left")
	_, err = s.class.Join(ctx, s.joining(Guest(int64(s.who)), "Old hand", days(16)))
	check(t, err)
	same(t, count(), []int{1, 1, 0, 0}, "the same after coming back")
	s.tell(t, s.who, who, f[2].ID, days(17), false)
	same(t, count(), []int{2, 1, 1, 1}, "the same after one answer")

	// of who is deleted counts stay, of what was seen: the first answers since joining
	check(t, s.people.Leave(ctx, 500, week, leaving))
	same(t, count(), []int{1, 0, 1, 1}, "the same while the newcomer is leaving")
	_, err = s.people.Forget(ctx, week, 10)
	check(t, err)
	s.tell(t, s.who, when, f[0].ID, days(18), true)
	check(t, s.people.Leave(ctx, s.who, week, leaving))
	_, err = s.people.Forget(ctx, week, 10)
	check(t, err)
	_, left, err := s.class.Firsts(ctx, s.id)
	check(t, err)
	same(t, left, map[questions.QuestionID]report.Remains{when: {Of: 2, Right: 1}, who: {Of: 1}}, "counts of who is deleted")
}

func times(past []study.Past) []time.Time {
	var at []time.Time
	for _, p := range past {
		at = append(at, p.At)
	}
	return at
}
