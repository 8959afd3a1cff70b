package db

import (
	"context"
	"database/sql"
	"embed"
	"errors"
	"fmt"
	"io/fs"

	"github.com/pressly/goose/v3"
)

//go:embed migrations
var migrations embed.FS

// ErrNewer says that a newer Thaw has changed the database.
var ErrNewer = errors.New("the database was made by a newer Thaw: use that one, or restore an older backup")

// migrate brings the schema up to date; a newer one is refused.
func migrate(ctx context.Context, pool *sql.DB, engine string) error {
	dialect, folder := goose.DialectSQLite3, "migrations/sqlite"
	if engine == "postgres" {
		dialect, folder = goose.DialectPostgres, "migrations/postgres"
	}
	files, err := fs.Sub(migrations, folder)
	if err != nil {
		return err
	}
	provider, err := goose.NewProvider(dialect, pool, files)
	if err != nil {
		return err
	}
	now, newest, err := provider.GetVersions(ctx)
	if err != nil {
		return fmt.Errorf("read the schema's version: %w", err)
	}
	if now > newest {
		return ErrNewer
	}
	if _, err := provider.Up(ctx); err != nil {
		return fmt.Errorf("bring the database up to date: %w", err)
	}
	return nil
}
