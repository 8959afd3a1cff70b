package report

import (
	"math"
	"time"

	"thaw/app/fsrs/plan"
	"thaw/app/study"
)

// Expect forecasts how many of the cards will be remembered at the time.
func Expect(cards []study.Card, at time.Time) plan.Forecast {
	asked := make([]plan.Asked, 0, len(cards))
	for _, c := range cards {
		if c.Seen() {
			asked = append(asked, plan.Asked{Stability: c.Stability, Curve: c.Curve(), Days: at.Sub(c.Last).Hours() / 24})
		}
	}
	return plan.Expect(asked, plan.Doubt)
}

// perReview is taken for the time a review needs until a learner's own is known.
const perReview = 12 * time.Second

// enough is the number of answers from which a learner's own pace counts.
const enough = 20

// Minutes says how long n reviews take at the pace of the days given, at least
// one minute.
func Minutes(n int, days []study.Tally) int {
	var took time.Duration
	answers := 0
	for _, d := range days {
		took += d.Took
		answers += d.Answers
	}
	pace := perReview
	if answers >= enough && took > 0 {
		pace = min(max(took/time.Duration(answers), 4*time.Second), 60*time.Second)
	}
	return max(1, int(math.Ceil((time.Duration(n) * pace).Minutes())))
}
