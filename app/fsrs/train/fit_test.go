package train

import (
	"cmp"
	"compress/gzip"
	"context"
	"encoding/csv"
	"errors"
	"math"
	"os"
	"runtime"
	"slices"
	"strconv"
	"testing"
	"time"

	"pgregory.net/rapid"

	"thaw/app/fsrs"
)

const realLog = "testdata/reviews_real.csv.gz"

func logFile(tb testing.TB, name string) []Review {
	tb.Helper()
	f, err := os.Open(name)
	if err != nil {
		tb.Fatal(err)
	}
	defer f.Close()
	z, err := gzip.NewReader(f)
	if err != nil {
		tb.Fatal(err)
	}
	rows, err := csv.NewReader(z).ReadAll()
	if err != nil {
		tb.Fatal(err)
	}
	number := func(s string) int64 {
		n, err := strconv.ParseInt(s, 10, 64)
		if err != nil {
			tb.Fatal(err)
		}
		return n
	}
	log := make([]Review, len(rows)-1)
	for i, r := range rows[1:] {
		log[i] = Review{Card: number(r[0]), At: number(r[1]), Days: int32(number(r[2])), Rating: fsrs.Rating(number(r[3]))}
	}
	return log
}

func fitted(tb testing.TB, log []Review, o Options) fsrs.Weights {
	tb.Helper()
	r, err := Fit(context.Background(), log, o)
	if err != nil {
		tb.Fatal(err)
	}
	return r.Weights
}

// gain is by how much fits lower the log loss of five tests in time, per item,
// and the loss of the default weights.
func gain(t *testing.T, log []Review) (gain, before float64) {
	t.Helper()
	splits, err := Splits(t.Context(), log, 5, Options{})
	if err != nil {
		t.Fatal(err)
	}
	items := 0.0
	for _, s := range splits {
		n := float64(s.Items)
		gain += (s.Before.LogLoss - s.LogLoss) * n
		before += s.Before.LogLoss * n
		items += n
	}
	return gain / items, before / items
}

func TestFitForetellsARealLearnerBetter(t *testing.T) {
	log := logFile(t, realLog)
	better, before := gain(t, log)
	t.Logf("log loss of the default weights %.5f, fitted %.5f lower", before, better)
	if better < .0035 {
		t.Errorf("five tests in time: %.5f below the default weights, want .0035", better)
	}
}

func TestFitComesCloseToHiddenWeights(t *testing.T) {
	logs := map[string][]Review{"made": made(16_000, hidden, 7)}
	way := map[string]float64{"made": .75, "shared": .9} // the made one's tests lie further ahead of what they are trained on
	const shared = "../../../../shared/fsrs/reviews_synthetic_186k.csv.gz"
	if _, err := os.Stat(shared); err == nil {
		logs["shared"] = logFile(t, shared)
	} else {
		t.Logf("%s is not here: only the learner made here is fitted", shared)
	}
	for name, log := range logs {
		better, _ := gain(t, log)
		most := 0.0
		order := timeline(log)
		items := itemsIn(log, order)
		_, want := test(log, order, items[len(items)/6:])
		most = score(foretold(log, fsrs.Default(), want)).LogLoss - score(foretold(log, hidden, want)).LogLoss
		t.Logf("%s: %.5f of the %.5f that the hidden weights gain", name, better, most)
		if better < way[name]*most {
			t.Errorf("%s: %.5f of %.5f, want %v of the way to the hidden weights", name, better, most, way[name])
		}
	}
}

func TestFitIsTheSameForAnyOrderAndNumberOfCores(t *testing.T) {
	log := made(800, hidden, 3)
	want := fitted(t, log, Options{})
	if want == fsrs.Default() {
		t.Fatal("nothing was fitted")
	}
	slices.SortFunc(log, func(a, b Review) int { return cmp.Or(cmp.Compare(b.At, a.At), cmp.Compare(a.Card, b.Card)) })
	before := runtime.GOMAXPROCS(1)
	defer runtime.GOMAXPROCS(before)
	for _, cores := range []int{1, 3, 8} {
		runtime.GOMAXPROCS(cores)
		if got := fitted(t, log, Options{}); got != want {
			t.Errorf("on %d cores, in another order: %v, want %v", cores, got, want)
		}
	}
}

func TestFitLeavesTheLogAsItIs(t *testing.T) {
	log := made(100, hidden, 4)
	before := slices.Clone(log)
	fitted(t, log, Options{})
	if !slices.Equal(log, before) {
		t.Error("the reviews are in another order")
	}
}

func TestTooFewItemsFitNothing(t *testing.T) {
	log := made(2, hidden, 5)
	if got := fitted(t, log, Options{}); got != fsrs.Default() {
		t.Errorf("two cards are fitted to %v", got)
	}
	warm := hidden
	if got := fitted(t, nil, Options{Warm: warm}); got != warm {
		t.Errorf("nothing is fitted to %v, want what was in force", got)
	}
}

func TestAWarmFitEndsWhereAFirstOneDoes(t *testing.T) {
	log := made(1000, hidden, 6)
	first := fitted(t, log, Options{})
	again := fitted(t, log, Options{Warm: first})
	f := newLoss(arrangedAndKept(log))
	a, _ := f.at(first)
	b, _ := f.at(again)
	if math.Abs(a-b) > 2*enough {
		t.Errorf("the loss is %v after a first fit and %v after a warm one", a, b)
	}
}

func arrangedAndKept(log []Review) log {
	all := arrange(log)
	kept, _ := all.filter()
	return kept
}

func TestAFitIsCancelled(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	steps := 0
	_, err := Fit(ctx, made(500, hidden, 8), Options{Progress: func(float64) {
		steps++
		cancel()
	}})
	if !errors.Is(err, context.Canceled) || steps != 1 {
		t.Errorf("after %d steps: %v, want the first and context canceled", steps, err)
	}
}

func TestProgressRisesToOne(t *testing.T) {
	last := -1.0
	fitted(t, made(300, hidden, 9), Options{Progress: func(done float64) {
		if done <= last || done > 1 {
			t.Errorf("progress %v after %v", done, last)
		}
		last = done
	}})
	if last != 1 {
		t.Errorf("progress ends at %v, want 1", last)
	}
}

// Whatever somebody does, a fit gives weights that the model takes.
func TestFittedWeightsAreWithinTheirLimits(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var log []Review
		for card := range rapid.IntRange(1, 60).Draw(t, "cards") {
			at := int64(0)
			for range rapid.IntRange(1, 8).Draw(t, "reviews") {
				days := rapid.Int32Range(-1, 4000).Draw(t, "days")
				at += int64(max(days, 0)) * 86_400_000
				log = append(log, Review{Card: int64(card), At: at, Days: days, Rating: fsrs.Rating(rapid.IntRange(1, 4).Draw(t, "rating"))})
			}
		}
		r, err := Fit(context.Background(), log, Options{})
		if err != nil {
			t.Fatal(err)
		}
		if err := r.Weights.Check(); err != nil {
			t.Fatal(err)
		}
	})
}

func TestProposeKeepsWhatForetellsTheNewestBetter(t *testing.T) {
	log := made(3000, hidden, 10)
	p, err := Propose(t.Context(), log, fsrs.Default(), Options{})
	if err != nil {
		t.Fatal(err)
	}
	if !p.Better || p.After.LogLoss >= p.Before.LogLoss || p.Weights == fsrs.Default() || p.Before.Items < 1000 {
		t.Errorf("against the default weights: %+v, want better ones", p)
	}
	// Somebody who forgot nearly all, and lately remembers as most do.
	log = made(500, forgetful, 11)
	for _, r := range made(200, fsrs.Default(), 12) {
		r.Card, r.At = r.Card+1000, r.At+3*365*86_400_000
		log = append(log, r)
	}
	p, err = Propose(t.Context(), log, fsrs.Default(), Options{})
	if err != nil {
		t.Fatal(err)
	}
	if p.Better || p.Weights != fsrs.Default() || p.After.LogLoss <= p.Before.LogLoss {
		t.Errorf("weights of the past that lose on the newest: %+v, want those in force", p)
	}
}

func BenchmarkFit(b *testing.B) {
	million := made(143_000, hidden, 1)
	real := logFile(b, realLog)
	ten := made(1430, hidden, 2)
	choices, _ := guesser{hidden, 1, 1600}.log(1)
	for _, c := range []struct {
		name string
		log  []Review
		o    Options
	}{{"real", real, Options{}}, {"10k-warm", ten, Options{Warm: fitted(b, ten, Options{})}}, {"choices", choices, Options{}}, {"187k", made(26_700, hidden, 1), Options{}}, {"million", million, Options{}}} {
		slices.SortFunc(c.log, ByCard)
		b.Run(c.name, func(b *testing.B) {
			b.ReportAllocs()
			b.ReportMetric(float64(len(c.log)), "reviews")
			for b.Loop() {
				fitted(b, c.log, c.o)
			}
			b.ReportMetric(b.Elapsed().Seconds()/float64(b.N)/pows(), "pows")
		})
	}
}

// pows is the seconds that one math.Pow takes.
func pows() float64 {
	const n = 1_000_000
	x, sum, start := 1.5, 0.0, time.Now()
	for range n {
		sum += math.Pow(x, -.1542)
		x += 1e-6
	}
	if sum == 0 {
		return math.NaN()
	}
	return time.Since(start).Seconds() / n
}

// A million reviews are fitted in little memory beside their own.
func TestAMillionReviewsFitInLittleMemory(t *testing.T) {
	log := made(143_000, hidden, 1)
	slices.SortFunc(log, ByCard)
	runtime.GC()
	var before runtime.MemStats
	runtime.ReadMemStats(&before)
	var most uint64
	fitted(t, log, Options{Progress: func(float64) {
		var now runtime.MemStats
		runtime.GC()
		runtime.ReadMemStats(&now)
		most = max(most, now.HeapAlloc)
	}})
	used := float64(most-before.HeapAlloc) / (1 << 20)
	t.Logf("%d reviews, %.0f MiB beside them", len(log), used)
	if len(log) < 1_000_000 || used > 64 {
		t.Errorf("%d reviews take %.0f MiB, want a million in 64", len(log), used)
	}
	runtime.KeepAlive(log)
}
