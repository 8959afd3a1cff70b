package main

import (
	"bytes"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
)

// After a kill the newest answers stand in the log beside the file. Whatever becomes of
// either while nobody looks after them, a start serves what agrees with itself, or refuses
// by name and touches nothing.
func TestAStartOnWhatIsDamaged(t *testing.T) {
	t.Parallel()
	killed, crowd := t.TempDir(), newCrowd(8)
	p := start(t, killed, behindProxy)
	crowd.at(p).answer(t.Context(), 200)
	p.kill(t)
	for name, c := range map[string]struct {
		harm  func(t *testing.T, file, log string)
		says  string
		opens bool
	}{
		"the log is gone":             {func(t *testing.T, _, log string) { need(t, os.Remove(log)) }, "thaw.db-wal is missing", true},
		"the log is cut":              {func(t *testing.T, _, log string) { cut(t, log) }, "not clean", true},
		"the log is overwritten":      {func(t *testing.T, _, log string) { spoil(t, log, .3) }, "not clean", true},
		"the log begins with rubble":  {func(t *testing.T, _, log string) { spoil(t, log, 0) }, "not clean", true},
		"the file is cut":             {func(t *testing.T, file, _ string) { cut(t, file) }, "damaged", false},
		"the file is overwritten":     {func(t *testing.T, file, _ string) { spoil(t, file, .2) }, "damaged", false},
		"the file begins with rubble": {func(t *testing.T, file, _ string) { spoil(t, file, 0) }, "not a database", false},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			data := filepath.Join(t.TempDir(), "data")
			need(t, os.CopyFS(data, os.DirFS(killed)))
			file := filepath.Join(data, "thaw.db")
			c.harm(t, file, file+"-wal")
			if c.opens {
				served := start(t, data)
				served.browser(t).get("/")
				served.stop(t)
				if !strings.Contains(served.log.String(), c.says) {
					t.Errorf("the start says %s, want that %q", served.log, c.says)
				}
				sound(t, opened(t, data))
				return
			}
			before := content(t, file, file+"-wal")
			for _, args := range [][]string{{"serve", "--addr", "127.0.0.1:0"}, {"migrate"}} {
				_, log, code := once(t, append(args, "--data", data)...)
				if code != 1 || !strings.Contains(log, c.says) || !strings.Contains(log, file) {
					t.Errorf("%s ends with %d and says %s, want that %s is %s", args[0], code, log, file, c.says)
				}
			}
			if after := content(t, file, file+"-wal"); !slices.EqualFunc(before, after, bytes.Equal) {
				t.Error("a file that was refused was changed")
			}
		})
	}
}

func need(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// cut leaves the first half of a file.
func cut(t *testing.T, name string) {
	t.Helper()
	info, err := os.Stat(name)
	need(t, err)
	need(t, os.Truncate(name, info.Size()/2))
}

// spoil overwrites a tenth of a file, from a share of it on.
func spoil(t *testing.T, name string, from float64) {
	t.Helper()
	f, err := os.OpenFile(name, os.O_RDWR, 0)
	need(t, err)
	defer f.Close()
	info, err := f.Stat()
	need(t, err)
	_, err = f.WriteAt(bytes.Repeat([]byte{0xa5}, int(info.Size()/10)), int64(from*float64(info.Size())))
	need(t, err)
}

func content(t *testing.T, names ...string) (all [][]byte) {
	t.Helper()
	for _, name := range names {
		raw, err := os.ReadFile(name)
		need(t, err)
		all = append(all, raw)
	}
	return all
}

// While another program holds the file for some seconds answers wait, and are not saved when
// it takes longer; then all goes on.
func TestAFileThatAnotherProgramHoldsForAWhile(t *testing.T) {
	t.Parallel()
	data, crowd := t.TempDir(), newCrowd(8)
	p := start(t, data, behindProxy)
	over := crowd.at(p).storm(t)
	crowd.until(t, 50)
	letGo := locked(t, filepath.Join(data, "thaw.db"))
	time.Sleep(time.Second)
	letGo()
	crowd.until(t, 100)
	if n := crowd.refusals(); n > 0 {
		t.Errorf("%d answers are not saved after the file was held for a second", n)
	}
	for range longer(1, 5) {
		before := crowd.refusals()
		letGo := locked(t, filepath.Join(data, "thaw.db"))
		for deadline := time.Now().Add(time.Minute); crowd.refusals() == before && time.Now().Before(deadline); {
			time.Sleep(10 * time.Millisecond)
		}
		letGo()
		crowd.until(t, 100)
	}
	over()
	p.stop(t)
	in := opened(t, data)
	n := crowd.kept(t, in)
	sound(t, in)
	t.Logf("%d answers acknowledged, %d stored, %d not saved", len(crowd.taken), n, crowd.refused)
	if crowd.refused == 0 || n != len(crowd.taken) {
		t.Errorf("%d answers not saved, want some; %d are stored, and %d acknowledged", crowd.refused, n, len(crowd.taken))
	}
}
