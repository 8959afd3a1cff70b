package db

import (
	"context"
	"database/sql"

	"gorm.io/gorm"

	"thaw/app/quiz"
	"thaw/app/study"
	"thaw/questions"
)

// Memory implements study.CoachStore.
func (s Study) Memory(ctx context.Context, who questions.LearnerID) ([]study.Card, []study.Care, error) {
	return memoryOf(straight(s.reader(ctx)), who, nil)
}

// memoryOf loads a learner's cards by fact, and how they want facts handled: those of the
// facts, or all. One query has both, the cares after the cards in columns of theirs.
func memoryOf(d direct, who questions.LearnerID, facts []questions.FactID) (cards []study.Card, cares []study.Care, err error) {
	of, args := `learner = ?`, []any{int64(who)}
	if len(facts) > 0 {
		of += ` AND fact IN ` + places(len(facts))
	}
	for _, f := range facts {
		args = append(args, int64(f))
	}
	err = d.each(`SELECT 0, fact, `+cardColumns+` FROM card c WHERE `+of+`
		UNION ALL SELECT 1, fact, 0, 0, note, suspended, starred, 0, 0, until, 0, 0, 0 FROM care WHERE `+of+` ORDER BY 1, 2`,
		append(args, args...), func(rows *sql.Rows) error {
			care, r := 0, cardRow{Card: study.Card{Learner: who}}
			err := rows.Scan(append([]any{&care, &r.Fact}, r.into()...)...)
			if care == 0 {
				cards = append(cards, r.card())
			} else {
				cares = append(cares, r.care())
			}
			return err
		})
	return cards, cares, err
}

// care reads what stands in the columns of a card: note as phase, suspended as step,
// starred as reps, until as due.
func (r cardRow) care() study.Care {
	return study.Care{Fact: r.Fact, Suspended: r.Step != 0, Until: day(r.due), Starred: r.Reps != 0, Note: string(r.Phase)}
}

// Handle implements quiz.Store.
func (s Quiz) Handle(ctx context.Context, e study.Event, facts []questions.FactID, sitting int) error {
	return raced(s.write(ctx, func(tx *gorm.DB) error {
		if err := hold(tx, e.Learner); err != nil {
			return err
		}
		d := straight(tx)
		if err := handled(d, e, facts); err != nil || sitting == 0 {
			return err
		}
		return leaveOut(d, e, facts, sitting)
	}))
}

// handled appends the event, standing on what is so now, and puts what follows from it.
func handled(d direct, e study.Event, facts []questions.FactID) error {
	who := int64(e.Learner)
	if e.Ref.Question == 0 {
		err := d.row(`SELECT question, version, lexicon FROM event WHERE learner = ? ORDER BY seq DESC LIMIT 1`, []any{who}, &e.Ref.Question, &e.Ref.Version, &e.Lexicon)
		if err != nil {
			return err
		}
	}
	on, err := standOf(d, e.Learner, 0)
	if err != nil {
		return err
	}
	if e.Weights, err = d.number(`SELECT adopted FROM learner WHERE id = ?`, who); err != nil {
		return err
	}
	if _, err := appendEvent(d, e, on, nil); err != nil {
		return err
	}
	_, held, err := memoryOf(d, e.Learner, facts)
	if err != nil {
		return err
	}
	by := study.OfFacts(held)
	for _, f := range facts {
		care := by[f]
		care.Fact = f
		if err := putCare(d, e.Learner, care.After(e)); err != nil {
			return err
		}
	}
	return nil
}

// putCare stores how a fact is handled; its note stays.
func putCare(d direct, who questions.LearnerID, c study.Care) error {
	_, err := d.exec(`INSERT INTO care (learner, fact, suspended, until, starred) VALUES (?, ?, ?, ?, ?)
		ON CONFLICT (learner, fact) DO UPDATE SET suspended = excluded.suspended, until = excluded.until, starred = excluded.starred`,
		int64(who), int64(c.Fact), bit(c.Suspended), int64(c.Until), bit(c.Starred))
	return err
}

// leaveOut closes, without an answer, the open items of a sitting that ask for one of the
// facts; with the last one the sitting ends.
func leaveOut(d direct, e study.Event, facts []questions.FactID, sitting int) error {
	who := int64(e.Learner)
	asked, err := openItems(d, who, sitting)
	if err != nil {
		return err
	}
	out := 0
	for _, it := range asked {
		if !it.AsksFor(facts) {
			continue
		}
		out++
		err := d.moves(`UPDATE item SET state = ?, verdict = ? WHERE learner = ? AND sitting = ? AND pos = ? AND state <> ?`,
			string(quiz.Closed), string(questions.Void), who, sitting, it.Pos, string(quiz.Closed))
		if err != nil {
			return err
		}
	}
	if out == 0 {
		return nil
	}
	return d.moves(`UPDATE sitting SET closed = closed + ?, finished = CASE WHEN closed + ? >= count THEN ? ELSE finished END WHERE learner = ? AND n = ?`,
		out, out, ms(e.At), who, sitting)
}

// openItems lists the items of a sitting that are not closed.
func openItems(d direct, who int64, sitting int) (items []quiz.Item, err error) {
	err = d.each(`SELECT `+itemColumns+` FROM item i WHERE i.learner = ? AND i.sitting = ? AND i.state <> ? ORDER BY i.pos`,
		[]any{who, sitting, string(quiz.Closed)}, func(rows *sql.Rows) error {
			var r itemRow
			err := rows.Scan(r.into()...)
			items = append(items, r.item())
			return err
		})
	return items, err
}

// Note implements quiz.Store.
func (s Quiz) Note(ctx context.Context, who questions.LearnerID, fact questions.FactID, note string) error {
	return s.write(ctx, func(tx *gorm.DB) error {
		if err := hold(tx, who); err != nil {
			return err
		}
		_, err := straight(tx).exec(`INSERT INTO care (learner, fact, note) VALUES (?, ?, ?) ON CONFLICT (learner, fact) DO UPDATE SET note = excluded.note`,
			int64(who), int64(fact), note)
		return orphaned(err)
	})
}
