package plan

import (
	"math"
	"testing"

	"thaw/app/fsrs"
)

var usualCurve = fsrs.Default()[20]

// alike is a number of days that all went the same way.
func alike(days int, d Record) []Record {
	list := make([]Record, days)
	for i := range list {
		list[i] = d
	}
	return list
}

// TestNothingSeenIsNothingKnown: one belief for a stranger, whatever else stands there.
func TestNothingSeenIsNothingKnown(t *testing.T) {
	for _, days := range [][]Record{nil, {{}}, {{Expected: 3, Recalled: 2}}} {
		if b := Believe(days, usualCurve); b.Shift != 0 || math.Abs(b.Doubt-Doubt) > 1e-9 {
			t.Errorf("%+v: %+v", days, b)
		}
	}
	if all := math.Hypot(lasting, daily); math.Abs(all-Doubt) > 1e-12 {
		t.Errorf("the parts of the doubt make %v, want %v", all, Doubt)
	}
}

// TestReviewsTellTheFactor: days that went as they do when all stabilities are longer by a
// factor show it, the more of them the surer.
func TestReviewsTellTheFactor(t *testing.T) {
	for _, factor := range []float64{.4, .7, 1, 1.5, 2.5} {
		before := Doubt
		for _, days := range []int{1, 10, 100, 1000} {
			q := fsrs.Forgetting(usualCurve, factor, 1)
			b := Believe(alike(days, Record{Reviews: 1000, Expected: 900, Recalled: int(1000*q + .5)}), usualCurve)
			if b.Doubt >= before || b.Doubt < daily {
				t.Errorf("%d days, factor %v: doubt %v, with fewer %v", days, factor, b.Doubt, before)
			}
			if off := math.Abs(b.Shift - math.Log(factor)); days == 1000 && off > .01 || off > math.Abs(math.Log(factor))+.02 {
				t.Errorf("%d days, factor %v: shift %v, want about %v", days, factor, b.Shift, math.Log(factor))
			}
			before = b.Doubt
		}
	}
}

// TestInformationOfADay is what the comment says, at a recall of 0.9: of a few reviews
// that of each, of many no more than that of their day.
func TestInformationOfADay(t *testing.T) {
	for reviews, want := range map[int]float64{10: .524 / (1 + .524*daily*daily), 1000: 52.4 / (1 + 52.4*daily*daily)} {
		b := Believe([]Record{{reviews, reviews * 9 / 10, .9 * float64(reviews)}}, usualCurve)
		got := 1/(b.Doubt*b.Doubt-daily*daily) - 1/(lasting*lasting)
		if math.Abs(b.Shift) > 1e-6 || math.Abs(got-want) > .002*want {
			t.Errorf("%d reviews: shift %v, information %v, want 0 and %v", reviews, b.Shift, got, want)
		}
	}
}

func TestBeliefsOfAnyRecord(t *testing.T) {
	for _, curve := range []float64{.1, usualCurve, .8} {
		for _, n := range []int{1, 30, 1000000} {
			for _, expected := range []float64{0, .5, 1} {
				shift := math.Inf(-1)
				for _, recalled := range []int{0, n / 2, n} {
					b := Believe(alike(3, Record{n, recalled, expected * float64(n)}), curve)
					if math.IsNaN(b.Shift) || b.Shift < shift || math.Abs(b.Shift) > furthest || !(b.Doubt >= daily && b.Doubt <= Doubt) {
						t.Errorf("%d of %d recalled, %v expected, curve %v: %+v", recalled, n, expected, curve, b)
					}
					shift = b.Shift
				}
			}
		}
	}
}

func BenchmarkBelieve(b *testing.B) {
	days := alike(30, Record{Reviews: 20, Recalled: 17, Expected: 18})
	for b.Loop() {
		Believe(days, usualCurve)
	}
}
