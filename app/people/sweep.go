package people

import (
	"context"
	"time"
)

// How long what is over is kept, for whoever asks what became of it.
const (
	linkKept    = 30 * day
	failureKept = 2 * day
	logKept     = 730 * day
)

// Retention says how long is kept what is kept for a time.
type Retention struct {
	Guest, GuestSession, Session, Leaving, Links, Failures, Log time.Duration
}

// Retained is how long that is.
func Retained() Retention {
	return Retention{Guest: guestIdle, GuestSession: guestIdle, Session: accountIdle, Leaving: leaveTime, Links: linkKept, Failures: failureKept, Log: logKept}
}

// sweepMost bounds what goes at once, so that answers never wait long for it.
const sweepMost = 20

// Stale says what has outlived its use.
type Stale struct {
	Now      time.Time // sessions that have ended by now
	Guests   time.Time // guests who have done nothing since, and whose sessions have ended
	Links    time.Time // links used before, or ended before without being used
	Failures time.Time // failures before
	Log      time.Time // lines of the audit before
}

// Sweep deletes what has outlived its use: guests unused for 90 days with all
// that is theirs, ended sessions, links a month later, failures after two days, lines of the
// audit after two years.
func (d *Desk) Sweep(ctx context.Context) error {
	now := d.Now()
	old := Stale{Now: now, Guests: now.Add(-guestIdle), Links: now.Add(-linkKept), Failures: now.Add(-failureKept), Log: now.Add(-logKept)}
	for {
		n, err := d.Store.Sweep(ctx, old, sweepMost)
		if err != nil || n == 0 {
			return err
		}
	}
}
