package plan

import (
	"math"

	"thaw/app/fsrs"
)

// The grid over memories: stability evenly in its logarithm, difficulty evenly.
const (
	lowest  = 0.02 // days, of the first column; what is shorter counts as that
	columns = 60   // of stability
	rows    = 10   // of difficulty, 1 to 10
	cells   = rows * columns
	apart   = 0.2 // between columns, in the logarithm: up to 2,600 days
)

// outcomes are the ends of a review: Hard, Good, Easy, and a lapse, which is Again
// and then Good on the same day.
const (
	outcomes = 4
	lapsed   = outcomes - 1
)

// passes are the shares of Hard, Good and Easy among successes.
var passes = [lapsed]float64{.1, .8, .1}

// firsts are the shares of Again, Hard, Good and Easy among first answers.
var firsts = [4]float64{.24, .09, .50, .17}

// ratings are those of firsts.
var ratings = [4]fsrs.Rating{fsrs.Again, fsrs.Hard, fsrs.Good, fsrs.Easy}

// longest is the most days between two reviews that the grid tells apart.
const longest = 365

// place is a point between two neighbours on one axis: index and index+1, the
// second with the weight.
type place struct {
	index  int32
	weight float32 // 0 to 1
}

// among finds the place of x, in aparts from the first of n points.
func among(x float64, n int) place {
	x = min(max(x, 0), float64(n-1))
	i := min(int(x), n-2)
	return place{int32(i), float32(x - float64(i))} // #nosec G115 -- below n
}

func column(s float64) place { return among(math.Log(s/lowest)/apart, columns) }

func row(d float64) place { return among(d-fsrs.MinDifficulty, rows) }

// of reads the value at the place among columns.
func (p place) of(x *[columns]float64) float64 {
	i, w := p.index, float64(p.weight)
	return x[i] + w*(x[i+1]-x[i])
}

// grid holds what follows from the model alone: where a review leads from each cell.
type grid struct {
	model fsrs.Model
	days  []gap                 // by days since the review before
	to    [rows][outcomes]place // the row it leads to: difficulty hears of grades only
}

// gap is a review after a number of days.
type gap [cells][outcomes]place // the column it leads to

// newGrid makes the grid for gaps of up to the given days.
func newGrid(model fsrs.Model, days int) *grid {
	g := &grid{model: model, days: make([]gap, days+1)}
	for k := range g.days {
		for cell := range cells {
			for o, m := range ends(&model, memory(cell), k) {
				g.days[k][cell][o] = column(m.Stability)
				g.to[cell/columns][o] = row(m.Difficulty)
			}
		}
	}
	return g
}

// fading is recall by days since the last review and column of stability.
type fading struct {
	model fsrs.Model
	scale float64 // of stability, where recall is concerned
	known [][columns]float64
}

func newFading(model fsrs.Model, scale float64, days int) fading {
	f := fading{model: model, scale: scale, known: make([][columns]float64, days+1)}
	for k := range f.known {
		for c := range columns {
			f.known[k][c] = f.recall(memory(c).Stability, k)
		}
	}
	return f
}

func (f *fading) recall(s float64, days int) float64 {
	return f.model.Retrievability(fsrs.Memory{Stability: s * f.scale}, float64(days))
}

// at is the recall of a column; beyond the longest gap it stays.
func (f *fading) at(days, column int) float64 { return f.known[min(days, len(f.known)-1)][column] }

// memory is the one at a cell.
func memory(cell int) fsrs.Memory {
	return fsrs.Memory{
		Stability:  lowest * math.Exp(apart*float64(cell%columns)),
		Difficulty: fsrs.MinDifficulty + float64(cell/columns),
	}
}

// ends are the memories after each outcome of a review.
func ends(model *fsrs.Model, m fsrs.Memory, days int) [outcomes]fsrs.Memory {
	each := model.Each(m, days)
	return [outcomes]fsrs.Memory{each[1], each[2], each[3], model.Next(each[0], 0, fsrs.Good)}
}

// begin is the memory after the first day: below Good, a Good follows.
func begin(model *fsrs.Model, r fsrs.Rating) fsrs.Memory {
	m := model.Next(fsrs.Memory{}, 0, r)
	if r < fsrs.Good {
		m = model.Next(m, 0, fsrs.Good)
	}
	return m
}

// Beginning is the answers that a new fact is expected to take on its first day: below
// Good, which .33 of them are, a Good follows.
const Beginning = 1 + .24 + .09

// put adds mass at a memory to the four cells around it.
func put(mass []float64, m fsrs.Memory, n float64) {
	spread(mass, row(m.Difficulty), column(m.Stability), n)
}

func spread(mass []float64, r, c place, n float64) {
	down, right := float64(r.weight), float64(c.weight)
	i := int(r.index)*columns + int(c.index)
	mass[i] += n * (1 - down) * (1 - right)
	mass[i+1] += n * (1 - down) * right
	mass[i+columns] += n * down * (1 - right)
	mass[i+columns+1] += n * down * right
}

// read is the value at a memory, between those of the cells around it.
func read(x []float64, m fsrs.Memory) float64 {
	r, c := row(m.Difficulty), column(m.Stability)
	i := int(r.index) * columns
	above, below := c.of((*[columns]float64)(x[i:])), c.of((*[columns]float64)(x[i+columns:]))
	return above + float64(r.weight)*(below-above)
}
