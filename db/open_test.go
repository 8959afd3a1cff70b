package db

import (
	"bufio"
	"bytes"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
)

// childDir names, in a child process, the folder whose database it is to write
// until it is killed.
const childDir = "THAW_TEST_CHILD_DIR"

func TestMain(m *testing.M) {
	if dir := os.Getenv(childDir); dir != "" {
		fmt.Fprintln(os.Stderr, writeForEver(dir))
		os.Exit(1)
	}
	os.Exit(m.Run())
}

// writeForEver stores rows from several goroutines and says each on stdout once
// it is acknowledged.
func writeForEver(dir string) error {
	d, err := Open(context.Background(), Config{Dir: dir, Exclusive: true})
	if err != nil {
		return err
	}
	ended := make(chan error)
	for g := range 8 {
		go func() {
			for i := 0; ; i++ {
				name := fmt.Sprintf("%d-%d", g, i)
				if err := d.write(context.Background(), put(name)); err != nil {
					ended <- err
					return
				}
				if _, err := os.Stdout.WriteString(name + "\n"); err != nil {
					ended <- err
					return
				}
			}
		}()
	}
	return <-ended
}

func TestKilledProgramLosesNothingAcknowledged(t *testing.T) {
	dir := t.TempDir()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	child := exec.CommandContext(t.Context(), self)
	child.Env = append(os.Environ(), childDir+"="+dir)
	child.Stderr = os.Stderr
	out, err := child.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := child.Start(); err != nil {
		t.Fatal(err)
	}
	var acknowledged []string
	lines := bufio.NewScanner(out)
	for lines.Scan() {
		acknowledged = append(acknowledged, lines.Text())
		if len(acknowledged) == 500 {
			if _, err := Open(t.Context(), Config{Dir: dir, Exclusive: true}); err == nil || !strings.Contains(err.Error(), "another Thaw") {
				t.Errorf("a second server: got %v, want a refusal that names another Thaw", err)
			}
			if err := child.Process.Kill(); err != nil {
				t.Fatal(err)
			}
		}
	}
	_ = child.Wait() // it was killed
	if n := len(acknowledged); n < 500 {
		t.Fatalf("the child acknowledged %d rows, want 500", n)
	}
	if !strings.Contains(acknowledged[len(acknowledged)-1], "-") || bytes.Count([]byte(acknowledged[len(acknowledged)-1]), []byte("-")) != 1 {
		acknowledged = acknowledged[:len(acknowledged)-1]
	}

	var log bytes.Buffer
	d, err := Open(t.Context(), Config{Dir: dir, Exclusive: true, Log: slog.New(slog.NewTextHandler(&log, nil))})
	if err != nil {
		t.Fatal(err)
	}
	stored := strings.Fields(names(t, d))
	for _, name := range acknowledged {
		if _, ok := slices.BinarySearch(stored, name); !ok {
			t.Errorf("row %s was acknowledged and is lost", name)
		}
	}
	if !strings.Contains(log.String(), "not clean") {
		t.Errorf("the start after the kill said %q, want that it checks the database", log.String())
	}
	if err := d.Close(); err != nil {
		t.Fatal(err)
	}
	log.Reset()
	d, err = Open(t.Context(), Config{Dir: dir, Exclusive: true, Log: slog.New(slog.NewTextHandler(&log, nil))})
	if err != nil {
		t.Fatal(err)
	}
	if log.Len() > 0 {
		t.Errorf("the start after a clean stop said %q, want nothing", log.String())
	}
	if err := d.Close(); err != nil {
		t.Error(err)
	}
}

// made is the path of a good database with one row.
func made(t *testing.T) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "thaw.db")
	d, err := Open(t.Context(), Config{Name: path})
	if err != nil {
		t.Fatal(err)
	}
	for i := range 200 {
		if err := d.write(t.Context(), put(fmt.Sprintf("%0500d", i))); err != nil {
			t.Fatal(err)
		}
	}
	if err := d.Close(); err != nil {
		t.Fatal(err)
	}
	return path
}

func inFile(t *testing.T, path string, statements ...string) {
	t.Helper()
	over, err := sql.Open("sqlite3", path)
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range statements {
		if _, err := over.ExecContext(t.Context(), s); err != nil {
			t.Fatal(err)
		}
	}
	if err := over.Close(); err != nil {
		t.Fatal(err)
	}
}

func TestUnusableFilesAreRefusedAndStayUntouched(t *testing.T) {
	write := func(t *testing.T, content []byte) string {
		t.Helper()
		path := filepath.Join(t.TempDir(), "thaw.db")
		if err := os.WriteFile(path, content, 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	for _, c := range []struct {
		name string
		make func(t *testing.T) string
		want string
	}{
		{"a text", func(t *testing.T) string { return write(t, bytes.Repeat([]byte("Dear diary. "), 100)) }, "not a database"},
		{"a short text", func(t *testing.T) string { return write(t, []byte("x")) }, "not a database"},
		{"another program's database", func(t *testing.T) string {
			path := filepath.Join(t.TempDir(), "thaw.db")
			inFile(t, path, "CREATE TABLE diary (day TEXT)")
			return path
		}, "belongs to another program"},
		{"a truncated database", func(t *testing.T) string {
			path := made(t)
			if err := os.Truncate(path, 3*4096+100); err != nil {
				t.Fatal(err)
			}
			return path
		}, "damaged"},
		{"a newer schema", func(t *testing.T) string {
			path := made(t)
			inFile(t, path, "INSERT INTO goose_db_version (version_id, is_applied) VALUES (99999, 1)", "PRAGMA wal_checkpoint(TRUNCATE)")
			return path
		}, "newer Thaw"},
	} {
		t.Run(c.name, func(t *testing.T) {
			path := c.make(t)
			before, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			for _, exclusive := range []bool{false, true} {
				d, err := Open(t.Context(), Config{Name: path, Exclusive: exclusive})
				if err == nil {
					t.Fatal("it was opened")
				}
				if d != nil || !strings.Contains(err.Error(), c.want) || !strings.Contains(err.Error(), "nothing was changed") {
					t.Errorf("got %v, want %q and that nothing was changed", err, c.want)
				}
			}
			after, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			if !bytes.Equal(before, after) {
				t.Error("the file was changed")
			}
		})
	}
}

func TestDamageIsFoundAfterAnUncleanStop(t *testing.T) {
	path := made(t)
	f, err := os.OpenFile(path, os.O_RDWR, 0)
	if err != nil {
		t.Fatal(err)
	}
	info, err := f.Stat()
	if err != nil {
		t.Fatal(err)
	}
	if _, err := f.WriteAt(bytes.Repeat([]byte{0xff}, 3000), info.Size()-4096); err != nil {
		t.Fatal(err)
	}
	if err := f.Close(); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path+".lock", []byte(inUse), 0o600); err != nil {
		t.Fatal(err)
	}
	for range 2 { // a refused start does not count as a clean stop
		if _, err := Open(t.Context(), Config{Name: path, Exclusive: true}); err == nil || !strings.Contains(err.Error(), "damaged") {
			t.Errorf("got %v, want that it is damaged", err)
		}
	}
}

func TestFolderThatCannotBeMadeIsNamed(t *testing.T) {
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	_, err := Open(t.Context(), Config{Dir: filepath.Join(file, "data")})
	if err == nil || !strings.Contains(err.Error(), "--data") || !strings.Contains(err.Error(), file) {
		t.Errorf("got %v, want the folder and what to do", err)
	}
	if _, err := Open(t.Context(), Config{Name: t.TempDir()}); err == nil || !strings.Contains(err.Error(), "is a folder") {
		t.Errorf("a folder for a file: got %v", err)
	}
}

func TestAnyPathWillDo(t *testing.T) {
	path := filepath.Join(t.TempDir(), "100% ü? #1&x=y", "thaw db")
	d, err := Open(t.Context(), Config{Name: path})
	if err != nil {
		t.Fatal(err)
	}
	if err := d.Close(); err != nil {
		t.Fatal(err)
	}
	if info, err := os.Stat(path); err != nil || info.Size() == 0 {
		t.Errorf("the file at the path: %v, %v", info, err)
	}
	if info, err := os.Stat(path); err == nil && info.Mode().Perm() != 0o600 {
		t.Errorf("the file's rights are %v, want 0600", info.Mode().Perm())
	}
}

func TestReadOnly(t *testing.T) {
	if _, err := Open(t.Context(), Config{Dir: t.TempDir(), ReadOnly: true}); err == nil {
		t.Error("a database that is not there was opened for reading")
	}
	path := made(t)
	d, err := Open(t.Context(), Config{Name: path, ReadOnly: true})
	if err != nil {
		t.Fatal(err)
	}
	defer d.Close()
	if got := len(strings.Fields(names(t, d))); got != 200 {
		t.Errorf("%d rows, want 200", got)
	}
	if err := d.write(t.Context(), put("x")); !errors.Is(err, ErrReadOnly) {
		t.Errorf("writing: got %v, want ErrReadOnly", err)
	}
}

func TestTransactionsTakeTheWriteLockAtOnce(t *testing.T) {
	path := made(t)
	over, err := sql.Open("sqlite3", dsn(path, strings.Replace(writerSettings, "5000", "1", 1)))
	if err != nil {
		t.Fatal(err)
	}
	defer over.Close()
	first, err := over.BeginTx(t.Context(), nil)
	if err != nil {
		t.Fatal(err)
	}
	defer first.Rollback() //nolint:errcheck // it wrote nothing
	if second, err := over.BeginTx(t.Context(), nil); err == nil {
		t.Error("two transactions began, want the second refused at its beginning")
		_ = second.Rollback()
	}
}

// Another command may write beside the server: each waits for the other.
func TestTwoProgramsWriteTheSameFile(t *testing.T) {
	dir := t.TempDir()
	var both []*DB
	for _, exclusive := range []bool{true, false} {
		d, err := Open(t.Context(), Config{Dir: dir, Exclusive: exclusive})
		if err != nil {
			t.Fatal(err)
		}
		defer d.Close()
		both = append(both, d)
	}
	var wg sync.WaitGroup
	for i, d := range both {
		wg.Go(func() {
			for n := range 50 {
				if err := d.write(t.Context(), put(fmt.Sprintf("%d-%d", i, n))); err != nil {
					t.Error(err)
				}
			}
		})
	}
	wg.Wait()
	if got := len(strings.Fields(names(t, both[0]))); got != 100 {
		t.Errorf("%d rows are stored, want 100", got)
	}
}

var (
	tableName  = regexp.MustCompile(`(?m)^CREATE TABLE (\w+) \($`)
	addedName  = regexp.MustCompile(`(?m)^ALTER TABLE (\w+) ADD COLUMN (\w+) `)
	columnName = regexp.MustCompile(`(?m)^    ([a-z_]+) [A-Z]`)
	indexName  = regexp.MustCompile(`(?m)^CREATE (?:UNIQUE )?INDEX (\w+ ON .*);`)
)

// schemaOf reads tables, columns and indexes from the text of migrations.
func schemaOf(t *testing.T, e engine) (schema map[string][]string) {
	t.Helper()
	schema = map[string][]string{}
	files, err := filepath.Glob("migrations/" + string(e) + "/*.sql")
	if err != nil || len(files) == 0 {
		t.Fatal(err, "no migrations")
	}
	for _, file := range files {
		schema["files"] = append(schema["files"], filepath.Base(file))
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for _, at := range tableName.FindAllSubmatchIndex(text, -1) {
			name := string(text[at[2]:at[3]])
			body, _, _ := bytes.Cut(text[at[1]:], []byte("\n)"))
			for _, column := range columnName.FindAllSubmatch(append([]byte("\n"), body...), -1) {
				schema[name] = append(schema[name], string(column[1]))
			}
		}
		for _, added := range addedName.FindAllSubmatch(text, -1) {
			schema[string(added[1])] = append(schema[string(added[1])], string(added[2]))
		}
		for _, index := range indexName.FindAllSubmatch(text, -1) {
			schema["indexes"] = append(schema["indexes"], string(index[1]))
		}
	}
	return schema
}

func TestBothEnginesHaveTheSameSchema(t *testing.T) {
	sqlite, postgres := schemaOf(t, sqliteEngine), schemaOf(t, postgresEngine)
	if len(sqlite) < 20 {
		t.Fatalf("read %d tables, want all", len(sqlite))
	}
	for name := range sqlite {
		if !slices.Equal(sqlite[name], postgres[name]) {
			t.Errorf("%s:\n  sqlite %v\npostgres %v", name, sqlite[name], postgres[name])
		}
	}
	if len(postgres) != len(sqlite) {
		t.Errorf("%d tables in sqlite, %d in postgres", len(sqlite), len(postgres))
	}
	d := openTest(t, Config{})
	for name, columns := range sqlite {
		if name == "files" || name == "indexes" {
			continue
		}
		var real []string
		if err := d.reader(t.Context()).Raw("SELECT name FROM pragma_table_info(?) ORDER BY cid", name).Scan(&real).Error; err != nil {
			t.Fatal(err)
		}
		if !slices.Equal(real, columns) {
			t.Errorf("%s has %v, its migration says %v", name, real, columns)
		}
	}
}
