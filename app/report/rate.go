package report

import "thaw/app/study"

// Rate is a share with a band that says how sure it is.
type Rate struct {
	Hits, Of  int
	Share     float64 // 0..1; 0 with nothing counted
	Low, High float64 // Wilson's 80 % interval
	Expected  float64 // what had been foretold, 0..1
}

// z80 is the half-width of the central 80 % of a normal distribution.
const z80 = 1.2816

// few is the number of reviews, or forecasts, below which no rate is stated.
const few = 10

// Sure tells whether enough has been counted to state a rate.
func (r Rate) Sure() bool { return r.Of >= few }

// Recall is the share of reviews, on a later day than the last, in which the
// fact was still there. The interval is Wilson's.
func Recall(days []study.Tally) Rate {
	var r Rate
	for _, d := range days {
		r.Hits += d.Recalled
		r.Of += d.Reviews
		r.Expected += float64(d.Expected) / 1e6
	}
	return r.rated()
}

// rated makes a rate of counts, Expected being a sum.
func (r Rate) rated() Rate {
	if r.Of == 0 {
		return Rate{}
	}
	r.Expected /= float64(r.Of)
	r.Share = float64(r.Hits) / float64(r.Of)
	r.Low, r.High = wilson(r.Hits, r.Of, z80)
	return r
}
