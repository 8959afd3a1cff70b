package bank

import (
	"context"

	"thaw/questions"
	"thaw/questions/lint"
)

// Whole is a bank with everything in it that is not retired.
type Whole struct {
	Bank      Bank
	Facts     []Fact // only ids, slugs and twins
	Questions []questions.Version
	Lexicon   questions.Lexicon
}

// WholeStore loads banks for what is said about all of their questions.
type WholeStore interface {
	// Whole loads a bank of the learner's own with the newest wordings of its drafts
	// and live questions. A flashcard's other direction is not among them.
	Whole(ctx context.Context, who questions.LearnerID, id questions.BankID) (Whole, error)
}

// Linted is a bank as the linter reads it.
func (w Whole) Linted() lint.Bank {
	b := lint.Bank{Lexicon: w.Lexicon}
	for _, f := range w.Facts {
		b.Facts = append(b.Facts, lint.Fact{ID: f.ID, Slug: f.Slug, Twin: f.Twin})
	}
	for _, v := range w.Questions {
		b.Questions = append(b.Questions, lint.Question{Version: v})
	}
	return b
}
