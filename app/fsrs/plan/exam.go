package plan

import (
	"cmp"
	"math"
	"slices"

	"thaw/app/fsrs"
)

// Exam is what a learner prepares for, and what that may take. Days are study days
// counted from any day 0 before the exam. A lapse takes two answers: Again, then Good
// on the same day.
type Exam struct {
	Model  fsrs.Model
	Day    int     // of the exam, 0 or more: the last study is on the day before
	Budget float64 // answers until then, those of days past and first ones included; 0: no limit
	Cap    int     // answers a day; 0: no limit
	Worth  float64 // expected recall that an answer has to bring, where no budget says so; 0: next to none
	New    []int   // facts that will be met for the first time, by day; none after its end
	Off    []bool  // days on which nothing is studied, by day; none after its end
}

// Fact is one that has been met, with its memory after the last study.
type Fact struct {
	fsrs.Memory
	Last int // day of the last study, before 0 too; before the exam
}

// State is how far a learner has come. The zero value is the morning of day 0 with
// nothing met.
type State struct {
	Today int // 0 to the day of the exam
	Facts []Fact
	Spent float64 // answers before today, of the budget
	Scale float64 // by which stability is longer than the model says (Infer); 0 is 1
}

// Review is a fact to study today.
type Review struct {
	Index   int     // in the facts
	Gain    float64 // expected recall on the day of the exam, per answer, over that of the best later day
	Answers float64 // expected, 1 to 2
	Rise    float64 // expected recall on the day of the exam, over that without any more study, less what later answers cost
}

// Plan says what to study when, so that expected recall on the day of the exam is
// highest. For each fact it is a dynamic program over days and memories in which each
// answer has a price, and the prices are those at which the expected load fits the
// budget and the cap (Lagrange's relaxation). It is a value: no method changes it, and
// it may be used from many goroutines.
type Plan struct {
	exam   Exam
	grid   *grid
	today  int
	prices prices
	values *values
	recall float64
	load   []float64
}

// The parts of the cap and the budget that plans count on, chosen on seeds that no test
// scores. Less of the cap (0.97) leaves room for chance, which helps the least recalled
// facts of a short and overfull exam, and costs the others: their days fill too early.
const (
	ofCap    = 1.0
	ofBudget = 0.995
)

// How prices are searched for: the first time with a blur that shrinks, so that those
// of days come from far, and later from those of the plan before.
const (
	fine     = 5e-4 // blur in the end, in recall
	coarse   = 3e-3 // and at first
	searches = 120
	hasty    = 40 // while somebody waits, where there is much to plan
	patient  = 360
	much     = 8000 // facts times days
	alone    = 30   // for the budget's price alone
	refines  = 4
)

// Prepare makes the first plan. It takes about a second for an exam in 45 days.
func (e Exam) Prepare(s State) *Plan {
	return e.blank(s, prices{budget: typical, day: make([]float64, e.Day)}).search(s, e.fromFar(searches))
}

// blank is a plan with prices and nothing found yet.
func (e Exam) blank(s State, p prices) *Plan {
	oldest := s.Today
	for _, f := range s.Facts {
		oldest = min(oldest, f.Last)
	}
	return &Plan{exam: e, grid: newGrid(e.Model, min(e.Day-oldest, longest)), prices: p}
}

// fromFar are the blurs of a first search; under a cap of n steps.
func (e *Exam) fromFar(n int) []float64 {
	if e.Cap == 0 {
		return slices.Repeat([]float64{fine}, alone)
	}
	blurs := make([]float64, n)
	for i := range blurs {
		blurs[i] = fine * math.Pow(coarse/fine, 1-float64(i)/float64(n-1))
	}
	return blurs
}

// Again is the plan for the days left, given what has come to pass. It takes little, as
// prices start from those known; once a day is often enough.
func (p *Plan) Again(s State) *Plan {
	return p.search(s, slices.Repeat([]float64{fine}, refines))
}

// search finds prices at which the expected load fits, in a step for each blur.
func (p *Plan) search(s State, blurs []float64) *Plan {
	return searchAll([]*Plan{p}, []State{s}, p.exam.aim(s.Spent), blurs)[0]
}

// searchAll finds the prices that plans for several exams share: their load together
// fits. The first plan's prices are where it starts; the states are of one day.
func searchAll(plans []*Plan, states []State, a aim, blurs []float64) []*Plan {
	find := newSearch(plans[0].prices, a, states[0].Today)
	next := make([]*Plan, len(plans))
	for i, blur := range blurs {
		if i > 0 && find.settled(load(next)) {
			break
		}
		if i > 0 {
			find.step(load(next), blurs[i-1])
		}
		for j, p := range plans {
			next[j] = p.at(find.prices, states[j], blur)
		}
	}
	return next
}

// at is the plan at prices.
func (p *Plan) at(prices prices, s State, blur float64) *Plan {
	next := *p
	next.today = min(max(s.Today, 0), p.exam.Day)
	next.prices = prices
	fade := newFading(p.exam.Model, cmp.Or(s.Scale, 1), len(p.grid.days)-1)
	next.values = backward(p.grid, fade, next.today, p.exam.Day, prices.all())
	next.expect(s.Facts, blur)
	return &next
}

// load is what plans expect together, by day until the last exam.
func load(plans []*Plan) []float64 {
	all := make([]float64, len(plans[0].prices.day))
	for _, p := range plans {
		for d, n := range p.load {
			all[d] += n
		}
	}
	return all
}

// aim is what the answers left are to come to. A budget that is spent is no lack of one.
func (e *Exam) aim(spent float64) aim {
	a := aim{daily: float64(e.Cap) * ofCap, worth: e.Worth, off: e.Off}
	if e.Budget > 0 {
		a.total = max(e.Budget-spent, 1) * ofBudget
	}
	return a
}

// expect finds the load and the recall at the values, of the facts met and of those to
// come.
func (p *Plan) expect(facts []Fact, blur float64) {
	f := newFlow(p.values, p.from(facts), blur)
	for _, x := range facts {
		put(f.on(max(x.Last, f.oldest)), x.Memory, 1)
	}
	total := float64(len(facts))
	for d := p.today; d < p.exam.Day; d++ {
		p.meet(f, d)
		total += p.exam.fresh(d)
	}
	f.run()
	p.recall, p.load = f.recall/max(total, 1), f.load
}

// from is the day of the first study among the last ones, as far as the grid reaches.
func (p *Plan) from(facts []Fact) int {
	oldest := p.today
	for _, x := range facts {
		oldest = min(oldest, x.Last)
	}
	return max(oldest, p.today-longest)
}

// meet adds the facts that will be met on a day, and the answers of their first.
func (p *Plan) meet(f *flow, d int) {
	n := p.exam.fresh(d)
	if n == 0 {
		return
	}
	f.load[d] += Beginning * n
	for i, share := range firsts {
		put(f.on(d), begin(&p.exam.Model, ratings[i]), n*share)
	}
}

// fresh is how many facts are met on a day.
func (e *Exam) fresh(d int) float64 {
	if d >= len(e.New) {
		return 0
	}
	return float64(e.New[d])
}

// Today lists the facts to review on a day, those first that gain most per answer. The
// day is that of the plan or later; on others, and on the exam's, there is nothing.
// Left out is what gains less than the budget's price: its answers do more good
// elsewhere. Under a cap the list may be longer than fits, and what does not fit waits.
func (p *Plan) Today(today int, facts []Fact) []Review {
	if today < p.today || today >= p.exam.Day {
		return nil
	}
	var list []Review
	for i, f := range facts {
		if f.Last >= today {
			continue
		}
		worth, answers := p.values.now(f, today)
		gain := (worth - p.values.later(f, today+1)) / answers
		if gain > p.prices.budget {
			list = append(list, Review{i, gain, answers, worth - p.values.fade.recall(f.Stability, p.exam.Day-f.Last)})
		}
	}
	slices.SortStableFunc(list, func(a, b Review) int { return cmp.Compare(b.Gain, a.Gain) })
	return list
}

// Meet is what meeting a new fact on a day is worth, as a review is; before the day of
// the plan or from that of the exam on it is nothing.
func (p *Plan) Meet(today int) Review {
	r := Review{Index: -1, Answers: Beginning}
	if today < p.today || today >= p.exam.Day {
		return r
	}
	for i, share := range firsts {
		r.Rise += share * read(p.values.of[today], begin(&p.exam.Model, ratings[i]))
	}
	r.Gain = r.Rise / r.Answers
	return r
}

// Recall is the mean recall expected on the day of the exam, 0 to 1, of all facts met
// by then, if the plan is kept.
func (p *Plan) Recall() float64 { return p.recall }

// Load is the answers expected on a day, 0 on days past and from the exam on.
func (p *Plan) Load(day int) float64 {
	if day < 0 || day >= len(p.load) {
		return 0
	}
	return p.load[day]
}
