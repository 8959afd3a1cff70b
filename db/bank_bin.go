package db

import (
	"context"
	"slices"
	"time"

	"gorm.io/gorm"

	"thaw/questions"
)

// BinQuestion implements bank.BinStore.
func (s Bank) BinQuestion(ctx context.Context, who questions.LearnerID, id questions.QuestionID, gone time.Time) error {
	set, from := `was = state, state = 'retired', gone = ?`, `gone = 0`
	if gone.IsZero() {
		set, from = `state = was, was = '', gone = ?`, `gone > 1`
	}
	return s.write(ctx, func(tx *gorm.DB) error {
		const held = ` AND bank IN (SELECT b.id FROM bank b WHERE ` + mine + `)`
		err := changed(tx.Exec(`UPDATE question SET `+set+` WHERE (id = ? OR reverses = ?) AND `+from+held, ms(gone), int64(id), int64(id), int64(who)))
		if err != nil {
			return err
		}
		return tx.Exec(`UPDATE bank SET revision = revision + 1 WHERE id = (SELECT bank FROM question WHERE id = ?)`, int64(id)).Error
	})
}

// uses are what may tell of a question that somebody was asked it, or decided on it.
// Each takes the question.
var uses = [...]string{
	`SELECT COUNT(*) FROM (SELECT 1 FROM item WHERE question = ? LIMIT 1) x`,
	`SELECT COUNT(*) FROM (SELECT 1 FROM event WHERE question = ? LIMIT 1) x`,
	`SELECT COUNT(*) FROM (SELECT 1 FROM ruling WHERE question = ? LIMIT 1) x`,
	`SELECT COUNT(*) FROM (SELECT 1 FROM question WHERE origin = ? LIMIT 1) x`,
	`SELECT COUNT(*) FROM (SELECT 1 FROM remain WHERE question = ? LIMIT 1) x`,
}

// EmptyBin implements bank.BinStore. The readers look, since that goes through all
// answers.
func (s Bank) EmptyBin(ctx context.Context, before time.Time, most int) (int, error) {
	var old []struct{ Bank, Question, Owner int64 }
	err := s.reader(ctx).Raw(`SELECT id AS bank, 0 AS question, owner FROM bank WHERE gone > 1 AND gone < ?
		UNION ALL SELECT bank, id, 0 FROM question WHERE gone > 1 AND gone < ? ORDER BY 1, 2 LIMIT ?`, ms(before), ms(before), most).Scan(&old).Error
	for i, o := range old {
		if err == nil && o.Question == 0 {
			err = s.endBank(ctx, o.Bank, o.Owner)
		} else if err == nil {
			err = s.endQuestion(ctx, o.Question)
		}
		if err != nil {
			return i, err
		}
	}
	return len(old), err
}

// endBank takes a bank out of the bin for ever: emptied where it is nobody else's
// business and its owner never learned from it.
func (s Bank) endBank(ctx context.Context, id, owner int64) error {
	shared := int64(0)
	for _, share := range shares {
		n, err := straight(s.reader(ctx)).number(share, id, int64(0))
		if err != nil {
			return err
		}
		shared += n
	}
	given, err := straight(s.reader(ctx)).number(shares[0], id, owner)
	if err != nil {
		return err
	}
	return s.write(ctx, func(tx *gorm.DB) error {
		if shared+given == 0 {
			return emptyBanks(straight(tx), []int64{id})
		}
		return tx.Exec(`UPDATE bank SET gone = 1 WHERE id = ? AND gone > 1`, id).Error
	})
}

// ending deletes a question that nobody was asked; each statement takes the question.
var ending = [...]string{
	`DELETE FROM gram WHERE question = ?`,
	`DELETE FROM answer WHERE question = ?`,
	`DELETE FROM version WHERE question = ?`,
	`DELETE FROM question WHERE id = ? AND gone > 1`,
}

func (s Bank) endQuestion(ctx context.Context, id int64) error {
	used := int64(0)
	for _, use := range uses {
		n, err := straight(s.reader(ctx)).number(use, id)
		if err != nil {
			return err
		}
		used += n
	}
	return s.write(ctx, func(tx *gorm.DB) error {
		if used > 0 {
			return tx.Exec(`UPDATE question SET gone = 1 WHERE id = ? AND gone > 1`, id).Error
		}
		for _, query := range ending {
			if _, err := straight(tx).exec(query, id); err != nil {
				return err
			}
		}
		return nil
	})
}

// SetOrder implements bank.BinStore.
func (s Bank) SetOrder(ctx context.Context, who questions.LearnerID, id questions.BankID, order []questions.QuestionID) error {
	return s.write(ctx, func(tx *gorm.DB) error {
		if err := changed(tx.Exec(`UPDATE bank AS b SET revision = revision + 1 WHERE b.id = ? AND `+mine, int64(id), int64(who))); err != nil {
			return err
		}
		var rows, facts []spot
		if err := tx.Raw(`SELECT id, pos FROM question WHERE bank = ? AND id IN ?`, int64(id), order).Scan(&rows).Error; err != nil {
			return err
		}
		if len(rows) != len(order) {
			return missing()
		}
		err := tx.Raw(`SELECT f.id, f.pos, COALESCE(NULLIF(q.reverses, 0), q.id) AS asks FROM question q JOIN answer a ON a.question = q.id AND a.version = q.latest
			JOIN fact f ON f.id = a.fact AND f.bank = q.bank WHERE q.bank = ? AND (q.id IN ? OR q.reverses IN ?) ORDER BY q.reverses, a.part`,
			int64(id), order, order).Scan(&facts).Error
		if err != nil {
			return err
		}
		if err := shuffle(tx, `UPDATE question SET pos = ? WHERE id = ?`, rows, func(r spot) int { return slices.Index(order, questions.QuestionID(r.ID)) }); err != nil {
			return err
		}
		return shuffle(tx, `UPDATE fact SET pos = ? WHERE id = ?`, once(facts), func(r spot) int {
			return slices.Index(order, questions.QuestionID(r.Asks))
		})
	})
}

// spot is a row with its place.
type spot struct{ ID, Pos, Asks int64 }

// once leaves of each fact the first row.
func once(rows []spot) []spot {
	seen := map[int64]bool{}
	return slices.DeleteFunc(rows, func(r spot) bool {
		again := seen[r.ID]
		seen[r.ID] = true
		return again
	})
}

// shuffle hands the places of rows out anew, in the order of a rank.
func shuffle(tx *gorm.DB, query string, rows []spot, rank func(spot) int) error {
	var places []int64
	for _, r := range rows {
		places = append(places, r.Pos)
	}
	slices.Sort(places)
	slices.SortStableFunc(rows, func(a, b spot) int { return rank(a) - rank(b) })
	for i, r := range rows {
		if err := tx.Exec(query, places[i], r.ID).Error; err != nil {
			return err
		}
	}
	return nil
}
