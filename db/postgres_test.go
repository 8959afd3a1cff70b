//go:build unix

package db_test

import (
	"crypto/rand"
	"database/sql"
	"errors"
	"fmt"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"thaw/db"
	"thaw/db/dbtest"
)

func TestPostgresKeepsTheContract(t *testing.T) {
	server := postgresServer(t)
	dbtest.Run(t, func(t *testing.T) *db.DB { return open(t, db.Config{Name: newDatabase(t, server)}) })
}

func TestPostgresRefusesANewerSchema(t *testing.T) {
	name := newDatabase(t, postgresServer(t))
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

// newDatabase makes an empty database on the server and returns its address.
func newDatabase(t *testing.T, server string) string {
	t.Helper()
	over, err := sql.Open("pgx", server)
	if err != nil {
		t.Fatal(err)
	}
	name := "thaw_" + strings.ToLower(rand.Text())
	if _, err := over.ExecContext(t.Context(), "CREATE DATABASE "+name); err != nil {
		t.Fatal(err)
	}
	if err := over.Close(); err != nil {
		t.Fatal(err)
	}
	u, err := url.Parse(server)
	if err != nil {
		t.Fatal(err)
	}
	u.Path = "/" + name
	return u.String()
}

// postgresServer is the address in THAW_TEST_POSTGRES, or a cluster of the
// test's own from the programs that the system has.
func postgresServer(t *testing.T) string {
	t.Helper()
	if address := os.Getenv("THAW_TEST_POSTGRES"); address != "" {
		return address
	}
	bins, err := filepath.Glob("/usr/lib/postgresql/*/bin/initdb")
	if err != nil || len(bins) == 0 {
		skip(t, "no PostgreSQL: set THAW_TEST_POSTGRES or install its server")
	}
	dir, err := os.MkdirTemp("", "thaw-pg-") // short: a socket's path has at most 107 bytes
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = os.RemoveAll(dir) })
	as, err := notRoot(dir)
	if err != nil {
		skip(t, "no PostgreSQL: "+err.Error())
	}
	bin, data := filepath.Dir(slices.Max(bins)), filepath.Join(dir, "data")
	run := func(program string, args ...string) {
		t.Helper()
		c := exec.Command(filepath.Join(bin, program), args...) // #nosec G204 -- the system's own programs
		c.SysProcAttr, c.Dir = as, dir
		log, err := os.Create(filepath.Join(dir, program+".log")) // a file: the server keeps it open
		if err != nil {
			t.Fatal(err)
		}
		defer log.Close()
		c.Stdout, c.Stderr = log, log
		if err := c.Run(); err != nil {
			said, _ := os.ReadFile(log.Name())
			t.Fatalf("%s: %v\n%s", program, err, said)
		}
	}
	run("initdb", "-D", data, "-U", "thaw", "-A", "trust", "-E", "UTF8", "--no-sync")
	run("pg_ctl", "-D", data, "-w", "-l", filepath.Join(data, "log"), "-o", fmt.Sprintf("-k %s -h '' -F -c max_connections=200", dir), "start")
	t.Cleanup(func() { run("pg_ctl", "-D", data, "-w", "-m", "immediate", "stop") })
	return "postgres://thaw@/postgres?host=" + url.QueryEscape(dir)
}

// skip leaves a test out, or fails where nothing may be left out.
func skip(t *testing.T, why string) {
	t.Helper()
	if os.Getenv("THAW_TEST_REQUIRE") == "all" {
		t.Fatal(why)
	}
	t.Skip(why)
}
