package db

import (
	"context"
	"database/sql"
	"errors"
	"strings"
	"time"

	"gorm.io/gorm"

	"thaw/app/fsrs/plan"
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
	var t quiz.Turn
	var weights string
	var said []study.Contest
	q := s.reader(ctx)
	err := straight(q).each(`SELECT l.weights, l.adopted, l.judged, (SELECT ruled FROM question WHERE id = i.question), i.bank, (SELECT revision FROM bank WHERE id = i.bank),
			`+sittingColumns+`, `+itemColumns+`, `+saidColumns+`
		FROM sitting s JOIN item i ON i.learner = s.learner AND i.sitting = s.n JOIN learner l ON l.id = s.learner`+saidOf+`
		WHERE s.learner = ? AND s.n = ? AND i.pos = ? ORDER BY c.part`, []any{int64(who), sitting, pos}, func(rows *sql.Rows) error {
		var c study.Contest
		into := append([]any{&weights, &t.Adopted, &t.Stand.Judged, &t.Stand.Ruled, &t.Open.ID, &t.Open.Revision}, append(head.into(), item.into()...)...)
		err := rows.Scan(append(into, intoSaid(&c)...)...)
		said = withSaid(said, c)
		return err
	})
	if err == nil && item.Pos == 0 {
		err = missing()
	}
	if err != nil {
		return quiz.Turn{}, err
	}
	t.Sitting, t.Item, t.Weights = head.sitting(who), item.item(), weightsOf(weights)
	t.Item.Said = said
	if t.Stand.Ruled > 0 {
		if t.Rulings, err = rulings(straight(q), who, t.Item.Ref.Question); err != nil {
			return quiz.Turn{}, err
		}
	}
	if t.Item.Seq != 0 {
		past, err := pasts(q, `e.learner = ? AND e.seq = ?`, int64(who), t.Item.Seq)
		if err != nil {
			return quiz.Turn{}, err
		}
		if len(past) == 1 {
			t.Past = past[0]
		}
	}
	if len(t.Item.Facts) > 0 {
		t.Cards, t.Cares, err = memoryOf(straight(q), who, t.Item.Facts)
	}
	return t, err
}

// Replied implements quiz.Store.
func (s Quiz) Replied(ctx context.Context, who questions.LearnerID, token string) (sitting, pos int, ok bool, err error) {
	var row struct{ Sitting, Pos int }
	q := s.reader(ctx).Raw(`SELECT sitting, pos FROM event WHERE learner = ? AND token = ?`, int64(who), token).Scan(&row)
	return row.Sitting, row.Pos, q.RowsAffected > 0, q.Error
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
		if next.Assignment > 0 {
			if n, err = beginAssigned(straight(tx), next); err != nil || n > 0 {
				return err
			}
		}
		n, err = begin(tx, next, token)
		return err
	})
	err = raced(err)
	if errors.Is(err, quiz.ErrMoved) {
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
	_, err = d.exec(`INSERT INTO sitting (learner, n, mode, topic, repeats, started, finished, count, closed, token, foretold, mean, low, high, sure, minutes, ends, class, assignment)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, 0, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
		who, n, string(s.Mode), int64(s.Topic), s.Of, ms(s.Started), ms(s.Finished), len(s.Items), token,
		s.Foretold.N, s.Foretold.Mean, s.Foretold.Low, s.Foretold.High, s.Foretold.Sure, s.Minutes, ms(s.Ends), int64(s.Class), s.Assignment)
	if err != nil {
		return 0, err
	}
	return int(n), addItems(d, who, int(n), s.Items)
}

// addItems stores open items, all in one statement.
func addItems(tx direct, who int64, sitting int, items []quiz.Item) error {
	if len(items) == 0 {
		return nil
	}
	const columns = `INSERT INTO item (learner, sitting, pos, question, version, bank, lexicon, ord, state, tried, token, seq, credit, verdict, again, facts, chance) VALUES `
	const one = `(?, ?, ?, ?, ?, ?, ?, ?, ?, '', '', 0, 0, '', ?, ?, ?)`
	var args []any
	for _, i := range items {
		args = append(args, who, sitting, i.Pos, int64(i.Ref.Question), i.Ref.Version, int64(i.Bank),
			i.Lexicon, list(i.Order), string(quiz.Open), bit(i.Again), list(i.Facts), i.Chance)
	}
	_, err := tx.exec(columns+one+strings.Repeat(", "+one, len(items)-1), args...)
	return err
}

type sittingRow struct {
	N          int
	Mode       string
	Topic      int64
	Repeats    int
	Started    int64
	Finished   int64
	Count      int
	Closed     int
	Foretold   int
	Mean       float64
	Low        int
	High       int
	Sure       float64
	Minutes    int
	Ends       int64
	Unanswered int
	Class      int64
	Assignment int
	Handed     int64
	Held       int64
	RightN     int    // of Latest
	Decision   string // of the last ruling that changed the result; only where repairedColumns are
	RuledAt    int64
	Result     int // of Latest: right, of those that count
	OutOf      int
	GivenN     int // of Latest
}

// saidColumns are what a learner has said against an item, of which saidOf joins each.
const (
	saidColumns = `COALESCE(c.part, 0), COALESCE(c.why, ''), COALESCE(c.given, ''), COALESCE(c.state, ''), COALESCE(c.reply, ''),
		CASE WHEN EXISTS (SELECT 1 FROM event t WHERE t.learner = c.learner AND t.seq > c.seq AND t.about = c.seq AND t.what = 'trust' AND t.response = '["' || c.part || '"]') THEN 1 ELSE 0 END`
	saidOf = ` LEFT JOIN contest c ON c.learner = i.learner AND c.seq = i.seq AND i.seq <> 0`
)

func intoSaid(c *study.Contest) []any {
	return []any{&c.Part, &c.Why, &c.Given, &c.State, &c.Reply, &c.Mine}
}

// withSaid adds what was said, if anything was.
func withSaid(said []study.Contest, c study.Contest) []study.Contest {
	if c.State == "" {
		return said
	}
	return append(said, c)
}

// repairedColumns are what a ruling has made of a sitting.
const repairedColumns = `, COALESCE((SELECT r.decision FROM ruling r WHERE r.id = s.ruled), '') AS decision, COALESCE((SELECT r.at FROM ruling r WHERE r.id = s.ruled), 0) AS ruled_at`

func (r *sittingRow) withRepaired() []any { return append(r.into(), &r.Decision, &r.RuledAt) }

const sittingColumns = `s.n, s.mode, s.topic, s.repeats, s.started, s.finished, s.count, s.closed, s.foretold, s.mean, s.low, s.high, s.sure, s.minutes, ` + endsOf + ` AS ends, s.unanswered,
	s.class, s.assignment, s.handed, ` + heldOf + ` AS held`

// A sitting of an assignment ends when that is due, unless it is taken later too; until it
// is due it may be held back. Both follow the teacher's date.
const (
	endsOf = `COALESCE((SELECT CASE WHEN w.late = 0 AND w.due <> 0 AND (s.ends = 0 OR w.due < s.ends) THEN w.due ELSE s.ends END
		FROM assignment w WHERE w.class = s.class AND w.n = s.assignment), s.ends)`
	heldOf = `COALESCE((SELECT CASE WHEN w.reveal = 'due' THEN w.due ELSE 0 END FROM assignment w WHERE w.class = s.class AND w.n = s.assignment), 0)`
)

func (r *sittingRow) into() []any {
	return []any{&r.N, &r.Mode, &r.Topic, &r.Repeats, &r.Started, &r.Finished, &r.Count, &r.Closed,
		&r.Foretold, &r.Mean, &r.Low, &r.High, &r.Sure, &r.Minutes, &r.Ends, &r.Unanswered,
		&r.Class, &r.Assignment, &r.Handed, &r.Held}
}

func (r sittingRow) sitting(who questions.LearnerID) quiz.Sitting {
	return quiz.Sitting{Learner: who, N: r.N, Mode: quiz.Mode(r.Mode), Topic: questions.TopicID(r.Topic), Of: r.Repeats,
		Started: at(r.Started), Finished: at(r.Finished), Count: r.Count, Closed: r.Closed, Minutes: r.Minutes, Ends: at(r.Ends), Empty: r.Unanswered,
		Given: r.GivenN, Class: questions.ClassID(r.Class), Assignment: r.Assignment, Handed: at(r.Handed), Held: at(r.Held),
		Repaired: quiz.Repaired{Decision: study.Decision(r.Decision), At: at(r.RuledAt), Right: r.Result, Of: r.OutOf},
		Foretold: quiz.Foretold{Right: r.RightN, Forecast: plan.Forecast{N: r.Foretold, Mean: r.Mean, Low: r.Low, High: r.High, Sure: r.Sure}}}
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
	Chance   float64
	Given    string
	GivenAt  int64
	Took     int64
	Flagged  int64
}

const itemColumns = `i.pos, i.question, i.version, i.bank, i.lexicon, i.ord, i.state, i.tried, i.token, i.seq, i.credit, i.verdict, i.again, i.facts, i.chance, i.given, i.given_at, i.took, i.flagged`

func (r *itemRow) into() []any {
	return []any{&r.Pos, &r.Question, &r.Version, &r.Bank, &r.Lexicon, &r.Ord, &r.State, &r.Tried, &r.Token, &r.Seq,
		&r.Credit, &r.Verdict, &r.Again, &r.Facts, &r.Chance, &r.Given, &r.GivenAt, &r.Took, &r.Flagged}
}

func (r itemRow) item() quiz.Item {
	return quiz.Item{Pos: r.Pos, Ref: questions.Ref{Question: questions.QuestionID(r.Question), Version: r.Version},
		Bank: questions.BankID(r.Bank), Lexicon: r.Lexicon, Order: unlist[int](r.Ord), State: quiz.State(r.State),
		Tried: unlist[string](r.Tried), Token: r.Token, Seq: r.Seq, Credit: r.Credit, Verdict: questions.Verdict(r.Verdict),
		Again: r.Again != 0, Facts: unlist[questions.FactID](r.Facts), Chance: r.Chance,
		Given: unlist[string](r.Given), At: at(r.GivenAt), Took: time.Duration(r.Took) * time.Millisecond, Flagged: r.Flagged != 0}
}

// Sitting implements quiz.Store.
func (s Quiz) Sitting(ctx context.Context, who questions.LearnerID, n int) (quiz.Sitting, error) {
	var head sittingRow
	var items []quiz.Item
	q := straight(s.reader(ctx))
	err := q.each(`SELECT `+sittingColumns+repairedColumns+`, `+itemColumns+`, `+saidColumns+`
		FROM sitting s JOIN item i ON i.learner = s.learner AND i.sitting = s.n`+saidOf+`
		WHERE s.learner = ? AND s.n = ? ORDER BY i.pos, c.part`, []any{int64(who), n}, func(rows *sql.Rows) error {
		var item itemRow
		var c study.Contest
		err := rows.Scan(append(append(head.withRepaired(), item.into()...), intoSaid(&c)...)...)
		if len(items) == 0 || items[len(items)-1].Pos != item.Pos {
			items = append(items, item.item())
		}
		last := &items[len(items)-1]
		last.Said = withSaid(last.Said, c)
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
	sitting.Foretold.Right = sitting.RightForetold()
	return sitting, nil
}

// counted are the items of a sitting that count.
const counted = `FROM item i WHERE i.learner = s.learner AND i.sitting = s.n AND i.again = 0 AND i.verdict <> 'void'`

// latestColumns are a sitting with how it went.
const latestColumns = sittingColumns + `, CASE WHEN s.foretold = 0 THEN 0 ELSE (SELECT COUNT(*) FROM item i
		WHERE i.learner = s.learner AND i.sitting = s.n AND i.chance > 0 AND i.state = 'closed' AND i.credit >= 1) END AS right_n` + repairedColumns + `,
	CASE WHEN s.finished = 0 THEN 0 ELSE (SELECT COUNT(*) ` + counted + ` AND i.credit >= 1) END AS result,
	CASE WHEN s.finished = 0 THEN 0 ELSE (SELECT COUNT(*) ` + counted + `) END AS out_of,
	CASE WHEN s.mode <> 'exam' OR s.finished <> 0 THEN 0 ELSE (SELECT COUNT(*) FROM item i WHERE i.learner = s.learner AND i.sitting = s.n AND i.state = 'given') END AS given_n`

// Latest implements quiz.Store.
func (s Quiz) Latest(ctx context.Context, who questions.LearnerID, limit int) ([]quiz.Sitting, error) {
	var rows []sittingRow
	err := s.reader(ctx).Raw(`SELECT `+latestColumns+` FROM sitting s WHERE s.learner = ? AND s.mode <> ? ORDER BY s.n DESC LIMIT ?`, int64(who), string(quiz.Reading), limit).Scan(&rows).Error
	sittings := make([]quiz.Sitting, len(rows))
	for i, r := range rows {
		sittings[i] = r.sitting(who)
	}
	return sittings, err
}

// Readings implements quiz.Store.
func (s Quiz) Readings(ctx context.Context, who questions.LearnerID, since time.Time) (turns []quiz.Turn, err error) {
	q := s.reader(ctx)
	err = straight(q).each(`SELECT `+sittingColumns+`, `+itemColumns+`
		FROM sitting s JOIN item i ON i.learner = s.learner AND i.sitting = s.n
		WHERE s.learner = ? AND s.mode = ? AND s.started >= ? AND i.state = ? ORDER BY s.n, i.pos`,
		[]any{int64(who), string(quiz.Reading), ms(since), string(quiz.Closed)}, func(rows *sql.Rows) error {
			var head sittingRow
			var item itemRow
			err := rows.Scan(append(head.into(), item.into()...)...)
			turns = append(turns, quiz.Turn{Sitting: head.sitting(who), Item: item.item()})
			return err
		})
	if err != nil || len(turns) == 0 {
		return nil, err
	}
	args := []any{int64(who)}
	for _, t := range turns {
		args = append(args, t.Item.Seq)
	}
	past, err := pasts(q, `e.learner = ? AND e.seq IN `+places(len(turns)), args...)
	bySeq := map[int64]study.Past{}
	for _, p := range past {
		bySeq[p.Seq] = p
	}
	for i, t := range turns {
		turns[i].Past = bySeq[t.Item.Seq]
	}
	return turns, err
}

// LatelyWrong implements quiz.Store.
func (s Quiz) LatelyWrong(ctx context.Context, who questions.LearnerID, since time.Time, limit int) (wrong []questions.QuestionID, err error) {
	seen := map[questions.QuestionID]bool{}
	err = straight(s.reader(ctx)).each(`SELECT n.question, n.at, MIN(CASE WHEN m.verdict IN ('right', 'slip', 'void') THEN 1 ELSE 0 END)
		FROM (SELECT e.learner, e.seq, e.question, e.at FROM event e
			WHERE e.learner = ? AND e.what IN ('answer', 'practice') AND `+standing+` ORDER BY e.seq DESC LIMIT ?) n
		JOIN mark m ON m.learner = n.learner AND m.seq = n.seq
		GROUP BY n.seq, n.question, n.at ORDER BY n.at DESC, n.seq DESC`, []any{int64(who), limit}, func(rows *sql.Rows) error {
		var id questions.QuestionID
		var when int64
		var right bool
		err := rows.Scan(&id, &when, &right)
		if !seen[id] && !right && when >= ms(since) {
			wrong = append(wrong, id)
		}
		seen[id] = true
		return err
	})
	return wrong, err
}

// Due implements quiz.Store.
func (s Quiz) Due(ctx context.Context, who questions.LearnerID, from, to time.Time, twins []questions.FactID) (list []study.Due, err error) {
	var args []any
	twin := `0`
	if len(twins) > 0 {
		twin = `MAX(CASE WHEN fact IN ` + places(len(twins)) + ` THEN 1 ELSE 0 END)`
		for _, f := range twins {
			args = append(args, int64(f))
		}
	}
	args = append(args, int64(who), ms(from), ms(to))
	err = straight(s.reader(ctx)).each(`SELECT due, COUNT(*), `+twin+` FROM card WHERE learner = ? AND due >= ? AND due < ? GROUP BY due`, args, func(rows *sql.Rows) error {
		var d study.Due
		var when int64
		err := rows.Scan(&when, &d.N, &d.Twin)
		d.At = at(when)
		list = append(list, d)
		return err
	})
	return list, err
}

// Pasts implements quiz.Store.
func (s Quiz) Pasts(ctx context.Context, who questions.LearnerID) ([]study.Past, error) {
	return pasts(s.reader(ctx), `e.learner = ?`, int64(who))
}
