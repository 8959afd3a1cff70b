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
	log    log
	parts  []part
	walks  []walked // of each part
	sample []span   // from which the curvature is estimated
	cores  []walker
	chains []chain // of each core
}

// walked is what came out of one part.
type walked struct {
	loss float64
	grad gradient
}

func newLoss(l log) *loss {
	cores := min(runtime.GOMAXPROCS(0), parts)
	f := &loss{log: l, parts: fold(l), sample: sampleOf(l), cores: make([]walker, cores), chains: make([]chain, cores)}
	f.walks = make([]walked, len(f.parts))
	return f
}

// at returns the loss at weights, and its gradient. The parts are summed in their
// order, however many cores have walked them.
func (f *loss) at(w fsrs.Weights) (sum float64, grad gradient) {
	m := newModel(w)
	f.share(len(f.parts), func(core, i int) {
		f.walks[i].grad = gradient{}
		f.walks[i].loss = f.cores[core].walk(m, &f.parts[i], &f.walks[i].grad)
	})
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

// share does n pieces of work on all cores; each piece by itself must not depend
// on the core.
func (f *loss) share(n int, do func(core, i int)) {
	var wait sync.WaitGroup
	for core := range f.cores {
		work := func() {
			for i := core; i < n; i += len(f.cores) {
				do(core, i)
			}
		}
		if core == len(f.cores)-1 {
			work()
		} else {
			wait.Go(work)
		}
	}
	wait.Wait()
}

// sampled is from how many items the curvature is estimated.
const sampled = 512

// curvature estimates the second derivatives at weights by the Fisher information
// of a sample of items: the sum of v * (dq/dw)(dq/dw)' / (q*(1-q)), what the
// second derivatives are on average where the model is right.
func (f *loss) curvature(w fsrs.Weights) (c matrix) {
	m := newModel(w)
	sums := make([]matrix, min(parts, len(f.sample)))
	f.share(len(sums), func(core, part int) {
		for i := part; i < len(f.sample); i += len(sums) {
			way := f.sample[i]
			g, scale := f.chains[core].item(m, &f.log, way)
			sums[part].add(g, scale*float64(f.log.weight[way.to-1]))
		}
	})
	scale := float64(f.log.items) / float64(max(len(f.sample), 1))
	for i := range c {
		for j := range i + 1 {
			for part := range sums {
				c[i][j] += scale * sums[part][i][j]
			}
			c[j][i] = c[i][j]
		}
		_, by := surprise(i, w[i])
		c[i][i] += by * by
	}
	return c
}

// sampleOf returns every so-manieth item, each as the way to it.
func sampleOf(l log) []span {
	var all []span
	step := max(l.items/sampled, 1)
	next := step / 2
	for _, card := range l.cards {
		for i := card.from; i < card.to; i++ {
			if l.days[i] == 0 {
				continue
			}
			if next--; next < 0 {
				next = step - 1
				all = append(all, span{card.from, i + 1})
			}
		}
	}
	return all
}

// add adds scale * g * g', the lower half of it.
func (c *matrix) add(g gradient, scale float64) {
	for i := range g {
		for j := range i + 1 {
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
	if len(k.level) == 0 {
		k.level = []int32{0}
	}
	for i := len(k.parent); i < n; i++ {
		k.parent, k.weight, k.grows = append(k.parent, int32(i-1)), append(k.weight, 0), append(k.grows, true) // #nosec G115 -- reviews of a card
		k.level = append(k.level, int32(len(k.level)))                                                         // #nosec G115 -- reviews of a card
	}
	k.weight[n-1], k.grows[n-1] = 1, false
	p := part{level: k.level[:n+1], parent: k.parent[:n], weight: k.weight[:n], grows: k.grows[:n],
		days: l.days[way.from:way.to], rating: l.rating[way.from:way.to], lucks: l.lucks}
	if l.luck != nil {
		k.luck = append(k.luck[:0], l.luck[way.from:way.to]...)
		k.luck[n-1] = 0 // the gradient wanted is that of R
		p.luck = k.luck
	}
	k.walk(m, &p, &g)
	k.weight[n-1], k.grows[n-1] = 0, true
	r := k.tape[n-1].recall
	scale = r / (1 - r)
	if p.rating[n-1] == fsrs.Again {
		scale = (1 - r) / r
	}
	if l.luck != nil {
		scale *= l.lucks[l.luck[way.to-1]].tells(r)
	}
	return g, scale
}
