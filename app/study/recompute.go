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
	// Rulings loads those in force that reach a learner, on one question or, with 0, on
	// all, in their order, and what a decision by them stands on.
	Rulings(ctx context.Context, who questions.LearnerID, question questions.QuestionID) ([]Ruling, Stand, error)
	// Cards loads all cards of a learner.
	Cards(ctx context.Context, who questions.LearnerID) ([]Card, error)
}
