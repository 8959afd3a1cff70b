//go:build unix

package dbtest

import (
	"context"
	"crypto/rand"
	"database/sql"
	"fmt"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// NewDatabase makes an empty database on the server and returns its address.
func NewDatabase(t *testing.T, server string) string {
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

// Postgres is the address in THAW_TEST_POSTGRES, or a cluster of the
// test's own from the programs that the system has.
func Postgres(t *testing.T) string {
	t.Helper()
	if address := os.Getenv("THAW_TEST_POSTGRES"); address != "" {
		return address
	}
	bins, err := filepath.Glob("/usr/lib/postgresql/*/bin/initdb")
	if err != nil || len(bins) == 0 {
		Need(t, "PostgreSQL (THAW_TEST_POSTGRES, or its server's programs)")
	}
	dir, err := os.MkdirTemp("", "thaw-pg-") // short: a socket's path has at most 107 bytes
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = os.RemoveAll(dir) })
	as, err := notRoot(dir)
	if err != nil {
		Need(t, "PostgreSQL ("+err.Error()+")")
	}
	bin, data := filepath.Dir(slices.Max(bins)), filepath.Join(dir, "data")
	run := func(program string, args ...string) {
		t.Helper()
		c := exec.CommandContext(context.Background(), filepath.Join(bin, program), args...) // #nosec G204 -- the system's own programs
		c.SysProcAttr, c.Dir = as, dir
		log, err := os.Create(filepath.Join(dir, program+".log")) // #nosec G304 -- a file of ours: the server keeps it open
		if err != nil {
			t.Fatal(err)
		}
		defer log.Close() //nolint:errcheck // only read from now on
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
