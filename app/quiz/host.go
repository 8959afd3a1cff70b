package quiz

import (
	"context"
	"math/rand/v2"
	"strconv"
	"time"

	"thaw/app/bank"
	"thaw/app/fault"
	"thaw/app/people"
	"thaw/app/study"
	"thaw/questions"
	"thaw/questions/kind"
)

// Host runs sittings: it loads, decides and saves.
type Host struct {
	Store Store
	Work  AssignStore
	Coach study.Coach
	Shelf *bank.Shelf
	Now   func() time.Time
	Rand  func() *rand.Rand // a new source for each decision
}

// sizes of a sitting, in questions
const (
	quizSize      = 10
	longestReview = 200
)

// gather checks the token of what is to begin, and loads what its questions are drawn from.
func (h Host) gather(ctx context.Context, who people.Person, token string) (p study.Preparing, told tells, err error) {
	if err = people.CheckToken(token); err != nil {
		return p, nil, err
	}
	if p, err = h.Coach.Preparing(ctx, who, h.Now()); err != nil {
		return p, nil, err
	}
	told, err = h.tells(ctx, p.Banks)
	return p, told, err
}

// Quiz begins a quiz of ten questions over a topic (0: mixed over all topics)
// and returns its number. The same token begins it once.
func (h Host) Quiz(ctx context.Context, who people.Person, topic questions.TopicID, token string) (int, error) {
	return h.Choose(ctx, who, Choice{Topic: topic}, token)
}

// rehearsal is how many questions a quiz on an exam has.
const rehearsal = 20

// Rehearse begins a quiz on what an exam is about: questions of its facts at random,
// topics mixed, and returns its number; fault.Missing where there are none. The same
// token begins it once.
func (h Host) Rehearse(ctx context.Context, who people.Person, e study.Exam, token string) (int, error) {
	p, told, err := h.gather(ctx, who, token)
	if err != nil {
		return 0, err
	}
	rng := h.Rand()
	return h.open(ctx, p, Sitting{Mode: Tutor}, sample(p.Banks, e.Facts(p.Banks), rehearsal, told, rng), rng, token)
}

// open begins a sitting on what was picked; fault.Missing where that is nothing.
func (h Host) open(ctx context.Context, p study.Preparing, s Sitting, picked []candidate, rng *rand.Rand, token string) (_ int, err error) {
	if len(picked) == 0 {
		return 0, fault.New(fault.Missing, "fault.no_questions")
	}
	if s.Items, err = h.items(ctx, picked, rng); err != nil {
		return 0, err
	}
	return h.begin(ctx, p, s, token)
}

func (h Host) begin(ctx context.Context, p study.Preparing, s Sitting, token string) (int, error) {
	s.Learner, s.Started = p.Who.ID, p.Now
	s.Count = len(s.Items)
	for i := range s.Items {
		s.Items[i].Pos = i + 1
		s.Items[i].State = Open
	}
	s, err := h.foretell(ctx, p, s)
	if err != nil {
		return 0, err
	}
	return h.Store.Begin(ctx, s, token)
}

// item makes an open item of a candidate with its options in a fresh order.
func (h Host) item(ctx context.Context, c candidate, rng *rand.Rand) (Item, error) {
	ref := questions.Ref{Question: c.question.ID, Version: c.question.Latest}
	v, err := h.Shelf.Version(ctx, ref)
	if err != nil {
		return Item{}, err
	}
	it := Item{Ref: ref, Bank: c.contents.Bank.ID, Lexicon: c.contents.Lexicon.Revision, State: Open,
		Order: shown(v, c.options, rng)}
	it.Facts = v.In(it.Order).Facts()
	return it, nil
}

// shown is the order in which n of a choice's options are shown, the key among them; with
// 0, and of what is no choice, all.
func shown(v questions.Version, n int, rng *rand.Rand) []int {
	if v.Kind == questions.Choice && n > 0 && n < len(v.Answers) {
		return few(v, n, rng)
	}
	return order(v, rng)
}

// order shuffles the options; answers that are typed, and options that keep
// their order, stand as they are. What is to be arranged is shuffled in any case,
// for its order is the key, and never stands solved.
func order(v questions.Version, rng *rand.Rand) []int {
	if kind.Arranged(v.Kind) {
		return unsolved(v, rng)
	}
	if v.Fixed || v.Kind == questions.Truth || !closed(v.Kind) {
		return nil
	}
	return rng.Perm(len(v.Answers))
}

// attempts is how often an order is drawn until it is not right as it stands.
const attempts = 100

// unsolved draws an order in which leaving everything as it stands is not right.
// A question of which most orders are right may run out of attempts.
func unsolved(v questions.Version, rng *rand.Rand) []int {
	drawn := rng.Perm(len(v.Answers))
	for range attempts {
		if !solved(v.In(drawn)) {
			break
		}
		drawn = rng.Perm(len(v.Answers))
	}
	return drawn
}

// solved tells whether an order is right as it is shown.
func solved(v questions.Version) bool {
	k, ok := kind.Of(v.Kind)
	if !ok || v.Kind != questions.Order {
		return false
	}
	as := make(questions.Response, len(v.Answers))
	for i := range as {
		as[i] = strconv.Itoa(i + 1)
	}
	marks, err := k.Grade(v, questions.Lexicon{}, as)
	_, verdict := questions.Worth(marks)
	return err == nil && verdict == questions.Right
}

// Mixed is a version as a preview shows it: what is to be arranged is shuffled, in
// the same way for as many answers, so that nothing moves while it is written.
func Mixed(v questions.Version) questions.Version {
	if !kind.Arranged(v.Kind) {
		return v
	}
	return v.In(order(v, rand.New(rand.NewPCG(1, uint64(len(v.Answers)))))) // #nosec G404 -- no secret
}
