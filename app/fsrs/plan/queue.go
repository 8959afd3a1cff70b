package plan

import (
	"cmp"
	"slices"
	"sort"

	"thaw/app/fsrs"
)

// Seconds is how long answers take a learner, each above 0.
type Seconds struct {
	First float64 // a first answer
	Pass  float64 // a review that is passed, and each Good after a lapse
	Lapse float64 // a review that is not, without the Good after it
}

// Candidate is a fact that may be studied today.
type Candidate struct {
	fsrs.Memory         // after the last study; zero: never met
	Days        int     // study days since then
	Missed      bool    // the last study began with a lapse
	Pace        float64 // time that it takes, in multiples of the usual; 0 is 1
}

// Study is a fact to study, with the numbers that say why.
type Study struct {
	Index      int     // in the candidates
	Gain       float64 // facts known that a minute of it is worth, rather than on a later day
	Seconds    float64 // expected
	Now        float64 // recall today, 0 for a fact never met
	Soon, Then float64 // recall in a week, if it is not studied, and expected if it is
	Why        Why
}

// Queue says what is worth studying today where no exam sets a date.
//
// A fact is worth its recall over the days to come, that of day t weighing
// e^(-t/100)/100, less a price for the time that its reviews take, if each falls on
// the best day. The gain of a study is the price at which studying today is worth just
// as much as on the best later day, or never: the index of Whittle, Restless bandits,
// J. Appl. Prob. 25A (1988). The highest first suits any number of minutes, since
// neither a budget nor its price enters.
//
// It is a value: no method changes it, and it may be used from many goroutines.
type Queue struct {
	model   fsrs.Model
	seconds Seconds
	index   *index
	enough  float64 // gain below which a study is not worth it
}

// usual is the memory by which retention says what is enough.
var usual = fsrs.Memory{Stability: 10, Difficulty: 5}

// NewQueue makes the queue of a learner who wants the retention (above 0, below 1; 0.9
// is usual). A study is worth it from the gain on that a memory of ten days' stability
// and difficulty 5 has when recall has fallen to the retention. All in all that takes
// about the time of reviews due at the retention; firm and easy facts come earlier than
// that, weak and difficult ones later. It takes some 40 ms.
func NewQueue(model fsrs.Model, s Seconds, retention float64) *Queue {
	q := &Queue{model: model, seconds: s, index: newIndex(&model, s)}
	q.enough = q.perMinute(q.index.at(usual, retention))
	return q
}

// perMinute makes facts a minute of facts for the time of a pass.
func (q *Queue) perMinute(x float64) float64 { return x * 60 / q.seconds.Pass }

// Today lists the candidates worth studying today, those first that gain most. When it
// is empty that is enough for today.
func (q *Queue) Today(facts []Candidate) []Study {
	list := q.Order(facts)
	n := sort.Search(len(list), func(i int) bool { return !q.worth(list[i].Gain) })
	return list[:n]
}

// Order lists all candidates, worth it or not, those first that gain most, and leaves
// out only what was studied today. It is for those that something else, a due date,
// has chosen. A fact never met gains more than almost any review: how many are met a
// day is for the caller to say, who makes no more of them candidates.
func (q *Queue) Order(facts []Candidate) []Study {
	list := make([]Study, 0, len(facts))
	for i, f := range facts {
		if !f.Seen() || f.Days > 0 {
			list = append(list, q.study(i, f))
		}
	}
	slices.SortStableFunc(list, func(a, b Study) int { return cmp.Compare(b.Gain, a.Gain) })
	return list
}

// Next is in how many days a fact is worth studying, 0 being today, at most
// fsrs.MaxStability.
func (q *Queue) Next(f Candidate) int {
	today := f.Days
	return sort.Search(fsrs.MaxStability, func(days int) bool {
		f.Days = today + days
		return q.worth(q.gain(f))
	})
}

func (q *Queue) worth(gain float64) bool { return gain > 0 && gain >= q.enough }

// Gain is what studying a fact today is worth, as Study has it, without the numbers that
// say why; 0 for one that was studied today.
func (q *Queue) Gain(f Candidate) float64 { return q.gain(f) }

// gain is that of a study today.
func (q *Queue) gain(f Candidate) float64 {
	x := q.index.first
	if f.Seen() {
		if f.Days < 1 {
			return 0
		}
		x = q.index.at(f.Memory, q.recall(f.Memory, f.Days))
	}
	return q.perMinute(x) / cmp.Or(f.Pace, 1)
}

func (q *Queue) recall(m fsrs.Memory, days int) float64 {
	return q.model.Retrievability(m, float64(days))
}

// week is how far ahead reasons look, in days.
const week = 7

func (q *Queue) study(i int, f Candidate) Study {
	s := Study{Index: i, Gain: q.gain(f), Seconds: q.seconds.beginning()}
	if f.Seen() {
		s.Now, s.Soon = q.recall(f.Memory, f.Days), q.recall(f.Memory, f.Days+week)
		s.Seconds = q.seconds.review(s.Now)
	}
	s.Seconds *= cmp.Or(f.Pace, 1)
	s.Then = q.then(f, s.Now)
	s.Why = why(f, s, q.worth(s.Gain))
	return s
}

// then is the recall expected in a week of a fact studied today.
func (q *Queue) then(f Candidate, recall float64) (sum float64) {
	if !f.Seen() {
		for i, share := range firsts {
			sum += share * q.recall(begin(&q.model, ratings[i]), week)
		}
		return sum
	}
	after := ends(&q.model, f.Memory, f.Days)
	for i, share := range passes {
		sum += recall * share * q.recall(after[i], week)
	}
	return sum + (1-recall)*q.recall(after[lapsed], week)
}

// review is the expected time of one, in seconds.
func (s Seconds) review(recall float64) float64 { return s.Pass + (1-recall)*s.Lapse }

// beginning is the expected time of a fact's first day: below Good, a Good follows.
func (s Seconds) beginning() float64 { return s.First + (Beginning-1)*s.Pass }
