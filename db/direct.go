package db

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"strconv"
	"strings"

	"gorm.io/gorm"

	"thaw/app/quiz"
)

// direct runs SQL on a GORM session's connection without GORM in between: the
// path of an answer is worth it. Placeholders are question marks on both engines.
type direct struct {
	ctx     context.Context
	pool    gorm.ConnPool
	dollars bool // PostgreSQL's placeholders
}

func straight(tx *gorm.DB) direct {
	return direct{tx.Statement.Context, tx.Statement.ConnPool, tx.Name() == "postgres"}
}

// exec runs a statement and returns how many rows it changed.
func (d direct) exec(query string, args ...any) (int64, error) {
	count(d.ctx)
	done, err := d.pool.ExecContext(d.ctx, d.bind(query), args...)
	if err != nil {
		return 0, err
	}
	return done.RowsAffected()
}

// moves runs a statement that must change a row; else somebody was faster.
func (d direct) moves(query string, args ...any) error {
	n, err := d.exec(query, args...)
	if err == nil && n == 0 {
		return quiz.ErrMoved
	}
	return err
}

// number runs a query for one number.
func (d direct) number(query string, args ...any) (n int64, err error) {
	count(d.ctx)
	err = d.pool.QueryRowContext(d.ctx, d.bind(query), args...).Scan(&n)
	return n, err
}

// row runs a query for one row; none is fault.Missing.
func (d direct) row(query string, args []any, into ...any) error {
	count(d.ctx)
	err := d.pool.QueryRowContext(d.ctx, d.bind(query), args...).Scan(into...)
	if errors.Is(err, sql.ErrNoRows) {
		return missing()
	}
	return err
}

// each runs a query and calls scan for each row.
func (d direct) each(query string, args []any, scan func(*sql.Rows) error) error {
	count(d.ctx)
	rows, err := d.pool.QueryContext(d.ctx, d.bind(query), args...)
	if err != nil {
		return err
	}
	defer rows.Close() //nolint:errcheck // Err tells
	for rows.Next() {
		if err := scan(rows); err != nil {
			return err
		}
	}
	return rows.Err()
}

func (d direct) bind(query string) string {
	if d.dollars {
		return numbered(query)
	}
	return query
}

// places is a list of n placeholders in brackets; NULL, which equals nothing, for
// none.
func places(n int) string {
	if n == 0 {
		return "(NULL)"
	}
	return "(?" + strings.Repeat(", ?", n-1) + ")"
}

// numbered turns the question marks of a query into PostgreSQL's $1, $2 … No
// query of ours has one in a text.
func numbered(query string) string {
	var b strings.Builder
	for i, part := range strings.Split(query, "?") {
		if i > 0 {
			b.WriteString("$" + strconv.Itoa(i))
		}
		b.WriteString(part)
	}
	return b.String()
}

// blob keeps GORM from taking the bytes of a hash for a list of values, as it
// does after an opening bracket.
type blob []byte

// Value is part of driver.Valuer.
func (b blob) Value() (driver.Value, error) { return []byte(b), nil }
