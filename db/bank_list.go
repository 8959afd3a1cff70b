package db

import (
	"context"
	"time"

	"gorm.io/gorm"

	"thaw/app/bank"
	"thaw/questions"
)

var _ bank.EditStore = Bank{}

// mine is the condition under which a bank b may be written by a learner.
const mine = `b.owner = ? AND b.owner <> 0 AND b.gone = 0`

// countsRow are numbers of questions by state.
type countsRow struct{ Draft, Live, Retired int }

const countStates = `SUM(CASE WHEN state = 'draft' THEN 1 ELSE 0 END) AS draft, SUM(CASE WHEN state = 'live' THEN 1 ELSE 0 END) AS live,
	SUM(CASE WHEN state = 'retired' AND gone = 0 THEN 1 ELSE 0 END) AS retired`

// Banks implements bank.Library.
func (s Bank) Banks(ctx context.Context, who questions.LearnerID) ([]bank.Listed, error) {
	var rows []struct {
		Bank   bankRow   `gorm:"embedded"`
		Counts countsRow `gorm:"embedded"`
		Gone   int64
	}
	err := s.reader(ctx).Raw(`SELECT b.id, b.slug, b.title, b.lang, b.about, b.source, b.built_in, b.revision, b.owner, b.copied, b.gone,
			COALESCE(n.draft, 0) AS draft, COALESCE(n.live, 0) AS live, COALESCE(n.retired, 0) AS retired
		FROM bank b LEFT JOIN (SELECT bank, `+countStates+` FROM question
			WHERE bank IN (SELECT id FROM bank WHERE owner = ? OR built_in = 1) GROUP BY bank) n ON n.bank = b.id
		WHERE (b.owner = ? AND b.owner <> 0 AND b.gone <> 1) OR (b.built_in = 1 AND b.gone = 0)
		ORDER BY b.built_in, b.made DESC, b.id`, int64(who), int64(who)).Scan(&rows).Error
	list := make([]bank.Listed, len(rows))
	for i, r := range rows {
		list[i] = bank.Listed{Bank: r.Bank.bank(), Counts: bank.Counts(r.Counts), Gone: at(r.Gone)}
	}
	return list, err
}

// Desk implements bank.Library.
func (s Bank) Desk(ctx context.Context, who questions.LearnerID, id questions.BankID) (d bank.Desk, err error) {
	err = s.view(ctx, func(q *gorm.DB) error {
		d, err = loadDesk(q, who, id)
		return err
	})
	return d, err
}

func loadDesk(q *gorm.DB, who questions.LearnerID, id questions.BankID) (bank.Desk, error) {
	var head struct {
		Bank    bankRow `gorm:"embedded"`
		Updates int
	}
	err := one(q.Raw(`SELECT `+bankColumns+`, (SELECT COUNT(*) FROM question m JOIN question o ON o.id = m.origin JOIN bank ob ON ob.id = o.bank
			WHERE m.bank = b.id AND `+offered+`) AS updates
		FROM bank b WHERE b.id = ? AND (b.built_in = 1 AND b.gone = 0 OR `+mine+`)`, int64(id), int64(who)), &head)
	if err != nil {
		return bank.Desk{}, err
	}
	d := bank.Desk{Bank: head.Bank.bank(), Revision: head.Bank.Revision, Updates: head.Updates, Counts: map[questions.TopicID]bank.Counts{}}
	var rows []struct {
		Counts             countsRow `gorm:"embedded"`
		ID, Parent         int64
		Slug, Title, About string
	}
	err = q.Raw(`SELECT t.id, t.parent, t.slug, t.title, t.about,
			COALESCE(n.draft, 0) AS draft, COALESCE(n.live, 0) AS live, COALESCE(n.retired, 0) AS retired
		FROM topic t LEFT JOIN (SELECT topic, `+countStates+` FROM question WHERE bank = ? GROUP BY topic) n ON n.topic = t.id
		WHERE t.bank = ? AND t.gone = 0 ORDER BY t.pos, t.id`, int64(id), int64(id)).Scan(&rows).Error
	for _, r := range rows {
		t := bank.Topic{ID: questions.TopicID(r.ID), Slug: r.Slug, Title: r.Title, About: r.About, Parent: questions.TopicID(r.Parent)}
		d.Topics = append(d.Topics, t)
		d.Counts[t.ID] = bank.Counts(r.Counts)
	}
	return d, err
}

// AddBank implements bank.Library.
func (s Bank) AddBank(ctx context.Context, b bank.Bank, made time.Time) (id questions.BankID, err error) {
	err = s.write(ctx, func(tx *gorm.DB) error {
		id, _, err = addBank(tx, b, made)
		return err
	})
	if isUnique(err) { // the same form, at the same time
		id, err = bankOf(s.reader(ctx), b)
	}
	return id, err
}

// addBank makes a bank with an empty lexicon; fresh is false where the owner has
// one of that slug already.
func addBank(tx *gorm.DB, b bank.Bank, made time.Time) (id questions.BankID, fresh bool, err error) {
	if id, err = bankOf(tx, b); err != nil || id != 0 {
		return id, false, err
	}
	added, err := number(tx, `INSERT INTO bank (slug, title, lang, about, source, built_in, hash, revision, owner, copied, made, gone)
		VALUES (?, ?, ?, ?, ?, 0, '', 1, ?, ?, ?, 0) RETURNING id`,
		b.Slug, b.Title, b.Lang, b.About, b.Source, int64(b.Owner), int64(b.Copied), ms(made))
	if err != nil {
		return 0, false, err
	}
	err = tx.Exec(`INSERT INTO lexicon (bank, revision, hash) VALUES (?, 1, '')`, added).Error
	return questions.BankID(added), true, err
}

// bankOf is the owner's bank of a slug, 0 where there is none.
func bankOf(tx *gorm.DB, b bank.Bank) (questions.BankID, error) {
	var id int64
	err := tx.Raw(`SELECT id FROM bank WHERE slug = ? AND owner = ?`, b.Slug, int64(b.Owner)).Scan(&id).Error
	return questions.BankID(id), err
}

// SetBank implements bank.Library.
func (s Bank) SetBank(ctx context.Context, b bank.Bank) error {
	return s.write(ctx, func(tx *gorm.DB) error {
		return changed(tx.Exec(`UPDATE bank AS b SET title = ?, about = ?, lang = ?, revision = revision + 1 WHERE b.id = ? AND `+mine,
			b.Title, b.About, b.Lang, int64(b.ID), int64(b.Owner)))
	})
}

// Bin implements bank.Library.
func (s Bank) Bin(ctx context.Context, who questions.LearnerID, id questions.BankID, gone time.Time) error {
	return s.write(ctx, func(tx *gorm.DB) error {
		return changed(tx.Exec(`UPDATE bank SET gone = ? WHERE id = ? AND owner = ? AND owner <> 0`, ms(gone), int64(id), int64(who)))
	})
}

// SetTopics implements bank.Library.
func (s Bank) SetTopics(ctx context.Context, who questions.LearnerID, id questions.BankID, revision int, topics bank.Outline) error {
	return s.write(ctx, func(tx *gorm.DB) error {
		if err := stepBank(tx, who, id, revision); err != nil {
			return err
		}
		kept := []int64{0}
		for pos, t := range topics {
			if t.ID == 0 {
				added, err := addTopic(tx, id, t, pos)
				if err != nil {
					return err
				}
				kept = append(kept, int64(added))
				continue
			}
			kept = append(kept, int64(t.ID))
			err := changed(tx.Exec(`UPDATE topic SET title = ?, parent = ?, pos = ? WHERE id = ? AND bank = ? AND gone = 0`,
				t.Title, int64(t.Parent), pos, int64(t.ID), int64(id)))
			if err != nil {
				return err
			}
		}
		return tx.Exec(`UPDATE topic SET gone = 1 WHERE bank = ? AND gone = 0 AND id NOT IN ?`, int64(id), kept).Error
	})
}

// addTopic makes a topic, or brings back the one of its slug.
func addTopic(tx *gorm.DB, id questions.BankID, t bank.Topic, pos int) (questions.TopicID, error) {
	added, err := number(tx, `INSERT INTO topic (bank, slug, title, about, pos, gone, parent) VALUES (?, ?, ?, ?, ?, 0, ?)
		ON CONFLICT (bank, slug) DO UPDATE SET title = excluded.title, pos = excluded.pos, gone = 0, parent = excluded.parent RETURNING id`,
		int64(id), t.Slug, t.Title, t.About, pos, int64(t.Parent))
	return questions.TopicID(added), err
}

// number runs a statement that returns one number.
func number(tx *gorm.DB, sql string, args ...any) (n int64, err error) {
	err = tx.Raw(sql, args...).Row().Scan(&n)
	return n, err
}

// stepBank counts a change of the owner's bank, decided on a revision of it. It makes
// changes of one bank wait for each other.
func stepBank(tx *gorm.DB, who questions.LearnerID, id questions.BankID, revision int) error {
	done := tx.Exec(`UPDATE bank AS b SET revision = revision + 1 WHERE b.id = ? AND b.revision = ? AND `+mine, int64(id), revision, int64(who))
	if done.Error != nil || done.RowsAffected > 0 {
		return done.Error
	}
	var now int
	if err := one(tx.Raw(`SELECT b.revision FROM bank b WHERE b.id = ? AND `+mine, int64(id), int64(who)), &now); err != nil {
		return err
	}
	return bank.ErrMoved
}
