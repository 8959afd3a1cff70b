package db

import (
	"context"
	"database/sql"
	"time"

	"thaw/app/fsrs"
	"thaw/app/report"
	"thaw/app/study"
	"thaw/questions"
)

// mixed counts marks in which one name stood for another, either way, of events that stand.
const mixed = `SELECT ` + mixedColumns + `
	FROM event e JOIN mark k ON k.learner = e.learner AND k.seq = e.seq JOIN question q ON q.id = e.question`

const mixedColumns = `q.bank, ` + lesser + `, ` + greater + `, COUNT(*), SUM(CASE WHEN k.asked < k.given THEN 1 ELSE 0 END),
	COUNT(DISTINCT e.learner), MAX(e.at)`

const (
	lesser  = `CASE WHEN k.asked < k.given THEN k.asked ELSE k.given END`
	greater = `CASE WHEN k.asked < k.given THEN k.given ELSE k.asked END`
	mixedUp = ` AND k.asked <> 0 AND k.given <> 0 AND k.asked <> k.given AND k.verdict = 'wrong' AND ` + standing + ` GROUP BY q.bank, ` + lesser + `, ` + greater
)

// mixedBy is a learner's, found from the marks: few of them name two names, and CROSS JOIN
// makes SQLite look up the events of those alone.
const mixedBy = `
	FROM mark k CROSS JOIN event e JOIN question q ON q.id = e.question
	WHERE k.learner = ? AND e.learner = k.learner AND e.seq = k.seq AND e.at >= ?` + mixedUp

// Mixed implements report.Store.
func (s Study) Mixed(ctx context.Context, who questions.LearnerID, since time.Time) ([]report.Mixed, error) {
	return mixedOf(straight(s.reader(ctx)), `SELECT `+mixedColumns+mixedBy, int64(who), ms(since))
}

// Mixed implements report.ClassStore.
func (s Class) Mixed(ctx context.Context, class questions.ClassID, since time.Time) ([]report.Mixed, error) {
	return mixedOf(straight(s.reader(ctx)), mixed+` JOIN member m ON m.learner = e.learner AND e.at >= m.joined
		WHERE m.class = ? AND m.role = 'pupil' AND m.gone = 0 AND e.at >= ? AND q.bank IN (SELECT g.bank FROM class_bank g WHERE g.class = m.class)`+mixedUp,
		int64(class), ms(since))
}

// Lately implements report.Store: a row for each day, then one for each pair of names.
func (s Study) Lately(ctx context.Context, who questions.LearnerID, since fsrs.Day, from time.Time) (days []study.Tally, pairs []report.Mixed, err error) {
	err = straight(s.reader(ctx)).each(`SELECT 0 AS pair, day, answers, met, right_n, reviews, recalled, expected, took FROM rollup WHERE learner = ? AND day >= ?
		UNION ALL SELECT 1, `+mixedColumns+`, 0`+mixedBy+` ORDER BY 1, 2, 3, 4`,
		[]any{int64(who), int64(since), int64(who), ms(from)}, func(rows *sql.Rows) error {
			var pair int
			var v [8]int64
			err := rows.Scan(&pair, &v[0], &v[1], &v[2], &v[3], &v[4], &v[5], &v[6], &v[7])
			if pair == 1 {
				pairs = append(pairs, report.Mixed{Bank: questions.BankID(v[0]), A: questions.EntityID(v[1]), B: questions.EntityID(v[2]),
					N: int(v[3]), AtoB: int(v[4]), Learners: int(v[5]), Last: at(v[6])})
				return err
			}
			days = append(days, study.Tally{Day: day(v[0]), Answers: int(v[1]), Met: int(v[2]), Right: int(v[3]), Reviews: int(v[4]),
				Recalled: int(v[5]), Expected: int(v[6]), Took: time.Duration(v[7]) * time.Millisecond})
			return err
		})
	return days, pairs, err
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
