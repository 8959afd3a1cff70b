package db

import (
	"context"
	"database/sql"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"

	"github.com/pressly/goose/v3"
	"github.com/pressly/goose/v3/lock"
)

//go:embed migrations
var migrations embed.FS

// migrator knows the migrations of an engine; what goose says goes nowhere.
func migrator(over *sql.DB, e engine) (*goose.Provider, error) {
	files, err := fs.Sub(migrations, "migrations/"+string(e))
	if err != nil {
		return nil, err
	}
	options := []goose.ProviderOption{goose.WithSlog(slog.New(slog.DiscardHandler)), goose.WithDisableGlobalRegistry(true)}
	dialect := goose.DialectSQLite3
	if e == postgresEngine {
		dialect = goose.DialectPostgres
		locker, err := lock.NewPostgresSessionLocker()
		if err != nil {
			return nil, err
		}
		options = append(options, goose.WithSessionLocker(locker))
	}
	return goose.NewProvider(dialect, over, files, options...)
}

// pending tells whether migrations wait, without changing anything. A schema
// that this program does not know yet is refused.
func pending(ctx context.Context, over *sql.DB, e engine) (bool, error) {
	m, err := migrator(over, e)
	if err != nil {
		return false, fmt.Errorf("reading the migrations: %w", err)
	}
	newest := m.ListSources()[len(m.ListSources())-1].Version
	at, err := schemaVersion(ctx, over, e)
	if err != nil {
		return false, err
	}
	if at > newest {
		return false, fmt.Errorf("the database is from a newer Thaw (schema %d, this program knows %d); nothing was changed: upgrade Thaw", at, newest)
	}
	return at < newest, nil
}

// schemaVersion is the number of the newest migration in the database, 0 when
// there is none.
func schemaVersion(ctx context.Context, over *sql.DB, e engine) (int64, error) {
	if there, err := hasTable(ctx, over, e, "goose_db_version"); err != nil || !there {
		return 0, err
	}
	var at sql.NullInt64
	err := over.QueryRowContext(ctx, "SELECT max(version_id) FROM goose_db_version WHERE is_applied").Scan(&at)
	return at.Int64, err
}

// hasTable tells whether there is a table.
func hasTable(ctx context.Context, over *sql.DB, e engine, name string) (bool, error) {
	query := "SELECT count(*) FROM sqlite_master WHERE type = 'table' AND name = $1"
	if e == postgresEngine {
		query = "SELECT count(*) FROM pg_tables WHERE schemaname = current_schema() AND tablename = $1"
	}
	var n int
	err := over.QueryRowContext(ctx, query, name).Scan(&n)
	return n > 0, err
}

// migrate applies what is pending and logs one line for each migration.
func migrate(ctx context.Context, over *sql.DB, e engine, log *slog.Logger) error {
	m, err := migrator(over, e)
	if err != nil {
		return fmt.Errorf("reading the migrations: %w", err)
	}
	done, err := m.Up(ctx)
	for _, r := range done {
		log.Info("migrated the database", "to", r.Source.Version, "took", r.Duration.Round(1e6))
	}
	var partial *goose.PartialError
	if errors.As(err, &partial) {
		return fmt.Errorf("migrating to schema %d: %w", partial.Failed.Source.Version, partial.Err)
	}
	if err != nil {
		return fmt.Errorf("migrating: %w", err)
	}
	return nil
}
