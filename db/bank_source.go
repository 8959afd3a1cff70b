package db

import (
	"context"

	"gorm.io/gorm"

	"thaw/app/bank"
	"thaw/questions"
	"thaw/questions/kind"
)

// Sources implements bank.SourceStore.
func (s Bank) Sources(ctx context.Context, who questions.LearnerID, id questions.BankID) (all bank.Sources, err error) {
	err = s.view(ctx, func(q *gorm.DB) error {
		all, err = loadSources(q, who, id)
		return err
	})
	return all, err
}

func loadSources(q *gorm.DB, who questions.LearnerID, id questions.BankID) (bank.Sources, error) {
	var rows []struct {
		Bank    bankRow `gorm:"embedded"`
		S       string
		Called  string
		P       int64
		PSlug   string
		Passage string
	}
	err := q.Raw(`SELECT b.id, b.slug, b.title, b.lang, b.about, b.source, b.built_in, b.revision, b.owner, b.copied, COALESCE(s.slug, '') AS s, COALESCE(s.title, '') AS called,
			COALESCE(p.id, 0) AS p, COALESCE(p.slug, '') AS p_slug, COALESCE(p.text, '') AS passage
		FROM bank b LEFT JOIN (section s JOIN passage p ON p.bank = s.bank AND p.section = s.slug AND p.gone = 0) ON s.bank = b.id AND s.gone = 0
		WHERE b.id = ? AND `+mine+` ORDER BY s.pos, s.slug, p.pos`, int64(id), int64(who)).Scan(&rows).Error
	if err != nil {
		return bank.Sources{}, err
	}
	if len(rows) == 0 {
		return bank.Sources{}, missing()
	}
	all := bank.Sources{Bank: rows[0].Bank.bank(), Revision: rows[0].Bank.Revision}
	for _, r := range rows {
		if n := len(all.Sections); r.S != "" && (n == 0 || all.Sections[n-1].Slug != r.S) {
			all.Sections = append(all.Sections, bank.Section{Slug: r.S, Title: r.Called})
		}
		if r.P != 0 {
			last := &all.Sections[len(all.Sections)-1]
			last.Passages = append(last.Passages, questions.Passage{ID: questions.PassageID(r.P), Slug: r.PSlug, Section: r.S, Text: r.Passage})
		}
	}
	all.Anchors, err = loadAnchors(q, id)
	return all, err
}

func loadAnchors(q *gorm.DB, id questions.BankID) ([]bank.Anchor, error) {
	var rows []struct {
		Head          headRow `gorm:"embedded"`
		Prompt, Quote string
		Passage       int64
	}
	err := q.Raw(`SELECT `+headColumns+`, v.prompt, v.quote, v.passage FROM question q JOIN version v ON v.question = q.id AND v.n = q.latest
		WHERE q.bank = ? AND v.passage <> 0 AND q.state <> 'retired' AND q.reverses = 0 ORDER BY q.pos, q.id`, int64(id)).Scan(&rows).Error
	list := make([]bank.Anchor, len(rows))
	for i, r := range rows {
		list[i] = bank.Anchor{Head: r.Head.head(), Passage: questions.PassageID(r.Passage), Quote: r.Quote,
			Prompt: kind.Line(questions.Version{Kind: r.Head.Kind, Prompt: r.Prompt})}
	}
	return list, err
}

// SetSource implements bank.SourceStore.
func (s Bank) SetSource(ctx context.Context, who questions.LearnerID, id questions.BankID, revision int, text bank.Section) error {
	return s.write(ctx, func(tx *gorm.DB) error {
		if err := stepBank(tx, who, id, revision); err != nil {
			return err
		}
		return putSource(tx, int64(id), text)
	})
}

func putSource(tx *gorm.DB, id int64, text bank.Section) error {
	err := tx.Exec(`INSERT INTO section (bank, slug, title, pos, gone) VALUES (?, ?, ?, (SELECT COALESCE(MAX(pos), 0) + 1 FROM section WHERE bank = ?), ?)
		ON CONFLICT (bank, slug) DO UPDATE SET title = excluded.title, gone = excluded.gone`,
		id, text.Slug, text.Title, id, bit(len(text.Passages) == 0)).Error
	if err != nil {
		return err
	}
	if err := tx.Exec(`UPDATE passage SET gone = 1 WHERE bank = ? AND section = ?`, id, text.Slug).Error; err != nil {
		return err
	}
	for pos, p := range text.Passages {
		err := tx.Exec(`INSERT INTO passage (bank, slug, section, pos, text, gone) VALUES (?, ?, ?, ?, ?, 0)
			ON CONFLICT (bank, slug) DO UPDATE SET section = excluded.section, pos = excluded.pos, text = excluded.text, gone = 0`,
			id, p.Slug, text.Slug, pos, p.Text).Error
		if err != nil {
			return err
		}
	}
	return nil
}
