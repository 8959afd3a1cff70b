package report

import (
	"slices"
	"time"

	"thaw/app/fsrs"
	"thaw/app/study"
)

// Weeks and days that are looked back at.
const (
	HalfYear = 26 * 7 // days
	Quarter  = 12     // weeks, of which the last is this one
)

// Week is what was done in a week.
type Week struct {
	Monday  fsrs.Day
	Studied int // days
	Done    study.Tally
}

// Monday is that of the week in which a study day lies.
func Monday(d fsrs.Day) fsrs.Day {
	return d - fsrs.Day((d.Date().Weekday()+6)%7) // #nosec G115 -- 0 to 6
}

// Weeks sums up the days of the last n weeks, the oldest first and this one last.
func Weeks(days []study.Tally, today fsrs.Day, n int) []Week {
	weeks := make([]Week, n)
	first := Monday(today) - fsrs.Day(7*(n-1)) // #nosec G115 -- some weeks
	for i := range weeks {
		weeks[i].Monday = first + fsrs.Day(7*i) // #nosec G115 -- some weeks
	}
	for _, d := range days {
		if d.Day < first || d.Day > today {
			continue
		}
		w := &weeks[(d.Day-first)/7]
		w.Done = w.Done.Plus(d)
		if d.Answers > 0 {
			w.Studied++
		}
	}
	return weeks
}

// Begun leaves out the weeks before the first with an answer; this week stays.
func Begun(weeks []Week) []Week {
	for len(weeks) > 1 && weeks[0].Done.Answers == 0 {
		weeks = weeks[1:]
	}
	return weeks
}

// Recalled is how much of what was reviewed in a week was still there, and Expected how
// much had been foretold.
type Recalled struct {
	Share
	Expected float64 // 0..1; 0 without reviews
}

// Recalled holds the reviews of the week against what had been foretold of them.
func (w Week) Recalled() Recalled {
	r := Recalled{Share: share(w.Done.Recalled, w.Done.Reviews)}
	if r.Of > 0 {
		r.Expected = float64(w.Done.Expected) / 1e6 / float64(r.Of)
	}
	return r
}

// Sure tells whether there were enough reviews to state a rate.
func (r Recalled) Sure() bool { return r.Of >= few }

// Habit is on how many days somebody studies, and how long on a usual one of them.
type Habit struct {
	First   fsrs.Day // of the days looked at: half a year back, or when studying began
	Studied int
	Of      int
	Usual   time.Duration // time spent on the middle one of the days studied
}

// Habits looks at the days of half a year until today, or as many as there have been
// since the first answer.
func Habits(days []study.Tally, today fsrs.Day) Habit {
	h := Habit{First: today + 1}
	var took []time.Duration
	for _, d := range days {
		if d.Answers > 0 && d.Day > today-HalfYear && d.Day <= today {
			h.First, took = min(h.First, d.Day), append(took, d.Took)
		}
	}
	if len(took) == 0 {
		return Habit{First: today}
	}
	slices.Sort(took)
	h.Studied, h.Of, h.Usual = len(took), int(today-h.First)+1, took[len(took)/2]
	return h
}
