package quiz

import (
	"context"
	"errors"
	"time"

	"thaw/app/fault"
	"thaw/app/people"
)

// What a time limit allows.
const (
	grace     = 10 * time.Second // for an answer that is on its way when time is over
	WarnAhead = 2 * time.Minute  // before the end it is said, and more time is offered
	MoreTime  = 5 * time.Minute  // that a learner can take in own practice, as often as wanted
)

// Limited tells whether the sitting runs against time.
func (s Sitting) Limited() bool { return !s.Ends.IsZero() }

// Over tells whether time is over for a sitting that is still open.
func (s Sitting) Over(now time.Time) bool {
	return s.Limited() && !s.Done() && s.Handed.IsZero() && !now.Before(s.Ends)
}

// Waits tells whether what was handed in is still to be judged.
func (s Sitting) Waits() bool { return !s.Done() && !s.Handed.IsZero() }

// ripe tells whether what was handed in can be judged.
func (s Sitting) ripe(now time.Time) bool { return s.Waits() && !now.Before(s.Held) }

// Late tells whether an answer comes too late.
func (s Sitting) Late(now time.Time) bool { return s.Over(now.Add(-grace)) }

// RanOut tells whether a finished sitting was ended by its time.
func (s Sitting) RanOut() bool {
	return s.Limited() && s.Done() && !s.Finished.Before(s.Ends) && (s.Mode == Exam || s.Empty > 0)
}

// Left is the time until the end, never negative; 0 without a limit.
func (s Sitting) Left(now time.Time) time.Duration {
	if !s.Limited() {
		return 0
	}
	return max(s.Ends.Sub(now), 0)
}

// Settle hands a sitting in whose time is over, judges one that was held back until now,
// and tells whether it did either.
func (h Host) Settle(ctx context.Context, who people.Person, s Sitting) (bool, error) {
	if !s.Over(h.Now()) && !s.ripe(h.Now()) {
		return false, nil
	}
	return true, h.HandIn(ctx, who, s.N)
}

// Extend gives a sitting that ends at a time MoreTime beyond it. One that ends at another
// time stays as it is, so that a doubled form extends once. Errors: fault.Missing,
// fault.Conflict when it is over.
func (h Host) Extend(ctx context.Context, who people.Person, n int, ends time.Time) error {
	s, err := h.Store.Sitting(ctx, who.ID, n)
	now := h.Now()
	switch {
	case err != nil:
		return err
	case s.Done() || s.Waits():
		return fault.New(fault.Conflict, "fault.handed_in")
	case s.Late(now):
		return errors.Join(h.HandIn(ctx, who, n), fault.New(fault.Conflict, "fault.time_over"))
	case !s.Limited() || s.Assignment > 0: // that time was given
		return nil
	}
	err = h.Store.Extend(ctx, who.ID, n, ends, ends.Add(MoreTime))
	if errors.Is(err, ErrMoved) {
		return nil // it ends at another time
	}
	return err
}
