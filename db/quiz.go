package db

import (
	"context"
	"database/sql"
	"errors"
	"time"

	"gorm.io/gorm"

	"thaw/app/fsrs"
	"thaw/app/people"
	"thaw/app/quiz"
	"thaw/app/study"
	"thaw/questions"
)

// Quiz keeps sittings and what is answered in them.
type Quiz struct{ *DB }

var _ quiz.Store = Quiz{}

// Turn implements quiz.Store.
func (s Quiz) Turn(ctx context.Context, who questions.LearnerID, sitting, pos int) (quiz.Turn, error) {
	var head sittingRow
	var item itemRow
	q := s.reader(ctx)
	err := straight(q).row(`SELECT `+sittingColumns+`, `+itemColumns+`
		FROM sitting s JOIN item i ON i.learner = s.learner AND i.sitting = s.n
		WHERE s.learner = ? AND s.n = ? AND i.pos = ?`, []any{int64(who), sitting, pos}, append(head.into(), item.into()...)...)
	if err != nil {
		return quiz.Turn{}, err
	}
	t := quiz.Turn{Sitting: head.sitting(who), Item: item.item()}
	if t.Item.State == quiz.Closed {
		past, err := pasts(q, `e.learner = ? AND e.seq = ?`, int64(who), t.Item.Seq)
		if err != nil {
			return quiz.Turn{}, err
		}
		if len(past) == 1 {
			t.Past = past[0]
		}
	}
	t.Cards, err = cardsOf(q, who, t.Item.Facts)
	return t, err
}

// Replied implements quiz.Store.
func (s Quiz) Replied(ctx context.Context, who questions.LearnerID, token string) (sitting, pos int, ok bool, err error) {
	var row struct{ Sitting, Pos int }
	q := s.reader(ctx).Raw(`SELECT sitting, pos FROM event WHERE learner = ? AND token = ?`, int64(who), token).Scan(&row)
	return row.Sitting, row.Pos, q.RowsAffected > 0, q.Error
}

// Save implements quiz.Store.
func (s Quiz) Save(ctx context.Context, a quiz.Answered) (seq int64, err error) {
	err = s.write(ctx, func(tx *gorm.DB) error {
		seq, err = saveAnswer(tx, a)
		return err
	})
	return seq, raced(err)
}

// raced turns a row that is there already into ErrMoved: somebody was faster.
func raced(err error) error {
	if errors.Is(err, gorm.ErrDuplicatedKey) || isUnique(err) {
		return quiz.ErrMoved
	}
	return err
}

func saveAnswer(tx *gorm.DB, a quiz.Answered) (int64, error) {
	if err := newcomer(tx, a.Newcomer); err != nil {
		return 0, err
	}
	if err := hold(tx, a.Event.Learner); err != nil {
		return 0, err
	}
	if a.Opens != nil {
		n, err := begin(tx, *a.Opens, "")
		if err != nil {
			return 0, err
		}
		a.Event.Sitting = n
	}
	d := straight(tx)
	seq, err := appendEvent(d, a.Event, a.Marks)
	if err != nil {
		return 0, err
	}
	if err := putCards(d, a.Cards, seq); err != nil {
		return 0, err
	}
	if err := closeItem(d, a, seq); err != nil {
		return 0, err
	}
	return seq, addTally(d, a.Event.Learner, a.Tally)
}

func newcomer(tx *gorm.DB, n *quiz.Newcomer) error {
	if n == nil {
		return nil
	}
	row := learnerOf(people.Account{Person: n.Person}, "", n.Words)
	if err := tx.Create(&row).Error; err != nil {
		return err
	}
	return openSession(tx, n.Session)
}

const insertEvent = `INSERT INTO event (learner, seq, at, day, zone, what, question, version, lexicon, ord, response, tried, took, sure, token, sitting, pos, voids)
	VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`

const insertMark = `INSERT INTO mark (learner, seq, part, fact, credit, verdict, canonical, reason, given, self, recall, stability, elapsed, grader)
	VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`

// grader is the revision of the code that marks; stored with each mark.
const grader = 1

// appendEvent stores an event under the learner's next number, with its marks.
// INSERT … RETURNING would cost a fifth of all answers on SQLite.
func appendEvent(tx direct, e study.Event, marks []study.Mark) (seq int64, err error) {
	who := int64(e.Learner)
	if seq, err = tx.number(`SELECT COALESCE(MAX(seq), 0) + 1 FROM event WHERE learner = ?`, who); err != nil {
		return 0, err
	}
	_, err = tx.exec(insertEvent, who, seq, ms(e.At), int64(e.Day), e.Zone, string(e.What),
		int64(e.Ref.Question), e.Ref.Version, e.Lexicon, list(e.Order), list(e.Response), list(e.Tried),
		e.Took.Milliseconds(), bit(e.Sure), e.Token, e.Sitting, e.Pos, e.Voids)
	for _, m := range marks {
		if err != nil {
			return 0, err
		}
		_, err = tx.exec(insertMark, who, seq, m.Part, int64(m.Fact), m.Credit, string(m.Verdict), m.Canonical,
			list(append([]string{m.Reason.Code}, m.Reason.Args...)), int64(m.Given), m.Self, m.Recall, m.Stability, m.Elapsed, grader)
	}
	return seq, err
}

const addCard = `INSERT INTO card (learner, fact, stability, difficulty, phase, step, reps, lapses, last, due, seq)
	VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (learner, fact) DO NOTHING`

const moveCard = `UPDATE card SET stability = ?, difficulty = ?, phase = ?, step = ?, reps = ?, lapses = ?, last = ?, due = ?, seq = ?
	WHERE learner = ? AND fact = ? AND seq = ?`

// putCards stores each card unless it has moved on since it was decided.
func putCards(tx direct, cards []study.Card, seq int64) error {
	for _, c := range cards {
		if err := putCard(tx, c, seq); err != nil {
			return err
		}
	}
	return nil
}

func putCard(tx direct, c study.Card, seq int64) error {
	if c.Seq == 0 {
		return tx.moves(addCard, int64(c.Learner), int64(c.Fact), c.Stability, c.Difficulty, string(c.Phase), c.Step,
			c.Reps, c.Lapses, ms(c.Last), ms(c.Due), seq)
	}
	return resetCard(tx, c, seq, c.Seq)
}

// resetCard replaces a card that the event numbered fed has fed last.
func resetCard(tx direct, c study.Card, seq, fed int64) error {
	return tx.moves(moveCard, c.Stability, c.Difficulty, string(c.Phase), c.Step, c.Reps, c.Lapses,
		ms(c.Last), ms(c.Due), seq, int64(c.Learner), int64(c.Fact), fed)
}

// closeItem closes the item in the state that the answer was decided in, adds
// what is asked again, and ends the sitting with its last open item: that is
// seen here, since two last answers may not know of each other.
func closeItem(tx direct, a quiz.Answered, seq int64) error {
	who, sitting := int64(a.Event.Learner), a.Event.Sitting
	err := tx.moves(`UPDATE item SET state = ?, token = ?, seq = ?, credit = ?, verdict = ?
		WHERE learner = ? AND sitting = ? AND pos = ? AND state = ?`,
		string(a.Item.State), a.Item.Token, seq, a.Item.Credit, string(a.Item.Verdict), who, sitting, a.Item.Pos, string(a.From))
	if err != nil {
		return err
	}
	if err := askAgain(tx, a, who, sitting); err != nil {
		return err
	}
	return tx.moves(`UPDATE sitting SET closed = closed + 1, count = count + ?,
		finished = CASE WHEN closed + 1 >= count + ? THEN ? ELSE finished END
		WHERE learner = ? AND n = ?`, len(a.Adds), len(a.Adds), ms(a.Event.At), who, sitting)
}

func askAgain(tx direct, a quiz.Answered, who int64, sitting int) error {
	if len(a.Adds) == 0 {
		return nil
	}
	last, err := tx.number(`SELECT MAX(pos) FROM item WHERE learner = ? AND sitting = ?`, who, sitting)
	for i, item := range a.Adds {
		if err != nil {
			return err
		}
		item.Pos = int(last) + 1 + i
		err = addItem(tx, who, sitting, item)
	}
	return err
}

func addTally(tx direct, who questions.LearnerID, t study.Tally) error {
	_, err := tx.exec(`INSERT INTO rollup (learner, day, answers, right_n, reviews, recalled, expected, took) VALUES (?, ?, ?, ?, ?, ?, ?, ?)
		ON CONFLICT (learner, day) DO UPDATE SET answers = rollup.answers + excluded.answers, right_n = rollup.right_n + excluded.right_n,
			reviews = rollup.reviews + excluded.reviews, recalled = rollup.recalled + excluded.recalled,
			expected = rollup.expected + excluded.expected, took = rollup.took + excluded.took`,
		int64(who), int64(t.Day), t.Answers, t.Right, t.Reviews, t.Recalled, t.Expected, t.Took.Milliseconds())
	return err
}

// Try implements quiz.Store.
func (s Quiz) Try(ctx context.Context, who questions.LearnerID, sitting int, item quiz.Item) error {
	return s.write(ctx, func(tx *gorm.DB) error {
		done := tx.Exec(`UPDATE item SET state = ?, tried = ?, token = ?
			WHERE learner = ? AND sitting = ? AND pos = ? AND state = ?`,
			string(item.State), list(item.Tried), item.Token, int64(who), sitting, item.Pos, string(quiz.Open))
		if done.Error == nil && done.RowsAffected == 0 {
			return quiz.ErrMoved
		}
		return done.Error
	})
}

// Begin implements quiz.Store.
func (s Quiz) Begin(ctx context.Context, next quiz.Sitting, token string) (n int, err error) {
	err = s.write(ctx, func(tx *gorm.DB) error {
		if err := hold(tx, next.Learner); err != nil {
			return err
		}
		if n, err = begun(tx, next.Learner, token); err != nil || n > 0 {
			return err
		}
		n, err = begin(tx, next, token)
		return err
	})
	if errors.Is(raced(err), quiz.ErrMoved) {
		return begun(s.reader(ctx), next.Learner, token)
	}
	return n, err
}

func begun(g *gorm.DB, who questions.LearnerID, token string) (n int, err error) {
	if token == "" {
		return 0, nil
	}
	err = g.Raw(`SELECT n FROM sitting WHERE learner = ? AND token = ?`, int64(who), token).Scan(&n).Error
	return n, err
}

func begin(tx *gorm.DB, s quiz.Sitting, token string) (int, error) {
	d := straight(tx)
	who := int64(s.Learner)
	n, err := d.number(`SELECT COALESCE(MAX(n), 0) + 1 FROM sitting WHERE learner = ?`, who)
	if err != nil {
		return 0, err
	}
	_, err = d.exec(`INSERT INTO sitting (learner, n, mode, topic, repeats, started, finished, count, closed, token)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, 0, ?)`,
		who, n, string(s.Mode), int64(s.Topic), s.Of, ms(s.Started), ms(s.Finished), len(s.Items), token)
	for _, item := range s.Items {
		if err != nil {
			return 0, err
		}
		err = addItem(d, who, int(n), item)
	}
	return int(n), err
}

func addItem(tx direct, who int64, sitting int, i quiz.Item) error {
	_, err := tx.exec(`INSERT INTO item (learner, sitting, pos, question, version, bank, lexicon, ord, state, tried, token, seq, credit, verdict, again, facts)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, '', '', 0, 0, '', ?, ?)`, who, sitting, i.Pos, int64(i.Ref.Question), i.Ref.Version, int64(i.Bank),
		i.Lexicon, list(i.Order), string(quiz.Open), bit(i.Again), list(i.Facts))
	return err
}

type sittingRow struct {
	N        int
	Mode     string
	Topic    int64
	Repeats  int
	Started  int64
	Finished int64
	Count    int
	Closed   int
}

const sittingColumns = `s.n, s.mode, s.topic, s.repeats, s.started, s.finished, s.count, s.closed`

func (r *sittingRow) into() []any {
	return []any{&r.N, &r.Mode, &r.Topic, &r.Repeats, &r.Started, &r.Finished, &r.Count, &r.Closed}
}

func (r sittingRow) sitting(who questions.LearnerID) quiz.Sitting {
	return quiz.Sitting{Learner: who, N: r.N, Mode: quiz.Mode(r.Mode), Topic: questions.TopicID(r.Topic), Of: r.Repeats,
		Started: at(r.Started), Finished: at(r.Finished), Count: r.Count, Closed: r.Closed}
}

type itemRow struct {
	Pos      int
	Question int64
	Version  int
	Bank     int64
	Lexicon  int
	Ord      string
	State    string
	Tried    string
	Token    string
	Seq      int64
	Credit   float64
	Verdict  string
	Again    int64
	Facts    string
}

const itemColumns = `i.pos, i.question, i.version, i.bank, i.lexicon, i.ord, i.state, i.tried, i.token, i.seq, i.credit, i.verdict, i.again, i.facts`

func (r *itemRow) into() []any {
	return []any{&r.Pos, &r.Question, &r.Version, &r.Bank, &r.Lexicon, &r.Ord, &r.State, &r.Tried, &r.Token, &r.Seq,
		&r.Credit, &r.Verdict, &r.Again, &r.Facts}
}

func (r itemRow) item() quiz.Item {
	return quiz.Item{Pos: r.Pos, Ref: questions.Ref{Question: questions.QuestionID(r.Question), Version: r.Version},
		Bank: questions.BankID(r.Bank), Lexicon: r.Lexicon, Order: unlist[int](r.Ord), State: quiz.State(r.State),
		Tried: unlist[string](r.Tried), Token: r.Token, Seq: r.Seq, Credit: r.Credit, Verdict: questions.Verdict(r.Verdict),
		Again: r.Again != 0, Facts: unlist[questions.FactID](r.Facts)}
}

// Sitting implements quiz.Store.
func (s Quiz) Sitting(ctx context.Context, who questions.LearnerID, n int) (quiz.Sitting, error) {
	var head sittingRow
	var items []quiz.Item
	q := straight(s.reader(ctx))
	err := q.each(`SELECT `+sittingColumns+`, `+itemColumns+`
		FROM sitting s JOIN item i ON i.learner = s.learner AND i.sitting = s.n
		WHERE s.learner = ? AND s.n = ? ORDER BY i.pos`, []any{int64(who), n}, func(rows *sql.Rows) error {
		var item itemRow
		err := rows.Scan(append(head.into(), item.into()...)...)
		items = append(items, item.item())
		return err
	})
	if err == nil && len(items) == 0 {
		err = q.row(`SELECT `+sittingColumns+` FROM sitting s WHERE s.learner = ? AND s.n = ?`, []any{int64(who), n}, head.into()...)
	}
	if err != nil {
		return quiz.Sitting{}, err
	}
	sitting := head.sitting(who)
	sitting.Items = items
	return sitting, nil
}

// Latest implements quiz.Store.
func (s Quiz) Latest(ctx context.Context, who questions.LearnerID, limit int) ([]quiz.Sitting, error) {
	var rows []sittingRow
	err := s.reader(ctx).Raw(`SELECT `+sittingColumns+` FROM sitting s WHERE s.learner = ? ORDER BY s.n DESC LIMIT ?`, int64(who), limit).Scan(&rows).Error
	sittings := make([]quiz.Sitting, len(rows))
	for i, r := range rows {
		sittings[i] = r.sitting(who)
	}
	return sittings, err
}

// Cards implements quiz.Store.
func (s Quiz) Cards(ctx context.Context, who questions.LearnerID) ([]study.Card, error) {
	return cards(s.reader(ctx), `learner = ?`, int64(who))
}

// LastAnswer implements quiz.Store.
func (s Quiz) LastAnswer(ctx context.Context, who questions.LearnerID, sitting int) (last study.Past, facts []study.Past, err error) {
	err = s.view(ctx, func(q *gorm.DB) error {
		last, facts, err = lastAnswer(q, who, sitting)
		return err
	})
	return last, facts, err
}

func lastAnswer(q *gorm.DB, who questions.LearnerID, sitting int) (last study.Past, facts []study.Past, err error) {
	var seq int64
	err = q.Raw(`SELECT COALESCE(MAX(seq), 0) FROM event e WHERE e.learner = ? AND e.sitting = ? AND e.what <> ? AND `+standing,
		int64(who), sitting, string(study.Undo)).Scan(&seq).Error
	if err != nil {
		return last, nil, err
	}
	if seq == 0 {
		return last, nil, missing()
	}
	found, err := pasts(q, `e.learner = ? AND e.seq = ?`, int64(who), seq)
	if err != nil || len(found) != 1 {
		return last, nil, errors.Join(err, missing())
	}
	last = found[0]
	args := []any{int64(who)}
	for _, m := range last.Marks {
		args = append(args, int64(m.Fact))
	}
	facts, err = pasts(q, `e.learner = ? AND EXISTS (SELECT 1 FROM mark f
		WHERE f.learner = e.learner AND f.seq = e.seq AND f.fact IN `+places(len(last.Marks))+`) AND `+standing, args...)
	return last, facts, err
}

// standing keeps the events that no undo voids; it names voids <> 0 so that the
// index on it serves.
const standing = `NOT EXISTS (SELECT 1 FROM event u WHERE u.learner = e.learner AND u.voids = e.seq AND u.voids <> 0)`

// Undo implements quiz.Store.
func (s Quiz) Undo(ctx context.Context, u quiz.Undone) error {
	err := s.write(ctx, func(tx *gorm.DB) error { return undo(tx, u) })
	return raced(err)
}

func undo(tx *gorm.DB, u quiz.Undone) error {
	who, sitting, pos := int64(u.Event.Learner), u.Event.Sitting, u.Event.Pos
	if err := hold(tx, u.Event.Learner); err != nil {
		return err
	}
	d := straight(tx)
	if _, err := appendEvent(d, u.Event, nil); err != nil {
		return err
	}
	for _, c := range u.Cards {
		if err := restoreCard(d, c, u.Last.Seq); err != nil {
			return err
		}
	}
	if err := reopen(d, who, sitting, pos, u.Last.Seq); err != nil {
		return err
	}
	return addTally(d, u.Event.Learner, u.Tally)
}

// restoreCard puts a card as it was before the event, if that event fed it last.
func restoreCard(tx direct, c study.Card, fed int64) error {
	if c.Seq == 0 {
		return tx.moves(`DELETE FROM card WHERE learner = ? AND fact = ? AND seq = ?`, int64(c.Learner), int64(c.Fact), fed)
	}
	return resetCard(tx, c, c.Seq, fed)
}

// reopen opens the item again and takes back the question that was added when
// it was missed, unless that has been answered, which an undo must take first.
func reopen(tx direct, who int64, sitting, pos int, seq int64) error {
	err := tx.moves(`UPDATE item SET state = ?, tried = '', token = '', seq = 0, credit = 0, verdict = ''
		WHERE learner = ? AND sitting = ? AND pos = ? AND seq = ?`, string(quiz.Open), who, sitting, pos, seq)
	if err != nil {
		return err
	}
	added, err := tx.exec(`DELETE FROM item WHERE learner = ? AND sitting = ? AND again = 1 AND state <> ? AND pos > ?
		AND question = (SELECT question FROM item o WHERE o.learner = ? AND o.sitting = ? AND o.pos = ?)`,
		who, sitting, string(quiz.Closed), pos, who, sitting, pos)
	if err != nil {
		return err
	}
	return tx.moves(`UPDATE sitting SET closed = closed - 1, count = count - ?, finished = 0 WHERE learner = ? AND n = ?`,
		added, who, sitting)
}

func cardsOf(g *gorm.DB, who questions.LearnerID, facts []questions.FactID) ([]study.Card, error) {
	if len(facts) == 0 {
		return nil, nil
	}
	args := []any{int64(who)}
	for _, f := range facts {
		args = append(args, int64(f))
	}
	return cards(g, `learner = ? AND fact IN `+places(len(facts)), args...)
}

// cards loads cards in the order of learner and fact.
func cards(g *gorm.DB, where string, args ...any) ([]study.Card, error) {
	var found []study.Card
	err := straight(g).each(`SELECT learner, fact, stability, difficulty, phase, step, reps, lapses, last, due, seq FROM card
		WHERE `+where+` ORDER BY learner, fact`, args, func(rows *sql.Rows) error {
		var c study.Card
		var last, due int64
		err := rows.Scan(&c.Learner, &c.Fact, &c.Stability, &c.Difficulty, &c.Phase, &c.Step, &c.Reps, &c.Lapses, &last, &due, &c.Seq)
		c.Last, c.Due = at(last), at(due)
		found = append(found, c)
		return err
	})
	return found, err
}

type pastRow struct {
	Learner, Seq, At, Day int64
	Zone, What            string
	Question              int64
	Version, Lexicon      int
	Ord, Response, Tried  string
	Took, Sure            int64
	Token                 string
	Sitting, Pos          int
	Voids                 int64
	Part                  *int
	Fact, Given           *int64
	Credit                *float64
	Verdict, Canonical    *string
	Reason                *string
	Self, Elapsed         *int
	Recall, Stability     *float64
}

func (r *pastRow) into() []any {
	return []any{&r.Learner, &r.Seq, &r.At, &r.Day, &r.Zone, &r.What, &r.Question, &r.Version, &r.Lexicon, &r.Ord, &r.Response, &r.Tried,
		&r.Took, &r.Sure, &r.Token, &r.Sitting, &r.Pos, &r.Voids,
		&r.Part, &r.Fact, &r.Credit, &r.Verdict, &r.Canonical, &r.Reason, &r.Given, &r.Self, &r.Recall, &r.Stability, &r.Elapsed}
}

// pasts loads events with their marks, in order.
func pasts(g *gorm.DB, where string, args ...any) ([]study.Past, error) {
	var found []study.Past
	err := straight(g).each(`SELECT e.learner, e.seq, e.at, e.day, e.zone, e.what, e.question, e.version, e.lexicon, e.ord, e.response, e.tried,
			e.took, e.sure, e.token, e.sitting, e.pos, e.voids,
			m.part, m.fact, m.credit, m.verdict, m.canonical, m.reason, m.given, m.self, m.recall, m.stability, m.elapsed
		FROM event e LEFT JOIN mark m ON m.learner = e.learner AND m.seq = e.seq
		WHERE `+where+` ORDER BY e.learner, e.seq, m.part`, args, func(rows *sql.Rows) error {
		var r pastRow
		if err := rows.Scan(r.into()...); err != nil {
			return err
		}
		if n := len(found); n == 0 || found[n-1].Seq != r.Seq || int64(found[n-1].Learner) != r.Learner {
			found = append(found, study.Past{Event: r.event()})
		}
		if r.Part != nil {
			p := &found[len(found)-1]
			p.Marks = append(p.Marks, r.mark())
		}
		return nil
	})
	return found, err
}

func (r pastRow) event() study.Event {
	return study.Event{Learner: questions.LearnerID(r.Learner), Seq: r.Seq, At: at(r.At), Day: fsrs.Day(r.Day), Zone: r.Zone,
		What: study.What(r.What), Ref: questions.Ref{Question: questions.QuestionID(r.Question), Version: r.Version},
		Lexicon: r.Lexicon, Order: unlist[int](r.Ord), Response: unlist[string](r.Response), Tried: unlist[string](r.Tried),
		Took: time.Duration(r.Took) * time.Millisecond, Sure: r.Sure != 0, Token: r.Token, Sitting: r.Sitting, Pos: r.Pos, Voids: r.Voids}
}

func (r pastRow) mark() study.Mark {
	m := study.Mark{Recall: *r.Recall, Stability: *r.Stability, Elapsed: *r.Elapsed,
		Mark: questions.Mark{Part: *r.Part, Fact: questions.FactID(*r.Fact), Credit: *r.Credit, Verdict: questions.Verdict(*r.Verdict),
			Canonical: *r.Canonical, Given: questions.EntityID(*r.Given), Self: *r.Self}}
	if reason := unlist[string](*r.Reason); len(reason) > 0 {
		m.Reason = questions.Reason{Code: reason[0], Args: reason[1:]}
	}
	return m
}
