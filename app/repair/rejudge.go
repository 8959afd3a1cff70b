package repair

import (
	"context"
	"errors"
	"sync"

	"thaw/app/fault"
	"thaw/app/study"
	"thaw/questions"
)

const (
	tries = 20  // how often a learner who goes on answering is decided on again
	batch = 100 // learners looked up at a time
	hands = 4   // learners judged at the same time, so that their writes are stored together
)

// Run finishes what rulings have begun: whatever stopped the program, it goes on where it
// was.
func (d Desk) Run(ctx context.Context) error {
	ids, err := d.Store.Unfinished(ctx)
	for _, id := range ids {
		if err == nil {
			err = d.Apply(ctx, id)
		}
	}
	return err
}

// Apply carries a ruling, or its undoing, to everybody whom it has not reached, learner by
// learner, each whole or not at all. Who answers meanwhile loses nothing: the answer is
// judged by the ruling, or is there when its learner's turn comes.
func (d Desk) Apply(ctx context.Context, id questions.RulingID) error {
	for {
		who, err := d.Store.Pending(ctx, id, batch)
		if err != nil {
			return err
		}
		if len(who) == 0 {
			return d.Store.Finish(ctx, id, d.now())
		}
		if err := d.reach(ctx, who, id); err != nil {
			return err
		}
	}
}

// reach carries a ruling to some learners.
func (d Desk) reach(ctx context.Context, who []questions.LearnerID, id questions.RulingID) error {
	var wg sync.WaitGroup
	errs := make([]error, hands)
	for hand := range hands {
		wg.Go(func() {
			for i := hand; i < len(who) && errs[hand] == nil; i += hands {
				if errs[hand] = ctx.Err(); errs[hand] == nil {
					errs[hand] = d.again(ctx, who[i], study.Event{}, id)
				}
				if fault.Is(errs[hand], fault.Missing) {
					errs[hand] = nil // the learner is gone
				}
			}
		})
	}
	wg.Wait()
	return errors.Join(errs...)
}

// again judges a learner's past again and stores what follows, with one more event, if
// any. study.ErrMoved when the learner never rests.
func (d Desk) again(ctx context.Context, who questions.LearnerID, add study.Event, done questions.RulingID) error {
	for range tries {
		r, err := d.Rejudged(ctx, who, add)
		if err != nil {
			return err
		}
		if err = d.Store.Rejudge(ctx, r, done); !errors.Is(err, study.ErrMoved) {
			return err
		}
	}
	return study.ErrMoved
}

// Rejudged decides what becomes of a learner's past by the rulings in force: nothing where
// all that is derived is the fold of events and rulings already.
func (d Desk) Rejudged(ctx context.Context, who questions.LearnerID, add study.Event) (study.Rejudged, error) {
	rulings, on, err := d.Store.Rulings(ctx, who, 0)
	if err != nil {
		return study.Rejudged{}, err
	}
	past, err := d.Store.Pasts(ctx, who)
	if err != nil {
		return study.Rejudged{}, err
	}
	judge, err := d.Judging(ctx, past, rulings)
	if err != nil {
		return study.Rejudged{}, err
	}
	_, add.Weights = study.InForce(past)
	r := study.Rejudge(past, judge, add)
	r.Learner, r.Stand = who, on
	return r, nil
}

// Catch carries to a learner what rulings have left for later: answers that came into the
// account by a claim.
func (d Desk) Catch(ctx context.Context, who questions.LearnerID) error {
	left, err := d.Store.Left(ctx, who)
	for _, id := range left {
		if err == nil {
			err = d.again(ctx, who, study.Event{}, id)
		}
	}
	return err
}

// Judging judges the answers of a past by the rulings that reach a learner: what was seen
// is looked up here.
func (d Desk) Judging(ctx context.Context, past []study.Past, rulings []study.Ruling) (study.Judging, error) {
	by := map[questions.QuestionID][]study.Ruling{}
	for _, r := range rulings {
		by[r.Question] = append(by[r.Question], r)
	}
	seen := map[seenKey]study.Wording{}
	for _, p := range past {
		key, list := seenKey{p.Ref, p.Lexicon}, by[p.Ref.Question]
		if _, ok := seen[key]; ok || len(list) == 0 || len(p.Marks) == 0 {
			continue
		}
		w, err := d.wording(ctx, list[0].Bank, key)
		if err != nil {
			return nil, err
		}
		seen[key] = w
	}
	return func(e study.Event, graded []questions.Mark) ([]study.Mark, questions.RulingID) {
		return study.Judge(graded, seen[seenKey{e.Ref, e.Lexicon}], e, by[e.Ref.Question])
	}, nil
}

// seenKey names what a learner had before them.
type seenKey struct {
	ref     questions.Ref
	lexicon int
}

func (d Desk) wording(ctx context.Context, bank questions.BankID, key seenKey) (w study.Wording, err error) {
	if w.Version, err = d.Shelf.Version(ctx, key.ref); err != nil {
		return w, err
	}
	w.Lexicon, err = d.Shelf.Lexicon(ctx, bank, key.lexicon)
	return w, err
}
