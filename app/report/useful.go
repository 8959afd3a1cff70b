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

// Useful lists the useful times of the coming days, today first.
func (r Reporter) Useful(ctx context.Context, who people.Person) ([]Useful, error) {
	p, err := r.Coach.Preparing(ctx, who, r.Now())
	if err != nil {
		return nil, err
	}
	return useful(p), nil
}

// useful is pure.
func useful(p study.Preparing) []Useful {
	o := overview(p)
	var list []Useful
	for _, load := range ahead(p, o.Agenda) {
		u := Useful{Day: load.Day, At: evening(load.Day, p.Who.Location()), Minutes: study.Minutes(load.Answers, o.Pace)}
		if load.Answers < 0.5 {
			u.Minutes = 0
		}
		if load.Day == o.Today {
			u = today(o, u)
		}
		if u.Minutes = min(u.Minutes, p.Who.Minutes); u.Minutes > 0 {
			list = append(list, u)
		}
	}
	return list
}

// today is when it is useful to study today, and for how long: not before it is, and not
// in the past. What the learner wanted for today may be done.
func today(o Overview, u Useful) Useful {
	first, minutes := o.Now, o.Minutes
	if o.Due == 0 || o.Off {
		first, minutes = o.Next, 0
		if !o.Next.IsZero() && o.Next.Before(u.At.Add(10*time.Hour)) { // until the study day ends
			minutes = o.NextMin
		}
	}
	if u.Minutes = minutes; first.After(u.At) {
		u.At = first.Truncate(step).Add(step)
	}
	return u
}

// step is what the begin of a useful time is rounded up to.
const step = 5 * time.Minute

// evening is six in the evening of a study day.
func evening(day fsrs.Day, zone *time.Location) time.Time {
	y, m, d := day.Date().Date()
	return time.Date(y, m, d, 18, 0, 0, 0, zone)
}
