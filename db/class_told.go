package db

import (
	"context"
	"database/sql"
	"slices"

	"thaw/app/people"
	"thaw/app/quiz"
	"thaw/app/study"
	"thaw/questions"
)

// Told implements report.ClassStore. Each mark comes with the item that it closed, if
// something was foretold of that and its fact was not answered before the pupil joined.
func (s Class) Told(ctx context.Context, m people.Member) (past []study.Past, sittings []quiz.Sitting, err error) {
	id := int64(m.Class)
	tales := map[int]*tale{}
	err = straight(s.reader(ctx)).each(`WITH `+given+`, before AS MATERIALIZED (
			SELECT DISTINCT k.fact FROM member m JOIN event e ON e.learner = m.learner AND e.at < m.joined AND e.what = 'answer'
				JOIN mark k ON k.learner = e.learner AND k.seq = e.seq
			WHERE m.class = ? AND m.n = ?)
		SELECT `+answerColumns+`, k.given, k.asked, COALESCE(i.pos, 0), COALESCE(i.facts, ''), COALESCE(i.credit, 0), COALESCE(i.chance, 0),
			COALESCE(s.n, 0), COALESCE(s.started, 0), COALESCE(s.finished, 0), COALESCE(s.foretold, 0), COALESCE(s.mean, 0), COALESCE(s.low, 0),
			COALESCE(s.high, 0), COALESCE(s.sure, 0), COALESCE(s.unanswered, 0)`+answersFrom+`
		LEFT JOIN item i ON i.learner = e.learner AND i.sitting = e.sitting AND i.pos = e.pos AND i.seq = e.seq AND i.chance > 0
			AND k.fact NOT IN (SELECT fact FROM before)
		LEFT JOIN sitting s ON s.learner = i.learner AND s.n = i.sitting AND s.started >= m.joined AND s.finished <> 0`+
		answersWhere+` AND m.n = ? ORDER BY e.learner, e.seq, k.part`, []any{id, id, m.N, id, m.N}, func(rows *sql.Rows) error {
		var t toldRow
		var item itemRow
		var head sittingRow
		err := rows.Scan(append(t.into(), &t.mark.Given, &t.mark.Asked, &item.Pos, &item.Facts, &item.Credit, &item.Chance,
			&head.N, &head.Started, &head.Finished, &head.Foretold, &head.Mean, &head.Low, &head.High, &head.Sure, &head.Unanswered)...)
		past = t.add(past)
		if head.N > 0 {
			tell(tales, head.sitting(m.Learner), item.item(), t.mark.Fact)
		}
		return err
	})
	for _, t := range tales {
		if t.whole() {
			t.sitting.Foretold.Right = t.sitting.RightForetold()
			sittings = append(sittings, t.sitting)
		}
	}
	slices.SortFunc(sittings, func(a, b quiz.Sitting) int { return b.N - a.N })
	return past, sittings, err
}

// tale is what may be told of a sitting: items of which something was foretold, and their
// facts.
type tale struct {
	sitting quiz.Sitting
	facts   map[askedFact]bool
}

type askedFact struct {
	pos  int
	fact questions.FactID
}

// tell adds a fact of an item to what may be told of its sitting.
func tell(tales map[int]*tale, s quiz.Sitting, it quiz.Item, fact questions.FactID) {
	t := tales[s.N]
	if t == nil {
		t = &tale{s, map[askedFact]bool{}}
		tales[s.N] = t
	}
	t.facts[askedFact{it.Pos, fact}] = true
	if !slices.ContainsFunc(t.sitting.Items, func(have quiz.Item) bool { return have.Pos == it.Pos }) {
		it.State = quiz.Closed
		t.sitting.Items = append(t.sitting.Items, it)
	}
}

// whole tells whether all may be told of which something was foretold.
func (t *tale) whole() bool {
	facts := 0
	for _, it := range t.sitting.Items {
		facts += len(it.Facts)
	}
	return len(t.sitting.Items) == t.sitting.Foretold.N && facts == len(t.facts)
}
