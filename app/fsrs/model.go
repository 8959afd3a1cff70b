// Package fsrs is the memory model FSRS-6: how the memory of one fact grows
// with each success, shrinks with each lapse and fades in between, and when the
// fact is to be asked again.
//
// A memory has a stability S, the days after which recall has fallen to 0.9,
// and a difficulty D from 1 to 10. The chance of recall after t days is
//
//	R(t, S) = (1 + factor*t/S)^decay,  decay = -w20,  factor = 0.9^(1/decay) - 1
//
// A Model holds the weights and moves a Memory from one review to the next. A
// Scheduler moves a Card: a memory with its phase, its steps and its due time,
// by the study days of a learner's Calendar.
//
// Everything is pure: no clock, no I/O, no state, and nothing is allocated. The
// model is the one of the Open Spaced Repetition project, as its
// implementations fsrs-rs 6.6, ts-fsrs 5.4 and py-fsrs 6.3 have it. Where they
// differ, this one floors the growth of a same-day Hard at 1 and counts days in
// the learner's own calendar.
package fsrs

import "math"

// Model is FSRS-6 with given weights, and what follows from the weights alone.
// It is a value: copies are independent, and no method changes it.
type Model struct {
	w      Weights
	decay  float64    // -w20
	factor float64    // 0.9^(1/decay) - 1
	growth float64    // e^w8
	top    float64    // e^(w17*w18): a lapse leaves at most S/top
	goal   float64    // D0(Easy), not clamped: where difficulty is pulled to
	bonus  [4]float64 // of a success, by rating
	jump   [4]float64 // e^(w17*(G-3+w18)), by rating
	first  [4]Memory  // after the first review, by rating
}

// New returns the model with the weights. They must pass Weights.Check, or
// memories may become NaN.
func New(w Weights) Model {
	m := Model{
		w:      w,
		decay:  -w[20],
		growth: math.Exp(w[8]),
		top:    math.Exp(w[17] * w[18]),
		bonus:  [4]float64{0, w[15], 1, w[16]},
	}
	m.factor = pow(0.9, 1/m.decay) - 1
	m.goal = m.firstDifficulty(Easy)
	for r := Again; r <= Easy; r++ {
		m.jump[r-1] = math.Exp(w[17] * (float64(r) - 3 + w[18]))
		m.first[r-1] = Memory{
			Stability:  min(max(w[r-1], MinStability), MaxFirst),
			Difficulty: clampDifficulty(m.firstDifficulty(r)),
		}
	}
	return m
}

// Weights returns the weights of the model.
func (m *Model) Weights() Weights { return m.w }

// Next returns the memory after a review.
//
// Days are whole days since the review before, 0 or less meaning the same day.
// The rating must be Valid. A fact never seen gets its first memory, whatever
// the days:
//
//	S0 = w[G-1],  D0(G) = w4 - e^(w5*(G-1)) + 1
//
// Any other memory moves from S and D, with R = R(days, S), to
//
//	success     S' = S*(1 + e^w8 * (11-D) * S^-w9 * (e^(w10*(1-R)) - 1) * bonus)
//	lapse       S' = min(w11 * D^-w12 * ((S+1)^w13 - 1) * e^(w14*(1-R)), S/e^(w17*w18))
//	same day    S' = S*k,  k = e^(w17*(G-3+w18)) * S^-w19,  at least 1 for a success
//	difficulty  D' = w7*D0(Easy) + (1-w7)*(D - w6*(G-3)*(10-D)/9)
//
// where bonus is w15 for Hard, 1 for Good and w16 for Easy. The results are
// held within the limits of a Memory.
func (m *Model) Next(mem Memory, days int, r Rating) Memory {
	if !mem.Seen() {
		return m.first[r-1]
	}
	return Memory{
		Stability:  m.nextStability(mem, days, r),
		Difficulty: m.nextDifficulty(mem.Difficulty, r),
	}
}

// Each returns the memory after each of the four ratings, Again first: the same
// bits as four calls of Next, for less work.
func (m *Model) Each(mem Memory, days int) [4]Memory { return m.each(mem, days, true) }

// each leaves the memory after Again out where nobody asks for it.
func (m *Model) each(mem Memory, days int, again bool) [4]Memory {
	if !mem.Seen() {
		return m.first
	}
	next := m.eachStability(mem, days, again)
	for r := Again; r <= Easy; r++ {
		next[r-1].Stability = clampStability(next[r-1].Stability)
		next[r-1].Difficulty = m.nextDifficulty(mem.Difficulty, r)
	}
	return next
}

func (m *Model) nextStability(mem Memory, days int, r Rating) float64 {
	s := mem.Stability
	if days < 1 {
		return clampStability(m.sameDay(s, m.fatigue(s), r))
	}
	recall := m.recall(s, float64(days))
	if r == Again {
		return clampStability(m.lapse(mem, recall))
	}
	return clampStability(m.success(s, m.gain(mem, recall), r))
}

// eachStability does what nextStability does for every rating, not clamped.
func (m *Model) eachStability(mem Memory, days int, again bool) (next [4]Memory) {
	s := mem.Stability
	if days < 1 {
		fatigue := m.fatigue(s)
		for r := Again; r <= Easy; r++ {
			next[r-1].Stability = m.sameDay(s, fatigue, r)
		}
		return next
	}
	recall := m.recall(s, float64(days))
	gain := m.gain(mem, recall)
	if again {
		next[0].Stability = m.lapse(mem, recall)
	}
	for r := Hard; r <= Easy; r++ {
		next[r-1].Stability = m.success(s, gain, r)
	}
	return next
}

// gain is by how much a Good multiplies stability, less 1:
// e^w8 * (11-D) * S^-w9 * (e^(w10*(1-R)) - 1).
func (m *Model) gain(mem Memory, recall float64) float64 {
	return m.growth * (11 - mem.Difficulty) * pow(mem.Stability, -m.w[9]) *
		(math.Exp(m.w[10]*(1-recall)) - 1)
}

func (m *Model) success(s, gain float64, r Rating) float64 {
	return s * (1 + gain*m.bonus[r-1])
}

func (m *Model) lapse(mem Memory, recall float64) float64 {
	s := mem.Stability
	// D^-w12 * e^(w14*(1-R)) in one exponential
	ease := math.Exp(m.w[14]*(1-recall) - m.w[12]*math.Log(mem.Difficulty))
	return min(m.w[11]*ease*(pow(s+1, m.w[13])-1), s/m.top)
}

// fatigue is S^-w19: a strong memory gains less from one more review that day.
func (m *Model) fatigue(s float64) float64 { return pow(s, -m.w[19]) }

func (m *Model) sameDay(s, fatigue float64, r Rating) float64 {
	k := m.jump[r-1] * fatigue
	if r >= Hard {
		k = max(k, 1)
	}
	return s * k
}

// firstDifficulty is D0(G), not clamped.
func (m *Model) firstDifficulty(r Rating) float64 {
	return m.w[4] - math.Exp(m.w[5]*float64(r-1)) + 1
}

func (m *Model) nextDifficulty(d float64, r Rating) float64 {
	moved := d - m.w[6]*(float64(r)-3)*(10-d)/9
	return clampDifficulty(m.w[7]*m.goal + (1-m.w[7])*moved)
}

// pow is x^y for x above 0: faster than math.Pow, and within 1e-14 of it for
// the numbers of this model.
func pow(x, y float64) float64 { return math.Exp(y * math.Log(x)) }
