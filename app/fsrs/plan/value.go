package plan

import "math"

// values are what a fact is worth that was just studied: its expected recall on the
// day of the exam, less the prices of the answers that it will take until then, if
// each review falls on the best day. Days are counted as in Exam.
type values struct {
	grid  *grid
	today int // no review before it
	day   int // of the exam
	fade  fading
	price []float64             // of an answer, by day
	of    [][]float64           // by day from today on and cell
	after [][outcomes][]float64 // by day and cell of before: what each outcome is worth
}

// backward finds the values, the last day first: on each, a fact waits for the day
// whose review is worth most, or for the exam.
func backward(g *grid, fade fading, today, day int, price []float64) *values {
	v := &values{grid: g, today: today, day: day, fade: fade, price: price,
		of: make([][]float64, day), after: make([][outcomes][]float64, day)}
	worth := make([]float64, cells)
	for d := day - 1; d >= today; d-- {
		best := v.resting(d)
		for u := d + 1; u < day; u++ {
			v.review(worth, d, u, nil)
			for i, x := range worth {
				best[i] = max(best[i], x)
			}
		}
		v.keep(d, best)
	}
	return v
}

// resting is the recall at the exam of facts not studied again after day d, by cell.
func (v *values) resting(d int) []float64 {
	rest := make([]float64, cells)
	for c := range columns {
		r := v.fade.at(v.day-d, c)
		for i := c; i < cells; i += columns {
			rest[i] = r
		}
	}
	return rest
}

// keep stores the values of a day, and what leads to them by outcome.
func (v *values) keep(d int, best []float64) {
	v.of[d] = best
	for o := range outcomes {
		next := make([]float64, cells)
		for r := range rows {
			to := v.grid.to[r][o]
			above := best[int(to.index)*columns:]
			for c := range columns {
				next[r*columns+c] = above[c] + float64(to.weight)*(above[c+columns]-above[c])
			}
		}
		v.after[d][o] = next
	}
}

// review fills in what facts studied last on day d are worth if they are reviewed
// next on day u, by cell. With mass, cells without any are left out.
func (v *values) review(worth []float64, d, u int, mass []float64) {
	k, price, after := u-d, v.price[u], &v.after[u]
	next := &v.grid.days[min(k, len(v.grid.days)-1)]
	for c := range columns {
		r := v.fade.at(k, c)
		cost := price * (2 - r)
		for i := c; i < cells; i += columns {
			if mass != nil && mass[i] == 0 {
				continue
			}
			worth[i] = v.mean(after, &next[i], i-c, r) - cost
		}
	}
}

// mean is the expected value after a review that passes with the chance r, of a
// cell in the row that starts at the index.
func (v *values) mean(after *[outcomes][]float64, next *[outcomes]place, start int, r float64) float64 {
	pass := 0.0
	for o, share := range passes {
		pass += share * next[o].between(after[o][start:start+columns])
	}
	return r*pass + (1-r)*next[lapsed].between(after[lapsed][start:start+columns])
}

// now is the value of one fact right after a review on day u, the answers not paid,
// and how many answers are expected.
func (v *values) now(f Fact, u int) (worth, answers float64) {
	k := u - f.Last
	r := v.fade.recall(f.Stability, k)
	for o, m := range ends(&v.grid.model, f.Memory, k) {
		share := 1 - r
		if o < lapsed {
			share = r * passes[o]
		}
		worth += share * read(v.of[u], m)
	}
	return worth, 2 - r
}

// later is the value of a fact that is not reviewed before day u: on the best day
// from then on, or never.
func (v *values) later(f Fact, u int) float64 {
	best := v.fade.recall(f.Stability, v.day-f.Last)
	for ; u < v.day; u++ {
		worth, answers := v.now(f, u)
		best = max(best, worth-answers*v.price[u])
	}
	return best
}

// expect is the recall at the exam, prices left out, and the answers on each day,
// if the mass of facts by day of the last study and cell is reviewed on the days
// worth most. The mass from today on is added to as reviews move it.
//
// A day is chosen e times less often than the best one if it is worth less by the
// blur (in recall). Without it all facts of a kind would change the day together, and
// the load would leap with the prices.
func (v *values) expect(mass map[int][]float64, oldest int, blur float64) (recall float64, load []float64) {
	load = make([]float64, v.day)
	worth := make([][]float64, v.day)
	for d := oldest; d < v.day; d++ {
		if mass[d] == nil {
			continue
		}
		first := max(d+1, v.today)
		for u := first; u < v.day; u++ {
			if worth[u] == nil {
				worth[u] = make([]float64, cells)
			}
			v.review(worth[u], d, u, mass[d])
		}
		recall += v.move(mass, d, worth[first:], load, blur)
	}
	return recall, load
}

// move sends the mass of a day on to the days of its next review, worth by day
// from the first possible, and returns the recall of what rests until the exam.
func (v *values) move(mass map[int][]float64, d int, worth [][]float64, load []float64, blur float64) (recall float64) {
	rest := v.resting(d)
	first := v.day - len(worth)
	share := make([]float64, len(worth))
	for i, n := range mass[d] {
		if n == 0 {
			continue
		}
		stay := choose(share, worth, rest[i], i, blur)
		recall += n * stay * rest[i]
		for j, p := range share {
			if p > 0 {
				v.send(mass, d, first+j, i, n*p, load)
			}
		}
	}
	return recall
}

// choose finds the share of a cell's mass that is reviewed on each day, and the
// share that rests.
func choose(share []float64, worth [][]float64, rest float64, cell int, blur float64) (stay float64) {
	best := rest
	for j := range worth {
		best = max(best, worth[j][cell])
	}
	stay = leaning(rest-best, blur)
	sum := stay
	for j := range worth {
		share[j] = leaning(worth[j][cell]-best, blur)
		sum += share[j]
	}
	for j := range share {
		share[j] /= sum
	}
	return stay / sum
}

// leaning is e^(less/blur), and 0 where that is below one in fifty.
func leaning(less, blur float64) float64 {
	if less < -4*blur {
		return 0
	}
	return math.Exp(less / blur)
}

// send reviews n facts of a cell, studied last on day d, on day u.
func (v *values) send(mass map[int][]float64, d, u, cell int, n float64, load []float64) {
	r := v.fade.at(u-d, cell%columns)
	load[u] += n * (2 - r)
	if mass[u] == nil {
		mass[u] = make([]float64, cells)
	}
	next := &v.grid.days[min(u-d, len(v.grid.days)-1)][cell]
	for o := range outcomes {
		share := 1 - r
		if o < lapsed {
			share = r * passes[o]
		}
		spread(mass[u], v.grid.to[cell/columns][o], next[o], n*share)
	}
}
