package study

import (
	"time"

	"thaw/app/fsrs"
)

// Coming says how many answers wait on each of the next n study days, today
// first. What is worth studying now counts as done.
func (a Agenda) Coming(p Preparing, n int) []float64 {
	zone := p.Who.Location()
	days, answers := Calendar(zone), make([]float64, n)
	resting := Resting(days, p.Now, p.Who.DaysOff)
	for _, c := range a.usual {
		if !c.Seen() || (c.IsDue(p.Now) && !resting) {
			continue
		}
		if d := int(days.Day(working(later(c.Due, p.Now), days, p.Who.DaysOff)) - p.day()); d < n {
			answers[d]++
		}
	}
	for _, r := range a.Ready {
		for d := 1; r.Plan != nil && d < min(n, r.Left); d++ {
			answers[d] += r.Plan.Load(d)
		}
	}
	return answers
}

func later(a, b time.Time) time.Time {
	if a.After(b) {
		return a
	}
	return b
}

// Evening is six in the evening of a study day.
func Evening(day fsrs.Day, zone *time.Location) time.Time {
	y, m, d := day.Date().Date()
	return time.Date(y, m, d, 18, 0, 0, 0, zone)
}
