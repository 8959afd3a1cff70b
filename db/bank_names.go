package db

import (
	"context"

	"gorm.io/gorm"

	"thaw/app/bank"
	"thaw/questions"
)

// Names implements bank.NameStore.
func (s Bank) Names(ctx context.Context, who questions.LearnerID, id questions.BankID) (n bank.Names, err error) {
	err = s.view(ctx, func(q *gorm.DB) error {
		n, err = loadNames(q, who, id)
		return err
	})
	return n, err
}

func loadNames(q *gorm.DB, who questions.LearnerID, id questions.BankID) (bank.Names, error) {
	var head bankRow
	err := one(q.Raw(`SELECT b.id, b.slug, b.title, b.lang, b.about, b.source, b.built_in, b.revision, b.owner, b.copied
		FROM bank b WHERE b.id = ? AND (b.built_in = 1 AND b.gone = 0 OR `+mine+`)`, int64(id), int64(who)), &head)
	if err != nil {
		return bank.Names{}, err
	}
	n := bank.Names{Bank: head.bank(), Revision: head.Revision}
	n.Lexicon, err = newestLexicon(q, id)
	return n, err
}

// SetNames implements bank.NameStore.
func (s Bank) SetNames(ctx context.Context, who questions.LearnerID, n bank.Names) error {
	return s.write(ctx, func(tx *gorm.DB) error {
		id := n.Bank.ID
		if err := stepBank(tx, who, id, n.Revision); err != nil {
			return err
		}
		return addLexicon(tx, id, n.Lexicon)
	})
}

// addLexicon stores names as the next revision.
func addLexicon(tx *gorm.DB, id questions.BankID, l questions.Lexicon) error {
	last, err := straight(tx).number(`SELECT COALESCE(MAX(id), 0) FROM entity WHERE bank = ?`, int64(id))
	if err != nil {
		return err
	}
	err = tx.Exec(`INSERT INTO lexicon (bank, revision, hash) VALUES (?, ?, ?)`, int64(id), l.Revision+1, digest(l.Entities)).Error
	for _, e := range l.Entities {
		if err != nil {
			return err
		}
		if e.ID == 0 {
			last++
			e.ID = questions.EntityID(last)
		}
		err = tx.Exec(`INSERT INTO entity (bank, revision, id, slug, kind, name, about, spellings) VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
			int64(id), l.Revision+1, int64(e.ID), e.Slug, e.Kind, e.Name, e.About, list(e.Spellings)).Error
	}
	return err
}
