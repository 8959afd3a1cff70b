package people

import (
	"context"
	"errors"
	"time"

	"thaw/app/fault"
	"thaw/questions"
)

// leaveTime is how long somebody who leaves can take it back.
const leaveTime = 7 * day

// Ties are what somebody has to settle before leaving, by name.
type Ties struct {
	Last    bool     // nobody else looks after the installation
	Classes []string // in use, that nobody else teaches
	Banks   []string // one's own, given to a class in use
}

// Any tells whether there are some.
func (t Ties) Any() bool { return t.Last || len(t.Classes)+len(t.Banks) > 0 }

// Gone is somebody of whom nothing is kept but a random id.
type Gone struct {
	ID questions.LearnerID
	At time.Time
}

// LeaveStore keeps who is leaving, and forgets them. What it changes it writes
// into the audit, in the same transaction.
type LeaveStore interface {
	// Ties lists what somebody has to settle before leaving.
	Ties(ctx context.Context, who questions.LearnerID) (Ties, error)
	// Leave says when everything of a person goes. The sessions, the links that the
	// person has made and the places in classes end at the act's time.
	// fault.Conflict for the last administrator and for whoever has ties,
	// fault.Missing for who is leaving already.
	Leave(ctx context.Context, who questions.LearnerID, goes time.Time, act Act) error
	// Stay takes that back; the places in classes are had again, under another name
	// where the name is taken by now. fault.Missing for who is not leaving.
	Stay(ctx context.Context, who questions.LearnerID, act Act) error
	// Forget deletes those whose time has come, at most so many, each with all that
	// is theirs in one transaction, and keeps their ids. It returns how many went;
	// no trace is left in the file then.
	Forget(ctx context.Context, now time.Time, most int) (n int, err error)
	// ForgetAgain deletes the listed where they are back, as after a backup was put
	// back, and keeps their ids; Gone lists those kept.
	ForgetAgain(ctx context.Context, list []Gone) (n int, err error)
	Gone(ctx context.Context) ([]Gone, error)
}

// Leaving tells whether everything of the person is about to go.
func (p Person) Leaving() bool { return !p.Goes.IsZero() }

// HasPassword tells whether leaving asks for one.
func (d *Desk) HasPassword(ctx context.Context, who Person) (bool, error) {
	account, err := d.Store.AccountOf(ctx, who.ID)
	return account.Password != "", err
}

// Goes is when everything of somebody goes who leaves now.
func (d *Desk) Goes() time.Time { return d.Now().Add(leaveTime) }

// Leave begins to delete everything about a person: nobody sees them any more,
// every session ends, and in a week it all goes unless they come back to stay. It
// returns when. Who has a password proves to know it; the errors are
// fault.Invalid, fault.Limited, and fault.Conflict for the last administrator and
// for a teacher with ties.
func (d *Desk) Leave(ctx context.Context, who Person, password, address string) (goes time.Time, err error) {
	if err := d.Confirm(ctx, who, password, address, "leave.wrong_password"); err != nil {
		return time.Time{}, err
	}
	act := d.act(who, actLeave, who.ID)
	goes = act.At.Add(leaveTime)
	return goes, d.Store.Leave(ctx, who.ID, goes, act)
}

// proves refuses who does not know the account's password, at a door.
func (d *Desk) proves(ctx context.Context, a Account, password string, at door, wrong fault.Field) error {
	if err := d.open(ctx, at); err != nil {
		return err
	}
	if len(password) > 4*longest {
		password = "" // matches nothing, and takes no longer
	}
	ok, err := matches(ctx, a.Password, password)
	if err != nil || ok {
		return err
	}
	return errors.Join(d.Store.Fail(ctx, at.keys(), d.Now()), fault.Bad([]fault.Field{wrong}))
}

// Stay takes the leaving back: everything is as before.
func (d *Desk) Stay(ctx context.Context, who Person) error {
	return d.Store.Stay(ctx, who.ID, d.act(who, actStay, who.ID))
}

// forgetMost bounds how many go before others get their turn.
const forgetMost = 20

// Forget deletes everything about those whose week is over.
func (d *Desk) Forget(ctx context.Context) error {
	for {
		n, err := d.Store.Forget(ctx, d.Now(), forgetMost)
		if err != nil || n < forgetMost {
			return err
		}
	}
}
