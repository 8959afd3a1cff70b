package plan

import "math"

// flow is the way of many facts through days and memories, if each is reviewed on the
// days worth most.
type flow struct {
	*values
	oldest int         // day of the first mass
	mass   [][]float64 // facts by day of the last study, from the oldest on, and cell
	load   []float64   // expected answers by day
	recall float64     // expected at the exam, of all facts together

	// A day is chosen e times less often than the best one if it is worth less by the
	// blur (in recall). Without it all facts of a kind would change the day together,
	// and the load would leap with the prices.
	blur float64
}

// speck is a mass that is not worth following: it rests.
const speck = 2e-4

func newFlow(v *values, oldest int, blur float64) *flow {
	f := &flow{values: v, oldest: oldest, blur: blur, load: make([]float64, v.day)}
	f.mass = make([][]float64, max(v.day-oldest, 0))
	return f
}

// on is the mass of facts studied last on a day, by cell.
func (f *flow) on(d int) []float64 {
	if f.mass[d-f.oldest] == nil {
		f.mass[d-f.oldest] = make([]float64, cells)
	}
	return f.mass[d-f.oldest]
}

// run follows the mass, the first day first.
func (f *flow) run() {
	worth := make([][]float64, f.day)
	for d := f.oldest; d < f.day; d++ {
		if f.mass[d-f.oldest] == nil {
			continue
		}
		first := max(d+1, f.today)
		for u := first; u < f.day; u++ {
			if worth[u] == nil {
				worth[u] = make([]float64, cells)
			}
			f.review(worth[u], d, u, f.on(d))
		}
		f.move(d, worth[min(first, f.day):])
	}
}

// move sends the mass of a day on to the days of its next review, worth by day from
// the first possible, and leaves the rest until the exam.
func (f *flow) move(d int, worth [][]float64) {
	rest := f.resting(d)
	share := make([]float64, len(worth))
	for cell, n := range f.on(d) {
		stay := 1.0
		if n > speck {
			stay = f.choose(share, worth, rest[cell], cell)
			f.send(d, cell, n, share)
		}
		f.recall += n * stay * rest[cell]
	}
}

// choose finds the share of a cell's mass that is reviewed on each day, and the share
// that stays.
func (f *flow) choose(share []float64, worth [][]float64, rest float64, cell int) (stay float64) {
	best := rest
	for j := range worth {
		best = max(best, worth[j][cell])
	}
	stay = f.leaning(rest - best)
	all := stay
	for j := range worth {
		share[j] = f.leaning(worth[j][cell] - best)
		all += share[j]
	}
	for j := range share {
		share[j] /= all
	}
	return stay / all
}

// leaning is e^(less/blur), and 0 where that is below one in fifty.
func (f *flow) leaning(less float64) float64 {
	if less < -4*f.blur {
		return 0
	}
	return math.Exp(less / f.blur)
}

// send reviews shares of n facts of a cell, studied last on day d, on the last days
// before the exam.
func (f *flow) send(d, cell int, n float64, share []float64) {
	for j, p := range share {
		if p > 0 {
			f.answer(d, f.day-len(share)+j, cell, n*p)
		}
	}
}

// answer reviews n facts of a cell, studied last on day d, on day u.
func (f *flow) answer(d, u, cell int, n float64) {
	r := f.fade.at(u-d, cell%columns)
	f.load[u] += n * (2 - r)
	mass, to := f.on(u), &f.grid.to[cell/columns]
	next := &f.grid.days[min(u-d, len(f.grid.days)-1)][cell]
	for o, share := range passes {
		spread(mass, to[o], next[o], n*r*share)
	}
	spread(mass, to[lapsed], next[lapsed], n*(1-r))
}
