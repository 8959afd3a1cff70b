package fsrs

import "math"

// Rating is how well a fact was recalled.
type Rating uint8

// The ratings. Again is a lapse; the others are successes.
const (
	Again Rating = 1 + iota
	Hard
	Good
	Easy
)

// Valid tells whether the rating is one of the four.
func (r Rating) Valid() bool { return r >= Again && r <= Easy }

// String returns the rating's name.
func (r Rating) String() string {
	if !r.Valid() {
		return "none"
	}
	return [...]string{"again", "hard", "good", "easy"}[r-1]
}

// Limits of a memory. MaxFirst bounds the first stability.
const (
	MinStability = 0.001
	MaxStability = 36500
	MaxFirst     = 100
	minD, maxD   = 1, 10
)

// Memory is what is left of a fact at its last review. The zero value is a fact
// never seen.
type Memory struct {
	Stability  float64 // days until recall falls to 0.9, 0.001 to 36500
	Difficulty float64 // 1 to 10
}

// Seen tells whether the fact has been reviewed.
func (m Memory) Seen() bool { return m.Stability > 0 }

// Model is FSRS-6 with given weights and what can be computed from them ahead.
type Model struct {
	w       Weights
	decay   float64 // -w20
	factor  float64 // 0.9^(1/decay) - 1
	growth  float64 // e^w8
	ceiling float64 // e^(w17*w18): a lapse leaves at most S/ceiling
	easyD   float64 // D0(Easy), the difficulty that reviews revert to, unclamped
	first   [4]Memory
}

// New returns the model with the weights. Weights out of their limits
// (Weights.Check) give a model that may return NaN.
func New(w Weights) Model {
	m := Model{w: w, decay: -w[20], growth: math.Exp(w[8]), ceiling: math.Exp(w[17] * w[18])}
	m.factor = math.Pow(0.9, 1/m.decay) - 1
	m.easyD = m.firstDifficulty(Easy)
	for r := Again; r <= Easy; r++ {
		m.first[r-1] = Memory{
			Stability:  min(max(w[r-1], MinStability), MaxFirst),
			Difficulty: clampD(m.firstDifficulty(r)),
		}
	}
	return m
}

// Weights returns the weights of the model.
func (m Model) Weights() Weights { return m.w }

// firstDifficulty is D0(G) = w4 - e^(w5*(G-1)) + 1, not clamped.
func (m *Model) firstDifficulty(r Rating) float64 {
	return m.w[4] - math.Exp(m.w[5]*float64(r-1)) + 1
}

// Retrievability is the chance of recall, 0 to 1, the given days (at least 0,
// fractions allowed) after the last review; 0 for a fact never seen.
func (m *Model) Retrievability(mem Memory, days float64) float64 {
	if !mem.Seen() {
		return 0
	}
	return math.Pow(1+m.factor*days/mem.Stability, m.decay)
}

// Next returns the memory after a review. Days are whole days since the last
// one; 0 is the same day. A fact never seen gets its first memory, whatever the
// days. The rating must be Valid.
func (m *Model) Next(mem Memory, days int, r Rating) Memory {
	if !mem.Seen() {
		return m.first[r-1]
	}
	return Memory{
		Stability:  m.nextStability(mem, days, r),
		Difficulty: m.nextDifficulty(mem.Difficulty, r),
	}
}

func (m *Model) nextStability(mem Memory, days int, r Rating) float64 {
	var s float64
	switch {
	case days < 1:
		s = m.sameDay(mem.Stability, r)
	case r == Again:
		s = m.lapse(mem, m.Retrievability(mem, float64(days)))
	default:
		s = m.success(mem, m.Retrievability(mem, float64(days)), r)
	}
	return min(max(s, MinStability), MaxStability)
}

// success is S' = S*(1 + e^w8 * (11-D) * S^-w9 * (e^(w10*(1-R)) - 1) * bonus)
// with the bonus w15 for Hard and w16 for Easy.
func (m *Model) success(mem Memory, recall float64, r Rating) float64 {
	bonus := 1.0
	switch r {
	case Hard:
		bonus = m.w[15]
	case Easy:
		bonus = m.w[16]
	}
	s := mem.Stability
	return s * (1 + m.growth*(11-mem.Difficulty)*math.Pow(s, -m.w[9])*
		(math.Exp(m.w[10]*(1-recall))-1)*bonus)
}

// lapse is S' = w11 * D^-w12 * ((S+1)^w13 - 1) * e^(w14*(1-R)), at most
// S/e^(w17*w18).
func (m *Model) lapse(mem Memory, recall float64) float64 {
	s := mem.Stability
	left := m.w[11] * math.Pow(mem.Difficulty, -m.w[12]) *
		(math.Pow(s+1, m.w[13]) - 1) * math.Exp(m.w[14]*(1-recall))
	return min(left, s/m.ceiling)
}

// sameDay is S' = S * k, k = e^(w17*(G-3+w18)) * S^-w19. A success, Hard
// included, never shortens: k is at least 1.
func (m *Model) sameDay(s float64, r Rating) float64 {
	k := math.Exp(m.w[17]*(float64(r)-3+m.w[18])) * math.Pow(s, -m.w[19])
	if r >= Hard {
		k = max(k, 1)
	}
	return s * k
}

// nextDifficulty is D' = w7*D0(Easy) + (1-w7)*(D + dD*(10-D)/9) with
// dD = -w6*(G-3), clamped to 1..10.
func (m *Model) nextDifficulty(d float64, r Rating) float64 {
	moved := d - m.w[6]*(float64(r)-3)*(10-d)/9
	return clampD(m.w[7]*m.easyD + (1-m.w[7])*moved)
}

func clampD(d float64) float64 { return min(max(d, minD), maxD) }

// Interval is the days, not rounded, after which recall has fallen to the
// wanted retention (above 0, at most 1):
// S/factor * (retention^(1/decay) - 1).
func (m *Model) Interval(stability, retention float64) float64 {
	return stability / m.factor * (math.Pow(retention, 1/m.decay) - 1)
}

// Days is Interval rounded to whole days, from 1 to most.
func (m *Model) Days(stability, retention float64, most int) int {
	days := math.Round(m.Interval(stability, retention))
	return int(min(max(days, 1), float64(most)))
}

// Review is one step of a history: whole days since the review before it (0 for
// the first) and the rating.
type Review struct {
	Days   int
	Rating Rating
}

// History returns the memory that a history leaves.
func (m *Model) History(reviews []Review) Memory {
	var mem Memory
	for _, r := range reviews {
		mem = m.Next(mem, r.Days, r.Rating)
	}
	return mem
}

// FromSM2 estimates the memory of a card scheduled by SM-2 from its ease factor
// (2.5 is usual), its interval in days and the retention it was kept at.
func (m *Model) FromSM2(ease, interval, retention float64) Memory {
	s := max(interval, MinStability) * m.factor / (math.Pow(retention, 1/m.decay) - 1)
	s = min(max(s, MinStability), MaxStability)
	gain := m.growth * math.Pow(s, -m.w[9]) * (math.Exp(m.w[10]*(1-retention)) - 1)
	return Memory{Stability: s, Difficulty: clampD(11 - (ease-1)/gain)}
}
