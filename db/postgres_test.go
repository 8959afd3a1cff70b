//go:build unix

package db_test

import (
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"thaw/app/people"
	"thaw/app/repair"
	"thaw/db"
	"thaw/db/dbtest"
	"thaw/questions"
)

func TestPostgresKeepsTheContract(t *testing.T) {
	server := dbtest.Postgres(t)
	dbtest.Run(t, func(t *testing.T) *db.DB { return open(t, db.Config{Name: dbtest.NewDatabase(t, server)}) })
}

func TestPostgresRefusesANewerSchema(t *testing.T) {
	name := dbtest.NewDatabase(t, dbtest.Postgres(t))
	d, err := db.Open(t.Context(), db.Config{Name: name})
	if err != nil {
		t.Fatal(err)
	}
	err = d.Exec(t.Context(), "INSERT INTO goose_db_version (version_id, is_applied) VALUES (99999, true)")
	if err := errors.Join(err, d.Close()); err != nil {
		t.Fatal(err)
	}
	if _, err := db.Open(t.Context(), db.Config{Name: name}); err == nil || !strings.Contains(err.Error(), "newer Thaw") {
		t.Errorf("got %v, want that it is from a newer Thaw", err)
	}
}

func TestPostgresAddressIsNamedWithoutItsPassword(t *testing.T) {
	_, err := db.Open(t.Context(), db.Config{Name: "postgres://thaw:secret@127.0.0.1:1/thaw?connect_timeout=1"})
	if err == nil || strings.Contains(err.Error(), "secret") || !strings.Contains(err.Error(), "127.0.0.1") {
		t.Errorf("got %v, want the server without its password", err)
	}
}

func people3(t *testing.T, d *db.DB) {
	t.Helper()
	for id, name := range []string{"Ada", "Ben", "Cleo"} {
		who := people.Account{Person: people.Person{ID: questions.LearnerID(id + 1), Name: name, Role: people.Pupil, Lang: "en", Zone: "UTC", Created: time.Now()}}
		if err := (db.People{DB: d}).AccountAdd(t.Context(), who, people.Fold(name), nil); err != nil {
			t.Fatal(err)
		}
	}
}

func TestPostgresRestoreDrill(t *testing.T) {
	c := db.Config{Name: dbtest.NewDatabase(t, dbtest.Postgres(t)), Dir: t.TempDir()}
	d := open(t, c)
	people3(t, d)
	want, err := d.Rows(t.Context(), "SELECT * FROM learner WHERE id > 1 ORDER BY id")
	if err != nil {
		t.Fatal(err)
	}
	b, err := db.Backups{DB: d}.Make(t.Context(), repair.Asked)
	if err != nil || b.Rows["learner"] != 3 || b.Size == 0 || b.Schema == 0 {
		t.Fatalf("made %+v, %v; want three learners", b, err)
	}
	now := time.Now()
	if err := d.Exec(t.Context(), "UPDATE learner SET goes = 1 WHERE id = 1"); err != nil {
		t.Fatal(err)
	}
	if n, err := (db.People{DB: d}).Forget(t.Context(), now, 9); err != nil || n != 1 {
		t.Fatalf("forgot %d, %v", n, err)
	}
	if err := d.Exec(t.Context(), "DELETE FROM learner"); err != nil {
		t.Fatal(err)
	}
	if _, err := db.Restore(t.Context(), c, b.Name); err == nil || !strings.Contains(err.Error(), "another Thaw") {
		t.Errorf("while it is used: got %v", err)
	}
	if err := d.Exec(t.Context(), "CREATE TABLE later (n BIGINT REFERENCES learner)"); err != nil { // as of a newer schema
		t.Fatal(err)
	}
	if err := d.Close(); err != nil {
		t.Fatal(err)
	}
	half := filepath.Join(t.TempDir(), "half.dump")
	raw, err := os.ReadFile(filepath.Join(c.Dir, "backups", b.Name))
	if err == nil {
		err = os.WriteFile(half, raw[:len(raw)*2/3], 0o600)
	}
	if err != nil {
		t.Fatal(err)
	}
	for _, from := range []string{half, "nothing.dump"} {
		if r, err := db.Restore(t.Context(), c, from); err == nil || r.Changed {
			t.Errorf("%s was put back: %+v", from, r)
		}
	}
	r, err := db.Restore(t.Context(), c, b.Name)
	if err != nil || !r.Changed || r.Before == "" || r.Forgot != 1 {
		t.Fatalf("put back %+v, %v; want one forgotten again, and a backup of before", r, err)
	}
	d = open(t, c)
	got, err := d.Rows(t.Context(), "SELECT * FROM learner ORDER BY id")
	if err != nil || !slices.Equal(got, want) {
		t.Errorf("%v are there, %v; want %v", got, err, want)
	}
	if n, err := d.Number(t.Context(), "SELECT count(*) FROM pg_tables WHERE tablename = 'later'"); err != nil || n != 0 {
		t.Errorf("what was made since is still there, %v", err)
	}
}

func TestPostgresIsVacuumedAfterADeletion(t *testing.T) {
	d := open(t, db.Config{Name: dbtest.NewDatabase(t, dbtest.Postgres(t)), Dir: t.TempDir()})
	people3(t, d)
	vacuumed := func() int64 {
		n, err := d.Number(t.Context(), "SELECT count(*) FROM pg_stat_user_tables WHERE relname IN ('learner', 'event', 'version') AND vacuum_count > 0")
		if err != nil {
			t.Fatal(err)
		}
		return n
	}
	if _, err := (db.People{DB: d}).Forget(t.Context(), time.Now(), 9); err != nil || vacuumed() != 0 {
		t.Errorf("vacuumed though nobody went, %v", err)
	}
	if err := d.Exec(t.Context(), "UPDATE learner SET goes = 1 WHERE id = 1"); err != nil {
		t.Fatal(err)
	}
	if _, err := (db.People{DB: d}).Forget(t.Context(), time.Now(), 9); err != nil {
		t.Fatal(err)
	}
	if n := vacuumed(); n != 3 {
		t.Errorf("%d of 3 tables were vacuumed", n)
	}
}
