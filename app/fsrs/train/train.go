// Package train fits the weights of the memory model FSRS-6 to what one learner
// has done.
//
// A log is a list of reviews. The first review of a card makes its memory; each
// later one on another day is an item: the model foretells a chance of recall R,
// and what happened is y, 1 for a success and 0 for a lapse. The weights w are
// those that make the penalised loss smallest:
//
//	sum over items i of  v_i * -(y_i*ln q_i + (1-y_i)*ln(1-q_i))  +  1/2 * sum_k ((w_k - default_k)/spread_k)^2
//
// where q = R + (1-R)*g is the chance of a right answer to a form with the guess rate g,
// and R where nobody can guess. A success that is only partly right has its credit for y
// (luck.go). Memories move by fsrs.Weigh, as those of the cards do.
//
// with v_i = 0.25 + 0.75*(i/n)^3 for the i-th of n items in the order of time, so
// that the learner of today counts most, and spread_k the scatter of the weight
// between learners. Reviews on the same day are no items, but move the memory.
//
// Fit goes about it in three steps. It leaves out cards whose first interval is a
// rare one, which tells about a holiday rather than about memory (outlier.go). It
// looks up where the first stability of each rating is likely to be (first.go).
// From there all 21 weights go down together (newton.go), by a gradient that is
// derived by hand and costs one walk forward and one back over the log (walk.go),
// in which cards that went the same way are walked once (tree.go).
//
// All of it is deterministic: the same reviews give the same bits, in whatever
// order they come and on however many cores.
//
// The loss, the recency weights, the outlier filter, the first stabilities and the
// spread of weights between learners are those of the optimizer of the Open Spaced
// Repetition project (fsrs-rs 6.6). Three things differ: the pull is that of a
// normal prior around the default weights, half the reference's; the first
// stabilities are pulled by their logarithms, without which a few lapses take them
// to nothing; and where the reference takes a fixed number of steps of Adam over
// random batches and stops on its way, Fit goes to the bottom.
package train

import (
	"context"

	"thaw/app/fsrs"
)

// Review is one row of a log.
type Review struct {
	Card   int64
	At     int64 // milliseconds since 1970 UTC
	Days   int32 // whole days since the card's review before; of no matter in its first
	Rating fsrs.Rating
	Guess  float64 // chance of the answer without knowing, 0 to 1; 0: nobody can guess it
	Lost   float64 // share of the answer that is wrong, 0 to 1, of no matter in a lapse; 0: none
}

// Options say how to fit. The zero value is a first fit.
type Options struct {
	Warm     fsrs.Weights       // fitted to an earlier part of the log: a short refit from there; zero: a first fit
	Progress func(done float64) // told the share done, 0 to 1, now and then; may be nil
}

// Result is what a fit found.
type Result struct {
	Weights fsrs.Weights
	Reviews int // in the log
	Items   int // reviews on a later day than the one before
}

// fewest is how many items a fit takes.
const fewest = 8

// Fit returns the weights that fit a log. With fewer than 8 items they are the
// default ones, or Options.Warm. The ratings must be Valid. The only error is the context's: a fit
// that is cancelled ends within a few milliseconds.
func Fit(ctx context.Context, reviews []Review, o Options) (Result, error) {
	start, warm := o.Warm, o.Warm != fsrs.Weights{}
	if !warm {
		start = fsrs.Default()
	}
	all := arrange(reviews)
	r := Result{Weights: start, Reviews: len(reviews), Items: all.items}
	if err := ctx.Err(); err != nil || all.items < fewest {
		return r, err
	}
	kept, table := all.filter()
	if !warm {
		start = firstStability(table, start)
	}
	if kept.items < fewest {
		return r, nil
	}
	var err error
	r.Weights, err = minimise(ctx, newLoss(kept), start, o.Progress)
	return r, err
}
