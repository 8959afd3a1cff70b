//go:build unix

package db_test

import (
	"errors"
	"strings"
	"testing"

	"thaw/db"
	"thaw/db/dbtest"
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
