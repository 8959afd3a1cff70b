package study

import (
	"thaw/app/fsrs"
	"thaw/app/fsrs/plan"
	"thaw/questions"
)

// Task is a fact that is worth studying now, with the numbers that say why.
type Task struct {
	Fact    questions.FactID
	Card    Card    // zero but for its names, where the fact has not been met
	Gain    float64 // facts more that a minute now makes known, in comparison with a later one
	Answers float64 // expected, 1 or more
	Why     plan.Why
	Now     float64 // recall now, 0 for a fact not met
	Soon    float64 // in a week, or for an exam on its day, without any more study
	Exam    int     // for which it is studied; 0: for none
	Rise    float64 // of an exam's: by how much studying it now lifts Soon
}

// Tasks lists what is worth studying for the exam today, what gains most per answer
// first; new facts are the day's share. Without a plan there is nothing.
func (r Ready) Tasks() []Task {
	if r.Plan == nil {
		return nil
	}
	var list []Task
	perMinute := 1 / r.pace.Minutes()
	meet := r.Plan.Meet(0)
	for _, f := range r.New[:min(r.meets, len(r.New))] {
		list = append(list, Task{Fact: f, Card: Card{Learner: r.Learner, Fact: f}, Gain: meet.Gain * perMinute, Answers: meet.Answers,
			Why: plan.ForExam, Exam: r.N, Rise: meet.Rise})
	}
	for _, t := range r.Plan.Today(0, r.facts) {
		c := r.own[t.Index]
		list = append(list, Task{Fact: c.Fact, Card: c, Gain: t.Gain * perMinute, Answers: t.Answers,
			Why: plan.ForExam, Now: c.Recall(r.now), Soon: c.Recall(r.At), Exam: r.N, Rise: t.Rise})
	}
	return list
}

// Stands is the forecast for the exam as things stand: without any more study. What has
// not been met is not known.
func (r Ready) Stands() plan.Forecast {
	f := Expect(r.Met, r.At, r.belief)
	f.N = len(r.All)
	return f
}

// Kept is the forecast if the plan is kept; ok is false without one. Of each fact that is
// met by then as much is expected as of all together.
func (r Ready) Kept() (f plan.Forecast, ok bool) {
	if r.Plan == nil || r.Plan.Recall() <= 0 {
		return f, false
	}
	usual := Model(fsrs.Weights{})
	asked := make([]plan.Asked, len(r.All)-r.unmet)
	for i := range asked {
		asked[i] = plan.Asked{Stability: 1, Curve: usual.Weights()[20], Days: usual.Interval(1, r.Plan.Recall())}
	}
	f = plan.Expect(asked, plan.Belief{Doubt: r.belief.Doubt}) // the shift is in the plan
	f.N = len(r.All)
	return f, true
}

// Best is what some minutes of study are worth.
type Best struct {
	Tasks   []Task
	Answers float64 // expected
	Rise    float64 // facts more that are expected to be known at the exam
}

// Within takes the tasks, in their order, that fit into the answers, one at least.
func Within(tasks []Task, answers float64) (b Best) {
	for _, t := range tasks {
		if len(b.Tasks) > 0 && b.Answers+t.Answers > answers {
			break
		}
		b.Tasks = append(b.Tasks, t)
		b.Answers += t.Answers
		b.Rise += t.Rise
	}
	return b
}

// Next is the next day from tomorrow on for which the plan has something, counted from
// today; ok is false when there is none.
func (r Ready) Next() (days int, answers float64, ok bool) {
	if r.Plan == nil {
		return 0, 0, false
	}
	for d := 1; d < r.Left; d++ {
		if n := r.Plan.Load(d); n >= 0.5 {
			return d, n, true
		}
	}
	return 0, 0, false
}
