package db

import (
	"context"

	"gorm.io/gorm"

	"thaw/app/fsrs"
	"thaw/app/quiz"
	"thaw/app/study"
	"thaw/questions"
)

var _ study.FitStore = Study{}

// Unfitted implements study.FitStore.
func (s Study) Unfitted(ctx context.Context, first, limit int) ([]questions.LearnerID, error) {
	var ids []questions.LearnerID
	err := s.reader(ctx).Raw(`SELECT r.learner FROM rollup r LEFT JOIN fit f ON f.learner = r.learner
		GROUP BY r.learner, f.reviews HAVING SUM(r.reviews) >= CAST(? AS BIGINT) AND SUM(r.reviews) * 5 >= COALESCE(f.reviews, 0) * 6
		ORDER BY r.learner LIMIT ?`, first, limit).Scan(&ids).Error
	return ids, err
}

// Fitted implements study.FitStore.
func (s Study) Fitted(ctx context.Context, f study.Fitted) error {
	return raced(s.write(ctx, func(tx *gorm.DB) error { return fitted(tx, f) }))
}

func fitted(tx *gorm.DB, f study.Fitted) error {
	who := f.Event.Learner
	if err := hold(tx, who); err != nil {
		return err
	}
	d := straight(tx)
	newest, err := d.number(`SELECT COALESCE(MAX(seq), 0) FROM event WHERE learner = ?`, int64(who))
	if err != nil {
		return err
	}
	on, err := standOf(d, who, 0)
	if err != nil {
		return err
	}
	if newest != f.Last || on != f.Stand {
		return quiz.ErrMoved
	}
	adopted := int64(0)
	if f.Better {
		if adopted, err = adopt(d, f); err != nil {
			return err
		}
	}
	_, err = d.exec(`INSERT INTO fit (learner, at, reviews, tested, before, after, was, adopted) VALUES (?, ?, ?, ?, ?, ?, ?, ?)
		ON CONFLICT (learner) DO UPDATE SET at = excluded.at, reviews = excluded.reviews, tested = excluded.tested,
			before = excluded.before, after = excluded.after, was = excluded.was, adopted = excluded.adopted`,
		int64(who), ms(f.Event.At), f.Reviews, f.Tested, f.Before, f.After, list(f.Was[:]), adopted)
	return err
}

// adopt appends the event and puts all cards as the whole past makes them with
// the weights.
func adopt(d direct, f study.Fitted) (seq int64, err error) {
	who := f.Event.Learner
	if seq, err = appendEvent(d, f.Event, f.Stand, nil); err != nil {
		return 0, err
	}
	if err := putWeights(d, who, f.Weights, seq); err != nil {
		return 0, err
	}
	if _, err := d.exec(`DELETE FROM card WHERE learner = ?`, int64(who)); err != nil {
		return 0, err
	}
	for _, card := range f.Cards {
		if err := newCard(d, card, card.Seq); err != nil {
			return 0, err
		}
	}
	return seq, nil
}

func putWeights(d direct, who questions.LearnerID, w fsrs.Weights, adopted int64) error {
	text := ""
	if adopted != 0 {
		text = list(w[:])
	}
	_, err := d.exec(`UPDATE learner SET weights = ?, adopted = ? WHERE id = ?`, text, adopted, int64(who))
	return err
}

// Fit implements report.Store.
func (s Study) Fit(ctx context.Context, who questions.LearnerID) (study.Fit, error) {
	var f study.Fit
	var when, adopted int64
	var was string
	err := straight(s.reader(ctx)).row(`SELECT at, reviews, tested, before, after, was, adopted FROM fit WHERE learner = ?`,
		[]any{int64(who)}, &when, &f.Reviews, &f.Tested, &f.Before, &f.After, &was, &adopted)
	f.At, f.Was, f.Better = at(when), weightsOf(was), adopted != 0
	return f, err
}
