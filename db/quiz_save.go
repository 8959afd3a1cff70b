package db

import (
	"context"
	"slices"

	"gorm.io/gorm"

	"thaw/app/fault"
	"thaw/app/people"
	"thaw/app/quiz"
	"thaw/app/study"
	"thaw/questions"
)

// Save implements quiz.Store.
func (s Quiz) Save(ctx context.Context, a quiz.Answered) (seq int64, err error) {
	err = s.write(ctx, func(tx *gorm.DB) error {
		seq, err = saveAnswer(tx, a)
		return err
	})
	return seq, raced(err)
}

// raced turns a row that is there already into ErrMoved: somebody was faster. A
// learner may even be gone: swept, or claimed by an account.
func raced(err error) error {
	if isUnique(err) {
		return quiz.ErrMoved
	}
	return orphaned(err)
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
	seq, err := appendEvent(d, a.Event, a.Stand, a.Marks)
	if err != nil {
		return 0, err
	}
	if err := putCards(d, a.Cards, seq); err != nil {
		return 0, err
	}
	if err := closeItem(d, a, seq); err != nil {
		return 0, err
	}
	return seq, follow(d, a)
}

// follow stores what follows from an answer beside its cards.
func follow(d direct, a quiz.Answered) error {
	if a.Stand.Ruled > 0 {
		if err := noteRuled(d, a.Event.Learner, a.Event.Ref.Question); err != nil {
			return err
		}
	}
	return addTally(d, a.Event.Learner, a.Tally)
}

func newcomer(tx *gorm.DB, n *people.Newcomer) error {
	if n == nil {
		return nil
	}
	var gone int64 // by an old page, sent once more: nobody comes back under the id
	if err := tx.Raw(`SELECT COUNT(*) FROM gone WHERE id = ?`, int64(n.Person.ID)).Scan(&gone).Error; err != nil {
		return err
	}
	if gone > 0 {
		return fault.New(fault.Invalid, "fault.token")
	}
	row := learnerOf(people.Account{Person: n.Person}, "", n.Words)
	if err := tx.Create(&row).Error; err != nil {
		return err
	}
	return openSession(tx, n.Session)
}

const insertEvent = `INSERT INTO event (learner, seq, at, day, zone, what, question, version, lexicon, ord, response, tried, took, sure, token, sitting, pos, voids, about, weights, places)
	VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`

const insertMark = `INSERT INTO mark (learner, seq, part, fact, credit, verdict, canonical, reason, given, asked, guess, self, recall, stability, elapsed, grader, graded)
	VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`

// grader is the revision of the code that marks; stored with each mark.
const grader = 1

// appendEvent stores an event under the learner's next number, with its marks.
// INSERT … RETURNING would cost a fifth of all answers on SQLite. What was decided
// on other weights, or before a ruling, is decided again.
func appendEvent(tx direct, e study.Event, on study.Stand, marks []study.Mark) (seq int64, err error) {
	who := int64(e.Learner)
	var adopted int64
	var now study.Stand
	err = tx.row(`SELECT COALESCE((SELECT MAX(seq) FROM event WHERE learner = ?), 0) + 1, COALESCE(MAX(l.adopted), CAST(? AS BIGINT)), COALESCE(MAX(l.judged), 0),
			COALESCE((SELECT ruled FROM question WHERE id = ?), 0) FROM learner l WHERE l.id = ?`,
		[]any{who, e.Weights, int64(e.Ref.Question), who}, &seq, &adopted, &now.Judged, &now.Ruled)
	if err != nil {
		return 0, err
	}
	if len(marks) == 0 {
		now.Ruled = on.Ruled
	}
	if adopted != e.Weights || now != on {
		return 0, quiz.ErrMoved
	}
	_, err = tx.exec(insertEvent, who, seq, ms(e.At), int64(e.Day), e.Zone, string(e.What),
		int64(e.Ref.Question), e.Ref.Version, e.Lexicon, list(e.Order), list(e.Response), list(e.Tried),
		e.Took.Milliseconds(), bit(e.Sure), e.Token, e.Sitting, e.Pos, e.Voids, e.About, e.Weights, list(e.Places))
	for _, m := range marks {
		if err != nil {
			return 0, err
		}
		_, err = tx.exec(insertMark, who, seq, m.Part, int64(m.Fact), m.Credit, string(m.Verdict), m.Canonical,
			list(append([]string{m.Reason.Code}, m.Reason.Args...)), int64(m.Given), int64(m.Asked), m.Guess, m.Self, m.Recall, m.Stability, m.Elapsed, grader, graded(m.Graded))
	}
	return seq, err
}

const addCard = `INSERT INTO card (learner, fact, stability, difficulty, phase, step, reps, lapses, last, due, decay, surprise, seq)
	VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (learner, fact) DO NOTHING`

const moveCard = `UPDATE card SET stability = ?, difficulty = ?, phase = ?, step = ?, reps = ?, lapses = ?, last = ?, due = ?, decay = ?, surprise = ?, seq = ?
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
		return newCard(tx, c, seq)
	}
	return resetCard(tx, c, seq, c.Seq)
}

// newCard stores a card that is not there yet, fed last by the event numbered seq.
func newCard(tx direct, c study.Card, seq int64) error {
	return tx.moves(addCard, int64(c.Learner), int64(c.Fact), c.Stability, c.Difficulty, string(c.Phase), c.Step,
		c.Reps, c.Lapses, ms(c.Last), ms(c.Due), c.Decay, int64(c.Surprise), seq)
}

// resetCard replaces a card that the event numbered fed has fed last.
func resetCard(tx direct, c study.Card, seq, fed int64) error {
	return tx.moves(moveCard, c.Stability, c.Difficulty, string(c.Phase), c.Step, c.Reps, c.Lapses,
		ms(c.Last), ms(c.Due), c.Decay, int64(c.Surprise), seq, int64(c.Learner), int64(c.Fact), fed)
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
	if err != nil {
		return err
	}
	items := slices.Clone(a.Adds)
	for i := range items {
		items[i].Pos = int(last) + 1 + i
	}
	return addItems(tx, who, sitting, items)
}

func addTally(tx direct, who questions.LearnerID, t study.Tally) error {
	_, err := tx.exec(`INSERT INTO rollup (learner, day, answers, met, right_n, reviews, recalled, expected, took) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
		ON CONFLICT (learner, day) DO UPDATE SET answers = rollup.answers + excluded.answers, met = rollup.met + excluded.met,
			right_n = rollup.right_n + excluded.right_n, reviews = rollup.reviews + excluded.reviews,
			recalled = rollup.recalled + excluded.recalled, expected = rollup.expected + excluded.expected, took = rollup.took + excluded.took`,
		int64(who), int64(t.Day), t.Answers, t.Met, t.Right, t.Reviews, t.Recalled, t.Expected, t.Took.Milliseconds())
	return err
}
