package plan

import (
	"math"
	"slices"
	"testing"
)

// two exams of one learner, whose days are full together but not each alone.
func two() ([]Exam, []State) {
	m := model()
	exams := []Exam{{Model: m, Day: 12, Cap: 60, Worth: .003}, {Model: m, Day: 20, Cap: 60, Worth: .003}}
	facts := deck(400)
	return exams, []State{{Facts: facts[:200]}, {Facts: facts[200:]}}
}

func TestExamsShareTheDay(t *testing.T) {
	exams, states := two()
	plans := Together(exams, states, nil)
	for d, n := range load(plans) {
		if n > 1.17*60 {
			t.Errorf("day %d: %.0f answers for both, want 60", d, n)
		}
	}
	for i, p := range plans {
		alone := exams[i].Prepare(states[i]).Recall()
		if r := p.Recall(); r >= alone || r < alone-.06 {
			t.Errorf("exam %d: recall %.4f beside the other, %.4f alone", i, r, alone)
		}
	}
}

// TestPricesAreKept: those found once make the same plans again, at once, and a day
// later the plans for the days left.
func TestPricesAreKept(t *testing.T) {
	exams, states := two()
	plans := Together(exams, states, nil)
	held := Held(exams, states, plans[0].Prices())
	for i := range plans {
		if plans[i].Recall() != held[i].Recall() {
			t.Errorf("exam %d: recall %.6f, held %.6f", i, plans[i].Recall(), held[i].Recall())
		}
		if a, b := plans[i].Today(0, states[i].Facts), held[i].Today(0, states[i].Facts); !slices.Equal(a, b) {
			t.Errorf("exam %d: %d reviews, held %d", i, len(a), len(b))
		}
	}
	for i := range exams {
		exams[i].Day--
		for j := range states[i].Facts {
			states[i].Facts[j].Last--
		}
	}
	for d, n := range load(Together(exams, states, plans[0].Prices()[1:])) {
		if n > 1.1*60 {
			t.Errorf("the day after, day %d: %.0f answers, want 60", d, n)
		}
	}
}

// TestRoomForAllCostsNothing: where no day is full there is no price, and an exam beside
// others is as one alone.
func TestRoomForAllCostsNothing(t *testing.T) {
	exams, states := two()
	for i := range exams {
		exams[i].Cap = 1000
	}
	plans := Together(exams, states, nil)
	for i, p := range plans {
		if p.Prices() != nil {
			t.Errorf("exam %d: prices %v", i, p.Prices())
		}
		alone := Together(exams[i:i+1], states[i:i+1], nil)[0]
		if p.Recall() != alone.Recall() {
			t.Errorf("exam %d: recall %v, alone %v", i, p.Recall(), alone.Recall())
		}
	}
	if Together(nil, nil, nil) != nil || Held(nil, nil, nil) != nil {
		t.Error("plans for no exam")
	}
}

// TestWorthSparesAnswers: an answer that has to bring more is asked for less often.
func TestWorthSparesAnswers(t *testing.T) {
	last, recall := math.Inf(1), 1.0
	for _, worth := range []float64{0, .002, .01, .05} {
		p := Together([]Exam{{Model: model(), Day: 20, Cap: 1000, Worth: worth}}, []State{{Facts: deck(100)}}, nil)[0]
		if total := sum(p.load); total >= last || p.Recall() >= recall {
			t.Errorf("worth %v: %.0f answers and recall %.4f, with less %.0f and %.4f", worth, total, p.Recall(), last, recall)
		}
		last, recall = sum(p.load), p.Recall()
		t.Logf("worth %.3f: %.0f answers, recall %.4f", worth, last, recall)
	}
}

func TestMeetingIsWorthMostOfAll(t *testing.T) {
	facts := deck(50)
	p := Exam{Model: model(), Day: 10, New: []int{20}}.Prepare(State{Facts: facts})
	meet := p.Meet(0)
	if best := p.Today(0, facts)[0]; meet.Gain <= best.Gain || meet.Rise < .5 || meet.Rise > 1 {
		t.Errorf("a new fact %+v, the best review %+v", meet, best)
	}
	if p.Meet(10).Gain != 0 {
		t.Error("a fact met on the day of the exam is worth something")
	}
}

// TestDaysOffStayFree, capped or not, as long as there is another day.
func TestDaysOffStayFree(t *testing.T) {
	off := []bool{5: true, 6: true, 12: true, 13: true, 19: true}
	for _, limit := range []int{0, 40} {
		e := Exam{Model: model(), Day: 20, Cap: limit, Off: off}
		p := Together([]Exam{e}, []State{{Facts: deck(200)}}, nil)[0]
		for d := range 20 {
			if n := p.Load(d); d < len(off) && off[d] && n > .01 {
				t.Errorf("cap %d: %.2f answers on day %d, which is off", limit, n, d)
			}
		}
		if p.Load(18) < 20 || p.Recall() < .93 {
			t.Errorf("cap %d: %.0f answers on the last day before, recall %.4f", limit, p.Load(18), p.Recall())
		}
	}
}
