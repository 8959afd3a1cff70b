package plan

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
// next on day u, by cell. With mass, cells with hardly any are left out.
func (v *values) review(worth []float64, d, u int, mass []float64) {
	k := min(u-d, len(v.grid.days)-1)
	next, recall := &v.grid.days[k], &v.fade.known[k]
	for start := 0; start < cells; start += columns {
		line := v.line(u, start)
		for c, r := range recall {
			if i := start + c; mass == nil || mass[i] > speck {
				worth[i] = line.mean(&next[i], r) - v.price[u]*(2-r)
			}
		}
	}
}

// line is what the outcomes of a review are worth from one difficulty, by column.
type line [outcomes]*[columns]float64

// line of day u that starts at the cell.
func (v *values) line(u, start int) (l line) {
	for o := range l {
		l[o] = (*[columns]float64)(v.after[u][o][start:])
	}
	return l
}

// mean is the expected value after a review that passes with the chance r.
func (l *line) mean(next *[outcomes]place, r float64) float64 {
	pass := passes[0]*next[0].of(l[0]) + passes[1]*next[1].of(l[1]) + passes[2]*next[2].of(l[2])
	return r*pass + (1-r)*next[lapsed].of(l[lapsed])
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
