package db

import (
	"context"
	"database/sql"
	"time"

	"gorm.io/gorm"

	"thaw/app/quiz"
	"thaw/app/study"
	"thaw/questions"
)

// Give implements quiz.Store.
func (s Quiz) Give(ctx context.Context, who questions.LearnerID, sitting int, it quiz.Item, was string) error {
	return s.write(ctx, func(tx *gorm.DB) error {
		return straight(tx).moves(`UPDATE item SET state = ?, given = ?, given_at = ?, took = ?, flagged = ?, token = ?
			WHERE learner = ? AND sitting = ? AND pos = ? AND token = ? AND state IN (?, ?)
				AND EXISTS (SELECT 1 FROM sitting s WHERE s.learner = item.learner AND s.n = item.sitting AND s.handed = 0)`,
			string(it.State), list(it.Given), ms(it.At), it.Took.Milliseconds(), bit(it.Flagged), it.Token,
			int64(who), sitting, it.Pos, was, string(quiz.Open), string(quiz.Given))
	})
}

// Extend implements quiz.Store.
func (s Quiz) Extend(ctx context.Context, who questions.LearnerID, n int, from, to time.Time) error {
	return s.write(ctx, func(tx *gorm.DB) error {
		return straight(tx).moves(`UPDATE sitting SET ends = ? WHERE learner = ? AND n = ? AND ends = ? AND finished = 0`, ms(to), int64(who), n, ms(from))
	})
}

// Paper implements quiz.Store. What it stands on is loaded first, so that what is made
// meanwhile is seen.
func (s Quiz) Paper(ctx context.Context, who questions.LearnerID, n int) (p quiz.Paper, err error) {
	q := s.reader(ctx)
	d := straight(q)
	var weights string
	var on int64
	err = d.row(`SELECT l.weights, l.adopted, `+adoptedOn+`, l.judged, COALESCE((SELECT MAX(seq) FROM event WHERE learner = l.id), 0) FROM learner l WHERE l.id = ?`,
		[]any{int64(who)}, &weights, &p.Adopted, &on, &p.Judged, &p.Last)
	if err != nil {
		return p, err
	}
	p.Weights, p.AdoptedOn = weightsOf(weights), day(on)
	if err := ruledIn(d, who, n, &p); err != nil {
		return p, err
	}
	if p.Sitting, err = s.Sitting(ctx, who, n); err != nil {
		return p, err
	}
	p.Cards, err = cards(q, `learner = ?`, int64(who))
	return p, err
}

// ruledIn loads the rulings on the questions of a sitting.
func ruledIn(d direct, who questions.LearnerID, n int, p *quiz.Paper) error {
	p.Ruled, p.Rulings = map[questions.QuestionID]int64{}, map[questions.QuestionID][]study.Ruling{}
	err := d.each(`SELECT DISTINCT q.id, q.ruled FROM item i JOIN question q ON q.id = i.question WHERE i.learner = ? AND i.sitting = ? AND q.ruled > 0`,
		[]any{int64(who), n}, func(rows *sql.Rows) error {
			var id questions.QuestionID
			var ruled int64
			err := rows.Scan(&id, &ruled)
			p.Ruled[id] = ruled
			return err
		})
	for id := range p.Ruled {
		if err == nil {
			p.Rulings[id], err = rulings(d, who, id)
		}
	}
	return err
}

// HandIn implements quiz.Store.
func (s Quiz) HandIn(ctx context.Context, in quiz.HandedIn) error {
	return raced(s.write(ctx, func(tx *gorm.DB) error {
		if err := hold(tx, in.Learner); err != nil {
			return err
		}
		return handIn(straight(tx), in)
	}))
}

func handIn(d direct, in quiz.HandedIn) error {
	who := int64(in.Learner)
	err := d.moves(`UPDATE sitting SET finished = ?, closed = count, unanswered = ? WHERE learner = ? AND n = ? AND finished = 0 AND closed + ? = count`,
		ms(in.Finished), len(in.Empty), who, in.Sitting, len(in.Answers)+len(in.Empty))
	if err != nil {
		return err
	}
	for i, a := range in.Answers {
		seq, err := saveJudged(d, a)
		if err == nil && seq != in.Last+int64(i)+1 {
			err = quiz.ErrMoved
		}
		if err != nil {
			return err
		}
	}
	for _, it := range in.Empty {
		err := d.moves(`UPDATE item SET state = ?, credit = 0, verdict = ? WHERE learner = ? AND sitting = ? AND pos = ? AND state = ? AND token = ?`,
			string(quiz.Closed), string(questions.Wrong), who, in.Sitting, it.Pos, string(it.State), it.Token)
		if err == nil {
			err = noteRuled(d, in.Learner, it.Ref.Question)
		}
		if err != nil {
			return err
		}
	}
	if len(in.Empty) == 0 {
		return nil
	}
	return reempty(d, who)
}

// saveJudged stores one answer of a sitting that is handed in.
func saveJudged(d direct, a quiz.Answered) (int64, error) {
	seq, err := appendEvent(d, a.Event, a.Stand, a.Marks)
	if err != nil {
		return 0, err
	}
	if err := putCards(d, a.Cards, seq); err != nil {
		return 0, err
	}
	err = d.moves(`UPDATE item SET state = ?, seq = ?, credit = ?, verdict = ? WHERE learner = ? AND sitting = ? AND pos = ? AND state = ? AND token = ?`,
		string(a.Item.State), seq, a.Item.Credit, string(a.Item.Verdict), int64(a.Event.Learner), a.Event.Sitting, a.Item.Pos, string(a.From), a.Item.Token)
	if err != nil {
		return 0, err
	}
	return seq, follow(d, a)
}
