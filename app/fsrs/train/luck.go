package train

import (
	"math"

	"thaw/app/fsrs"
)

// luck is how an answer may have come about without memory.
type luck struct {
	guess float64 // chance of it without knowing, 0 to 1
	lost  float64 // share of it that is wrong, 0 to 1
}

// luckOf is the luck in a review. A lapse is wrong, however much of it was right.
func luckOf(r *Review) luck {
	if r.Rating == fsrs.Again {
		return luck{guess: r.Guess}
	}
	return luck{r.Guess, r.Lost}
}

// noteLuck numbers the lucks of a log, which are few; a log without any has none.
func (l *log) noteLuck(reviews []Review) {
	number := map[luck]int32{{}: 0}
	for i := range reviews {
		k := luckOf(&reviews[i])
		if k == (luck{}) {
			continue
		}
		if l.luck == nil {
			l.luck, l.lucks = make([]int32, len(reviews)), []luck{{}}
		}
		n, ok := number[k]
		if !ok {
			n = int32(len(l.lucks)) // #nosec G115 -- fewer than 2^31 reviews
			number[k], l.lucks = n, append(l.lucks, k)
		}
		l.luck[i] = n
	}
}

func (l *log) luckOf(i int32) int32 {
	if l.luck == nil {
		return 0
	}
	return l.luck[i]
}

// lucky is by how much the loss of the items from a node on is more than if no answer
// were luck.
func (p *part) lucky(tape []step, from int) (more float64) {
	for i := range tape {
		at := from + i
		if p.days[at] > 0 && p.rating[at] > fsrs.Again && p.luck[at] > 0 {
			more += float64(p.weight[at]) * (p.lucks[p.luck[at]].loss(tape[i].recall) + math.Log(tape[i].recall))
		}
	}
	return more
}

// right is the chance q = R + (1-R)*g of a right answer.
func (k luck) right(recall float64) float64 { return recall + (1-recall)*k.guess }

// loss is that of a success, -(y*ln q + (1-y)*ln(1-R)) with its credit for y: as
// 1-q = (1-R)*(1-g), it lacks a part that no weight can change.
func (k luck) loss(recall float64) float64 {
	loss := -(1 - k.lost) * math.Log(k.right(recall))
	if k.lost > 0 {
		loss -= k.lost * math.Log(1-recall)
	}
	return loss
}

func (k luck) lossByR(recall float64) float64 {
	by := -(1 - k.lost) * (1 - k.guess) / k.right(recall)
	if k.lost > 0 {
		by += k.lost / (1 - recall)
	}
	return by
}

// tells is how much an answer tells about R, of what one that nobody can guess does:
// the ratio of (dq/dR)^2 / (q*(1-q)) to 1 / (R*(1-R)).
func (k luck) tells(recall float64) float64 { return (1 - k.guess) * recall / k.right(recall) }

// known is fsrs.Known, and its derivative by R.
func (k luck) known(recall float64) (p, byR float64) {
	q := k.right(recall)
	return (1 - k.lost) * recall / q, (1 - k.lost) * k.guess / (q * q)
}

// twin is what a review leaves on the tape besides, where its answer may have been
// luck: the memory is one made of two, that of a success and that of a lapse.
type twin struct {
	lapse         step    // as Again moves the memory
	p, byR        float64 // chance that the answer was known, and its derivative by R
	known, lapsed fsrs.Memory
	s             float64 // S' of the two together
}

// blends tells whether the memory that a node leaves is made of two: after a success,
// unless that is sure to have been known, as what is asked again on the same day is.
func (p *part) blends(i int) bool {
	if p.luck == nil || p.luck[i] == 0 || p.rating[i] == fsrs.Again || !p.grows[i] {
		return false
	}
	return p.days[i] > 0 || p.parent[i] < 0 || p.lucks[p.luck[i]].lost > 0
}

// blend makes the memories of nodes whose answers may have been luck, as fsrs.Weigh does.
func (k *walker) blend(m *model, p *part, from, to int32) {
	if p.luck == nil {
		return
	}
	for i := int(from); i < int(to); i++ {
		if !p.blends(i) {
			continue
		}
		w := &k.twins[i]
		w.known = fsrs.Memory{Stability: k.s[i], Difficulty: k.d[i]}
		recall := fsrs.Unmet
		if p.parent[i] < 0 {
			w.lapsed = fsrs.Memory{Stability: m.firstS[fsrs.Again], Difficulty: m.firstD[fsrs.Again]}
		} else {
			w.lapsed = m.lapse(k.tape[i], p.days[i], &w.lapse)
			recall = k.tape[i].since(p.days[i])
		}
		w.p, w.byR = p.lucks[p.luck[i]].known(recall)
		w.s = m.together(w)
		k.s[i], k.d[i] = w.s, w.p*w.known.Difficulty+(1-w.p)*w.lapsed.Difficulty
	}
}

// since is the recall of a review, which is 1 on the same day.
func (p *step) since(days float32) float64 {
	if days > 0 {
		return p.recall
	}
	return 1
}

// lapse moves the memory of a step by Again, and leaves on another how.
func (m *model) lapse(before step, days float32, p *step) fsrs.Memory {
	*p = step{s: before.s, d: before.d, recall: before.recall}
	p.begin(days, fsrs.Again)
	p.ln = math.Log(p.ln)
	m.exponents(p)
	if p.how != again {
		p.x = math.Exp(p.x)
	}
	p.y = math.Exp(p.y)
	return fsrs.Memory{Stability: m.stability(p, fsrs.Again), Difficulty: m.difficulty(p, fsrs.Again)}
}

// curve is the recall of a stability after t days, with its derivatives by ln t, by the
// stability and by w20.
func (m *model) curve(t, s float64) (r, byLn, byS, by20 float64) {
	x := t / s
	u := 1 + m.factor*x
	ln := math.Log(u)
	r = math.Exp(m.decay * ln)
	byLn = r * m.decay * m.factor * x / u
	return r, byLn, -byLn / s, r * (m.decay*x*m.steep/u - ln)
}

// together solves p*R(S', S_known) + (1-p)*R(S', S_lapsed) = 0.9 for S' by Newton's
// method over ln S', kept between the two by halving.
func (m *model) together(w *twin) float64 {
	a, b := math.Log(w.lapsed.Stability), math.Log(w.known.Stability)
	low, high := min(a, b), max(a, b)
	at := (1-w.p)*a + w.p*b
	for range 100 {
		t := math.Exp(at)
		known, slope, _, _ := m.curve(t, w.known.Stability)
		lapsed, more, _, _ := m.curve(t, w.lapsed.Stability)
		over := w.p*known + (1-w.p)*lapsed - 0.9
		if over > 0 {
			low = at
		} else {
			high = at
		}
		before := at
		if at -= over / (w.p*slope + (1-w.p)*more); !(at > low && at < high) {
			at = (low + high) / 2
		}
		if math.Abs(at-before) < 1e-12 {
			break
		}
	}
	return math.Exp(at)
}

// backTogether goes back through together by implicit differentiation: what changes the
// left side at S' moves S' until it is 0.9 again.
func (m *model) backTogether(w *twin, by float64, sum *gradient) (byKnown, byLapsed, byP float64) {
	known, slope, knownByS, known20 := m.curve(w.s, w.known.Stability)
	lapsed, more, lapsedByS, lapsed20 := m.curve(w.s, w.lapsed.Stability)
	v := -by * w.s / (w.p*slope + (1-w.p)*more)
	sum[20] += v * (w.p*known20 + (1-w.p)*lapsed20)
	return v * w.p * knownByS, v * (1 - w.p) * lapsedByS, v * (known - lapsed)
}

// backLuck goes back through a review whose answer may have been luck. Of the loss it
// returns the part by R that lossByR does not know.
func (k *walker) backLuck(m *model, p *part, i int, sum *gradient) (byS, byD, byR float64) {
	t, g := &k.tape[i], p.rating[i]
	switch {
	case p.blends(i):
		byS, byD, byR = k.backBlend(m, p, i, sum)
	case p.grows[i]:
		byD = m.backD(t, g, k.d[i], sum)
		byS, byR = m.backS(t, g, k.s[i], &byD, sum)
	}
	if p.days[i] > 0 && g > fsrs.Again {
		byR += float64(p.weight[i]) * (p.lucks[p.luck[i]].lossByR(t.recall) - t.lossByR(g))
	}
	return byS, byD, byR
}

// backBlend goes back through the memory made of two, and through both.
func (k *walker) backBlend(m *model, p *part, i int, sum *gradient) (byS, byD, byR float64) {
	w, t, by := &k.twins[i], &k.tape[i], k.d[i]
	known, lapsed, byP := m.backTogether(w, k.s[i], sum)
	byP += by * (w.known.Difficulty - w.lapsed.Difficulty)
	byD = m.backD(t, p.rating[i], w.p*by, sum)
	byS, byR = m.backS(t, p.rating[i], known, &byD, sum)
	lapsedD := m.backD(&w.lapse, fsrs.Again, (1-w.p)*by, sum)
	lapsedS, lapsedR := m.backS(&w.lapse, fsrs.Again, lapsed, &lapsedD, sum)
	return byS + lapsedS, byD + lapsedD, byR + lapsedR + byP*w.byR
}

// backFirstBlend goes back through a first memory made of two.
func (k *walker) backFirstBlend(m *model, g fsrs.Rating, i int, sum *gradient) {
	w := &k.twins[i]
	known, lapsed, _ := m.backTogether(w, k.s[i], sum)
	m.backFirst(g, known, w.p*k.d[i], sum)
	m.backFirst(fsrs.Again, lapsed, (1-w.p)*k.d[i], sum)
}
