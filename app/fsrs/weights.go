package fsrs

import (
	"fmt"
	"math"
)

// Weights are the 21 parameters of the model, w0 to w20.
type Weights [21]float64

// Default returns the published weights, fitted to many learners.
func Default() Weights {
	return Weights{
		0.212, 1.2931, 2.3065, 8.2956, // first stability after each rating
		6.4133, 0.8334, // first difficulty
		3.0194, 0.001, // difficulty: step, pull to that of Easy
		1.8722, 0.1666, 0.796, // success
		1.4835, 0.0614, 0.2629, 1.6483, // lapse
		0.6014, 1.8729, // Hard, Easy
		0.5425, 0.0912, 0.0658, // same day
		0.1542, // forgetting curve
	}
}

// Limits returns the lowest and the highest value of each weight.
func Limits() (low, high Weights) {
	low = Weights{
		0.001, 0.001, 0.001, 0.001,
		1, 0.001,
		0.001, 0.001,
		0, 0, 0.001,
		0.001, 0.001, 0.001, 0,
		0, 1,
		0, 0, 0.01,
		0.1,
	}
	high = Weights{
		100, 100, 100, 100,
		10, 4,
		4, 0.75,
		4.5, 0.8, 3.5,
		5, 0.25, 0.9, 4,
		1, 6,
		2, 2, 0.8,
		0.8,
	}
	return low, high
}

// Check returns an error that names the first weight that is not a number
// within its Limits. A w19 of 0, which is what older weights migrate to, is
// allowed: it says that same-day reviews of a strong memory help no less.
func (w Weights) Check() error {
	low, high := Limits()
	for i, x := range w {
		if i == 19 && x == 0 {
			continue
		}
		if math.IsNaN(x) || x < low[i] || x > high[i] {
			return fmt.Errorf("weight %d is %v, want %v to %v", i, x, low[i], high[i])
		}
	}
	return nil
}

// Migrate makes weights of 21 numbers, of the 19 of FSRS-5 or of the 17 of
// FSRS-4.5. The older models have the decay 0.5; FSRS-4.5 has no same-day
// reviews and moves difficulty differently:
//
//	w4' = w4 + 2*w5,  w5' = ln(3*w5 + 1)/3,  w6' = w6 + 0.5
//
// It returns the error of Check, with the number of weights, if a weight is not
// a number within its limits after that, and an error for any other count.
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
		w[20] = 0.5
	default:
		return Weights{}, fmt.Errorf("%d weights, want 17, 19 or 21", len(old))
	}
	if err := w.Check(); err != nil {
		return Weights{}, fmt.Errorf("from %d weights: %w", len(old), err)
	}
	return w, nil
}
