package plan

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"thaw/app/fsrs"
)

func model() fsrs.Model { return fsrs.New(fsrs.Default()) }

func TestGridKeepsMassAndReadsWhatIsEven(t *testing.T) {
	even := make([]float64, cells)
	for i := range even {
		m := memory(i)
		even[i] = 2*math.Log(m.Stability) + 3*m.Difficulty
	}
	for _, m := range []fsrs.Memory{{Stability: .02, Difficulty: 1}, {Stability: 2.3, Difficulty: 6.41}, {Stability: 2000, Difficulty: 10}} {
		mass := make([]float64, cells)
		put(mass, m, 5)
		if math.Abs(sum(mass)-5) > 1e-9 {
			t.Errorf("%+v: %v facts put, want 5", m, sum(mass))
		}
		if got, want := read(even, m), 2*math.Log(m.Stability)+3*m.Difficulty; math.Abs(got-want) > 1e-5 {
			t.Errorf("%+v: read %v, want %v", m, got, want)
		}
	}
}

// TestEveryFactIsSeenOnTheEve: without limits no fact goes to the exam with a memory
// of days.
func TestEveryFactIsSeenOnTheEve(t *testing.T) {
	facts := deck(50)
	p := Exam{Model: model(), Day: 20}.Prepare(State{Facts: facts})
	if got := len(p.Today(19, facts)); got != len(facts) {
		t.Errorf("%d facts on the eve, want %d", got, len(facts))
	}
	if r := p.Recall(); r < .97 {
		t.Errorf("recall %.4f without limits", r)
	}
}

// TestPlanFitsWhatItMayTake by the expected load.
func TestPlanFitsWhatItMayTake(t *testing.T) {
	c := shorter[0]
	p := c.exam().Prepare(State{})
	for d := range c.day {
		if p.Load(d) > 1.05*float64(c.cap) {
			t.Errorf("day %d: %.0f answers, want %d", d, p.Load(d), c.cap)
		}
	}
	if total := sum(p.load); total > c.budget || total < .97*c.budget {
		t.Errorf("%.0f answers, want just under %.0f", total, c.budget)
	}
}

func TestMoreAnswersMoreRecall(t *testing.T) {
	last := 0.0
	for _, budget := range []float64{300, 500, 800, 0} {
		e := Exam{Model: model(), Day: 20, Budget: budget}
		r := e.Prepare(State{Facts: deck(300)}).Recall()
		if r <= last {
			t.Errorf("budget %.0f: recall %.4f, with less %.4f", budget, r, last)
		}
		last = r
	}
}

func TestTodayServesTheMostGainFirst(t *testing.T) {
	facts := deck(300)
	p := Exam{Model: model(), Day: 20, Budget: 600}.Prepare(State{Facts: facts})
	for d := range 20 {
		list := p.Today(d, facts)
		if !slices.IsSortedFunc(list, func(a, b Review) int { return int(math.Copysign(1, b.Gain-a.Gain)) }) {
			t.Errorf("day %d: not in order", d)
		}
		for _, r := range list {
			if r.Gain <= p.prices.budget || r.Answers < 1 || r.Answers > 2 {
				t.Errorf("day %d: %+v at the price %.4f", d, r, p.prices.budget)
			}
		}
	}
}

// TestEdges: nothing to do is no error.
func TestEdges(t *testing.T) {
	facts := deck(20)
	e := Exam{Model: model(), Day: 5, Budget: 40, Cap: 10}
	p := e.Prepare(State{Facts: facts})
	for _, d := range []int{-1, 5, 6} {
		if list := p.Today(d, facts); list != nil || p.Load(d) != 0 {
			t.Errorf("day %d: %d reviews, load %v, want none", d, len(list), p.Load(d))
		}
	}
	over := p.Again(State{Today: 5, Facts: facts, Spent: 50})
	if r := over.Recall(); r <= 0 || r >= 1 {
		t.Errorf("recall %v on the day", r)
	}
	empty := Exam{Model: model()}.Prepare(State{})
	if empty.Recall() != 0 || empty.Today(0, nil) != nil {
		t.Errorf("an exam today of nothing: %v", empty.Recall())
	}
}

// TestSpentBudgetIsNoLackOfOne: after too many answers a plan asks for fewer, not all.
func TestSpentBudgetIsNoLackOfOne(t *testing.T) {
	facts := deck(200)
	p := Exam{Model: model(), Day: 10, Budget: 300}.Prepare(State{Facts: facts})
	for range 5 {
		p = p.Again(State{Today: 9, Facts: facts, Spent: 300})
	}
	if n := len(p.Today(9, facts)); n > 40 {
		t.Errorf("%d reviews with nothing left", n)
	}
}

func TestScaleIsInferred(t *testing.T) {
	rng := rand.New(rand.NewPCG(4, 4))
	m := model()
	for _, want := range []float64{.6, 1, 1.6} {
		var tried []Tried
		for range 12000 {
			x := Tried{Stability: 1 + 20*rng.Float64(), Days: 1 + rng.IntN(20)}
			x.Passed = rng.Float64() < m.Retrievability(fsrs.Memory{Stability: want * x.Stability}, float64(x.Days))
			tried = append(tried, x)
		}
		if got := Infer(&m, tried); math.Abs(math.Log(got/want)) > .12 {
			t.Errorf("scale %.2f, want %.2f", got, want)
		}
	}
	if got := Infer(&m, nil); math.Abs(got-1) > 1e-9 {
		t.Errorf("scale %v of nobody, want 1", got)
	}
}

// deck of facts met before day 0, some long ago.
func deck(n int) []Fact {
	facts := make([]Fact, n)
	for i := range facts {
		facts[i] = Fact{fsrs.Memory{Stability: 1 + float64(i%40), Difficulty: 1 + float64(i%10)}, -1 - i%30}
	}
	return facts
}

func BenchmarkPrepare(b *testing.B) {
	for _, c := range []task{tasks[2], tasks[6], tasks[10]} {
		b.Run(map[int]string{45: "45", 60: "60", 90: "90"}[c.day], func(b *testing.B) {
			for b.Loop() {
				c.exam().Prepare(State{})
			}
		})
	}
}

// BenchmarkDates plans anew and lists the day for 10,000 facts.
func BenchmarkDates(b *testing.B) {
	facts := deck(10000)
	p := Exam{Model: model(), Day: 45, Budget: 30000, Cap: 1000}.Prepare(State{Facts: facts})
	for b.Loop() {
		p.Again(State{Facts: facts}).Today(0, facts)
	}
}
