package db

import (
	"context"
	"errors"

	"gorm.io/gorm"

	"thaw/app/quiz"
	"thaw/app/study"
	"thaw/questions"
)

// LastAnswer implements quiz.Store.
func (s Quiz) LastAnswer(ctx context.Context, who questions.LearnerID, sitting int) (last study.Past, facts []study.Past, on study.Stand, err error) {
	err = s.view(ctx, func(q *gorm.DB) error {
		if last, facts, err = lastAnswer(q, who, sitting); err != nil {
			return err
		}
		on, err = standOf(straight(q), who, 0)
		return err
	})
	return last, facts, on, err
}

func lastAnswer(q *gorm.DB, who questions.LearnerID, sitting int) (last study.Past, facts []study.Past, err error) {
	var seq int64
	err = q.Raw(`SELECT COALESCE(MAX(seq), 0) FROM event e WHERE e.learner = ? AND e.sitting = ? AND e.what <> ? AND `+standing,
		int64(who), sitting, string(study.Undo)).Scan(&seq).Error
	if err != nil {
		return last, nil, err
	}
	if seq == 0 {
		return last, nil, missing()
	}
	found, err := pasts(q, `e.learner = ? AND e.seq = ?`, int64(who), seq)
	if err != nil || len(found) != 1 {
		return last, nil, errors.Join(err, missing())
	}
	last = found[0]
	args := []any{int64(who)}
	for _, m := range last.Marks {
		args = append(args, int64(m.Fact))
	}
	facts, err = pasts(q, `e.learner = ? AND (e.what IN ('weights', 'trust') OR EXISTS (SELECT 1 FROM mark f
		WHERE f.learner = e.learner AND f.seq = e.seq AND f.fact IN `+places(len(last.Marks))+`)) AND `+standing, args...)
	return last, facts, err
}

// standing keeps the events that no undo voids; it names voids <> 0 so that the
// index on it serves.
const standing = `NOT EXISTS (SELECT 1 FROM event u WHERE u.learner = e.learner AND u.voids = e.seq AND u.voids <> 0)`

// Undo implements quiz.Store.
func (s Quiz) Undo(ctx context.Context, u quiz.Undone) error {
	err := s.write(ctx, func(tx *gorm.DB) error { return undo(tx, u) })
	return raced(err)
}

func undo(tx *gorm.DB, u quiz.Undone) error {
	who, sitting, pos := int64(u.Event.Learner), u.Event.Sitting, u.Event.Pos
	if err := hold(tx, u.Event.Learner); err != nil {
		return err
	}
	d := straight(tx)
	if _, err := appendEvent(d, u.Event, u.Stand, nil); err != nil {
		return err
	}
	for _, c := range u.Cards {
		if err := restoreCard(d, c, u.Last.Seq); err != nil {
			return err
		}
	}
	if err := reopen(d, who, sitting, pos, u.Last.Seq); err != nil {
		return err
	}
	return addTally(d, u.Event.Learner, u.Tally)
}

// restoreCard puts a card as it was before the event, if that event fed it last.
func restoreCard(tx direct, c study.Card, fed int64) error {
	if c.Seq == 0 {
		return tx.moves(`DELETE FROM card WHERE learner = ? AND fact = ? AND seq = ?`, int64(c.Learner), int64(c.Fact), fed)
	}
	return resetCard(tx, c, c.Seq, fed)
}

// reopen opens the item again and takes back the question that was added when
// it was missed, unless that has been answered, which an undo must take first.
func reopen(tx direct, who int64, sitting, pos int, seq int64) error {
	err := tx.moves(`UPDATE item SET state = ?, tried = '', token = '', seq = 0, credit = 0, verdict = ''
		WHERE learner = ? AND sitting = ? AND pos = ? AND seq = ?`, string(quiz.Open), who, sitting, pos, seq)
	if err != nil {
		return err
	}
	added, err := tx.exec(`DELETE FROM item WHERE learner = ? AND sitting = ? AND again = 1 AND state <> ? AND pos > ?
		AND question = (SELECT question FROM item o WHERE o.learner = ? AND o.sitting = ? AND o.pos = ?)`,
		who, sitting, string(quiz.Closed), pos, who, sitting, pos)
	if err != nil {
		return err
	}
	return tx.moves(`UPDATE sitting SET closed = closed - 1, count = count - ?, finished = 0 WHERE learner = ? AND n = ?`,
		added, who, sitting)
}
