package fsrs

import (
	"fmt"
	"math"
	"math/rand/v2"
	"strings"
	"testing"
)

// mind is one learner's memory of one fact as it truly is, and what a belief makes
// of the answers that can be seen.
type mind struct {
	truth  Memory
	belief Memory
}

// belief moves a memory by an answer: right or not, of a form with a guess rate.
type belief func(m *Model, mem Memory, days int, right bool, guess float64) Memory

// counted takes each right answer for a Good.
func counted(m *Model, mem Memory, days int, right bool, _ float64) Memory {
	if right {
		return m.Next(mem, days, Good)
	}
	return m.Next(mem, days, Again)
}

// weighed takes a right answer for what it says.
func weighed(m *Model, mem Memory, days int, right bool, guess float64) Memory {
	if right {
		return m.Weigh(mem, days, Good, guess, 1)
	}
	return m.Next(mem, days, Again)
}

// outcome is what a simulation tells about a belief.
type outcome struct {
	loss, entropy float64 // mean log loss of the foretold answers; of the true chances
	answers       int
	foretold      [10]float64 // recall, summed by tenths of what was foretold
	true          [10]float64 // recall as it was
	in            [10]int
}

// guessing lives facts through: each is first asked for unknown with the chance
// 1-Unmet, then at the interval that next gives, one of three options or typed by
// the share of choices. Who does not know picks an option by luck, types nothing
// right, and learns the fact anew from the explanation. The first answer is not
// judged: no belief has a view of it.
func guessing(b belief, choices float64, next func(m *Model, rng *rand.Rand, believed Memory) int) (o outcome) {
	m := New(Default())
	rng := rand.New(rand.NewPCG(7, 11))
	for range 4000 {
		f, days := mind{}, 0
		for turn := range 10 {
			guess := 0.0
			if rng.Float64() < choices {
				guess = 1. / 3
			}
			recall := Unmet
			if turn > 0 {
				recall = m.Retrievability(f.truth, float64(days))
			}
			knows := rng.Float64() < recall
			right := knows || rng.Float64() < guess
			if turn > 0 {
				o.judge(m.Retrievability(f.belief, float64(days)), recall, guess, right)
			}
			f.truth = counted(&m, f.truth, days, knows, 0)
			f.belief = b(&m, f.belief, days, right, guess)
			days = next(&m, rng, f.belief)
		}
	}
	o.loss /= float64(o.answers)
	o.entropy /= float64(o.answers)
	return o
}

func (o *outcome) judge(foretold, recall, guess float64, right bool) {
	q, sure := foretold+(1-foretold)*guess, recall+(1-recall)*guess
	o.loss -= math.Log(either(q, right))
	o.entropy -= sure*math.Log(sure) + (1-sure)*math.Log1p(-sure)
	o.answers++
	tenth := min(int(foretold*10), 9)
	o.foretold[tenth] += foretold
	o.true[tenth] += recall
	o.in[tenth]++
}

func either(q float64, right bool) float64 {
	if right {
		return q
	}
	return 1 - q
}

// calibration is the mean distance of foretold from true recall over the tenths, each
// counted by its answers; bias is foretold less true recall over all.
func (o *outcome) calibration() (distance, bias float64) {
	for i, n := range o.in {
		if n > 0 {
			distance += math.Abs(o.foretold[i] - o.true[i])
			bias += o.foretold[i] - o.true[i]
		}
	}
	return distance / float64(o.answers), bias / float64(o.answers)
}

func (o *outcome) String() string {
	var b strings.Builder
	for i, n := range o.in {
		if n > 0 {
			fmt.Fprintf(&b, "  %.3f/%.3f (%d)", o.foretold[i]/float64(n), o.true[i]/float64(n), n)
		}
	}
	return b.String()
}

// onTime asks again when the belief has faded to 0.9.
func onTime(m *Model, _ *rand.Rand, believed Memory) int {
	return m.Days(believed.Stability, .9, 365)
}

// anyTime asks again after 1 to 60 days, whatever is believed.
func anyTime(_ *Model, rng *rand.Rand, _ Memory) int {
	return int(math.Exp(rng.Float64()*math.Log(60)) + .5)
}

// TestLuckIsWeighed holds the claim: where learners guess, weighing is calibrated
// and foretells better than counting each right answer as Good, whether everybody is
// asked at the same times or each at the belief's own. Run it with -v for the table.
func TestLuckIsWeighed(t *testing.T) {
	for _, c := range []struct {
		name    string
		choices float64
		next    func(*Model, *rand.Rand, Memory) int
		within  float64 // of true recall, on average
	}{
		{"options only, the same times", 1, anyTime, .008},
		{"half options, the same times", .5, anyTime, .008},
		{"options only, when due", 1, onTime, .008},
		{"half options, when due", .5, onTime, .008},
		{"typed only, the same times", 0, anyTime, 1e-12},
	} {
		naive, fair := guessing(counted, c.choices, c.next), guessing(weighed, c.choices, c.next)
		off, bias := naive.calibration()
		fairOff, fairBias := fair.calibration()
		t.Logf("%s\n  counted %.4f (true chances %.4f), recall off by %.4f, bias %+.4f:%s\n  weighed %.4f (true chances %.4f), recall off by %.4f, bias %+.4f:%s",
			c.name, naive.loss, naive.entropy, off, bias, &naive, fair.loss, fair.entropy, fairOff, fairBias, &fair)
		if fairOff > c.within {
			t.Errorf("%s: weighed, recall is off by %.4f, want at most %.4f", c.name, fairOff, c.within)
		}
		if c.choices > 0 && (fairOff > off/2 || fair.loss-fair.entropy >= naive.loss-naive.entropy) {
			t.Errorf("%s: weighing foretells no better than counting", c.name)
		}
		if c.choices == 0 && fair.loss != naive.loss {
			t.Errorf("%s: weighing changes what typed answers foretell", c.name)
		}
	}
}
