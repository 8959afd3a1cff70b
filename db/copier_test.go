package db

import (
	"context"
	"encoding/binary"
	"fmt"
	"os"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"gorm.io/gorm"
)

// restarts tells how often the log has begun anew: SQLite counts it in its header.
func restarts(t *testing.T, d *DB) uint32 {
	t.Helper()
	header := make([]byte, 32)
	f, err := os.Open(d.Path() + "-wal")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if _, err := f.ReadAt(header, 0); err != nil {
		t.Fatal(err)
	}
	return binary.BigEndian.Uint32(header[12:])
}

func TestLongLogBeginsAnew(t *testing.T) {
	d := openTest(t, Config{})
	big := fmt.Sprintf("INSERT INTO secret (name, value) VALUES ('big', zeroblob(%d))", longLog*4096)
	if err := d.write(t.Context(), func(tx *gorm.DB) error { return tx.Exec(big).Error }); err != nil {
		t.Fatal(err)
	}
	first := restarts(t, d)
	var writes atomic.Int64
	ctx, stop := context.WithTimeout(t.Context(), 20*time.Second)
	defer stop()
	var writers sync.WaitGroup
	for range 8 { // so that something is always written while the log is copied
		writers.Go(func() {
			for ctx.Err() == nil {
				if err := d.write(t.Context(), put(fmt.Sprint(writes.Add(1)))); err != nil {
					t.Error(err)
					return
				}
			}
		})
	}
	for restarts(t, d) == first && ctx.Err() == nil {
		time.Sleep(time.Millisecond)
	}
	if ctx.Err() != nil {
		t.Errorf("after %d writes more, a log of more than %d pages has not begun anew", writes.Load(), longLog)
	}
	stop()
	writers.Wait()
	log, err := os.Stat(d.Path() + "-wal")
	if err != nil {
		t.Fatal(err)
	}
	if pages := log.Size() / 4120; pages > 12000 {
		t.Errorf("the log began anew at %d pages, want little more than %d: SQLite itself would at 16000", pages, longLog)
	}
	if n := writes.Load(); n < copyAfter {
		t.Errorf("the log began anew after %d writes more, before anybody was to copy it", n)
	}
}
