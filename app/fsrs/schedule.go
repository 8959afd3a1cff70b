package fsrs

import (
	"math"
	"time"
)

// Phase is where a card stands in its life. stored: never rename
type Phase string

// The phases. The zero value is a card never seen.
const (
	Unseen     Phase = ""
	Learning   Phase = "learning"
	Reviewing  Phase = "review"
	Relearning Phase = "relearning"
)

// Card is a memory with its schedule. The zero value is a fact never seen, due
// at once.
type Card struct {
	Memory
	Phase  Phase
	Step   int // index of the learning or relearning step it waits for
	Reps   int
	Lapses int
	Last   time.Time // of the last review
	Due    time.Time
}

// Scheduler decides when a card comes back.
type Scheduler struct {
	Model      Model
	Retention  float64         // wanted recall when a card falls due, above 0 to 1
	MaxDays    int             // longest interval
	Learning   []time.Duration // steps of a new card, may be empty
	Relearning []time.Duration // steps after a lapse, may be empty
	Days       Calendar
	Fuzz       bool // spread intervals a little, the same at every replay
}

// Config returns the usual schedule of a model: retention 0.9, at most 100
// years, learning steps of 1 and 10 minutes, one relearning step of 10 minutes,
// UTC days, no fuzz.
func Config(m Model) Scheduler {
	return Scheduler{Model: m, Retention: 0.9, MaxDays: MaxStability,
		Learning:   []time.Duration{time.Minute, 10 * time.Minute},
		Relearning: []time.Duration{10 * time.Minute}}
}

// Answer returns the card after a review at the time. The seed, with the number
// of repetitions, decides the fuzz. The rating must be Valid.
func (s *Scheduler) Answer(c Card, r Rating, now time.Time, seed uint64) Card {
	days := s.elapsed(c, now)
	return s.answer(c, r, now, days, s.intervals(c, days, seed))
}

// Preview returns the card after each of the four ratings, Again first.
func (s *Scheduler) Preview(c Card, now time.Time, seed uint64) [4]Card {
	days := s.elapsed(c, now)
	in := s.intervals(c, days, seed)
	var next [4]Card
	for r := Again; r <= Easy; r++ {
		next[r-1] = s.answer(c, r, now, days, in)
	}
	return next
}

// elapsed is the number of study days since the last review, 0 for a new card
// and for a clock that went back.
func (s *Scheduler) elapsed(c Card, now time.Time) int {
	if c.Last.IsZero() {
		return 0
	}
	return max(0, int(s.Days.Day(now)-s.Days.Day(c.Last)))
}

// next holds the four possible memories and their intervals in days.
type next struct {
	memory [4]Memory
	days   [4]int
}

// intervals computes all four outcomes: in review each depends on the others,
// since again <= hard <= good < easy is kept.
func (s *Scheduler) intervals(c Card, days int, seed uint64) next {
	var n next
	for r := Again; r <= Easy; r++ {
		n.memory[r-1] = s.Model.Next(c.Memory, days, r)
		n.days[r-1] = s.interval(n.memory[r-1].Stability, seed+uint64(c.Reps)) // #nosec G115 -- a count
	}
	if c.Phase == Reviewing {
		hard, good, easy := &n.days[1], &n.days[2], &n.days[3]
		*hard = min(*hard, *good)
		*good = max(*good, min(*hard+1, s.MaxDays))
		*easy = max(*easy, min(*good+1, s.MaxDays))
	}
	return n
}

func (s *Scheduler) interval(stability float64, seed uint64) int {
	days := s.Model.Days(stability, s.Retention, s.MaxDays)
	if s.Fuzz {
		days = Fuzz(days, s.MaxDays, seed)
	}
	return days
}

func (s *Scheduler) answer(c Card, r Rating, now time.Time, days int, n next) Card {
	steps, step := s.Learning, c.Step
	switch {
	case c.Phase == Relearning:
		steps = s.Relearning
	case c.Phase == Reviewing && r == Again:
		steps, step = s.Relearning, 0
		c.Lapses++
	case c.Phase == Reviewing:
		steps = nil
	}
	if c.Phase == Unseen {
		step = 0
	}
	wait, at, graduates := place(steps, step, r)
	c.Memory = n.memory[r-1]
	c.Reps++
	c.Last = now
	if graduates {
		c.Phase, c.Step = Reviewing, 0
		c.Due = s.Days.Begin(s.Days.Day(now) + Day(n.days[r-1])) // #nosec G115 -- at most MaxDays
		return c
	}
	switch c.Phase {
	case Unseen:
		c.Phase = Learning
	case Reviewing:
		c.Phase = Relearning
	}
	c.Step, c.Due = at, now.Add(wait)
	return c
}

// place says which step a card waits for next and how long, or that it
// graduates. Again goes to the first step; Hard stays, half as long again on
// the only step and the mean of the first two on the first of several; Good
// goes on; Easy graduates.
func place(steps []time.Duration, step int, r Rating) (wait time.Duration, at int, graduates bool) {
	if len(steps) == 0 || r == Easy {
		return 0, 0, true
	}
	step = min(step, len(steps)-1)
	switch r {
	case Again:
		return steps[0], 0, false
	case Hard:
		if step == 0 && len(steps) == 1 {
			return steps[0] * 3 / 2, 0, false
		}
		if step == 0 {
			return (steps[0] + steps[1]) / 2, 0, false
		}
		return steps[step], step, false
	}
	if step+1 >= len(steps) {
		return 0, 0, true
	}
	return steps[step+1], step + 1, false
}

// FuzzRange returns the days among which an interval may be moved: none below
// 2.5 days, then 15 % of what lies below 7 days, 10 % below 20, 5 % beyond, and
// one day more.
func FuzzRange(days, most int) (low, high int) {
	if float64(days) < 2.5 {
		return days, days
	}
	ivl := float64(days)
	delta := 1 + .15*max(min(ivl, 7)-2.5, 0) + .1*max(min(ivl, 20)-7, 0) + .05*max(ivl-20, 0)
	low = max(2, int(math.Round(ivl-delta)))
	high = min(int(math.Round(ivl+delta)), most)
	return min(low, high), high
}

// Fuzz moves an interval within FuzzRange, the same way for the same seed.
func Fuzz(days, most int, seed uint64) int {
	low, high := FuzzRange(days, most)
	if low == high {
		return low
	}
	return low + int(scatter(seed)%uint64(high-low+1)) // #nosec G115 -- high > low
}

// scatter spreads seeds that lie close together (splitmix64 by S. Vigna).
func scatter(x uint64) uint64 {
	x += 0x9e3779b97f4a7c15
	x = (x ^ x>>30) * 0xbf58476d1ce4e5b9
	x = (x ^ x>>27) * 0x94d049bb133111eb
	return x ^ x>>31
}
