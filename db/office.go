package db

import (
	"context"
	"strings"
	"time"

	"gorm.io/gorm"

	"thaw/app/fault"
	"thaw/app/people"
	"thaw/questions"
)

var _ people.OfficeStore = People{}

// personOrders are the ways to list people; each ends with what is unique.
var personOrders = map[people.Order]string{
	people.ByName:  `l.folded`,
	people.ByRole:  `CASE l.role WHEN 'admin' THEN 0 WHEN 'teacher' THEN 1 ELSE 2 END, l.folded`,
	people.BySince: `l.created DESC, l.id`,
	people.BySeen:  `seen DESC, l.folded`,
	people.ByGoing: `CASE WHEN l.goes = 0 THEN 1 ELSE 0 END, l.goes, l.folded`,
}

// People implements people.OfficeStore.
func (s People) People(ctx context.Context, search people.Search) (list []people.Listed, all int, err error) {
	order, ok := personOrders[search.Order]
	if !ok {
		order = personOrders[people.ByName]
	}
	var rows []struct {
		Row     learnerRow `gorm:"embedded"`
		Seen    int64
		Matches int
	}
	err = s.reader(ctx).Raw(`SELECT `+learnerColumns+`, COUNT(*) OVER () AS matches,
			COALESCE((SELECT MAX(seen) FROM session s WHERE s.learner = l.id), 0) AS seen
		FROM learner l WHERE l.folded IS NOT NULL AND l.folded LIKE ? ESCAPE '!'
		ORDER BY `+order+` LIMIT ? OFFSET ?`,
		"%"+likely(people.Fold(search.Name))+"%", people.PageSize, people.PageSize*(max(search.Page, 1)-1)).Scan(&rows).Error
	for _, r := range rows {
		list = append(list, people.Listed{Person: r.Row.person(), Off: r.Row.Disabled != 0, Seen: at(r.Seen)})
		all = r.Matches
	}
	return list, all, err
}

// likely keeps what somebody searches for from being a pattern.
func likely(text string) string {
	return strings.NewReplacer("!", "!!", "%", "!%", "_", "!_").Replace(text)
}

// Crowd implements people.OfficeStore.
func (s People) Crowd(ctx context.Context) (people.Crowd, error) {
	var crowd people.Crowd
	err := s.reader(ctx).Raw(`SELECT
		(SELECT COUNT(*) FROM learner WHERE folded IS NOT NULL) AS accounts,
		(SELECT COUNT(*) FROM class WHERE archived = 0) AS classes,
		COUNT(*) AS pupils, COALESCE(SUM(CASE WHEN l.folded IS NULL THEN 1 ELSE 0 END), 0) AS guests
		FROM member m JOIN class c ON c.id = m.class JOIN learner l ON l.id = m.learner
		WHERE m.role = 'pupil' AND m.gone = 0 AND c.archived = 0`).Scan(&crowd).Error
	return crowd, err
}

// SetRole implements people.OfficeStore.
func (s People) SetRole(ctx context.Context, who questions.LearnerID, role people.Role, act people.Act) error {
	return s.write(ctx, func(tx *gorm.DB) error {
		if err := holdAdmins(tx); err != nil {
			return err
		}
		if role != people.Admin {
			if err := notLast(tx, who); err != nil {
				return err
			}
		}
		if err := changed(tx.Exec(`UPDATE learner SET role = ? WHERE id = ? AND folded IS NOT NULL`, string(role), int64(who))); err != nil {
			return err
		}
		if err := cutOff(tx, who); err != nil {
			return err
		}
		return audit(tx, act)
	})
}

// SetOff implements people.OfficeStore.
func (s People) SetOff(ctx context.Context, who questions.LearnerID, off bool, act people.Act) error {
	return s.write(ctx, func(tx *gorm.DB) error {
		if err := holdAdmins(tx); err != nil {
			return err
		}
		if off {
			if err := notLast(tx, who); err != nil {
				return err
			}
		}
		if err := changed(tx.Exec(`UPDATE learner SET disabled = ? WHERE id = ? AND folded IS NOT NULL`, bit(off), int64(who))); err != nil {
			return err
		}
		if err := cutOff(tx, who); err != nil {
			return err
		}
		return audit(tx, act)
	})
}

// holdAdmins makes changes of who may do what wait for each other on PostgreSQL,
// so that two administrators cannot take each other's role at the same time.
func holdAdmins(tx *gorm.DB) error {
	if tx.Name() != "postgres" {
		return nil
	}
	return tx.Exec("SELECT 1 FROM learner WHERE role = 'admin' ORDER BY id FOR UPDATE").Error
}

// notLast refuses to take the last administrator's place away.
func notLast(tx *gorm.DB, who questions.LearnerID) error {
	var row struct{ Mine, Others int64 }
	err := tx.Raw(`SELECT COALESCE(SUM(CASE WHEN id = ? THEN 1 ELSE 0 END), 0) AS mine, COALESCE(SUM(CASE WHEN id <> ? THEN 1 ELSE 0 END), 0) AS others
		FROM learner WHERE role = 'admin' AND disabled = 0 AND goes = 0`, int64(who), int64(who)).Scan(&row).Error
	if err == nil && row.Mine > 0 && row.Others == 0 {
		return fault.New(fault.Conflict, "people.last_admin")
	}
	return err
}

// cutOff ends the sessions of somebody, and the links that they have made.
func cutOff(tx *gorm.DB, who questions.LearnerID) error {
	if err := closeSessions(tx, who, nil); err != nil {
		return err
	}
	return tx.Exec(`DELETE FROM link WHERE maker = ? AND maker <> 0 AND used = 0`, int64(who)).Error
}

type linkRow struct {
	Hash          []byte
	What          string
	Learner, Ends int64
	Used, Maker   int64
	Role          string
	Made          int64
	Nonce         string
	Class         int64
}

const linkColumns = `k.hash, k.what, k.learner, k.ends, k.used, k.maker, k.role, k.made, k.nonce, k.class`

func (r linkRow) link() people.Link {
	return people.Link{Hash: r.Hash, What: r.What, Learner: questions.LearnerID(r.Learner), Ends: at(r.Ends), Used: at(r.Used),
		Maker: questions.LearnerID(r.Maker), Role: people.Role(r.Role), Made: at(r.Made), Nonce: r.Nonce, Class: questions.ClassID(r.Class)}
}

func addLink(tx *gorm.DB, l people.Link) error {
	return tx.Exec(`INSERT INTO link (hash, what, learner, ends, used, maker, role, made, nonce, class) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
		blob(l.Hash), l.What, int64(l.Learner), ms(l.Ends), ms(l.Used), int64(l.Maker), string(l.Role), ms(l.Made), l.Nonce, int64(l.Class)).Error
}

// linked tells whether the link is there already.
func linked(tx *gorm.DB, hash []byte) (bool, error) {
	var n int64
	err := tx.Raw(`SELECT COUNT(*) FROM link WHERE hash = ?`, hash).Scan(&n).Error
	return n > 0, err
}

// Links implements people.OfficeStore.
func (s People) Links(ctx context.Context, what string, about questions.LearnerID, now time.Time) ([]people.Offered, error) {
	var rows []struct {
		Row  linkRow `gorm:"embedded"`
		Name *string
	}
	err := s.reader(ctx).Raw(`SELECT `+linkColumns+`, l.name AS name FROM link k LEFT JOIN learner l ON l.id = k.maker
		WHERE k.learner = ? AND k.what = ? AND k.used = 0 AND (k.ends = 0 OR k.ends > ?) ORDER BY k.made, k.hash`,
		int64(about), what, ms(now)).Scan(&rows).Error
	list := make([]people.Offered, len(rows))
	for i, r := range rows {
		list[i] = people.Offered{Link: r.Row.link()}
		if r.Name != nil {
			list[i].MakerName = *r.Name
		}
	}
	return list, err
}

// Offer implements people.OfficeStore.
func (s People) Offer(ctx context.Context, l people.Link, act people.Act) error {
	return s.write(ctx, func(tx *gorm.DB) error {
		if err := hold(tx, l.Maker); err != nil {
			return err
		}
		there, err := linked(tx, l.Hash)
		if err != nil || there {
			return err
		}
		err = tx.Exec(`DELETE FROM link WHERE what = ? AND maker = ? AND learner = ? AND learner <> 0 AND used = 0`,
			l.What, int64(l.Maker), int64(l.Learner)).Error
		if err != nil {
			return err
		}
		if err := addLink(tx, l); err != nil {
			return err
		}
		return audit(tx, act)
	})
}

// Revoke implements people.OfficeStore.
func (s People) Revoke(ctx context.Context, what string, hash []byte, act people.Act) error {
	return s.write(ctx, func(tx *gorm.DB) error {
		if err := changed(tx.Exec(`DELETE FROM link WHERE hash = ? AND what = ? AND used = 0`, hash, what)); err != nil {
			return err
		}
		return audit(tx, act)
	})
}

// Accept implements people.OfficeStore.
func (s People) Accept(ctx context.Context, a people.Acceptance) error {
	return s.write(ctx, func(tx *gorm.DB) error {
		if err := useLink(tx, a.Link, a.Act.At); err != nil {
			return err
		}
		if err := tx.Exec(`UPDATE link SET learner = ? WHERE hash = ?`, int64(a.Account.ID), a.Link).Error; err != nil {
			return err
		}
		if err := accept(tx, a); err != nil {
			return err
		}
		if err := openSession(tx, a.Next); err != nil {
			return err
		}
		return audit(tx, a.Act)
	})
}

// accept makes the account what it becomes; the sessions until now end.
func accept(tx *gorm.DB, a people.Acceptance) error {
	switch {
	case a.Known:
		err := changed(tx.Exec(`UPDATE learner SET role = ? WHERE id = ? AND folded IS NOT NULL AND disabled = 0 AND role <> 'admin'`,
			string(a.Account.Role), int64(a.Account.ID)))
		if err != nil {
			return err
		}
		return closeSessions(tx, a.Account.ID, nil)
	case a.Guest:
		return claim(tx, a.Account, a.Folded, a.Words)
	}
	return addLearner(tx, a.Account, a.Folded, a.Words)
}
