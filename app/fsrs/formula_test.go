package fsrs

import (
	"math"
	"testing"
)

// TestStabilityFormulas has numbers that fsrs-rs's own tests assert, by recall
// instead of days.
func TestStabilityFormulas(t *testing.T) {
	m := New(Default())
	success := []float64{25.602541, 28.226582, 58.656002, 127.226685}
	lapse := []float64{1.0525396, 1.1894329, 1.3680838, 1.584989}
	bonus := []float64{1, Default()[15], 1, Default()[16]} // the peer's success knows no Again
	for i, recall := range []float64{.9, .8, .7, .6} {
		mem := Memory{Stability: 5, Difficulty: float64(i + 1)}
		if got := 5 * (1 + m.gain(mem, recall)*bonus[i]); math.Abs(got/success[i]-1) > 1e-6 {
			t.Errorf("success with D %d: %v, want %v", i+1, got, success[i])
		}
		if got := m.lapse(mem, recall); math.Abs(got/lapse[i]-1) > 1e-6 {
			t.Errorf("lapse with D %d: %v, want %v", i+1, got, lapse[i])
		}
	}
}

func TestPowIsMathPow(t *testing.T) {
	for x := MinStability; x < 1e6; x *= 1.37 {
		for y := -10.0; y <= 1; y += .1 {
			if got, want := pow(x, y), math.Pow(x, y); math.Abs(got/want-1) > 1e-13 {
				t.Fatalf("pow(%v, %v) = %v, want %v", x, y, got, want)
			}
		}
	}
}
