package plan

import (
	"math"
	"math/rand/v2"
	"os"
	"slices"
	"testing"

	"thaw/app/fsrs"
)

// life is a learner with a deck, minutes a day and hidden memories.
type life struct {
	habit
	truth, belief fsrs.Model
	queue         *Queue
	rng           *rand.Rand
	facts         []kept  // those met
	spent         float64 // seconds
}

// habit is how a learner studies.
type habit struct {
	name    string
	minutes float64 // a day
	daily   int     // new facts at most
	deck    int
	decay   float64 // w20 of all learners; 0: of each their own
	fitted  bool    // the weights are known to all schedulers that use any
	behind  bool    // all facts were met with time enough, and two months passed
}

// kept is a fact with all that any scheduler knows of it.
type kept struct {
	truth, belief  fsrs.Memory
	last           int
	missed         bool
	ease, interval float64 // of SM-2
}

// pace is that of sim.Default.
var pace = Seconds{First: 16, Pass: 7, Lapse: 12}

// fresh stands for a new fact in an order.
const fresh = -1

// order lists what to study on a day, first things first.
type order func(l *life, today int) []int

// outcome is facts known, the sum of true recall: on day 90, on average from day 60 to
// day 90, and on day 120 without further study; facts met, and minutes a day.
type outcome struct{ known, mean, later, met, minutes float64 }

// live runs a learner for 90 days.
func (h habit) live(seed uint64, o order) (out outcome) {
	l := h.begin(seed)
	l.spent = 0
	for today := range 90 {
		l.study(today, o)
		if today >= 59 {
			out.mean += l.known(today+1) / 31
		}
	}
	out.known, out.later = l.known(90), l.known(120)
	out.met, out.minutes = float64(len(l.facts)), l.spent/60/90
	return out
}

// begin is the morning of day 0.
func (h habit) begin(seed uint64) *life {
	l := &life{habit: h, rng: rand.New(rand.NewPCG(seed, 1)), belief: fsrs.New(fsrs.Default())}
	w := somebody(l.rng)
	if h.decay > 0 {
		w[20] = h.decay
	}
	l.truth, l.queue = fsrs.New(w), usually
	if h.fitted {
		l.belief, l.queue = l.truth, NewQueue(l.truth, pace, .9)
	}
	if h.behind {
		l.fallBehind()
	}
	return l
}

var usually = NewQueue(model(), pace, .9)

// fallBehind meets all facts, 30 a day, reviews them when due for 60 days and then rests
// for 60.
func (l *life) fallBehind() {
	minutes := l.minutes
	l.daily, l.minutes = 30, math.Inf(1)
	for today := range 60 {
		l.study(today, reviewsFirst(byDay(dueAt(.9))))
	}
	for i := range l.facts {
		l.facts[i].last -= 120
	}
	l.daily, l.minutes = 0, minutes
}

// study ends with the answer that reaches the minutes.
func (l *life) study(today int, o order) {
	left := l.minutes * 60
	for _, i := range o(l, today) {
		if left <= 0 {
			return
		}
		took := 0.0
		if i != fresh {
			took = l.review(today, i)
		} else if len(l.facts) < l.deck {
			took = l.meet(today)
		}
		l.spent += took
		left -= took
	}
}

func (l *life) meet(today int) float64 {
	g := drawn(l.rng, firsts[:])
	k := kept{truth: begin(&l.truth, ratings[g]), belief: begin(&l.belief, ratings[g]), last: today, ease: 2.5, interval: 1}
	if ratings[g] == fsrs.Easy {
		k.interval = 4
	}
	l.facts = append(l.facts, k)
	if ratings[g] < fsrs.Good {
		return pace.First + pace.Pass
	}
	return pace.First
}

func (l *life) review(today, i int) float64 {
	k := &l.facts[i]
	days, end := today-k.last, lapsed
	if l.rng.Float64() < l.truth.Retrievability(k.truth, float64(days)) {
		end = drawn(l.rng, passes[:])
	}
	k.sm2(days, end)
	k.truth, k.belief = ends(&l.truth, k.truth, days)[end], ends(&l.belief, k.belief, days)[end]
	k.last, k.missed = today, end == lapsed
	if k.missed {
		return pace.Lapse + pace.Pass
	}
	return pace.Pass
}

// sm2 moves ease and interval as Anki's SM-2 does, what is late counting in part.
func (k *kept) sm2(days, end int) {
	late, longer := float64(days)-k.interval, k.interval+1
	switch end {
	case 0:
		k.interval, k.ease = max(longer, (k.interval+late/4)*1.2), k.ease-.15
	case 1:
		k.interval = max(longer, (k.interval+late/2)*k.ease)
	case 2:
		k.interval, k.ease = max(longer, (k.interval+late)*k.ease*1.3), k.ease+.15
	case lapsed:
		k.interval, k.ease = 1, k.ease-.2
	}
	k.interval, k.ease = math.Round(k.interval), max(k.ease, 1.3)
}

func (l *life) known(day int) (sum float64) {
	for _, k := range l.facts {
		sum += l.truth.Retrievability(k.truth, float64(day-k.last))
	}
	return sum
}

// ours follows the queue, as far as it is worth it.
func ours(l *life, today int) []int { return l.queued(today, l.queue.Today) }

// endless follows it to the last minute.
func endless(l *life, today int) []int { return l.queued(today, l.queue.Order) }

func (l *life) queued(today int, queue func([]Candidate) []Study) []int {
	facts := make([]Candidate, len(l.facts)+l.daily)
	for i, k := range l.facts {
		facts[i] = Candidate{Memory: k.belief, Days: today - k.last, Missed: k.missed}
	}
	var list []int
	for _, s := range queue(facts) {
		if s.Index >= len(l.facts) {
			s.Index = fresh
		}
		list = append(list, s.Index)
	}
	return list
}

// interval is the days from the last study of a fact to the next.
type interval func(l *life, k kept) int

func dueAt(retention float64) interval {
	return func(l *life, k kept) int { return l.belief.Days(k.belief.Stability, retention, fsrs.MaxStability) }
}

func sm2(_ *life, k kept) int { return int(k.interval) }

// sorted lists what is due, the least by key first.
func sorted(wait interval, key func(l *life, k kept, today int) float64) order {
	return func(l *life, today int) []int {
		var list []int
		for i, k := range l.facts {
			if k.last < today && k.last+wait(l, k) <= today {
				list = append(list, i)
			}
		}
		slices.SortStableFunc(list, func(a, b int) int {
			return int(math.Copysign(1, key(l, l.facts[a], today)-key(l, l.facts[b], today)))
		})
		return list
	}
}

// byDay lists what fell due first first.
func byDay(wait interval) order {
	return sorted(wait, func(l *life, k kept, _ int) float64 { return float64(k.last + wait(l, k)) })
}

// byRecall lists the least recalled first; with the sign -1, the best.
func byRecall(sign float64) order {
	return sorted(dueAt(.9), func(l *life, k kept, today int) float64 {
		return sign * l.belief.Retrievability(k.belief, float64(today-k.last))
	})
}

func reviewsFirst(o order) order {
	return func(l *life, today int) []int { return append(o(l, today), slices.Repeat([]int{fresh}, l.daily)...) }
}

func newFirst(o order) order {
	return func(l *life, today int) []int { return append(slices.Repeat([]int{fresh}, l.daily), o(l, today)...) }
}

// ways of ordering: ours two, then the others. What is due at .90 by the day it fell due is
// the plain order of FSRS.
var ways = []struct {
	name string
	order
}{
	{"ours", ours},
	{"ours, to the last minute", endless},
	{"due .90, reviews first", reviewsFirst(byDay(dueAt(.9)))},
	{"SM-2, reviews first", reviewsFirst(byDay(sm2))},
	{"due .90, new first", newFirst(byDay(dueAt(.9)))},
	{"SM-2, new first", newFirst(byDay(sm2))},
	{"due .80, new first", newFirst(byDay(dueAt(.8)))},
	{"due .80, reviews first", reviewsFirst(byDay(dueAt(.8)))},
	{"due .70, reviews first", reviewsFirst(byDay(dueAt(.7)))},
	{"least recalled, reviews first", reviewsFirst(byRecall(1))},
	{"best recalled, reviews first", reviewsFirst(byRecall(-1))},
	{"least recalled, new first", newFirst(byRecall(1))},
	{"best recalled, new first", newFirst(byRecall(-1))},
}

// plain and old are the ways that the claim is about, and few how many ways are tried
// without the protocol.
const plain, old, few = 2, 3, 6

// claim is how many times the facts known by other ways ours must come to, at least, on
// each of the three counts.
type claim struct{ plain, old, best float64 }

var habits = []struct {
	habit
	claim
}{
	{habit{name: "10 minutes, 20 new", minutes: 10, daily: 20, deck: 3000}, claim{1.05, 1.25, 1}},
	{habit{name: "all forget faster", minutes: 10, daily: 20, deck: 3000, decay: .5}, claim{1.05, 1.25, 1.02}},
	{habit{name: "weights known", minutes: 10, daily: 20, deck: 3000, fitted: true}, claim{1.05, 1.25, 1}},
	{habit{name: "both", minutes: 10, daily: 20, deck: 3000, decay: .5, fitted: true}, claim{1.05, 1.25, 1.02}},
	{habit{name: "10 minutes, any new", minutes: 10, daily: 100, deck: 3000}, claim{1.05, 1.25, .999}},
	{habit{name: "15 minutes, 20 new", minutes: 15, daily: 20, deck: 3000}, claim{1.05, 1.15, 1}},
	{habit{name: "10 minutes, 10 new", minutes: 10, daily: 10, deck: 3000}, claim{1, 1.02, .98}},
	{habit{name: "30 minutes, 10 new", minutes: 30, daily: 10, deck: 3000}, claim{.99, .98, .98}},
	{habit{name: "behind, 4 minutes", minutes: 4, deck: 1800, behind: true}, claim{.999, .999, .999}},
	{habit{name: "behind, 8 minutes", minutes: 8, deck: 1800, behind: true}, claim{1, 1.01, 1}},
}

// mean of the seeds from 1 on.
func (h habit) mean(o order, seeds int) (m outcome) {
	n := float64(seeds)
	for i := range seeds {
		x := h.live(uint64(i+1), o)
		m.known, m.mean, m.later = m.known+x.known/n, m.mean+x.mean/n, m.later+x.later/n
		m.met, m.minutes = m.met+x.met/n, m.minutes+x.minutes/n
	}
	return m
}

// over is the least of the three counts of facts known, in multiples of another's.
func (o outcome) over(x outcome) float64 {
	return min(o.known/x.known, o.mean/x.mean, o.later/x.later)
}

// TestQueueKnowsMore: in the same minutes, 1.05 times the facts known in the plain order
// of FSRS and 1.25 times those of an SM-2 queue, where the minutes are too few for all
// that falls due.
//
// Learners have weights of their own (as in TestFourOfFiveForecastsHold), which no
// scheduler knows unless said; with "forget faster" w20 is .5 for all, not about .15. A
// deck of 3,000 is studied for 90 days, so many minutes a day, until an answer reaches
// them. At most so many facts are new in a day, 20 being Anki's default. First answers
// are Again, Hard, Good, Easy .24/.09/.50/.17; a review is passed with the true recall,
// then Hard, Good, Easy .1/.8/.1. A first answer takes 16 s, a pass 7, a lapse 12, and 7
// more for the Good after it or after a first answer below Good. "Behind": 1,800 facts
// were met in 60 days, 30 a day, and reviewed when due; then came 60 days without study,
// and nothing more is new.
//
// The plain order is due at .90, what fell due first first, reviews before new facts.
// SM-2 is Anki's: ease 2.5, first interval a day (Easy 4), Again a day and ease -.2,
// Hard times 1.2 and ease -.15, Easy times 1.3 more and ease +.15, days late counting
// as there; but one learning step, which spares it answers. Known is the sum of true
// recall: on day 90, on average from day 60 on, and on day 120 with no study from day 90.
//
// Most of the gain comes from meeting new facts first, which the index of the queue
// says and others can do as well: they follow in the table, and the last claim is about
// the best of all. What the order of reviews adds is about a hundredth with the usual
// forgetting curve and more with a steeper one. Where minutes are enough the queue
// knows as much in less time.
//
// Of itself it runs eight seeds of the first two habits and six ways; with THAW_PROTOCOL
// set, twenty of all. Run it with -v for the table.
func TestQueueKnowsMore(t *testing.T) {
	run, tried, seeds := habits[:2], ways[:few], 8
	switch {
	case os.Getenv("THAW_PROTOCOL") != "":
		run, tried, seeds = habits, ways, 20
	case raced:
		run, seeds = habits[:1], 3
	}
	t.Log("                                                    | known on day 90, from 60, on 120 | met minutes")
	for _, h := range run {
		var all []outcome
		for _, w := range tried {
			x := h.mean(w.order, seeds)
			t.Logf("%-19s %-31s | %10.0f %10.0f %10.0f | %4.0f %5.2f", h.name, w.name, x.known, x.mean, x.later, x.met, x.minutes)
			all = append(all, x)
		}
		h.judge(t, h.name, all)
	}
}

// judge holds the claim. Few seeds do not tell ours from the best.
func (c claim) judge(t *testing.T, name string, all []outcome) {
	best := math.Inf(1)
	for _, x := range all[plain:] {
		best = min(best, all[0].over(x))
	}
	overPlain, overOld := all[0].over(all[plain]), all[0].over(all[old])
	t.Logf("%-19s at least %.3f of the plain order, %.3f of SM-2, %.3f of the best", name, overPlain, overOld, best)
	if overPlain < c.plain || overOld < c.old || best < c.best && !raced {
		t.Errorf("%s: %.3f, %.3f and %.3f, want %+v", name, overPlain, overOld, best, c)
	}
}
