package bank

import (
	"context"

	"thaw/questions"
	"thaw/questions/format/bundle"
)

// Stock is all that a bank holds, of its questions in every state the newest wordings: an
// import is decided on it, and an export takes it.
type Stock struct {
	Bank      Bank
	Revision  int
	Topics    Outline
	Facts     []Fact // its own and those that its questions ask for
	Sections  []Section
	Lexicon   questions.Lexicon
	Questions []Written                                    // in their order
	Past      map[questions.QuestionID][]questions.Version // earlier wordings, where there are any
	Thrown    map[string]bool                              // slugs of questions that are in the bin
}

// StockStore loads banks as a whole.
type StockStore interface {
	// Stock loads a bank of the learner's own; with everybody, anybody's and the built-in
	// ones as well. fault.Missing where there is none.
	Stock(ctx context.Context, who questions.LearnerID, id questions.BankID, everybody bool) (Stock, error)
	// Shelved lists all banks that are not in the bin: for whoever runs the installation.
	Shelved(ctx context.Context) ([]Bank, error)
	// Learned loads what a learner remembers of the questions of a bank, by question.
	Learned(ctx context.Context, who questions.LearnerID, id questions.BankID) (map[questions.QuestionID]bundle.Learned, error)
}
