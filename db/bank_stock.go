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
	s := bank.Stock{Bank: head.bank(), Revision: head.Revision, Lexicon: questions.Lexicon{Bank: id}, Past: map[questions.QuestionID][]questions.Version{}, Thrown: map[string]bool{}}
	if err := loadParts(q, &s); err != nil {
		return s, err
	}
	return s, loadAllQuestions(straight(q), &s)
}

// loadParts loads what a bank holds beside questions, in one query: its topics, its facts
// and those of others that its questions ask for, its texts and the newest names.
func loadParts(q *gorm.DB, s *bank.Stock) error {
	var rows []struct {
		What             string
		ID, Up, Owner    int64
		Slug, A, B, C, D string
		Passage          int64
	}
	id := int64(s.Bank.ID)
	err := q.Raw(`SELECT 'topic' AS what, id, parent AS up, bank AS owner, slug, title AS a, about AS b, '' AS c, '' AS d, 0 AS passage, pos AS pos, 0 AS place
			FROM topic WHERE bank = ? AND gone = 0
		UNION ALL SELECT 'fact', f.id, f.topic, f.bank, f.slug, f.text, f.lang, f.twin, f.happened, CASE WHEN f.bank = ? THEN f.passage ELSE COALESCE(p.id, 0) END, f.pos, 0
			FROM fact f LEFT JOIN passage o ON o.id = f.passage AND f.bank <> ? LEFT JOIN passage p ON p.bank = ? AND p.slug = o.slug AND p.gone = 0
			WHERE (f.bank = ? AND f.gone = 0) OR f.id IN (SELECT a.fact FROM question q JOIN answer a ON a.question = q.id AND a.version = q.latest WHERE q.bank = ? AND q.gone = 0)
		UNION ALL SELECT 'passage', p.id, 0, p.bank, p.slug, p.text, s.slug, s.title, '', 0, s.pos, p.pos
			FROM passage p JOIN section s ON s.bank = p.bank AND s.slug = p.section WHERE p.bank = ? AND p.gone = 0 AND s.gone = 0
		UNION ALL SELECT 'name', e.id, e.revision, e.bank, e.slug, e.name, e.about, e.kind, e.spellings, 0, 0, 0
			FROM entity e WHERE e.bank = ? AND e.revision = (SELECT MAX(l.revision) FROM lexicon l WHERE l.bank = e.bank)
		ORDER BY 1, 11, 12, 2`, id, id, id, id, id, id, id, id).Scan(&rows).Error
	sections := map[string]int{}
	for _, r := range rows {
		switch r.What {
		case "topic":
			s.Topics = append(s.Topics, bank.Topic{ID: questions.TopicID(r.ID), Slug: r.Slug, Title: r.A, About: r.B, Parent: questions.TopicID(r.Up)})
		case "fact":
			s.Facts = append(s.Facts, bank.Fact{ID: questions.FactID(r.ID), Bank: questions.BankID(r.Owner), Slug: r.Slug, Topic: questions.TopicID(r.Up),
				Text: r.A, Lang: r.B, Twin: r.C, When: r.D, Passage: questions.PassageID(r.Passage)})
		case "passage":
			at, ok := sections[r.B]
			if !ok {
				at = len(s.Sections)
				sections[r.B], s.Sections = at, append(s.Sections, bank.Section{Slug: r.B, Title: r.C})
			}
			s.Sections[at].Passages = append(s.Sections[at].Passages, questions.Passage{ID: questions.PassageID(r.ID), Slug: r.Slug, Section: r.B, Text: r.A})
		case "name":
			s.Lexicon.Revision = int(r.Up)
			s.Lexicon.Entities = append(s.Lexicon.Entities, questions.Entity{ID: questions.EntityID(r.ID), Slug: r.Slug, Kind: r.C, Name: r.A, About: r.B, Spellings: unlist[string](r.D)})
		}
	}
	return err
}

// loadAllQuestions loads the questions of a bank in their order with all their wordings;
// of those in the bin, the slug alone.
func loadAllQuestions(d direct, s *bank.Stock) error {
	answers, err := answersIn(d, s.Bank.ID)
	if err != nil {
		return err
	}
	return d.each(`SELECT q.id, q.topic, q.slug, q.kind, q.state, q.latest, q.origin, q.origin_version, q.reverses, q.changed, q.gone, CASE WHEN v.n = q.latest THEN `+tagsOf(`q.id`)+` ELSE '' END,
			v.n, v.kind, v.lang, v.prompt, v.explain, v.passage, v.level, v.fixed, v.back, v.quote
		FROM question q JOIN version v ON v.question = q.id WHERE q.bank = ? ORDER BY q.pos, q.id, v.n`, []any{int64(s.Bank.ID)}, func(rows *sql.Rows) error {
		h, v, gone, tags := headRow{Bank: int64(s.Bank.ID)}, versionRow{}, int64(0), ""
		err := rows.Scan(&h.ID, &h.Topic, &h.Slug, &h.Kind, &h.State, &h.Latest, &h.Origin, &h.OriginVersion, &h.Reverses, &h.Changed, &gone, &tags,
			&v.N, &v.Kind, &v.Lang, &v.Prompt, &v.Explain, &v.Passage, &v.Level, &v.Fixed, &v.Back, &v.Quote)
		if err != nil || gone != 0 {
			s.Thrown[h.Slug] = s.Thrown[h.Slug] || err == nil
			return err
		}
		v.Question = h.ID
		ref := questions.Ref{Question: questions.QuestionID(h.ID), Version: v.N}
		if version := v.version(answers[ref]); v.N == h.Latest {
			w := bank.Written{Head: h.head(), Version: version}
			w.Tags = untagged(tags)
			s.Questions = append(s.Questions, w)
		} else {
			s.Past[ref.Question] = append(s.Past[ref.Question], version)
		}
		return nil
	})
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
