package db

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"gorm.io/driver/sqlite"

	"thaw/app/repair"
)

// Backups keeps copies of the database in a folder of its own.
type Backups struct{ *DB }

// keeper is what a database remembers of its backups.
type keeper struct {
	folder string
	one    sync.Mutex // backups are made one at a time

	mu     sync.Mutex // keeps the rest together
	watch  *sql.DB    // one connection that only looks whether others have written
	state  string     // of the database at the last backup
	newest string     // that backup's name
	failed Failure
}

// Failure is a backup that could not be made; the zero one is none.
type Failure struct {
	At  time.Time
	Err string
}

// hourlyGap is how old the newest backup is before the job makes another: a program that is
// started again and again makes none each time.
const hourlyGap = 55 * time.Minute

// backups is the folder of the backups: with the data.
func (c Config) backups() string {
	dir := c.Dir
	if dir == "" && !c.Postgres() {
		dir = filepath.Dir(c.Path())
	}
	if dir == "" {
		return ""
	}
	return filepath.Join(dir, "backups")
}

// Take makes a backup and thins those that are there. Where nothing has been written since
// the last one, that one is as good. The error says why there is none; nothing is left half
// made then.
func (s Backups) Take(ctx context.Context, why string) error {
	_, err := s.Make(ctx, why)
	return err
}

// Before makes a backup before something that changes much. Without PostgreSQL's programs
// it only says that there is none.
func (s Backups) Before(ctx context.Context, why string) error {
	return s.without(s.Take(ctx, why), why)
}

// Hourly makes a backup where something was written since the last one.
func (s Backups) Hourly(ctx context.Context) error {
	list, err := s.List()
	if err != nil {
		return err
	}
	if len(list) > 0 && time.Since(list[0].At) < hourlyGap {
		return nil
	}
	return s.Take(ctx, repair.Hourly)
}

// Make is Take, and returns the backup.
func (s Backups) Make(ctx context.Context, why string) (repair.Backup, error) {
	s.keeper.one.Lock()
	defer s.keeper.one.Unlock()
	b, err := s.make(ctx, why)
	s.noteFailure(err)
	return b, err
}

func (s Backups) make(ctx context.Context, why string) (repair.Backup, error) {
	if err := makeFolder(s.keeper.folder); err != nil {
		return repair.Backup{}, err
	}
	if err := s.keepGone(ctx); err != nil {
		return repair.Backup{}, err
	}
	state, err := s.state(ctx)
	if err != nil {
		return repair.Backup{}, err
	}
	list, err := s.List()
	if err != nil {
		return repair.Backup{}, err
	}
	if b, ok := s.asGood(list, state); ok {
		return b, nil
	}
	b, err := s.save(ctx, s.keeper.folder, why)
	if err != nil {
		return b, err
	}
	s.keeper.mu.Lock()
	s.keeper.state, s.keeper.newest = state, b.Name
	s.keeper.mu.Unlock()
	return b, s.thin(append(list, b))
}

// asGood is the last backup of this program, if nothing has been written since.
func (s Backups) asGood(list []repair.Backup, state string) (repair.Backup, bool) {
	s.keeper.mu.Lock()
	defer s.keeper.mu.Unlock()
	if s.keeper.state != state || len(list) == 0 || list[0].Name != s.keeper.newest {
		return repair.Backup{}, false
	}
	return list[0], true
}

// save writes a backup into a folder, checks it and gives it its name.
func (s Backups) save(ctx context.Context, folder, why string) (repair.Backup, error) {
	if s.engine == postgresEngine {
		return saved(folder, why, ".dump", func(to string) (repair.Backup, error) { return s.dump(ctx, to) })
	}
	return saveFile(ctx, s.path, folder, why)
}

func saveFile(ctx context.Context, path, folder, why string) (repair.Backup, error) {
	return saved(folder, why, ".db", func(to string) (repair.Backup, error) { return copyWhole(ctx, path, to) })
}

// saved lets a backup be written under another name, and only then gives it its own.
func saved(folder, why, ending string, write func(to string) (repair.Backup, error)) (repair.Backup, error) {
	if err := makeFolder(folder); err != nil {
		return repair.Backup{}, err
	}
	dropHalf(folder)
	at := time.Now().UTC().Truncate(time.Second)
	half := filepath.Join(folder, fmt.Sprintf("%s%d-%d%s", halfMade, os.Getpid(), at.Unix(), ending))
	b, err := write(half)
	if err == nil {
		b.At, b.Why = at, plainWhy(why)
		err = named(&b, folder, half, ending)
	}
	if err != nil {
		return repair.Backup{}, errors.Join(fmt.Errorf("making a backup in %s: %w", folder, roomy(err)), gone(half))
	}
	return b, nil
}

// named gives a backup the name that says what it is, with its counts beside it.
func named(b *repair.Backup, folder, half, ending string) error {
	b.At = freeSecond(folder, b.At)
	b.Name = fmt.Sprintf("thaw-%s-s%d-%s%s", b.At.Format(nameTime), b.Schema, b.Why, ending)
	raw, err := json.Marshal(b.Rows)
	if err != nil {
		return err
	}
	beside := filepath.Join(folder, b.Name+countsEnding)
	if err := writeWhole(beside, raw); err != nil {
		return err
	}
	if err := os.Rename(half, filepath.Join(folder, b.Name)); err != nil {
		return errors.Join(err, gone(beside))
	}
	return syncFolder(folder)
}

// freeSecond is the first second from a time on of which there is no backup, so that their
// order is known.
func freeSecond(folder string, at time.Time) time.Time {
	for {
		if taken, _ := filepath.Glob(filepath.Join(folder, "thaw-"+at.Format(nameTime)+"-*")); len(taken) == 0 { // the pattern is a good one
			return at
		}
		at = at.Add(time.Second)
	}
}

const (
	nameTime     = "20060102T150405Z"
	halfMade     = ".half-"
	halfLasts    = 6 * time.Hour // another program may be at it
	countsEnding = ".json"
)

var (
	backupName = regexp.MustCompile(`^thaw-(\d{8}T\d{6}Z)-s(\d+)-([a-z0-9-]+)\.(db|dump)$`)
	noWhy      = regexp.MustCompile(`[^a-z0-9-]+`)
)

// plainWhy is a reason as it stands in a file's name.
func plainWhy(why string) string {
	why = noWhy.ReplaceAllString(strings.ToLower(why), "-")
	return why[:min(len(why), 20)]
}

// List lists the backups, the newest first.
func (s Backups) List() ([]repair.Backup, error) { return listBackups(s.keeper.folder) }

// ListBackups lists the backups of a database that may be gone.
func ListBackups(c Config) ([]repair.Backup, error) { return listBackups(c.backups()) }

func listBackups(folder string) (list []repair.Backup, err error) {
	files, err := os.ReadDir(folder)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("looking for backups: %w", err)
	}
	for _, f := range files {
		if b, ok := readBackup(folder, f.Name()); ok {
			list = append(list, b)
		}
	}
	slices.SortStableFunc(list, func(a, b repair.Backup) int { return b.At.Compare(a.At) })
	return list, nil
}

// readBackup reads what a file's name, and what lies beside it, says of a backup.
func readBackup(folder, name string) (b repair.Backup, ok bool) {
	said := backupName.FindStringSubmatch(name)
	info, err := os.Lstat(filepath.Join(folder, name))
	if said == nil || err != nil || !info.Mode().IsRegular() {
		return b, false
	}
	b = repair.Backup{Name: name, Why: said[3], Size: info.Size()}
	if b.At, err = time.Parse(nameTime, said[1]); err != nil {
		return b, false
	}
	b.Schema, _ = strconv.ParseInt(said[2], 10, 64)                                    // digits
	if raw, err := os.ReadFile(filepath.Join(folder, name+countsEnding)); err == nil { // #nosec G304 -- a file of ours
		_ = json.Unmarshal(raw, &b.Rows) // only shown
	}
	return b, true
}

// BackupTime is when a backup was made, by its name; zero for what is no such name.
func BackupTime(name string) time.Time {
	said := backupName.FindStringSubmatch(name)
	if said == nil {
		return time.Time{}
	}
	at, err := time.Parse(nameTime, said[1])
	if err != nil {
		return time.Time{}
	}
	return at
}

// Open opens a backup for reading, by its name alone. fs.ErrNotExist where there is none.
func (s Backups) Open(name string) (*os.File, error) {
	if _, ok := readBackup(s.keeper.folder, name); !ok {
		return nil, fs.ErrNotExist
	}
	return os.Open(filepath.Join(s.keeper.folder, name)) // #nosec G304 -- a name that readBackup takes has no way out
}

// Check says what is wrong with a backup that is to be put back; nil: nothing.
func (s Backups) Check(ctx context.Context, name string) error {
	from := filepath.Join(s.keeper.folder, filepath.Base(name))
	if s.engine == postgresEngine {
		_, err := fetchDump(ctx, Config{Name: s.address, Dir: filepath.Dir(s.keeper.folder)}, from)
		return err
	}
	return mayPutBack(ctx, from)
}

// LastGone is when somebody was deleted last; zero where nobody ever was.
func (s Backups) LastGone(ctx context.Context) (time.Time, error) {
	var when int64
	err := s.reader(ctx).Raw(`SELECT COALESCE(MAX(at), 0) FROM gone`).Scan(&when).Error
	return at(when), err
}

// Failed is the last backup, if it could not be made.
func (s Backups) Failed() Failure {
	s.keeper.mu.Lock()
	defer s.keeper.mu.Unlock()
	return s.keeper.failed
}

func (s Backups) noteFailure(err error) {
	s.keeper.mu.Lock()
	defer s.keeper.mu.Unlock()
	s.keeper.failed = Failure{}
	if err != nil {
		s.keeper.failed = Failure{time.Now(), err.Error()}
	}
}

// thin removes the backups that are no longer kept.
func (s Backups) thin(list []repair.Backup) error {
	var errs []error
	for _, b := range repair.Thin(list, time.Now()) {
		path := filepath.Join(s.keeper.folder, b.Name)
		errs = append(errs, gone(path), gone(path+countsEnding))
	}
	return errors.Join(errs...)
}

// Export writes a backup to a file that is not there yet.
func (s Backups) Export(ctx context.Context, to string) (repair.Backup, error) {
	if _, err := os.Lstat(to); err == nil {
		return repair.Backup{}, fmt.Errorf("%s is there already; name another file", to)
	}
	b, err := s.save(ctx, filepath.Dir(to), repair.Asked)
	if err != nil {
		return b, err
	}
	made := filepath.Join(filepath.Dir(to), b.Name)
	err = errors.Join(os.Rename(made, to), gone(made+countsEnding))
	b.Name = filepath.Base(to)
	return b, err
}

// state changes with all that is written: on SQLite by others than the connection that
// looks, which writes nothing; on PostgreSQL as it counts rows.
func (s Backups) state(ctx context.Context) (string, error) {
	if s.engine == postgresEngine {
		var n int64
		err := s.pool.QueryRowContext(ctx, "SELECT COALESCE(SUM(n_tup_ins + n_tup_upd + n_tup_del), 0)::bigint FROM pg_stat_user_tables").Scan(&n)
		return strconv.FormatInt(n, 10), err
	}
	s.keeper.mu.Lock()
	defer s.keeper.mu.Unlock()
	if s.keeper.watch == nil {
		over, err := sql.Open(sqlite.DriverName, dsn(s.path, readerSettings))
		if err != nil {
			return "", err
		}
		over.SetMaxOpenConns(1)
		s.keeper.watch = over
	}
	var n int64
	err := s.keeper.watch.QueryRowContext(context.WithoutCancel(ctx), "PRAGMA data_version").Scan(&n)
	return strconv.FormatInt(n, 10), err
}

func (k *keeper) close() error {
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.watch == nil {
		return nil
	}
	return k.watch.Close()
}

// makeFolder makes a folder that only its owner sees.
func makeFolder(folder string) error {
	if folder == "" {
		return errors.New("backups have no folder: name one with --data")
	}
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return fmt.Errorf("the folder %s for backups cannot be made: %w", folder, err)
	}
	return nil
}

// dropHalf removes what a program has left that was stopped while it made a backup.
func dropHalf(folder string) {
	left, _ := filepath.Glob(filepath.Join(folder, halfMade+"*")) // what cannot be seen stays
	for _, path := range left {
		if info, err := os.Lstat(path); err == nil && time.Since(info.ModTime()) > halfLasts {
			_ = gone(path)
		}
	}
}

// gone removes a file that may not be there.
func gone(path string) error {
	if err := os.Remove(path); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	return nil
}

// writeWhole writes a small file so that it is there whole or not at all.
func writeWhole(path string, raw []byte) error {
	half, err := os.CreateTemp(filepath.Dir(path), halfMade+"*") // with rights for its owner alone
	if err != nil {
		return err
	}
	_, err = half.Write(raw)
	err = errors.Join(err, half.Sync(), half.Close())
	if err == nil {
		err = os.Rename(half.Name(), path)
	}
	if err != nil {
		return errors.Join(err, gone(half.Name()))
	}
	return nil
}

// synced makes a file durable.
func synced(path string) error {
	f, err := os.OpenFile(path, os.O_RDWR, 0) // #nosec G304 -- a file of ours
	if err != nil {
		return err
	}
	return errors.Join(f.Sync(), f.Close())
}

// copied copies a file, durably, to one that is not there yet.
func copied(from io.Reader, to string) error {
	f, err := os.OpenFile(to, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600) // #nosec G304 -- a file of ours
	if err != nil {
		return err
	}
	_, err = io.Copy(f, from)
	return errors.Join(err, f.Sync(), f.Close())
}
