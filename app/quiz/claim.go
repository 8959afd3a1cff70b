package quiz

import (
	"context"
	"time"

	"thaw/app/people"
	"thaw/app/study"
	"thaw/questions"
)

var _ people.Claimer = Host{}

// ClaimInto implements people.Claimer: both pasts are loaded and replayed as one,
// and stored unless one of them has moved on meanwhile.
func (h Host) ClaimInto(ctx context.Context, guest questions.LearnerID, who people.Person, w people.Way) error {
	return insist(func() error { return h.claimInto(ctx, guest, who, w) })
}

func (h Host) claimInto(ctx context.Context, guest questions.LearnerID, who people.Person, w people.Way) error {
	_, on, err := h.Store.Rulings(ctx, who.ID, 0)
	if err != nil {
		return err
	}
	_, onGuest, err := h.Store.Rulings(ctx, guest, 0)
	if err != nil {
		return err
	}
	theirs, err := h.Store.Pasts(ctx, guest)
	if err != nil {
		return err
	}
	mine, err := h.Store.Pasts(ctx, who.ID)
	if err != nil {
		return err
	}
	now := h.Now().UTC().Truncate(time.Millisecond)
	zone := who.Location()
	here := study.Event{Learner: who.ID, At: now, Day: study.Calendar(zone).Day(now), Zone: zone.String()}
	claimed := study.ClaimInto(mine, theirs, guest, here)
	claimed.Stand, claimed.GuestStand = on, onGuest
	return h.Store.ClaimInto(ctx, claimed, w)
}
