package main

import (
	"encoding/binary"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"
)

// disk is one below a program that fails when a test wants it to.
type disk struct {
	t       *testing.T
	library string // to preload
	faults  string // file that says what fails
}

func newDisk(t *testing.T) *disk {
	t.Helper()
	dir := t.TempDir()
	d := &disk{t, filepath.Join(dir, "fault.so"), filepath.Join(dir, "faults")}
	d.fail(0, 0)
	compile := exec.CommandContext(t.Context(), "cc", "-shared", "-fPIC", "-o", d.library, "testdata/fault.c", "-ldl") // #nosec G204 -- a library of the test's own
	if said, err := compile.CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, said)
	}
	return d
}

// fail makes all writes and syncs fail with an error from now on; 0 for none.
func (d *disk) fail(writes, syncs syscall.Errno) {
	d.t.Helper()
	f, err := os.OpenFile(d.faults, os.O_CREATE|os.O_WRONLY, 0o600)
	if err != nil {
		d.t.Fatal(err)
	}
	defer f.Close()
	both := binary.NativeEndian.AppendUint32(nil, uint32(writes))
	if _, err := f.WriteAt(binary.NativeEndian.AppendUint32(both, uint32(syncs)), 0); err != nil {
		d.t.Fatal(err)
	}
}

// below puts the disk below a program.
func (d *disk) below(cmd *exec.Cmd) *exec.Cmd {
	cmd.Env = append(cmd.Env, "LD_PRELOAD="+d.library, "THAW_FAULT="+d.faults)
	return cmd
}

// While the disk takes nothing, no answer is acknowledged, each stays on its page, and what
// is stored can be read; once it takes some again, all goes on by itself.
func TestNothingIsAcknowledgedWhileTheDiskFails(t *testing.T) {
	t.Parallel()
	for i, c := range []struct {
		name          string
		writes, syncs syscall.Errno
	}{
		{"a full disk", syscall.ENOSPC, 0},
		{"syncs that fail", 0, syscall.EIO},
		{"a disk for reading only", syscall.EROFS, syscall.EROFS},
		{"writes that fail", syscall.EIO, 0},
		{"both", syscall.EIO, syscall.EIO},
	} {
		if i >= longer(3, 5) {
			break
		}
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			data, disk, crowd := t.TempDir(), newDisk(t), newCrowd(8)
			p := launch(t, disk.below(serving(data, behindProxy)))
			reader := p.browser(t)
			reader.get("/")
			reader.submit("answer", "answer", "1")
			reader.want(http.StatusOK)
			over := crowd.at(p).storm(t)
			for range longer(1, 40) {
				crowd.until(t, 60)
				disk.fail(c.writes, c.syncs)
				crowd.standsStill(t, 30)
				for _, path := range []string{reader.page.path, "/today", "/readyz"} {
					reader.get(path)
					reader.want(http.StatusOK)
				}
				disk.fail(0, 0)
			}
			crowd.until(t, 60)
			disk.fail(c.writes, c.syncs)
			crowd.standsStill(t, 10)
			p.kill(t) // in the midst of it
			over()
			disk.fail(0, 0)
			p = launch(t, disk.below(serving(data, behindProxy)))
			crowd.at(p).answer(t.Context(), 60)
			p.stop(t)
			in := opened(t, data)
			n := crowd.kept(t, in)
			sound(t, in)
			t.Logf("%d answers acknowledged, %d stored (one is the reader's), %d not saved", len(crowd.taken), n, crowd.refused)
		})
	}
}

// standsStill waits until so many answers more are refused, and fails if one is acknowledged
// after the first of them.
func (c *crowd) standsStill(t *testing.T, more int) {
	t.Helper()
	wait := func(goal int) {
		t.Helper()
		for deadline := time.Now().Add(time.Minute); c.refusals() < goal; time.Sleep(time.Millisecond) {
			if time.Now().After(deadline) {
				t.Fatalf("%d answers are refused, want %d", c.refusals(), goal)
			}
		}
	}
	// Who was in a group that was committed before hears of it only now: each of the crowd
	// has one answer under way.
	wait(c.refusals() + 2*len(c.all))
	before := c.acknowledged()
	wait(c.refusals() + more)
	if after := c.acknowledged(); after != before {
		t.Errorf("%d answers are acknowledged while nothing can be stored", after-before)
	}
}

// A start on a full disk says so, or serves what can be read; nothing is lost by it.
func TestAStartOnAFullDisk(t *testing.T) {
	t.Parallel()
	data, disk, crowd := t.TempDir(), newDisk(t), newCrowd(4)
	p := launch(t, disk.below(serving(data, behindProxy)))
	crowd.at(p).answer(t.Context(), 50)
	p.kill(t)
	disk.fail(syscall.ENOSPC, 0)
	cmd := disk.below(command(t.Context(), "migrate", "--data", data))
	if said, err := cmd.CombinedOutput(); err != nil && !strings.Contains(string(said), "full") {
		t.Errorf("on a full disk: %v, %s", err, said)
	}
	fresh := disk.below(command(t.Context(), "migrate", "--data", t.TempDir()))
	if said, err := fresh.CombinedOutput(); err == nil || !strings.Contains(string(said), "is full") {
		t.Errorf("a new database on a full disk: %v, %s; want that the disk is full", err, said)
	}
	disk.fail(0, 0)
	in := opened(t, data)
	crowd.kept(t, in)
	sound(t, in)
}
