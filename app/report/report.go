// Package report says what is remembered, and how sure that is.
package report

import (
	"context"
	"time"

	"thaw/app/fsrs"
	"thaw/app/study"
	"thaw/questions"
)

// Store is what reports are drawn from.
type Store interface {
	// Days loads the learner's roll-ups since the day, oldest first.
	Days(ctx context.Context, who questions.LearnerID, since fsrs.Day) ([]study.Tally, error)
	// Fit returns how the newest fit of the learner's memory model went;
	// fault.Missing before the first.
	Fit(ctx context.Context, who questions.LearnerID) (study.Fit, error)
	// Mixed counts, since a time, the answers in which one name of a bank stood for
	// another, that no undo voids.
	Mixed(ctx context.Context, who questions.LearnerID, since time.Time) ([]Mixed, error)
	// Lately is Days and, since the time, Mixed, in one query.
	Lately(ctx context.Context, who questions.LearnerID, since fsrs.Day, mixed time.Time) ([]study.Tally, []Mixed, error)
	// Pasts loads everything the learner did, oldest first.
	Pasts(ctx context.Context, who questions.LearnerID) ([]study.Past, error)
	// Handled loads the answers that fed one of the facts and that no undo voids, and what
	// the learner did to handle facts, oldest first.
	Handled(ctx context.Context, who questions.LearnerID, facts []questions.FactID) ([]study.Past, error)
	// Sat loads all sittings of the learner, oldest first, each with its items and what
	// the learner has said against them, undone answers included.
	Sat(ctx context.Context, who questions.LearnerID) (Sat, error)
}
