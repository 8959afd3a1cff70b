package db

import (
	"context"

	"gorm.io/gorm"

	"thaw/app/bank"
	"thaw/questions"
)

// Whole implements bank.WholeStore.
func (s Bank) Whole(ctx context.Context, who questions.LearnerID, id questions.BankID) (w bank.Whole, err error) {
	err = s.view(ctx, func(q *gorm.DB) error {
		w, err = loadWhole(q, who, id)
		return err
	})
	return w, err
}

func loadWhole(q *gorm.DB, who questions.LearnerID, id questions.BankID) (bank.Whole, error) {
	var head struct {
		Bank  bankRow `gorm:"embedded"`
		Names int
	}
	err := one(q.Raw(`SELECT b.id, b.slug, b.title, b.lang, b.about, b.source, b.built_in, b.revision, b.owner, b.copied,
			(SELECT COALESCE(MAX(l.revision), 0) FROM lexicon l WHERE l.bank = b.id) AS names
		FROM bank b WHERE b.id = ? AND `+mine, int64(id), int64(who)), &head)
	if err != nil {
		return bank.Whole{}, err
	}
	w := bank.Whole{Bank: head.Bank.bank()}
	if w.Lexicon, err = lexicon(q, id, head.Names); err != nil {
		return bank.Whole{}, err
	}
	return w, loadNewest(q, &w)
}

// loadNewest loads the newest wordings of a bank's questions, in the order of the
// topics.
func loadNewest(q *gorm.DB, w *bank.Whole) error {
	var heads []versionRow
	err := q.Raw(`SELECT v.question, v.n, v.kind, v.lang, v.prompt, v.explain, v.passage, v.level, v.fixed, v.back, v.quote
		FROM question q JOIN topic t ON t.id = q.topic JOIN version v ON v.question = q.id AND v.n = q.latest
		WHERE q.bank = ? AND q.state <> 'retired' AND q.reverses = 0 ORDER BY t.pos, t.id, q.pos, q.id`, int64(w.Bank.ID)).Scan(&heads).Error
	if err != nil {
		return err
	}
	answers, err := newestAnswers(q, w)
	for _, h := range heads {
		w.Questions = append(w.Questions, h.version(answers[h.Question]))
	}
	return err
}

// newestAnswers loads the answers of those wordings, and notes the facts that they ask for.
func newestAnswers(q *gorm.DB, w *bank.Whole) (map[int64][]questions.Answer, error) {
	var rows []struct {
		Answer     answerRow `gorm:"embedded"`
		Slug, Twin string
	}
	err := q.Raw(`SELECT a.question, a.version, a.part, a.fact, a.text, a.match, a.credit, a.slack, a.feedback, a.entity,
			COALESCE(f.slug, '') AS slug, COALESCE(f.twin, '') AS twin
		FROM question q JOIN answer a ON a.question = q.id AND a.version = q.latest LEFT JOIN fact f ON f.id = a.fact
		WHERE q.bank = ? AND q.state <> 'retired' AND q.reverses = 0 ORDER BY a.question, a.pos`, int64(w.Bank.ID)).Scan(&rows).Error
	answers, known := map[int64][]questions.Answer{}, map[questions.FactID]bool{0: true}
	for _, r := range rows {
		a := r.Answer.answer()
		answers[r.Answer.Question] = append(answers[r.Answer.Question], a)
		if !known[a.Fact] {
			known[a.Fact] = true
			w.Facts = append(w.Facts, bank.Fact{ID: a.Fact, Slug: r.Slug, Twin: r.Twin})
		}
	}
	return answers, err
}
