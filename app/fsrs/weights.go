// Package fsrs is the memory model FSRS-6: how the memory of one fact grows
// with each successful recall, shrinks with each lapse and fades in between.
//
// A memory has a stability S, the days after which recall has fallen to 0.9,
// and a difficulty D from 1 (easy) to 10. The chance of recall after t days is
//
//	R(t, S) = (1 + factor*t/S)^decay,  decay = -w20,  factor = 0.9^(1/decay) - 1
//
// Everything here is pure: no clock, no I/O, no state, and no allocation. The
// formulas are those of FSRS-6 by the Open Spaced Repetition project, as its
// implementations fsrs-rs 6.6, ts-fsrs 5.4 and py-fsrs 6.3 agree on them.
package fsrs

import (
	"fmt"
	"math"
)

// Weights are the 21 parameters of the model.
type Weights [21]float64

// Default returns the published weights, fitted to many learners.
func Default() Weights {
	return Weights{0.212, 1.2931, 2.3065, 8.2956, 6.4133, 0.8334, 3.0194, 0.001,
		1.8722, 0.1666, 0.796, 1.4835, 0.0614, 0.2629, 1.6483, 0.6014, 1.8729,
		0.5425, 0.0912, 0.0658, 0.1542}
}

// Limits returns the range of each weight.
func Limits() (low, high Weights) {
	low = Weights{.001, .001, .001, .001, 1, .001, .001, .001, 0, 0, .001, .001, .001,
		.001, 0, 0, 1, 0, 0, .01, .1}
	high = Weights{100, 100, 100, 100, 10, 4, 4, .75, 4.5, .8, 3.5, 5, .25,
		.9, 4, 1, 6, 2, 2, .8, .8}
	return low, high
}

// Check returns an error that names the first weight that is not a number
// within its limits.
func (w Weights) Check() error {
	low, high := Limits()
	for i, x := range w {
		if math.IsNaN(x) || x < low[i] || x > high[i] {
			return fmt.Errorf("weight %d is %v, want %v to %v", i, x, low[i], high[i])
		}
	}
	return nil
}

// Migrate makes FSRS-6 weights of 21, of FSRS-5's 19 or of FSRS-4.5's 17, and
// checks them.
func Migrate(old []float64) (Weights, error) {
	var w Weights
	copy(w[:], old)
	switch len(old) {
	case 21:
	case 19:
		w[19], w[20] = 0, 0.5
	case 17:
		w[4] += 2 * w[5]
		w[5] = math.Log(3*w[5]+1) / 3
		w[6] += 0.5
		w[17], w[18], w[19], w[20] = 0, 0, 0, 0.5
	default:
		return w, fmt.Errorf("%d weights, want 17, 19 or 21", len(old))
	}
	// A migrated w19 of 0 says that a same-day review does not saturate; it lies
	// below the limit of fitted weights and is allowed.
	checked := w
	if len(old) != 21 {
		checked[19] = max(checked[19], 0.01)
	}
	return w, checked.Check()
}
