package study_test

import (
	"math"
	"slices"
	"strconv"
	"testing"
	"time"

	"thaw/app/bank"
	"thaw/app/fsrs"
	"thaw/app/fsrs/plan"
	"thaw/app/people"
	"thaw/app/study"
	"thaw/questions"
)

// monday morning, in UTC
var morning = time.Date(2026, 3, 2, 8, 0, 0, 0, time.UTC)

// shelf is a bank of two topics: facts 1 to 20 in the first, 21 to 40 in the second, the
// last ten of them in a part of it.
func shelf() []bank.Contents {
	b := bank.Contents{Topics: []bank.Topic{{ID: 1}, {ID: 2}, {ID: 3, Parent: 2}}}
	for f := questions.FactID(1); f <= 40; f++ {
		topic := questions.TopicID(1)
		if f > 20 {
			topic = 2
		}
		if f > 30 {
			topic = 3
		}
		b.Facts = append(b.Facts, bank.Fact{ID: f, Topic: topic})
	}
	return []bank.Contents{b}
}

func met(fact questions.FactID, stability float64, daysAgo int) study.Card {
	last := morning.AddDate(0, 0, -daysAgo)
	return study.Card{Learner: 7, Fact: fact, Card: fsrs.Card{Memory: fsrs.Memory{Stability: stability, Difficulty: 5},
		Phase: fsrs.Reviewing, Reps: 3, Last: last, Due: last.Add(time.Duration(stability*24) * time.Hour)}}
}

func cards(from, to questions.FactID) (list []study.Card) {
	for f := from; f <= to; f++ {
		list = append(list, met(f, 3+float64(f), 6))
	}
	return list
}

func exam(n, days int, topics ...questions.TopicID) study.Exam {
	return study.Exam{Learner: 7, N: n, Title: "Finals", At: morning.AddDate(0, 0, days).Add(time.Hour), Topics: topics}
}

func preparing(exams ...study.Exam) study.Preparing {
	return study.Preparing{Now: morning, Who: people.Person{ID: 7, Minutes: 10}, Exams: exams, Banks: shelf(), Cards: cards(1, 15)}
}

func TestAnExamIsAboutItsTopicsAndTheirParts(t *testing.T) {
	for _, c := range []struct {
		topics []questions.TopicID
		want   int
	}{{nil, 40}, {[]questions.TopicID{1}, 20}, {[]questions.TopicID{2}, 20}, {[]questions.TopicID{3}, 10}, {[]questions.TopicID{2, 3}, 20}, {[]questions.TopicID{99}, 0}} {
		if got := len(exam(1, 5, c.topics...).Facts(append(shelf(), shelf()...))); got != c.want {
			t.Errorf("topics %v: %d facts, want %d", c.topics, got, c.want)
		}
	}
}

func TestAFactIsPreparedForTheFirstExamThatAsksForIt(t *testing.T) {
	ready := preparing(exam(1, 3, 1), exam(2, 9)).Ahead()
	if len(ready) != 2 || len(ready[0].All) != 20 || len(ready[1].All) != 40 || len(ready[1].Met) != 15 {
		t.Fatalf("%+v", ready)
	}
	if len(ready[0].New) != 5 || len(ready[1].New) != 20 {
		t.Errorf("%d and %d new facts, want 5 and 20", len(ready[0].New), len(ready[1].New))
	}
	for _, task := range ready[1].Tasks() {
		if task.Fact <= 20 {
			t.Errorf("fact %d of the first exam is studied for the second", task.Fact)
		}
	}
}

// TestNewFactsAreSpreadOverTheFirstDays, and what has been met today counts.
func TestNewFactsAreSpreadOverTheFirstDays(t *testing.T) {
	fresh := func(p study.Preparing) (n int) {
		for _, task := range p.Agenda().Tasks {
			if !task.Card.Seen() {
				n++
			}
		}
		return n
	}
	p := preparing(exam(1, 10))
	if got := fresh(p); got != 5 {
		t.Errorf("%d of 25 new facts today, 10 days before, want 5", got)
	}
	p.Cards = cards(1, 18)
	p.Days = []study.Tally{{Day: study.Calendar(nil).Day(morning), Met: 3}}
	if got := fresh(p); got != 2 {
		t.Errorf("%d of 22 new facts after 3 today, want 2", got)
	}
	p.Cards = cards(1, 20)
	p.Days[0].Met = 5
	if got := fresh(p); got != 0 {
		t.Errorf("%d new facts after the day's five, want none", got)
	}
	if got := fresh(preparing(exam(1, 1))); got != 25 {
		t.Errorf("%d new facts on the eve, want all 25", got)
	}
	p = preparing(exam(1, 4))
	p.Who.Minutes = 1
	if got := fresh(p); got != 3 {
		t.Errorf("%d new facts in a minute, want 3", got)
	}
	if f, _ := p.Ahead()[0].Kept(); f.N != 40 || f.Mean > 27 {
		t.Errorf("of 15 facts met and 3 more a day for 4 days: %+v", f)
	}
	p = preparing(exam(1, 10))
	p.Who.DaysOff = people.Days(0).With(time.Monday).With(time.Tuesday)
	if got := fresh(p); got != 0 {
		t.Errorf("%d new facts on a day off, want none", got)
	}
}

func TestForecastsOfAnExam(t *testing.T) {
	r := preparing(exam(1, 10)).Ahead()[0]
	stands := r.Stands()
	kept, ok := r.Kept()
	if !ok || stands.N != 40 || kept.N != 40 || stands.Mean > 15 || stands.Mean < 10 || kept.Mean < 35 || kept.High > 40 || kept.Low > kept.High {
		t.Errorf("as things stand %+v, with the plan %+v", stands, kept)
	}
	eve := preparing(exam(1, 1, 1))
	eve.Cards = cards(1, 20)
	r = eve.Ahead()[0]
	best := study.Within(r.Tasks(), 1000)
	if best.Rise < 1 || math.Abs(r.Stands().Mean+best.Rise-20*r.Plan.Recall()) > .8 {
		t.Errorf("stands at %.2f, the best minutes bring %.2f, the plan %.2f of 20", r.Stands().Mean, best.Rise, 20*r.Plan.Recall())
	}
	if few := study.Within(r.Tasks(), 5); len(few.Tasks) >= len(best.Tasks) || few.Rise >= best.Rise || few.Answers > 5 {
		t.Errorf("five answers: %+v", few)
	}
}

// TestWithoutADateItIsPlain: without an exam, or with one too far ahead, what is due is
// due, and an exam today asks for nothing of its own.
func TestWithoutADateItIsPlain(t *testing.T) {
	plain := preparing()
	plain.Cards = append(plain.Cards, met(30, 4, 9))
	want := facts(plain.Agenda())
	if len(want) == 0 || len(want) != len(study.DueNow(plain.Cards, morning, 0)) {
		t.Fatalf("due: %v", want)
	}
	for _, days := range []int{0, study.Reach + 1} {
		p := plain
		p.Exams = []study.Exam{exam(1, days)}
		if got := facts(p.Agenda()); !slices.Equal(got, want) {
			t.Errorf("an exam in %d days: %v, want %v", days, got, want)
		}
	}
}

// TestAfterTheDateNothingIsPushed until the learner wants it kept.
func TestAfterTheDateNothingIsPushed(t *testing.T) {
	over := exam(1, -1, 1)
	p := preparing(over)
	p.Cards = []study.Card{met(1, 2, 9), met(2, 2, 9), met(25, 2, 9)}
	if got := facts(p.Agenda()); !slices.Equal(got, []questions.FactID{25}) {
		t.Errorf("the day after: %v, want 25", got)
	}
	p.Exams[0].Later = study.Rest
	if got := facts(p.Agenda()); !slices.Equal(got, []questions.FactID{25}) {
		t.Errorf("at rest: %v, want 25", got)
	}
	p.Exams[0].Later = study.Keep
	if got := facts(p.Agenda()); len(got) != 3 {
		t.Errorf("kept: %v, want all three", got)
	}
	p.Exams[0].Later = study.Unsaid
	p.Exams = append(p.Exams, exam(2, 5, 1))
	if got := facts(p.Agenda()); len(got) < 3 {
		t.Errorf("a new date: %v, want all three and new ones", got)
	}
	at, _, ok := preparing(over).Agenda().Next(preparing(over))
	if ok {
		t.Errorf("next time %v with nothing but an exam that is over", at)
	}
}

func TestStepsComeFirst(t *testing.T) {
	p := preparing(exam(1, 5, 1))
	p.Cards[4].Phase, p.Cards[4].Due = fsrs.Relearning, morning.Add(-time.Minute)
	p.Cards[4].Last = morning.Add(-11 * time.Minute)
	if got := facts(p.Agenda()); got[0] != 5 {
		t.Errorf("a step that has run out is not first: %v", got)
	}
}

func TestExamCheck(t *testing.T) {
	for name, e := range map[string]study.Exam{
		"no title": {Title: " ", At: morning.Add(time.Hour)}, "long": {Title: string(make([]byte, 81)), At: morning.Add(time.Hour)},
		"no date": {Title: "Finals"}, "past": {Title: "Finals", At: morning}, "far": {Title: "Finals", At: morning.AddDate(4, 0, 0)},
		"strange topic": exam(1, 3, 1, 4),
	} {
		if e.Check(morning, map[questions.TopicID]bool{1: true}) == nil {
			t.Errorf("%s is taken", name)
		}
	}
	if err := exam(1, 3, 1).Check(morning, map[questions.TopicID]bool{1: true}); err != nil {
		t.Error(err)
	}
	for _, r := range []study.Result{{Right: 3}, {Right: -1, Of: 20}, {Right: 21, Of: 20}, {Right: math.NaN(), Of: 20}, {Right: 1, Of: math.Inf(1)}} {
		if r.Check() == nil {
			t.Errorf("a result of %v of %v is taken", r.Right, r.Of)
		}
	}
}

func facts(a study.Agenda) []questions.FactID {
	var list []questions.FactID
	for _, t := range a.Tasks {
		list = append(list, t.Fact)
	}
	return list
}

// BenchmarkAgenda is what a page about exams takes, at prices known.
func BenchmarkAgenda(b *testing.B) {
	for _, days := range []int{7, 30, 90} {
		b.Run(strconv.Itoa(days), func(b *testing.B) {
			p := preparing(exam(1, days))
			for b.Loop() {
				p.Agenda()
			}
		})
	}
}

// TestNewFactsHaveADaysShare: so many as are wanted, one of each topic in turn, of banks
// of which something is known, first of all; none of an exam that is over.
func TestNewFactsHaveADaysShare(t *testing.T) {
	p := preparing()
	p.Who.NewADay = 6
	p.Days = []study.Tally{{Day: study.Calendar(nil).Day(morning), Met: 2}}
	list := p.Agenda().Tasks
	if got := facts(p.Agenda())[:4]; !slices.Equal(got, []questions.FactID{16, 21, 31, 17}) {
		t.Errorf("new facts %v, want 16, 21, 31 and 17", got)
	}
	for _, task := range list[:4] {
		if task.Why != plan.New || task.Card.Seen() || task.Gain <= list[4].Gain {
			t.Errorf("%+v", task)
		}
	}
	if list[4].Why == plan.New {
		t.Error("a fifth new fact, of a share of six with two met")
	}
	p.Exams = []study.Exam{exam(1, -1)}
	if got := p.Agenda().Tasks; len(got) != 0 {
		t.Errorf("after the exam on everything: %v", facts(p.Agenda()))
	}
	p.Exams = nil
	p.Cards = nil
	if got := p.Agenda().Tasks; len(got) != 0 {
		t.Errorf("for who knows nothing yet: %v", got)
	}
}

// TestTasksSayWhy: the numbers are those of the memory.
func TestTasksSayWhy(t *testing.T) {
	p := preparing(exam(1, 1, 1))
	p.Cards = append(p.Cards, met(35, 4, 9))
	why := map[questions.FactID]study.Task{}
	for _, task := range p.Agenda().Tasks {
		why[task.Fact] = task
	}
	if got := why[35]; got.Why != plan.Fading || math.Abs(got.Now-p.Cards[15].Recall(morning)) > 1e-9 || got.Soon >= got.Now-.05 {
		t.Errorf("a fact that fades: %+v", got)
	}
	if got := why[1]; got.Why != plan.ForExam || got.Exam != 1 || got.Soon != p.Cards[0].Recall(p.Exams[0].At) || got.Rise <= 0 || got.Soon+got.Rise > 1 {
		t.Errorf("a fact of the exam: %+v", got)
	}
}

// TestWhoForgetsFasterStudiesMore than the model thinks, for the same exam.
func TestWhoForgetsFasterStudiesMore(t *testing.T) {
	load := func(recalled int) (answers float64, kept float64) {
		p := preparing(exam(1, 12, 1))
		p.Cards = cards(1, 20)
		p.Who.Minutes = 60
		p.Days = []study.Tally{{Day: study.Calendar(nil).Day(morning) - 5, Answers: 300, Took: time.Hour, Reviews: 300, Recalled: recalled, Expected: 270_000_000}}
		r := p.Ahead()[0]
		for d := range r.Left {
			answers += r.Plan.Load(d)
		}
		f, _ := r.Kept()
		return answers, f.Mean
	}
	usual, keeps := load(270)
	more, less := load(200)
	if more < 1.05*usual || less > keeps || less < keeps-1.5 {
		t.Errorf("%.1f answers and %.2f right, of who forgets faster %.1f and %.2f", usual, keeps, more, less)
	}
}
