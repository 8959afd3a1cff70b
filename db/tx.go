package db

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"strings"
	"sync/atomic"
	"time"

	"github.com/jackc/pgx/v5/pgconn"
	"gorm.io/gorm"

	"thaw/app/fault"
)

// write runs a transaction: with SQLite in the writer's next group, with
// PostgreSQL one of its own, repeated when the server asks for it. run may be
// called more than once and must set its results anew each time.
func (d *DB) write(ctx context.Context, run func(tx *gorm.DB) error) error {
	if d.writer != nil {
		return d.writer.write(ctx, run)
	}
	var err error
	for range 5 {
		err = d.read.WithContext(ctx).Transaction(run)
		var pg *pgconn.PgError
		if !errors.As(err, &pg) || (pg.Code != "40001" && pg.Code != "40P01") {
			return err
		}
	}
	return err
}

// reader starts a query.
func (d *DB) reader(ctx context.Context) *gorm.DB { return d.read.WithContext(ctx) }

// missing is the answer to what does not exist, or is not yours.
func missing() error { return fault.New(fault.Missing, "fault.missing") }

// taken turns a broken unique rule into a conflict.
func taken(err error, key string) error {
	if errors.Is(err, gorm.ErrDuplicatedKey) || isUnique(err) {
		return fault.Wrap(err, fault.Conflict, key)
	}
	return err
}

// one scans exactly one row; none is fault.Missing.
func one(q *gorm.DB, into any) error {
	q = q.Scan(into)
	if q.Error == nil && q.RowsAffected == 0 {
		return missing()
	}
	return q.Error
}

// ms stores a time: milliseconds since 1970 UTC, 0 for the zero time.
func ms(t time.Time) int64 {
	if t.IsZero() {
		return 0
	}
	return t.UnixMilli()
}

// at reads a stored time.
func at(ms int64) time.Time {
	if ms == 0 {
		return time.Time{}
	}
	return time.UnixMilli(ms).UTC()
}

func bit(b bool) int64 {
	if b {
		return 1
	}
	return 0
}

// list stores a list; an empty one is "".
func list[T any](items []T) string {
	if len(items) == 0 {
		return ""
	}
	raw, err := json.Marshal(items)
	if err != nil {
		return ""
	}
	return string(raw)
}

// unlist reads a stored list.
func unlist[T any](raw string) []T {
	var items []T
	if raw != "" {
		_ = json.Unmarshal([]byte(raw), &items)
	}
	return items
}

type countKey struct{}

// Count returns a context in which read queries are counted.
func Count(ctx context.Context) (context.Context, *atomic.Int64) {
	n := new(atomic.Int64)
	return context.WithValue(ctx, countKey{}, n), n
}

func count(ctx context.Context) {
	if n, ok := ctx.Value(countKey{}).(*atomic.Int64); ok {
		n.Add(1)
	}
}

// counting makes GORM count what it reads.
func counting(g *gorm.DB) error {
	see := func(tx *gorm.DB) { count(tx.Statement.Context) }
	return errors.Join(
		g.Callback().Query().Before("gorm:query").Register("thaw:count", see),
		g.Callback().Row().Before("gorm:row").Register("thaw:count", see),
		g.Callback().Raw().Before("gorm:raw").Register("thaw:count", see))
}

// isUnique knows the driver's own words for a row that is there already; GORM
// translates them for its own statements only.
func isUnique(err error) bool {
	return err != nil && strings.Contains(err.Error(), "UNIQUE constraint failed")
}

// sum is the SHA-256 of bytes in hex.
func sum(raw []byte) string {
	h := sha256.Sum256(raw)
	return hex.EncodeToString(h[:])
}
