package db

import (
	"context"
	"time"

	"gorm.io/gorm"

	"thaw/app/fsrs"
	"thaw/app/report"
	"thaw/app/study"
	"thaw/questions"
)

// Study keeps evidence and what follows from it.
type Study struct{ *DB }

var (
	_ study.Store  = Study{}
	_ report.Store = Study{}
)

// Pasts implements study.Store.
func (s Study) Pasts(ctx context.Context, who questions.LearnerID) ([]study.Past, error) {
	return pasts(s.reader(ctx), `e.learner = ?`, int64(who))
}

// Handled implements report.Store.
func (s Study) Handled(ctx context.Context, who questions.LearnerID, facts []questions.FactID) ([]study.Past, error) {
	args, fed := []any{int64(who), string(study.Suspend), string(study.Bury), string(study.Star)}, ``
	if len(facts) > 0 {
		args, fed = append(args, string(study.Answer)), ` OR e.what = ? AND EXISTS (SELECT 1 FROM mark f WHERE f.learner = e.learner AND f.seq = e.seq AND f.fact IN `+places(len(facts))+`) AND `+standing
	}
	for _, f := range facts {
		args = append(args, int64(f))
	}
	return pasts(s.reader(ctx), `e.learner = ? AND (e.what IN (?, ?, ?)`+fed+`)`, args...)
}

// Learners implements study.Store.
func (s Study) Learners(ctx context.Context) ([]questions.LearnerID, error) {
	var ids []questions.LearnerID
	err := s.reader(ctx).Raw(`SELECT DISTINCT learner FROM event ORDER BY learner`).Scan(&ids).Error
	return ids, err
}

// Cards implements study.Store and report.Store.
func (s Study) Cards(ctx context.Context, who questions.LearnerID) ([]study.Card, error) {
	return cards(s.reader(ctx), `learner = ?`, int64(who))
}

// Days implements report.Store.
func (s Study) Days(ctx context.Context, who questions.LearnerID, since fsrs.Day) ([]study.Tally, error) {
	return tallies(s.reader(ctx), who, since)
}

func tallies(q *gorm.DB, who questions.LearnerID, since fsrs.Day) ([]study.Tally, error) {
	var rows []struct {
		Day                                               int64
		Answers, Met, RightN, Reviews, Recalled, Expected int
		Took                                              int64
	}
	err := q.Raw(`SELECT day, answers, met, right_n, reviews, recalled, expected, took FROM rollup
		WHERE learner = ? AND day >= ? ORDER BY day`, int64(who), int64(since)).Scan(&rows).Error
	days := make([]study.Tally, len(rows))
	for i, r := range rows {
		days[i] = study.Tally{Day: day(r.Day), Answers: r.Answers, Met: r.Met, Right: r.RightN, Reviews: r.Reviews,
			Recalled: r.Recalled, Expected: r.Expected, Took: time.Duration(r.Took) * time.Millisecond}
	}
	return days, err
}
