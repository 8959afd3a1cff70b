package train

import (
	"math"

	"thaw/app/fsrs"
)

// firstStability puts the first stability of each rating, w0 to w3, where the
// table of first intervals wants it; the other weights stay. A rating without
// cards moves in the ratio in which the others have moved. The four are then put
// in order.
func firstStability(t table, w fsrs.Weights) fsrs.Weights {
	average, total := recallOf(t)
	if total == 0 {
		return w
	}
	start, n := w, [4]float64{}
	shift := 0.0
	for r := range t {
		for _, g := range t[r] {
			n[r] += float64(g.n)
		}
		if n[r] > 0 {
			w[r] = searchFirst(t[r], average, start[r], w[20])
			shift += n[r] / total * math.Log(w[r]/start[r])
		}
	}
	low, high := fsrs.Limits()
	for r := range t {
		if n[r] == 0 {
			w[r] = min(max(start[r]*math.Exp(shift), low[r]), high[r])
		}
	}
	inOrder(&w, n)
	return w
}

// recallOf is the share of first intervals after which the fact was recalled.
func recallOf(t table) (share, total float64) {
	recalled := 0.0
	for _, groups := range t {
		for _, g := range groups {
			recalled += float64(g.recalled)
			total += float64(g.n)
		}
	}
	return recalled / max(total, 1), total
}

// searchFirst finds the stability that fits the recall after each interval. The
// recall of a group is smoothed by one more card of average recall (Laplace), and
// what is far from the start must be worth it: the loss is
//
//	sum of n * -(p*ln q + (1-p)*ln(1-q))  +  |S - start| / 16
//
// with the chance q of a right answer at the mean guess rate of the group.
// The smallest is searched by the golden section over ln S.
func searchFirst(groups []group, average, start, w20 float64) float64 {
	decay := -w20
	factor := math.Pow(0.9, 1/decay) - 1
	loss := func(lnS float64) float64 {
		s := math.Exp(lnS)
		sum := math.Abs(s-start) / 16
		for _, g := range groups {
			n := float64(g.n)
			p := (float64(g.recalled) + average) / (n + 1)
			r := math.Pow(1+factor*g.days/s, decay)
			r += (1 - r) * g.luck / n
			r = min(max(r, 1e-9), 1-1e-9)
			sum -= n * (p*math.Log(r) + (1-p)*math.Log1p(-r))
		}
		return sum
	}
	return math.Exp(golden(loss, math.Log(fsrs.MinStability), math.Log(fsrs.MaxFirst)))
}

// golden finds the smallest value of a function that falls and then rises, to
// within 1e-7.
func golden(f func(float64) float64, low, high float64) float64 {
	const ratio = 0.6180339887498949
	a, b := high-ratio*(high-low), low+ratio*(high-low)
	fa, fb := f(a), f(b)
	for high-low > 1e-7 {
		if fa < fb {
			high, b, fb = b, a, fa
			a = high - ratio*(high-low)
			fa = f(a)
		} else {
			low, a, fa = a, b, fb
			b = low + ratio*(high-low)
			fb = f(b)
		}
	}
	return (low + high) / 2
}

// inOrder makes a better first rating leave no weaker memory: ratings that
// contradict that get their common mean, of the logarithm and weighted by cards
// (isotonic regression by pooling neighbours).
func inOrder(w *fsrs.Weights, n [4]float64) {
	type pool struct {
		ln, n float64
		of    int
	}
	var pools []pool
	for r := range 4 {
		p := pool{math.Log(w[r]), n[r] + 1e-9, 1}
		for len(pools) > 0 && pools[len(pools)-1].ln > p.ln {
			last := pools[len(pools)-1]
			pools = pools[:len(pools)-1]
			p = pool{(last.ln*last.n + p.ln*p.n) / (last.n + p.n), last.n + p.n, last.of + p.of}
		}
		pools = append(pools, p)
	}
	r := 0
	for _, p := range pools {
		for range p.of {
			if p.of > 1 {
				w[r] = math.Exp(p.ln)
			}
			r++
		}
	}
}
