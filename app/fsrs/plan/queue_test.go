package plan

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"thaw/app/fsrs"
)

// TestIndexIsWhereNowAndLaterAreWorthTheSame: at a price between two of those tried, a
// review gains by being now if and only if its index is higher.
func TestIndexIsWhereNowAndLaterAreWorthTheSame(t *testing.T) {
	m := model()
	a, x := newAhead(&m, pace), usually.index
	w := &worth{studied: make([]float64, cells)}
	for _, price := range []float64{.004, .013, .04, .08, .15} {
		w.settle(a, price)
		agree, sure := 0, 0
		for cell := range cells {
			for j := range levels {
				if math.Abs(x.review[j][cell]/price-1) < .1 {
					continue
				}
				sure++
				if (w.gain[cell][j] > 0) == (x.review[j][cell] > price) {
					agree++
				}
			}
		}
		if share := float64(agree) / float64(sure); share < .99 {
			t.Errorf("price %.3f: index and gain agree in %.4f of cells", price, share)
		}
		if met := w.met(&m) > price*a.first; met != (x.first > price) {
			t.Errorf("price %.3f: meeting a fact is worth it: %v, its index is %.3f", price, met, x.first)
		}
	}
}

// mixed candidates: some new, some just studied, the others of many memories.
func mixed(n int) []Candidate {
	rng := rand.New(rand.NewPCG(8, 8))
	facts := make([]Candidate, n)
	for i := range facts {
		if i%10 == 0 {
			continue
		}
		s := math.Exp(6 * rng.Float64())
		facts[i] = Candidate{
			Memory: fsrs.Memory{Stability: s, Difficulty: 1 + 9*rng.Float64()},
			Days:   int(40 * s * math.Pow(rng.Float64(), 4)), Missed: i%9 == 1,
		}
	}
	return facts
}

func TestTodayListsWhatIsWorthItInOrder(t *testing.T) {
	facts := mixed(3000)
	all, list := usually.Order(facts), usually.Today(facts)
	seen := map[int]bool{}
	for i, s := range all {
		if seen[s.Index] || i > 0 && s.Gain > all[i-1].Gain {
			t.Fatalf("%d: %+v after %+v", i, s, all[max(i-1, 0)])
		}
		seen[s.Index] = true
		if worth := usually.Next(facts[s.Index]) == 0; worth != (i < len(list)) {
			t.Errorf("%+v: worth it %v, but it is number %d of %d", facts[s.Index], worth, i, len(list))
		}
	}
	for i, f := range facts {
		if studied := f.Seen() && f.Days == 0; seen[i] == studied {
			t.Errorf("%+v: listed %v", f, seen[i])
		}
	}
	if len(list) < 500 || len(list) > 2000 {
		t.Errorf("%d of %d worth it", len(list), len(facts))
	}
}

// TestWhatIsKnownWaits: nobody is asked for what he knows for certain, and a week later
// it is still known.
func TestWhatIsKnownWaits(t *testing.T) {
	known := Candidate{Memory: fsrs.Memory{Stability: 60, Difficulty: 5}, Days: 3}
	if list := usually.Today([]Candidate{known}); len(list) != 0 {
		t.Errorf("%+v, at a recall of %.3f", list[0], list[0].Now)
	}
	if days := usually.Next(known); days < week {
		t.Errorf("worth it in %d days", days)
	}
}

// TestNextIsTheFirstDayWorthIt, and for the usual memory the day that retention tells.
func TestNextIsTheFirstDayWorthIt(t *testing.T) {
	for _, f := range mixed(500) {
		next := usually.Next(f)
		if f.Seen() && f.Days == 0 && next == 0 {
			t.Errorf("%+v: again today", f)
		}
		f.Days += next
		on := len(usually.Today([]Candidate{f}))
		f.Days--
		if before := len(usually.Today([]Candidate{f})); on != 1 || next > 0 && before != 0 {
			t.Errorf("%+v: next in %d days, %d listed then and %d the day before", f, next, on, before)
		}
	}
	for _, retention := range []float64{.8, .95} {
		q := NewQueue(model(), pace, retention)
		got, want := q.Next(Candidate{Memory: usual}), q.model.Interval(usual.Stability, retention)
		if math.Abs(float64(got)-want) > 1 {
			t.Errorf("retention %.2f: in %d days, want %.1f", retention, got, want)
		}
	}
}

// TestTwiceTheTimeIsWorthHalf, for one fact and for a slow learner, who keeps the order.
func TestTwiceTheTimeIsWorthHalf(t *testing.T) {
	facts, slow := mixed(300), mixed(300)
	for i := range slow {
		slow[i].Pace = 2
	}
	q := NewQueue(model(), Seconds{2 * pace.First, 2 * pace.Pass, 2 * pace.Lapse}, .9)
	want, one, all := usually.Order(facts), usually.Order(slow), q.Order(facts)
	for i, w := range want {
		for _, got := range []Study{one[i], all[i]} {
			if got.Index != w.Index || math.Abs(got.Gain-w.Gain/2) > 1e-9 || math.Abs(got.Seconds-2*w.Seconds) > 1e-9 {
				t.Fatalf("%+v, want %+v at half the gain", got, w)
			}
		}
	}
}

// TestStudyTellsWhatIsExpected, by 20,000 draws.
func TestStudyTellsWhatIsExpected(t *testing.T) {
	rng := rand.New(rand.NewPCG(6, 6))
	for _, f := range []Candidate{{}, {Memory: fsrs.Memory{Stability: 4, Difficulty: 7}, Days: 30}} {
		then, seconds := 0.0, 0.0
		const draws = 20000
		for range draws {
			l := life{truth: model(), belief: model(), rng: rng, facts: []kept{{truth: f.Memory, belief: f.Memory}}}
			if f.Seen() {
				seconds += l.review(f.Days, 0)
			} else {
				l.facts = nil
				seconds += l.meet(0)
			}
			then += l.known(f.Days+week) / draws
		}
		s := usually.Order([]Candidate{f})[0]
		if math.Abs(s.Then-then) > .005 || math.Abs(s.Seconds-seconds/draws) > .1 {
			t.Errorf("%+v, want %.3f then and %.1f seconds", s, then, seconds/draws)
		}
	}
}

// TestReasonsAreTrue of the candidate and of the numbers given, which are the model's.
func TestReasonsAreTrue(t *testing.T) {
	m, facts, given := model(), mixed(20000), map[Why]int{}
	for _, s := range usually.Order(facts) {
		f := facts[s.Index]
		now := m.Retrievability(f.Memory, float64(f.Days))
		soon := m.Retrievability(f.Memory, float64(f.Days+7))
		holds := map[Why]bool{
			New:      f.Memory == fsrs.Memory{} && now == 0,
			Missed:   f.Missed,
			Doubtful: now < .7,
			Fading:   now-soon >= .05,
			Young:    f.Stability < 7,
			Long:     f.Days >= 60,
			Ripe:     usually.Next(f) == 0,
			Early:    usually.Next(f) > 0,
		}
		if !holds[s.Why] || s.Now != now || s.Soon != soon {
			t.Errorf("%+v of %+v", s, f)
		}
		given[s.Why]++
	}
	for _, why := range []Why{New, Missed, Doubtful, Fading, Young, Long, Ripe, Early} {
		if given[why] == 0 {
			t.Errorf("nothing is %s", why)
		}
	}
	t.Log(given)
}

// TestQueueIsSoundForAnyWeights, and at the limits of memories and days.
func TestQueueIsSoundForAnyWeights(t *testing.T) {
	low, high := fsrs.Limits()
	rng := rand.New(rand.NewPCG(2, 2))
	wild := low
	for i := range wild {
		wild[i] += rng.Float64() * (high[i] - low[i])
	}
	extreme := []Candidate{
		{}, {Pace: .1},
		{Memory: fsrs.Memory{Stability: fsrs.MinStability, Difficulty: fsrs.MaxDifficulty}, Days: 36500},
		{Memory: fsrs.Memory{Stability: fsrs.MinStability, Difficulty: fsrs.MinDifficulty}, Days: 1},
		{Memory: fsrs.Memory{Stability: fsrs.MaxStability, Difficulty: fsrs.MaxDifficulty}, Days: 1},
		{Memory: fsrs.Memory{Stability: fsrs.MaxStability, Difficulty: fsrs.MinDifficulty}, Days: 36500},
		{Memory: fsrs.Memory{Stability: 1, Difficulty: 5}, Days: -1},
	}
	for _, w := range []fsrs.Weights{low, high, wild} {
		q := NewQueue(fsrs.New(w), pace, .9)
		for _, s := range q.Order(slices.Concat(extreme, mixed(500))) {
			if !(s.Gain >= 0 && s.Gain <= 10*60/pace.Pass) || !(s.Then >= 0 && s.Then <= 1) || !(s.Seconds > 0) {
				t.Errorf("%+v with %v", s, w)
			}
		}
		for _, f := range extreme {
			if days := q.Next(f); days < 0 || days > fsrs.MaxStability {
				t.Errorf("%+v: next in %d days", f, days)
			}
		}
	}
}

func BenchmarkNewQueue(b *testing.B) {
	for b.Loop() {
		NewQueue(model(), pace, .9)
	}
}

// BenchmarkOrder orders 10,000 facts.
func BenchmarkOrder(b *testing.B) {
	facts := mixed(10000)
	for b.Loop() {
		usually.Order(facts)
	}
}

// BenchmarkNext finds the next day of 10,000 facts.
func BenchmarkNext(b *testing.B) {
	facts := mixed(10000)
	for b.Loop() {
		for _, f := range facts {
			usually.Next(f)
		}
	}
}
