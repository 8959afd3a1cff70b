package db

import (
	"context"
	"database/sql"
	"time"

	"thaw/app/people"
	"thaw/app/report"
	"thaw/questions"
)

var _ report.LensStore = Class{}

// Lensed implements report.LensStore.
func (s Class) Lensed(ctx context.Context, who people.Person, id questions.QuestionID) (report.Lensed, error) {
	var row struct {
		Bank         bankRow `gorm:"embedded"`
		Q            headRow `gorm:"embedded;embeddedPrefix:q_"`
		Edits, Rules int
	}
	err := one(s.reader(ctx).Raw(`SELECT * FROM (SELECT b.id, b.slug, b.title, b.lang, b.about, b.source, b.built_in, b.revision, b.owner, b.copied,
			q.id AS q_id, q.bank AS q_bank, q.topic AS q_topic, q.slug AS q_slug, q.kind AS q_kind, q.state AS q_state, q.latest AS q_latest,
			CASE WHEN `+editedBy(`?`, `?`)+` THEN 1 ELSE 0 END AS edits,
			(SELECT COUNT(*) FROM class_bank g JOIN class c ON c.id = g.class WHERE g.bank = b.id AND `+taught+`) AS teaches,
			(SELECT COUNT(*) FROM class_bank g JOIN class c ON c.id = g.class WHERE g.bank = b.id AND c.archived = 0 AND `+taught+`) AS rules
		FROM question q JOIN bank b ON b.id = q.bank AND b.gone = 0 WHERE q.id = ?) f WHERE edits = 1 OR teaches > 0`,
		append(editor(who), int64(who.ID), int64(who.ID), int64(id))...), &row)
	return report.Lensed{Bank: row.Bank.bank(), Head: row.Q.head(), Edits: row.Edits != 0, Rules: row.Rules != 0}, err
}

// pool are the pupils of banks whose answers a person sees, each with when they joined the
// first of the classes. It takes the banks, the person, whether that is an administrator,
// and how many.
func pool(banks int) string {
	return `pool AS MATERIALIZED (
		SELECT m.learner, g.bank, MIN(m.joined) AS joined
		FROM class_bank g JOIN bank b ON b.id = g.bank AND b.gone = 0 JOIN class c ON c.id = g.class
			JOIN member m ON m.class = g.class AND m.role = 'pupil' AND m.gone = 0
		WHERE g.bank IN ` + places(banks) + ` AND (` + taught + ` OR b.built_in = 1 AND ? = 1)
		GROUP BY m.learner, g.bank ORDER BY joined DESC, m.learner, g.bank LIMIT ?)`
}

// earliest is the first answer by time and number, as one number (see Firsts). Before the
// pupil joined it is below zero, and so what is left of it is the number of no event.
const earliest = `MIN((e.at - p.joined) * 4194304 + e.seq)`

// Attempts implements report.LensStore.
func (s Class) Attempts(ctx context.Context, who people.Person, banks []questions.BankID, closely questions.QuestionID) (map[questions.BankID][]report.Attempt, error) {
	var args []any
	for _, b := range banks {
		args = append(args, int64(b))
	}
	args = append(append(args, editor(who)...), report.Pool, int64(closely), int64(closely))
	found := lensRows{}
	err := straight(s.reader(ctx)).each(`WITH `+pool(len(banks))+`, earliest AS MATERIALIZED (
			SELECT p.bank, e.learner, `+earliest+` AS place
			FROM pool p JOIN event e ON e.learner = p.learner AND e.what IN ('answer', 'practice')
				JOIN question q ON q.id = e.question AND q.bank = p.bank AND (q.state = 'live' OR q.id = ?)
			WHERE `+standing+`
			GROUP BY p.bank, e.learner, e.question)
		SELECT f.bank, e.learner, e.question, e.version, CASE WHEN `+picked+` THEN e.ord ELSE '' END,
			CASE WHEN `+picked+` OR q.id = ? THEN e.response ELSE '' END, e.took, e.sure, k.part,
			(SELECT COUNT(*) FROM mark n WHERE n.learner = e.learner AND n.seq = e.seq) AS parts, k.credit, k.verdict, k.guess
		FROM earliest f JOIN event e ON e.learner = f.learner AND e.seq = f.place % 4194304 AND e.what = 'answer'
			JOIN mark k ON k.learner = e.learner AND k.seq = e.seq AND k.verdict <> 'void' AND k.guess < 1
			JOIN question q ON q.id = e.question
		ORDER BY f.bank, e.learner, e.question, k.part`, args, found.add)
	return found, err
}

// picked tells kinds whose answer is picked from options.
const picked = `q.kind IN ('choice', 'several', 'truth')`

// lensRows are the attempts read so far, by bank.
type lensRows map[questions.BankID][]report.Attempt

// add reads one mark: of a new attempt, or one more of the last.
func (found lensRows) add(rows *sql.Rows) error {
	var a report.Attempt
	var bank questions.BankID
	var order, response string
	var took int64
	var sure, part, parts int
	var verdict questions.Verdict
	if err := rows.Scan(&bank, &a.Learner, &a.Ref.Question, &a.Ref.Version, &order, &response, &took, &sure, &part, &parts, &a.Credit, &verdict, &a.Guess); err != nil {
		return err
	}
	list := found[bank]
	if n := len(list); n > 0 && list[n-1].Learner == a.Learner && list[n-1].Ref == a.Ref {
		last := &list[n-1]
		last.Credit, last.Guess = last.Credit+a.Credit/float64(parts), last.Guess*a.Guess
		last.Missed = missed(last.Missed, part, verdict)
		return nil
	}
	a.Order, a.Response, a.Took, a.Sure = unlist[int](order), unlist[string](response), time.Duration(took)*time.Millisecond, sure != 0
	a.Credit, a.Missed = a.Credit/float64(parts), missed(nil, part, verdict)
	found[bank] = append(list, a)
	return nil
}

// missed adds a part that is not right.
func missed(list []int, part int, verdict questions.Verdict) []int {
	if verdict.Fine() {
		return list
	}
	return append(list, part)
}
