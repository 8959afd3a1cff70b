package study

import (
	"math"
	"time"
)

// perAnswer is taken for the time an answer needs until a learner's own is known.
const perAnswer = 12 * time.Second

// enough is the number of answers from which a learner's own pace counts.
const enough = 20

// Pace is the time that an answer takes at the pace of the days given, 4 s to a minute.
func Pace(days []Tally) time.Duration {
	took, answers := spent(days)
	if !Timed(days) {
		return perAnswer
	}
	return min(max(took/time.Duration(answers), 4*time.Second), time.Minute)
}

// Timed tells whether the pace of the days given is the learner's own.
func Timed(days []Tally) bool {
	took, answers := spent(days)
	return answers >= enough && took > 0
}

func spent(days []Tally) (took time.Duration, answers int) {
	for _, d := range days {
		took += d.Took
		answers += d.Answers
	}
	return took, answers
}

// Minutes says how long the answers take at a pace, at least one minute.
func Minutes(answers float64, pace time.Duration) int {
	return max(1, int(math.Ceil(answers*pace.Minutes()-1e-9)))
}

// Fits says how many answers fit into the minutes at a pace.
func Fits(minutes int, pace time.Duration) float64 {
	return (time.Duration(minutes) * time.Minute).Seconds() / pace.Seconds()
}

// Upkeep is about how many minutes a week it takes to keep the cards: each comes back
// when its recall has fallen to 0.9, after its stability.
func Upkeep(cards []Card, pace time.Duration) int {
	answers := 0.0
	for _, c := range cards {
		if c.Seen() {
			answers += 7 / max(c.Stability, 1)
		}
	}
	return Minutes(answers, pace)
}
