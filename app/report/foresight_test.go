package report

import (
	"math"
	"testing"
	"time"

	"thaw/app/fsrs/plan"
	"thaw/app/quiz"
)

func TestForecastsAreJudged(t *testing.T) {
	begun := time.Date(2026, 3, 2, 12, 0, 0, 0, time.UTC)
	sitting := func(n, right int, finished time.Time) quiz.Sitting {
		return quiz.Sitting{Started: begun, Finished: finished, Foretold: quiz.Foretold{Right: right,
			Forecast: plan.Forecast{N: n, Mean: .75 * float64(n), Low: n / 2, High: n - 1, Sure: .8}}}
	}
	soon := begun.Add(time.Hour)
	list := []quiz.Sitting{sitting(2, 0, soon), sitting(10, 9, time.Time{}), sitting(10, 9, begun.AddDate(0, 0, 2))} // not to be held against anything
	for range 7 {
		list = append(list, sitting(10, 7, soon))
	}
	list = append(list, sitting(10, 10, soon), sitting(10, 4, soon))
	f := Foresee(list)
	if w := f.Within; w.Hits != 7 || w.Of != 9 || math.Abs(w.Expected-.8) > 1e-9 || w.Sure() {
		t.Errorf("forecasts: %+v, want 7 of 9, .8 meant, too few to judge", w)
	}
	if r := f.Right; r.Hits != 63 || r.Of != 90 || math.Abs(r.Expected-.75) > 1e-9 || math.Abs(r.Share-.7) > 1e-9 || r.Low > .65 || r.High < .75 {
		t.Errorf("answers: %+v, want 63 of 90, .75 foretold, about .64 to .76", r)
	}
	if list = append(list, sitting(10, 7, soon)); !Foresee(list).Within.Sure() {
		t.Error("ten forecasts are too few to judge")
	}
	if f := Foresee(nil); f != (Foresight{}) {
		t.Errorf("of no sittings: %+v", f)
	}
}
