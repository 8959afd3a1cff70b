package sim

import (
	"math"
	"reflect"
	"testing"
	"time"

	"thaw/app/fsrs"
)

func TestRunIsDeterministic(t *testing.T) {
	c := Default()
	if !reflect.DeepEqual(Run(c), Run(c)) {
		t.Error("one seed gave two years")
	}
}

func TestRecallIsTheWanted(t *testing.T) {
	if got := Run(Default()).Recall; math.Abs(got-.9) > .02 {
		t.Errorf("recall %.4f, want .9", got)
	}
}

func TestWeakMemoryRecallsLess(t *testing.T) {
	c := Default()
	w := fsrs.Default()
	for i := range 4 {
		w[i] *= .5
	}
	w[8] -= .5
	want := Run(c).Recall
	c.Truth = fsrs.New(w)
	if got := Run(c).Recall; got > want-.02 {
		t.Errorf("recall %.4f of a weak memory, %.4f of the believed", got, want)
	}
}

func TestCurveRises(t *testing.T) {
	p := Curve(Default(), []float64{.75, .8, .85, .9, .95})
	for i, x := range p {
		t.Logf("%.2f: %6.1f min/day, %6.0f known, recall %.3f", x.Retention, x.MinutesADay, x.Known, x.Recall)
		if i > 0 && (x.MinutesADay <= p[i-1].MinutesADay || x.Known <= p[i-1].Known) {
			t.Errorf("%+v after %+v", x, p[i-1])
		}
	}
}

func TestFactsMetBeforeFallDueByTheWantedRecall(t *testing.T) {
	c := Default()
	c.Facts, c.Days, c.NewADay = 3, 40, 0
	c.Met = []Held{{fsrs.Memory{Stability: 10, Difficulty: 5}, 4}, {fsrs.Memory{Stability: 10, Difficulty: 5}, 90}, {fsrs.Memory{Stability: 400, Difficulty: 5}, 4}}
	y := Run(c)
	if y.New != 0 || y.Days[0].Reviews != 1 || y.Days[6].Reviews == 0 {
		t.Errorf("%d new; %d reviews on the first day, %d on the seventh: want the overdue fact first, and one six days later", y.New, y.Days[0].Reviews, y.Days[6].Reviews)
	}
	if y.Known < 2 || y.Known > 3 {
		t.Errorf("%.2f of three facts are known in the end", y.Known)
	}
}

func TestBudgetAndDaysOff(t *testing.T) {
	c := Default()
	c.Minutes = 8
	c.Off[2] = true
	for i, d := range Run(c).Days {
		if d.Minutes > c.Minutes+(c.New+c.Pass)/60 {
			t.Errorf("day %d: %.2f minutes", i, d.Minutes)
		}
		if i%7 == 2 && d.Reviews+d.New > 0 {
			t.Errorf("day %d off: studied", i)
		}
	}
}

func TestAllocationsDoNotGrow(t *testing.T) {
	c := Default()
	few := testing.AllocsPerRun(1, func() { c.Retention = .7; Run(c) })
	many := testing.AllocsPerRun(1, func() { c.Retention = .95; Run(c) })
	if few > 20 || many > 20 {
		t.Errorf("%v allocations, then %v", few, many)
	}
}

// BenchmarkRun reports a review's cost in bare calls of Model.Next.
func BenchmarkRun(b *testing.B) {
	c := Default()
	c.Facts, c.NewADay = 10000, 28
	reviews := 0
	for b.Loop() {
		reviews += Run(c).Reviews
	}
	ns := float64(b.Elapsed().Nanoseconds()) / float64(reviews)
	b.ReportMetric(ns, "ns/review")
	b.ReportMetric(ns/bareNext(&c.Truth), "nexts/review")
}

// bareNext is the time of one Model.Next, in ns.
func bareNext(m *fsrs.Model) float64 {
	const n = 1_000_000
	start := time.Now()
	for i := range n {
		sink = m.Next(fsrs.Memory{Stability: 10, Difficulty: 5}, 1+i%20, fsrs.Good)
	}
	return float64(time.Since(start).Nanoseconds()) / n
}

var sink fsrs.Memory
