package study

import (
	"context"

	"thaw/questions"
)

// Store is what the check of the fold needs.
type Store interface {
	// Pasts loads every event of a learner with its marks, in order.
	Pasts(ctx context.Context, who questions.LearnerID) ([]Past, error)
	// Learners lists everybody who has events.
	Learners(ctx context.Context) ([]questions.LearnerID, error)
	// Cards loads all cards of a learner.
	Cards(ctx context.Context, who questions.LearnerID) ([]Card, error)
}
