package fsrs

import (
	"math"
	"strconv"
	"testing"

	"pgregory.net/rapid"
)

func TestRatingNames(t *testing.T) {
	for rating, want := range []string{"none", "again", "hard", "good", "easy", "none"} {
		r := Rating(rating)
		if r.String() != want || r.Valid() != (want != "none") {
			t.Errorf("rating %d is %q, valid %v, want %q", rating, r, r.Valid(), want)
		}
	}
}

func TestHistory(t *testing.T) {
	m := New(Default())
	got := m.History([]Review{{0, Again}, {0, Good}, {1, Good}, {3, Good}, {8, Good}, {21, Good}})
	if want := (Memory{53.62691, 6.3574867}); !same(got, want, 1e-6) {
		t.Errorf("A G G G G G leaves %+v, want %+v", got, want)
	}
	if got := m.History(nil); got.Seen() {
		t.Errorf("no reviews leave %+v, want a fact never seen", got)
	}
}

func TestFourGood(t *testing.T) {
	m := New(Default())
	var mem Memory
	for i, days := range []int{0, 0, 4, 11} {
		mem = m.Next(mem, days, Good)
		want := []float64{2.3065, 2.3065, 16.18802274, 52.76325584}[i]
		if !near(mem.Stability, want, 1e-7) {
			t.Errorf("stability after Good %d is %v, want %v", i+1, mem.Stability, want)
		}
	}
}

func TestDifficulty(t *testing.T) {
	m := New(Default())
	for i, want := range []float64{8.34176237, 6.66599536, 4.99022837, 3.31446137} {
		if got := m.Next(Memory{5, 5}, 1, Rating(i+1)).Difficulty; !near(got, want, 1e-8) {
			t.Errorf("difficulty 5 after %v is %v, want %v", Rating(i+1), got, want)
		}
	}
}

func TestSameDay(t *testing.T) {
	m := New(Default())
	for i, want := range []float64{1.596818, 5, 5, 8.12961} {
		if got := m.Next(Memory{5, 5}, 0, Rating(i+1)).Stability; !near(got, want, 1e-6) {
			t.Errorf("stability 5 on the same day after %v is %v, want %v", Rating(i+1), got, want)
		}
	}
}

// TestLapseNeverHelps: a weak memory long overdue would otherwise gain.
func TestLapseNeverHelps(t *testing.T) {
	m := New(Default())
	want := .2 / math.Exp(.5425*.0912)
	if got := m.Next(Memory{.2, 1}, 1000, Again).Stability; !near(got, want, 1e-12) {
		t.Errorf("stability 0.2 after a late lapse is %v, want %v", got, want)
	}
}

// TestDifficultyMovesAfterStability holds that the old difficulty stands in the
// new stability.
func TestDifficultyMovesAfterStability(t *testing.T) {
	m := New(Default())
	mem := Memory{5, 3}
	recall := math.Pow(1+(math.Pow(.9, -1/.1542)-1)*7/5, -.1542)
	want := 5 * (1 + math.Exp(1.8722)*(11-3)*math.Pow(5, -.1666)*(math.Exp(.796*(1-recall))-1)*1.8729)
	if got := m.Next(mem, 7, Easy).Stability; !near(got, want, 1e-12) {
		t.Errorf("stability after Easy is %v, want %v", got, want)
	}
}

func weightsWithin(t *rapid.T) Weights {
	low, high := Limits()
	var w Weights
	for i := range w {
		w[i] = rapid.Float64Range(low[i], high[i]).Draw(t, "w"+strconv.Itoa(i))
	}
	return w
}

func reviews(t *rapid.T) []Review {
	return rapid.SliceOfN(rapid.Custom(func(t *rapid.T) Review {
		return Review{
			Days:   rapid.OneOf(rapid.IntRange(0, 3), rapid.IntRange(0, 40000)).Draw(t, "days"),
			Rating: Rating(rapid.IntRange(1, 4).Draw(t, "rating")),
		}
	}), 1, 30).Draw(t, "reviews")
}

func within(m Memory) bool { // false for NaN
	return m.Stability >= MinStability && m.Stability <= MaxStability &&
		m.Difficulty >= MinDifficulty && m.Difficulty <= MaxDifficulty
}

func TestMemoryStaysWithinLimits(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		m := New(weightsWithin(t))
		var mem Memory
		for i, r := range reviews(t) {
			each := m.Each(mem, r.Days)
			mem = m.Next(mem, r.Days, r.Rating)
			if !within(mem) {
				t.Fatalf("memory %+v after review %d", mem, i+1)
			}
			if each[r.Rating-1] != mem {
				t.Fatalf("Each has %+v, Next %+v, want the same bits", each[r.Rating-1], mem)
			}
		}
	})
}

func TestBetterRatingRemembersLonger(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		m := New(weightsWithin(t))
		mem := m.History(reviews(t))
		next := m.Each(mem, rapid.IntRange(0, 1000).Draw(t, "days"))
		for i := range 3 {
			if next[i].Stability > next[i+1].Stability || next[i].Difficulty < next[i+1].Difficulty {
				t.Fatalf("%v leaves %+v, %v %+v", Rating(i+1), next[i], Rating(i+2), next[i+1])
			}
		}
		if next[1].Stability < mem.Stability {
			t.Fatalf("a success shortens stability from %v to %v", mem.Stability, next[1].Stability)
		}
	})
}
