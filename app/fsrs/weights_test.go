package fsrs

import (
	"math"
	"strings"
	"testing"
)

var older = []float64{.4, .6, 2.4, 5.8, 4.93, .94, .86, .01, 1.49, .14, .94, 2.18, .05, .34, 1.26, .29, 2.61}

func TestDefaultIsWithinLimits(t *testing.T) {
	if err := Default().Check(); err != nil {
		t.Error(err)
	}
}

func TestMigrate(t *testing.T) {
	from17 := Weights{.4, .6, 2.4, 5.8, 6.81, .44675013, 1.36, .01, 1.49, .14, .94, 2.18, .05, .34, 1.26, .29, 2.61, 0, 0, 0, .5}
	from19 := Weights{.4, .6, 2.4, 5.8, 4.93, .94, .86, .01, 1.49, .14, .94, 2.18, .05, .34, 1.26, .29, 2.61, .5, .1, 0, .5}
	from21 := Default()
	for _, c := range []struct {
		old  []float64
		want Weights
	}{
		{older, from17},
		{from19[:19], from19},
		{from21[:], from21},
	} {
		got, err := Migrate(c.old)
		if err != nil {
			t.Errorf("%d weights: %v", len(c.old), err)
		}
		for i := range got {
			if !near(got[i], c.want[i], 1e-7) {
				t.Errorf("of %d weights, %d is %v, want %v", len(c.old), i, got[i], c.want[i])
			}
		}
		if err := got.Check(); err != nil {
			t.Errorf("%d weights migrated: %v, want them good for use", len(c.old), err)
		}
	}
}

func TestMigrateRefuses(t *testing.T) {
	with := func(i int, x float64) []float64 {
		w := Default()
		w[i] = x
		return w[:]
	}
	negative := append([]float64{}, older...)
	negative[5] = -1
	for _, c := range []struct {
		weights []float64
		want    string
	}{
		{older[:5], "5 weights, want 17, 19 or 21"},
		{nil, "0 weights, want 17, 19 or 21"},
		{with(0, -1), "weight 0 is -1, want 0.001 to 100"},
		{with(4, math.NaN()), "weight 4 is NaN, want 1 to 10"},
		{with(8, math.Inf(1)), "weight 8 is +Inf, want 0 to 4.5"},
		{with(19, .005), "weight 19 is 0.005, want 0.01 to 0.8"},
		{with(20, .9), "weight 20 is 0.9, want 0.1 to 0.8"},
		{negative, "from 17 weights: weight 5 is NaN"},
	} {
		_, err := Migrate(c.weights)
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("Migrate(%v): %v, want %q", c.weights, err, c.want)
		}
	}
}

func TestEveryLimitIsHeld(t *testing.T) {
	low, high := Limits()
	for i := range low {
		for _, x := range []float64{low[i] - .0001, high[i] + .0001} {
			w := Default()
			w[i] = x
			if i == 19 && x == 0 {
				continue
			}
			if w.Check() == nil {
				t.Errorf("weight %d may be %v, want %v to %v", i, x, low[i], high[i])
			}
		}
	}
}
