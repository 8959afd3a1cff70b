package fsrs

import "math"

// Retrievability returns the chance of recall, above 0 to 1, the given days
// after the last review: (1 + factor*days/S)^decay. Fractions of a day count;
// less than 0 days is taken as 0. It is 0 for a fact never seen.
func (m *Model) Retrievability(mem Memory, days float64) float64 {
	if !mem.Seen() {
		return 0
	}
	return m.recall(mem.Stability, max(days, 0))
}

// Forgetting returns the chance of recall, above 0 to 1, of a memory of the
// stability (days) the given days after its last review, on the curve of w20.
// Less than 0 days is taken as 0.
func Forgetting(w20, stability, days float64) float64 {
	factor := pow(0.9, -1/w20) - 1
	return pow(1+factor*max(days, 0)/stability, -w20)
}

// Interval returns the days, not rounded, until a memory of the stability has
// faded to the retention (above 0, at most 1):
// S/factor * (retention^(1/decay) - 1). At 0.9 that is the stability itself.
func (m *Model) Interval(stability, retention float64) float64 {
	return stability * m.reach(retention)
}

// Days returns Interval in whole days, half a day rounding up, from 1 to most.
func (m *Model) Days(stability, retention float64, most int) int {
	return whole(m.Interval(stability, retention), most)
}

// recall is R(days, S).
func (m *Model) recall(s, days float64) float64 {
	return pow(1+m.factor*days/s, m.decay)
}

// reach is the interval of a memory with a stability of one day: a day at 0.9,
// which is what stability means.
func (m *Model) reach(retention float64) float64 {
	if retention == 0.9 {
		return 1
	}
	return (pow(retention, 1/m.decay) - 1) / m.factor
}

func whole(days float64, most int) int {
	return int(min(max(math.Floor(days+0.5), 1), float64(most)))
}
