package db

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"time"

	"gorm.io/driver/sqlite"
	"gorm.io/gorm"

	"thaw/app/people"
	"thaw/app/repair"
)

// Restored is how a backup was put back.
type Restored struct {
	Backup  repair.Backup
	Before  string // the backup that was made of what was there; "": there was nothing to back up
	Aside   string // where a damaged file was kept that no backup could be made of
	Forgot  int    // of the deleted, again
	Changed bool   // the database is another one than before, though there may be an error
}

// Restore puts a backup, by its name or as a file, in the database's place, while nobody
// serves it. The backup is checked, brought to the newest schema, and everybody forgotten
// again who has been deleted since, before it takes the place in one step: whatever fails,
// the database is as it was. A backup of what was there is made first.
func Restore(ctx context.Context, c Config, name string) (Restored, error) {
	if c.Log == nil {
		c.Log = slog.New(slog.DiscardHandler)
	}
	if c.Postgres() {
		return restoreDump(ctx, c, name)
	}
	d := &DB{engine: sqliteEngine, log: c.Log, path: c.Path(), keeper: keeper{folder: c.backups()}}
	c.Exclusive, c.ReadOnly = true, false
	unclean, err := d.guard(c)
	if err != nil {
		return Restored{}, err
	}
	r, err := d.restore(ctx, findBackup(d.keeper.folder, name))
	return r, errors.Join(err, d.lock.release(r.Changed || !unclean))
}

// findBackup is the file that a name means: one in the folder, or a file anywhere.
func findBackup(folder, name string) string {
	if _, ok := readBackup(folder, name); ok {
		return filepath.Join(folder, name)
	}
	return name
}

func (d *DB) restore(ctx context.Context, from string) (r Restored, err error) {
	next := d.path + ".next"
	if err := dropFile(next); err != nil {
		return r, err
	}
	defer func() { err = errors.Join(err, dropFile(next)) }()
	if r.Backup, err = d.fetch(ctx, from, next); err != nil {
		return r, err
	}
	if err := d.secure(ctx, &r); err != nil {
		return r, err
	}
	list, err := goneBeside(d.keeper.folder, from)
	if err != nil {
		return r, err
	}
	if r.Forgot, err = d.renew(ctx, next, list); err != nil {
		return r, fmt.Errorf("bringing the backup up to date: %w", err)
	}
	r.Changed, err = d.swap(ctx, next, r.Aside)
	return r, err
}

// fetch checks a backup and copies it beside the database.
func (d *DB) fetch(ctx context.Context, from, next string) (b repair.Backup, err error) {
	if err := mayPutBack(ctx, from); err != nil {
		return b, err
	}
	if b, err = copyWhole(ctx, from, next); err != nil {
		return b, fmt.Errorf("the backup cannot be put back, nothing was changed: %w", err)
	}
	b.Name = filepath.Base(from)
	if said, ok := readBackup(filepath.Dir(from), b.Name); ok {
		b.At, b.Why = said.At, said.Why
	}
	return b, nil
}

// mayPutBack refuses a backup that is damaged or of a newer schema.
func mayPutBack(ctx context.Context, from string) error {
	if fresh, err := inspect(from); err != nil || fresh {
		return errors.Join(fmt.Errorf("there is no backup at %s; thaw backup list names those there are", from), err)
	}
	settings := "mode=ro&immutable=1&_query_only=1"
	if _, err := os.Stat(from + "-wal"); err == nil { // a copy of a file and its log
		settings = "_query_only=1"
	}
	over, err := sql.Open(sqlite.DriverName, dsn(from, settings))
	if err != nil {
		return err
	}
	over.SetMaxOpenConns(1)
	var said string
	err = over.QueryRowContext(ctx, "PRAGMA quick_check(1)").Scan(&said)
	if err == nil && said != "ok" {
		err = errors.New(said)
	}
	if err != nil {
		return errors.Join(fmt.Errorf("the backup %s is damaged, nothing was changed; take another: %w", from, err), over.Close())
	}
	_, err = pending(ctx, over, sqliteEngine)
	return errors.Join(err, over.Close())
}

// secure makes a backup of what is there. A file that is damaged is kept as it is.
func (d *DB) secure(ctx context.Context, r *Restored) error {
	fresh, err := inspect(d.path)
	if err == nil && fresh {
		return nil
	}
	if err == nil {
		err = d.secureWhole(ctx, r)
	}
	if err == nil || !beyondHelp(err) {
		return err
	}
	d.log.Warn("what is there cannot be read and is kept as it is", "error", err)
	r.Aside = fmt.Sprintf("%s.damaged-%s", d.path, time.Now().UTC().Format(nameTime))
	return nil
}

// beyondHelp tells whether a file is so damaged that no backup can be made of it.
func beyondHelp(err error) bool { return errors.As(unusable("", err), new(damaged)) }

func (d *DB) secureWhole(ctx context.Context, r *Restored) error {
	list, err := goneIn(ctx, d.path)
	if err == nil {
		err = mergeGone(d.keeper.folder, list)
	}
	if err != nil {
		return err
	}
	b, err := saveFile(ctx, d.path, d.keeper.folder, repair.BeforeBack)
	r.Before = b.Name
	return err
}

// goneIn reads who has been deleted from a file of any schema.
func goneIn(ctx context.Context, path string) (list []people.Gone, err error) {
	over, err := sql.Open(sqlite.DriverName, dsn(path, "_busy_timeout=5000&_query_only=1"))
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, over.Close()) }()
	return goneOf(ctx, over, sqliteEngine)
}

func goneOf(ctx context.Context, over *sql.DB, e engine) (list []people.Gone, err error) {
	if there, err := hasTable(ctx, over, e, "gone"); err != nil || !there {
		return nil, err
	}
	rows, err := over.QueryContext(ctx, "SELECT id, at FROM gone ORDER BY at, id")
	if err != nil {
		return nil, err
	}
	defer rows.Close() //nolint:errcheck // Err tells
	for rows.Next() {
		g, err := scanGone(rows)
		if err != nil {
			return nil, err
		}
		list = append(list, g)
	}
	return list, rows.Err()
}

// renew brings a copy to the newest schema and forgets the deleted again.
func (d *DB) renew(ctx context.Context, next string, list []people.Gone) (forgot int, err error) {
	over, err := Open(ctx, Config{Name: next, Dir: filepath.Dir(d.keeper.folder), Bare: true, Log: d.log})
	if err != nil {
		return 0, err
	}
	forgot, err = forgetBack(ctx, over, list)
	return forgot, errors.Join(err, over.Close())
}

// forgetBack forgets whoever is back, of those deleted by either side's account.
func forgetBack(ctx context.Context, d *DB, list []people.Gone) (int, error) {
	own, err := (People{d}).Gone(ctx)
	if err != nil {
		return 0, err
	}
	var back []people.Gone
	err = d.write(ctx, func(tx *gorm.DB) error {
		back = nil
		for _, g := range together(list, own) {
			n, err := straight(tx).number(`SELECT COUNT(*) FROM learner WHERE id = ?`, int64(g.ID))
			switch {
			case err != nil:
				return err
			case n > 0:
				back = append(back, g)
				continue
			}
			if err := noteGone(tx, g); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil || len(back) == 0 {
		return 0, err
	}
	return (People{d}).ForgetAgain(ctx, back)
}

// swap puts a file in the database's place. What the old one's log holds is copied into it
// first, so that at each moment there is one whole database.
func (d *DB) swap(ctx context.Context, next, aside string) (changed bool, err error) {
	if aside == "" {
		if err := settle(ctx, d.path); err != nil {
			return false, err
		}
	} else if err := keepAside(d.path, aside); err != nil {
		return false, err
	}
	for _, ending := range []string{"-wal", "-shm", "-journal"} {
		if err := gone(d.path + ending); err != nil {
			return false, err
		}
	}
	if err := os.Rename(next, d.path); err != nil {
		return false, fmt.Errorf("putting the backup in its place: %w", err)
	}
	return true, syncFolder(filepath.Dir(d.path))
}

// settle copies the log of a database into its file.
func settle(ctx context.Context, path string) error {
	if _, err := os.Stat(path); errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	over, err := sql.Open(sqlite.DriverName, dsn(path, "_busy_timeout=5000&_synchronous=FULL"))
	if err != nil {
		return err
	}
	over.SetMaxOpenConns(1)
	var busy, log, moved int
	err = over.QueryRowContext(ctx, "PRAGMA wal_checkpoint(TRUNCATE)").Scan(&busy, &log, &moved)
	if err == nil && busy != 0 {
		err = errors.New("another program still uses the database; nothing was changed: end it and try again")
	}
	return errors.Join(err, over.Close())
}

// keepAside gives a damaged file, which stays in its place, another name as well; its log
// goes there.
func keepAside(path, aside string) error {
	if err := os.Link(path, aside); err != nil {
		from, openErr := os.Open(path) // #nosec G304 -- the operator's own choice
		if openErr != nil {
			return openErr
		}
		if err := errors.Join(copied(from, aside), from.Close()); err != nil {
			return fmt.Errorf("keeping the damaged file: %w", err)
		}
	}
	for _, ending := range []string{"-wal", "-journal"} {
		if err := os.Rename(path+ending, aside+ending); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return err
		}
	}
	return nil
}

// dropFile removes a database that was only made on the way.
func dropFile(path string) error {
	var errs []error
	for _, ending := range []string{"", "-wal", "-shm", "-journal", ".lock"} {
		errs = append(errs, gone(path+ending))
	}
	return errors.Join(errs...)
}
