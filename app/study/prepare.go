package study

import (
	"math"
	"time"

	"thaw/app/bank"
	"thaw/app/fsrs"
	"thaw/app/fsrs/plan"
	"thaw/app/people"
	"thaw/questions"
)

// Reach is how many days before an exam its plan begins; until then the usual rhythm
// serves it as well.
const Reach = 90

// worth is the expected recall that an answer has to bring for an exam: below it, two
// hundred answers are spent on one fact more.
const worth = 0.005

// fresh is the part of the days until an exam in which its facts are met for the first
// time, and of the minutes of a day where they take longer; the rest is for reviews.
const fresh = 0.6

// Preparing is what is decided on about a learner at a time.
type Preparing struct {
	Now    time.Time
	Who    people.Person
	Exams  []Exam // the earliest first
	Banks  []bank.Contents
	Cards  []Card
	Cares  map[questions.FactID]Care
	Days   []Tally // the Recent ones: for the pace, what is believed, and what has been done today
	Prices Prices  // found before
	Queues *Queues // nil: made anew
}

// Ready is an exam ahead with how far a learner has come.
type Ready struct {
	Exam
	Day  fsrs.Day           // study day of the exam
	Left int                // study days until then; 0: it is today
	All  []questions.FactID // that it asks for
	Met  []Card             // of them
	New  []questions.FactID // of them, not met yet and of no exam before this one
	Plan *plan.Plan         // nil on the day, too far ahead, and where nothing is left for it

	now    time.Time
	pace   time.Duration
	belief plan.Belief
	own    []Card      // met, and of no exam before this one
	facts  []plan.Fact // the same, as the plan sees them
	meets  int         // new ones to meet today
	unmet  int         // new ones for which there is no time
}

// Prepare says how a learner is prepared for each exam ahead, the earliest first. Prices
// of shared days are searched for, which takes up to some seconds where they are full;
// Ahead takes those known.
func (p Preparing) Prepare() []Ready { return p.ready(plan.Together) }

// Ahead is Prepare at the prices known.
func (p Preparing) Ahead() []Ready { return p.ready(plan.Held) }

type planner func([]plan.Exam, []plan.State, []float64) []*plan.Plan

func (p Preparing) ready(planner planner) []Ready {
	var list []Ready
	cards, claimed := ByFact(p.Cards), map[questions.FactID]bool{}
	for _, e := range p.Exams {
		if !e.Over(p.Now) {
			list = append(list, p.stand(e, cards, claimed))
		}
	}
	p.plan(list, planner)
	return list
}

// stand is how things stand for one exam, before any plan. What is suspended counts in
// the forecast, and is not planned for.
func (p Preparing) stand(e Exam, cards map[questions.FactID]Card, claimed map[questions.FactID]bool) Ready {
	days, today := Calendar(p.Who.Location()), p.day()
	r := Ready{Exam: e, Day: days.Day(e.At), All: e.Facts(p.Banks), now: p.Now, pace: Pace(p.Days), belief: p.Belief()}
	r.Left = max(int(r.Day-today), 0)
	for _, f := range r.All {
		c := cards[f]
		if c.Seen() {
			r.Met = append(r.Met, c)
		}
		if claimed[f] || p.Cares[f].Suspended {
			continue
		}
		claimed[f] = true
		if !c.Seen() {
			r.New = append(r.New, f)
			continue
		}
		r.own = append(r.own, c)
		r.facts = append(r.facts, plan.Fact{Memory: c.Memory, Last: int(days.Day(c.Last) - today)})
	}
	return r
}

// plan plans for the exams that are near enough and have something left to do.
func (p Preparing) plan(list []Ready, planner planner) {
	var near []*Ready
	var exams []plan.Exam
	var states []plan.State
	for i := range list {
		r := &list[i]
		if r.Left < 1 || r.Left > Reach || len(r.own)+len(r.New) == 0 {
			continue
		}
		e := plan.Exam{Model: Model(p.Who.Weights), Day: r.Left, Cap: p.answers(), Worth: worth, Off: p.off(r.Left)}
		e.New = p.meeting(r, e.Off)
		near, exams, states = append(near, r), append(exams, e), append(states, plan.State{Facts: r.facts, Scale: math.Exp(r.belief.Shift)})
	}
	for i, made := range planner(exams, states, p.Prices.from(int64(p.day()))) {
		near[i].Plan = made
	}
}

// answers is how many fit into the minutes of a day.
func (p Preparing) answers() int {
	return max(int(Fits(p.Who.Minutes, Pace(p.Days))), 1)
}

// off tells which of the days from today on are off.
func (p Preparing) off(left int) []bool {
	today := p.day()
	off := make([]bool, left)
	for d := range off {
		off[d] = p.Who.DaysOff.Has((today + fsrs.Day(d)).Date().Weekday()) // #nosec G115 -- at most Reach
	}
	return off
}

// meeting spreads the new facts evenly over the working days of the first part of the
// time, today's share less what has been met today. A day takes no more of them than fit
// into its minutes, so that some may be left over.
func (p Preparing) meeting(r *Ready, off []bool) []int {
	left, most := len(r.New), max(int(float64(p.answers())/plan.Beginning), 1)
	span := max(fresh*float64(r.Left), float64(left)/(fresh*float64(most)))
	days := workingDays(off, min(max(int(span+.5), 1), r.Left))
	meets := make([]int, days[len(days)-1]+1)
	met := 0
	if days[0] == 0 {
		met = p.Today().Met
	}
	for i, d := range days {
		share := (left + met + len(days) - i - 1) / (len(days) - i)
		n := min(max(min(share, most)-met, 0), left)
		meets[d], left, met = n, left-n, 0
	}
	r.meets, r.unmet = meets[0], left
	return meets
}

// workingDays lists the days below span that are not off, or else the first after them that
// is not, or else today.
func workingDays(off []bool, span int) (days []int) {
	for d, rests := range off {
		if !rests && (d < span || len(days) == 0) {
			days = append(days, d)
		}
	}
	if len(days) == 0 {
		return []int{0}
	}
	return days
}

// Belief is what the learner's reviews say about the memories as a whole.
func (p Preparing) Belief() plan.Belief { return Believe(p.Days, p.Who) }

// day is the study day that it is now.
func (p Preparing) day() fsrs.Day { return Calendar(p.Who.Location()).Day(p.Now) }

// Today is what has been done on this study day.
func (p Preparing) Today() Tally {
	today := p.day()
	for _, d := range p.Days {
		if d.Day == today {
			return d
		}
	}
	return Tally{}
}
