package plan

import (
	"math"
	"slices"
)

// prices are what an answer costs, in expected recall.
type prices struct {
	budget float64   // of any answer: all take from the same budget
	day    []float64 // on top, by day: answers of a full day push others away
}

// all is the whole price by day.
func (p prices) all() []float64 {
	all := make([]float64, len(p.day))
	for d, x := range p.day {
		all[d] = p.budget + x
	}
	return all
}

// aim is what the expected load is to come to.
type aim struct {
	total float64 // answers from today to the exam; 0: no limit
	daily float64 // answers a day; 0: no limit
	worth float64 // recall that an answer has to bring, where there is no total
	off   []bool  // days on which nothing is studied
}

// search moves prices down the slope of the dual problem, which is the load above
// the aim.
type search struct {
	aim    aim
	today  int
	prices prices
}

// Bounds of the budget's price, and where it starts: at the lowest every useful
// review is worth it.
const (
	cheapest = 1e-5
	typical  = 0.005
	dearest  = 0.5
	closed   = 2 // of an answer on a day off: more than any can bring
)

// How far prices move in a step, for a load of double the aim.
const (
	turn  = 1.5 // of the logarithm of the budget's price, which moves at most by turnAtMost
	hurry = 1.5 // of a day's, in blurs: beyond about 3, facts leap between days and no price settles

	turnAtMost = 0.5
	overAtMost = 2.0
)

func newSearch(p prices, a aim, today int) *search {
	if a.total == 0 {
		p.budget = max(a.worth, cheapest)
	}
	s := &search{aim: a, today: today, prices: p}
	s.prices.day = slices.Clone(p.day)
	s.close(s.prices.day)
	return s
}

// close puts the price that keeps days off free.
func (s *search) close(day []float64) {
	for d, off := range s.aim.off {
		if off && d < len(day) {
			day[d] = closed
		}
	}
}

// settled tells whether there is nothing to search for: no total, and no day is full at
// no price.
func (s *search) settled(load []float64) bool {
	if s.aim.total > 0 {
		return false
	}
	for d := s.today; d < len(load); d++ {
		if d < len(s.aim.off) && s.aim.off[d] {
			continue
		}
		if s.prices.day[d] > 0 || (s.aim.daily > 0 && load[d] > s.aim.daily) {
			return false
		}
	}
	return true
}

// step moves the prices by a load that was expected with the blur.
func (s *search) step(load []float64, blur float64) {
	next := prices{budget: s.prices.budget, day: make([]float64, len(load))}
	if s.aim.total > 0 {
		by := turn * (sum(load[s.today:])/s.aim.total - 1)
		by = min(max(by, -turnAtMost), turnAtMost)
		next.budget = min(max(next.budget*math.Exp(by), cheapest), dearest)
	}
	if s.aim.daily > 0 {
		for d := s.today; d < len(load); d++ {
			over := min(load[d]/s.aim.daily-1, overAtMost)
			next.day[d] = max(s.prices.day[d]+hurry*blur*over, 0)
		}
	}
	s.close(next.day)
	s.prices = next
}

func sum(x []float64) (total float64) {
	for _, y := range x {
		total += y
	}
	return total
}
