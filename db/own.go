package db

import (
	"context"
	"database/sql"

	"thaw/app/report"
	"thaw/app/study"
	"thaw/questions"
)

const sat = `SELECT ` + sittingColumns + `, ` + itemColumns + `, b.title, t.title, v.prompt, COALESCE(c.seq, 0), COALESCE(c.part, 0), COALESCE(c.why, ''), COALESCE(c.given, ''),
		COALESCE(c.words, ''), COALESCE(c.at, 0), COALESCE(c.state, ''), COALESCE(c.reply, '')
	FROM sitting s JOIN item i ON i.learner = s.learner AND i.sitting = s.n
	JOIN question q ON q.id = i.question JOIN version v ON v.question = i.question AND v.n = i.version
	JOIN bank b ON b.id = q.bank JOIN topic t ON t.id = q.topic
	LEFT JOIN (SELECT k.seq, k.part, k.why, k.given, k.words, k.at, k.state, k.reply, e.sitting, e.pos
		FROM contest k JOIN event e ON e.learner = k.learner AND e.seq = k.seq WHERE k.learner = ?) c ON c.sitting = i.sitting AND c.pos = i.pos
	WHERE s.learner = ? ORDER BY s.n, i.pos, c.seq, c.part`

// Sat implements report.Store.
func (s Study) Sat(ctx context.Context, who questions.LearnerID) (report.Sat, error) {
	all := report.Sat{Asked: map[questions.Ref]report.Wording{}}
	err := straight(s.reader(ctx)).each(sat, []any{int64(who), int64(who)}, func(rows *sql.Rows) error {
		var head sittingRow
		var item itemRow
		var w report.Wording
		var made int64
		c := study.Contest{Learner: who}
		into := append(append(head.into(), item.into()...), &w.Bank, &w.Topic, &w.Text, &c.Seq, &c.Part, &c.Why, &c.Given, &c.Words, &made, &c.State, &c.Reply)
		if err := rows.Scan(into...); err != nil {
			return err
		}
		if n := len(all.Sittings); n == 0 || all.Sittings[n-1].N != head.N {
			all.Sittings = append(all.Sittings, head.sitting(who))
		}
		last := &all.Sittings[len(all.Sittings)-1]
		if n := len(last.Items); n == 0 || last.Items[n-1].Pos != item.Pos {
			last.Items = append(last.Items, item.item())
		}
		it := &last.Items[len(last.Items)-1]
		all.Asked[it.Ref] = w
		if c.Seq != 0 {
			c.At, c.Ref, c.Pos = at(made), it.Ref, it.Pos
			it.Said = append(it.Said, c)
		}
		return nil
	})
	return all, err
}
