package db

import (
	"context"
	"database/sql"
	"time"

	"thaw/app/report"
	"thaw/questions"
)

// mixed counts marks in which one name stood for another, either way, of events that stand.
const mixed = `SELECT q.bank, ` + lesser + `, ` + greater + `, COUNT(*), SUM(CASE WHEN k.asked < k.given THEN 1 ELSE 0 END),
	COUNT(DISTINCT e.learner), MAX(e.at)
	FROM event e JOIN mark k ON k.learner = e.learner AND k.seq = e.seq JOIN question q ON q.id = e.question`

const (
	lesser  = `CASE WHEN k.asked < k.given THEN k.asked ELSE k.given END`
	greater = `CASE WHEN k.asked < k.given THEN k.given ELSE k.asked END`
	mixedUp = ` AND k.asked <> 0 AND k.given <> 0 AND k.asked <> k.given AND k.verdict = 'wrong' AND ` + standing + ` GROUP BY q.bank, ` + lesser + `, ` + greater
)

// Mixed implements report.Store.
func (s Study) Mixed(ctx context.Context, who questions.LearnerID, since time.Time) ([]report.Mixed, error) {
	return mixedOf(straight(s.reader(ctx)), mixed+` WHERE e.learner = ? AND e.at >= ?`+mixedUp, int64(who), ms(since))
}

// Mixed implements report.ClassStore.
func (s Class) Mixed(ctx context.Context, class questions.ClassID, since time.Time) ([]report.Mixed, error) {
	return mixedOf(straight(s.reader(ctx)), mixed+` JOIN member m ON m.learner = e.learner AND e.at >= m.joined
		WHERE m.class = ? AND m.role = 'pupil' AND m.gone = 0 AND e.at >= ? AND q.bank IN (SELECT g.bank FROM class_bank g WHERE g.class = m.class)`+mixedUp,
		int64(class), ms(since))
}

func mixedOf(d direct, query string, args ...any) (list []report.Mixed, err error) {
	err = d.each(query, args, func(rows *sql.Rows) error {
		var m report.Mixed
		var last int64
		err := rows.Scan(&m.Bank, &m.A, &m.B, &m.N, &m.AtoB, &m.Learners, &last)
		m.Last = at(last)
		list = append(list, m)
		return err
	})
	return list, err
}
