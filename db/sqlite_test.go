package db_test

import (
	"testing"

	"thaw/db"
	"thaw/db/dbtest"
)

func open(t testing.TB, c db.Config) *db.DB {
	t.Helper()
	d, err := db.Open(t.Context(), c)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := d.Close(); err != nil {
			t.Error(err)
		}
	})
	return d
}

func TestSQLiteKeepsTheContract(t *testing.T) {
	dbtest.Run(t, func(t *testing.T) *db.DB { return open(t, db.Config{Dir: t.TempDir()}) })
}
