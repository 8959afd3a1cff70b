package train

import (
	"math"
	"testing"

	"thaw/app/fsrs"
)

// Numbers that fsrs-rs's own test of the first stability asserts.
func TestFirstStabilityIsTheReferences(t *testing.T) {
	recall := []float64{.86666667, .90721649, .73015873, .76315789, .67857143}
	n := []int{435, 97, 63, 38, 28}
	var groups []group
	for i := range n {
		groups = append(groups, group{days: float64(i + 1), n: n[i], recalled: int(math.Round(recall[i] * float64(n[i])))})
	}
	got := searchFirst(groups, .94302857, fsrs.Default()[0], fsrs.Default()[20])
	if math.Abs(got-.7355089) > 1e-5 {
		t.Errorf("S0(Again) %v, want .7355089", got)
	}
}

func TestFirstStabilitiesAreInOrder(t *testing.T) {
	for _, c := range []struct{ w, n, want [4]float64 }{
		{[4]float64{1, 2, 3, 4}, [4]float64{5, 5, 5, 5}, [4]float64{1, 2, 3, 4}},
		{[4]float64{4, 1, 5, 6}, [4]float64{9, 9, 9, 9}, [4]float64{2, 2, 5, 6}},
		{[4]float64{8, 4, 2, 1}, [4]float64{1, 1, 1, 1}, [4]float64{math.Sqrt(8), math.Sqrt(8), math.Sqrt(8), math.Sqrt(8)}},
		{[4]float64{1, 9, 1, 20}, [4]float64{9, 1, 0, 1}, [4]float64{1, 9, 9, 20}},
	} {
		w := fsrs.Default()
		copy(w[:], c.w[:])
		inOrder(&w, c.n)
		for i := range 4 {
			if math.Abs(w[i]-c.want[i]) > 1e-6 {
				t.Errorf("%v of %v cards become %v, want %v", c.w, c.n, w[:4], c.want)
				break
			}
		}
	}
}

func TestUsualLeavesOutRareIntervals(t *testing.T) {
	groups := map[float64]group{}
	for days, n := range map[float64]int{1: 100, 2: 50, 3: 12, 7: 8, 30: 5, 90: 9, 120: 40} {
		groups[days] = group{days: days, n: n}
	}
	var got []float64
	for _, g := range usual(groups, fsrs.Good) {
		got = append(got, g.days)
	}
	// 5 of 30 days, 8 of 7 days: 13 cards; 9 of 90 would make 22, more than 20
	want := []float64{1, 2, 3, 90}
	if len(got) != len(want) || got[0] != 1 || got[3] != 90 {
		t.Errorf("intervals kept: %v, want %v", got, want)
	}
	if easy := usual(groups, fsrs.Easy); easy[len(easy)-1].days != 120 {
		t.Error("after an Easy, 120 days are left out")
	}
}

// The gradient derived by hand is that of small differences.
func TestGradientIsThatOfDifferences(t *testing.T) {
	f := newLoss(arrangedAndKept(made(300, hidden, 12)))
	for _, w := range []fsrs.Weights{fsrs.Default(), hidden} {
		_, grad := f.at(w)
		for i := range w {
			h := 1e-6 * math.Max(1e-2, w[i])
			up, down := w, w
			up[i] += h
			down[i] -= h
			a, _ := f.at(up)
			b, _ := f.at(down)
			if want := (a - b) / (2 * h); math.Abs(grad[i]-want) > 1e-4*math.Max(1, math.Abs(want)) {
				t.Errorf("by w%d: %v, differences say %v", i, grad[i], want)
			}
		}
	}
}

// Folding a log into trees changes neither its loss nor what it foretells.
func TestTreesSayWhatTheLogSays(t *testing.T) {
	reviews := made(200, hidden, 13)
	l := arrange(reviews)
	want := 0.0
	m := fsrs.New(hidden)
	for _, c := range l.cards {
		var mem fsrs.Memory
		for i := c.from; i < c.to; i++ {
			if days := float64(l.days[i]); days > 0 {
				r := m.Retrievability(mem, days)
				if l.rating[i] == fsrs.Again {
					r = 1 - r
				}
				want -= float64(l.weight[i]) * math.Log(r)
			}
			mem = m.Next(mem, int(l.days[i]), l.rating[i])
		}
	}
	got, nodes := 0.0, 0
	for _, p := range fold(l) {
		var grad gradient
		got += new(walker).walk(newModel(hidden), &p, &grad)
		nodes += len(p.parent)
	}
	if math.Abs(got/want-1) > 1e-6 {
		t.Errorf("loss of the trees %v, of the log %v", got, want)
	}
	if nodes >= len(reviews) {
		t.Errorf("%d nodes for %d reviews, want fewer", nodes, len(reviews))
	}
}

func TestItemsAreWeighedByTime(t *testing.T) {
	log := []Review{{Card: 1, At: 0, Rating: 3}, {Card: 2, At: 5, Rating: 3}, {Card: 1, At: 300, Days: 2, Rating: 3},
		{Card: 2, At: 200, Days: 4, Rating: 1}, {Card: 1, At: 900, Rating: 1}, {Card: 1, At: 1000, Days: 3, Rating: 3}}
	for i := range log {
		log[i].At *= 60_000
	}
	l := arrange(log)
	// card 1: its items come second and third of three, card 2: first
	share := func(i float64) float32 { return float32(.25 + .75*i*i*i) }
	want := []float32{0, share(1. / 3), 0, share(2. / 3), 0, share(0)}
	for i := range want {
		if l.weight[i] != want[i] {
			t.Fatalf("weights %v, want %v", l.weight, want)
		}
	}
}

func TestScores(t *testing.T) {
	items := []item{{.9, true, bin{1, 2, 0}, 0}, {.8, true, bin{1, 2, 0}, 0}, {.8, false, bin{1, 2, 0}, 0}, {.5, false, bin{3, 2, 0}, 0}}
	s := score(items)
	loss := -(math.Log(.9) + math.Log(.8) + math.Log(.2) + math.Log(.5)) / 4
	off := (2.5 - 2) / 3
	rmse := math.Sqrt((3*off*off + .25) / 4)
	if math.Abs(s.LogLoss-loss) > 1e-12 || math.Abs(s.RMSE-rmse) > 1e-12 || math.Abs(s.AUC-3.5/4) > 1e-12 || s.Items != 4 {
		t.Errorf("%+v, want %v, %v, %v", s, loss, rmse, 3.5/4)
	}
	if one := score(items[:2]); !math.IsNaN(one.AUC) {
		t.Errorf("AUC without a lapse is %v", one.AUC)
	}
}

func TestBinsGrow(t *testing.T) {
	for _, c := range []struct {
		days, reviews, lapses int
		want                  bin
	}{{1, 1, 0, bin{2.48, 2, 0}}, {4, 2, 1, bin{8.98, 2, 2}}, {13, 3, 2, bin{8.98, 4, 3}}, {14, 8, 3, bin{32.5, 13, 5}}} {
		got := binOf(c.days, c.reviews, c.lapses)
		if got.days != c.want.days && c.days < 14 {
			t.Errorf("%+v falls into %+v, want %+v", c, got, c.want)
		}
	}
}

// A split is trained on all reviews before its first item and tested on the items
// up to the next split.
func TestSplitsAreInTime(t *testing.T) {
	log := made(400, hidden, 14)
	order := timeline(log)
	items := itemsIn(log, order)
	splits, err := Splits(t.Context(), log, 5, Options{})
	if err != nil {
		t.Fatal(err)
	}
	if len(splits) != 5 {
		t.Fatalf("%d splits, want 5", len(splits))
	}
	n := len(items)
	for k, s := range splits {
		if want := n*(k+2)/6 - n*(k+1)/6; s.Items != want {
			t.Errorf("split %d tests %d items, want %d", k+1, s.Items, want)
		}
		var past []Review
		for _, i := range order[:items[n*(k+1)/6]] {
			past = append(past, log[i])
		}
		if want := fitted(t, past, Options{}); s.Weights != want {
			t.Errorf("split %d is not trained on the reviews before it", k+1)
		}
	}
	if few, err := Splits(t.Context(), log[:3], 5, Options{}); err != nil || len(few) > 3 {
		t.Errorf("three reviews make %d splits, %v", len(few), err)
	}
}
