// Package db keeps everything: one SQLite file, or PostgreSQL for larger
// places. Stores, one per area, satisfy the interfaces that the packages of app
// declare. Rows and SQL stay here.
package db

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"time"

	sqlite3 "github.com/mattn/go-sqlite3"
	"gorm.io/driver/postgres"
	"gorm.io/driver/sqlite"
	"gorm.io/gorm"
	"gorm.io/gorm/logger"
)

// Config says which database.
type Config struct {
	Dir  string // folder of the SQLite file, made if it is not there
	Name string // file in Dir, absolute path, or postgres:// address
	Log  *slog.Logger
}

// DB is an open database.
type DB struct {
	read   *gorm.DB
	pool   *sql.DB // readers; with PostgreSQL the only pool
	writes *sql.DB // SQLite's one writing connection
	writer *writer // nil with PostgreSQL
	path   string  // of the SQLite file
	log    *slog.Logger
}

// Postgres tells whether the name is a PostgreSQL address.
func (c Config) Postgres() bool {
	return strings.HasPrefix(c.Name, "postgres://") || strings.HasPrefix(c.Name, "postgresql://")
}

// Path is the SQLite file.
func (c Config) Path() string {
	if filepath.IsAbs(c.Name) {
		return c.Name
	}
	return filepath.Join(c.Dir, c.Name)
}

// Open opens or makes the database and brings it to the newest schema. The
// errors say what a person can do; a file that is not Thaw's stays untouched.
func Open(ctx context.Context, c Config) (*DB, error) {
	if c.Log == nil {
		c.Log = slog.New(slog.DiscardHandler)
	}
	if c.Postgres() {
		return openPostgres(ctx, c)
	}
	return openSQLite(ctx, c)
}

func openPostgres(ctx context.Context, c Config) (*DB, error) {
	g, err := gorm.Open(postgres.Open(c.Name), settings())
	if err != nil {
		return nil, fmt.Errorf("open PostgreSQL: %w", err)
	}
	pool, err := g.DB()
	if err != nil {
		return nil, err
	}
	pool.SetMaxOpenConns(max(8, 4*runtime.NumCPU()))
	pool.SetConnMaxIdleTime(5 * time.Minute)
	d := &DB{read: g, pool: pool, log: c.Log}
	if err := errors.Join(counting(g), migrate(ctx, pool, "postgres")); err != nil {
		return nil, errors.Join(err, pool.Close())
	}
	return d, nil
}

// The driver's keys; those of other drivers are ignored in silence, which is
// why assertSettings reads every setting back.
const (
	writerKeys = "_journal_mode=WAL&_synchronous=FULL&_busy_timeout=5000&_foreign_keys=1&_txlock=immediate&_cache_size=-65536&_secure_delete=on"
	readerKeys = "mode=ro&_query_only=1&_busy_timeout=5000&_foreign_keys=1&_cache_size=-16384"
)

func openSQLite(ctx context.Context, c Config) (d *DB, err error) {
	path := c.Path()
	if err := usable(ctx, path); err != nil {
		return nil, err
	}
	d = &DB{path: path, log: c.Log}
	defer func() {
		if err != nil {
			err = errors.Join(explain(path, err), d.closePools())
		}
	}()
	if d.writes, err = pool(path, writerKeys, 1); err != nil {
		return d, err
	}
	if err = prepare(ctx, d.writes); err != nil {
		return d, err
	}
	if err = migrate(ctx, d.writes, "sqlite3"); err != nil {
		return d, err
	}
	if d.pool, err = pool(path, readerKeys, max(4, 2*runtime.NumCPU())); err != nil {
		return d, err
	}
	if err = assertSettings(ctx, d.writes, d.pool); err != nil {
		return d, err
	}
	config := settings()
	config.PrepareStmt = true
	if d.read, err = gorm.Open(sqlite.Dialector{Conn: d.pool}, config); err != nil {
		return d, err
	}
	if err = counting(d.read); err != nil {
		return d, err
	}
	d.writer, err = startWriter(ctx, d.writes)
	return d, err
}

func pool(path, keys string, size int) (*sql.DB, error) {
	// A path may hold ? or %, so it goes in as a file URI.
	escaped := strings.NewReplacer("%", "%25", "?", "%3f", "#", "%23").Replace(path)
	p, err := sql.Open("sqlite3", "file:"+escaped+"?"+keys)
	if err != nil {
		return nil, err
	}
	p.SetMaxOpenConns(size)
	p.SetMaxIdleConns(size)
	return p, nil
}

// settings are GORM's, the same everywhere.
func settings() *gorm.Config {
	return &gorm.Config{
		Logger:                 logger.Discard,
		NowFunc:                func() time.Time { return time.Now().UTC() },
		TranslateError:         true,
		SkipDefaultTransaction: true,
		DisableAutomaticPing:   true,
	}
}

// appID marks a SQLite file as Thaw's ("Thaw" in ASCII).
const appID = 0x54686177

// usable refuses, before anything is written, a folder that cannot be made and
// a file that is not Thaw's.
func usable(ctx context.Context, path string) error {
	dir := filepath.Dir(path)
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return fmt.Errorf("the data folder %s cannot be made: choose another with --data: %w", dir, err)
	}
	info, err := os.Stat(path)
	if errors.Is(err, os.ErrNotExist) {
		return writable(dir)
	}
	if err != nil {
		return fmt.Errorf("the database %s cannot be read: %w", path, err)
	}
	if info.IsDir() {
		return fmt.Errorf("the database %s is a folder: name a file with --db", path)
	}
	if info.Size() == 0 {
		return nil
	}
	return ours(ctx, path)
}

func writable(dir string) error {
	probe, err := os.CreateTemp(dir, ".thaw-*")
	if err != nil {
		return fmt.Errorf("the data folder %s cannot be written: give this user the right to, or choose another with --data: %w", dir, err)
	}
	return errors.Join(probe.Close(), os.Remove(probe.Name()))
}

// ours opens the file read-only and looks at its mark.
func ours(ctx context.Context, path string) error {
	p, err := pool(path, readerKeys, 1)
	if err != nil {
		return err
	}
	defer p.Close() //nolint:errcheck // nothing was written
	var id, tables int
	err = p.QueryRowContext(ctx, "PRAGMA application_id").Scan(&id)
	if err == nil {
		err = p.QueryRowContext(ctx, "SELECT count(*) FROM sqlite_schema").Scan(&tables)
	}
	if err != nil {
		return explain(path, err)
	}
	if id != appID && tables > 0 {
		return fmt.Errorf("%s is a SQLite database, but not Thaw's: it was left untouched; name another file with --db", path)
	}
	return nil
}

// explain turns the driver's errors into what a person can do.
func explain(path string, err error) error {
	var e sqlite3.Error
	if !errors.As(err, &e) {
		return err
	}
	switch e.Code {
	case sqlite3.ErrNotADB:
		return fmt.Errorf("%s is not a database: it was left untouched; name another file with --db: %w", path, err)
	case sqlite3.ErrCorrupt:
		return fmt.Errorf("%s is damaged: it was left untouched; put a backup in its place: %w", path, err)
	case sqlite3.ErrCantOpen, sqlite3.ErrPerm, sqlite3.ErrReadonly:
		return fmt.Errorf("%s cannot be read or written by this user: mend its rights, or name another file with --db: %w", path, err)
	case sqlite3.ErrBusy, sqlite3.ErrLocked:
		return fmt.Errorf("%s is held by another program: stop that first: %w", path, err)
	case sqlite3.ErrFull:
		return fmt.Errorf("the disk that holds %s is full: make room and try again: %w", path, err)
	}
	return err
}

func prepare(ctx context.Context, p *sql.DB) error {
	for _, pragma := range []string{
		fmt.Sprintf("PRAGMA application_id = %d", appID),
		"PRAGMA wal_autocheckpoint = 3000",
		"PRAGMA journal_size_limit = 67108864",
	} {
		if _, err := p.ExecContext(ctx, pragma); err != nil {
			return err
		}
	}
	return nil
}

// assertSettings reads back what durability rests on: a wrong one ends the
// start, since nobody would notice it later.
func assertSettings(ctx context.Context, writer, reader *sql.DB) error {
	for _, want := range []struct {
		pool          *sql.DB
		pragma, value string
	}{
		{writer, "journal_mode", "wal"},
		{writer, "synchronous", "2"},
		{writer, "foreign_keys", "1"},
		{writer, "busy_timeout", "5000"},
		{writer, "secure_delete", "1"},
		{writer, "wal_autocheckpoint", "3000"},
		{reader, "query_only", "1"},
		{reader, "foreign_keys", "1"},
		{reader, "busy_timeout", "5000"},
	} {
		var got string
		if err := want.pool.QueryRowContext(ctx, "PRAGMA "+want.pragma).Scan(&got); err != nil {
			return fmt.Errorf("read setting %s: %w", want.pragma, err)
		}
		if got != want.value {
			return fmt.Errorf("the database's setting %s is %s, want %s", want.pragma, got, want.value)
		}
	}
	return nil
}

// Close lets waiting writes end, copies the log into the file and closes it.
func (d *DB) Close() error {
	if d.writer != nil {
		d.writer.stop()
	}
	if d.writes != nil {
		var busy, pages, moved int
		row := d.writes.QueryRowContext(context.Background(), "PRAGMA wal_checkpoint(TRUNCATE)")
		if err := row.Scan(&busy, &pages, &moved); err != nil {
			d.log.Warn("copy the log into the database", "error", err)
		}
	}
	return d.closePools()
}

func (d *DB) closePools() error {
	var err error
	for _, p := range []*sql.DB{d.pool, d.writes} {
		if p != nil {
			err = errors.Join(err, p.Close())
		}
	}
	return err
}

// Path is the SQLite file, "" with PostgreSQL.
func (d *DB) Path() string { return d.path }

// Ready tells whether the database answers.
func (d *DB) Ready(ctx context.Context) error {
	var one int
	return d.pool.QueryRowContext(ctx, "SELECT 1").Scan(&one)
}
