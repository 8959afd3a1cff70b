package plan

import (
	"math"

	"thaw/app/fsrs"
)

// Belief is how well a learner's stabilities are known all together: the logarithm of
// the factor by which the truth is longer is normal. The zero value trusts the memories
// as they are.
type Belief struct {
	Shift float64 // its mean; below 0: they are shorter
	Doubt float64 // its standard deviation, 0 or more
}

// Doubt is that of somebody of whom nothing is known. With it, bands hold among
// learners whose weights each differ from the believed ones by a fifth, and whose first
// stabilities together by a third.
const Doubt = 0.5

// The two parts of Doubt, as deviations. What all facts of a learner share shows in
// reviews; the facts asked for next are of another age than those reviewed, and what is
// their own no number of reviews tells. Chosen on seeds that no test scores.
const (
	shared = 0.4
	own    = 0.3
)

// Record is how reviews on later days have gone, against what had been foretold.
type Record struct {
	Reviews  int
	Recalled int     // of them
	Expected float64 // of them recalled, as foretold one by one
	Curve    float64 // w20 of the weights that foretold them
}

// Belief is what a record says about the memories that it is of. None says nothing.
//
// All reviews are taken to have had the mean recall r = Expected/Reviews, at the days t
// at which a fact of stability 1 has it. If all stabilities are longer by e^z, then
//
//	q(z) = R(t, e^z),  dq/dz = w20 * q * (1 - q^(1/w20))
//
// of them are recalled. z is normal before, with the deviation shared, and the number
// recalled is so about n*q, with the variance n*q*(1-q) (a little more than a mixture of
// recalls has). The shift is the z at which the two together are highest,
//
//	(Recalled - n*q) * q'/(q*(1-q)) - z/shared² = 0,
//
// and the doubt follows from the curvature there (Laplace's approximation): each review
// adds the information q'²/(q*(1-q)), 0.05 at a recall of 0.9, to 1/shared². The part
// own is then added to the variance.
//
// Recalled holds right guesses, and Expected holds the chance of them. Taking them for
// memory is exact at a shift of 0 and makes the rest a little too sure, since who
// guesses among four options shows a quarter less of any difference: in simulations half
// of whose reviews are such, bands are as good as with the exact slope.
func (r Record) Belief() Belief {
	if r.Reviews <= 0 {
		return Belief{Doubt: Doubt}
	}
	days := r.days()
	low, high := -furthest, furthest
	for range bisections {
		if z := (low + high) / 2; r.pull(days, z) > 0 {
			low = z
		} else {
			high = z
		}
	}
	q, slope := r.at(days, low)
	known := 1/(shared*shared) + float64(r.Reviews)*slope*slope/(q*(1-q))
	return Belief{Shift: low, Doubt: math.Sqrt(1/known + own*own)}
}

// The shift is sought to a millionth, up to a factor of twenty either way.
const (
	furthest   = 3.0
	bisections = 23
)

// days is when a fact of stability 1 has the mean recall expected; whatever is beyond
// one in a hundred at either end says no more.
func (r Record) days() float64 {
	mean := min(max(r.Expected/float64(r.Reviews), .01), .99)
	of := func(recall float64) float64 { return math.Pow(recall, -1/r.Curve) - 1 }
	return of(mean) / of(.9)
}

// at is the recall at a shift, and its slope.
func (r Record) at(days, z float64) (q, slope float64) {
	q = fsrs.Forgetting(r.Curve, math.Exp(z), days)
	return q, r.Curve * q * (1 - math.Pow(q, 1/r.Curve))
}

// pull is the slope of the logarithm of likelihood and prior: above 0 where the shift is
// too small.
func (r Record) pull(days, z float64) float64 {
	q, slope := r.at(days, z)
	return (float64(r.Recalled)-float64(r.Reviews)*q)*slope/(q*(1-q)) - z/(shared*shared)
}
