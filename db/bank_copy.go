package db

import (
	"cmp"
	"context"
	"slices"
	"time"

	"gorm.io/gorm"

	"thaw/app/bank"
	"thaw/questions"
)

// Copy implements bank.Library.
func (s Bank) Copy(ctx context.Context, from questions.BankID, b bank.Bank, made time.Time) (id questions.BankID, err error) {
	err = s.write(ctx, func(tx *gorm.DB) error {
		id, err = copyBank(tx, from, b, made)
		return err
	})
	if isUnique(err) { // the same form, at the same time
		id, err = bankOf(s.reader(ctx), b)
	}
	return id, err
}

// copies are the statements that fill a copy: new is its bank, old the original.
// What belongs together is found by its slug, which both have.
var copies = []string{
	`INSERT INTO topic (bank, slug, title, about, pos, gone, parent)
		SELECT CAST(@new AS BIGINT), slug, title, about, pos, 0, parent FROM topic WHERE bank = @old AND gone = 0`,
	`UPDATE topic SET parent = COALESCE((SELECT m.id FROM topic o JOIN topic m ON m.slug = o.slug AND m.bank = @new WHERE o.id = topic.parent), 0)
		WHERE bank = @new AND parent <> 0`,
	`INSERT INTO section (bank, slug, title, pos, gone) SELECT CAST(@new AS BIGINT), slug, title, pos, 0 FROM section WHERE bank = @old AND gone = 0`,
	`INSERT INTO passage (bank, slug, section, pos, text, gone)
		SELECT CAST(@new AS BIGINT), slug, section, pos, text, 0 FROM passage WHERE bank = @old AND gone = 0`,
	`INSERT INTO entity (bank, revision, id, slug, kind, name, about, spellings)
		SELECT CAST(@new AS BIGINT), 1, id, slug, kind, name, about, spellings FROM entity
		WHERE bank = @old AND revision = (SELECT MAX(revision) FROM lexicon WHERE bank = @old)`,
	`INSERT INTO question (bank, topic, slug, kind, state, latest, pos, origin, origin_version, reverses, changed)
		SELECT CAST(@new AS BIGINT), m.id, q.slug, q.kind, 'live', 1, q.pos, q.id, q.latest, q.reverses, CAST(@now AS BIGINT)
		FROM question q JOIN topic o ON o.id = q.topic JOIN topic m ON m.slug = o.slug AND m.bank = @new WHERE q.bank = @old AND q.state = 'live'`,
	`UPDATE question SET reverses = COALESCE((SELECT m.id FROM question m WHERE m.bank = @new AND m.origin = question.reverses), 0)
		WHERE bank = @new AND reverses <> 0`,
	`INSERT INTO version (question, n, kind, lang, prompt, explain, passage, level, fixed, back, quote, hash, made, author)
		SELECT q.id, 1, v.kind, v.lang, v.prompt, v.explain, COALESCE(m.id, 0), v.level, v.fixed, v.back, v.quote, v.hash, CAST(@now AS BIGINT), v.author
		FROM question q JOIN version v ON v.question = q.origin AND v.n = q.origin_version
			LEFT JOIN passage o ON o.id = v.passage LEFT JOIN passage m ON m.slug = o.slug AND m.bank = @new WHERE q.bank = @new`,
	`INSERT INTO answer (question, version, pos, part, fact, text, match, credit, slack, feedback, entity)
		SELECT q.id, 1, a.pos, a.part, a.fact, a.text, a.match, a.credit, a.slack, a.feedback, a.entity
		FROM question q JOIN answer a ON a.question = q.origin AND a.version = q.origin_version WHERE q.bank = @new`,
	`INSERT INTO tagged (question, folded, tag, pos) SELECT q.id, g.folded, g.tag, g.pos FROM question q JOIN tagged g ON g.question = q.origin WHERE q.bank = @new`,
}

func copyBank(tx *gorm.DB, from questions.BankID, b bank.Bank, made time.Time) (questions.BankID, error) {
	var ok int
	err := one(tx.Raw(`SELECT 1 FROM bank b WHERE b.id = ? AND (b.built_in = 1 AND b.gone = 0 OR `+mine+`)`, int64(from), int64(b.Owner)), &ok)
	if err != nil {
		return 0, err
	}
	id, fresh, err := addBank(tx, b, made)
	if err != nil || !fresh {
		return id, err
	}
	args := map[string]any{"new": int64(id), "old": int64(from), "now": ms(made)}
	for _, statement := range copies {
		if err := tx.Exec(statement, args).Error; err != nil {
			return 0, err
		}
	}
	return id, indexAll(tx, id)
}

// indexAll makes what a search looks in for every question of a copy: the
// built-in bank has none that could be copied with it.
func indexAll(tx *gorm.DB, id questions.BankID) error {
	var rows []struct {
		ID   int64
		Tags string
	}
	if err := tx.Raw(`SELECT q.id, `+tagsOf("q.id")+` AS tags FROM question q WHERE q.bank = ?`, int64(id)).Scan(&rows).Error; err != nil {
		return err
	}
	refs := make([]questions.Ref, len(rows))
	for i, r := range rows {
		refs[i] = questions.Ref{Question: questions.QuestionID(r.ID), Version: 1}
	}
	wordings, err := wordingsOf(tx, refs)
	if err != nil {
		return err
	}
	d, grams := straight(tx), make([]gram, 0, 64*len(refs))
	for i, ref := range refs {
		folded := bank.Searchable(wordings[ref], untagged(rows[i].Tags))
		if _, err := d.exec(`UPDATE question SET folded = ? WHERE id = ?`, folded, int64(ref.Question)); err != nil {
			return err
		}
		for _, run := range bank.Grams(folded) {
			grams = append(grams, gram{run, ref.Question})
		}
	}
	slices.SortFunc(grams, func(a, b gram) int { return cmp.Or(cmp.Compare(a.run, b.run), cmp.Compare(a.question, b.question)) })
	return addGrams(tx, id, grams) // in the order of their table, which is quicker
}
