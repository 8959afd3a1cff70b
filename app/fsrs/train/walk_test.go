package train

import (
	"math"
	"testing"

	"thaw/app/fsrs"
)

// The loss and the gradient that fsrs-rs's own tests assert: four items, the
// columns, each with its history and the rating and days of what is foretold.
func TestLossAndGradientAreTheReferences(t *testing.T) {
	days := [][]float32{{0, 0, 0, 0}, {0, 0, 0, 1}, {0, 1, 1, 3}, {1, 3, 3, 5}, {3, 6, 6, 12}, {4, 11, 12, 23}}
	ratings := [][]fsrs.Rating{{1, 2, 3, 4}, {3, 4, 2, 4}, {1, 4, 4, 3}, {4, 3, 3, 3}, {3, 1, 3, 3}, {2, 3, 3, 4}, {3, 3, 3, 1}}
	want := gradient{-.095688485, -.0051607806, -.0012249565, .007462064, .03650761, -.082112335, .0593964, -2.1474836, .57626534,
		-2.8751316, .7154875, -.028993709, .0099172965, -.2189217, -.0017800558, -.089381434, .299141, .068104014, -.011605468, -.25398168, .27700496}
	var l log
	for c := range 4 {
		from := int32(len(l.days))
		l.days = append(l.days, 0)
		for _, row := range days {
			l.days = append(l.days, row[c])
		}
		for _, row := range ratings {
			l.rating = append(l.rating, row[c])
		}
		l.weight = append(l.weight, 0, 0, 0, 0, 0, 0, 1)
		l.cards = append(l.cards, span{from, int32(len(l.days))})
	}
	var got gradient
	loss := 0.0
	for _, p := range fold(l) {
		loss += new(walker).walk(newModel(fsrs.Default()), &p, &got)
	}
	if math.Abs(loss-4.0466027) > 5e-6 {
		t.Errorf("loss %v, want 4.0466027", loss)
	}
	for i := range want {
		if math.Abs(got[i]-want[i]) > 1e-5*math.Max(1, math.Abs(want[i])) {
			t.Errorf("by w%d: %v, want %v", i, got[i], want[i])
		}
	}
}
