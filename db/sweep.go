package db

import (
	"context"
	"database/sql"
	"slices"

	"gorm.io/gorm"

	"thaw/app/people"
)

// stale is a kind of rows that go by themselves. find lists keys, its arguments
// being args and how many; drop deletes what is stale under a key: the key and
// args, since it may be in use again.
type stale struct {
	find, drop string
	args       []any
}

const (
	// unused is a guest who has done nothing since, and has no living session and
	// no class.
	unused = `l.folded IS NULL AND l.role = 'guest' AND l.created < ?
		AND NOT EXISTS (SELECT 1 FROM session s WHERE s.learner = l.id AND s.ends > ?)
		AND NOT EXISTS (SELECT 1 FROM member m WHERE m.learner = l.id AND m.gone = 0)
		AND COALESCE((SELECT e.at FROM event e WHERE e.learner = l.id ORDER BY e.seq DESC LIMIT 1), 0) < ?`
	// over is a link that was used before, or else ended; one that is good has no
	// such time.
	over = `COALESCE(NULLIF(used, 0), NULLIF(ends, 0)) < ?`
)

func stales(old people.Stale) []stale {
	guests := ms(old.Guests)
	return []stale{
		{`SELECT l.id FROM learner l WHERE ` + unused + ` ORDER BY l.id LIMIT ?`, `DELETE FROM learner AS l WHERE l.id = ? AND ` + unused,
			[]any{guests, ms(old.Now), guests}},
		{`SELECT hash FROM session WHERE ends <= ? ORDER BY hash LIMIT ?`, `DELETE FROM session WHERE hash = ? AND ends <= ?`, []any{ms(old.Now)}},
		{`SELECT hash FROM link WHERE ` + over + ` ORDER BY hash LIMIT ?`, `DELETE FROM link WHERE hash = ? AND ` + over, []any{ms(old.Links)}},
		{`SELECT DISTINCT key FROM failure WHERE minute < ? ORDER BY key LIMIT ?`, `DELETE FROM failure WHERE key = ? AND minute < ?`, []any{minute(old.Failures)}},
		{`SELECT n FROM audit WHERE at < ? ORDER BY n LIMIT ?`, `DELETE FROM audit WHERE n = ? AND at < ?`, []any{ms(old.Log)}},
	}
}

// Sweep implements people.Store. The readers look, so that the writer only
// deletes by key.
func (s People) Sweep(ctx context.Context, old people.Stale, most int) (n int, err error) {
	kinds := stales(old)
	keys := make([][]any, len(kinds))
	found := 0
	for i, k := range kinds {
		if keys[i], err = k.keys(straight(s.reader(ctx)), most); err != nil {
			return 0, err
		}
		found += len(keys[i])
	}
	if found == 0 {
		return 0, nil
	}
	err = s.write(ctx, func(tx *gorm.DB) error {
		n = 0
		for i, k := range kinds {
			gone, err := k.delete(tx, keys[i])
			if err != nil {
				return err
			}
			n += gone
		}
		return nil
	})
	return n, err
}

func (k stale) keys(d direct, most int) (keys []any, err error) {
	err = d.each(k.find, append(slices.Clone(k.args), most), func(rows *sql.Rows) error {
		var key any
		err := rows.Scan(&key)
		keys = append(keys, key)
		return err
	})
	return keys, err
}

func (k stale) delete(tx *gorm.DB, keys []any) (n int, err error) {
	d := straight(tx)
	for _, key := range keys {
		if err := awaitUses(tx, key); err != nil {
			return 0, err
		}
		gone, err := d.exec(k.drop, append([]any{key}, k.args...)...)
		if err != nil {
			return 0, err
		}
		n += int(gone)
	}
	return n, nil
}

// awaitUses lets whoever just now opens a session for a learner do so first, so
// that the deletion sees it. SQLite has one writer.
func awaitUses(tx *gorm.DB, key any) error {
	who, isLearner := key.(int64)
	if !isLearner || tx.Name() != "postgres" {
		return nil
	}
	return tx.Exec("SELECT 1 FROM learner WHERE id = ? FOR UPDATE", who).Error
}
