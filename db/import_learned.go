package db

import (
	"context"
	"slices"

	"gorm.io/gorm"

	"thaw/app/people"
	"thaw/app/study"
	"thaw/questions"
	"thaw/questions/format/bundle"
)

// Learned implements bank.StockStore.
func (s Bank) Learned(ctx context.Context, who questions.LearnerID, id questions.BankID) (found map[questions.QuestionID]bundle.Learned, err error) {
	err = s.view(ctx, func(q *gorm.DB) error {
		past, err := pasts(q, `e.learner = ?`, int64(who))
		if err != nil {
			return err
		}
		held, cares, err := memoryOf(straight(q), who, nil)
		if err != nil {
			return err
		}
		var rows []struct{ Question, Fact int64 }
		err = q.Raw(`SELECT q.id AS question, a.fact FROM question q JOIN answer a ON a.question = q.id AND a.version = q.latest
			WHERE q.bank = ? AND q.gone = 0 AND a.fact <> 0 ORDER BY q.id, a.pos`, int64(id)).Scan(&rows).Error
		by := study.LearnedOf(past, held, cares)
		found = map[questions.QuestionID]bundle.Learned{}
		for _, r := range rows {
			l, ok := by[questions.FactID(r.Fact)]
			if _, has := found[questions.QuestionID(r.Question)]; ok && !has { // of several facts the first one's
				found[questions.QuestionID(r.Question)] = l
			}
		}
		return err
	})
	return found, err
}

// eventOf is an event with the question that it is of.
type eventOf struct{ Seq, Question int64 }

// tokenOf begins the tokens of the events of an import.
func tokenOf(token string) string { return "import " + token }

// learn stores what the one who brings it in remembers of it, as events with all that
// follows from them.
func (g *bringer) learn() error {
	var list []study.Elsewhere
	lexicon, err := g.d.number(`SELECT COALESCE(MAX(revision), 0) FROM lexicon WHERE bank = ?`, g.id)
	if err != nil {
		return err
	}
	for k, q := range g.b.Questions {
		if q.Learned != nil && q.ID == 0 {
			list = append(list, study.Elsewhere{Version: g.version(k), Lexicon: int(lexicon), Learned: *q.Learned})
		}
	}
	if len(list) == 0 || g.in.N == 0 {
		return nil
	}
	who := g.in.Owner
	var zone string
	e := study.Event{Learner: who, At: g.in.Since, Token: tokenOf(g.in.Token)}
	if err := g.d.row(`SELECT zone, adopted FROM learner WHERE id = ?`, []any{int64(who)}, &zone, &e.Weights); err != nil {
		return err
	}
	e.Zone = people.Zone(zone).String()
	e.Day = study.Calendar(people.Zone(zone)).Day(e.At)
	past, err := pasts(g.tx, `e.learner = ?`, int64(who))
	if err != nil {
		return err
	}
	b := study.Bring(past, e, list)
	for _, p := range b.Past {
		g.made.Events = append(g.made.Events, eventOf{p.Seq, int64(p.Ref.Question)})
	}
	return g.remember(b)
}

// markOf is a mark with the event that it is of.
type markOf struct {
	seq int64
	study.Mark
}

func (g *bringer) remember(b study.Brought) error {
	who := int64(g.in.Owner)
	err := bulk(g.d, `event (learner, seq, at, day, zone, what, question, version, lexicon, ord, response, tried, took, sure, token, sitting, pos, voids, about, weights, places)`,
		b.Past, func(p study.Past) []any {
			return []any{who, p.Seq, ms(p.At), int64(p.Day), p.Zone, string(p.What), int64(p.Ref.Question), p.Ref.Version, p.Lexicon, "", list(p.Response), "",
				p.Took.Milliseconds(), 0, p.Token, 0, 0, 0, 0, p.Weights, ""}
		})
	if err != nil {
		return err
	}
	var marks []markOf
	for _, p := range b.Past {
		for _, m := range p.Marks {
			marks = append(marks, markOf{p.Seq, m})
		}
	}
	err = bulk(g.d, `mark (learner, seq, part, fact, credit, verdict, canonical, reason, given, asked, guess, self, recall, stability, elapsed, grader, graded)`,
		marks, func(m markOf) []any {
			return []any{who, m.seq, m.Part, int64(m.Fact), m.Credit, string(m.Verdict), m.Canonical, list(append([]string{m.Reason.Code}, m.Reason.Args...)),
				0, 0, m.Guess, m.Self, m.Recall, m.Stability, m.Elapsed, grader, ""}
		})
	if err != nil {
		return err
	}
	for _, c := range b.Cards {
		if err := newCard(g.d, c, c.Seq); err != nil {
			return err
		}
	}
	for _, c := range b.Cares {
		if err := putCare(g.d, g.in.Owner, c); err != nil {
			return err
		}
	}
	for _, t := range b.Days {
		if err := addTally(g.d, g.in.Owner, t); err != nil {
			return err
		}
	}
	return nil
}

// unlearn takes out the events that came along with what goes, and puts what follows from
// those that are left.
func (t *taker) unlearn() error {
	var gone []int64
	going := map[int64]bool{}
	for _, e := range t.made.Events {
		if !t.used[e.Question] {
			gone, going[e.Seq] = append(gone, e.Seq), true
		}
	}
	if len(gone) == 0 {
		return nil
	}
	who := int64(t.who)
	if _, err := t.d.exec(`UPDATE import SET state = 'undoing' WHERE learner = ? AND n = ?`, who, t.n); err != nil {
		return err
	}
	before, err := pasts(t.tx, `e.learner = ?`, who)
	if err != nil {
		return err
	}
	err = some(gone, func(in string, args []any) error {
		_, err := t.d.exec(`DELETE FROM event WHERE learner = ? AND seq IN `+in, append([]any{who}, args...)...)
		return err
	})
	if err != nil {
		return err
	}
	after := slices.DeleteFunc(slices.Clone(before), func(p study.Past) bool { return going[p.Seq] })
	return t.forget(before, after)
}

// forget puts cards, cares and days as the past that is left makes them.
func (t *taker) forget(before, after []study.Past) error {
	was, is := study.Fold(before), study.ByFact(study.Fold(after))
	for _, c := range was {
		if _, ok := is[c.Fact]; !ok {
			if _, err := t.d.exec(`DELETE FROM card WHERE learner = ? AND fact = ?`, int64(t.who), int64(c.Fact)); err != nil {
				return err
			}
		}
	}
	left := study.OfFacts(study.Cares(after))
	for _, c := range study.Cares(before) {
		if left[c.Fact] == (study.Care{}) {
			if _, err := t.d.exec(`DELETE FROM care WHERE learner = ? AND fact = ? AND note = ''`, int64(t.who), int64(c.Fact)); err != nil {
				return err
			}
		}
	}
	lived, _ := study.Replay(before)
	lives, _ := study.Replay(after)
	for _, day := range study.Days(lived) {
		if err := addTally(t.d, t.who, day.Minus()); err != nil {
			return err
		}
	}
	for _, day := range study.Days(lives) {
		if err := addTally(t.d, t.who, day); err != nil {
			return err
		}
	}
	_, err := t.d.exec(`DELETE FROM rollup WHERE learner = ? AND answers = 0 AND met = 0 AND reviews = 0 AND took = 0`, int64(t.who))
	return err
}
