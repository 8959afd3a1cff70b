package plan

import "slices"

// Together plans for several exams of one learner, which share the answers of a day: the
// cap, the worth and the days off of the first hold for all, and budgets are not counted.
// All exams count days from the same day 0, and states, one for each, are of the same
// day. A fact belongs to one exam; to that which comes first, where several ask for it.
//
// With the prices that Prices returned for the days from Today on, only a few steps are
// searched, as Again does, and each time brings them nearer. Without any, a third of the
// steps of Prepare where there is much to plan, and the more the less there is: in about a
// second, full days still come out a sixth too full at worst.
func Together(exams []Exam, states []State, prices []float64) []*Plan {
	if len(exams) == 0 {
		return nil
	}
	return searchAll(blanks(exams, states, prices), states, exams[0].shared(), steps(exams, states, prices))
}

// Held makes the plans at prices as they are, searching for none: quick, for a day on
// which Together has found them.
func Held(exams []Exam, states []State, prices []float64) []*Plan {
	if len(exams) == 0 {
		return nil
	}
	return searchAll(blanks(exams, states, prices), states, exams[0].shared(), []float64{fine})
}

// Prices are those of the days from today on, in expected recall per answer, by which
// plans made together keep to the cap; nil where no day is full.
func (p *Plan) Prices() []float64 {
	for _, x := range p.prices.day[p.today:] {
		if x > 0 && x < closed {
			return slices.Clone(p.prices.day[p.today:])
		}
	}
	return nil
}

func (e *Exam) shared() aim { return aim{daily: float64(e.Cap) * ofCap, worth: e.Worth, off: e.Off} }

// steps are the blurs of the search. A step costs time for each fact and day.
func steps(exams []Exam, states []State, prices []float64) []float64 {
	if prices != nil {
		return slices.Repeat([]float64{fine}, refines)
	}
	size := 1
	for i, e := range exams {
		facts := len(states[i].Facts)
		for _, n := range e.New {
			facts += n
		}
		size += facts * e.Day
	}
	return exams[0].fromFar(min(max(hasty*much/size, hasty), patient))
}

// blanks are plans with nothing found yet, at the prices known for the days from today on.
func blanks(exams []Exam, states []State, known []float64) []*Plan {
	last := 0
	for _, e := range exams {
		last = max(last, e.Day)
	}
	p := prices{day: make([]float64, last)}
	copy(p.day[min(states[0].Today, last):], known)
	plans := make([]*Plan, len(exams))
	for i, e := range exams {
		plans[i] = e.blank(states[i], p)
	}
	return plans
}
