package db

import (
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"thaw/app/people"
	"thaw/app/repair"
	"thaw/questions"
)

// person adds somebody, whose answers are not looked at here.
func person(t *testing.T, d *DB, id questions.LearnerID, name string) {
	t.Helper()
	who := people.Account{Person: people.Person{ID: id, Name: name, Role: people.Pupil, Lang: "en", Zone: "UTC", Created: time.Now()}}
	if err := (People{d}).AccountAdd(t.Context(), who, people.Fold(name), nil); err != nil {
		t.Fatal(err)
	}
}

func backups(t *testing.T, d *DB) []repair.Backup {
	t.Helper()
	list, err := (Backups{d}).List()
	if err != nil {
		t.Fatal(err)
	}
	return list
}

func folder(t *testing.T, dir string) (names []string) {
	t.Helper()
	files, err := os.ReadDir(filepath.Join(dir, "backups"))
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		t.Fatal(err)
	}
	for _, f := range files {
		names = append(names, f.Name())
	}
	return names
}

func openAt(t *testing.T, c Config) *DB {
	t.Helper()
	d, err := Open(t.Context(), c)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { d.Close() })
	return d
}

func TestABackupHoldsWhatIsOnlyInTheLog(t *testing.T) {
	dir := t.TempDir()
	d := openAt(t, Config{Dir: dir, Exclusive: true})
	for i := range 30 {
		person(t, d, questions.LearnerID(i+1), fmt.Sprintf("Pupil %d", i))
	}
	b, err := Backups{d}.Make(t.Context(), "An import: of cards")
	if err != nil {
		t.Fatal(err)
	}
	if b.Rows["learner"] != 30 || b.Why != "an-import-of-cards" || b.Schema == 0 || b.Size == 0 || time.Since(b.At) > time.Minute {
		t.Errorf("made %+v, want 30 learners and all that is known of it", b)
	}
	list := backups(t, d)
	if len(list) != 1 || list[0].Name != b.Name || list[0].Rows["learner"] != 30 || !strings.Contains(b.Name, fmt.Sprintf("-s%d-an-import", b.Schema)) {
		t.Errorf("listed are %+v, want %+v", list, b)
	}
	for _, name := range folder(t, dir) {
		if info, err := os.Stat(filepath.Join(dir, "backups", name)); err != nil || info.Mode().Perm() != 0o600 {
			t.Errorf("%s has the rights %v, want 0600", name, info.Mode().Perm())
		}
	}
	raw, err := os.ReadFile(filepath.Join(dir, "backups", b.Name))
	if err != nil || binary.BigEndian.Uint32(raw[68:]) != applicationID {
		t.Errorf("the backup is not a database of ours: %v", err)
	}
}

func TestABackupIsMadeOnlyOfWhatHasChanged(t *testing.T) {
	d := openAt(t, Config{Dir: t.TempDir()})
	person(t, d, 1, "Ada")
	take := func() int {
		if err := (Backups{d}).Take(t.Context(), repair.BeforeImport); err != nil {
			t.Fatal(err)
		}
		return len(backups(t, d))
	}
	if first, again := take(), take(); first != 1 || again != 1 {
		t.Errorf("%d backups, then %d of the same; want one", first, again)
	}
	person(t, d, 2, "Ben")
	if n := take(); n != 2 {
		t.Errorf("%d backups after a change, want two", n)
	}
	if err := (Backups{d}).Hourly(t.Context()); err != nil || len(backups(t, d)) != 2 {
		t.Errorf("%v, %d backups: the hourly one was made minutes after another", err, len(backups(t, d)))
	}
	list := backups(t, d)
	if err := gone(filepath.Join(d.keeper.folder, list[0].Name)); err != nil {
		t.Fatal(err)
	}
	if n := take(); n != 2 {
		t.Errorf("%d backups after the last one was lost, want it made anew", n)
	}
}

func TestBackupsAreThinned(t *testing.T) {
	dir := t.TempDir()
	d := openAt(t, Config{Dir: dir})
	person(t, d, 1, "Ada")
	if err := makeFolder(filepath.Join(dir, "backups")); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"thaw-20200301T100000Z-s1-hourly.db", "thaw-20200301T110000Z-s1-hourly.db", "thaw-20200301T110000Z-s1-hourly.db.json",
		"thaw-20200301T100000Z-s1-hourly.db.json", "diary.txt", "thaw-20200301T1000Z-s1-hourly.db"} {
		if err := os.WriteFile(filepath.Join(dir, "backups", name), []byte("{}"), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if err := (Backups{d}).Take(t.Context(), repair.Asked); err != nil {
		t.Fatal(err)
	}
	got := strings.Join(folder(t, dir), " ")
	if strings.Contains(got, "T100000Z") || !strings.Contains(got, "20200301T110000Z-s1-hourly.db.json") || !strings.Contains(got, "diary.txt") || !strings.Contains(got, "T1000Z") {
		t.Errorf("there are %s; want the earlier of two on one day gone, and what is no backup left alone", got)
	}
}

// brokenCopies are what can be wrong with a copy; each must leave nothing behind.
func TestABackupThatFailsLeavesNothing(t *testing.T) {
	dir := t.TempDir()
	d := openAt(t, Config{Dir: dir})
	person(t, d, 1, "Ada")
	for name, write := range map[string]func(string) (repair.Backup, error){
		"a full disk": func(to string) (repair.Backup, error) {
			return repair.Backup{}, errors.Join(os.WriteFile(to, []byte("half"), 0o600), errors.New("no space left on device"))
		},
		"a damaged copy": func(to string) (repair.Backup, error) {
			if _, err := copyWhole(t.Context(), d.path, to); err != nil {
				return repair.Backup{}, err
			}
			scribble(t, to)
			return examine(t.Context(), to)
		},
		"an empty copy": func(to string) (repair.Backup, error) {
			return repair.Backup{}, errors.Join(os.WriteFile(to, nil, 0o600), func() error { _, err := examine(t.Context(), to); return err }())
		},
	} {
		if b, err := saved(d.keeper.folder, "asked", ".db", write); err == nil {
			t.Errorf("%s: made %+v", name, b)
		}
		if got := folder(t, dir); len(got) > 0 {
			t.Errorf("%s left %q", name, got)
		}
	}
	if err := os.WriteFile(filepath.Join(dir, "file"), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	d.keeper.folder = filepath.Join(dir, "file", "backups")
	if err := (Backups{d}).Take(t.Context(), repair.Asked); err == nil || (Backups{d}).Failed().Err == "" {
		t.Errorf("into a folder that cannot be: %v, and it says %+v", err, Backups{d}.Failed())
	}
	d.keeper.folder = filepath.Join(dir, "backups")
	if err := (Backups{d}).Take(t.Context(), repair.Asked); err != nil || (Backups{d}).Failed() != (Failure{}) {
		t.Errorf("afterwards: %v, and it says %+v", err, Backups{d}.Failed())
	}
}

func scribble(t *testing.T, path string) {
	t.Helper()
	f, err := os.OpenFile(path, os.O_RDWR, 0)
	if err != nil {
		t.Fatal(err)
	}
	info, err := f.Stat()
	if err != nil {
		t.Fatal(err)
	}
	_, err = f.WriteAt(bytes.Repeat([]byte{0xff}, 4096*3), info.Size()/4096/2*4096)
	if err := errors.Join(err, f.Close()); err != nil {
		t.Fatal(err)
	}
}

func TestBackupsWhileOthersWrite(t *testing.T) {
	d := openAt(t, Config{Dir: t.TempDir()})
	ctx, stop := context.WithCancel(t.Context())
	var wg sync.WaitGroup
	for g := range 4 {
		wg.Go(func() {
			for i := 0; ctx.Err() == nil; i++ {
				if err := d.write(t.Context(), put(fmt.Sprintf("%d-%d", g, i))); err != nil {
					t.Error(err)
					return
				}
			}
		})
	}
	for range 3 {
		if err := (Backups{d}).Take(t.Context(), repair.Asked); err != nil {
			t.Error(err)
		}
	}
	stop()
	wg.Wait()
	if n := len(backups(t, d)); n != 3 {
		t.Errorf("%d backups, want 3", n)
	}
}

func TestABackupIsOpenedByItsNameAlone(t *testing.T) {
	d := openAt(t, Config{Dir: t.TempDir()})
	b, err := Backups{d}.Make(t.Context(), repair.Asked)
	if err != nil {
		t.Fatal(err)
	}
	f, err := Backups{d}.Open(b.Name)
	if err != nil {
		t.Fatal(err)
	}
	if n, err := io.Copy(io.Discard, f); err != nil || n != b.Size {
		t.Errorf("read %d bytes, %v; want %d", n, err, b.Size)
	}
	f.Close()
	for _, name := range []string{"../thaw.db", "", ".", "deleted", b.Name + ".json", "../backups/" + b.Name, "thaw-20200301T100000Z-s1-hourly.db"} {
		if _, err := (Backups{d}).Open(name); !errors.Is(err, fs.ErrNotExist) {
			t.Errorf("%q: got %v, want that there is none", name, err)
		}
	}
}

func TestExport(t *testing.T) {
	d := openAt(t, Config{Dir: t.TempDir()})
	to := filepath.Join(t.TempDir(), "mine.db")
	if _, err := (Backups{d}).Export(t.Context(), to); err != nil {
		t.Fatal(err)
	}
	if _, err := examine(t.Context(), to); err != nil {
		t.Error(err)
	}
	if files, _ := os.ReadDir(filepath.Dir(to)); len(files) != 1 {
		t.Errorf("%d files beside it, want it alone", len(files)-1)
	}
	if _, err := (Backups{d}).Export(t.Context(), to); err == nil || !strings.Contains(err.Error(), "there already") {
		t.Errorf("over a file: got %v", err)
	}
}

// The drill: filled, backed up, destroyed, put back, all there.
func TestRestoreDrill(t *testing.T) {
	var log []byte // of the database before it was closed
	for name, destroy := range map[string]func(*testing.T, string){
		"deleted": func(t *testing.T, path string) { must(t, os.Remove(path)) },
		"log left": func(t *testing.T, path string) {
			must(t, errors.Join(os.Remove(path), os.WriteFile(path+"-wal", log, 0o600)))
		},
		"scribbled": scribble,
		"cut":       func(t *testing.T, path string) { must(t, os.Truncate(path, 5000)) },
		"no header": func(t *testing.T, path string) { must(t, os.WriteFile(path, []byte("gone"), 0o600)) },
		"changed":   func(t *testing.T, path string) { inFile(t, path, "DELETE FROM learner") },
	} {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			d := openAt(t, Config{Dir: dir, Exclusive: true})
			for i := range 300 {
				person(t, d, questions.LearnerID(i+1), fmt.Sprintf("Pupil %d", i))
			}
			want, err := d.Rows(t.Context(), "SELECT * FROM learner ORDER BY id")
			must(t, err)
			b, err := Backups{d}.Make(t.Context(), repair.Asked)
			must(t, err)
			log, err = os.ReadFile(d.path + "-wal")
			must(t, err)
			must(t, d.Close())
			destroy(t, filepath.Join(dir, "thaw.db"))
			r, err := Restore(t.Context(), Config{Dir: dir}, b.Name)
			must(t, err)
			if !r.Changed || r.Backup.Name != b.Name || r.Backup.Rows["learner"] != 300 {
				t.Errorf("put back %+v, want %+v", r, b)
			}
			if whole := name == "changed"; (r.Before != "") != whole || (r.Aside != "") != (!whole && name != "deleted" && name != "log left") {
				t.Errorf("before it %q was made, and %q kept", r.Before, r.Aside)
			}
			var log bytes.Buffer
			d = openAt(t, Config{Dir: dir, Exclusive: true, Log: slog.New(slog.NewTextHandler(&log, nil))})
			got, err := d.Rows(t.Context(), "SELECT * FROM learner ORDER BY id")
			must(t, err)
			if strings.Join(got, "\n") != strings.Join(want, "\n") || log.Len() > 0 {
				t.Errorf("%d learners are there, want %d; the log says %s", len(got), len(want), &log)
			}
			for _, left := range []string{".next", ".next-wal", ".next.lock"} {
				if _, err := os.Stat(filepath.Join(dir, "thaw.db"+left)); err == nil {
					t.Errorf("thaw.db%s is left", left)
				}
			}
			if r.Aside != "" {
				if _, err := os.Stat(r.Aside); err != nil {
					t.Error(err)
				}
			}
		})
	}
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func TestRestoreRefusesAndChangesNothing(t *testing.T) {
	dir := t.TempDir()
	d := openAt(t, Config{Dir: dir, Exclusive: true})
	person(t, d, 1, "Ada")
	b, err := Backups{d}.Make(t.Context(), repair.Asked)
	must(t, err)
	if _, err := Restore(t.Context(), Config{Dir: dir}, b.Name); err == nil || !strings.Contains(err.Error(), "another Thaw is serving") {
		t.Errorf("while it is served: got %v", err)
	}
	must(t, d.Close())
	good := filepath.Join(dir, "backups", b.Name)
	bad := func(name string, change func(string)) string {
		raw, err := os.ReadFile(good)
		must(t, err)
		path := filepath.Join(t.TempDir(), name)
		must(t, os.WriteFile(path, raw, 0o600))
		change(path)
		return path
	}
	before, err := os.ReadFile(filepath.Join(dir, "thaw.db"))
	must(t, err)
	for _, c := range []struct{ name, from, want string }{
		{"no file", "nothing.db", "thaw backup list"},
		{"a damaged one", bad("damaged.db", func(p string) { scribble(t, p) }), "damaged"},
		{"a half one", bad("half.db", func(p string) { must(t, os.Truncate(p, 3*4096)) }), "damaged"},
		{"a newer schema", bad("newer.db", func(p string) {
			inFile(t, p, "INSERT INTO goose_db_version (version_id, is_applied) VALUES (99999, 1)")
		}), "newer Thaw"},
		{"another program's", bad("other.db", func(p string) { inFile(t, p, "PRAGMA application_id = 7") }), "another program"},
		{"a text", bad("text.db", func(p string) { must(t, os.WriteFile(p, []byte("Dear diary"), 0o600)) }), "not a database"},
	} {
		r, err := Restore(t.Context(), Config{Dir: dir}, c.from)
		if err == nil || !strings.Contains(err.Error(), c.want) || r.Changed {
			t.Errorf("%s: got %+v, %v; want %q", c.name, r, err, c.want)
		}
		after, err := os.ReadFile(filepath.Join(dir, "thaw.db"))
		if err != nil || !bytes.Equal(before, after) {
			t.Errorf("%s: the database has changed, %v", c.name, err)
		}
	}
	if n := len(backups(t, d)); n != 1 {
		t.Errorf("%d backups, want no more than before", n)
	}
}

func TestRestoreForgetsTheDeletedAgain(t *testing.T) {
	dir := t.TempDir()
	d := openAt(t, Config{Dir: dir, Exclusive: true})
	for id, name := range []string{"Ada", "Ben", "Cleo"} {
		person(t, d, questions.LearnerID(id+1), name)
	}
	old, err := Backups{d}.Make(t.Context(), repair.Asked)
	must(t, err)
	now := time.Now()
	for _, id := range []questions.LearnerID{1, 2} {
		must(t, d.Exec(t.Context(), fmt.Sprintf("UPDATE learner SET goes = %d WHERE id = %d", ms(now.Add(-time.Hour)), id)))
		_, err := People{d}.Forget(t.Context(), now, 9)
		must(t, err)
	}
	must(t, d.Close())
	must(t, os.Remove(filepath.Join(dir, "thaw.db"))) // only the ids beside the backups tell
	r, err := Restore(t.Context(), Config{Dir: dir}, old.Name)
	must(t, err)
	d = openAt(t, Config{Dir: dir})
	n, err := d.Number(t.Context(), "SELECT id FROM learner")
	must(t, err)
	if r.Forgot != 2 || n != 3 {
		t.Errorf("forgot %d again, and learner %d is left; want 2, and 3", r.Forgot, n)
	}
	gone, err := People{d}.Gone(t.Context())
	if err != nil || len(gone) != 2 {
		t.Errorf("%d are known to be deleted, %v; want 2", len(gone), err)
	}
	for _, name := range []string{"Ada", "Ben"} {
		raw, err := os.ReadFile(filepath.Join(dir, "thaw.db"))
		must(t, err)
		if bytes.Contains(raw, []byte(name)) {
			t.Errorf("%s stands in the file", name)
		}
	}
}

func TestAMigrationMakesABackupFirst(t *testing.T) {
	dir := t.TempDir()
	d := openAt(t, Config{Dir: dir})
	person(t, d, 1, "Ada")
	newest, err := d.Number(t.Context(), "SELECT max(version_id) FROM goose_db_version")
	must(t, err)
	must(t, d.Close())
	if got := folder(t, dir); len(got) > 0 {
		t.Errorf("a new database made the backups %q", got)
	}
	path := filepath.Join(dir, "thaw.db")
	earlier(t, path, 15)
	if err := os.WriteFile(filepath.Join(dir, "backups"), nil, 0o600); err != nil { // no folder can be made
		t.Fatal(err)
	}
	if _, err := Open(t.Context(), Config{Dir: dir}); err == nil || !strings.Contains(err.Error(), "not migrated") {
		t.Errorf("without room for a backup: got %v, want that nothing was migrated", err)
	}
	must(t, os.Remove(filepath.Join(dir, "backups")))
	d = openAt(t, Config{Dir: dir})
	list := backups(t, d)
	if len(list) != 1 || list[0].Why != repair.BeforeSchema || list[0].Schema != 15 {
		t.Errorf("backups are %+v, want one of schema 15", list)
	}
	must(t, d.Close())
	r, err := Restore(t.Context(), Config{Dir: dir}, list[0].Name)
	must(t, err)
	d = openAt(t, Config{Dir: dir})
	at, err := d.Number(t.Context(), "SELECT max(version_id) FROM goose_db_version")
	if err != nil || at != newest || r.Backup.Schema != 15 {
		t.Errorf("put back %+v, and the schema is %d, %v; want %d", r, at, err, newest)
	}
}

// earlier takes a database back to an earlier schema, as one with nobody in it.
func earlier(t *testing.T, path string, schema int64) {
	t.Helper()
	must(t, dropFile(path))
	must(t, create(t.Context(), path))
	over, err := writing(t.Context(), path)
	must(t, err)
	m, err := migrator(over, sqliteEngine)
	must(t, err)
	_, err = m.UpTo(t.Context(), schema)
	must(t, errors.Join(err, over.Close()))
}

func TestEveryEarlierSchemaOpens(t *testing.T) {
	files, err := filepath.Glob("migrations/sqlite/*.sql")
	must(t, err)
	for n := 1; n < len(files); n++ {
		var schema int64
		if _, err := fmt.Sscanf(filepath.Base(files[n-1]), "%d_", &schema); err != nil {
			t.Fatal(err)
		}
		dir := t.TempDir()
		earlier(t, filepath.Join(dir, "thaw.db"), schema)
		d, err := Open(t.Context(), Config{Dir: dir, Bare: true})
		if err != nil {
			t.Errorf("schema %d: %v", schema, err)
			continue
		}
		must(t, d.Close())
	}
}

func TestADamagedFileNamesTheBackupToPutBack(t *testing.T) {
	dir := t.TempDir()
	d := openAt(t, Config{Dir: dir, Exclusive: true})
	for i := range 300 {
		person(t, d, questions.LearnerID(i+1), fmt.Sprintf("Pupil %d", i))
	}
	b, err := Backups{d}.Make(t.Context(), repair.Asked)
	must(t, err)
	must(t, d.Close())
	path := filepath.Join(dir, "thaw.db")
	must(t, os.Truncate(path, 6000))
	before, err := os.ReadFile(path)
	must(t, err)
	_, err = Open(t.Context(), Config{Dir: dir, Exclusive: true})
	if err == nil || !strings.Contains(err.Error(), "damaged; nothing was changed") || !strings.Contains(err.Error(), "thaw restore "+b.Name) {
		t.Errorf("got %v, want the name of the backup", err)
	}
	if after, err := os.ReadFile(path); err != nil || !bytes.Equal(before, after) {
		t.Errorf("the file was changed, %v: %d bytes, and were %d", err, len(after), len(before))
	}
}

// A page that no start reads is read by the doctor, who cannot mend it.
func TestTheDoctorNamesTheBackupOfADamagedFile(t *testing.T) {
	dir := t.TempDir()
	d := openAt(t, Config{Dir: dir, Exclusive: true})
	for i := range 300 {
		person(t, d, questions.LearnerID(i+1), fmt.Sprintf("Pupil %d", i))
	}
	b, err := Backups{d}.Make(t.Context(), repair.Asked)
	must(t, err)
	page, err := d.Number(t.Context(), "SELECT MAX(rootpage) FROM sqlite_master WHERE name = 'learner'")
	must(t, err)
	must(t, d.Close())
	f, err := os.OpenFile(filepath.Join(dir, "thaw.db"), os.O_RDWR, 0)
	must(t, err)
	_, err = f.WriteAt(bytes.Repeat([]byte{0xff}, 64), (page-1)*4096+12)
	must(t, errors.Join(err, f.Close()))
	d = openAt(t, Config{Dir: dir, Exclusive: true, ReadOnly: true})
	found, err := repair.Doctor{Store: Repair{d}}.Examine(t.Context())
	if err != nil || len(found) != 1 || found[0].Check != "damaged file" || !found[0].Lost || !strings.Contains(strings.Join(found[0].Examples, " "), "thaw restore "+b.Name) {
		t.Errorf("found %+v, %v; want a damaged file and the backup to put back", found, err)
	}
}

// Who has not PostgreSQL's programs goes on without a backup; whatever else fails does not.
func TestWithoutTheProgramsWorkGoesOn(t *testing.T) {
	d := &DB{log: slog.New(slog.DiscardHandler)}
	if err := d.without(fmt.Errorf("pg_dump %w", errNoTool), repair.BeforeImport); err != nil {
		t.Errorf("without pg_dump: %v, want that it goes on", err)
	}
	full := errors.New("no space left")
	if err := d.without(full, repair.BeforeImport); !errors.Is(err, full) {
		t.Errorf("with a full disk: %v, want %v", err, full)
	}
	if err := d.without(nil, repair.BeforeImport); err != nil {
		t.Errorf("with a backup: %v", err)
	}
}
