//go:build unix

package main

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"
)

// nobodyID is a user without rights, to whom root's children are turned.
const nobodyID = 65534

// unprivileged runs a command as a user who owns nothing here and returns what
// it says and how it ends.
func unprivileged(t *testing.T, self string, args ...string) (log string, code int) {
	t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), 30*time.Second)
	defer cancel()
	cmd := command(ctx, args...)
	cmd.Path, cmd.Dir = self, filepath.Dir(self)
	if os.Geteuid() == 0 {
		cmd.SysProcAttr = &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: nobodyID, Gid: nobodyID}}
	}
	out, err := cmd.CombinedOutput()
	if cmd.ProcessState == nil {
		t.Fatalf("%v does not start: %v", args, err)
	}
	return string(out), cmd.ProcessState.ExitCode()
}

// openFolder lets everybody look into a folder of the test, and returns the program as
// a file that everybody may run.
func openFolder(t *testing.T) (dir, self string) {
	t.Helper()
	dir = t.TempDir()
	if err := os.Chmod(filepath.Dir(dir), 0o755); err != nil { // #nosec G302 -- a test's own folder
		t.Fatal(err)
	}
	program, err := os.ReadFile(os.Args[0])
	if err != nil {
		t.Fatal(err)
	}
	self = filepath.Join(dir, "thaw.test")
	if err := os.WriteFile(self, program, 0o755); err != nil { // #nosec G306 -- a program
		t.Fatal(err)
	}
	return dir, self
}

func TestStartsWithoutRights(t *testing.T) {
	dir, self := openFolder(t)
	made := func(name string) string {
		data := filepath.Join(dir, name)
		if _, log, code := once(t, "migrate", "--data", data); code != 0 {
			t.Fatalf("migrate ends with %d: %s", code, log)
		}
		return data
	}
	rights := func(mode os.FileMode, paths ...string) {
		for _, path := range paths {
			if err := os.Chmod(path, mode); err != nil {
				t.Fatal(err)
			}
		}
	}
	empty := filepath.Join(dir, "empty")
	if err := os.Mkdir(empty, 0o755); err != nil { // #nosec G301 -- everybody looks into it
		t.Fatal(err)
	}
	secret, shown := made("secret"), made("shown")
	rights(0o755, secret, shown)
	rights(0o000, filepath.Join(secret, "thaw.db"))
	rights(0o444, filepath.Join(shown, "thaw.db"))
	rights(0o666, filepath.Join(secret, "thaw.db.lock"), filepath.Join(shown, "thaw.db.lock"))
	if os.Geteuid() != 0 { // who owns the folders makes them read-only
		rights(0o555, empty, secret, shown)
		t.Cleanup(func() { rights(0o755, empty, secret, shown) })
	}
	before, err := os.ReadFile(filepath.Join(shown, "thaw.db"))
	if err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct{ data, says string }{
		"a folder that cannot be made":      {filepath.Join(empty, "data"), "--data"},
		"a folder that takes no file":       {empty, "--data"},
		"a database that cannot be read":    {secret, "check who owns"},
		"a database that cannot be written": {shown, "check who owns"},
	} {
		t.Run(name, func(t *testing.T) {
			for _, args := range [][]string{{"serve", "--addr", "127.0.0.1:0"}, {"migrate"}, {"user", "add", "Ada"}} {
				log, code := unprivileged(t, self, append(args, "--data", c.data)...)
				if code != 1 || !strings.Contains(log, c.says) || !strings.Contains(log, c.data) {
					t.Errorf("%v ends with %d and says %q, want an error that says %q and names %s", args, code, log, c.says, c.data)
				}
			}
		})
	}
	after, err := os.ReadFile(filepath.Join(shown, "thaw.db"))
	if err != nil || string(after) != string(before) {
		t.Errorf("the database was changed: %v", err)
	}
}
