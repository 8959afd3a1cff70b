package train

import (
	"math"

	"thaw/app/fsrs"
)

// gradient is the derivative of a loss by each weight.
type gradient [21]float64

// model is FSRS-6 with what its derivatives need besides; the formulas are those
// of package fsrs.
type model struct {
	w       fsrs.Weights
	decay   float64    // -w20
	factor  float64    // 0.9^(1/decay) - 1
	steep   float64    // d factor / d w20
	growth  float64    // e^w8
	top     float64    // e^(w17*w18)
	goal    float64    // D0(Easy)
	goalBy5 float64    // d goal / d w5
	bonus   [5]float64 // of a success, by rating
	jump    [5]float64 // e^(w17*(G-3+w18)), by rating
	firstS  [5]float64
	firstD  [5]float64
	by5     [5]float64 // d D0(G) / d w5
	free    [5]bool    // D0(G) is not clamped
}

func newModel(w fsrs.Weights) *model {
	m := &model{w: w, decay: -w[20], growth: math.Exp(w[8]), top: math.Exp(w[17] * w[18]), bonus: [5]float64{0, 0, w[15], 1, w[16]}}
	m.factor = math.Pow(0.9, 1/m.decay) - 1
	m.steep = (m.factor + 1) * math.Log(0.9) / (w[20] * w[20])
	for g := 1; g <= 4; g++ {
		m.jump[g] = math.Exp(w[17] * (float64(g) - 3 + w[18]))
		m.firstS[g] = w[g-1]
		e := math.Exp(w[5] * float64(g-1))
		d := w[4] - e + 1
		m.by5[g] = -float64(g-1) * e
		if g == 4 {
			m.goal, m.goalBy5 = d, m.by5[g]
		}
		m.firstD[g] = min(max(d, fsrs.MinDifficulty), fsrs.MaxDifficulty)
		m.free[g] = m.firstD[g] == d
	}
	return m
}

// How a review has moved the stability.
const (
	grown  = iota // a success on a later day
	lapsed        // an Again on a later day
	capped        // an Again that was held at S/e^(w17*w18)
	again         // a review on the same day
	still         // one that changed nothing
	pinned        // any that was held at a limit, where it moves with no weight
)

// step is what one review leaves on the tape for the way back.
type step struct {
	s, d   float64 // before the review
	recall float64 // R, and
	lnU    float64 // ln(1 + factor*t/S), of an item
	ln     float64 // ln S of a success and a same-day review, ln(S+1) of a lapse
	x      float64 // of a success e^(w10*(1-R)), of a lapse (S+1)^w13
	y      float64 // of a success S^-w9, of a lapse D^-w12 * e^(w14*(1-R)), of a same-day review S^-w19
	gain   float64 // of a success without the bonus; else S' before it was clamped
	lnD    float64 // ln D of a lapse
	how    uint8
	freeD  bool // D' was not clamped
}

// walker walks the nodes of a part forward and back. Its memory is reused from one
// walk to the next.
type walker struct {
	tape  []step
	twins []twin    // of each node whose answer may have been luck
	s, d  []float64 // of each node: the memory it leaves, then the loss's derivatives by it
}

// walk adds the gradient of the weighted loss of a part to grad and returns the
// loss.
func (k *walker) walk(m *model, p *part, grad *gradient) float64 {
	n := len(p.parent)
	if cap(k.s) < n {
		k.tape, k.s, k.d = make([]step, n), make([]float64, n), make([]float64, n)
	}
	k.tape, k.s, k.d = k.tape[:n], k.s[:n], k.d[:n]
	if p.luck != nil && len(k.twins) < n {
		k.twins = make([]twin, n)
	}
	loss := k.forward(m, p)
	k.back(m, p, grad)
	return loss
}

func (k *walker) forward(m *model, p *part) (loss float64) {
	for i, g := range p.rating[:p.level[1]] {
		k.s[i], k.d[i] = m.firstS[g], m.firstD[g]
	}
	k.blend(m, p, 0, p.level[1])
	for depth := 1; depth+1 < len(p.level); depth++ {
		for from := p.level[depth]; from < p.level[depth+1]; from += block {
			to := min(from+block, p.level[depth+1])
			loss += k.foretell(m, p, from, to)
			k.move(m, p, from, to)
			k.blend(m, p, from, to)
		}
	}
	return loss
}

// block is how many nodes of one depth are computed together, one function for
// all of them before the next: a logarithm and a power take four times as long
// where each waits for the one before.
const block = 128

// foretell sets the recall of the items among some nodes and returns their loss.
func (k *walker) foretell(m *model, p *part, from, to int32) (loss float64) {
	tape, parent, days := k.tape[from:to], p.parent[from:to], p.days[from:to]
	for i := range tape {
		t, of := &tape[i], parent[i]
		t.s, t.d = k.s[of], k.d[of]
		t.lnU = 1 + m.factor*float64(days[i])/t.s
	}
	for i := range tape {
		if days[i] > 0 {
			tape[i].lnU = math.Log(tape[i].lnU)
		}
	}
	for i := range tape {
		if days[i] > 0 {
			tape[i].recall = math.Exp(m.decay * tape[i].lnU)
		}
	}
	for i := range tape {
		if days[i] > 0 {
			loss += float64(p.weight[int(from)+i]) * m.loss(&tape[i], p.rating[int(from)+i])
		}
	}
	if p.luck != nil {
		loss += p.lucky(tape, int(from))
	}
	return loss
}

// loss is -(y*ln R + (1-y)*ln(1-R)), where ln R is known already.
func (m *model) loss(p *step, g fsrs.Rating) float64 {
	if g > fsrs.Again {
		return -m.decay * p.lnU
	}
	return -math.Log(1 - p.recall)
}

// move sets the memory that some nodes leave, and puts on the tape how it came
// about.
func (k *walker) move(m *model, p *part, from, to int32) {
	tape, days, rating, grows := k.tape[from:to], p.days[from:to], p.rating[from:to], p.grows[from:to]
	for i := range tape {
		tape[i].begin(days[i], rating[i])
	}
	for i := range tape {
		if grows[i] {
			tape[i].ln = math.Log(tape[i].ln)
		}
	}
	for i := range tape {
		if grows[i] {
			m.exponents(&tape[i])
		}
	}
	for i := range tape {
		if grows[i] && tape[i].how != again {
			tape[i].x = math.Exp(tape[i].x)
		}
	}
	for i := range tape {
		if grows[i] {
			tape[i].y = math.Exp(tape[i].y)
		}
	}
	for i := range tape {
		if grows[i] {
			k.s[int(from)+i] = m.stability(&tape[i], rating[i])
			k.d[int(from)+i] = m.difficulty(&tape[i], rating[i])
		}
	}
}

// begin says which formula moves the stability, and of what it takes the logarithm.
func (p *step) begin(days float32, g fsrs.Rating) {
	p.how, p.ln = again, p.s
	switch {
	case days > 0 && g > fsrs.Again:
		p.how = grown
	case days > 0:
		p.how, p.ln = lapsed, p.s+1
	}
}

// exponents sets the exponents x and y of the formula.
func (m *model) exponents(p *step) {
	switch p.how {
	case grown:
		p.x, p.y = m.w[10]*(1-p.recall), -m.w[9]*p.ln
	case lapsed:
		p.lnD = math.Log(p.d)
		p.x, p.y = m.w[13]*p.ln, m.w[14]*(1-p.recall)-m.w[12]*p.lnD
	default:
		p.y = -m.w[19] * p.ln
	}
}

// stability is S'.
func (m *model) stability(p *step, g fsrs.Rating) float64 {
	switch p.how {
	case grown:
		p.gain = m.growth * (11 - p.d) * p.y * (p.x - 1)
		return p.held(p.s * (1 + p.gain*m.bonus[g]))
	case lapsed:
		p.gain = m.w[11] * p.y * (p.x - 1)
		if most := p.s / m.top; p.gain > most {
			p.how, p.gain = capped, most
		}
		return p.held(p.gain)
	}
	by := m.jump[g] * p.y
	if g > fsrs.Again && by < 1 {
		p.how = still
		return p.s
	}
	p.gain = p.s * by
	return p.held(p.gain)
}

// held keeps a stability within its limits.
func (p *step) held(s float64) float64 {
	if s < fsrs.MinStability || s > fsrs.MaxStability {
		p.how = pinned
	}
	return min(max(s, fsrs.MinStability), fsrs.MaxStability)
}

// difficulty is D'.
func (m *model) difficulty(p *step, g fsrs.Rating) float64 {
	moved := p.d - m.w[6]*(float64(g)-3)*(10-p.d)/9
	d := m.w[7]*m.goal + (1-m.w[7])*moved
	held := min(max(d, fsrs.MinDifficulty), fsrs.MaxDifficulty)
	p.freeD = held == d
	return held
}

// back goes from the last reviews to the first and carries, for each node, the
// derivative of all later losses by the stability and the difficulty that the
// review left (reverse-mode differentiation).
func (k *walker) back(m *model, p *part, grad *gradient) {
	sum := *grad
	clear(k.s)
	clear(k.d)
	for i := len(p.parent) - 1; i >= int(p.level[1]); i-- {
		t, g, days, from := &k.tape[i], p.rating[i], float64(p.days[i]), p.parent[i]
		byS, byD, byR := 0.0, 0.0, 0.0
		if p.luck != nil && p.luck[i] > 0 {
			byS, byD, byR = k.backLuck(m, p, i, &sum)
		} else if p.grows[i] {
			byD = m.backD(t, g, k.d[i], &sum)
			byS, byR = m.backS(t, g, k.s[i], &byD, &sum)
		}
		if days > 0 {
			byR += float64(p.weight[i]) * t.lossByR(g)
			byS += m.backR(t, days, byR, &sum)
		}
		k.s[from] += byS
		k.d[from] += byD
	}
	for i, g := range p.rating[:p.level[1]] {
		if p.blends(i) {
			k.backFirstBlend(m, g, i, &sum)
			continue
		}
		m.backFirst(g, k.s[i], k.d[i], &sum)
	}
	*grad = sum
}

// backFirst goes back to the weights of a first memory.
func (m *model) backFirst(g fsrs.Rating, byS, byD float64, sum *gradient) {
	sum[g-1] += byS
	if m.free[g] {
		sum[4] += byD
		sum[5] += byD * m.by5[g]
	}
}

func (p *step) lossByR(g fsrs.Rating) float64 {
	if g > fsrs.Again {
		return -1 / p.recall
	}
	return 1 / (1 - p.recall)
}

// backR goes back through ln R = -w20 * ln(1 + factor*t/S).
func (m *model) backR(p *step, days, byR float64, sum *gradient) (byS float64) {
	t := days / p.s
	byLn := byR * p.recall
	byU := byLn * m.decay / (1 + m.factor*t)
	sum[20] += byU*t*m.steep - byLn*p.lnU
	return -byU * m.factor * t / p.s
}

// backD goes back through D' = w7*D0(Easy) + (1-w7)*(D - w6*(G-3)*(10-D)/9).
func (m *model) backD(p *step, g fsrs.Rating, by float64, sum *gradient) (byD float64) {
	if !p.freeD {
		return 0
	}
	w6, w7, toward := m.w[6], m.w[7], (float64(g)-3)/9
	moved := p.d - w6*toward*(10-p.d)
	sum[4] += by * w7
	sum[5] += by * w7 * m.goalBy5
	sum[6] -= by * (1 - w7) * toward * (10 - p.d)
	sum[7] += by * (m.goal - moved)
	return by * (1 - w7) * (1 + w6*toward)
}

// backS goes back through the formula that moved the stability.
func (m *model) backS(p *step, g fsrs.Rating, by float64, byD *float64, sum *gradient) (byS, byR float64) {
	w := &m.w
	v := by * p.gain
	switch p.how {
	case grown:
		v *= p.s // by * S * gain
		switch g {
		case fsrs.Hard:
			sum[15] += v
		case fsrs.Easy:
			sum[16] += v
		}
		v *= m.bonus[g] // by * (S' - S)
		grows := v * p.x / max(p.x-1, tiny)
		sum[8] += v
		sum[9] -= v * p.ln
		sum[10] += grows * (1 - p.recall)
		*byD -= v / (11 - p.d)
		return by + v*(1-w[9])/p.s, -grows * w[10]
	case lapsed:
		grows := v * p.x / max(p.x-1, tiny)
		sum[11] += v / w[11]
		sum[12] -= v * p.lnD
		sum[13] += grows * p.ln
		sum[14] += v * (1 - p.recall)
		*byD -= v * w[12] / p.d
		return grows * w[13] / (p.s + 1), -v * w[14]
	case capped:
		sum[17] -= v * w[18]
		sum[18] -= v * w[17]
		return by / m.top, 0
	case again:
		sum[17] += v * (float64(g) - 3 + w[18])
		sum[18] += v * w[17]
		sum[19] -= v * p.ln
		return v * (1 - w[19]) / p.s, 0
	case still:
		return by, 0
	}
	return 0, 0
}

// tiny keeps a division from zero where a power of the model is 1.
const tiny = 1e-12
