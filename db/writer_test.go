package db

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"

	"gorm.io/gorm"

	"thaw/app/fault"
)

func openTest(t *testing.T, c Config) *DB {
	t.Helper()
	c.Dir = t.TempDir()
	d, err := Open(t.Context(), c)
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

// put is a submission that stores one row.
func put(name string) func(*gorm.DB) error {
	return func(tx *gorm.DB) error {
		return tx.Exec("INSERT INTO secret (name, value) VALUES (?, x'00')", name).Error
	}
}

func names(t *testing.T, d *DB) string {
	t.Helper()
	var all []string
	if err := d.reader(t.Context()).Raw("SELECT name FROM secret ORDER BY name").Scan(&all).Error; err != nil {
		t.Fatal(err)
	}
	return strings.Join(all, " ")
}

// hold stops the writer inside a submission until it is let go, so that a test
// can fill the queue behind it.
func holdWriter(t *testing.T, d *DB) (letGo func()) {
	t.Helper()
	inside, free := make(chan bool), make(chan bool)
	done := make(chan error, 1)
	go func() {
		done <- d.write(context.Background(), func(*gorm.DB) error {
			close(inside)
			<-free
			return nil
		})
	}()
	<-inside
	return func() {
		t.Helper()
		close(free)
		if err := <-done; err != nil {
			t.Error(err)
		}
	}
}

// queue submits without waiting for the result.
func queue(t *testing.T, d *DB, ctx context.Context, run func(*gorm.DB) error) <-chan error {
	t.Helper()
	before := len(d.writer.queue)
	out := make(chan error, 1)
	go func() { out <- d.write(ctx, run) }()
	for len(d.writer.queue) == before { // until it waits
		if len(out) > 0 {
			break
		}
	}
	return out
}

func TestGroupSharesOneCommit(t *testing.T) {
	d := openTest(t, Config{})
	letGo := holdWriter(t, d)
	before := d.writer.commits.Load()
	var outs []<-chan error
	for i := range 20 {
		outs = append(outs, queue(t, d, t.Context(), put(fmt.Sprintf("n%02d", i))))
	}
	letGo()
	for _, out := range outs {
		if err := <-out; err != nil {
			t.Error(err)
		}
	}
	if got := d.writer.commits.Load() - before; got != 2 {
		t.Errorf("20 waiting submissions and the one before took %d commits, want 2", got)
	}
	if got := len(strings.Fields(names(t, d))); got != 20 {
		t.Errorf("%d rows are stored, want 20", got)
	}
}

// TestNobodyIsToldBeforeTheCommit: what somebody was told is stored can be read at once, and
// what could not be committed is told to nobody as stored.
func TestNobodyIsToldBeforeTheCommit(t *testing.T) {
	d := openTest(t, Config{})
	for i := range int64(100) {
		if err := d.write(t.Context(), put(fmt.Sprintf("n%03d", i))); err != nil {
			t.Fatal(err)
		}
		stored, err := d.Number(t.Context(), "SELECT COUNT(*) FROM secret")
		if err != nil || stored != i+1 {
			t.Fatalf("%d were told that they are stored, %d are, %v", i+1, stored, err)
		}
	}
	orphan := func(tx *gorm.DB) error {
		if err := tx.Exec("PRAGMA defer_foreign_keys = ON").Error; err != nil {
			return err
		}
		return tx.Exec("INSERT INTO session (hash, learner, created, seen, ends, keep) VALUES (x'00', 4711, 0, 0, 0, 0)").Error
	}
	if err := d.write(t.Context(), orphan); err == nil {
		t.Error("what fails as it is committed was told to be stored")
	}
}

func TestFailuresInAGroupRollBackAlone(t *testing.T) {
	ours := errors.New("ours")
	for _, c := range []struct {
		name string
		run  func(*gorm.DB) error
		want string // in the error
	}{
		{"an error", func(tx *gorm.DB) error { return errors.Join(put("bad")(tx), ours) }, "ours"},
		{"a panic", func(tx *gorm.DB) error { _ = put("bad")(tx); panic("at work") }, "at work"},
		{"a broken rule", func(tx *gorm.DB) error { return errors.Join(put("bad")(tx), put("first")(tx)) }, "duplicated"},
		{"a rollback of everything", func(tx *gorm.DB) error {
			_ = put("bad")(tx)
			_ = tx.Exec("ROLLBACK").Error
			return put("outside")(tx)
		}, "gone"},
		{"a commit in between", func(tx *gorm.DB) error {
			_ = tx.Exec("ROLLBACK").Error
			return nil
		}, "gone"},
	} {
		t.Run(c.name, func(t *testing.T) {
			d := openTest(t, Config{})
			letGo := holdWriter(t, d)
			first := queue(t, d, t.Context(), put("first"))
			bad := queue(t, d, t.Context(), c.run)
			last := queue(t, d, t.Context(), put("last"))
			letGo()
			if err := errors.Join(<-first, <-last); err != nil {
				t.Errorf("the others: %v", err)
			}
			if err := <-bad; err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("the failing one: got %v, want %q in it", err, c.want)
			}
			if got := names(t, d); got != "first last" {
				t.Errorf("stored: %q, want first and last", got)
			}
			if err := d.write(t.Context(), put("later")); err != nil {
				t.Errorf("a later one: %v", err)
			}
		})
	}
}

func TestRequestThatEndsWhileItRunsIsToldTheTruth(t *testing.T) {
	d := openTest(t, Config{})
	letGo := holdWriter(t, d)
	first := queue(t, d, t.Context(), put("first"))
	ctx, cancel := context.WithCancel(t.Context())
	middle := queue(t, d, ctx, func(tx *gorm.DB) error {
		cancel() // the browser is gone, in the middle of the group
		return put("middle")(tx)
	})
	last := queue(t, d, t.Context(), put("last"))
	letGo()
	if err := errors.Join(<-first, <-middle, <-last); err != nil {
		t.Error(err)
	}
	if got := names(t, d); got != "first last middle" {
		t.Errorf("stored: %q, want all three", got)
	}
}

func TestRequestThatEndsWhileItWaitsIsNotRun(t *testing.T) {
	d := openTest(t, Config{})
	letGo := holdWriter(t, d)
	ctx, cancel := context.WithCancel(t.Context())
	out := queue(t, d, ctx, put("given up"))
	cancel()
	if err := <-out; !fault.Is(err, fault.Limited) {
		t.Errorf("got %v, want fault limited before the writer is free", err)
	}
	if err := d.write(ctx, put("too late")); !fault.Is(err, fault.Limited) {
		t.Errorf("with a context that has ended: got %v, want fault limited", err)
	}
	letGo()
	if err := d.write(t.Context(), put("later")); err != nil {
		t.Error(err)
	}
	if got := names(t, d); got != "later" {
		t.Errorf("stored: %q, want later alone", got)
	}
}

func TestFullQueueIsRefusedAtOnce(t *testing.T) {
	d := openTest(t, Config{Queue: 3})
	letGo := holdWriter(t, d)
	var outs []<-chan error
	for i := range 3 {
		outs = append(outs, queue(t, d, t.Context(), put(fmt.Sprint(i))))
	}
	err := d.write(t.Context(), put("too much"))
	var f *fault.Fault
	if !errors.As(err, &f) || f.Kind != fault.Limited || !f.Busy {
		t.Errorf("got %v, want fault limited, busy", err)
	}
	letGo()
	for _, out := range outs {
		if err := <-out; err != nil {
			t.Error(err)
		}
	}
}

func TestFullDiskSaysNotSaved(t *testing.T) {
	d := openTest(t, Config{})
	pages, err := d.Number(t.Context(), "PRAGMA page_count")
	if err != nil {
		t.Fatal(err)
	}
	if err := d.write(t.Context(), put("before")); err != nil {
		t.Fatal(err)
	}
	limit := func(n int64) {
		t.Helper()
		var got int64
		err := d.writer.conn.QueryRowContext(t.Context(), fmt.Sprintf("PRAGMA max_page_count = %d", n)).Scan(&got)
		if err != nil {
			t.Fatal(err)
		}
	}
	limit(pages + 2)
	big := func(tx *gorm.DB) error {
		return tx.Exec("INSERT INTO secret (name, value) VALUES ('big', zeroblob(1000000))").Error
	}
	letGo := holdWriter(t, d)
	small, full := queue(t, d, t.Context(), put("small")), queue(t, d, t.Context(), big)
	letGo()
	err = <-full
	var f *fault.Fault
	if !errors.As(err, &f) || !f.Busy || f.Key != "fault.not_saved" {
		t.Errorf("with a full disk: got %v, want fault.not_saved, busy", err)
	}
	if err := <-small; err != nil {
		t.Errorf("a small one beside it: %v", err)
	}
	limit(1 << 20)
	if err := d.write(t.Context(), big); err != nil {
		t.Errorf("with room again: %v", err)
	}
	if got := names(t, d); got != "before big small" {
		t.Errorf("stored: %q", got)
	}
}

func TestCloseCommitsWhatWaits(t *testing.T) {
	d := openTest(t, Config{})
	letGo := holdWriter(t, d)
	var outs []<-chan error
	for i := range 5 {
		outs = append(outs, queue(t, d, t.Context(), put(fmt.Sprint(i))))
	}
	var wg sync.WaitGroup
	wg.Go(func() {
		if err := d.Close(); err != nil {
			t.Error(err)
		}
	})
	letGo()
	wg.Wait()
	for _, out := range outs {
		if err := <-out; err != nil && !fault.Is(err, fault.Limited) {
			t.Error(err)
		}
	}
	if err := d.write(t.Context(), put("late")); !fault.Is(err, fault.Limited) {
		t.Errorf("after Close: got %v, want fault limited", err)
	}
	again, err := Open(t.Context(), Config{Name: d.Path()})
	if err != nil {
		t.Fatal(err)
	}
	defer again.Close()
	if got := names(t, again); got != "0 1 2 3 4" {
		t.Errorf("stored: %q, want all that waited", got)
	}
}

func TestWrongSettingsAreRefused(t *testing.T) {
	d := openTest(t, Config{})
	for _, c := range []struct{ name, change string }{
		{"synchronous", "PRAGMA synchronous = NORMAL"}, {"foreign_keys", "PRAGMA foreign_keys = OFF"}, {"busy_timeout", "PRAGMA busy_timeout = 0"},
	} {
		if err := assert(t.Context(), d.writer.conn.conn, writerPragmas); err != nil {
			t.Fatalf("before the change: %v", err)
		}
		var old string
		if err := d.writer.conn.conn.QueryRowContext(t.Context(), "PRAGMA "+c.name).Scan(&old); err != nil {
			t.Fatal(err)
		}
		if _, err := d.writer.conn.conn.ExecContext(t.Context(), c.change); err != nil {
			t.Fatal(err)
		}
		if err := assert(t.Context(), d.writer.conn.conn, writerPragmas); err == nil || !strings.Contains(err.Error(), c.name) {
			t.Errorf("after %s: got %v, want a refusal", c.change, err)
		}
		if _, err := d.writer.conn.conn.ExecContext(t.Context(), "PRAGMA "+c.name+" = "+old); err != nil {
			t.Fatal(err)
		}
	}
	if err := d.reader(t.Context()).Exec("INSERT INTO secret (name, value) VALUES ('x', x'00')").Error; err == nil {
		t.Error("a reader could write")
	}
}
