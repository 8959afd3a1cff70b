package db

import (
	"context"
	"database/sql"
	"time"

	"gorm.io/gorm"

	"thaw/app/fault"
	"thaw/app/people"
	"thaw/app/quiz"
	"thaw/questions"
)

// Work keeps what is given to classes to do.
type Work struct{ *DB }

var _ quiz.AssignStore = Work{}

const assignColumns = `a.class, a.n, a.kind, a.title, a.topics, a.questions, a.draw, a.shuffle, a.mix, a.reveal, a.minutes, a.days, a.tries, a.counts,
	a.opens, a.due, a.late, a.made, a.tags, c.name, c.zone,
	COALESCE((SELECT STRING_AGG(CAST(g.bank AS TEXT), ',' ORDER BY g.bank) FROM class_bank g JOIN bank b ON b.id = g.bank AND b.gone = 0 WHERE g.class = c.id), '')`

// begunColumn counts the sittings of an assignment.
const begunColumn = `, (SELECT COUNT(*) FROM sitting s WHERE s.class = a.class AND s.assignment = a.n AND s.assignment <> 0)`

type assignRow struct {
	quiz.Assignment
	topics, questions      string
	tags                   string
	shuffle, mix           int64
	opens, due, late, when int64
	banks                  string
}

func (r *assignRow) into() []any {
	return []any{&r.Class, &r.N, &r.Kind, &r.Title, &r.topics, &r.questions, &r.Draw, &r.shuffle, &r.mix, &r.Reveal, &r.Minutes, &r.Days, &r.Tries, &r.Counts,
		&r.opens, &r.due, &r.late, &r.when, &r.tags, &r.Name, &r.Zone, &r.banks}
}

func (r assignRow) assignment() quiz.Assignment {
	a := r.Assignment
	a.Topics, a.Questions = unlist[questions.TopicID](r.topics), unlist[questions.QuestionID](r.questions)
	a.Tags = unlist[string](r.tags)
	a.Banks = unlist[questions.BankID]("[" + r.banks + "]")
	a.Shuffle, a.Mix, a.Late = r.shuffle != 0, r.mix != 0, r.late != 0
	a.Opens, a.Due, a.Made = at(r.opens), at(r.due), at(r.when)
	return a
}

// Assignments implements quiz.AssignStore.
func (s Work) Assignments(ctx context.Context, teacher questions.LearnerID, class questions.ClassID) ([]quiz.Assignment, error) {
	if _, err := Class(s).head(ctx, teacher, class); err != nil {
		return nil, err
	}
	return s.assignments(ctx, `a.class = ? ORDER BY a.n DESC`, int64(class))
}

// Earlier implements quiz.AssignStore.
func (s Work) Earlier(ctx context.Context, teacher questions.LearnerID, most int) ([]quiz.Assignment, error) {
	return s.assignments(ctx, taught+` ORDER BY a.made DESC, a.class, a.n DESC LIMIT ?`, int64(teacher), most)
}

// Assignment implements quiz.AssignStore.
func (s Work) Assignment(ctx context.Context, teacher questions.LearnerID, class questions.ClassID, n int) (quiz.Assignment, error) {
	list, err := s.assignments(ctx, `a.class = ? AND a.n = ? AND `+taught, int64(class), n, int64(teacher))
	if err == nil && len(list) == 0 {
		err = missing()
	}
	if err != nil {
		return quiz.Assignment{}, err
	}
	return list[0], nil
}

func (s Work) assignments(ctx context.Context, where string, args ...any) (list []quiz.Assignment, err error) {
	err = straight(s.reader(ctx)).each(`SELECT `+assignColumns+begunColumn+` FROM assignment a JOIN class c ON c.id = a.class
		WHERE a.gone = 0 AND `+where, args, func(rows *sql.Rows) error {
		var r assignRow
		err := rows.Scan(append(r.into(), &r.Begun)...)
		list = append(list, r.assignment())
		return err
	})
	return list, err
}

// head is a class that the teacher has, without its banks.
func (s Class) head(ctx context.Context, teacher questions.LearnerID, id questions.ClassID) (people.Class, error) {
	var row classRow
	err := one(s.reader(ctx).Raw(`SELECT `+classColumns+` FROM class c WHERE c.id = ? AND `+taught, int64(id), int64(teacher)), &row)
	return row.class(), err
}

// Assign implements quiz.AssignStore.
func (s Work) Assign(ctx context.Context, teacher questions.LearnerID, a quiz.Assignment, token string) (n int, err error) {
	err = s.write(ctx, func(tx *gorm.DB) error {
		if err := holdClass(tx, a.Class); err != nil {
			return err
		}
		n = 0
		var row struct{ Had, Next int }
		err := one(tx.Raw(`SELECT COALESCE((SELECT a.n FROM assignment a WHERE a.class = c.id AND a.token = ?), 0) AS had,
				COALESCE((SELECT MAX(a.n) FROM assignment a WHERE a.class = c.id), 0) + 1 AS next
			FROM class c WHERE c.id = ? AND `+taught, token, int64(a.Class), int64(teacher)), &row)
		if err != nil || row.Had > 0 {
			n = row.Had
			return err
		}
		n = row.Next
		err = tx.Exec(`INSERT INTO assignment (class, n, kind, title, topics, questions, draw, shuffle, mix, reveal, minutes, days, tries, counts, opens, due, late, tags, made, token)
			VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`, append([]any{int64(a.Class), n, string(a.Kind)}, append(assigned(a), ms(a.Made), token)...)...).Error
		if err != nil {
			return err
		}
		return giveDates(straight(tx), int64(a.Class), 0)
	})
	return n, err
}

// assigned is what can be changed of an assignment until somebody has begun.
func assigned(a quiz.Assignment) []any {
	return []any{a.Title, list(a.Topics), list(a.Questions), a.Draw, bit(a.Shuffle), bit(a.Mix), string(a.Reveal), a.Minutes, a.Days, a.Tries,
		string(a.Counts), ms(a.Opens), ms(a.Due), bit(a.Late), list(a.Tags)}
}

// Reassign implements quiz.AssignStore.
func (s Work) Reassign(ctx context.Context, teacher questions.LearnerID, a quiz.Assignment) error {
	const mine = ` WHERE a.class = ? AND a.n = ? AND a.gone = 0 AND EXISTS (SELECT 1 FROM class c WHERE c.id = a.class AND ` + taught + `)`
	key := []any{int64(a.Class), a.N, int64(teacher)}
	return s.write(ctx, func(tx *gorm.DB) error {
		if err := holdClass(tx, a.Class); err != nil {
			return err
		}
		whole := tx.Exec(`UPDATE assignment AS a SET title = ?, topics = ?, questions = ?, draw = ?, shuffle = ?, mix = ?, reveal = ?, minutes = ?, days = ?,
			tries = ?, counts = ?, opens = ?, due = ?, late = ?, tags = ?`+mine+` AND NOT EXISTS (SELECT 1 FROM sitting s WHERE s.class = a.class AND s.assignment = a.n AND s.assignment <> 0)`,
			append(assigned(a), key...)...)
		if whole.Error != nil {
			return whole.Error
		}
		if whole.RowsAffected > 0 {
			return moveDates(straight(tx), a)
		}
		return changed(tx.Exec(`UPDATE assignment AS a SET title = ?, opens = ?, due = ?`+mine, append([]any{a.Title, ms(a.Opens), ms(a.Due)}, key...)...))
	})
}

// giveDates puts the exams that a class has been given among those of its pupils, or of one
// of them, that do not have them yet.
func giveDates(d direct, class, who int64) error {
	_, err := d.exec(`INSERT INTO exam (learner, n, title, at, topics, token, class, assignment)
		SELECT m.learner, COALESCE((SELECT MAX(x.n) FROM exam x WHERE x.learner = m.learner), 0) + ROW_NUMBER() OVER (PARTITION BY m.learner ORDER BY a.n),
			a.title, a.due, a.topics, '', a.class, a.n
		FROM assignment a JOIN member m ON m.class = a.class AND m.role = 'pupil' AND m.gone = 0
		WHERE a.class = ? AND a.kind = 'exam' AND a.gone = 0 AND (CAST(? AS BIGINT) = 0 OR m.learner = ?)
			AND NOT EXISTS (SELECT 1 FROM exam x WHERE x.learner = m.learner AND x.class = a.class AND x.assignment = a.n)`, class, who, who)
	return err
}

// moveDates changes an exam that was given where it stands among those of pupils.
func moveDates(d direct, a quiz.Assignment) error {
	_, err := d.exec(`UPDATE exam SET foretold = CASE WHEN at = ? THEN foretold ELSE 0 END, title = ?, at = ?, topics = ? WHERE class = ? AND assignment = ? AND assignment <> 0`,
		ms(a.Due), a.Title, ms(a.Due), list(a.Topics), int64(a.Class), a.N)
	return err
}

// Unassign implements quiz.AssignStore.
func (s Work) Unassign(ctx context.Context, teacher questions.LearnerID, class questions.ClassID, n int, now time.Time) error {
	return s.write(ctx, func(tx *gorm.DB) error {
		err := changed(tx.Exec(`UPDATE assignment AS a SET gone = ? WHERE a.class = ? AND a.n = ? AND a.gone = 0 AND EXISTS (SELECT 1 FROM class c WHERE c.id = a.class AND `+taught+`)`,
			ms(now), int64(class), n, int64(teacher)))
		if err != nil {
			return err
		}
		return tx.Exec(`DELETE FROM exam WHERE class = ? AND assignment = ? AND assignment <> 0`, int64(class), n).Error
	})
}

// tryColumns are a sitting of an assignment with what it is worth, nulls where there is
// none.
const tryColumns = `COALESCE(s.assignment, 0), COALESCE(s.n, 0), COALESCE(s.started, 0), COALESCE(s.handed, 0), COALESCE(s.finished, 0), COALESCE(` + endsOf + `, 0), COALESCE(s.count, 0),
	(SELECT COUNT(*) FROM item i WHERE i.learner = s.learner AND i.sitting = s.n AND (i.state = 'given' OR i.seq <> 0)),
	CASE WHEN s.finished = 0 THEN 0 ELSE (SELECT COUNT(*) ` + counted + `) END,
	CASE WHEN s.finished = 0 THEN 0.0 ELSE (SELECT COALESCE(SUM(i.credit), 0.0) ` + counted + `) END`

type tryRow struct {
	quiz.Try
	started, handed, finished, ends int64
	of                              *int
	points                          *float64
}

func (r *tryRow) into() []any {
	return []any{&r.Assignment, &r.Sitting, &r.started, &r.handed, &r.finished, &r.ends, &r.Count, &r.Given, &r.of, &r.points}
}

// add puts the try at the end of a list, if there is one.
func (r tryRow) add(tries []quiz.Try) []quiz.Try {
	if r.Sitting == 0 {
		return tries
	}
	t := r.Try
	t.Started, t.Handed, t.Finished, t.Ends = at(r.started), at(r.handed), at(r.finished), at(r.ends)
	if r.of != nil && r.points != nil {
		t.Of, t.Points = *r.of, *r.points
	}
	return append(tries, t)
}

// Taken implements quiz.AssignStore.
func (s Work) Taken(ctx context.Context, teacher questions.LearnerID, class questions.ClassID, n int) (list []quiz.Taker, err error) {
	err = straight(s.reader(ctx)).each(`SELECT m.n, m.learner, m.name, m.joined, `+tryColumns+`,
			CASE WHEN CAST(? AS BIGINT) = 0 THEN 0 ELSE (SELECT COALESCE(SUM(e.took), 0) FROM item i JOIN event e ON e.learner = i.learner AND e.seq = i.seq WHERE i.learner = s.learner AND i.sitting = s.n) END
		FROM class c JOIN member m ON m.class = c.id AND m.role = 'pupil' AND m.gone = 0
		LEFT JOIN sitting s ON s.learner = m.learner AND s.class = c.id AND s.assignment <> 0 AND s.started >= m.joined AND (CAST(? AS BIGINT) = 0 OR s.assignment = ?)
		WHERE c.id = ? AND `+taught+` ORDER BY m.folded, m.n, s.n`, []any{n, n, n, int64(class), int64(teacher)}, func(rows *sql.Rows) error {
		taker := quiz.Taker{Member: people.Member{Class: class, Role: people.Pupil}}
		var joined int64
		var t tryRow
		var took int64
		err := rows.Scan(append(append([]any{&taker.N, &taker.Learner, &taker.Name, &joined}, t.into()...), &took)...)
		t.Took = time.Duration(took) * time.Millisecond
		if n := len(list); n == 0 || list[n-1].N != taker.N {
			taker.Joined = at(joined)
			list = append(list, taker)
		}
		last := &list[len(list)-1]
		last.Tries = t.add(last.Tries)
		return err
	})
	return list, err
}

// Ended implements quiz.AssignStore.
func (s Work) Ended(ctx context.Context, now time.Time, most int) (list []quiz.Sitting, err error) {
	err = straight(s.reader(ctx)).each(`SELECT s.learner, s.n FROM sitting s WHERE s.assignment <> 0 AND s.finished = 0
			AND CASE WHEN s.handed <> 0 THEN `+heldOf+` <= ? ELSE `+endsOf+` BETWEEN 1 AND ? END
		ORDER BY s.learner, s.n LIMIT ?`, []any{ms(now), ms(now), most}, func(rows *sql.Rows) error {
		var one quiz.Sitting
		err := rows.Scan(&one.Learner, &one.N)
		list = append(list, one)
		return err
	})
	return list, err
}

// Hold implements quiz.AssignStore.
func (s Work) Hold(ctx context.Context, who questions.LearnerID, n int, when time.Time) error {
	return s.write(ctx, func(tx *gorm.DB) error {
		if err := hold(tx, who); err != nil {
			return err
		}
		return tx.Exec(`UPDATE sitting SET handed = ? WHERE learner = ? AND n = ? AND handed = 0 AND finished = 0`, ms(when), int64(who), n).Error
	})
}

// Studied implements quiz.AssignStore.
func (s Work) Studied(ctx context.Context, class questions.ClassID, since time.Time) (list []quiz.Studied, err error) {
	err = straight(s.reader(ctx)).each(`WITH `+given+` SELECT e.learner, e.seq, e.at, e.day, e.took, k.fact, `+fineColumn+answersFrom+answersWhere+`
		AND e.at >= ? AND k.verdict <> 'void' ORDER BY e.learner, e.seq, k.part`, []any{int64(class), int64(class), ms(since)}, func(rows *sql.Rows) error {
		var one quiz.Studied
		var when, took, right int64
		err := rows.Scan(&one.Pupil, &one.Seq, &when, &one.Day, &took, &one.Fact, &right)
		one.At, one.Took, one.Right = at(when), time.Duration(took)*time.Millisecond, right != 0
		list = append(list, one)
		return err
	})
	return list, err
}

// fineColumn tells whether a mark is right, and evidence.
const fineColumn = `CASE WHEN e.what = 'answer' AND k.verdict IN ('right', 'slip') THEN 1 ELSE 0 END`

// beginAssigned is the open try of a learner at an assignment, 0 for none; it refuses one
// more than there are tries, and what is not the learner's to do.
func beginAssigned(d direct, s quiz.Sitting) (open int, err error) {
	var tries, used, going int
	err = d.row(`SELECT a.tries, COUNT(s.n), COALESCE(MAX(CASE WHEN s.finished = 0 AND s.handed = 0 THEN s.n ELSE 0 END), 0)
		FROM assignment a JOIN class c ON c.id = a.class AND c.archived = 0 JOIN member m ON m.class = c.id AND m.learner = ? AND m.role = 'pupil' AND m.gone = 0
		LEFT JOIN sitting s ON s.learner = m.learner AND s.class = a.class AND s.assignment = a.n AND s.assignment <> 0
		WHERE a.class = ? AND a.n = ? AND a.gone = 0 GROUP BY a.class, a.n, a.tries`, []any{int64(s.Learner), int64(s.Class), s.Assignment}, &tries, &used, &going)
	if err == nil && going == 0 && tries > 0 && used >= tries {
		err = fault.New(fault.Conflict, "fault.assign_tries")
	}
	return going, err
}
