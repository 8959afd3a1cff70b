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
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"
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

// Postgres is the address in THAW_TEST_POSTGRES, or that of a cluster of the test's own.
func Postgres(t *testing.T) string {
	t.Helper()
	if address := os.Getenv("THAW_TEST_POSTGRES"); address != "" {
		return address
	}
	return NewCluster(t).Address
}

// Cluster is a PostgreSQL server of the test's own, made with the programs that the system
// has.
type Cluster struct {
	Address string

	t        *testing.T
	as       *syscall.SysProcAttr
	bin, dir string
}

// NewCluster makes and starts one, for as long as the test runs.
func NewCluster(t *testing.T) *Cluster {
	t.Helper()
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
	c := &Cluster{"postgres://thaw@/postgres?host=" + url.QueryEscape(dir), t, as, filepath.Dir(slices.Max(bins)), dir}
	c.must("initdb", "-D", c.data(), "-U", "thaw", "-A", "trust", "-E", "UTF8", "--no-sync")
	c.Start()
	t.Cleanup(func() { c.must("pg_ctl", "-D", c.data(), "-w", "-m", "immediate", "stop") })
	return c
}

func (c *Cluster) data() string { return filepath.Join(c.dir, "data") }

// Start starts the server. After a kill the last of its processes may still have to end.
func (c *Cluster) Start() {
	c.t.Helper()
	args := []string{"-D", c.data(), "-w", "-l", filepath.Join(c.data(), "log"), "-o", fmt.Sprintf("-k %s -h '' -F -c max_connections=200", c.dir), "start"}
	for range 100 {
		if c.run("pg_ctl", args...) == nil {
			return
		}
		time.Sleep(100 * time.Millisecond)
	}
	c.must("pg_ctl", args...)
}

// Kill ends the server's main process without warning; the others notice.
func (c *Cluster) Kill() {
	c.t.Helper()
	raw, err := os.ReadFile(filepath.Join(c.data(), "postmaster.pid"))
	if err != nil {
		c.t.Fatal(err)
	}
	pid, err := strconv.Atoi(strings.Fields(string(raw))[0])
	if err != nil {
		c.t.Fatal(err)
	}
	if err := syscall.Kill(pid, syscall.SIGKILL); err != nil {
		c.t.Fatal(err)
	}
}

func (c *Cluster) must(program string, args ...string) {
	c.t.Helper()
	if err := c.run(program, args...); err != nil {
		c.t.Fatal(err)
	}
}

func (c *Cluster) run(program string, args ...string) error {
	cmd := exec.CommandContext(context.Background(), filepath.Join(c.bin, program), args...) // #nosec G204 -- the system's own programs
	cmd.SysProcAttr, cmd.Dir = c.as, c.dir
	log, err := os.Create(filepath.Join(c.dir, program+".log")) // #nosec G304 -- a file of ours: the server keeps it open
	if err != nil {
		return err
	}
	defer log.Close() //nolint:errcheck // only read from now on
	cmd.Stdout, cmd.Stderr = log, log
	if err := cmd.Run(); err != nil {
		said, _ := os.ReadFile(log.Name())
		return fmt.Errorf("%s: %w\n%s", program, err, said)
	}
	return nil
}
