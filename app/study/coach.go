package study

import (
	"context"
	"fmt"
	"strings"
	"time"

	"thaw/app/bank"
	"thaw/app/fault"
	"thaw/app/fsrs"
	"thaw/app/people"
	"thaw/questions"
)

// CoachStore is what preparing a learner needs kept.
type CoachStore interface {
	ExamStore
	// Memory loads all cards of a learner, and how they want facts handled, in one query.
	Memory(ctx context.Context, who questions.LearnerID) ([]Card, []Care, error)
	// Days loads the learner's roll-ups since the day, oldest first.
	Days(ctx context.Context, who questions.LearnerID, since fsrs.Day) ([]Tally, error)
}

// Coach knows how learners stand, and prepares them for their exams.
type Coach struct {
	Store  CoachStore
	Shelf  *bank.Shelf
	Queues *Queues
	Who    func(ctx context.Context, id questions.LearnerID) (people.Person, error)
	Now    func() time.Time
}

// Exam returns a learner's exam; fault.Missing for any other number.
func (c Coach) Exam(ctx context.Context, who people.Person, n int) (Exam, error) {
	exams, _, err := c.Store.Exams(ctx, who.ID)
	if err != nil {
		return Exam{}, err
	}
	for _, e := range exams {
		if e.N == n {
			return e, nil
		}
	}
	return Exam{}, fault.New(fault.Missing, "fault.missing")
}

// Add stores a new exam and returns its number. Errors: fault.Invalid with what is wrong,
// fault.Conflict beyond MaxExams. The same token stores it once.
func (c Coach) Add(ctx context.Context, who people.Person, e Exam, token string) (int, error) {
	e.Title, e.Learner = strings.TrimSpace(e.Title), who.ID
	if err := people.CheckToken(token); err != nil {
		return 0, err
	}
	if err := c.check(ctx, who, e); err != nil {
		return 0, err
	}
	n, err := c.Store.AddExam(ctx, e, token)
	if err != nil {
		return 0, err
	}
	who.Exams++
	return n, c.Review(ctx, who)
}

// check says what is wrong with an exam, its topics included.
func (c Coach) check(ctx context.Context, who people.Person, e Exam) error {
	banks, err := c.Shelf.For(ctx, who.ID)
	if err != nil {
		return err
	}
	known := map[questions.TopicID]bool{}
	for _, b := range banks {
		for _, t := range b.Topics {
			known[t.ID] = true
		}
	}
	return e.Check(c.Now(), known)
}

// Move changes what an exam is about and when, which makes one that was over one ahead.
// Errors: fault.Missing, fault.Invalid with what is wrong.
func (c Coach) Move(ctx context.Context, who people.Person, e Exam) error {
	e.Title, e.Learner, e.Later, e.Result = strings.TrimSpace(e.Title), who.ID, Unsaid, Result{}
	if err := c.check(ctx, who, e); err != nil {
		return err
	}
	if err := c.Store.SetExam(ctx, e); err != nil {
		return err
	}
	return c.Review(ctx, who)
}

// Drop removes an exam; its facts go on in the usual rhythm.
func (c Coach) Drop(ctx context.Context, who people.Person, n int) error {
	if err := c.Store.DropExam(ctx, who.ID, n); err != nil {
		return err
	}
	return c.Review(ctx, who)
}

// Tell stores how an exam went; nothing given is that the learner would rather not say.
// Errors: fault.Missing, fault.Conflict before the exam, fault.Invalid.
func (c Coach) Tell(ctx context.Context, who people.Person, n int, r Result) error {
	if r != (Result{}) {
		if err := r.Check(); err != nil {
			return err
		}
	}
	r.Told = true
	return c.afterwards(ctx, who, n, func(e *Exam) { e.Result = r })
}

// Settle stores what becomes of an exam's facts. Errors: fault.Missing, fault.Conflict
// before the exam.
func (c Coach) Settle(ctx context.Context, who people.Person, n int, l Later) error {
	return c.afterwards(ctx, who, n, func(e *Exam) { e.Later = l })
}

func (c Coach) afterwards(ctx context.Context, who people.Person, n int, change func(*Exam)) error {
	e, err := c.Exam(ctx, who, n)
	if err != nil {
		return err
	}
	if !e.Over(c.Now()) {
		return fault.New(fault.Conflict, "fault.exam_ahead")
	}
	change(&e)
	return c.Store.SetExam(ctx, e)
}

// Preparing gathers what is decided on about a learner at a time: three queries, and one
// more for who has exams, whatever the length of the history.
func (c Coach) Preparing(ctx context.Context, who people.Person, now time.Time) (Preparing, error) {
	p, err := c.Standing(ctx, who, now)
	if err != nil {
		return p, err
	}
	p.Days, err = c.Store.Days(ctx, who.ID, p.day()-Recent+1)
	return p, err
}

// Standing is Preparing without the days, for who looks further back at them: a query less.
func (c Coach) Standing(ctx context.Context, who people.Person, now time.Time) (p Preparing, err error) {
	p = Preparing{Now: now, Who: who, Queues: c.Queues}
	if p.Banks, err = c.Shelf.For(ctx, who.ID); err != nil {
		return p, err
	}
	var cares []Care
	if p.Cards, cares, err = c.Store.Memory(ctx, who.ID); err != nil {
		return p, err
	}
	p.Cares = OfFacts(cares)
	if who.Exams > 0 {
		p.Exams, p.Prices, err = c.Store.Exams(ctx, who.ID)
	}
	return p, err
}

// soon is how long before an exam forecasts of it are kept.
const soon = 36 * time.Hour

// Review looks at a learner's exams anew: it finds the prices of days that they fill,
// and keeps the forecast of one that is near.
func (c Coach) Review(ctx context.Context, who people.Person) error {
	p, err := c.Preparing(ctx, who, c.Now())
	if err != nil {
		return err
	}
	found := Prices{Day: int64(p.day())}
	for _, r := range p.Prepare() {
		if r.Plan != nil {
			found.ByDay = r.Plan.Prices()
		}
		if r.At.Sub(p.Now) > soon {
			continue
		}
		r.Foretold = Foretold{Forecast: r.Stands(), Made: p.Now.Truncate(time.Millisecond)}
		if err := c.Store.Foretell(ctx, r.Exam); err != nil {
			return err
		}
	}
	if found.ByDay == nil && p.Prices.ByDay == nil {
		return nil
	}
	return c.Store.SetPrices(ctx, who.ID, found)
}

// Run reviews everybody with an exam ahead that is near enough for a plan.
func (c Coach) Run(ctx context.Context) error {
	now := c.Now()
	ids, err := c.Store.Preparing(ctx, now, now.AddDate(0, 0, Reach+1))
	if err != nil {
		return err
	}
	for _, id := range ids {
		who, err := c.Who(ctx, id)
		if err == nil {
			err = c.Review(ctx, who)
		}
		if err != nil && !fault.Is(err, fault.Missing) {
			return fmt.Errorf("review a learner's exams: %w", err)
		}
	}
	return ctx.Err()
}
