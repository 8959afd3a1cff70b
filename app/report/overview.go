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
	Classes ClassStore
	Shelf   *bank.Shelf
	Now     func() time.Time
}

// Overview is what home and progress show of one learner.
type Overview struct {
	Now     time.Time
	Today   fsrs.Day
	Topics  []Topic
	Seen    int       // facts that have been met
	Due     int       // facts that want a review now
	Off     bool      // today is a day off: what is due can wait
	Pause   bool      // nothing is due, and something will be before the study day ends
	Minutes int       // that the due ones take
	Next    time.Time // when the next fact falls due; zero: none waits
	NextN   int       // how many are due on that day
	NextMin int       // minutes that they take
	Days    []study.Tally
	Recall  Rate
	Expect  plan.Forecast // of all facts met, tomorrow: just after an answer everything is known
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

// window is how many days of roll-ups a report looks at.
const window = 30

// Overview reads the cards and the roll-ups of a learner: two queries, whatever
// the length of the history.
func (r Reporter) Overview(ctx context.Context, who people.Person) (Overview, error) {
	cards, err := r.Store.Cards(ctx, who.ID)
	if err != nil {
		return Overview{}, err
	}
	now := r.Now()
	today := study.Calendar(who.Location()).Day(now)
	days, err := r.Store.Days(ctx, who.ID, today-window+1)
	if err != nil {
		return Overview{}, err
	}
	banks, err := r.Shelf.For(ctx, who.ID)
	if err != nil {
		return Overview{}, err
	}
	return overview(banks, cards, days, now, who), nil
}

// overview is what cards and the tallies of days say about a learner. It is pure.
func overview(banks []bank.Contents, cards []study.Card, days []study.Tally, now time.Time, who people.Person) Overview {
	calendar := study.Calendar(who.Location())
	today := calendar.Day(now)
	o := Overview{Now: now, Today: today, Days: days, Recall: Recall(days),
		Topics: topics(banks, cards, now), Expect: Expect(seen(cards), now.Add(24*time.Hour))}
	o.Seen, o.Off = len(seen(cards)), study.Resting(calendar, now, who.DaysOff)
	o.Due = quiz.Reviewable(banks, study.DueNow(cards, now, 0))
	o.Minutes = Minutes(o.Due, days)
	if at, n, ok := study.NextTime(cards, now, who.Location(), who.DaysOff); ok {
		o.Next, o.NextN, o.NextMin = at, n, Minutes(n, days)
		o.Pause = o.Due == 0 && calendar.Day(at) == today
	}
	return o
}

// Answers counts what a learner has answered so far.
func (r Reporter) Answers(ctx context.Context, who questions.LearnerID) (n int, err error) {
	days, err := r.Store.Days(ctx, who, 0)
	for _, d := range days {
		n += d.Answers
	}
	return n, err
}

func seen(cards []study.Card) []study.Card {
	var met []study.Card
	for _, c := range cards {
		if c.Seen() {
			met = append(met, c)
		}
	}
	return met
}

func topics(banks []bank.Contents, cards []study.Card, now time.Time) []Topic {
	known := make(map[questions.FactID]study.Card, len(cards))
	for _, c := range cards {
		known[c.Fact] = c
	}
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
