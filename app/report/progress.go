package report

import (
	"context"
	"slices"

	"thaw/app/fsrs"
	"thaw/app/people"
	"thaw/app/quiz"
	"thaw/app/study"
)

// Progress is how a learner has come along, and how it goes on.
type Progress struct {
	Overview
	Fades    []Fade
	Leaving  []Leaving
	Examples []quiz.Asked // the first of what is leaving, each with a question that asks for it
	Ahead    []Load
	History  []study.Tally // days of half a year, oldest first
	Mixups   []Mixup
}

// shownLeaving is how many facts that are leaving are listed.
const shownLeaving = 10

// Progress is what there is to say to a learner of how they have come along: four queries,
// and one more for who has exams, whatever the length of the history.
func (r Reporter) Progress(ctx context.Context, who people.Person) (Progress, error) {
	now := r.Now()
	p, err := r.Coach.Standing(ctx, who, now)
	if err != nil {
		return Progress{}, err
	}
	today := study.Calendar(who.Location()).Day(now)
	history, mixed, err := r.Store.Lately(ctx, who.ID, today-HalfYear+1, now.Add(-MixupsSince))
	return progress(p, history, mixed), err
}

// progress is what cards, exams, days and mixed-up names say. It is pure.
func progress(p study.Preparing, history []study.Tally, mixed []Mixed) Progress {
	today := study.Calendar(p.Who.Location()).Day(p.Now)
	p.Days = since(history, today-study.Recent+1)
	o := Progress{Overview: overview(p), History: history, Mixups: mixups(mixed, p.Banks, 2)}
	look := lookAhead(p, o.Belief)
	o.Fades, o.Leaving, o.Ahead = fades(o.Topics, look), leaving(p, look), ahead(p, o.Agenda)
	tasks := make([]study.Task, len(o.Leaving))
	for i, l := range o.Leaving {
		tasks[i] = study.Task{Fact: l.Fact, Card: l.Card, Now: l.Now, Soon: l.Week}
	}
	o.Examples = quiz.Reviewable(p.Banks, tasks, p.Now)
	o.Examples = o.Examples[:min(len(o.Examples), shownLeaving)]
	return o
}

// since are the days from one on; they are in order.
func since(days []study.Tally, first fsrs.Day) []study.Tally {
	i := slices.IndexFunc(days, func(t study.Tally) bool { return t.Day >= first })
	if i < 0 {
		return nil
	}
	return days[i:]
}
