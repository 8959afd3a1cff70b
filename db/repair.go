package db

import (
	"context"
	"database/sql"
	"slices"
	"time"

	"gorm.io/gorm"

	"thaw/app/people"
	"thaw/app/repair"
	"thaw/app/study"
	"thaw/questions"
)

// Repair keeps what learners contest and teachers rule.
type Repair struct{ *DB }

var _ repair.Store = Repair{}

// Contest implements repair.Store.
func (s Repair) Contest(ctx context.Context, c study.Contest) error {
	return orphaned(s.write(ctx, func(tx *gorm.DB) error {
		_, err := straight(tx).exec(`INSERT INTO contest (learner, seq, part, why, question, version, given, folded, words, at, state)
			VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'open') ON CONFLICT DO NOTHING`, int64(c.Learner), c.Seq, c.Part, string(c.Why),
			int64(c.Ref.Question), c.Ref.Version, c.Given, questions.Fold(c.Given), c.Words, ms(c.At))
		return err
	}))
}

const contestColumns = `c.learner, c.seq, c.part, c.why, c.question, c.version, c.given, c.words, c.at, c.state, c.reply, e.pos`

func intoContest(c *study.Contest, when *int64) []any {
	return []any{&c.Learner, &c.Seq, &c.Part, &c.Why, &c.Ref.Question, &c.Ref.Version, &c.Given, &c.Words, when, &c.State, &c.Reply, &c.Pos}
}

// editedBy keeps banks that a person edits: the owner, and of a built-in one the
// administrator. It takes the person and whether that is one.
func editedBy(who, admin string) string {
	return `(b.gone = 0 AND (b.owner = ` + who + ` AND b.owner <> 0 OR b.built_in = 1 AND ` + admin + ` = 1))`
}

// waitsFor are the contests that may wait for a person: edits for an editor of the
// question, heard in the class of the person's in which the answer was given, by a pupil
// of it, to a question of a bank given to it. Of who is leaving nothing waits.
func waitsFor(who, admin string) string {
	return `SELECT ` + contestColumns + `, c.folded, q.bank, q.latest, CASE WHEN ` + editedBy(who, admin) + ` THEN 1 ELSE 0 END AS edits,
			CASE WHEN c.part = 0 THEN 0 ELSE COALESCE((SELECT MIN(k.id) FROM member t JOIN class k ON k.id = t.class AND k.archived = 0
				JOIN member m ON m.class = t.class AND m.learner = c.learner AND m.role = 'pupil' AND m.gone = 0 AND m.joined <= e.at
				JOIN class_bank g ON g.class = t.class AND g.bank = q.bank
			WHERE t.learner = ` + who + ` AND t.role = 'teacher' AND t.gone = 0), 0) END AS heard
		FROM contest c JOIN event e ON e.learner = c.learner AND e.seq = c.seq JOIN question q ON q.id = c.question JOIN bank b ON b.id = q.bank
		WHERE c.state = 'open' AND (SELECT y.goes FROM learner y WHERE y.id = c.learner) = 0 AND ` + standing
}

// rowsWaiting counts, for the learner l, the rows of a teacher's inbox.
var rowsWaiting = `CASE WHEN l.role IN ('teacher', 'admin') THEN (SELECT COUNT(*) FROM (SELECT DISTINCT question, part, why, folded
	FROM (` + waitsFor("l.id", "CASE WHEN l.role = 'admin' THEN 1 ELSE 0 END") + `) w WHERE edits = 1 OR heard <> 0) r) ELSE 0 END`

func editor(who people.Person) []any {
	return []any{int64(who.ID), bit(who.Role == people.Admin)}
}

// mostOpen is how many contests are looked at together.
const mostOpen = 20000

// Open implements repair.Store.
func (s Repair) Open(ctx context.Context, who people.Person, class questions.ClassID) (list []repair.Waiting, err error) {
	args := append(editor(who), int64(who.ID), int64(class), int64(class), mostOpen)
	err = straight(s.reader(ctx)).each(`SELECT * FROM (`+waitsFor(`?`, `?`)+`) w WHERE (edits = 1 OR heard <> 0) AND (? = 0 OR `+fromClass+`) ORDER BY at DESC, learner, seq, part LIMIT ?`, args, func(rows *sql.Rows) error {
		var w repair.Waiting
		var when int64
		var folded string
		err := rows.Scan(append(intoContest(&w.Contest, &when), &folded, &w.Bank, &w.Latest, &w.Edits, &w.Class)...)
		w.At = at(when)
		list = append(list, w)
		return err
	})
	return list, err
}

// Reject implements repair.Store.
func (s Repair) Reject(ctx context.Context, who people.Person, r repair.RowID, reply string, now time.Time) (n int, err error) {
	args := append([]any{reply, ms(now)}, editor(who)...)
	args = append(args, int64(who.ID), int64(r.Question), r.Part, string(r.Why), r.Folded)
	err = s.write(ctx, func(tx *gorm.DB) error {
		done, err := straight(tx).exec(`UPDATE contest SET state = 'rejected', reply = ?, answered = ? WHERE (learner, seq, part) IN (
			SELECT learner, seq, part FROM (`+waitsFor(`?`, `?`)+`) w WHERE (edits = 1 OR heard <> 0) AND question = ? AND part = ? AND why = ? AND folded = ?)`, args...)
		n = int(done)
		return err
	})
	return n, err
}

// Answered implements repair.Store.
func (s Repair) Answered(ctx context.Context, ids []questions.QuestionID, classes []questions.ClassID) ([]repair.Answered, error) {
	args := make([]any, len(ids))
	for i, id := range ids {
		args[i] = int64(id)
	}
	in := places(len(ids))
	where := `e.learner IN (SELECT l.id FROM learner l WHERE ` + met(in) + `) AND e.question IN ` + in + ` AND e.what IN ('answer', 'practice') AND ` + standing
	if len(classes) > 0 {
		where += ` AND EXISTS (SELECT 1 FROM member m WHERE m.class IN ` + places(len(classes)) + ` AND m.learner = e.learner AND m.role = 'pupil' AND m.gone = 0 AND m.joined <= e.at)`
	}
	q := s.reader(ctx)
	found, err := pasts(q, where, slices.Concat(args, args, args, args, classArgs(classes))...)
	if err != nil {
		return nil, err
	}
	all, own, err := rulingsOn(straight(q), args)
	list := make([]repair.Answered, len(found))
	for i, p := range found {
		list[i] = repair.Answered{Past: p, Rulings: merged(all, own[p.Learner])}
	}
	return list, err
}

func classArgs(classes []questions.ClassID) (args []any) {
	for _, c := range classes {
		args = append(args, int64(c))
	}
	return args
}

// rulingsOn loads the rulings in force on questions: those for everybody, and by learner.
func rulingsOn(d direct, ids []any) (all []study.Ruling, own map[questions.LearnerID][]study.Ruling, err error) {
	own = map[questions.LearnerID][]study.Ruling{}
	err = d.each(`SELECT r.id, r.at, r.decision, r.bank, d.question, d.until, COALESCE(j.since, 0), r.part, r.fact, r.entity, r.texts, COALESCE(j.learner, 0)
		FROM ruled d JOIN ruling r ON r.id = d.ruling LEFT JOIN judged j ON j.ruling = r.id AND r.classes <> 0
		WHERE r.undone = 0 AND d.question IN `+places(len(ids))+` ORDER BY r.id, d.question`, ids, func(rows *sql.Rows) error {
		var who questions.LearnerID
		r, err := scanRuling(rows, &who)
		if who == 0 {
			all = append(all, r)
		} else {
			own[who] = append(own[who], r)
		}
		return err
	})
	return all, own, err
}

// merged joins two lists of rulings in their order.
func merged(a, b []study.Ruling) []study.Ruling {
	if len(b) == 0 {
		return a
	}
	var list []study.Ruling
	for len(a)+len(b) > 0 {
		if len(b) == 0 || len(a) > 0 && a[0].ID <= b[0].ID {
			list, a = append(list, a[0]), a[1:]
		} else {
			list, b = append(list, b[0]), b[1:]
		}
	}
	return list
}

// Asking implements repair.Store.
func (s Repair) Asking(ctx context.Context, id questions.BankID, name questions.EntityID) (ids []questions.QuestionID, err error) {
	err = s.reader(ctx).Raw(`SELECT DISTINCT q.id FROM question q JOIN answer a ON a.question = q.id
		WHERE q.bank = ? AND a.entity = ? AND a.credit = 1 ORDER BY q.id`, int64(id), int64(name)).Scan(&ids).Error
	return ids, err
}
