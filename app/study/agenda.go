package study

import (
	"cmp"
	"context"
	"slices"
	"time"

	"thaw/app/fsrs"
	"thaw/questions"
)

// Agenda is what is worth studying now, and for which exams.
type Agenda struct {
	Ready []Ready // exams ahead, the earliest first
	Tasks []Task  // what comes first stands first
	Pace  time.Duration
	Rest  float64 // answers left of the minutes that the learner wants for today; 0: they are used up

	usual []Card // of no plan, and not kept quiet
}

// With adds what is kept of a learner's exams: a query, if there are any.
func (p Preparing) With(ctx context.Context, store ExamStore) (_ Preparing, err error) {
	if p.Who.Exams > 0 {
		p.Exams, p.Prices, err = store.Exams(ctx, p.Who.ID)
	}
	return p, err
}

// Agenda lists what is worth studying now: the steps of what was just learned or missed
// first, then by gain per answer what the plans of exams ask for and what is due. A fact
// that a plan takes care of is asked for when the plan says so, and those of an exam
// that is over not at all (Quiet).
func (p Preparing) Agenda() Agenda {
	a := Agenda{Ready: p.Ahead(), Pace: Pace(p.Days)}
	a.Rest = max(Fits(p.Who.Minutes, a.Pace)-p.today().Took.Seconds()/a.Pace.Seconds(), 0)
	planned := map[questions.FactID]bool{}
	for _, r := range a.Ready {
		if r.Plan == nil {
			continue
		}
		a.Tasks = append(a.Tasks, r.Tasks()...)
		for _, c := range r.own {
			planned[c.Fact] = true
		}
	}
	quiet := Quiet(p.Exams, p.Banks, p.Now)
	for _, c := range p.Cards {
		if c.Phase != fsrs.Reviewing || !planned[c.Fact] && !quiet[c.Fact] {
			a.usual = append(a.usual, c)
		}
	}
	for _, c := range DueNow(a.usual, p.Now, 0) {
		a.Tasks = append(a.Tasks, Task{Fact: c.Fact, Card: c, Gain: due(c, p.Now), Answers: 2 - c.Recall(p.Now)})
	}
	slices.SortStableFunc(a.Tasks, func(x, y Task) int { return cmp.Compare(y.Gain, x.Gain) })
	return a
}

// Recent is how many days of roll-ups say how fast a learner is.
const Recent = 30

// due is what a due card gains per answer; a step that has run out comes before all else.
func due(c Card, now time.Time) float64 {
	if c.Phase != fsrs.Reviewing {
		return 1
	}
	return (1 - c.Recall(now)) / (2 - c.Recall(now))
}

// Answers is how many the tasks are expected to take.
func Answers(tasks []Task) (n float64) {
	for _, t := range tasks {
		n += t.Answers
	}
	return n
}

// Next returns when a return is next useful, and how many answers wait until the end of
// that study day; ok is false when nothing does. What is worth studying now counts as
// done.
func (a Agenda) Next(p Preparing) (at time.Time, answers float64, ok bool) {
	zone := p.Who.Location()
	days := Calendar(zone)
	at, n, ok := NextTime(a.usual, p.Now, zone, p.Who.DaysOff)
	answers = float64(n)
	for _, r := range a.Ready {
		d, load, more := r.Next()
		if !more {
			continue
		}
		then := days.Begin(p.day() + fsrs.Day(d)) // #nosec G115 -- at most Reach
		switch {
		case !ok || days.Day(then) < days.Day(at):
			at, answers, ok = then, load, true
		case days.Day(then) == days.Day(at):
			answers += load
		}
	}
	return at, answers, ok
}
