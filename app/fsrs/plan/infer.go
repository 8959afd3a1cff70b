package plan

import (
	"math"

	"thaw/app/fsrs"
)

// Tried is a review that was passed or not.
type Tried struct {
	Stability float64 // before it, as the model says, in days
	Days      int     // since the review before
	Passed    bool
}

// unsure is the standard deviation of the logarithm of the scale, before any review.
const unsure = 0.3

// Infer finds the scale at which a learner's stabilities are most likely longer (above
// 1) or shorter than the model says, 0.4 to 2.5: the one that makes the most of
//
//	sum of log R(days, scale*S) of passes + log(1 - R) of lapses - log(scale)²/(2*unsure²)
func Infer(model *fsrs.Model, tried []Tried) float64 {
	best, most := 1.0, math.Inf(-1)
	for x := -.92; x <= .92; x += .02 {
		if l := likely(model, tried, math.Exp(x)) - x*x/(2*unsure*unsure); l > most {
			best, most = math.Exp(x), l
		}
	}
	return best
}

func likely(model *fsrs.Model, tried []Tried, scale float64) (sum float64) {
	for _, t := range tried {
		r := model.Retrievability(fsrs.Memory{Stability: scale * t.Stability}, float64(t.Days))
		if !t.Passed {
			r = 1 - r
		}
		sum += math.Log(max(r, 1e-12))
	}
	return sum
}
