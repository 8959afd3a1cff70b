package db

import (
	"context"
	"database/sql"
	"slices"

	"gorm.io/gorm"

	"thaw/app/bank"
	"thaw/questions"
)

// Stock implements bank.StockStore.
func (s Bank) Stock(ctx context.Context, who questions.LearnerID, id questions.BankID, everybody bool) (stock bank.Stock, err error) {
	err = s.view(ctx, func(q *gorm.DB) error {
		stock, err = loadStock(q, who, id, everybody)
		return err
	})
	return stock, err
}

func loadStock(q *gorm.DB, who questions.LearnerID, id questions.BankID, everybody bool) (bank.Stock, error) {
	var head bankRow
	err := one(q.Raw(`SELECT b.id, b.slug, b.title, b.lang, b.about, b.source, b.built_in, b.revision, b.owner, b.copied
		FROM bank b WHERE b.id = ? AND b.gone = 0 AND (CAST(? AS BIGINT) = 1 OR `+mine+`)`, int64(id), bit(everybody), int64(who)), &head)
	if err != nil {
		return bank.Stock{}, err
	}
	c := bank.Contents{Bank: head.bank(), Revision: head.Revision}
	for _, load := range []func(*gorm.DB, *bank.Contents) error{loadTopics, loadSections, loadLexicon} {
		if err := load(q, &c); err != nil {
			return bank.Stock{}, err
		}
	}
	s := bank.Stock{Bank: c.Bank, Revision: c.Revision, Topics: c.Topics, Sections: c.Sections, Lexicon: c.Lexicon, Past: map[questions.QuestionID][]questions.Version{}}
	if s.Facts, err = factsOf(q, id); err != nil {
		return s, err
	}
	var thrown []string
	if err = q.Raw(`SELECT slug FROM question WHERE bank = ? AND gone <> 0`, int64(id)).Scan(&thrown).Error; err != nil {
		return s, err
	}
	s.Thrown = map[string]bool{}
	for _, slug := range thrown {
		s.Thrown[slug] = true
	}
	return s, loadAllQuestions(straight(q), &s)
}

// factsOf loads the facts of a bank and those that its questions ask for, in their order.
func factsOf(q *gorm.DB, id questions.BankID) (list []bank.Fact, err error) {
	err = q.Raw(`SELECT f.id, f.bank, f.slug, f.topic, f.text, f.lang, f.twin, f.happened AS "when", CASE WHEN f.bank = ? THEN f.passage ELSE COALESCE(p.id, 0) END AS passage
		FROM fact f LEFT JOIN passage o ON o.id = f.passage AND f.bank <> ? LEFT JOIN passage p ON p.bank = ? AND p.slug = o.slug AND p.gone = 0
		WHERE (f.bank = ? AND f.gone = 0) OR f.id IN (SELECT a.fact FROM question q JOIN answer a ON a.question = q.id AND a.version = q.latest WHERE q.bank = ? AND q.gone = 0)
		ORDER BY f.pos, f.id`, int64(id), int64(id), int64(id), int64(id), int64(id)).Scan(&list).Error
	return list, err
}

// loadAllQuestions loads the questions of a bank in their order with all their wordings.
func loadAllQuestions(d direct, s *bank.Stock) error {
	tags, err := tagsIn(d, s.Bank.ID)
	if err != nil {
		return err
	}
	answers, err := answersIn(d, s.Bank.ID)
	if err != nil {
		return err
	}
	return d.each(`SELECT q.id, q.topic, q.slug, q.kind, q.state, q.latest, q.origin, q.origin_version, q.reverses, q.changed,
			v.n, v.kind, v.lang, v.prompt, v.explain, v.passage, v.level, v.fixed, v.back, v.quote
		FROM question q JOIN version v ON v.question = q.id WHERE q.bank = ? AND q.gone = 0 ORDER BY q.pos, q.id, v.n`, []any{int64(s.Bank.ID)}, func(rows *sql.Rows) error {
		h, v := headRow{Bank: int64(s.Bank.ID)}, versionRow{}
		err := rows.Scan(&h.ID, &h.Topic, &h.Slug, &h.Kind, &h.State, &h.Latest, &h.Origin, &h.OriginVersion, &h.Reverses, &h.Changed,
			&v.N, &v.Kind, &v.Lang, &v.Prompt, &v.Explain, &v.Passage, &v.Level, &v.Fixed, &v.Back, &v.Quote)
		if err != nil {
			return err
		}
		v.Question = h.ID
		ref := questions.Ref{Question: questions.QuestionID(h.ID), Version: v.N}
		if version := v.version(answers[ref]); v.N == h.Latest {
			w := bank.Written{Head: h.head(), Version: version}
			w.Tags = tags[w.ID]
			s.Questions = append(s.Questions, w)
		} else {
			s.Past[ref.Question] = append(s.Past[ref.Question], version)
		}
		return nil
	})
}

func tagsIn(d direct, id questions.BankID) (map[questions.QuestionID][]string, error) {
	tags := map[questions.QuestionID][]string{}
	err := d.each(`SELECT g.question, g.tag FROM question q JOIN tagged g ON g.question = q.id WHERE q.bank = ? ORDER BY g.question, g.pos`,
		[]any{int64(id)}, func(rows *sql.Rows) error {
			var q questions.QuestionID
			var tag string
			err := rows.Scan(&q, &tag)
			tags[q] = append(tags[q], tag)
			return err
		})
	return tags, err
}

func answersIn(d direct, id questions.BankID) (map[questions.Ref][]questions.Answer, error) {
	answers := map[questions.Ref][]questions.Answer{}
	err := d.each(`SELECT a.question, a.version, a.part, a.fact, a.text, a.match, a.credit, a.slack, a.feedback, a.entity
		FROM question q JOIN answer a ON a.question = q.id WHERE q.bank = ? ORDER BY a.question, a.version, a.pos`, []any{int64(id)}, func(rows *sql.Rows) error {
		var r answerRow
		err := rows.Scan(&r.Question, &r.Version, &r.Part, &r.Fact, &r.Text, &r.Match, &r.Credit, &r.Slack, &r.Feedback, &r.Entity)
		ref := questions.Ref{Question: questions.QuestionID(r.Question), Version: r.Version}
		answers[ref] = append(answers[ref], r.answer())
		return err
	})
	return answers, err
}

// Shelved implements bank.StockStore.
func (s Bank) Shelved(ctx context.Context) ([]bank.Bank, error) {
	var rows []bankRow
	err := s.reader(ctx).Raw(`SELECT ` + bankColumns + ` FROM bank WHERE gone = 0 AND emptied = 0 ORDER BY built_in DESC, id`).Scan(&rows).Error
	list := make([]bank.Bank, len(rows))
	for i, r := range rows {
		list[i] = r.bank()
	}
	return slices.Clip(list), err
}
