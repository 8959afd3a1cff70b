package report

import (
	"math"
	"testing"
	"time"

	"thaw/app/bank"
	"thaw/app/fsrs"
	"thaw/app/fsrs/plan"
	"thaw/app/people"
	"thaw/app/study"
	"thaw/questions"
)

// meets puts a fact, met so many days ago, into a topic of the learner's one bank.
func meets(p *study.Preparing, topic questions.TopicID, stability float64, ago int) {
	id := questions.FactID(len(p.Banks[0].Facts) + 1)
	p.Banks[0].Facts = append(p.Banks[0].Facts, bank.Fact{ID: id, Topic: topic})
	last := p.Now.AddDate(0, 0, -ago)
	card := fsrs.Card{Memory: fsrs.Memory{Stability: stability, Difficulty: 5}, Phase: fsrs.Reviewing, Last: last,
		Due: last.Add(time.Duration(stability*24) * time.Hour)}
	p.Cards = append(p.Cards, study.Card{Fact: id, Card: card})
}

// nobody has a bank of two topics and has met nothing.
func nobody() study.Preparing {
	p := learner(0, 0, people.Person{})
	p.Banks[0].Topics = []bank.Topic{{ID: 1, Title: "Firm"}, {ID: 2, Title: "Fresh"}, {ID: 3, Title: "Unmet"}}
	return p
}

func fadesOf(p study.Preparing, b plan.Belief) []Fade {
	return fades(topics(p.Banks, p.Cards, p.Now), lookAhead(p, b))
}

// TestWhatIsLeftOfATopic: by the definition of stability nine of ten after as many days;
// the curve of FSRS-6 for the rest.
func TestWhatIsLeftOfATopic(t *testing.T) {
	p := nobody()
	for range 3 {
		meets(&p, 1, 28, 0)
		meets(&p, 2, 7, 0)
	}
	p.Banks[0].Facts = append(p.Banks[0].Facts, bank.Fact{ID: 99, Topic: 3}, bank.Fact{ID: 98, Topic: 2})
	list := fadesOf(p, plan.Belief{})
	if len(list) != 3 || list[0].Title != "Firm" || list[1].Facts != 4 || list[1].Met != 3 || list[2].Met != 0 || list[0].Stability != 28 {
		t.Fatalf("topics: %+v", list)
	}
	curve := fsrs.Default()[20]
	for i, weeks := range Horizons {
		for _, f := range list[:2] {
			if want := fsrs.Forgetting(curve, f.Stability, float64(7*weeks)); math.Abs(f.Known[i]-want) > 1e-9 {
				t.Errorf("%s in %d weeks: %.4f, want %.4f", f.Title, weeks, f.Known[i], want)
			}
		}
	}
	if a, b := list[0].Known[InFour], list[1].Known[1]; math.Abs(a-.9) > 1e-9 || math.Abs(b-.9) > 1e-9 {
		t.Errorf("after as many days as they are stable %.4f and %.4f are left, want .9", a, b)
	}
	if first, ok := FadesFirst(list); !ok || first.Title != "Fresh" {
		t.Errorf("%+v fades first, %v", first, ok)
	}
	if _, ok := FadesFirst(list[2:]); ok {
		t.Error("what has not been met fades first")
	}
	if doubted := fadesOf(p, plan.Belief{Shift: -1}); doubted[0].Known[InFour] >= list[0].Known[InFour] {
		t.Error("who has forgotten more than expected is told the same")
	}
}

// TestWhatIsLeaving is below the usual recall in a week and was above it, or falls steeply.
func TestWhatIsLeaving(t *testing.T) {
	p := nobody()
	for _, c := range []struct {
		stability float64
		ago       int
	}{
		{30, 0},    // 1: firm, stays
		{7.1, 0},   // 2: just stays
		{6.9, 0},   // 3: falls below
		{2, 1},     // 4: falls below, and further
		{30, 25},   // 5: falls below, by little
		{5, 6},     // 6: below, and falling steeply
		{100, 120}, // 7: below, and not falling any more
		{1, 0},     // 8: asked for no longer
		{1, 0},     // 9: to rest after an exam
	} {
		meets(&p, 1, c.stability, c.ago)
	}
	p.Banks[0].Facts[8].Topic = 2
	p.Exams = []study.Exam{{N: 1, At: p.Now.AddDate(0, 0, -1), Topics: []questions.TopicID{2}, Later: study.Rest}}
	p.Banks[0].Facts = append(p.Banks[0].Facts[:7:7], p.Banks[0].Facts[8])
	var got []questions.FactID
	list := leaving(p, lookAhead(p, plan.Belief{}))
	for i, l := range list {
		got = append(got, l.Fact)
		if i > 0 && l.Now-l.Week > list[i-1].Now-list[i-1].Week {
			t.Errorf("fact %d falls further than the one before", l.Fact)
		}
	}
	want := []questions.FactID{4, 3, 6, 5}
	if len(got) != len(want) {
		t.Fatalf("leaving are %v, want %v", got, want)
	}
	for i := range want {
		if got[i] != want[i] {
			t.Errorf("leaving are %v, want %v", got, want)
			break
		}
	}
	if l := list[1]; math.Abs(l.Now-1) > 1e-9 || math.Abs(l.Week-fsrs.Forgetting(fsrs.Default()[20], 6.9, 7)) > 1e-9 {
		t.Errorf("fact 3 goes from %.3f to %.3f", l.Now, l.Week)
	}
}
