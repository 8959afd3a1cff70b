package train

import (
	"math"
	"runtime"
	"sync"

	"thaw/app/fsrs"
)

// spread is the scatter of each weight between learners: the standard deviation
// of fits to many of them, as fsrs-rs has it, but of the first stabilities that of
// their logarithm, since they scatter by ratios.
var spread = [21]float64{lnS, lnS, lnS, lnS, .57, .28, .6, .12, .39, .18, .33, .3, .09, .16, .57, .25, 1.03, .31, .32, .14, .27}

// lnS is a factor of two either way.
const lnS = 0.7

// surprise is how far a weight lies from the default one in units of its spread,
// and the derivative of that by the weight.
func surprise(k int, w float64) (off, by float64) {
	normal := fsrs.Default()[k]
	if k < 4 {
		return math.Log(w/normal) / spread[k], 1 / (w * spread[k])
	}
	return (w - normal) / spread[k], 1 / spread[k]
}

// loss is what a fit makes small: the weighted loss of the items, and half the
// squared distance from the default weights in units of their spread. So what it
// finds are the most likely weights, given the log and what is known of other
// learners.
type loss struct {
	log   log
	parts []part
	cores []walker
	walks []walked
}

// walked is what came out of one part.
type walked struct {
	loss float64
	grad gradient
}

func newLoss(l log) *loss {
	f := &loss{log: l, parts: fold(l), cores: make([]walker, min(runtime.GOMAXPROCS(0), parts))}
	f.walks = make([]walked, len(f.parts))
	return f
}

// at returns the loss at weights, and its gradient. The parts are summed in their
// order, however many cores have walked them.
func (f *loss) at(w fsrs.Weights) (sum float64, grad gradient) {
	m := newModel(w)
	var wait sync.WaitGroup
	for core := range f.cores {
		work := func() {
			for i := core; i < len(f.parts); i += len(f.cores) {
				f.walks[i].grad = gradient{}
				f.walks[i].loss = f.cores[core].walk(m, &f.parts[i], &f.walks[i].grad)
			}
		}
		if core == len(f.cores)-1 {
			work()
		} else {
			wait.Go(work)
		}
	}
	wait.Wait()
	for i := range f.walks {
		sum += f.walks[i].loss
		for k, g := range f.walks[i].grad {
			grad[k] += g
		}
	}
	for k := range w {
		off, by := surprise(k, w[k])
		sum += off * off / 2
		grad[k] += off * by
	}
	return sum, grad
}

// sampled is from how many items the curvature is estimated.
const sampled = 512

// curvature estimates the second derivatives at weights by the Fisher information
// of a sample of items: the sum of v * (dR/dw)(dR/dw)' / (R*(1-R)), what the
// second derivatives are on average where the model is right.
func (f *loss) curvature(w fsrs.Weights) (c matrix) {
	m := newModel(w)
	step := max(f.log.items/sampled, 1)
	next := step / 2
	seen := 0
	var path chain
	for _, card := range f.log.cards {
		for i := card.from; i < card.to; i++ {
			if f.log.days[i] == 0 {
				continue
			}
			if seen++; seen <= next {
				continue
			}
			next += step
			g, scale := path.item(m, &f.log, span{card.from, i + 1})
			c.add(g, scale*float64(f.log.weight[i])*float64(step))
		}
	}
	for k := range c {
		_, by := surprise(k, w[k])
		c[k][k] += by * by
	}
	return c
}

// add adds scale * g * g'.
func (c *matrix) add(g gradient, scale float64) {
	for i := range g {
		for j := range g {
			c[i][j] += scale * g[i] * g[j]
		}
	}
}

// chain is a part of one way, that of a single item.
type chain struct {
	part
	walker
}

// item returns the gradient of an item's own loss, which is dR/dw times a factor,
// and what makes of its square the item's information.
func (k *chain) item(m *model, l *log, way span) (g gradient, scale float64) {
	n := way.len()
	for i := len(k.parent); i < n; i++ {
		k.parent, k.weight, k.grows = append(k.parent, int32(i-1)), append(k.weight, 0), append(k.grows, true) // #nosec G115 -- reviews of a card
	}
	k.weight[n-1], k.grows[n-1] = 1, false
	p := part{roots: 1, parent: k.parent[:n], weight: k.weight[:n], grows: k.grows[:n],
		days: l.days[way.from:way.to], rating: l.rating[way.from:way.to]}
	k.walk(m, &p, &g)
	k.weight[n-1], k.grows[n-1] = 0, true
	r := k.tape[n-1].recall
	if p.rating[n-1] > fsrs.Again {
		return g, r / (1 - r)
	}
	return g, (1 - r) / r
}
