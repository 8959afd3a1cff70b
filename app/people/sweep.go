package people

import (
	"context"
	"time"
)

// How long what is over is kept, for whoever asks what became of it.
const (
	linkKept    = 30 * day
	failureKept = 2 * day
)

// sweepMost bounds what goes at once, so that answers never wait long for it.
const sweepMost = 20

// Stale says what has outlived its use.
type Stale struct {
	Now      time.Time // sessions that have ended by now
	Guests   time.Time // guests who have done nothing since, and whose sessions have ended
	Links    time.Time // links used before, or ended before without being used
	Failures time.Time // failures before
}

// Sweep deletes what has outlived its use: guests unused for 90 days with all
// that is theirs, ended sessions, links a month later, failures after two days.
func (d *Desk) Sweep(ctx context.Context) error {
	now := d.Now()
	old := Stale{Now: now, Guests: now.Add(-guestIdle), Links: now.Add(-linkKept), Failures: now.Add(-failureKept)}
	for {
		n, err := d.Store.Sweep(ctx, old, sweepMost)
		if err != nil || n == 0 {
			return err
		}
	}
}
