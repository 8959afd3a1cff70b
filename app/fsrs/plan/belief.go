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

// Doubt is that of somebody of whom nothing is known, 0.57. With it, bands hold among
// learners whose weights each differ from the believed ones by a fifth, whose first
// stabilities together by a third, and all stabilities on a day by 0.3.
const Doubt = daily * math.Sqrt2

// The two parts of Doubt, as deviations: what is the learner's shows in reviews; what is
// a day's own (its facts, the hour, how somebody feels) no number of other days tells.
// Chosen on seeds that no test scores.
const (
	lasting = .4
	daily   = .4
)

// Record is how the reviews of one day have gone, of facts met on earlier days, against
// what had been foretold.
type Record struct {
	Reviews  int
	Recalled int     // of them
	Expected float64 // of them recalled, as foretold one by one
}

// Believe is what the records of days say about the memories that they are of, on the
// curve of w20. None says nothing.
//
// The reviews of a day are taken to have had its mean recall Expected/Reviews, at the days
// t at which a fact of stability 1 has it. If all stabilities are longer by e^z, then
//
//	q(z) = R(t, e^z),  q' = dq/dz = w20 * q * (1 - q^(1/w20))
//
// of its n reviews pass, and each adds the information q'²/(q*(1-q)) about z, 0.05 at a
// recall of 0.9. On the day z is z0 + d; z0, which lasts, is normal with the deviation
// lasting, and d, the day's own, with the deviation daily. So a day of the information
// i = n*q'²/(q*(1-q)) tells of z0 no more than w*i, w = 1/(1 + i*daily²): a long day
// little more than a short one. The shift is the z0 at which all together are likeliest,
//
//	sum of w * (Recalled - n*q) * q'/(q*(1-q)) - z0/lasting² = 0,
//
// its variance is 1/(sum of w*i + 1/lasting²) by the curvature there (Laplace's
// approximation), and that of the day to come has daily² added.
//
// Recalled holds right guesses, and Expected holds the chance of them. Taking them for
// memory is exact at a shift of 0 and makes the rest a little too sure, since who
// guesses among four options shows a quarter less of any difference: in simulations half
// of whose reviews are such, bands are as good as with the exact slope.
func Believe(days []Record, w20 float64) Belief {
	low, high := -furthest, furthest
	for range bisections {
		if z := (low + high) / 2; pull(days, w20, z).slope > 0 {
			low = z
		} else {
			high = z
		}
	}
	at := pull(days, w20, low)
	b := Belief{Doubt: math.Sqrt(1/at.known + daily*daily)}
	if at.told {
		b.Shift = low
	}
	return b
}

// The shift is sought to a millionth, up to a factor of twenty either way.
const (
	furthest   = 3.0
	bisections = 23
)

// evidence is the slope of the logarithm of likelihood and prior at a shift, above 0 where
// that is too small, and its curvature.
type evidence struct {
	slope, known float64
	told         bool // by any review
}

func pull(days []Record, w20, z float64) evidence {
	e := evidence{slope: -z / (lasting * lasting), known: 1 / (lasting * lasting)}
	for _, d := range days {
		if d.Reviews <= 0 {
			continue
		}
		n := float64(d.Reviews)
		q := fsrs.Forgetting(w20, math.Exp(z), d.after(w20))
		each := w20 * q * (1 - math.Pow(q, 1/w20)) / (q * (1 - q))
		info := n * each * each * q * (1 - q)
		weight := 1 / (1 + info*daily*daily)
		e.slope += weight * (float64(d.Recalled) - n*q) * each
		e.known += weight * info
		e.told = true
	}
	return e
}

// after is how many days after its last review a fact of stability 1 has the mean recall
// expected; whatever is beyond one in a hundred at either end says no more.
func (d Record) after(w20 float64) float64 {
	mean := min(max(d.Expected/float64(d.Reviews), .01), .99)
	of := func(recall float64) float64 { return math.Pow(recall, -1/w20) - 1 }
	return of(mean) / of(.9)
}
