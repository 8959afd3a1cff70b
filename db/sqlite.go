package db

import (
	"context"
	"database/sql"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"runtime"
	"strings"

	"gorm.io/driver/sqlite"
	"gorm.io/gorm"

	"thaw/app/repair"
)

// applicationID stands in the header of every file of ours ("Thaw").
const applicationID = 0x54686177

// settings of the two kinds of connection, in the words of the driver
const (
	writerSettings = "_journal_mode=WAL&_synchronous=FULL&_busy_timeout=5000&_foreign_keys=1&_txlock=immediate&_secure_delete=on&_cache_size=-65536"
	readerSettings = "mode=ro&_query_only=1&_busy_timeout=5000&_foreign_keys=1&_cache_size=-16384"
)

// writerPragmas and readerPragmas are what must read back: a key that the driver
// does not know is ignored in silence.
var (
	writerPragmas = map[string]string{
		"journal_mode": "wal", "synchronous": "2", "foreign_keys": "1", "busy_timeout": "5000",
		"secure_delete": "1", "query_only": "0", "wal_autocheckpoint": "16000",
		"journal_size_limit": "67108864", "application_id": fmt.Sprint(applicationID)}
	readerPragmas = map[string]string{
		"journal_mode": "wal", "foreign_keys": "1", "busy_timeout": "5000", "query_only": "1"}
	apartPragmas = map[string]string{
		"journal_mode": "wal", "synchronous": "2", "foreign_keys": "1", "busy_timeout": "5000"}
)

// dsn is the driver's address of a file; the path may hold any character.
func dsn(path, settings string) string {
	return "file:" + (&url.URL{Path: filepath.ToSlash(path)}).EscapedPath() + "?" + settings
}

func (d *DB) openSQLite(ctx context.Context, c Config) error {
	d.path = c.Path()
	unclean, err := d.guard(c)
	if err != nil {
		return err
	}
	d.unclean = unclean && c.ReadOnly // a look changes nothing of that
	if err := d.connectFile(ctx, c, unclean); err != nil {
		return d.pointed(err)
	}
	return nil
}

func (d *DB) connectFile(ctx context.Context, c Config, unclean bool) error {
	fresh, err := inspect(d.path)
	switch {
	case err != nil:
		return err
	case fresh && c.ReadOnly:
		return fmt.Errorf("there is no database at %s yet; start thaw once to make one", d.path)
	case fresh:
		err = create(ctx, d.path)
	case unclean:
		c.Log.Info("the last stop was not clean; checking the database", "file", d.path)
		d.missLog()
		err = quickCheck(ctx, d.path)
	}
	if err != nil {
		return err
	}
	if err := d.prepare(ctx, c); err != nil {
		return err
	}
	return d.connect(ctx, c)
}

// guard makes the folder and takes the lock where it is wanted. It tells whether
// the last holder of the lock was not closed.
func (d *DB) guard(c Config) (unclean bool, err error) {
	if c.ReadOnly && !c.Exclusive {
		return false, nil
	}
	if err := os.MkdirAll(filepath.Dir(d.path), 0o700); err != nil {
		return false, fmt.Errorf("the data folder %s cannot be made: %w; choose another with --data", filepath.Dir(d.path), err)
	}
	if !c.Exclusive {
		return false, nil
	}
	d.lock, unclean, err = lockFile(d.path + ".lock")
	return unclean, err
}

// inspect looks at a file without changing it: fresh is true where there is none
// or an empty one, and an error says why a file is not ours.
func inspect(path string) (fresh bool, err error) {
	f, err := os.Open(path) // #nosec G304 -- the operator's own choice
	if errors.Is(err, fs.ErrNotExist) {
		return true, nil
	}
	if err != nil {
		return false, fmt.Errorf("the database cannot be read: %w; check who owns it", err)
	}
	defer f.Close() //nolint:errcheck // only read
	info, err := f.Stat()
	if err != nil {
		return false, fmt.Errorf("looking at the database: %w", err)
	}
	if info.IsDir() {
		return false, fmt.Errorf("%s is a folder, not a database; name a file with --db", path)
	}
	header := make([]byte, 100)
	n, err := io.ReadFull(f, header)
	switch {
	case n == 0 && errors.Is(err, io.EOF):
		return true, nil
	case err != nil && !errors.Is(err, io.ErrUnexpectedEOF):
		return false, fmt.Errorf("the database cannot be read: %w", err)
	case n < len(header) || !strings.HasPrefix(string(header), "SQLite format 3\x00"):
		return false, damaged{path, "not a database"}
	case binary.BigEndian.Uint32(header[68:]) != applicationID:
		return false, fmt.Errorf("%s belongs to another program; nothing was changed: name another file with --db", path)
	}
	return false, nil
}

// create makes an empty file of ours, before its log exists, so that its header
// says whose it is from the beginning.
func create(ctx context.Context, path string) error {
	f, err := os.OpenFile(path, os.O_CREATE|os.O_RDWR, 0o600) // #nosec G304 -- the operator's own choice
	if err != nil {
		return fmt.Errorf("the database cannot be made: %w; check the folder or choose another with --data", err)
	}
	if err := f.Close(); err != nil {
		return fmt.Errorf("making the database: %w", err)
	}
	over, err := sql.Open(sqlite.DriverName, dsn(path, "_synchronous=FULL&_busy_timeout=5000"))
	if err != nil {
		return fmt.Errorf("making the database: %w", err)
	}
	_, err = over.ExecContext(ctx, fmt.Sprintf("PRAGMA application_id = %d", applicationID))
	return unusable(path, errors.Join(err, over.Close()))
}

// missLog says when the log is gone after a stop that was not clean: SQLite takes it away
// when it is closed in order, and never else.
func (d *DB) missLog() {
	if _, err := os.Stat(d.path + "-wal"); errors.Is(err, fs.ErrNotExist) {
		d.log.Warn(d.path + "-wal is missing: somebody took it away, and the answers of the last minutes before the stop with it")
	}
}

// looking is the driver's address of a file to look at. Whoever may write copies the log
// into the file when closing it, also into a damaged one; but for a first start that was cut
// off, which only a writer can take back.
func looking(path string) string {
	settings := "_busy_timeout=5000&_query_only=1"
	if _, err := os.Stat(path + "-journal"); err != nil {
		settings += "&mode=ro"
	}
	return dsn(path, settings)
}

// quickCheck reads the whole file after a stop that was not clean.
func quickCheck(ctx context.Context, path string) error {
	over, err := sql.Open(sqlite.DriverName, looking(path))
	if err != nil {
		return fmt.Errorf("checking the database: %w", err)
	}
	var said string
	err = over.QueryRowContext(ctx, "PRAGMA quick_check(1)").Scan(&said)
	if err := errors.Join(err, over.Close()); err != nil {
		return unusable(path, err)
	}
	if said != "ok" {
		return fmt.Errorf("%w (%s)", errDamaged(path), said)
	}
	return nil
}

// prepare brings the schema up to date.
func (d *DB) prepare(ctx context.Context, c Config) error {
	over, err := sql.Open(sqlite.DriverName, looking(d.path))
	if err != nil {
		return fmt.Errorf("opening the database: %w", err)
	}
	pending, err := pending(ctx, over, d.engine)
	if err := errors.Join(err, over.Close()); err != nil {
		return unusable(d.path, err)
	}
	switch {
	case !pending:
		return nil
	case c.ReadOnly:
		return fmt.Errorf("%s is from an older Thaw; run thaw migrate first", d.path)
	case d.lock == nil:
		lock, _, err := lockFile(d.path + ".lock")
		if err != nil {
			return err
		}
		defer func() { _ = lock.release(true) }() // it is only a lock; the migration's result counts
	}
	if err := d.beforeSchema(ctx, c); err != nil {
		return err
	}
	over, err = sql.Open(sqlite.DriverName, dsn(d.path, writerSettings))
	if err != nil {
		return fmt.Errorf("opening the database: %w", err)
	}
	over.SetMaxOpenConns(1)
	err = migrate(ctx, over, d.engine, d.log)
	return unusable(d.path, errors.Join(err, over.Close()))
}

// beforeSchema makes a backup of a database that is about to be migrated.
func (d *DB) beforeSchema(ctx context.Context, c Config) error {
	over, err := sql.Open(sqlite.DriverName, looking(d.path))
	if err != nil {
		return fmt.Errorf("opening the database: %w", err)
	}
	schema, err := schemaVersion(ctx, over, d.engine)
	if err := errors.Join(err, over.Close()); err != nil {
		return unusable(d.path, err)
	}
	if schema == 0 || c.Bare {
		return nil
	}
	b, err := saveFile(ctx, d.path, d.keeper.folder, repair.BeforeSchema)
	if err != nil {
		return fmt.Errorf("the database was not migrated, since a backup comes first: %w", err)
	}
	d.log.Info("made a backup before migrating", "name", b.Name)
	return nil
}

// connect opens the writer and the readers and holds them to their settings.
func (d *DB) connect(ctx context.Context, c Config) error {
	if !c.ReadOnly && !c.Apart {
		if err := d.connectWriter(ctx, c); err != nil {
			return unusable(d.path, err)
		}
	}
	settled, want := readerSettings, readerPragmas
	if c.Apart {
		settled, want = writerSettings, apartPragmas
	}
	var err error
	if d.pool, err = sql.Open(sqlite.DriverName, dsn(d.path, settled)); err != nil {
		return fmt.Errorf("opening the database: %w", err)
	}
	n := max(4, 2*runtime.NumCPU())
	d.pool.SetMaxOpenConns(n)
	d.pool.SetMaxIdleConns(n)
	if err := assert(ctx, d.pool, want); err != nil {
		return unusable(d.path, err)
	}
	pool := &readers{DB: d.pool, prepared: map[string]*sql.Stmt{}}
	if d.read, err = gorm.Open(sqlite.Dialector{Conn: pool}, settings()); err != nil {
		return unusable(d.path, err)
	}
	return counting(d.read)
}

func (d *DB) connectWriter(ctx context.Context, c Config) error {
	over, err := writing(ctx, d.path)
	if err != nil {
		return err
	}
	beside, err := writing(ctx, d.path)
	if err != nil {
		return errors.Join(err, over.Close())
	}
	if d.writer, err = startWriter(ctx, over, beside, c.Queue); err != nil {
		return errors.Join(err, over.Close(), beside.Close())
	}
	return nil
}

// writing opens one connection that writes and holds it to its settings.
func writing(ctx context.Context, path string) (*sql.DB, error) {
	over, err := sql.Open(sqlite.DriverName, dsn(path, writerSettings))
	if err != nil {
		return nil, err
	}
	over.SetMaxOpenConns(1)
	for _, pragma := range []string{"wal_autocheckpoint = 16000", "journal_size_limit = 67108864"} {
		if _, err := over.ExecContext(ctx, "PRAGMA "+pragma); err != nil {
			return nil, errors.Join(err, over.Close())
		}
	}
	if err := assert(ctx, over, writerPragmas); err != nil {
		return nil, errors.Join(err, over.Close())
	}
	return over, nil
}

// rower is a pool or one connection of it.
type rower interface {
	QueryRowContext(ctx context.Context, query string, args ...any) *sql.Row
}

// assert reads settings back: an answer is only safe under these.
func assert(ctx context.Context, over rower, want map[string]string) error {
	for pragma, value := range want {
		var got string
		if err := over.QueryRowContext(ctx, "PRAGMA "+pragma).Scan(&got); err != nil {
			return fmt.Errorf("reading the setting %s: %w", pragma, err)
		}
		if got != value {
			return fmt.Errorf("the database runs with %s = %s, want %s: answers would not be safe", pragma, got, value)
		}
	}
	return nil
}

// unusable says what a person can do about a file that SQLite refuses.
func unusable(path string, err error) error {
	if err == nil {
		return nil
	}
	text := err.Error()
	switch {
	case strings.Contains(text, "malformed"), strings.Contains(text, "not a database"):
		return fmt.Errorf("%w: %w", errDamaged(path), err)
	case strings.Contains(text, "readonly"), strings.Contains(text, "read-only"), strings.Contains(text, "unable to open"), strings.Contains(text, "permission"):
		return fmt.Errorf("%s cannot be written; check who owns the file and its folder, and whether the disk is mounted for reading only: %w", path, err)
	case strings.Contains(text, "is full"), strings.Contains(text, "no space left"):
		return fmt.Errorf("the disk with %s is full; nothing was lost: make room and start again: %w", path, err)
	}
	return fmt.Errorf("opening %s: %w", path, err)
}
