package people

import (
	"context"
	"encoding/binary"
	"encoding/hex"

	"thaw/app/fault"
	"thaw/questions"
)

// FeedStore keeps the links by which calendars look in.
type FeedStore interface {
	// SetFeed stores the keyed hash of a person's calendar link and its generation;
	// without a hash there is none.
	SetFeed(ctx context.Context, who questions.LearnerID, n int, hash []byte) error
	// AccountByFeed finds who has a link and is neither shut out nor leaving.
	AccountByFeed(ctx context.Context, hash []byte) (Account, error)
}

// Feed is what a person's calendar link holds, "" where there is none. It follows
// from the installation's key, as recovery words do, so that it can be shown
// again and is stored nowhere but as a keyed hash.
func (d *Desk) Feed(ctx context.Context, who Person) (string, error) {
	if !who.Feed {
		return "", nil
	}
	key, err := d.secret(ctx)
	return feedValue(key, who.ID, who.FeedN), err
}

func feedValue(key []byte, who questions.LearnerID, n int) string {
	learner := binary.BigEndian.AppendUint64(nil, uint64(who))                                                 // #nosec G115 -- bits
	return hex.EncodeToString(keyed(key, "feed", learner, binary.BigEndian.AppendUint64(nil, uint64(n)))[:20]) // #nosec G115 -- bits
}

func feedHash(key []byte, value string) []byte { return keyed(key, "feed link", []byte(value)) }

// RenewFeed makes a calendar link; the one before it shows nothing any more.
func (d *Desk) RenewFeed(ctx context.Context, who Person) error {
	key, err := d.secret(ctx)
	if err != nil {
		return err
	}
	n := who.FeedN + 1
	return d.Store.SetFeed(ctx, who.ID, n, feedHash(key, feedValue(key, who.ID, n)))
}

// StopFeed switches the calendar link off.
func (d *Desk) StopFeed(ctx context.Context, who Person) error {
	return d.Store.SetFeed(ctx, who.ID, who.FeedN, nil)
}

// FeedOf returns whose calendar a link is; fault.Missing for a link of nobody,
// fault.Limited for an address that has tried too many.
func (d *Desk) FeedOf(ctx context.Context, value, address string) (Person, error) {
	door := linkDoor(address)
	if err := d.open(ctx, door); err != nil {
		return Person{}, err
	}
	key, err := d.secret(ctx)
	if err != nil {
		return Person{}, err
	}
	account, err := d.Store.AccountByFeed(ctx, feedHash(key, value))
	if fault.Is(err, fault.Missing) {
		if err := d.Store.Fail(ctx, door.keys(), d.Now()); err != nil {
			return Person{}, err
		}
	}
	return account.Person, err
}
