package plan

import (
	"math"
	"math/rand/v2"
	"testing"

	"thaw/app/fsrs"
)

// certain is a question that is answered rightly with the chance, whatever is
// remembered.
func certain(chance float64) Asked {
	return Asked{Stability: 1e-9, Curve: .8, Days: 1e9, Guess: chance}
}

func TestNumberRightIsExact(t *testing.T) {
	got := distribution([]Asked{certain(.5), certain(.25), certain(1)}, 1)
	for k, want := range []float64{0, .375, .5, .125} {
		if math.Abs(got[k]-want) > 1e-9 {
			t.Errorf("%d right with the chance %v, want %v", k, got[k], want)
		}
	}
}

func TestBandHoldsAboutFourFifths(t *testing.T) {
	for _, c := range []struct {
		n         int
		chance    float64
		low, high int
	}{{0, .5, 0, 0}, {1, .9, 1, 1}, {20, 1, 20, 20}, {20, .75, 13, 17}, {100, .5, 44, 56}} {
		asked := make([]Asked, c.n)
		for i := range asked {
			asked[i] = certain(c.chance)
		}
		f := Expect(asked, 0)
		if f.Low != c.low || f.High != c.high || f.N != c.n || math.Abs(f.Mean-float64(c.n)*c.chance) > 1e-6 {
			t.Errorf("%d at %v: %+v, want %d to %d", c.n, c.chance, f, c.low, c.high)
		}
	}
}

// TestDoubtDoesNotAverageOut: a thousand facts are no surer than the memory model.
func TestDoubtDoesNotAverageOut(t *testing.T) {
	asked := make([]Asked, 1000)
	for i := range asked {
		asked[i] = Asked{Stability: 10, Curve: fsrs.Default()[20], Days: 20}
	}
	blind, honest := Expect(asked, 0), Expect(asked, Doubt)
	if wide, narrow := honest.High-honest.Low, blind.High-blind.Low; wide < 2*narrow {
		t.Errorf("with doubt the band is %d wide, without it %d", wide, narrow)
	}
}

// TestFourOfFiveForecastsHold lives 2,000 learners whose memory follows weights of
// their own, the default ones each moved at random by a fifth, and the first
// stabilities together by a third, which the forecaster does not know. Each
// has met 10 to 60 facts and reviewed them when the default weights said, for 60 days;
// then all are asked for, 1 to 30 days later, typed or with four options. Run it
// with -v for the figures.
func TestFourOfFiveForecastsHold(t *testing.T) {
	rng := rand.New(rand.NewPCG(3, 5))
	believed := fsrs.New(fsrs.Default())
	const outcomes = 2000
	within, blindly, off, sure := 0, 0, 0.0, 0.0
	for range outcomes {
		truth := fsrs.New(somebody(rng))
		later := 1 + rng.IntN(30)
		var asked []Asked
		right := 0
		for range 10 + rng.IntN(51) {
			trueS, s, days := lived(rng, &truth, &believed)
			a := Asked{Stability: s, Curve: fsrs.Default()[20], Days: days + float64(later), Guess: .25 * float64(rng.IntN(2))}
			asked = append(asked, a)
			r := truth.Retrievability(fsrs.Memory{Stability: trueS}, a.Days)
			if rng.Float64() < r+(1-r)*a.Guess {
				right++
			}
		}
		f, blind := Expect(asked, Doubt), Expect(asked, 0)
		if right >= f.Low && right <= f.High {
			within++
		}
		if right >= blind.Low && right <= blind.High {
			blindly++
		}
		off += (f.Mean - float64(right)) / float64(f.N)
		sure += f.Sure
	}
	if blindly >= within {
		t.Errorf("with doubt %d results lie within, without it %d", within, blindly)
	}
	t.Logf("%d forecasts: %.1f %% of results within the band (it says %.1f), %.1f %% with chance alone; on average %+.2f points too high",
		outcomes, 100*float64(within)/outcomes, 100*sure/outcomes, 100*float64(blindly)/outcomes, 100*off/outcomes)
	if share := float64(within) / outcomes; share < .75 || share > .85 {
		t.Errorf("%.3f of the results lie within the band, want .75 to .85", share)
	}
}

// somebody's weights.
func somebody(rng *rand.Rand) fsrs.Weights {
	w := fsrs.Default()
	low, high := fsrs.Limits()
	all := math.Exp(.35 * rng.NormFloat64())
	for i := range w {
		w[i] *= math.Exp(.2 * rng.NormFloat64())
		if i < 4 {
			w[i] *= all
		}
		w[i] = min(max(w[i], low[i]), high[i])
	}
	return w
}

// lived is one fact after 60 days: its true stability, the believed one, and the
// days since its last review.
func lived(rng *rand.Rand, truth, believed *fsrs.Model) (trueS, s, days float64) {
	var is, seems fsrs.Memory
	today, gap := rng.IntN(30), 0
	for {
		rating := fsrs.Good
		known := .75
		if is.Seen() {
			known = truth.Retrievability(is, float64(gap))
		}
		if rng.Float64() >= known {
			rating = fsrs.Again
		}
		is, seems = truth.Next(is, gap, rating), believed.Next(seems, gap, rating)
		gap = believed.Days(seems.Stability, .9, 365)
		if today+gap > 60 {
			return is.Stability, seems.Stability, float64(60 - today)
		}
		today += gap
	}
}

// BenchmarkExpect forecasts a bank of 200, and says how many recalls that is.
func BenchmarkExpect(b *testing.B) {
	asked := make([]Asked, 200)
	for i := range asked {
		asked[i] = Asked{Stability: float64(1 + i), Curve: fsrs.Default()[20], Days: 20, Guess: .25}
	}
	for b.Loop() {
		Expect(asked, Doubt)
	}
}
