package fsrs

import "math"

// Limits of a memory: stability in days, difficulty without a unit.
const (
	MinStability  = 0.001
	MaxStability  = 36500
	MaxFirst      = 100 // of the stability after the first review
	MinDifficulty = 1
	MaxDifficulty = 10
)

// Memory is what is known about a fact in somebody's mind, as of the last
// review. The zero value is a fact never seen.
type Memory struct {
	Stability  float64 // S: days until recall falls to 0.9, MinStability to MaxStability
	Difficulty float64 // D: 1 (easy) to 10
}

// Seen tells whether the fact has been reviewed.
func (m Memory) Seen() bool { return m.Stability > 0 }

// Review is one step of a history.
type Review struct {
	Days   int // whole days since the review before it; of no matter in the first
	Rating Rating
}

// History returns the memory that reviews leave, oldest first: the fold of
// Next. An empty history leaves the zero Memory. The ratings must be Valid.
func (m *Model) History(reviews []Review) Memory {
	var mem Memory
	for _, r := range reviews {
		mem = m.Next(mem, r.Days, r.Rating)
	}
	return mem
}

// FromSM2 estimates the memory of a fact that SM-2 scheduled, from its ease
// factor (1.3 upwards, 2.5 is usual), its interval in days (0 or more) and the
// recall at which it was kept (above 0, below 1; 0.9 is usual). The stability
// is the one whose Interval is the given one, and the difficulty the one at
// which a Good on time multiplies stability by the ease:
//
//	S = max(interval, 0.001)*factor / (retention^(1/decay) - 1)
//	D = 11 - (ease - 1) / (e^w8 * S^-w9 * (e^(w10*(1-retention)) - 1))
func (m *Model) FromSM2(ease, interval, retention float64) Memory {
	s := max(interval, MinStability) / m.reach(retention)
	gain := m.growth * pow(s, -m.w[9]) * math.Expm1(m.w[10]*(1-retention))
	return Memory{
		Stability:  clampStability(s),
		Difficulty: clampDifficulty(11 - (ease-1)/gain),
	}
}

func clampStability(s float64) float64 { return min(max(s, MinStability), MaxStability) }

func clampDifficulty(d float64) float64 { return min(max(d, MinDifficulty), MaxDifficulty) }
