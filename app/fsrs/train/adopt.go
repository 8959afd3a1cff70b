package train

import (
	"context"

	"thaw/app/fsrs"
)

// Proposal is what a fit offers a learner, with how it did on the newest reviews,
// which it had not seen when it was judged.
type Proposal struct {
	Weights fsrs.Weights
	Better  bool  // it foretells the newest fifth better than the weights in force
	Before  Score // of the weights in force, on the newest fifth of the items
	After   Score // of weights fitted to what came before, on the same items
}

// Propose fits a log and judges the fit: weights fitted to the older reviews must
// foretell the newest fifth of the items better than the weights in force, or
// Better is false and the weights in force are to stay. The weights offered are
// then fitted to the whole log. The error is the context's.
func Propose(ctx context.Context, reviews []Review, inForce fsrs.Weights, o Options) (Proposal, error) {
	p := Proposal{Weights: inForce}
	order := timeline(reviews)
	items := itemsIn(reviews, order)
	from := len(items) * 4 / 5
	if len(items)-from < fewest {
		return p, nil
	}
	older, want := test(reviews, order, items[from:])
	fit, err := Fit(ctx, older, o)
	if err != nil {
		return p, err
	}
	p.Before, p.After = score(foretold(reviews, inForce, want)), score(foretold(reviews, fit.Weights, want))
	if p.Better = p.After.LogLoss < p.Before.LogLoss; !p.Better {
		return p, nil
	}
	o.Warm = fit.Weights
	whole, err := Fit(ctx, reviews, o)
	p.Weights = whole.Weights
	return p, err
}
