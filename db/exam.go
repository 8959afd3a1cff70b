package db

import (
	"context"
	"database/sql"
	"time"

	"gorm.io/gorm"

	"thaw/app/fault"
	"thaw/app/study"
	"thaw/questions"
)

var _ study.CoachStore = Study{}

// Exams implements study.ExamStore.
func (s Study) Exams(ctx context.Context, who questions.LearnerID) (exams []study.Exam, p study.Prices, err error) {
	var byDay string
	err = straight(s.reader(ctx)).each(`SELECT COALESCE(p.day, 0), COALESCE(p.by_day, ''),
			e.n, e.title, e.at, e.topics, e.later, e.foretold, e.facts, e.mean, e.low, e.high, e.sure, e.told, e.score, e.out_of
		FROM exam e LEFT JOIN price p ON p.learner = e.learner WHERE e.learner = ? ORDER BY e.at, e.n`, []any{int64(who)}, func(rows *sql.Rows) error {
		e := study.Exam{Learner: who}
		var when, foretold, told int64
		var topics string
		f := &e.Foretold.Forecast
		err := rows.Scan(&p.Day, &byDay, &e.N, &e.Title, &when, &topics, &e.Later, &foretold, &f.N, &f.Mean, &f.Low, &f.High, &f.Sure,
			&told, &e.Result.Right, &e.Result.Of)
		e.At, e.Topics, e.Result.Told, e.Foretold.Made = at(when), unlist[questions.TopicID](topics), told != 0, at(foretold)
		exams = append(exams, e)
		return err
	})
	p.ByDay = unlist[float64](byDay)
	return exams, p, err
}

// AddExam implements study.ExamStore.
func (s Study) AddExam(ctx context.Context, e study.Exam, token string) (n int, err error) {
	err = s.write(ctx, func(tx *gorm.DB) error {
		if err := hold(tx, e.Learner); err != nil {
			return err
		}
		n, err = addExam(straight(tx), e, token)
		return err
	})
	return n, err
}

func addExam(d direct, e study.Exam, token string) (int, error) {
	who := int64(e.Learner)
	before, err := d.number(`SELECT COALESCE(MAX(n), 0) FROM exam WHERE learner = ? AND token = ?`, who, token)
	if err != nil || before > 0 {
		return int(before), err
	}
	have, err := d.number(`SELECT COUNT(*) FROM exam WHERE learner = ?`, who)
	if err != nil {
		return 0, err
	}
	if have >= study.MaxExams {
		return 0, fault.New(fault.Conflict, "fault.exams", study.MaxExams)
	}
	n, err := d.number(`SELECT COALESCE(MAX(n), 0) + 1 FROM exam WHERE learner = ?`, who)
	if err != nil {
		return 0, err
	}
	_, err = d.exec(`INSERT INTO exam (learner, n, title, at, topics, token) VALUES (?, ?, ?, ?, ?, ?)`,
		who, n, e.Title, ms(e.At), list(e.Topics), token)
	return int(n), err
}

// SetExam implements study.ExamStore.
func (s Study) SetExam(ctx context.Context, e study.Exam) error {
	return s.write(ctx, func(tx *gorm.DB) error {
		n, err := straight(tx).exec(`UPDATE exam SET foretold = CASE WHEN at = ? THEN foretold ELSE 0 END,
			title = ?, at = ?, topics = ?, later = ?, told = ?, score = ?, out_of = ? WHERE learner = ? AND n = ?`,
			ms(e.At), e.Title, ms(e.At), list(e.Topics), string(e.Later), bit(e.Result.Told), e.Result.Right, e.Result.Of, int64(e.Learner), e.N)
		if err == nil && n == 0 {
			return missing()
		}
		return err
	})
}

// DropExam implements study.ExamStore.
func (s Study) DropExam(ctx context.Context, who questions.LearnerID, n int) error {
	return s.write(ctx, func(tx *gorm.DB) error {
		return changed(tx.Exec(`DELETE FROM exam WHERE learner = ? AND n = ?`, int64(who), n))
	})
}

// Foretell implements study.ExamStore.
func (s Study) Foretell(ctx context.Context, e study.Exam) error {
	f := e.Foretold
	return s.write(ctx, func(tx *gorm.DB) error {
		_, err := straight(tx).exec(`UPDATE exam SET foretold = ?, facts = ?, mean = ?, low = ?, high = ?, sure = ? WHERE learner = ? AND n = ? AND at = ?`,
			ms(f.Made), f.N, f.Mean, f.Low, f.High, f.Sure, int64(e.Learner), e.N, ms(e.At))
		return err
	})
}

// Preparing implements study.ExamStore.
func (s Study) Preparing(ctx context.Context, from, to time.Time) ([]questions.LearnerID, error) {
	var ids []questions.LearnerID
	err := s.reader(ctx).Raw(`SELECT DISTINCT learner FROM exam WHERE at > ? AND at <= ? ORDER BY learner`, ms(from), ms(to)).Scan(&ids).Error
	return ids, err
}

// SetPrices implements study.ExamStore.
func (s Study) SetPrices(ctx context.Context, who questions.LearnerID, p study.Prices) error {
	return s.write(ctx, func(tx *gorm.DB) error {
		_, err := straight(tx).exec(`INSERT INTO price (learner, day, by_day) VALUES (?, ?, ?)
			ON CONFLICT (learner) DO UPDATE SET day = excluded.day, by_day = excluded.by_day`, int64(who), p.Day, list(p.ByDay))
		return orphaned(err)
	})
}
