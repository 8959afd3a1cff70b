// Package sim follows one learner with hidden memories through a plan of study,
// to show what a retention costs in minutes and brings in facts known.
package sim

import (
	"math/rand/v2"

	"thaw/app/fsrs"
)

// Config is a learner and a plan.
type Config struct {
	Truth, Belief fsrs.Model // the hidden memory, and what the scheduler takes it for
	Facts         int        // size of the deck, with those met before
	Met           []Held     // before the run
	Days          int        // length of the run, at least 1
	NewADay       int
	Retention     float64 // wanted recall, above 0, below 1
	Minutes       float64 // budget of a day; 0: no limit
	New           float64 // seconds for a first answer
	Pass, Lapse   float64 // seconds for a review
	Off           [7]bool // by day modulo 7: nothing is studied, what is due waits
	First         [4]float64
	Success       [4]float64 // shares of Hard, Good and Easy among passes; Again is 0
	Seed          uint64
	// Pick chooses an interval from low to high days; load counts what is due by
	// day of the run. Nil means fsrs.Fuzz.
	Pick func(low, high, today int, load []int) int
}

// Held is a fact met before the run: the memory that its last review left, and how
// many days ago that was, 0 or more.
type Held struct {
	fsrs.Memory
	Ago int
}

// Default returns a learner with the published weights and 10 new facts a day.
func Default() Config {
	m := fsrs.New(fsrs.Default())
	return Config{
		Truth: m, Belief: m, Facts: 3650, Days: 365, NewADay: 10, Retention: 0.9,
		New: 16, Pass: 7, Lapse: 12,
		First:   [4]float64{.24, .09, .50, .17},
		Success: [4]float64{0, .1, .8, .1},
	}
}

// Day is what happened on one day.
type Day struct {
	Reviews, New, Lapses int
	Minutes              float64
	Backlog              int     // due and not served
	Known                float64 // expected facts remembered, as of the last seventh day
}

// Year is the outcome of a run.
type Year struct {
	Days                 []Day
	Reviews, New, Lapses int
	Minutes              float64
	Recall               float64 // mean true chance of recall at reviews
	Known                float64 // expected facts remembered at the end
}

type fact struct {
	truth, belief fsrs.Memory
	last, next    int32
}

type list struct{ head, tail int32 }

type run struct {
	*Config
	rng     *rand.PCG
	facts   []fact
	queue   []list // by day
	load    []int
	waiting list
	due     int
	met     int
	recall  float64
}

// Run simulates the plan. Reviews come before new facts, in order of the day
// they fell due, and within it in the order they were scheduled; those met before
// the run fall due by the wanted recall, on the first day at the earliest. Study stops
// with the answer that reaches the budget. Facts due after the run wait outside.
func Run(c Config) Year {
	r := start(&c)
	y := Year{Days: make([]Day, c.Days)}
	for t := range y.Days {
		d := &y.Days[t]
		r.arrive(t)
		if !c.Off[t%7] {
			r.study(t, d)
		}
		d.Backlog = r.due
		d.Known = y.Known
		if t%7 == 0 || t == c.Days-1 {
			d.Known = r.known(t)
		}
		y.add(d)
	}
	if y.Reviews > 0 {
		y.Recall = r.recall / float64(y.Reviews)
	}
	return y
}

func (y *Year) add(d *Day) {
	y.Reviews += d.Reviews
	y.New += d.New
	y.Lapses += d.Lapses
	y.Minutes += d.Minutes
	y.Known = d.Known
}

func start(c *Config) *run {
	r := &run{Config: c, rng: rand.NewPCG(c.Seed, 1), facts: make([]fact, c.Facts),
		queue: make([]list, c.Days), load: make([]int, c.Days), waiting: list{-1, -1}}
	for i := range r.queue {
		r.queue[i] = list{-1, -1}
	}
	for _, h := range c.Met {
		r.facts[r.met] = fact{truth: h.Memory, belief: h.Memory, last: int32(-h.Ago)} // #nosec G115 -- days of a life
		days := r.Belief.Days(h.Stability, r.Retention, fsrs.MaxStability)
		r.enqueue(int32(r.met), max(days-h.Ago, 0)) // #nosec G115 -- a deck is smaller
		r.met++
	}
	return r
}

// arrive puts what falls due behind what waits.
func (r *run) arrive(t int) {
	q := r.queue[t]
	if q.head < 0 {
		return
	}
	r.due += r.load[t]
	if r.waiting.head < 0 {
		r.waiting = q
		return
	}
	r.facts[r.waiting.tail].next = q.head
	r.waiting.tail = q.tail
}

func (r *run) study(t int, d *Day) {
	for r.waiting.head >= 0 && r.left(d) {
		i := r.waiting.head
		r.waiting.head = r.facts[i].next
		r.due--
		r.review(i, t, d)
	}
	for d.New < r.NewADay && r.met < r.Facts && r.left(d) {
		r.meet(int32(r.met), t, d) // #nosec G115 -- a deck is smaller
		r.met++
	}
}

func (r *run) left(d *Day) bool { return r.Minutes == 0 || d.Minutes < r.Minutes }

func (r *run) review(i int32, t int, d *Day) {
	f := &r.facts[i]
	chance := r.Truth.Retrievability(f.truth, float64(t-int(f.last)))
	r.recall += chance
	d.Reviews++
	if r.chance() < chance {
		d.Minutes += r.Pass / 60
		r.answer(i, t, r.draw(&r.Success))
		r.plan(i, t)
		return
	}
	d.Lapses++
	d.Minutes += (r.Lapse + r.Pass) / 60
	r.answer(i, t, fsrs.Again)
	r.answer(i, t, fsrs.Good)
	r.plan(i, t)
}

func (r *run) meet(i int32, t int, d *Day) {
	d.New++
	d.Minutes += r.New / 60
	g := r.draw(&r.First)
	r.answer(i, t, g)
	if g < fsrs.Good {
		d.Minutes += r.Pass / 60
		r.answer(i, t, fsrs.Good)
	}
	r.plan(i, t)
}

func (r *run) answer(i int32, t int, g fsrs.Rating) {
	f := &r.facts[i]
	days := t - int(f.last)
	f.truth = r.Truth.Next(f.truth, days, g)
	f.belief = r.Belief.Next(f.belief, days, g)
	f.last = int32(t) // #nosec G115 -- a day of the run
}

// plan queues the next review, if it falls within the run.
func (r *run) plan(i int32, t int) {
	f := &r.facts[i]
	days := r.Belief.Days(f.belief.Stability, r.Retention, fsrs.MaxStability)
	r.enqueue(i, t+r.pick(days, t))
}

func (r *run) enqueue(i int32, at int) {
	if at >= r.Days {
		return
	}
	f, q := &r.facts[i], &r.queue[at]
	f.next = -1
	if q.head < 0 {
		q.head = i
	} else {
		r.facts[q.tail].next = i
	}
	q.tail = i
	r.load[at]++
}

func (r *run) pick(days, t int) int {
	if r.Pick == nil {
		return fsrs.Fuzz(days, fsrs.MaxStability, r.rng.Uint64())
	}
	low, high := fsrs.FuzzRange(days, fsrs.MaxStability)
	return min(max(r.Pick(low, high, t, r.load), low), high)
}

// chance is uniform from 0 to below 1.
func (r *run) chance() float64 { return float64(r.rng.Uint64()>>11) / (1 << 53) }

func (r *run) draw(shares *[4]float64) fsrs.Rating {
	x := r.chance()
	for g := fsrs.Again; g < fsrs.Easy; g++ {
		if x -= shares[g-1]; x < 0 {
			return g
		}
	}
	return fsrs.Easy
}

func (r *run) known(t int) (sum float64) {
	for i := range r.facts[:r.met] {
		f := &r.facts[i]
		sum += r.Truth.Retrievability(f.truth, float64(t-int(f.last)))
	}
	return sum
}

// Point is what one retention costs and brings.
type Point struct {
	Retention, MinutesADay, Known, Recall float64
	Lately                                float64 // facts known, as the mean of the last 30 days: waves of reviews even out
	Met                                   int     // facts by the end
}

// Curve runs the plan at each retention: workload against recall.
func Curve(c Config, retentions []float64) []Point {
	points := make([]Point, len(retentions))
	for i, r := range retentions {
		c.Retention = r
		y := Run(c)
		points[i] = Point{r, y.Minutes / float64(c.Days), y.Known, y.Recall, y.lately(30), len(c.Met) + y.New}
	}
	return points
}

// lately is the mean of the facts known in the last days.
func (y *Year) lately(days int) (mean float64) {
	last := y.Days[max(len(y.Days)-days, 0):]
	for _, d := range last {
		mean += d.Known / float64(len(last))
	}
	return mean
}
