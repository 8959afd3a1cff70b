package fsrs

import (
	"math"
	"math/rand/v2"
	"testing"
)

func TestKnown(t *testing.T) {
	for _, c := range []struct{ recall, guess, credit, want float64 }{
		{.9, 0, 1, 1},
		{.9, 1. / 3, 1, .9 / (.9 + .1/3)},
		{.5, .5, 1, 2. / 3},
		{.5, 1, 1, .5}, // an answer that everybody gives tells nothing
		{.9, 0, .5, .5},
		{.5, .5, .75, .5},
		{.9, .25, 0, 0},
		{0, .25, 1, 0},
		{1, .25, 1, 1},
	} {
		if got := Known(c.recall, c.guess, c.credit); math.Abs(got-c.want) > 1e-15 {
			t.Errorf("Known(%v, %v, %v) = %v, want %v", c.recall, c.guess, c.credit, got, c.want)
		}
	}
}

func TestTypedAnswersAreThePlainModel(t *testing.T) {
	m := New(Default())
	rng := rand.New(rand.NewPCG(1, 2))
	for range 20_000 {
		mem := Memory{}
		if rng.IntN(10) > 0 {
			mem = Memory{Stability: math.Exp(rng.Float64()*16 - 6), Difficulty: 1 + 9*rng.Float64()}
		}
		days, r := rng.IntN(400), Again+Rating(rng.IntN(4))
		if got, want := m.Weigh(mem, days, r, 0, 1), m.Next(mem, days, r); got != want {
			t.Fatalf("%v after %d days, %v: %v, want the bits of Next %v", mem, days, r, got, want)
		}
		if got, want := m.Weigh(mem, days, Again, rng.Float64(), 0), m.Next(mem, days, Again); got != want {
			t.Fatalf("a lapse by a form that can be guessed: %v, want %v", got, want)
		}
	}
}

// TestAGuessMovesMemoryLess: the easier the answer is to guess, and the less of it
// is right, the less it says.
func TestAGuessMovesMemoryLess(t *testing.T) {
	m := New(Default())
	for _, mem := range []Memory{{}, {Stability: .5, Difficulty: 8}, {Stability: 20, Difficulty: 3}} {
		days := int(math.Ceil(mem.Stability))
		lapsed := m.Next(mem, days, Again)
		before := m.Next(mem, days, Good)
		for _, guess := range []float64{.05, .2, 1. / 3, .5, 1} {
			got := m.Weigh(mem, days, Good, guess, 1)
			if got.Stability >= before.Stability || got.Stability <= lapsed.Stability || got.Difficulty <= before.Difficulty {
				t.Errorf("%v, guess rate %v: %v, want between %v and %v", mem, guess, got, lapsed, before)
			}
			if part := m.Weigh(mem, days, Good, guess, .5); part.Stability >= got.Stability {
				t.Errorf("%v, guess rate %v: half an answer leaves %v, a whole one %v", mem, guess, part, got)
			}
			before = got
		}
	}
}

// TestOneMemoryForTwo: the memory falls to 0.9 when the mixture does.
func TestOneMemoryForTwo(t *testing.T) {
	m := New(Default())
	mem := Memory{Stability: 20, Difficulty: 5}
	p := Known(m.Retrievability(mem, 20), .25, 1)
	s := m.Weigh(mem, 20, Good, .25, 1).Stability
	known, lapsed := m.Next(mem, 20, Good), m.Next(mem, 20, Again)
	if r := p*m.recall(known.Stability, s) + (1-p)*m.recall(lapsed.Stability, s); math.Abs(r-.9) > 1e-9 {
		t.Errorf("the two are at %v on the day, want 0.9", r)
	}
}

func BenchmarkWeigh(b *testing.B) {
	m := New(Default())
	b.ReportAllocs()
	weigh := func() { m.Weigh(Memory{10, 5}, 7, Good, .25, 1) }
	for b.Loop() {
		weigh()
	}
	b.ReportMetric(each(20_000, weigh)/each(200_000, func() { m.Next(Memory{10, 5}, 7, Good) }), "nexts")
}
