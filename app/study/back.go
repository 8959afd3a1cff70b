package study

import (
	"cmp"
	"slices"
	"time"

	"thaw/app/fsrs"
	"thaw/app/fsrs/plan"
)

// Weeks is after how many study days without an answer a learner comes back after weeks.
const Weeks = 14

// Back is how things stand for a learner who comes back after weeks, to more than the
// minutes of a day hold.
type Back struct {
	Days int // study days since the last answer

	today fsrs.Day
	zone  *time.Location
	off   func(fsrs.Day) bool
	pace  time.Duration
	queue *plan.Queue
	model fsrs.Model
	facts []faded
}

// faded is a fact that was met: its memory, and how many days after today it was studied
// last, below 0.
type faded struct {
	fsrs.Memory
	last int
}

// Back tells whether the learner comes back after weeks to more than a day's minutes hold,
// and how things stand then. It goes by the cards and the days, so that the first answer
// ends it.
func (p Preparing) Back(a Agenda) (b Back, ok bool) {
	days := Calendar(p.Who.Location())
	last := p.lastDay()
	b = Back{Days: int(p.day() - last), today: p.day(), zone: p.Who.Location(), pace: a.Pace}
	if last == 0 || b.Days < Weeks || waiting(a.Tasks) <= Fits(p.Who.Minutes, a.Pace) {
		return Back{}, false
	}
	quiet := Quiet(p.Exams, p.Banks, p.Now)
	for _, c := range p.Cards {
		if c.Seen() && !quiet[c.Fact] {
			b.facts = append(b.facts, faded{c.Memory, int(days.Day(c.Last) - b.today)})
		}
	}
	b.queue, b.model = p.Queues.Of(p.Who.Weights), Model(p.Who.Weights)
	b.off = func(d fsrs.Day) bool { return p.Who.DaysOff.Has(d.Date().Weekday()) }
	return b, true
}

// lastDay is the study day of the last answer; 0: there is none.
func (p Preparing) lastDay() (last fsrs.Day) {
	days := Calendar(p.Who.Location())
	for _, c := range p.Cards {
		if c.Seen() {
			last = max(last, days.Day(c.Last))
		}
	}
	for _, d := range p.Days {
		if d.Answers > 0 {
			last = max(last, d.Day)
		}
	}
	return last
}

// waiting is how many answers the facts met before are expected to take.
func waiting(tasks []Task) (answers float64) {
	for _, t := range tasks {
		if t.Card.Seen() {
			answers += t.Answers
		}
	}
	return answers
}

// Easiest puts the tasks of facts met before by their recall, the best known first.
func Easiest(tasks []Task) []Task {
	tasks = slices.DeleteFunc(slices.Clone(tasks), func(t Task) bool { return !t.Card.Seen() })
	slices.SortStableFunc(tasks, func(x, y Task) int { return cmp.Compare(y.Now, x.Now) })
	return tasks
}

// furthestBack is how many days ahead a return is followed, and mostFaded how many facts;
// of more, evenly chosen ones stand for all.
const (
	furthestBack = 180
	mostFaded    = 400
)

// Regained forecasts the day on which as many facts are known again as on the day after the
// last answer, with so many minutes on each day from today on; ok is false where that is
// not within half a year. Facts due are served by their gain a minute, none is new. A
// review leaves the memory that its two ends leave together, the one with the chance of
// recall, the other with the rest, so that nothing is drawn and the same cards have the
// same day.
func (b Back) Regained(minutes int) (at time.Time, ok bool) {
	facts, part := b.sample()
	goal := b.known(facts, 1-b.Days)
	for d := range furthestBack {
		if d > 0 && b.known(facts, d) >= goal {
			return Calendar(b.zone).Begin(b.today + fsrs.Day(d)), true // #nosec G115 -- at most furthestBack
		}
		if !b.off(b.today + fsrs.Day(d)) { // #nosec G115 -- at most furthestBack
			b.serve(facts, d, Fits(minutes, b.pace)*part)
		}
	}
	return time.Time{}, false
}

// sample is a copy of the facts, or some of them, and which part of all they are.
func (b Back) sample() (facts []faded, part float64) {
	n := min(len(b.facts), mostFaded)
	for i := range n {
		facts = append(facts, b.facts[i*len(b.facts)/n])
	}
	return facts, float64(n) / float64(len(b.facts))
}

// known is how many facts are expected to be known on a day counted from today.
func (b Back) known(facts []faded, day int) (sum float64) {
	for _, f := range facts {
		sum += b.model.Retrievability(f.Memory, float64(day-f.last))
	}
	return sum
}

// serve reviews what is due on a day, as far as the answers reach.
func (b Back) serve(facts []faded, day int, answers float64) {
	type due struct {
		at   int
		gain float64
	}
	var list []due
	for i, f := range facts {
		if since := day - f.last; float64(since) >= f.Stability && since > 0 {
			list = append(list, due{i, b.queue.Gain(plan.Candidate{Memory: f.Memory, Days: since})})
		}
	}
	slices.SortStableFunc(list, func(x, y due) int { return cmp.Compare(y.gain, x.gain) })
	for _, d := range list {
		f := &facts[d.at]
		recall := b.model.Retrievability(f.Memory, float64(day-f.last))
		if answers -= 2 - recall; answers < 0 {
			return
		}
		f.Memory, f.last = b.model.Weigh(f.Memory, day-f.last, fsrs.Good, 1, 1), day
	}
}
