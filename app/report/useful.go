package report

import (
	"context"
	"time"

	"thaw/app/fsrs"
	"thaw/app/people"
	"thaw/app/study"
)

// Useful is a study day on which studying is worth it.
type Useful struct {
	Day     fsrs.Day
	At      time.Time // when: in the evening, or later where nothing is useful before
	Minutes int       // that it takes, at most those wanted on a day
}

// Useful lists the useful times of the coming n study days, today first.
func (r Reporter) Useful(ctx context.Context, who people.Person, n int) ([]Useful, error) {
	p, err := r.Coach.Preparing(ctx, who, r.Now())
	if err != nil {
		return nil, err
	}
	return useful(p, n), nil
}

// useful is pure.
func useful(p study.Preparing, n int) []Useful {
	o := overview(p)
	coming := o.Agenda.Coming(p, n)
	var list []Useful
	for d, answers := range coming {
		u := Useful{Day: o.Today + fsrs.Day(d)} // #nosec G115 -- some days
		u.At = study.Evening(u.Day, p.Who.Location())
		if d == 0 {
			u.At, answers = today(o, u.At, answers)
		}
		if answers < 0.5 {
			continue
		}
		u.Minutes = min(study.Minutes(answers, o.Pace), p.Who.Minutes)
		list = append(list, u)
	}
	return list
}

// today is when it is useful to study today, and how many answers that takes with
// what waits until the evening: not before it is, and not in the past.
func today(o Overview, evening time.Time, coming float64) (time.Time, float64) {
	first := o.Next
	if o.Due > 0 && !o.Off {
		first = o.Now
		coming += float64(o.Minutes) / o.Pace.Minutes()
	}
	if coming == 0 || !first.After(evening) {
		return evening, coming
	}
	return first.Truncate(step).Add(step), coming
}

// step is what the begin of a useful time is rounded up to.
const step = 5 * time.Minute
