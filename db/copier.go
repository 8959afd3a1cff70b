package db

import (
	"context"
	"database/sql"
	"sync/atomic"
	"time"
)

// SQLite's log is to be copied into the file after some submissions, but not
// again at once, and to begin anew when it is long, in pages.
const (
	copyAfter = 64
	copyPause = 50 * time.Millisecond
	longLog   = 8000
)

// copyLog copies what the log holds as far as no reader needs it there, without
// waiting for anybody.
const copyLog = "PRAGMA wal_checkpoint(PASSIVE)"

// copier copies the log into the file on a connection of its own: left to
// SQLite, it would be the writer who does, and all answers would wait. A log
// that is long is handed to the writer for the little that came meanwhile. Only
// when nothing is left to copy does SQLite begin the log anew; it would grow for
// ever.
type copier struct {
	over  *sql.DB
	since int       // submissions since a copy was asked for
	asked time.Time // last
	want  chan struct{}
	long  atomic.Bool // and copied but for the rest
	ended chan struct{}
}

func startCopier(over *sql.DB) *copier {
	c := &copier{over: over, want: make(chan struct{}, 1), ended: make(chan struct{})}
	go c.work()
	return c
}

func (c *copier) work() {
	defer close(c.ended)
	for range c.want {
		// An error is one that the writer meets as well, and tells.
		var busy, log, copied int
		if c.over.QueryRowContext(context.Background(), copyLog).Scan(&busy, &log, &copied) == nil && log >= longLog {
			c.long.Store(true)
		}
	}
}

// wrote takes note of n submissions more in the log. It tells whether the writer
// is to copy the rest.
func (c *copier) wrote(n int) (rest bool) {
	if c.long.CompareAndSwap(true, false) {
		return true
	}
	c.since += n
	if c.since < copyAfter || time.Since(c.asked) < copyPause {
		return false
	}
	c.since, c.asked = 0, time.Now()
	select {
	case c.want <- struct{}{}:
	default: // it is at it
	}
	return false
}

func (c *copier) close() error {
	close(c.want)
	<-c.ended
	return c.over.Close()
}
