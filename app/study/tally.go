package study

import (
	"time"

	"thaw/app/fsrs"
	"thaw/questions"
)

// Tally is what a learner did on one study day; a roll-up row holds it.
type Tally struct {
	Day      fsrs.Day
	Answers  int           // questions answered
	Met      int           // facts met for the first time
	Right    int           // of them with full credit
	Reviews  int           // marks on facts that had been seen on an earlier day
	Recalled int           // of them not rated Again
	Expected int           // of them foretold, by memory or by luck, in millionths
	Took     time.Duration // time spent
}

// Count returns what one event adds to its day. Practice counts as an answer
// and as time, never as a review.
func Count(e Event, marks []Mark) Tally {
	t := Tally{Day: e.Day, Answers: 1, Took: e.Took}
	if full(marks) {
		t.Right = 1
	}
	if e.What != Answer {
		return t
	}
	fresh := map[questions.FactID]bool{}
	for _, m := range marks {
		if m.Guess >= 1 { // given away
			continue
		}
		if m.Stability == 0 && m.Fact != 0 {
			fresh[m.Fact] = true
		}
		if m.Stability == 0 || m.Elapsed < 1 {
			continue
		}
		t.Reviews++
		t.Expected += int((m.Recall+(1-m.Recall)*m.Guess)*1e6 + 0.5)
		if Rate(m.Mark) != fsrs.Again {
			t.Recalled++
		}
	}
	t.Met = len(fresh)
	return t
}

// Plus returns the tally with another of the same day added.
func (t Tally) Plus(more Tally) Tally {
	return Tally{Day: more.Day, Answers: t.Answers + more.Answers, Met: t.Met + more.Met, Right: t.Right + more.Right, Reviews: t.Reviews + more.Reviews,
		Recalled: t.Recalled + more.Recalled, Expected: t.Expected + more.Expected, Took: t.Took + more.Took}
}

// Minus returns what takes the tally back.
func (t Tally) Minus() Tally {
	return Tally{Day: t.Day, Answers: -t.Answers, Met: -t.Met, Right: -t.Right, Reviews: -t.Reviews,
		Recalled: -t.Recalled, Expected: -t.Expected, Took: -t.Took}
}

func full(marks []Mark) bool {
	for _, m := range marks {
		if !m.Verdict.Fine() {
			return false
		}
	}
	return len(marks) > 0
}
