package study

import (
	"cmp"
	"math"
	"slices"
	"time"

	"thaw/app/bank"
	"thaw/app/fsrs"
	"thaw/app/fsrs/plan"
	"thaw/questions"
)

// Agenda is what is worth studying now, and for which exams.
type Agenda struct {
	Ready []Ready // exams ahead, the earliest first
	Tasks []Task  // what comes first stands first
	Pace  time.Duration
	Rest  float64 // answers left of the minutes that the learner wants for today; 0: they are used up
	Usual []Card  // of no plan, and not kept quiet; with them all that wait for a step
	Unmet int     // facts that wait to be met, for no exam
	Share int     // of them, those that a day to come takes
}

// Agenda lists what is worth studying now: first what a learner was sure of, and had
// wrong, on an earlier day, and the steps of what was just learned or missed, then by gain
// a minute what the plans of exams ask for, what is due, and the day's share of new facts. A fact that a plan takes care of is asked for when the plan
// says so, and those of an exam that is over not at all (Quiet).
func (p Preparing) Agenda() Agenda {
	a := Agenda{Ready: p.Ahead(), Pace: Pace(p.Days)}
	a.Rest = max(Fits(p.Who.Minutes, a.Pace)-p.Today().Took.Seconds()/a.Pace.Seconds(), 0)
	planned := map[questions.FactID]bool{}
	for _, r := range a.Ready {
		if r.Plan == nil {
			continue
		}
		for _, t := range r.Tasks() {
			if !p.Cares[t.Fact].Aside(p.day()) {
				a.Tasks = append(a.Tasks, t)
			}
		}
		for _, c := range r.own {
			planned[c.Fact] = true
		}
		for _, f := range r.New {
			planned[f] = true
		}
	}
	quiet := Quiet(p.Exams, p.Banks, p.Now)
	free := func(f questions.FactID) bool { return !planned[f] && !quiet[f] }
	days := Calendar(p.Who.Location())
	for _, c := range p.Cards {
		wanted, ok := c.wanted(p.Cares[c.Fact], days)
		if ok && (c.Phase != fsrs.Reviewing || c.Surprise != 0 || free(c.Fact)) {
			a.Usual = append(a.Usual, wanted)
		}
	}
	waiting := p.waiting(free)
	for _, topic := range waiting {
		a.Unmet += len(topic)
	}
	a.Share = max(p.share(a), 0)
	a.Tasks = append(a.Tasks, p.queue(a, InTurn(waiting, p.share(a)-p.Today().Met))...)
	slices.SortStableFunc(a.Tasks, func(x, y Task) int { return cmp.Compare(y.Gain, x.Gain) })
	return a
}

// queue is what is worth studying for no exam, with the facts to meet today.
func (p Preparing) queue(a Agenda, fresh []questions.FactID) []Task {
	var surprises, steps []Task
	var cards []Card
	for _, c := range DueNow(a.Usual, p.Now, 0) {
		recall := c.Recall(p.Now)
		t := Task{Fact: c.Fact, Card: c, Gain: math.Inf(1), Answers: 2 - recall, Why: plan.Missed, Now: recall}
		switch {
		case c.Surprise != 0 && c.Surprise < p.day():
			t.Why = plan.Sure
			surprises = append(surprises, t)
		case c.Phase == fsrs.Reviewing:
			cards = append(cards, c)
		default:
			steps = append(steps, t)
		}
	}
	steps = append(surprises, steps...)
	for _, f := range fresh {
		cards = append(cards, Card{Learner: p.Who.ID, Fact: f})
	}
	if len(cards) == 0 {
		return steps
	}
	candidates := make([]plan.Candidate, len(cards))
	for i, c := range cards {
		candidates[i] = plan.Candidate{Memory: c.Memory, Days: p.since(c)}
	}
	own := usually.Pass / a.Pace.Seconds() // minutes of the queue's are this many of the learner's
	for _, s := range p.Queues.Of(p.Who.Weights).Order(candidates) {
		c := cards[s.Index]
		t := Task{Fact: c.Fact, Card: c, Gain: s.Gain * own, Answers: plan.Beginning, Why: s.Why, Now: s.Now, Soon: s.Soon}
		if c.Seen() {
			t.Answers = 2 - s.Now
		}
		steps = append(steps, t)
	}
	return steps
}

// since is how many study days ago a card was studied, at least one for one that is due.
func (p Preparing) since(c Card) int {
	if !c.Seen() {
		return 0
	}
	return max(int(p.day()-Calendar(p.Who.Location()).Day(c.Last)), 1)
}

// share is how many facts a day takes that are of no exam's plan.
func (p Preparing) share(a Agenda) int {
	share := p.Who.NewADay
	for _, r := range a.Ready {
		share -= r.meets
	}
	return share
}

// waiting lists by topic the facts not met yet, of the banks of which the learner knows
// something, and of no exam.
func (p Preparing) waiting(free func(questions.FactID) bool) [][]questions.FactID {
	known, listed := ByFact(p.Cards), map[questions.FactID]bool{}
	wanted := func(f questions.FactID) bool {
		ok := !known[f].Seen() && free(f) && !listed[f] && !p.Cares[f].Aside(p.day())
		listed[f] = true
		return ok
	}
	var topics [][]questions.FactID
	for _, b := range p.Banks {
		if slices.ContainsFunc(b.Facts, func(f bank.Fact) bool { return known[f.ID].Seen() }) {
			topics = append(topics, unmet(b, wanted)...)
		}
	}
	return topics
}

// unmet lists the facts wanted of a bank, topic by topic.
func unmet(b bank.Contents, want func(questions.FactID) bool) [][]questions.FactID {
	by := map[questions.TopicID][]questions.FactID{}
	for _, f := range b.Facts {
		if want(f.ID) {
			by[f.Topic] = append(by[f.Topic], f.ID)
		}
	}
	var topics [][]questions.FactID
	for _, t := range b.Topics {
		topics = append(topics, by[t.ID])
	}
	return topics
}

// InTurn takes at most n things, one of each group in turn.
func InTurn[T any](groups [][]T, n int) (list []T) {
	for round := 0; ; round++ {
		before := len(list)
		for _, g := range groups {
			if round < len(g) && len(list) < n {
				list = append(list, g[round])
			}
		}
		if len(list) == before {
			return list
		}
	}
}

// Recent is how many days of roll-ups say how fast a learner is, and how the memories
// differ from what the model takes them for: on a real log, older days told less of it.
const Recent = 30

// For lists the tasks of an exam.
func (a Agenda) For(exam int) (list []Task) {
	for _, t := range a.Tasks {
		if t.Exam == exam {
			list = append(list, t)
		}
	}
	return list
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
	at, n, ok := NextTime(a.Usual, p.Now, zone, p.Who.DaysOff)
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
