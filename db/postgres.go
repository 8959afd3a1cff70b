package db

import (
	"context"
	"errors"
	"fmt"
	"net/url"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/stdlib"
	"gorm.io/driver/postgres"
	"gorm.io/gorm"
)

// connections is how many a server holds to PostgreSQL.
const connections = 24

func (d *DB) openPostgres(ctx context.Context, c Config) error {
	err := d.connectPostgres(ctx, c)
	if err != nil {
		return fmt.Errorf("opening %s: %w", address(c.Name), err)
	}
	return nil
}

func (d *DB) connectPostgres(ctx context.Context, c Config) error {
	config, err := pgx.ParseConfig(c.Name)
	if err != nil {
		return errors.New("the address cannot be read; it looks like postgres://user:password@host:5432/name")
	}
	config.RuntimeParams["timezone"] = "UTC"
	config.RuntimeParams["application_name"] = "thaw"
	config.RuntimeParams["synchronous_commit"] = "on"
	d.pool = stdlib.OpenDB(*config)
	d.pool.SetMaxOpenConns(connections)
	d.pool.SetMaxIdleConns(connections)
	if err := d.upgrade(ctx, c); err != nil {
		return err
	}
	if d.read, err = gorm.Open(postgres.New(postgres.Config{Conn: d.pool}), settings()); err != nil {
		return err
	}
	return counting(d.read)
}

func (d *DB) upgrade(ctx context.Context, c Config) error {
	waiting, err := pending(ctx, d.pool, d.engine)
	switch {
	case err != nil:
		return err
	case waiting && c.ReadOnly:
		return errors.New("the database is from an older Thaw; run thaw migrate first")
	case waiting:
		return migrate(ctx, d.pool, d.engine, d.log)
	}
	return nil
}

// address is a server's address without its password.
func address(name string) string {
	u, err := url.Parse(name)
	if err != nil {
		return "the PostgreSQL server"
	}
	return u.Redacted()
}
