package db

import (
	"context"
	"database/sql"
	"strings"
	"sync"

	"gorm.io/gorm"
)

// readers are the pool of SQLite's connections as GORM sees it. They keep every
// statement prepared. GORM's own cache makes whoever wants a statement wait for
// the one who prepares it, who waits for a connection; when all connections are
// in transactions that want it too, nobody ever goes on.
type readers struct {
	*sql.DB
	mu       sync.RWMutex
	prepared map[string]*sql.Stmt
}

var (
	_ gorm.ConnPool         = (*readers)(nil)
	_ gorm.ConnPoolBeginner = (*readers)(nil)
)

// statement returns a prepared statement, or nil when as many as are kept are
// kept already. Nobody waits for another's.
func (r *readers) statement(ctx context.Context, query string) (*sql.Stmt, error) {
	r.mu.RLock()
	s, full := r.prepared[query], len(r.prepared) >= kept
	r.mu.RUnlock()
	if s != nil || full {
		return s, nil
	}
	s, err := r.PrepareContext(ctx, query)
	if err != nil {
		return nil, err
	}
	if first := r.keep(query, s); first != s {
		return first, s.Close() //nolint:sqlclosecheck // the other is kept
	}
	return s, nil
}

// keep returns the statement to use: another may have been faster.
func (r *readers) keep(query string, s *sql.Stmt) *sql.Stmt {
	r.mu.Lock()
	defer r.mu.Unlock()
	if first, ok := r.prepared[query]; ok {
		return first
	}
	r.prepared[query] = s
	return s
}

// PrepareContext is part of gorm.ConnPool.
func (r *readers) PrepareContext(ctx context.Context, query string) (*sql.Stmt, error) {
	return r.DB.PrepareContext(ctx, planned(query))
}

// ExecContext is part of gorm.ConnPool.
func (r *readers) ExecContext(ctx context.Context, query string, args ...any) (sql.Result, error) {
	return r.DB.ExecContext(ctx, planned(query), args...)
}

// QueryContext is part of gorm.ConnPool.
func (r *readers) QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error) {
	s, err := r.statement(ctx, query) //nolint:sqlclosecheck // kept prepared
	switch {
	case err != nil:
		return nil, err
	case s == nil:
		return r.DB.QueryContext(ctx, planned(query), args...)
	}
	return s.QueryContext(ctx, args...)
}

// QueryRowContext is part of gorm.ConnPool.
func (r *readers) QueryRowContext(ctx context.Context, query string, args ...any) *sql.Row {
	s, err := r.statement(ctx, query) //nolint:sqlclosecheck // kept prepared
	if err != nil || s == nil {
		return r.DB.QueryRowContext(ctx, planned(query), args...) // meets the same error
	}
	return s.QueryRowContext(ctx, args...)
}

// BeginTx is part of gorm.ConnPoolBeginner.
func (r *readers) BeginTx(ctx context.Context, options *sql.TxOptions) (gorm.ConnPool, error) {
	tx, err := r.DB.BeginTx(ctx, options)
	if err != nil {
		return nil, err
	}
	return &transaction{tx}, nil
}

// transaction is one on a connection of the pool. Its statements are prepared
// for it alone, so that it waits for nobody.
type transaction struct{ *sql.Tx }

// ExecContext is part of gorm.ConnPool.
func (t *transaction) ExecContext(ctx context.Context, query string, args ...any) (sql.Result, error) {
	return t.Tx.ExecContext(ctx, planned(query), args...)
}

// QueryContext is part of gorm.ConnPool.
func (t *transaction) QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error) {
	return t.Tx.QueryContext(ctx, planned(query), args...)
}

// QueryRowContext is part of gorm.ConnPool.
func (t *transaction) QueryRowContext(ctx context.Context, query string, args ...any) *sql.Row {
	return t.Tx.QueryRowContext(ctx, planned(query), args...)
}

// planned keeps SQLite from preparing a statement anew for each run. Its planner
// looks at what is bound to a parameter behind an equals sign, and the driver's
// clearing of parameters before each run counts as a change of them. A plus
// sign, which does nothing else, hides them.
func planned(query string) string { return behindEquals.Replace(query) }

var behindEquals = strings.NewReplacer("= ?", "= +?", "LIMIT ?", "LIMIT +?")
