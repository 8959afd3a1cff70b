package report

import "thaw/app/quiz"

// Foresight is how the forecasts of sittings have done.
type Foresight struct {
	Within Rate // forecasts in whose band the result lay; Expected: the share that was meant to
	Right  Rate // questions answered rightly; Expected: the share foretold
}

// Lookback is how many sittings are looked back at.
const Lookback = 100

// Foresee sums up the forecasts that can be held against what happened.
func Foresee(sittings []quiz.Sitting) Foresight {
	var within, right Rate
	for _, s := range sittings {
		if !s.Borne() {
			continue
		}
		f := s.Foretold
		within.Of++
		within.Expected += f.Sure
		if f.Off() == 0 {
			within.Hits++
		}
		right.Hits += f.Right
		right.Of += f.N
		right.Expected += f.Mean
	}
	return Foresight{within.rated(), right.rated()}
}
