package plan_test

import (
	"math"
	"math/rand/v2"
	"testing"

	"thaw/app/fsrs/plan"
	"thaw/app/fsrs/sim"
)

// week is the share of load wanted by day modulo 7.
type week [7]float64

var everyDay = week{1, 1, 1, 1, 1, 1, 1}

// placing chooses days by plan.Place, and counts cards that come back on a day off
// although another lies in their range.
type placing struct {
	week
	slots []plan.Slot
	wrong int
}

func (p *placing) pick(low, high, today int, load []int) int {
	if low == high {
		return low
	}
	p.slots = p.slots[:0]
	from := max(low-plan.Margin, 1)
	for d := from; d <= high+plan.Margin; d++ {
		s := plan.Slot{Share: p.week[(today+d)%7]}
		if today+d < len(load) {
			s.Due = load[today+d]
		}
		p.slots = append(p.slots, s)
	}
	chosen := from + plan.Place(p.slots, low-from, high-from, (low+high)/2-from)
	if p.week[(today+chosen)%7] == 0 && high-low >= 2 {
		p.wrong++
	}
	return chosen
}

// variation is the coefficient of variation of the reviews of the days that are not off,
// in terms of a usual day's, from day 180 on: against the mean of the four weeks around
// each, since a deck that grows is no uneven load.
func variation(days []sim.Day, w week) float64 {
	const around = 14
	load := func(t int) float64 { return float64(days[t].Reviews) / w[t%7] }
	sum, n := 0.0, 0.0
	for t := 180; t < len(days)-around; t++ {
		if w[t%7] == 0 {
			continue
		}
		mean, m := 0.0, 0.0
		for u := t - around; u < t+around; u++ {
			if w[u%7] > 0 {
				mean, m = mean+load(u), m+1
			}
		}
		x := load(t)/(mean/m) - 1
		sum, n = sum+x*x, n+1
	}
	return math.Sqrt(sum / n)
}

// habit is who studies how much on which days.
type habit struct {
	name  string
	fresh int // facts a day
	week  week
	most  float64 // variation to stay below
}

// outcome of a year, or the mean of several.
type outcome struct{ variation, recall float64 }

// live is a year of the habit, with days placed or fuzzed, and how many cards came back on
// a day off for nothing.
func (h habit) live(seed uint64, place bool) (o outcome, wrong int) {
	c := sim.Default()
	c.Seed, c.Facts, c.NewADay = seed, 365*h.fresh, h.fresh
	for d, share := range h.week {
		c.Off[d] = share == 0
	}
	p := &placing{week: h.week}
	if place {
		c.Pick = p.pick
	}
	y := sim.Run(c)
	return outcome{variation(y.Days, h.week), y.Recall}, p.wrong
}

// TestDaysAreEven: years of ten new facts a day (and of 28), seeds 1 to 5, with intervals
// fuzzed and with days chosen by Place. The load varies by less than .05, and recall at
// reviews is at most .1 points lower. With a weekend off and an easy Wednesday the days
// have about their shares (Mondays take what could not avoid the weekend), and no card
// comes back on a day off while another day lies in its range.
// Run it with -v for the table.
func TestDaysAreEven(t *testing.T) {
	const seeds = 5
	t.Log("new a day, days          | variation fuzzed, placed | recall fuzzed, placed")
	for _, h := range []habit{
		{"every day", 10, everyDay, .05}, {"every day", 28, everyDay, .035}, {"five, one of them easy", 10, week{1, 1, .5, 1, 1, 0, 0}, .125},
	} {
		var fuzzed, placed outcome
		for seed := uint64(1); seed <= seeds; seed++ {
			a, _ := h.live(seed, false)
			b, wrong := h.live(seed, true)
			if wrong > 0 {
				t.Errorf("%s: %d cards come back on a day off", h.name, wrong)
			}
			fuzzed.variation, placed.variation = fuzzed.variation+a.variation/seeds, placed.variation+b.variation/seeds
			fuzzed.recall, placed.recall = fuzzed.recall+a.recall/seeds, placed.recall+b.recall/seeds
		}
		t.Logf("%2d, %-22s | %.4f %.4f | %.4f %.4f", h.fresh, h.name, fuzzed.variation, placed.variation, fuzzed.recall, placed.recall)
		if placed.variation > h.most || placed.variation > .6*fuzzed.variation {
			t.Errorf("%s: the load varies by %.4f, fuzzed by %.4f, want at most %.3f", h.name, placed.variation, fuzzed.variation, h.most)
		}
		if placed.recall < fuzzed.recall-.001 {
			t.Errorf("%s: recall %.4f, fuzzed %.4f", h.name, placed.recall, fuzzed.recall)
		}
	}
}

func TestPlace(t *testing.T) {
	usual := func(due ...int) []plan.Slot {
		slots := make([]plan.Slot, len(due))
		for i, n := range due {
			slots[i] = plan.Slot{Due: n, Share: 1}
		}
		return slots
	}
	off, twin, easy := usual(9, 9, 0, 9, 9), usual(9, 9, 1, 9, 9), usual(20, 20, 12, 20, 20)
	off[2].Share, twin[2].Twin, easy[2].Share = 0, true, .5
	allOff := usual(3, 2, 1)
	both := usual(5, 5, 5)
	for i := range 3 {
		allOff[i].Share, both[i].Twin = 0, true
	}
	both[0].Share = 0
	for name, c := range map[string]struct {
		slots     []plan.Slot
		low, high int
		own, want int
	}{
		"the emptiest":                  {usual(9, 9, 9, 2, 9), 1, 3, 2, 3},
		"of the range only":             {usual(0, 9, 9, 9, 0), 1, 3, 2, 2},
		"its own where it is as good":   {usual(5, 5, 5, 5, 5), 0, 4, 3, 3},
		"not for one card in hundreds":  {usual(301, 300, 300, 299, 300), 0, 4, 2, 2},
		"the line, not the end":         {usual(50, 40, 30, 20, 10), 0, 4, 2, 2},
		"no day off":                    {off, 1, 3, 2, 1},
		"not with its twin":             {twin, 1, 3, 2, 1},
		"an easy day has its share":     {easy, 1, 3, 2, 1},
		"off when all are":              {allOff, 0, 2, 1, 2},
		"with its twin rather than off": {both, 0, 2, 0, 1},
		"no choice":                     {usual(4), 0, 0, 0, 0},
	} {
		if got := plan.Place(c.slots, c.low, c.high, c.own); got != c.want {
			t.Errorf("%s: slot %d, want %d", name, got, c.want)
		}
	}
}

func TestPlaceAllocatesNothing(t *testing.T) {
	slots := make([]plan.Slot, 21)
	for i := range slots {
		slots[i] = plan.Slot{Due: i % 5, Share: 1}
	}
	if n := testing.AllocsPerRun(100, func() { plan.Place(slots, plan.Margin, 21-plan.Margin, 10) }); n > 0 {
		t.Errorf("%v allocations", n)
	}
}

func BenchmarkPlace(b *testing.B) {
	rng := rand.New(rand.NewPCG(1, 1))
	slots := make([]plan.Slot, 21)
	for i := range slots {
		slots[i] = plan.Slot{Due: 80 + rng.IntN(20), Share: 1}
	}
	b.ReportAllocs()
	for b.Loop() {
		plan.Place(slots, plan.Margin, 21-plan.Margin, 10)
	}
}
