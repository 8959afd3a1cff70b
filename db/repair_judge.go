package db

import (
	"context"
	"database/sql"
	"errors"

	"gorm.io/gorm"

	"thaw/app/quiz"
	"thaw/app/study"
	"thaw/questions"
)

// standOf is what a decision about a learner, and perhaps a question, stands on.
func standOf(d direct, who questions.LearnerID, question questions.QuestionID) (on study.Stand, err error) {
	err = d.row(`SELECT COALESCE((SELECT judged FROM learner WHERE id = ?), 0), COALESCE((SELECT ruled FROM question WHERE id = ?), 0)`,
		[]any{int64(who), int64(question)}, &on.Judged, &on.Ruled)
	return on, err
}

// Rulings implements study.Store.
func (s Study) Rulings(ctx context.Context, who questions.LearnerID, question questions.QuestionID) ([]study.Ruling, study.Stand, error) {
	return rulingsOf(s.reader(ctx), who, question)
}

// Rulings implements quiz.Store.
func (s Quiz) Rulings(ctx context.Context, who questions.LearnerID, question questions.QuestionID) ([]study.Ruling, study.Stand, error) {
	return rulingsOf(s.reader(ctx), who, question)
}

// rulingsOf loads what a decision stands on first, so that what is made meanwhile is seen.
func rulingsOf(q *gorm.DB, who questions.LearnerID, question questions.QuestionID) ([]study.Ruling, study.Stand, error) {
	d := straight(q)
	on, err := standOf(d, who, question)
	if err != nil || question != 0 && on.Ruled == 0 {
		return nil, on, err
	}
	list, err := rulings(d, who, question)
	return list, on, err
}

// rulings loads those in force that reach a learner, on one question or, with 0, on all.
// One for a class reaches those who were its pupils then.
func rulings(d direct, who questions.LearnerID, question questions.QuestionID) (list []study.Ruling, err error) {
	about, args := ``, []any{int64(who)}
	if question != 0 {
		about, args = ` AND d.question = ?`, append(args, int64(question))
	}
	err = d.each(`SELECT r.id, r.at, r.decision, r.bank, d.question, d.until, COALESCE(j.since, 0), r.part, r.fact, r.entity, r.texts
		FROM ruled d JOIN ruling r ON r.id = d.ruling LEFT JOIN judged j ON j.ruling = r.id AND j.learner = ? AND r.classes <> 0
		WHERE r.undone = 0 AND (r.classes = 0 OR j.learner IS NOT NULL)`+about+` ORDER BY r.id, d.question`, args, func(rows *sql.Rows) error {
		r, err := scanRuling(rows)
		list = append(list, r)
		return err
	})
	return list, err
}

// Rejudge implements repair.Store.
func (s Repair) Rejudge(ctx context.Context, r study.Rejudged, done questions.RulingID) error {
	return raced(s.write(ctx, func(tx *gorm.DB) error {
		err := rejudge(tx, r)
		if err == nil && done != 0 {
			err = judged(straight(tx), r.Learner, done)
		}
		return err
	}))
}

// judged notes that a ruling has reached a learner.
func judged(d direct, who questions.LearnerID, by questions.RulingID) error {
	_, err := d.exec(`INSERT INTO judged (ruling, learner, since, done) VALUES (?, ?, 0, 1) ON CONFLICT (ruling, learner) DO UPDATE SET done = 1`, int64(by), int64(who))
	return err
}

func rejudge(tx *gorm.DB, r study.Rejudged) error {
	if err := hold(tx, r.Learner); err != nil {
		return err
	}
	d, who := straight(tx), int64(r.Learner)
	newest, err := d.number(`SELECT COALESCE(MAX(seq), 0) FROM event WHERE learner = ?`, who)
	if err != nil {
		return err
	}
	on, err := standOf(d, r.Learner, 0)
	if err != nil {
		return err
	}
	if newest != r.Last || on.Judged != r.Stand.Judged {
		return quiz.ErrMoved
	}
	if r.Event.What != "" {
		if _, err := appendEvent(d, r.Event, on, nil); err != nil {
			return err
		}
	}
	if err := d.moves(`UPDATE learner SET judged = judged + 1 WHERE id = ?`, who); err != nil {
		return err
	}
	return errors.Join(remark(d, who, r), reempty(d, who), rerule(d, who, r.Ruled), recard(d, r), reday(d, r))
}

const markAgain = `UPDATE mark SET credit = ?, verdict = ?, canonical = ?, reason = ?, given = ?, asked = ?, guess = ?, self = ?, recall = ?, stability = ?, elapsed = ?, graded = ?
	WHERE learner = ? AND seq = ? AND part = ?`

// remark puts marks, and the results of their items and sittings.
func remark(d direct, who int64, r study.Rejudged) error {
	for _, p := range r.Marks {
		for _, m := range p.Marks {
			err := d.moves(markAgain, m.Credit, string(m.Verdict), m.Canonical, list(append([]string{m.Reason.Code}, m.Reason.Args...)), int64(m.Given), int64(m.Asked),
				m.Guess, m.Self, m.Recall, m.Stability, m.Elapsed, graded(m.Graded), who, p.Seq, m.Part)
			if err != nil {
				return err
			}
		}
		credit, verdict := questions.Worth(study.Plain(p.Marks))
		if err := answerContests(d, who, p); err != nil {
			return err
		}
		_, err := d.exec(`UPDATE item SET credit = ?, verdict = ? WHERE learner = ? AND sitting = ? AND pos = ? AND seq = ?`,
			credit, string(verdict), who, p.Sitting, p.Pos, p.Seq)
		if err != nil {
			return err
		}
	}
	return nil
}

// reempty puts the results of the items that were left empty: where their question is
// retired they count as it says.
func reempty(d direct, who int64) error {
	_, err := d.exec(`UPDATE item SET credit = CASE `+retired+` WHEN 'point' THEN 1 ELSE 0 END,
			verdict = CASE `+retired+` WHEN 'point' THEN 'right' WHEN 'leave' THEN 'void' ELSE 'wrong' END
		WHERE learner = ? AND state = 'closed' AND seq = 0`, who)
	return err
}

// retired is the decision of the last ruling that says what becomes of an item left empty.
const retired = `COALESCE((SELECT r.decision FROM ruled d JOIN ruling r ON r.id = d.ruling
		LEFT JOIN judged j ON j.ruling = r.id AND j.learner = item.learner AND r.classes <> 0
		WHERE d.question = item.question AND r.undone = 0 AND r.decision <> 'accept' AND (d.until = 0 OR item.version <= d.until)
			AND (r.classes = 0 OR j.since <= (SELECT s.finished FROM sitting s WHERE s.learner = item.learner AND s.n = item.sitting))
		ORDER BY r.id DESC LIMIT 1), '')`

// rerule puts which sittings say that their result was changed.
func rerule(d direct, who int64, ruled map[int]questions.RulingID) error {
	were := map[int]questions.RulingID{}
	err := d.each(`SELECT n, ruled FROM sitting WHERE learner = ? AND ruled <> 0`, []any{who}, func(rows *sql.Rows) error {
		var n int
		var by questions.RulingID
		err := rows.Scan(&n, &by)
		were[n] = by
		return err
	})
	for n := range were {
		if _, ok := ruled[n]; !ok && err == nil {
			_, err = d.exec(`UPDATE sitting SET ruled = 0 WHERE learner = ? AND n = ?`, who, n)
		}
	}
	for n, by := range ruled {
		if were[n] != by && err == nil {
			_, err = d.exec(`UPDATE sitting SET ruled = ? WHERE learner = ? AND n = ?`, int64(by), who, n)
		}
	}
	return err
}

// answerContests accepts what a learner has contested where it is right by now, or left
// out, and opens it again where it no longer is.
func answerContests(d direct, who int64, p study.Past) error {
	for _, m := range p.Marks {
		change := `UPDATE contest SET state = 'open' WHERE state = 'accepted'`
		if m.Verdict.Fine() || m.Verdict == questions.Void {
			change = `UPDATE contest SET state = 'accepted' WHERE state <> 'accepted'`
		}
		if _, err := d.exec(change+` AND learner = ? AND seq = ? AND part = ?`, who, p.Seq, m.Part); err != nil {
			return err
		}
	}
	return nil
}

// recard puts cards, whatever they were.
func recard(d direct, r study.Rejudged) error {
	gone := r.Gone
	for _, c := range r.Cards {
		gone = append(gone[:len(gone):len(gone)], c.Fact)
	}
	for _, f := range gone {
		if _, err := d.exec(`DELETE FROM card WHERE learner = ? AND fact = ?`, int64(r.Learner), int64(f)); err != nil {
			return err
		}
	}
	for _, c := range r.Cards {
		if err := newCard(d, c, c.Seq); err != nil {
			return err
		}
	}
	return nil
}

// reday puts the roll-ups of days.
func reday(d direct, r study.Rejudged) error {
	for _, t := range r.Days {
		err := d.moves(`UPDATE rollup SET answers = ?, met = ?, right_n = ?, reviews = ?, recalled = ?, expected = ?, took = ? WHERE learner = ? AND day = ?`,
			t.Answers, t.Met, t.Right, t.Reviews, t.Recalled, t.Expected, t.Took.Milliseconds(), int64(r.Learner), int64(t.Day))
		if err != nil {
			return err
		}
	}
	return nil
}

// Pasts implements repair.Store.
func (s Repair) Pasts(ctx context.Context, who questions.LearnerID) ([]study.Past, error) {
	return Study(s).Pasts(ctx, who)
}

// Rulings implements repair.Store.
func (s Repair) Rulings(ctx context.Context, who questions.LearnerID, question questions.QuestionID) ([]study.Ruling, study.Stand, error) {
	return rulingsOf(s.reader(ctx), who, question)
}

// Turn implements repair.Store.
func (s Repair) Turn(ctx context.Context, who questions.LearnerID, sitting, pos int) (quiz.Turn, error) {
	return Quiz(s).Turn(ctx, who, sitting, pos)
}

// met are the learners l who have a memory of what some questions ask for, or whom a
// ruling on them has reached: who has answered one of them is among them, and no index on
// the questions of events is needed, which every answer would pay for. Who left one of them
// empty is on a list of its own. It takes the questions, as a list of values or a query,
// three times.
func met(questions string) string {
	return `(EXISTS (SELECT 1 FROM card c WHERE c.learner = l.id AND c.fact IN (SELECT a.fact FROM answer a WHERE a.fact <> 0 AND a.question IN ` + questions + `))
		OR EXISTS (SELECT 1 FROM item i WHERE i.learner = l.id AND i.state = 'closed' AND i.seq = 0 AND i.question IN ` + questions + `)
		OR EXISTS (SELECT 1 FROM judged j JOIN ruled d ON d.ruling = j.ruling WHERE j.learner = l.id AND d.question IN ` + questions + `))`
}

// enlist puts whoever has answered the ruling's questions on its list.
func enlist(d direct, id int64) error {
	_, err := d.exec(`INSERT INTO judged (ruling, learner, since, done) SELECT CAST(? AS BIGINT), l.id, 0, 0 FROM learner l
		WHERE `+met(`(SELECT x.question FROM ruled x WHERE x.ruling = ?)`)+` ON CONFLICT (ruling, learner) DO NOTHING`, id, id, id, id)
	return err
}

// noteRuled puts who answers a question on the lists of the rulings by which the answer
// was judged: where it says nothing of memory, nothing else would tell.
func noteRuled(d direct, who questions.LearnerID, question questions.QuestionID) error {
	_, err := d.exec(`INSERT INTO judged (ruling, learner, since, done) SELECT r.id, CAST(? AS BIGINT), 0, 1 FROM ruled d JOIN ruling r ON r.id = d.ruling
		WHERE d.question = ? AND r.classes = 0 AND r.undone = 0 ON CONFLICT (ruling, learner) DO NOTHING`, int64(who), int64(question))
	return err
}

// Pending implements repair.Store.
func (s Repair) Pending(ctx context.Context, id questions.RulingID, limit int) (who []questions.LearnerID, err error) {
	err = s.reader(ctx).Raw(`SELECT learner FROM judged WHERE ruling = ? AND done = 0 ORDER BY learner LIMIT ?`, int64(id), limit).Scan(&who).Error
	return who, err
}

// Left implements repair.Store.
func (s Repair) Left(ctx context.Context, who questions.LearnerID) (ids []questions.RulingID, err error) {
	err = s.reader(ctx).Raw(`SELECT ruling FROM judged WHERE learner = ? AND done = 0 ORDER BY ruling`, int64(who)).Scan(&ids).Error
	return ids, err
}

// Unfinished implements repair.Store.
func (s Repair) Unfinished(ctx context.Context) (ids []questions.RulingID, err error) {
	err = s.reader(ctx).Raw(`SELECT id FROM ruling WHERE finished = 0 UNION SELECT ruling FROM judged WHERE done = 0 ORDER BY 1`).Scan(&ids).Error
	return ids, err
}
