package db

import (
	"context"
	"database/sql"
	"strconv"
	"strings"
	"time"

	"thaw/app/bank"
	"thaw/app/people"
	"thaw/app/report"
	"thaw/app/study"
	"thaw/questions"
)

var _ report.ClassStore = Class{}

// given are the facts of the banks given to a class: those that their live
// questions ask for, as loadFacts has them. It takes the class once.
const given = `given AS MATERIALIZED (
	SELECT DISTINCT a.fact AS id FROM class_bank g JOIN bank b ON b.id = g.bank AND b.gone = 0
		JOIN question q ON q.bank = g.bank AND q.state = 'live' JOIN answer a ON a.question = q.id AND a.version = q.latest
	WHERE g.class = ? AND a.fact <> 0)`

// older are the pupils' facts that were answered before they joined. It takes
// the class once.
const older = `older AS MATERIALIZED (
	SELECT k.learner, k.fact FROM member m
		JOIN event e ON e.learner = m.learner AND e.at < m.joined AND e.what = 'answer'
		JOIN mark k ON k.learner = e.learner AND k.seq = e.seq
	WHERE m.class = ? AND m.role = 'pupil' AND m.gone = 0)`

// fromClass keeps contests w that a pupil of a class made of an answer given there, to a
// question of a bank given to it. It takes the class.
const fromClass = `EXISTS (SELECT 1 FROM member m JOIN class_bank g ON g.class = m.class AND g.bank = w.bank
	JOIN event e ON e.learner = m.learner AND e.seq = w.seq AND e.at >= m.joined
	WHERE m.class = ? AND m.learner = w.learner AND m.role = 'pupil' AND m.gone = 0)`

// waiting counts the rows of a teacher's inbox that come from a class. It takes the
// teacher, whether that is an administrator, the teacher and the class.
var waiting = `waiting AS MATERIALIZED (
	SELECT COALESCE(SUM(CASE WHEN part > 0 THEN 1 ELSE 0 END), 0) AS rights, COALESCE(SUM(CASE WHEN part = 0 THEN 1 ELSE 0 END), 0) AS reports
	FROM (SELECT DISTINCT question, part, why, folded FROM (` + waitsFor(`?`, `?`) + `) w WHERE (edits = 1 OR heard <> 0) AND ` + fromClass + `) r)`

// Roll implements report.ClassStore.
func (s Class) Roll(ctx context.Context, teacher people.Person, class questions.ClassID) (report.Roll, error) {
	var rows []struct {
		Row             classRow `gorm:"embedded"`
		Facts           int
		Open            string
		N               int
		Member          int64
		Called          string
		Joined, Claimed int64
		Rights, Reports int
	}
	id, who := int64(class), int64(teacher.ID)
	args := append([]any{id}, editor(teacher)...)
	err := s.reader(ctx).Raw(`WITH `+given+`, `+waiting+` SELECT `+classColumns+`, (SELECT COUNT(*) FROM given) AS facts,
			COALESCE((SELECT STRING_AGG(b.id || ':' || b.revision, ' ' ORDER BY b.id) FROM class_bank g JOIN bank b ON b.id = g.bank AND b.gone = 0
				WHERE g.class = c.id), '') AS open,
			COALESCE(m.n, 0) AS n, COALESCE(m.learner, 0) AS member, COALESCE(m.name, '') AS called, COALESCE(m.joined, 0) AS joined,
			COALESCE(m.claimed, 0) AS claimed, (SELECT rights FROM waiting) AS rights, (SELECT reports FROM waiting) AS reports
		FROM class c LEFT JOIN member m ON m.class = c.id AND m.role = 'pupil' AND m.gone = 0
		WHERE c.id = ? AND `+taught+` ORDER BY m.folded, m.n`, append(args, who, id, id, who)...).Scan(&rows).Error
	if err != nil {
		return report.Roll{}, err
	}
	if len(rows) == 0 {
		return report.Roll{}, missing()
	}
	head := rows[0]
	roll := report.Roll{Class: head.Row.class(), Facts: head.Facts, Open: opened(head.Open), Free: map[questions.LearnerID]bool{},
		Rights: head.Rights, Reports: head.Reports}
	for _, r := range rows {
		if r.N > 0 {
			roll.Pupils = append(roll.Pupils, memberRow{r.Row.ID, r.N, r.Member, string(people.Pupil), r.Called, r.Joined}.member())
		}
		if r.N > 0 && r.Claimed == 0 {
			roll.Free[questions.LearnerID(r.Member)] = true
		}
	}
	return roll, nil
}

// opened reads banks with their revisions: 3:17 5:2.
func opened(list string) (open []bank.Open) {
	for _, one := range strings.Fields(list) {
		id, revision, _ := strings.Cut(one, ":")
		b, _ := strconv.ParseInt(id, 10, 64) // written by the query
		r, _ := strconv.Atoi(revision)
		open = append(open, bank.Open{ID: questions.BankID(b), Revision: r})
	}
	return open
}

// Firsts implements report.ClassStore. An answer's time and number, as one number
// that orders like the two, make the first one the least of its group: a window
// over all answers would sort them, which takes four times as long. What is left
// of the deleted stands under no learner.
func (s Class) Firsts(ctx context.Context, class questions.ClassID) ([]report.First, map[questions.QuestionID]report.Remains, error) {
	var firsts []report.First
	left := map[questions.QuestionID]report.Remains{}
	id := int64(class)
	err := straight(s.reader(ctx)).each(`WITH `+given+`, told AS (
			SELECT e.learner, e.question, MIN((e.at - m.joined) * 4194304 + e.seq) % 4194304 AS seq, COUNT(*) AS answers, MAX(e.day) AS last
			FROM member m JOIN event e ON e.learner = m.learner AND e.at >= m.joined AND e.what IN ('answer', 'practice')
			WHERE m.class = ? AND m.role = 'pupil' AND m.gone = 0 AND `+standing+`
				AND EXISTS (SELECT 1 FROM mark k WHERE k.learner = e.learner AND k.seq = e.seq AND k.fact IN (SELECT id FROM given) AND k.verdict <> 'void')
			GROUP BY e.learner, e.question)
		SELECT t.learner, t.question, q.kind, q.latest,
			CASE WHEN q.state = 'live' AND q.bank IN (SELECT g.bank FROM class_bank g WHERE g.class = ?) THEN 1 ELSE 0 END,
			e.version, CASE WHEN q.kind = 'choice' THEN e.ord ELSE '' END, CASE WHEN q.kind = 'choice' THEN e.response ELSE '' END,
			CASE WHEN EXISTS (SELECT 1 FROM mark k WHERE k.learner = t.learner AND k.seq = t.seq AND k.verdict NOT IN ('right', 'slip')) THEN 0 ELSE 1 END,
			e.sure, t.answers, t.last
		FROM told t JOIN event e ON e.learner = t.learner AND e.seq = t.seq JOIN question q ON q.id = t.question
		UNION ALL SELECT 0, m.question, '', 0, 0, 0, '', '', m.right_n, 0, m.firsts, 0 FROM remain m WHERE m.class = ?
		ORDER BY 1, 2`, []any{id, id, id, id}, func(rows *sql.Rows) error {
		var f report.First
		var here, right, sure int
		var order, response string
		err := rows.Scan(&f.Pupil, &f.Question, &f.Kind, &f.Latest, &here, &f.Version, &order, &response, &right, &sure, &f.Answers, &f.Last)
		if f.Pupil == 0 {
			left[f.Question] = report.Remains{Of: f.Answers, Right: right}
			return err
		}
		if f.Given, f.Right, f.Sure = here != 0, right != 0, sure != 0; !f.Right {
			f.Order, f.Response = unlist[int](order), unlist[string](response)
		}
		firsts = append(firsts, f)
		return err
	})
	return firsts, left, err
}

// answersOf selects what pupils have answered since they joined; a condition on
// members follows. It takes the class after given's.
const answersOf = `SELECT ` + answerColumns + answersFrom + answersWhere

const (
	answerColumns = `e.learner, e.seq, e.at, e.day, e.zone, e.what, e.took, k.part, k.fact, k.credit, k.verdict, k.guess, k.self`
	answersFrom   = ` FROM member m JOIN event e ON e.learner = m.learner AND e.at >= m.joined AND e.what IN ('answer', 'practice')
		JOIN mark k ON k.learner = e.learner AND k.seq = e.seq`
	answersWhere = ` WHERE m.class = ? AND m.role = 'pupil' AND m.gone = 0 AND k.fact IN (SELECT id FROM given) AND ` + standing
)

// Held implements report.ClassStore. Cards come as answers without a number: one query
// for both. PostgreSQL guesses few pairs in older and would go through all answers for each
// of them; a table made first stops it, and is made only where something is older.
func (s Class) Held(ctx context.Context, class questions.ClassID) (cards []study.Card, past []study.Past, err error) {
	id := int64(class)
	err = straight(s.reader(ctx)).each(`WITH `+given+`, `+older+`,
			told AS MATERIALIZED (`+answersOf+` AND e.what = 'answer' AND EXISTS (SELECT 1 FROM older))
		SELECT c.learner, 0 AS seq, c.last AS at, 0 AS day, '' AS zone, '' AS what, 0 AS took, 0 AS part, c.fact, c.stability AS credit, '' AS verdict,
			c.difficulty AS guess, 0 AS self
		FROM member m JOIN card c ON c.learner = m.learner AND c.last >= m.joined
		WHERE m.class = ? AND m.role = 'pupil' AND m.gone = 0 AND c.fact IN (SELECT id FROM given)
			AND (c.learner, c.fact) NOT IN (SELECT learner, fact FROM older)
		UNION ALL SELECT * FROM told WHERE (learner, fact) IN (SELECT learner, fact FROM older)
		ORDER BY learner, seq, part, fact`, []any{id, id, id, id}, func(rows *sql.Rows) error {
		var t toldRow
		if err := rows.Scan(t.into()...); err != nil {
			return err
		}
		if t.event.Seq > 0 {
			past = t.add(past)
			return nil
		}
		c := study.Card{Learner: t.event.Learner, Fact: t.mark.Fact}
		c.Stability, c.Difficulty, c.Last = t.mark.Credit, t.mark.Guess, at(t.when)
		cards = append(cards, c)
		return nil
	})
	return cards, past, err
}

// toldRow is a mark of an answer.
type toldRow struct {
	event      study.Event
	mark       study.Mark
	when, took int64
}

func (t *toldRow) into() []any {
	e, m := &t.event, &t.mark
	return []any{&e.Learner, &e.Seq, &t.when, &e.Day, &e.Zone, &e.What, &t.took, &m.Part, &m.Fact, &m.Credit, &m.Verdict, &m.Guess, &m.Self}
}

// add puts the mark at the end of a past.
func (t *toldRow) add(found []study.Past) []study.Past {
	t.event.At, t.event.Took = at(t.when), time.Duration(t.took)*time.Millisecond
	if n := len(found); n == 0 || found[n-1].Seq != t.event.Seq || found[n-1].Learner != t.event.Learner {
		found = append(found, study.Past{Event: t.event})
	}
	last := &found[len(found)-1]
	last.Marks = append(last.Marks, t.mark)
	return found
}

// Given implements report.ClassStore.
func (s Class) Given(ctx context.Context, class questions.ClassID) ([]bank.Open, error) {
	var open []bank.Open
	err := s.reader(ctx).Raw(`SELECT b.id, b.revision FROM class_bank g JOIN bank b ON b.id = g.bank
		WHERE g.class = ? AND b.gone = 0 ORDER BY b.id`, int64(class)).Scan(&open).Error
	return open, err
}
