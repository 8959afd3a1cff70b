package study

import (
	"context"
	"errors"
	"fmt"
	"time"

	"thaw/app/fault"
	"thaw/app/fsrs"
	"thaw/app/fsrs/train"
	"thaw/questions"
)

// ErrMoved says that what was decided on is no longer so.
var ErrMoved = errors.New("moved on meanwhile")

// Fit is how fitting the memory model to a learner went.
type Fit struct {
	At      time.Time
	Reviews int          // on later days, in the learner's log
	Tested  int          // the newest of them, held back for a test
	Before  float64      // log loss of the test with the weights in force
	After   float64      // with weights fitted to what came before
	Was     fsrs.Weights // that were in force
	Better  bool         // the new ones were adopted
}

// Fitted is a fit to store: when it is better, its weights are adopted and all
// cards replayed.
type Fitted struct {
	Fit
	Event   Event // the adoption
	Last    int64 // the learner's newest event when it was decided
	Weights fsrs.Weights
	Cards   []Card
	Stand   Stand
}

// FitStore is what fitting needs kept.
type FitStore interface {
	Store
	// Unfitted lists learners with at least first reviews, and a fifth more of them
	// than at their last fit.
	Unfitted(ctx context.Context, first, limit int) ([]questions.LearnerID, error)
	// Fitted stores a fit and what follows from it, in one transaction; ErrMoved
	// when the learner has done something since.
	Fitted(ctx context.Context, f Fitted) error
}

// Fitter fits the memory model to learners.
type Fitter struct {
	Store FitStore
	Now   func() time.Time
}

// FirstFit is from how many reviews on later days a learner's own weights are
// tried; from a fifth more, they are tried again.
const FirstFit = 100

// aRun is how many learners are fitted in one run.
const aRun = 200

// Run fits those who have done enough since the last time, one after the other.
// Who does something meanwhile is left to the next run.
func (f Fitter) Run(ctx context.Context) error {
	who, err := f.Store.Unfitted(ctx, FirstFit, aRun)
	if err != nil {
		return err
	}
	for _, id := range who {
		err := f.One(ctx, id)
		if errors.Is(err, ErrMoved) || fault.Is(err, fault.Missing) {
			continue
		}
		if err != nil {
			return fmt.Errorf("fit a learner: %w", err)
		}
	}
	return nil
}

// One fits one learner.
func (f Fitter) One(ctx context.Context, who questions.LearnerID) error {
	_, on, err := f.Store.Rulings(ctx, who, 0)
	if err != nil {
		return err
	}
	past, err := f.Store.Pasts(ctx, who)
	if err != nil || len(past) == 0 {
		return err
	}
	fitted, err := fit(ctx, past, f.Now().UTC().Truncate(time.Millisecond))
	if err != nil {
		return err
	}
	fitted.Stand = on
	return f.Store.Fitted(ctx, fitted)
}

// fit decides what a past teaches about its learner's memory. The error is the
// context's.
func fit(ctx context.Context, past []Past, now time.Time) (Fitted, error) {
	was, adopted := InForce(past)
	log := Log(past)
	model := Model(was)
	p, err := train.Propose(ctx, log, model.Weights(), train.Options{})
	if err != nil {
		return Fitted{}, err
	}
	newest := past[len(past)-1]
	f := Fitted{Last: newest.Seq, Weights: p.Weights, Fit: Fit{At: now, Reviews: reviewsOf(log), Tested: p.Before.Items,
		Before: p.Before.LogLoss, After: p.After.LogLoss, Was: model.Weights(), Better: p.Better}}
	f.Event = Event{Learner: newest.Learner, At: now, Zone: newest.Zone, What: Adopted, Ref: newest.Ref, Lexicon: newest.Lexicon,
		Response: Words(p.Weights), Weights: adopted}
	f.Event.Day = Calendar(f.Event.zone()).Day(now)
	if f.Better {
		f.Event.Seq = newest.Seq + 1
		f.Cards = Fold(append(past, Past{Event: f.Event}))
	}
	return f, nil
}

// Log is a past as the reviews that fed the cards, for fitting the model: an
// answer that spoke for a fact several times counts by its worst part, the days are
// those of the events, and what may have been luck says so.
func Log(past []Past) []train.Review {
	past = inTime(past)
	lived := newLife(past)
	before, foreign := map[questions.FactID]Event{}, map[questions.FactID]bool{}
	var log []train.Review
	for _, p := range past {
		for _, m := range p.Marks {
			foreign[m.Fact] = foreign[m.Fact] || p.What == Known // how it began is not told
		}
		if p.What != Answer || !lived.feeds(p) {
			continue
		}
		marks := lived.believed(p)
		for i, m := range marks {
			last, met := before[m.Fact]
			if foreign[m.Fact] || !counts(marks, i) || several(marks) && met && p.At.Sub(last.At) < seen {
				continue
			}
			r := train.Review{Card: int64(m.Fact), At: p.At.UnixMilli(), Rating: Rate(m), Guess: m.Guess, Lost: 1 - creditOf(m)}
			if met {
				r.Days = int32(max(p.Day-last.Day, 0))
			}
			before[m.Fact] = p.Event
			log = append(log, r)
		}
	}
	return log
}

func reviewsOf(log []train.Review) (n int) {
	for _, r := range log {
		if r.Days > 0 {
			n++
		}
	}
	return n
}
