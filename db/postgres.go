package db

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net/url"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/stdlib"
	"gorm.io/driver/postgres"
	"gorm.io/gorm"

	"thaw/app/repair"
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
	d.pool, d.address = openPool(config), c.Name
	if err := d.upgrade(ctx, c); err != nil {
		return err
	}
	if d.read, err = gorm.Open(postgres.New(postgres.Config{Conn: d.pool}), settings()); err != nil {
		return err
	}
	return counting(d.read)
}

func openPool(config *pgx.ConnConfig) *sql.DB {
	config.RuntimeParams["timezone"] = "UTC"
	config.RuntimeParams["application_name"] = "thaw"
	config.RuntimeParams["synchronous_commit"] = "on"
	pool := stdlib.OpenDB(*config)
	pool.SetMaxOpenConns(connections)
	pool.SetMaxIdleConns(connections)
	return pool
}

func (d *DB) upgrade(ctx context.Context, c Config) error {
	waiting, err := pending(ctx, d.pool, d.engine)
	switch {
	case err != nil:
		return err
	case waiting && c.ReadOnly:
		return errors.New("the database is from an older Thaw; run thaw migrate first")
	case waiting:
		if err := d.beforeUpgrade(ctx, c); err != nil {
			return err
		}
		return migrate(ctx, d.pool, d.engine, d.log)
	}
	return nil
}

// beforeUpgrade makes a backup of a database that is about to be migrated, as Before does.
func (d *DB) beforeUpgrade(ctx context.Context, c Config) error {
	schema, err := schemaVersion(ctx, d.pool, d.engine)
	if err != nil || schema == 0 || c.Bare || d.keeper.folder == "" {
		return err
	}
	b, err := Backups{d}.save(ctx, d.keeper.folder, repair.BeforeSchema)
	if err != nil {
		if err = d.without(err, repair.BeforeSchema); err != nil {
			return fmt.Errorf("the database was not migrated, since a backup comes first: %w", err)
		}
		return nil
	}
	d.log.Info("made a backup before migrating", "name", b.Name)
	return nil
}

// without lets go on where no backup can be made at all on this computer: who has not
// PostgreSQL's programs is told so, and not kept from working.
func (d *DB) without(err error, why string) error {
	if !errors.Is(err, errNoTool) {
		return err
	}
	d.log.Warn("no backup is made", "before", why, "error", err)
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
