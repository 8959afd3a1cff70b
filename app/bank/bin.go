package bank

import (
	"context"
	"time"

	"thaw/app/people"
	"thaw/questions"
)

// BinStore keeps what was thrown away, and what stands in which order. Whatever is
// another's is fault.Missing.
type BinStore interface {
	// BinQuestion puts a question of the learner's own into the bin, with its other
	// direction; with the zero time it comes back as it was. In the bin it is asked no more.
	BinQuestion(ctx context.Context, who questions.LearnerID, id questions.QuestionID, gone time.Time) error
	// EmptyBin takes banks and questions out for ever that are in the bin since before a
	// time, at most so many, and returns how many. What nobody was ever asked is deleted;
	// of the rest past results keep the wording.
	EmptyBin(ctx context.Context, before time.Time, most int) (int, error)
	// SetOrder gives questions of the learner's bank each other's places, so that they stand
	// as listed, and the facts that they ask for likewise: the order in which they are
	// learned.
	SetOrder(ctx context.Context, who questions.LearnerID, id questions.BankID, order []questions.QuestionID) error
}

// BinDays is how many days the bin keeps what was thrown away.
const BinDays = 30

// binMost bounds what goes for ever at once, so that answers never wait long for it.
const binMost = 20

// BinQuestion puts a question into the bin, or takes it out again.
func (e Editor) BinQuestion(ctx context.Context, who people.Person, id questions.QuestionID, gone bool) error {
	var at time.Time
	if gone {
		at = e.Now()
	}
	return e.Store.BinQuestion(ctx, who.ID, id, at)
}

// EmptyBin takes out for ever what was thrown away long enough ago.
func (e Editor) EmptyBin(ctx context.Context) error {
	for {
		n, err := e.Store.EmptyBin(ctx, e.Now().AddDate(0, 0, -BinDays), binMost)
		if err != nil || n == 0 {
			return err
		}
	}
}
