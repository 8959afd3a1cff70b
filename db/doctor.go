package db

import (
	"context"
	"database/sql"

	"gorm.io/gorm"

	"thaw/app/quiz"
	"thaw/app/repair"
	"thaw/questions"
)

var _ repair.DoctorStore = Repair{}

// damage is a class of damage that one query sees: find lists texts; mend, in their order,
// repair it. Without mend only a backup has what is lost.
type damage struct {
	name string
	find string
	mend []string
}

const (
	noLearner = `NOT EXISTS (SELECT 1 FROM learner l WHERE l.id = x.learner)`
	noClass   = `NOT EXISTS (SELECT 1 FROM class c WHERE c.id = x.class)`
	noVersion = `NOT EXISTS (SELECT 1 FROM version v WHERE v.question = x.id AND v.n = x.latest)`
	noAnswer  = `x.state <> 'retired' AND EXISTS (SELECT 1 FROM version v WHERE v.question = x.id AND v.n = x.latest) AND NOT EXISTS (SELECT 1 FROM answer a WHERE a.question = x.id AND a.version = x.latest)`
	noEvent   = `x.seq <> 0 AND NOT EXISTS (SELECT 1 FROM event e WHERE e.learner = x.learner AND e.seq = x.seq)`
	itsEvent  = `(SELECT MAX(e.seq) FROM event e WHERE e.learner = x.learner AND e.sitting = x.sitting AND e.pos = x.pos AND e.what IN ('answer', 'practice') AND ` + standing + `)`
	counts    = `(x.count <> (SELECT COUNT(*) FROM item i WHERE i.learner = x.learner AND i.sitting = x.n)
		OR x.closed <> (SELECT COUNT(*) FROM item i WHERE i.learner = x.learner AND i.sitting = x.n AND i.state = 'closed'))`
	noBank  = `NOT EXISTS (SELECT 1 FROM bank b WHERE b.id = x.bank)`
	noTopic = `NOT EXISTS (SELECT 1 FROM topic t WHERE t.id = x.topic)`
	itsBank = `COALESCE((SELECT t.bank FROM topic t JOIN bank b ON b.id = t.bank WHERE t.id = x.topic),
		(SELECT MIN(q.bank) FROM answer a JOIN question q ON q.id = a.question JOIN bank b ON b.id = q.bank WHERE a.fact = x.id))`
	firstTopic = `(SELECT t.id FROM topic t WHERE t.bank = x.bank ORDER BY t.gone, t.pos, t.id LIMIT 1)`
	unasked    = `NOT EXISTS (SELECT 1 FROM answer a WHERE a.fact = x.id) AND NOT EXISTS (SELECT 1 FROM card c WHERE c.fact = x.id) AND NOT EXISTS (SELECT 1 FROM care c WHERE c.fact = x.id)`
)

// stray are rows of tables whose owner is gone: they go.
func stray(name, table, told, condition string) damage {
	return damage{name, `SELECT '` + table + ` of ` + told + ` FROM ` + table + ` x WHERE ` + condition + ` ORDER BY 1`,
		[]string{`DELETE FROM ` + table + ` AS x WHERE ` + condition}}
}

// ofNobody are the rows of a table whose learner is gone.
func ofNobody(name, table string) damage {
	return stray(name, table, `learner ' || x.learner`, noLearner)
}

// damages are in the order in which they are repaired: what a later one looks at an
// earlier one has put right.
var damages = []damage{
	ofNobody("session of nobody", "session"),
	stray("place in a class of nobody or nowhere", "member", `learner ' || x.learner || ' in class ' || x.class`, noLearner+` OR `+noClass),
	stray("class that is gone has something", "class_bank", `class ' || x.class`, noClass),
	stray("class that is gone has something", "assignment", `class ' || x.class`, noClass),
	stray("link of nobody", "link", `learner ' || x.learner`, `x.learner <> 0 AND `+noLearner),
	ofNobody("trace of nobody", "sitting"), ofNobody("trace of nobody", "event"), ofNobody("trace of nobody", "card"),
	ofNobody("trace of nobody", "rollup"), ofNobody("trace of nobody", "care"), ofNobody("trace of nobody", "exam"),
	ofNobody("trace of nobody", "price"), ofNobody("trace of nobody", "fit"), ofNobody("trace of nobody", "judged"),
	stray("mark of no event", "mark", `event ' || x.seq || ' of learner ' || x.learner`, `NOT EXISTS (SELECT 1 FROM event e WHERE e.learner = x.learner AND e.seq = x.seq)`),
	stray("item of no sitting", "item", `sitting ' || x.sitting || ' of learner ' || x.learner`, `NOT EXISTS (SELECT 1 FROM sitting s WHERE s.learner = x.learner AND s.n = x.sitting)`),
	{"bank of nobody", `SELECT 'bank ' || x.id FROM bank x WHERE x.owner <> 0 AND NOT EXISTS (SELECT 1 FROM learner l WHERE l.id = x.owner) ORDER BY x.id`,
		[]string{`UPDATE bank SET owner = 0 WHERE owner <> 0 AND NOT EXISTS (SELECT 1 FROM learner l WHERE l.id = bank.owner)`}},
	{"fact without a bank", `SELECT 'fact ' || x.id FROM fact x WHERE ` + noBank + ` ORDER BY x.id`,
		[]string{`UPDATE fact AS x SET bank = ` + itsBank + ` WHERE ` + noBank + ` AND ` + itsBank + ` IS NOT NULL`,
			`DELETE FROM fact AS x WHERE ` + noBank + ` AND ` + unasked}},
	{"fact without a topic", `SELECT 'fact ' || x.id FROM fact x WHERE ` + noTopic + ` ORDER BY x.id`,
		[]string{`UPDATE fact AS x SET topic = ` + firstTopic + ` WHERE ` + noTopic + ` AND ` + firstTopic + ` IS NOT NULL`}},
	{"question without a topic", `SELECT 'question ' || x.id FROM question x WHERE ` + noTopic + ` ORDER BY x.id`,
		[]string{`UPDATE question AS x SET topic = ` + firstTopic + ` WHERE ` + noTopic + ` AND ` + firstTopic + ` IS NOT NULL`}},
	{"question without its newest version", `SELECT 'question ' || x.id || ', version ' || x.latest FROM question x WHERE ` + noVersion + ` ORDER BY x.id`,
		[]string{`UPDATE question AS x SET latest = (SELECT MAX(v.n) FROM version v WHERE v.question = x.id) WHERE ` + noVersion + ` AND EXISTS (SELECT 1 FROM version v WHERE v.question = x.id)`,
			`DELETE FROM question AS x WHERE ` + noVersion}},
	{"version without answers", `SELECT 'question ' || x.id || ', version ' || x.latest FROM question x WHERE ` + noAnswer + ` ORDER BY x.id`,
		[]string{`UPDATE question AS x SET latest = (SELECT MAX(a.version) FROM answer a WHERE a.question = x.id) WHERE ` + noAnswer + ` AND EXISTS (SELECT 1 FROM answer a WHERE a.question = x.id)`,
			`UPDATE question AS x SET state = 'retired' WHERE ` + noAnswer}},
	{"event missing", `SELECT 'learner ' || e.learner || ' has ' || COUNT(*) || ' of ' || MAX(e.seq) FROM event e GROUP BY e.learner HAVING COUNT(*) <> MAX(e.seq) ORDER BY 1`, nil},
	{"item without its event", `SELECT 'question ' || x.pos || ' of sitting ' || x.sitting || ' of learner ' || x.learner FROM item x WHERE ` + noEvent + ` ORDER BY 1`,
		[]string{`UPDATE item AS x SET seq = ` + itsEvent + ` WHERE ` + noEvent + ` AND ` + itsEvent + ` IS NOT NULL`,
			`UPDATE item AS x SET seq = 0, state = 'closed', credit = 0, verdict = 'wrong' WHERE ` + noEvent}},
	{"sitting counts otherwise than its items", `SELECT 'sitting ' || x.n || ' of learner ' || x.learner FROM sitting x WHERE ` + counts + ` ORDER BY 1`,
		[]string{`UPDATE sitting AS x SET count = (SELECT COUNT(*) FROM item i WHERE i.learner = x.learner AND i.sitting = x.n),
			closed = (SELECT COUNT(*) FROM item i WHERE i.learner = x.learner AND i.sitting = x.n AND i.state = 'closed') WHERE ` + counts}},
}

// Checks implements repair.DoctorStore.
func (s Repair) Checks() []repair.Check {
	list := []repair.Check{{Name: "damaged file", Find: s.damagedFile, Fatal: true}}
	for _, g := range damages {
		list = append(list, s.check(g))
	}
	list = append(list,
		repair.Check{Name: "topic below itself or below none", Find: s.strayTopics, Repair: s.mendTopics},
		repair.Check{Name: "search does not find what a question says", Find: s.staleSearch, Repair: s.mendSearch},
		repair.Check{Name: "class code that another has or that cannot be typed", Find: s.badCodes, Repair: s.mendCodes},
		repair.Check{Name: "somebody deleted is back", Find: s.notGone, Repair: s.mendGone},
		repair.Check{Name: "broken reference", Find: s.brokenReferences})
	if s.engine == postgresEngine {
		list = append(list, repair.Check{Name: "counter behind its rows", Find: s.counterBehind, Repair: s.mendCounters})
	}
	return list
}

func (s Repair) check(g damage) repair.Check {
	c := repair.Check{Name: g.name, Find: func(ctx context.Context) ([]string, error) { return s.texts(ctx, g.find) }}
	if len(g.mend) > 0 {
		c.Repair = func(ctx context.Context) error {
			return s.write(ctx, func(tx *gorm.DB) error {
				for _, statement := range g.mend {
					if err := tx.Exec(statement).Error; err != nil {
						return err
					}
				}
				return nil
			})
		}
	}
	return c
}

func (s Repair) texts(ctx context.Context, query string, args ...any) (found []string, err error) {
	err = straight(s.reader(ctx)).each(query, args, func(rows *sql.Rows) error {
		var text string
		err := rows.Scan(&text)
		found = append(found, text)
		return err
	})
	return found, err
}

// Learners implements repair.DoctorStore.
func (s Repair) Learners(ctx context.Context, after questions.LearnerID, limit int) (who []questions.LearnerID, err error) {
	err = s.reader(ctx).Raw(`SELECT l.id FROM learner l WHERE l.id > ? AND (l.adopted <> 0 OR EXISTS (SELECT 1 FROM event e WHERE e.learner = l.id)
		OR EXISTS (SELECT 1 FROM card c WHERE c.learner = l.id) OR EXISTS (SELECT 1 FROM rollup r WHERE r.learner = l.id)
		OR EXISTS (SELECT 1 FROM care c WHERE c.learner = l.id)) ORDER BY l.id LIMIT ?`, int64(after), limit).Scan(&who).Error
	return who, err
}

// short are the events of a learner that have fewer marks than what was seen has parts.
const short = `SELECT e.seq, q.bank FROM event e JOIN question q ON q.id = e.question WHERE e.learner = ? AND e.what IN ('answer', 'practice')
	AND (SELECT COUNT(*) FROM mark m WHERE m.learner = e.learner AND m.seq = e.seq) <
		(SELECT COUNT(DISTINCT a.part) FROM answer a WHERE a.question = e.question AND a.version = e.version)`

// Life implements repair.DoctorStore.
func (s Repair) Life(ctx context.Context, who questions.LearnerID) (life repair.Life, err error) {
	err = s.view(ctx, func(q *gorm.DB) error {
		life, err = lifeOf(q, who)
		return err
	})
	return life, err
}

func lifeOf(q *gorm.DB, who questions.LearnerID) (l repair.Life, err error) {
	l.Learner = who
	d := straight(q)
	var weights string
	if err = d.row(`SELECT weights, adopted FROM learner WHERE id = ?`, []any{int64(who)}, &weights, &l.Adopted); err != nil {
		return l, err
	}
	l.Weights = weightsOf(weights)
	if l.Past, err = pasts(q, `e.learner = ?`, int64(who)); err != nil {
		return l, err
	}
	if l.Cards, l.Cares, err = memoryOf(d, who, nil); err != nil {
		return l, err
	}
	if l.Days, err = tallies(q, who, 0); err != nil {
		return l, err
	}
	err = d.each(`SELECT sitting, pos, bank, seq, credit, verdict FROM item WHERE learner = ? AND seq <> 0 ORDER BY sitting, pos`, []any{int64(who)}, func(rows *sql.Rows) error {
		var it repair.Result
		err := rows.Scan(&it.Sitting, &it.Pos, &it.Bank, &it.Seq, &it.Credit, &it.Verdict)
		l.Items = append(l.Items, it)
		return err
	})
	if err != nil {
		return l, err
	}
	l.Short = map[int64]questions.BankID{}
	return l, d.each(short, []any{int64(who)}, func(rows *sql.Rows) error {
		var seq int64
		var bank questions.BankID
		err := rows.Scan(&seq, &bank)
		l.Short[seq] = bank
		return err
	})
}

// Mend implements repair.DoctorStore.
func (s Repair) Mend(ctx context.Context, made repair.Life) error {
	return raced(s.write(ctx, func(tx *gorm.DB) error {
		if err := hold(tx, made.Learner); err != nil {
			return err
		}
		return mendLife(straight(tx), made)
	}))
}

func mendLife(d direct, made repair.Life) error {
	who := int64(made.Learner)
	newest, err := d.number(`SELECT COALESCE(MAX(seq), 0) FROM event WHERE learner = ?`, who)
	if err != nil {
		return err
	}
	on, err := standOf(d, made.Learner, 0)
	if err != nil {
		return err
	}
	last := int64(0)
	for _, p := range made.Past {
		last = max(last, p.Seq)
	}
	if newest != last || on.Judged != made.Stand.Judged {
		return quiz.ErrMoved
	}
	for _, step := range []func(direct, repair.Life) error{mendMarks, mendItems, mendCards, mendDays, mendCares} {
		if err := step(d, made); err != nil {
			return err
		}
	}
	if err := putWeights(d, made.Learner, made.Weights, made.Adopted); err != nil {
		return err
	}
	return d.moves(`UPDATE learner SET judged = judged + 1 WHERE id = ?`, who)
}

func mendMarks(d direct, made repair.Life) error {
	for _, p := range made.Past {
		for _, m := range p.Marks {
			reason := list(append([]string{m.Reason.Code}, m.Reason.Args...))
			n, err := d.exec(markAgain, m.Credit, string(m.Verdict), m.Canonical, reason, int64(m.Given), int64(m.Asked),
				m.Guess, m.Self, m.Recall, m.Stability, m.Elapsed, graded(m.Graded), int64(p.Learner), p.Seq, m.Part)
			if err == nil && n == 0 {
				_, err = d.exec(insertMark, int64(p.Learner), p.Seq, m.Part, int64(m.Fact), m.Credit, string(m.Verdict), m.Canonical,
					reason, int64(m.Given), int64(m.Asked), m.Guess, m.Self, m.Recall, m.Stability, m.Elapsed, grader, graded(m.Graded))
			}
			if err != nil {
				return err
			}
		}
	}
	return nil
}

func mendItems(d direct, made repair.Life) error {
	for _, it := range made.Items {
		_, err := d.exec(`UPDATE item SET credit = ?, verdict = ? WHERE learner = ? AND sitting = ? AND pos = ? AND seq = ?`,
			it.Credit, string(it.Verdict), int64(made.Learner), it.Sitting, it.Pos, it.Seq)
		if err != nil {
			return err
		}
	}
	return nil
}

func mendCards(d direct, made repair.Life) error {
	if _, err := d.exec(`DELETE FROM card WHERE learner = ?`, int64(made.Learner)); err != nil {
		return err
	}
	for _, c := range made.Cards {
		if err := newCard(d, c, c.Seq); err != nil {
			return err
		}
	}
	return nil
}

func mendDays(d direct, made repair.Life) error {
	if _, err := d.exec(`DELETE FROM rollup WHERE learner = ?`, int64(made.Learner)); err != nil {
		return err
	}
	for _, t := range made.Days {
		if err := addTally(d, made.Learner, t); err != nil {
			return err
		}
	}
	return nil
}

func mendCares(d direct, made repair.Life) error {
	if _, err := d.exec(`UPDATE care SET suspended = 0, until = 0, starred = 0 WHERE learner = ?`, int64(made.Learner)); err != nil {
		return err
	}
	for _, c := range made.Cares {
		if err := putCare(d, made.Learner, c); err != nil {
			return err
		}
	}
	return nil
}
