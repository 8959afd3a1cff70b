package report

import (
	"math"

	"thaw/app/study"
)

// Rate is a share with a band that says how sure it is.
type Rate struct {
	Hits, Of  int
	Share     float64 // 0..1; 0 with nothing counted
	Low, High float64 // Wilson's 80 % interval
	Expected  float64 // what the memory model had predicted, 0..1
}

// few is the number of reviews below which no rate is stated.
const few = 10

// Sure tells whether enough has been counted to state a rate.
func (r Rate) Sure() bool { return r.Of >= few }

// Recall is the share of reviews, on a later day than the last, in which the
// fact was still there. The interval is Wilson's (E. B. Wilson 1927).
func Recall(days []study.Tally) Rate {
	var r Rate
	for _, d := range days {
		r.Hits += d.Recalled
		r.Of += d.Reviews
		r.Expected += float64(d.Expected) / 1e6
	}
	if r.Of == 0 {
		return Rate{}
	}
	n := float64(r.Of)
	r.Expected /= n
	r.Share = float64(r.Hits) / n
	mid := (r.Share + z80*z80/(2*n)) / (1 + z80*z80/n)
	half := z80 / (1 + z80*z80/n) * math.Sqrt(r.Share*(1-r.Share)/n+z80*z80/(4*n*n))
	r.Low, r.High = max(0, mid-half), min(1, mid+half)
	return r
}
