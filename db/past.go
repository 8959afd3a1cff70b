package db

import (
	"database/sql"
	"encoding/json"
	"time"

	"gorm.io/gorm"

	"thaw/app/fsrs"
	"thaw/app/study"
	"thaw/questions"
)

// cards loads cards in the order of learner and fact.
func cards(g *gorm.DB, where string, args ...any) ([]study.Card, error) {
	var found []study.Card
	err := straight(g).each(`SELECT learner, fact, `+cardColumns+` FROM card c WHERE `+where+` ORDER BY learner, fact`, args, func(rows *sql.Rows) error {
		var r cardRow
		err := rows.Scan(append([]any{&r.Learner, &r.Fact}, r.into()...)...)
		found = append(found, r.card())
		return err
	})
	return found, err
}

const cardColumns = `c.stability, c.difficulty, c.phase, c.step, c.reps, c.lapses, c.last, c.due, c.decay, c.surprise, c.seq`

// cardRow is a card as it is stored.
type cardRow struct {
	study.Card
	last, due, surprise int64
}

func (r *cardRow) into() []any {
	return []any{&r.Stability, &r.Difficulty, &r.Phase, &r.Step, &r.Reps, &r.Lapses, &r.last, &r.due, &r.Decay, &r.surprise, &r.Seq}
}

func (r cardRow) card() study.Card {
	r.Last, r.Due, r.Surprise = at(r.last), at(r.due), day(r.surprise)
	return r.Card
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
	Voids, About, Weights int64
	Places                string
	Part                  *int
	Fact, Given, Asked    *int64
	Credit, Guess         *float64
	Verdict, Canonical    *string
	Reason, Graded        *string
	Self, Elapsed         *int
	Recall, Stability     *float64
}

func (r *pastRow) into() []any {
	return []any{&r.Learner, &r.Seq, &r.At, &r.Day, &r.Zone, &r.What, &r.Question, &r.Version, &r.Lexicon, &r.Ord, &r.Response, &r.Tried,
		&r.Took, &r.Sure, &r.Token, &r.Sitting, &r.Pos, &r.Voids, &r.About, &r.Weights, &r.Places,
		&r.Part, &r.Fact, &r.Credit, &r.Verdict, &r.Canonical, &r.Reason, &r.Graded, &r.Given, &r.Asked, &r.Guess, &r.Self, &r.Recall, &r.Stability, &r.Elapsed}
}

// pasts loads events with their marks, in order.
func pasts(g *gorm.DB, where string, args ...any) ([]study.Past, error) {
	var found []study.Past
	err := straight(g).each(`SELECT e.learner, e.seq, e.at, e.day, e.zone, e.what, e.question, e.version, e.lexicon, e.ord, e.response, e.tried,
			e.took, e.sure, e.token, e.sitting, e.pos, e.voids, e.about, e.weights, e.places,
			m.part, m.fact, m.credit, m.verdict, m.canonical, m.reason, m.graded, m.given, m.asked, m.guess, m.self, m.recall, m.stability, m.elapsed
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
	return study.Event{Learner: questions.LearnerID(r.Learner), Seq: r.Seq, At: at(r.At), Day: day(r.Day), Zone: r.Zone,
		What: study.What(r.What), Ref: questions.Ref{Question: questions.QuestionID(r.Question), Version: r.Version},
		Lexicon: r.Lexicon, Order: unlist[int](r.Ord), Response: unlist[string](r.Response), Tried: unlist[string](r.Tried),
		Took: time.Duration(r.Took) * time.Millisecond, Sure: r.Sure != 0, Token: r.Token, Sitting: r.Sitting, Pos: r.Pos, Voids: r.Voids, About: r.About, Weights: r.Weights, Places: unlist[float64](r.Places)}
}

func (r pastRow) mark() study.Mark {
	m := study.Mark{Recall: *r.Recall, Stability: *r.Stability, Elapsed: *r.Elapsed,
		Mark: questions.Mark{Part: *r.Part, Fact: questions.FactID(*r.Fact), Credit: *r.Credit, Verdict: questions.Verdict(*r.Verdict),
			Canonical: *r.Canonical, Given: questions.EntityID(*r.Given), Asked: questions.EntityID(*r.Asked), Guess: *r.Guess, Self: *r.Self}}
	if reason := unlist[string](*r.Reason); len(reason) > 0 {
		m.Reason.Code = reason[0]
		m.Reason.Args = append(m.Reason.Args, reason[1:]...)
	}
	m.Graded = ungraded(*r.Graded)
	return m
}

// graded stores what the grader said where a ruling says otherwise.
func graded(m *questions.Mark) string {
	if m == nil {
		return ""
	}
	raw, err := json.Marshal(m)
	if err != nil {
		return ""
	}
	return string(raw)
}

// ungraded reads what graded has stored.
func ungraded(raw string) *questions.Mark {
	if raw == "" {
		return nil
	}
	m := new(questions.Mark)
	_ = json.Unmarshal([]byte(raw), m) // written by us
	return m
}

// day reads a stored study day.
func day(n int64) fsrs.Day { return fsrs.Day(n) } // #nosec G115 -- stored from a Day

// weightsOf reads stored weights; none are the zero ones.
func weightsOf(raw string) (w fsrs.Weights) {
	copy(w[:], unlist[float64](raw))
	return w
}
