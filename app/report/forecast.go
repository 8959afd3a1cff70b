package report

import (
	"math"
	"time"

	"thaw/app/study"
)

// Forecast is an expected number right of N, with a band that holds the result
// in about four of five cases.
type Forecast struct {
	N         int
	Mean      float64
	Low, High int
}

// z80 is the half-width of the central 80 % of a normal distribution.
const z80 = 1.2816

// doubt widens the band for what the memory model itself does not know: the
// standard deviation of a recall's logit, common to all facts of a learner.
const doubt = 0.25

// Expect forecasts how many of the cards will be remembered at the time. Chance
// gives the variance sum of p(1-p); the model's own error moves all of them
// together by doubt on the logit scale.
func Expect(cards []study.Card, at time.Time) Forecast {
	var mean, chance, shared float64
	for _, c := range cards {
		p := c.Recall(at)
		mean += p
		chance += p * (1 - p)
		shared += doubt * p * (1 - p)
	}
	half := z80 * math.Sqrt(chance+shared*shared)
	n := len(cards)
	return Forecast{N: n, Mean: mean,
		Low:  max(0, int(math.Floor(mean-half+0.5))),
		High: min(n, int(math.Ceil(mean+half-0.5)))}
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
