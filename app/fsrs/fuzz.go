package fsrs

import (
	"math"
	"math/bits"
)

// FuzzRange returns the lowest and the highest number of days to which an
// interval of whole days may be moved: none below 2.5 days, else
//
//	delta = 1 + .15*(what lies from 2.5 to 7) + .1*(from 7 to 20) + .05*(beyond 20)
//
// either way, rounded, from 2 to most.
func FuzzRange(days, most int) (low, high int) {
	ivl := float64(days)
	if ivl < 2.5 {
		return days, days
	}
	delta := 1 + .15*(min(ivl, 7)-2.5) + .1*max(min(ivl, 20)-7, 0) + .05*max(ivl-20, 0)
	low = max(2, int(math.Floor(ivl-delta+.5)))
	high = min(int(math.Floor(ivl+delta+.5)), most)
	return min(low, high), high
}

// Fuzz moves an interval of whole days within FuzzRange, so that facts met
// together drift apart. A seed picks the same share of every range; seeds may be
// consecutive numbers.
func Fuzz(days, most int, seed uint64) int {
	low, high := FuzzRange(days, most)
	if low >= high {
		return low
	}
	share, _ := bits.Mul64(scatter(seed), uint64(high-low+1)) // #nosec G115 -- high > low
	return low + int(share)                                   // #nosec G115 -- at most high-low
}

// scatter spreads seeds that lie close together (splitmix64 by S. Vigna).
func scatter(x uint64) uint64 {
	x += 0x9e3779b97f4a7c15
	x = (x ^ x>>30) * 0xbf58476d1ce4e5b9
	x = (x ^ x>>27) * 0x94d049bb133111eb
	return x ^ x>>31
}
