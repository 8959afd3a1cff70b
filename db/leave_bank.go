package db

import (
	"context"

	"thaw/questions"
)

// shares are what others have with a bank: a class has it, somebody else was asked
// or remembers something of it, or another's bank has copied from it. Each counts
// at most one, and takes the bank and its owner.
var shares = [...]string{
	`SELECT COUNT(*) FROM (SELECT 1 FROM class_bank WHERE bank = ? AND CAST(? AS BIGINT) <> 0 LIMIT 1) x`,
	`SELECT COUNT(*) FROM (SELECT 1 FROM item WHERE question IN (SELECT id FROM question WHERE bank = ?) AND learner <> ? LIMIT 1) x`,
	`SELECT COUNT(*) FROM (SELECT 1 FROM event WHERE question IN (SELECT id FROM question WHERE bank = ?) AND learner <> ? LIMIT 1) x`,
	`SELECT COUNT(*) FROM (SELECT 1 FROM card WHERE fact IN (SELECT id FROM fact WHERE bank = ?) AND learner <> ? LIMIT 1) x`,
	`SELECT COUNT(*) FROM (SELECT 1 FROM question q JOIN bank b ON b.id = q.bank WHERE q.origin IN (SELECT id FROM question WHERE bank = ?) AND b.owner <> ? LIMIT 1) x`,
}

// ownAlone lists the banks of somebody that are nobody else's business. The readers
// look, since it goes through all answers.
func (s People) ownAlone(ctx context.Context, who questions.LearnerID) (alone []int64, err error) {
	var banks []int64
	if err = s.reader(ctx).Raw(`SELECT id FROM bank WHERE owner = ? AND owner <> 0 AND built_in = 0 ORDER BY id`, int64(who)).Scan(&banks).Error; err != nil {
		return nil, err
	}
	for _, bank := range banks {
		shared := int64(0)
		for _, share := range shares {
			if err == nil && shared == 0 {
				shared, err = straight(s.reader(ctx)).number(share, bank, int64(who))
			}
		}
		if err != nil {
			return nil, err
		}
		if shared == 0 {
			alone = append(alone, bank)
		}
	}
	return alone, nil
}

// emptying takes everything that was written out of a bank; each statement takes
// the bank. Rows that answers may refer to are emptied and stay: to look for
// references to each would take a walk through all answers.
var emptying = [...]string{
	`UPDATE bank SET emptied = 1, gone = 1, title = '', about = '', source = '', hash = '', slug = 'emptied-' || id WHERE id = ?`,
	`DELETE FROM judged WHERE ruling IN (SELECT id FROM ruling WHERE bank = ?)`,
	`DELETE FROM ruled WHERE ruling IN (SELECT id FROM ruling WHERE bank = ?)`,
	`DELETE FROM ruled_class WHERE ruling IN (SELECT id FROM ruling WHERE bank = ?)`,
	`DELETE FROM ruling WHERE bank = ?`,
	`DELETE FROM gram WHERE bank = ?`,
	`DELETE FROM tagged WHERE question IN (SELECT id FROM question WHERE bank = ?)`,
	`DELETE FROM answer WHERE question IN (SELECT id FROM question WHERE bank = ?)`,
	`UPDATE version SET prompt = '', explain = '', quote = '', hash = '' WHERE question IN (SELECT id FROM question WHERE bank = ?)`,
	`UPDATE question SET state = 'retired', slug = 'emptied-' || id, folded = '' WHERE bank = ?`,
	`UPDATE fact SET text = '', slug = 'emptied-' || id, twin = '', happened = '', gone = 1 WHERE bank = ?`,
	`DELETE FROM passage WHERE bank = ?`,
	`DELETE FROM section WHERE bank = ?`,
	`DELETE FROM entity WHERE bank = ?`,
	`DELETE FROM lexicon WHERE bank = ?`,
	`UPDATE topic SET title = '', about = '', slug = 'emptied-' || id, gone = 1 WHERE bank = ?`,
}

func emptyBanks(d direct, banks []int64) error {
	for _, bank := range banks {
		for _, query := range emptying {
			if _, err := d.exec(query, bank); err != nil {
				return err
			}
		}
	}
	return nil
}
