package fsrs

import (
	"math"
	"testing"

	gofsrs "github.com/open-spaced-repetition/go-fsrs/v4"
	"pgregory.net/rapid"
)

func TestIntervalByRetention(t *testing.T) {
	m := New(Default())
	for i, want := range []float64{3116769, 34793, 2508, 387, 90, 27, 9, 3, 1, 0} {
		retention := float64(i+1) / 10
		if got := math.Round(m.Interval(1, retention)); got != want {
			t.Errorf("interval at retention %.1f is %v, want %v", retention, got, want)
		}
		if got, want := m.Days(1, retention, 1000), int(min(max(want, 1), 1000)); got != want {
			t.Errorf("days at retention %.1f are %v, want %v", retention, got, want)
		}
	}
	if got := m.Interval(123.456, .9); got != 123.456 {
		t.Errorf("interval at 0.9 is %v, want the stability", got)
	}
}

func TestForgettingCurve(t *testing.T) {
	m := New(Default())
	stabilities := []float64{1, 2, 3, 4, 4, 2}
	for i, want := range []float64{1, .9403443, .9253786, .9185229, .9, .8261359} {
		if got := m.Retrievability(Memory{stabilities[i], 5}, float64(i)); !near(got, want, 1e-6) {
			t.Errorf("R(%d, %v) = %v, want %v", i, stabilities[i], got, want)
		}
	}
	if got := m.Retrievability(Memory{}, 3); got != 0 {
		t.Errorf("recall of a fact never seen is %v, want 0", got)
	}
	if got := m.Retrievability(Memory{1, 5}, -3); got != 1 {
		t.Errorf("recall before the review is %v, want 1", got)
	}
}

func TestIntervalIsTheInverseOfForgetting(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		m := New(weightsWithin(t))
		mem := Memory{rapid.Float64Range(MinStability, MaxStability).Draw(t, "S"), 5}
		wanted := rapid.Float64Range(.5, .999).Draw(t, "retention")
		days := m.Interval(mem.Stability, wanted)
		if got := m.Retrievability(mem, days); !near(got, wanted, 1e-9) {
			t.Fatalf("recall after %v days is %v, want %v", days, got, wanted)
		}
		if more := m.Interval(mem.Stability, wanted+.0005); more >= days {
			t.Fatalf("interval grows from %v to %v with the wanted retention", days, more)
		}
		if later := m.Retrievability(mem, days*1.01); later >= wanted {
			t.Fatalf("recall grows from %v to %v with time", wanted, later)
		}
		if got := m.Days(mem.Stability, wanted, 100); got < 1 || got > 100 {
			t.Fatalf("%d days, want 1 to 100", got)
		}
	})
}

func TestFromSM2EqualsGoFSRS(t *testing.T) {
	m := New(Default())
	peer := gofsrs.NewFSRS(gofsrs.DefaultParam())
	for _, ease := range []float64{1.3, 1.8, 2.5, 3.7} {
		for _, interval := range []float64{0, 1, 10, 365, 5000} {
			for _, retention := range []float64{.75, .9, .95} {
				got := m.FromSM2(ease, interval, retention)
				want, err := peer.MemoryStateFromSM2(ease, interval, retention)
				if err != nil {
					t.Fatal(err)
				}
				if !same(got, Memory(*want), 1e-9) {
					t.Errorf("ease %v, interval %v, retention %v: %+v, want %+v", ease, interval, retention, got, *want)
				}
			}
		}
	}
}

func TestFromSM2StaysWithinLimits(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		m := New(weightsWithin(t))
		ease := rapid.Float64Range(1.3, 20).Draw(t, "ease")
		interval := rapid.Float64Range(0, 40000).Draw(t, "interval")
		if got := m.FromSM2(ease, interval, .9); !within(got) {
			t.Fatalf("memory %+v", got)
		}
	})
}
