package plan

import (
	"math"
	"testing"

	"thaw/app/fsrs"
)

var usualCurve = fsrs.Default()[20]

// TestNothingSeenIsNothingKnown: one belief for a stranger, whatever else stands there.
func TestNothingSeenIsNothingKnown(t *testing.T) {
	for _, r := range []Record{{}, {Expected: 3, Recalled: 2, Curve: usualCurve}} {
		if b := r.Belief(); b != (Belief{Doubt: Doubt}) {
			t.Errorf("%+v: %+v", r, b)
		}
	}
	if all := math.Hypot(shared, own); math.Abs(all-Doubt) > 1e-12 {
		t.Errorf("the parts of the doubt make %v, want %v", all, Doubt)
	}
}

// TestReviewsTellTheFactor: reviews that went as they do when all stabilities are longer
// by a factor show it, the more of them the surer.
func TestReviewsTellTheFactor(t *testing.T) {
	for _, factor := range []float64{.4, .7, 1, 1.5, 2.5} {
		before := Doubt
		for _, n := range []int{20, 200, 2000, 200000} {
			q := fsrs.Forgetting(usualCurve, factor, 1)
			b := Record{Reviews: n, Expected: .9 * float64(n), Recalled: int(q*float64(n) + .5), Curve: usualCurve}.Belief()
			if b.Doubt >= before || b.Doubt < own {
				t.Errorf("%d reviews, factor %v: doubt %v, with fewer %v", n, factor, b.Doubt, before)
			}
			if off := math.Abs(b.Shift - math.Log(factor)); n == 200000 && off > .01 || off > math.Abs(math.Log(factor))+.02 {
				t.Errorf("%d reviews, factor %v: shift %v, want about %v", n, factor, b.Shift, math.Log(factor))
			}
			before = b.Doubt
		}
	}
}

// TestInformationOfAReview is what the comment says, at a recall of 0.9.
func TestInformationOfAReview(t *testing.T) {
	const n = 1000
	b := Record{Reviews: n, Expected: .9 * n, Recalled: .9 * n, Curve: usualCurve}.Belief()
	each := (1/(b.Doubt*b.Doubt-own*own) - 1/(shared*shared)) / n
	if math.Abs(b.Shift) > 1e-6 || math.Abs(each-.0524) > 1e-4 {
		t.Errorf("shift %v, information %v, want 0 and .0524", b.Shift, each)
	}
}

func TestBeliefsOfAnyRecord(t *testing.T) {
	for _, curve := range []float64{.1, usualCurve, .8} {
		for _, n := range []int{1, 30, 1000000} {
			for _, expected := range []float64{0, .5, 1} {
				shift := math.Inf(-1)
				for _, recalled := range []int{0, n / 2, n} {
					b := Record{n, recalled, expected * float64(n), curve}.Belief()
					if math.IsNaN(b.Shift) || b.Shift < shift || math.Abs(b.Shift) > furthest || !(b.Doubt >= own && b.Doubt <= Doubt) {
						t.Errorf("%d of %d recalled, %v expected, curve %v: %+v", recalled, n, expected, curve, b)
					}
					shift = b.Shift
				}
			}
		}
	}
}

func BenchmarkBelief(b *testing.B) {
	for b.Loop() {
		Record{Reviews: 500, Recalled: 430, Expected: 450, Curve: usualCurve}.Belief()
	}
}
