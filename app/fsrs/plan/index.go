package plan

import (
	"math"
	"slices"

	"thaw/app/fsrs"
)

// horizon is how far ahead recall counts, in days: that of day t weighs
// e^(-t/horizon)/horizon, so that a fact always known is worth 1. From 20 to 200 days it
// makes hardly a difference to what is known in the end.
const horizon = 100.0

// The levels of recall at which a review is thought of: evenly apart, the highest first.
const (
	levels = 24
	top    = 0.985
	drop   = 0.025
)

// The prices of time at which facts are valued, in facts for the time of a pass: the
// first, and how many times the one before each is. A review brings at most 1, and takes
// no less than a pass.
const (
	charges = 28
	lowly   = 0.0005
	dearer  = 1.3
)

// wait is for recall to fall to a level, a day at least.
type wait struct {
	recall float64         // at the end
	mean   float64         // of recall since the level before
	weight float64         // e^(-days/horizon), of the days since then
	sum    float64         // of recall since the study, weighed
	left   float64         // e^(-days/horizon), of the days since the study
	next   [outcomes]place // the column that a review leads to
}

// ahead is what follows from the model and the time that answers take.
type ahead struct {
	to    [rows][outcomes]place
	waits [cells][levels]wait
	lapse float64 // time that a lapse adds, in passes
	first float64 // expected time of a first study, in passes
}

func newAhead(model *fsrs.Model, s Seconds) *ahead {
	a := &ahead{to: newGrid(*model, 0).to, lapse: s.Lapse / s.Pass, first: s.beginning() / s.Pass}
	for cell := range cells {
		m, before, last := memory(cell), wait{recall: 1, left: 1}, 0.0
		for j := range levels {
			days := max(model.Interval(m.Stability, top-drop*float64(j)), 1)
			w := wait{recall: model.Retrievability(m, days), left: math.Exp(-days / horizon)}
			w.mean, w.weight = (before.recall+w.recall)/2, math.Exp((last-days)/horizon)
			w.sum = before.sum + (before.left-w.left)*w.mean
			for o, end := range between(model, m, days) {
				w.next[o] = column(end.Stability)
			}
			a.waits[cell][j], before, last = w, w, days
		}
	}
	return a
}

// between is ends after days and a fraction, 1 or more: between those of the whole days
// around.
func between(model *fsrs.Model, m fsrs.Memory, days float64) [outcomes]fsrs.Memory {
	whole := int(days)
	a, b := ends(model, m, whole), ends(model, m, whole+1)
	for o := range a {
		a[o].Stability += (days - float64(whole)) * (b[o].Stability - a[o].Stability)
	}
	return a
}

// worth is what facts are worth at one price of time: recall over the horizon, less the
// price of all reviews.
type worth struct {
	studied []float64                // a fact just studied, by cell
	after   [outcomes][cells]float64 // each outcome of a review, by the row before and the column after it
	level   [cells]int               // the best for the next review; levels: none
	gain    [cells][levels]float64   // a review now, more than the best later one
}

// settle finds the worth at a price, from one at another, until nothing changes: a fact is
// worth what it will be after the next review on the best day. That day is sought every
// few turns only, and kept in between (modified policy iteration).
func (w *worth) settle(a *ahead, price float64) {
	const still, most, keep = 2e-4, 100, 8
	for range most {
		change := w.turn(a, func(cell int, l line) float64 { return w.best(a, cell, l, price) })
		if change < still {
			return
		}
		for range keep {
			w.turn(a, func(cell int, l line) float64 { return w.kept(a, cell, l, price) })
		}
	}
}

// turn looks one review further ahead, and tells by how much that changes a worth.
func (w *worth) turn(a *ahead, value func(cell int, l line) float64) (change float64) {
	w.look(a)
	for cell := range cells {
		var l line
		for o := range l {
			l[o] = (*[columns]float64)(w.after[o][cell/columns*columns:])
		}
		x := value(cell, l)
		change = max(change, math.Abs(x-w.studied[cell]))
		w.studied[cell] = x
	}
	return change
}

// look finds what each outcome is worth.
func (w *worth) look(a *ahead) {
	for o := range outcomes {
		for r := range rows {
			to := a.to[r][o]
			above := w.studied[int(to.index)*columns:]
			for c := range columns {
				w.after[o][r*columns+c] = above[c] + float64(to.weight)*(above[c+columns]-above[c])
			}
		}
	}
}

// best is the worth of a cell that is reviewed at the best level, or never; it keeps the
// gains and the level. Below the last level recall is taken to stay.
func (w *worth) best(a *ahead, cell int, l line, price float64) float64 {
	waits, gain, level := &a.waits[cell], &w.gain[cell], levels
	later := waits[levels-1].recall
	for j := levels - 1; j >= 0; j-- {
		x := &waits[j]
		now := x.review(a, l, price)
		gain[j] = now - later
		if j < levels-1 && waits[j+1].recall == x.recall { // both on the first day
			gain[j] = gain[j+1]
		}
		if now > later {
			level, later = j, now
		}
		later = (1-x.weight)*x.mean + x.weight*later
	}
	w.level[cell] = level
	return later
}

// kept is the worth of a cell that is reviewed at the level kept.
func (w *worth) kept(a *ahead, cell int, l line, price float64) float64 {
	if w.level[cell] == levels {
		return w.studied[cell]
	}
	x := &a.waits[cell][w.level[cell]]
	return x.sum + x.left*x.review(a, l, price)
}

// review is the worth of one at the end of the wait.
func (x *wait) review(a *ahead, l line, price float64) float64 {
	return l.mean(&x.next, x.recall) - price*(1+(1-x.recall)*a.lapse)
}

// met is what a fact met today is worth, the time for it not paid.
func (w *worth) met(model *fsrs.Model) (sum float64) {
	for i, share := range firsts {
		sum += share * read(w.studied, begin(model, ratings[i]))
	}
	return sum
}

// index is the price of time, in facts for that of a pass, at which studying a fact now
// gains nothing over the best later day.
type index struct {
	review [levels][]float64 // by cell
	first  float64           // of a fact never met
}

// newIndex finds where gains end between two prices, in a straight line.
func newIndex(model *fsrs.Model, s Seconds) *index {
	x, a := &index{}, newAhead(model, s)
	for j := range x.review {
		x.review[j] = make([]float64, cells)
	}
	now, last := &worth{studied: slices.Repeat([]float64{1}, cells)}, &worth{}
	cheaper, price, met := 0.0, lowly, 0.0
	for range charges {
		now.settle(a, price)
		for cell := range cells {
			for j := range levels {
				cross(&x.review[j][cell], cheaper, price, last.gain[cell][j], now.gain[cell][j])
			}
		}
		gain := now.met(model) - price*a.first
		cross(&x.first, cheaper, price, met, gain)
		cheaper, price, met, last.gain = price, price*dearer, gain, now.gain
	}
	return x
}

// cross sets x to the price at which a gain ends, if it ends between the two.
func cross(x *float64, cheaper, price, before, now float64) {
	switch {
	case now > 0:
		*x = price
	case before > 0:
		*x = cheaper + (price-cheaper)*before/(before-now)
	}
}

// at is the index of a review at a recall.
func (x *index) at(m fsrs.Memory, recall float64) float64 {
	level := among((top-recall)/drop, levels)
	high, low := read(x.review[level.index], m), read(x.review[level.index+1], m)
	return high + float64(level.weight)*(low-high)
}
