package db

import (
	"context"
	"fmt"

	"gorm.io/gorm"
)

// Exec runs one statement in a transaction: for maintenance and for tests.
func (d *DB) Exec(ctx context.Context, statement string) error {
	return d.write(ctx, func(tx *gorm.DB) error { return tx.Exec(statement).Error })
}

// Number runs a query for one number: for maintenance and for tests.
func (d *DB) Number(ctx context.Context, query string) (n int64, err error) {
	err = one(d.reader(ctx).Raw(query), &n)
	return n, err
}

// Rows runs a query and returns each row as a text, its columns by name: for maintenance
// and for tests.
func (d *DB) Rows(ctx context.Context, query string) ([]string, error) {
	var found []map[string]any
	if err := d.reader(ctx).Raw(query).Scan(&found).Error; err != nil {
		return nil, err
	}
	texts := make([]string, len(found))
	for i, row := range found {
		texts[i] = fmt.Sprint(row) // sorts the names
	}
	return texts, nil
}
