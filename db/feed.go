package db

import (
	"context"

	"gorm.io/gorm"

	"thaw/app/people"
	"thaw/questions"
)

// SetFeed implements people.FeedStore.
func (s People) SetFeed(ctx context.Context, who questions.LearnerID, n int, hash []byte) error {
	var stored any
	if len(hash) > 0 {
		stored = blob(hash)
	}
	return s.write(ctx, func(tx *gorm.DB) error {
		return changed(tx.Exec(`UPDATE learner SET feed_n = ?, feed = ? WHERE id = ?`, n, stored, int64(who)))
	})
}

// AccountByFeed implements people.FeedStore.
func (s People) AccountByFeed(ctx context.Context, hash []byte) (people.Account, error) {
	return s.account(ctx, `l.disabled = 0 AND l.goes = 0 AND l.feed = ?`, hash)
}
