// Package db keeps everything: one SQLite file, or PostgreSQL for larger
// places. Stores, one per area, satisfy the interfaces that the packages of app
// declare. Rows and SQL stay here.
package db

import (
	"context"
	"database/sql"
	"errors"
	"log/slog"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"gorm.io/gorm"
	"gorm.io/gorm/logger"
)

// Config says which database.
type Config struct {
	Dir       string // folder of the SQLite file, made if it is not there
	Name      string // file in Dir, absolute path, or postgres:// address; empty: thaw.db
	Log       *slog.Logger
	Exclusive bool // take the lock of `serve` until Close (SQLite)
	ReadOnly  bool // only read: nothing is made, migrated or written
	Queue     int  // submissions that may wait for the writer; 0: 4096
	Bare      bool // no backup is made before migrations: there is one, or nothing to lose
	Apart     bool // each submission in a transaction of its own on any connection, as is usual: to compare with
}

// DB is an open database.
type DB struct {
	engine   engine
	read     *gorm.DB
	pool     *sql.DB // readers; with PostgreSQL the only pool
	writer   *writer // nil with PostgreSQL, and where only reading is allowed
	path     string  // of the SQLite file
	address  string  // of PostgreSQL
	log      *slog.Logger
	lock     *fileLock
	readOnly bool
	unclean  bool // the last stop was, and stays so
	keeper   keeper
	traces   atomic.Bool // something was deleted of which the log may still hold traces

	closing sync.Once
	closed  error
}

// engine is the database underneath; its value names the migrations' folder.
type engine string

const (
	sqliteEngine   engine = "sqlite"
	postgresEngine engine = "postgres"
)

// ErrReadOnly says that a database opened for reading was to be written.
var ErrReadOnly = errors.New("the database is open for reading only")

// Postgres tells whether the name is a PostgreSQL address.
func (c Config) Postgres() bool {
	return strings.HasPrefix(c.Name, "postgres://") || strings.HasPrefix(c.Name, "postgresql://")
}

// Path is the SQLite file.
func (c Config) Path() string {
	name := c.Name
	if name == "" {
		name = "thaw.db"
	}
	if filepath.IsAbs(name) {
		return name
	}
	return filepath.Join(c.Dir, name)
}

// Open opens or makes the database and brings it to the newest schema. The
// errors say what a person can do; a file that is refused stays untouched.
func Open(ctx context.Context, c Config) (*DB, error) {
	if c.Log == nil {
		c.Log = slog.New(slog.DiscardHandler)
	}
	d := &DB{engine: sqliteEngine, log: c.Log, readOnly: c.ReadOnly, keeper: keeper{folder: c.backups()}}
	open := d.openSQLite
	if c.Postgres() {
		d.engine, open = postgresEngine, d.openPostgres
	}
	if err := open(ctx, c); err != nil {
		return nil, errors.Join(err, d.close(false))
	}
	return d, nil
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

// Close lets waiting writes end, copies the log into the file, closes it and
// gives the lock free. It may be called again.
func (d *DB) Close() error { return d.close(true) }

func (d *DB) close(clean bool) error {
	d.closing.Do(func() {
		errs := []error{d.keeper.close()} // the writer is the last, and copies the log
		if d.pool != nil {
			errs = append(errs, d.pool.Close())
		}
		if d.writer != nil {
			errs = append(errs, d.writer.close())
		}
		err := errors.Join(errs...)
		d.closed = errors.Join(err, d.lock.release(clean && err == nil && !d.unclean))
	})
	return d.closed
}

// Path is the SQLite file, "" with PostgreSQL.
func (d *DB) Path() string { return d.path }

// Ready tells whether the database answers.
func (d *DB) Ready(ctx context.Context) error {
	var one int
	return d.pool.QueryRowContext(ctx, "SELECT 1").Scan(&one)
}
