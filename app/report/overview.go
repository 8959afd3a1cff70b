package report

import (
	"context"
	"time"

	"thaw/app/bank"
	"thaw/app/fsrs"
	"thaw/app/fsrs/plan"
	"thaw/app/people"
	"thaw/app/quiz"
	"thaw/app/study"
	"thaw/questions"
)

// Reporter draws reports.
type Reporter struct {
	Store   Store
	Coach   study.Coach
	Classes ClassStore
	Lens    LensStore
	Shelf   *bank.Shelf
	Now     func() time.Time
}

// Overview is what home and progress show of one learner.
type Overview struct {
	Now       time.Time
	Today     fsrs.Day
	Topics    []Topic
	Seen      int          // facts that have been met
	Due       int          // facts that are worth studying now, within the minutes wanted for today
	Fresh     int          // of them that have not been met
	More      int          // beyond those minutes
	Wants     int          // facts met that want a review now, in all
	Off       bool         // today is a day off: what is due can wait
	Pause     bool         // nothing is due, and something will be before the study day ends
	Minutes   int          // that the due ones take
	Tasks     []quiz.Asked // the due ones, what comes first
	Agenda    study.Agenda
	Pace      time.Duration // of an answer
	Banks     []bank.Contents
	Cards     []study.Card
	Ready     []study.Ready // exams ahead
	Exams     []study.Exam  // all
	Next      time.Time     // when the next fact falls due; zero: none waits
	NextMin   int           // minutes that they take
	Days      []study.Tally
	Recall    Rate
	Belief    plan.Belief
	Expect    plan.Forecast // of all facts met, tomorrow: just after an answer everything is known
	Foresight Foresight     // of a pupil's; a learner's own comes with the sittings
	Back      *study.Back   // of who comes back after weeks to much that is due; nil: everybody else
	Easy      int           // then: facts to begin with
}

// Topic is a topic with the memory of its facts.
type Topic struct {
	ID    questions.TopicID
	Title string
	Facts []Memory
}

// Memory is how well one fact is remembered now.
type Memory struct {
	Fact      questions.FactID
	Seen      bool
	Recall    float64 // tomorrow, 0..1
	Stability float64 // days
}

// Overview is what there is to say of a learner, whatever the length of the history.
func (r Reporter) Overview(ctx context.Context, who people.Person) (Overview, error) {
	p, err := r.Coach.Preparing(ctx, who, r.Now())
	if err != nil {
		return Overview{}, err
	}
	return overview(p), nil
}

// overview is what cards, exams and the tallies of days say about a learner. It is pure.
func overview(p study.Preparing) Overview {
	calendar := study.Calendar(p.Who.Location())
	agenda := p.Agenda()
	o := Overview{Now: p.Now, Today: calendar.Day(p.Now), Days: p.Days, Recall: Recall(p.Days), Agenda: agenda, Ready: agenda.Ready, Exams: p.Exams, Banks: p.Banks, Cards: p.Cards, Pace: agenda.Pace,
		Topics: topics(p.Banks, p.Cards, p.Now), Belief: p.Belief()}
	o.Expect = study.Expect(p.Cards, p.Now.Add(24*time.Hour), o.Belief)
	o.Seen, o.Off = o.Expect.N, study.Resting(calendar, p.Now, p.Who.DaysOff)
	all := quiz.Reviewable(p.Banks, agenda.Tasks, p.Now)
	if agenda.Rest > 0 {
		o.Tasks = quiz.Within(all, agenda.Rest)
	}
	o.Due, o.More, o.Minutes = len(o.Tasks), len(all)-len(o.Tasks), study.Minutes(study.Answers(quiz.Tasks(o.Tasks)), agenda.Pace)
	o.Fresh, o.Wants = fresh(o.Tasks), len(all)-fresh(all)
	if b, ok := p.Back(agenda); ok {
		o.Easy = len(quiz.Easy(p.Banks, agenda.Tasks))
		if o.Easy > 0 {
			o.Back = &b
		}
	}
	if at, answers, ok := agenda.Next(p); ok {
		o.Next, o.NextMin = at, study.Minutes(answers, agenda.Pace)
		o.Pause = o.Due == 0 && o.More == 0 && calendar.Day(at) == o.Today
	}
	return o
}

// fresh counts the facts that have not been met.
func fresh(list []quiz.Asked) (n int) {
	for _, a := range list {
		if !a.Card.Seen() {
			n++
		}
	}
	return n
}

// Answers counts what a learner has answered so far.
func (r Reporter) Answers(ctx context.Context, who questions.LearnerID) (n int, err error) {
	days, err := r.Store.Days(ctx, who, 0)
	for _, d := range days {
		n += d.Answers
	}
	return n, err
}

func topics(banks []bank.Contents, cards []study.Card, now time.Time) []Topic {
	known := study.ByFact(cards)
	var list []Topic
	for _, b := range banks {
		for _, t := range b.Topics {
			topic := Topic{ID: t.ID, Title: t.Title}
			for _, f := range b.Facts {
				if f.Topic != t.ID {
					continue
				}
				c := known[f.ID]
				topic.Facts = append(topic.Facts, Memory{f.ID, c.Seen(), c.Recall(now.Add(24 * time.Hour)), c.Stability})
			}
			if len(topic.Facts) > 0 {
				list = append(list, topic)
			}
		}
	}
	return list
}
