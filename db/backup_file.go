package db

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"gorm.io/driver/sqlite"

	"thaw/app/repair"
)

// mainTables are the tables whose rows are counted in a backup.
var mainTables = []string{"learner", "event", "mark", "card", "sitting", "bank", "fact", "question", "version", "answer"}

// backupTries is how often a copy is made whose rows others have changed while they were
// counted.
const backupTries = 3

// errCounts says that a copy has not the rows that it should have.
var errCounts = errors.New("the copy has not as many rows as the database")

// copyWhole copies an SQLite file with all that its log holds, opens the copy and counts its
// rows: a copy of the file alone would miss answers, and look well.
func copyWhole(ctx context.Context, from, to string) (b repair.Backup, err error) {
	if err := hasRoom(from, to); err != nil {
		return b, err
	}
	for range backupTries {
		if b, err = copyOnce(ctx, from, to); !errors.Is(err, errCounts) {
			return b, err
		}
	}
	return b, err
}

// hasRoom refuses a copy that would fill the disk.
func hasRoom(from, to string) error {
	need, room := int64(0), free(to)
	for _, file := range []string{from, from + "-wal"} {
		if info, err := os.Stat(file); err == nil {
			need += info.Size()
		}
	}
	if room >= 0 && room < need {
		return fmt.Errorf("the disk is full: it has room for %d MB, and the copy may need %d MB; make room", room>>20, need>>20+1)
	}
	return nil
}

func copyOnce(ctx context.Context, from, to string) (repair.Backup, error) {
	if err := gone(to); err != nil {
		return repair.Backup{}, err
	}
	if err := copied(strings.NewReader(""), to); err != nil { // with rights for its owner alone
		return repair.Backup{}, err
	}
	before, after, err := vacuumInto(ctx, from, to)
	if err == nil {
		err = synced(to)
	}
	if err != nil {
		return repair.Backup{}, err
	}
	b, err := examine(ctx, to)
	if err != nil {
		return b, err
	}
	for table, n := range b.Rows {
		if n < min(before[table], after[table]) || n > max(before[table], after[table]) {
			return b, fmt.Errorf("%w: %d in %s, want %d", errCounts, n, table, after[table])
		}
	}
	return b, nil
}

// vacuumInto copies a database and counts its rows before and after.
func vacuumInto(ctx context.Context, from, to string) (before, after map[string]int64, err error) {
	over, err := sql.Open(sqlite.DriverName, dsn(from, "mode=rw&_busy_timeout=5000"))
	if err != nil {
		return nil, nil, err
	}
	over.SetMaxOpenConns(1)
	defer func() { err = errors.Join(err, over.Close()) }()
	if before, err = rowsOf(ctx, over); err != nil {
		return nil, nil, err
	}
	full, err := filepath.Abs(to)
	if err != nil {
		return nil, nil, err
	}
	if _, err = over.ExecContext(ctx, "VACUUM INTO ?", full); err != nil {
		return nil, nil, err
	}
	after, err = rowsOf(ctx, over)
	return before, after, err
}

// rowsOf counts the rows of the tables that are there.
func rowsOf(ctx context.Context, over *sql.DB) (map[string]int64, error) {
	rows := map[string]int64{}
	for _, table := range mainTables {
		var n int64
		there, err := hasTable(ctx, over, sqliteEngine, table)
		if err == nil && there {
			err = over.QueryRowContext(ctx, "SELECT count(*) FROM "+table).Scan(&n)
			rows[table] = n
		}
		if err != nil {
			return nil, err
		}
	}
	return rows, nil
}

// examine opens a copy for reading alone, checks all its pages and counts its rows.
func examine(ctx context.Context, path string) (b repair.Backup, err error) {
	fresh, err := inspect(path)
	if err == nil && fresh {
		err = fmt.Errorf("%s is empty or not there", path)
	}
	if err != nil {
		return b, err
	}
	over, err := sql.Open(sqlite.DriverName, dsn(path, "mode=ro&immutable=1&_query_only=1"))
	if err != nil {
		return b, err
	}
	over.SetMaxOpenConns(1)
	defer func() { err = errors.Join(err, over.Close()) }()
	var said string
	if err := over.QueryRowContext(ctx, "PRAGMA quick_check(1)").Scan(&said); err != nil {
		return b, fmt.Errorf("%s is damaged: %w", path, err)
	}
	if said != "ok" {
		return b, fmt.Errorf("%s is damaged (%s)", path, said)
	}
	if b.Schema, err = schemaVersion(ctx, over, sqliteEngine); err != nil {
		return b, err
	}
	if b.Rows, err = rowsOf(ctx, over); err != nil {
		return b, err
	}
	info, err := os.Stat(path)
	if err == nil {
		b.Size = info.Size()
	}
	return b, err
}

// roomy says a full disk in words.
func roomy(err error) error {
	if exhausted(err) && strings.Contains(err.Error(), "full") {
		return fmt.Errorf("the disk is full; nothing of the copy was kept: make room: %w", err)
	}
	return err
}
