package db

import (
	"context"

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
