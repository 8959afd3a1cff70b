package db

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"encoding/json"
	"errors"
	"sync/atomic"
	"time"

	"gorm.io/gorm"

	"thaw/questions"
)

// write runs a transaction and returns once it is durable, or has left nothing
// behind: with SQLite in the writer's next group, with PostgreSQL one of its
// own, repeated when the server asks for it. ctx bounds the wait before it runs,
// nothing else. run may be called more than once and must set its results anew
// each time. Errors: run's own; fault.Limited when the queue is full or the disk
// takes no more.
func (d *DB) write(ctx context.Context, run func(tx *gorm.DB) error) error {
	switch {
	case d.readOnly:
		return ErrReadOnly
	case d.writer == nil:
		return translate(d.repeat(ctx, run))
	}
	return translate(d.writer.write(ctx, run))
}

// attempts is how often PostgreSQL is asked again after transactions got into
// each other's way.
const attempts = 5

func (d *DB) repeat(ctx context.Context, run func(tx *gorm.DB) error) error {
	var err error
	for i := range attempts {
		if err := ctx.Err(); err != nil {
			return err
		}
		// A request that ends while its transaction runs is still told the truth.
		err = d.read.WithContext(context.WithoutCancel(ctx)).Transaction(func(tx *gorm.DB) error { return guarded(run, tx) })
		if err == nil || !collided(err) {
			return err
		}
		time.Sleep(time.Duration(i*i) * time.Millisecond)
	}
	return err
}

// reader starts a query. On SQLite it cannot be cancelled: to watch for that
// costs a quarter of a small read.
func (d *DB) reader(ctx context.Context) *gorm.DB {
	if d.engine == sqliteEngine {
		ctx = context.WithoutCancel(ctx)
	}
	return d.read.WithContext(ctx)
}

// view runs several queries on one unchanging state of the database.
func (d *DB) view(ctx context.Context, run func(q *gorm.DB) error) error {
	options := &sql.TxOptions{}
	if d.engine == postgresEngine {
		options = &sql.TxOptions{Isolation: sql.LevelRepeatableRead, ReadOnly: true}
	}
	return d.reader(ctx).Transaction(run, options)
}

// hold makes a learner's writes on PostgreSQL wait for each other, so that
// numbers counted per learner collide with nobody's. SQLite has one writer.
func hold(tx *gorm.DB, who questions.LearnerID) error {
	if tx.Name() != "postgres" {
		return nil
	}
	return tx.Exec("SELECT pg_advisory_xact_lock_shared(?) FROM (SELECT 1) AS one LEFT JOIN LATERAL (SELECT 1 FROM learner WHERE id = ? FOR NO KEY UPDATE) AS l ON TRUE",
		judging, int64(who)).Error
}

// judging is the lock that whoever writes for a learner shares and a ruling has alone, so
// that none is half in force.
const judging = 1956

// holdAll makes a ruling on PostgreSQL wait for all that is being written for learners.
func holdAll(tx *gorm.DB) error {
	if tx.Name() != "postgres" {
		return nil
	}
	return tx.Exec("SELECT pg_advisory_xact_lock(?)", judging).Error
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

// Count returns a context in which statements are counted, so that a test can
// hold a page to its number of queries.
func Count(ctx context.Context) (context.Context, *atomic.Int64) {
	n := new(atomic.Int64)
	return context.WithValue(ctx, countKey{}, n), n
}

// counter is the context's count, or nil.
func counter(ctx context.Context) *atomic.Int64 {
	n, _ := ctx.Value(countKey{}).(*atomic.Int64)
	return n
}

func count(ctx context.Context) {
	if n := counter(ctx); n != nil {
		n.Add(1)
	}
}

// counting makes GORM count what it runs.
func counting(g *gorm.DB) error {
	see := func(tx *gorm.DB) { count(tx.Statement.Context) }
	return errors.Join(
		g.Callback().Query().Before("gorm:query").Register("thaw:count", see),
		g.Callback().Row().Before("gorm:row").Register("thaw:count", see),
		g.Callback().Raw().Before("gorm:raw").Register("thaw:count", see),
		g.Callback().Create().Before("gorm:create").Register("thaw:count", see))
}

// sum is the SHA-256 of bytes in hex.
func sum(raw []byte) string {
	h := sha256.Sum256(raw)
	return hex.EncodeToString(h[:])
}
