package report

import (
	"cmp"
	"math"
)

// Share is how many of all, with the interval that says how sure it is.
type Share struct {
	Hits, Of  int
	Share     float64 // 0..1; 0 with nothing counted
	Low, High float64 // Wilson's 90 % interval
}

// enoughFirsts is the number of first answers below which nothing is said about
// a question or a pupil.
const enoughFirsts = 5

// Sure tells whether enough has been counted to say anything.
func (s Share) Sure() bool { return s.Of >= enoughFirsts }

// Compare puts first what is surest to be rare, at the end what has been counted too little
// to say.
func (s Share) Compare(to Share) int {
	return cmp.Or(compareBool(to.Sure(), s.Sure()), cmp.Compare(s.High, to.High), cmp.Compare(to.Of, s.Of))
}

// z90 is the half-width of the central 90 % of a normal distribution.
const z90 = 1.6448536269514722

func share(hits, of int) Share {
	s := Share{Hits: hits, Of: of}
	if of > 0 {
		s.Share = float64(hits) / float64(of)
		s.Low, s.High = wilson(hits, of, z90)
	}
	return s
}

// wilson is the interval of a share that z standard deviations make
// (E. B. Wilson 1927).
func wilson(hits, of int, z float64) (low, high float64) {
	n := float64(of)
	p := float64(hits) / n
	mid := (p + z*z/(2*n)) / (1 + z*z/n)
	half := z / (1 + z*z/n) * math.Sqrt(p*(1-p)/n+z*z/(4*n*n))
	return max(0, mid-half), min(1, mid+half)
}
