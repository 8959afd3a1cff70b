// Package plan looks ahead: how many facts will be right on a day to come, and how
// sure that is.
package plan

import (
	"math"

	"thaw/app/fsrs"
)

// Asked is one question that will be asked.
type Asked struct {
	Stability float64 // S of its fact, in days, above 0
	Curve     float64 // w20 of the weights that S is by
	Days      float64 // from the last review to the question
	Guess     float64 // the chance of a right answer without knowing, 0 to 1
	With      []Asked // further facts that the same question asks for: right is who has all
}

// Forecast is a number right of N. The result lies from Low to High, both
// included, in about four of five cases.
type Forecast struct {
	N         int
	Mean      float64
	Low, High int
	Sure      float64 // chance that it does, by the forecast itself
}

// held is the share of results that a band is to hold.
const held = 0.8

// Expect forecasts how many will be answered rightly.
//
// Each is right with the chance q = R + (1-R)*guess, R being its recall on the day;
// of several facts, with the product of theirs. Two things make the number uncertain.
// Given the chances, each falls on its own and the number follows the Poisson binomial
// distribution, found exactly, one question after the other. And all stabilities may be
// wrong together by one factor e^z, z normal as believed, which is what makes a hundred
// facts no surer than the memory model: the distributions at the seven nodes of the
// Gauss-Hermite rule are mixed by its weights.
//
// The band grows from the likeliest number to the side that is likelier, until one
// more would take it further from four fifths. The mean is that of the mixture.
func Expect(asked []Asked, b Belief) Forecast {
	mixed := make([]float64, len(asked)+1)
	for i, node := range nodes {
		for k, p := range distribution(asked, math.Exp(b.Shift+b.Doubt*node)) {
			mixed[k] += weights[i] * p
		}
	}
	f := band(mixed)
	for k, p := range mixed {
		f.Mean += float64(k) * p
	}
	return f
}

// Chances are those of a right answer to each, as Expect takes them: their sum is its mean,
// and takes far less.
func Chances(asked []Asked, b Belief) []float64 {
	chances := make([]float64, len(asked))
	for i, node := range nodes {
		longer := math.Exp(b.Shift + b.Doubt*node)
		for k, a := range asked {
			chances[k] += weights[i] * a.chance(longer)
		}
	}
	return chances
}

// nodes and weights integrate over the standard normal distribution (the
// Gauss-Hermite rule of seven points).
var (
	nodes = [...]float64{-3.7504397177257425, -2.366759410734541, -1.1544053947399682, 0,
		1.1544053947399682, 2.366759410734541, 3.7504397177257425}
	weights = [...]float64{0.0005482688559722179, 0.030757123967586497, 0.2401231786050127, 0.45714285714285713,
		0.2401231786050127, 0.030757123967586497, 0.0005482688559722179}
)

// distribution is the chance of each number right, 0 to all, when all stabilities
// are the given number of times as long.
func distribution(asked []Asked, longer float64) []float64 {
	dist := make([]float64, len(asked)+1)
	dist[0] = 1
	low := 0 // below it nothing is left worth counting
	for n, a := range asked {
		q := a.chance(longer)
		for k := n + 1; k > low; k-- {
			dist[k] = dist[k]*(1-q) + dist[k-1]*q
		}
		dist[low] *= 1 - q
		for low < n && dist[low] < negligible {
			dist[low] = 0
			low++
		}
	}
	return dist
}

const negligible = 1e-18

// chance is that of a right answer when all stabilities are so many times as long.
func (a Asked) chance(longer float64) float64 {
	r := fsrs.Forgetting(a.Curve, a.Stability*longer, a.Days)
	q := r + (1-r)*a.Guess
	for _, more := range a.With {
		q *= more.chance(longer)
	}
	return q
}

// band is the range of numbers that holds nearest to four fifths of a distribution.
func band(dist []float64) Forecast {
	best := 0
	for k, p := range dist {
		if p > dist[best] {
			best = k
		}
	}
	f := Forecast{N: len(dist) - 1, Low: best, High: best, Sure: dist[best]}
	for f.Sure < held {
		down, up := at(dist, f.Low-1), at(dist, f.High+1)
		more := max(down, up)
		if more == 0 || f.Sure+more-held > held-f.Sure {
			break
		}
		if f.Sure += more; up >= down {
			f.High++
		} else {
			f.Low--
		}
	}
	return f
}

func at(dist []float64, k int) float64 {
	if k < 0 || k >= len(dist) {
		return 0
	}
	return dist[k]
}
