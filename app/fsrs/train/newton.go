package train

import (
	"context"
	"math"

	"thaw/app/fsrs"
)

// matrix is symmetric, by weights.
type matrix [21][21]float64

// Bounds of the search.
const (
	enough = 1  // what a step still promises, in nats of the whole log: less is beyond what a log can tell
	near   = 10 // what a step promises where the curvature is about that of the bottom
	rounds = 30
	cuts   = 12
)

// minimise goes from start to the weights within their limits at which the loss is
// smallest, by Fisher scoring: Newton's method with the Fisher information in
// place of the second derivatives. It takes four to eight steps. A weight at a
// limit that wants to go on beyond it stays there.
func minimise(ctx context.Context, f *loss, start fsrs.Weights, progress func(float64)) (fsrs.Weights, error) {
	low, high := fsrs.Limits()
	w := held(start, low, high)
	value, grad := f.at(w)
	var curve matrix
	promise := math.Inf(1)
	for i := range rounds {
		if err := ctx.Err(); err != nil {
			return w, err
		}
		if progress != nil {
			progress(float64(i) / rounds)
		}
		if promise > near {
			curve = f.curvature(w)
		}
		step := curve.newton(grad, freeOf(w, grad, low, high))
		if promise = -dot(step, grad) / 2; !(promise > enough) {
			break
		}
		next, there, slope, ok := f.search(w, value, grad, step, low, high)
		if !ok {
			break
		}
		w, value, grad = next, there, slope
	}
	if progress != nil {
		progress(1)
	}
	return w, nil
}

// search goes along a step, the whole of it or less, to a smaller loss.
func (f *loss) search(w fsrs.Weights, value float64, grad, step gradient, low, high fsrs.Weights) (next fsrs.Weights, there float64, slope gradient, ok bool) {
	share := 1.0
	for range cuts {
		for i := range w {
			next[i] = w[i] + share*step[i]
		}
		next = held(next, low, high)
		there, slope = f.at(next)
		if there <= value+1e-4*dot(minus(next, w), grad) {
			return next, there, slope, true
		}
		share *= 0.4
	}
	return w, value, grad, false
}

func held(w, low, high fsrs.Weights) fsrs.Weights {
	for i := range w {
		w[i] = min(max(w[i], low[i]), high[i])
	}
	return w
}

// freeOf tells which weights may move against the gradient.
func freeOf(w fsrs.Weights, grad gradient, low, high fsrs.Weights) (free [21]bool) {
	for i := range w {
		free[i] = !(w[i] <= low[i] && grad[i] > 0) && !(w[i] >= high[i] && grad[i] < 0)
	}
	return free
}

func dot(a, b gradient) (sum float64) {
	for i := range a {
		sum += a[i] * b[i]
	}
	return sum
}

func minus[V ~[21]float64](a, b V) (d gradient) {
	for i := range a {
		d[i] = a[i] - b[i]
	}
	return d
}

// newton returns the step to the bottom of the parabola, by Cholesky's
// decomposition. A weight that is not free has no row and no column but its own.
func (c *matrix) newton(grad gradient, free [21]bool) (step gradient) {
	var l matrix
	for i := range l {
		for j := range i + 1 {
			sum := c[i][j]
			if !free[i] || !free[j] {
				sum = 0
			}
			for k := range j {
				sum -= l[i][k] * l[j][k]
			}
			if i > j {
				l[i][j] = sum / l[j][j]
				continue
			}
			if l[i][i] = math.Sqrt(max(sum, tiny)); !free[i] {
				l[i][i], grad[i] = 1, 0
			}
		}
	}
	for i := range l {
		step[i] = -grad[i]
		for k := range i {
			step[i] -= l[i][k] * step[k]
		}
		step[i] /= l[i][i]
	}
	for i := len(l) - 1; i >= 0; i-- {
		for k := i + 1; k < len(l); k++ {
			step[i] -= l[k][i] * step[k]
		}
		step[i] /= l[i][i]
	}
	return step
}
