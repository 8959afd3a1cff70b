package db

import (
	"context"

	"thaw/questions"
	"thaw/questions/format/bundle"
)

// Learned implements bank.StockStore.
func (s Bank) Learned(ctx context.Context, who questions.LearnerID, id questions.BankID) (map[questions.QuestionID]bundle.Learned, error) {
	return nil, nil
}
