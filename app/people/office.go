package people

import (
	"context"
	"time"

	"thaw/app/fault"
	"thaw/questions"
)

// Order says how people are listed.
type Order string

// The orders.
const (
	ByName  Order = "name"
	ByRole  Order = "role"
	BySince Order = "since" // newest first
	BySeen  Order = "seen"  // latest first
	ByGoing Order = "going" // who is leaving first, the soonest before
)

// Orders lists them; anything else is by name.
func Orders() []Order { return []Order{ByName, ByRole, BySince, BySeen, ByGoing} }

// PageSize is how many people a page lists.
const PageSize = 50

// Search says which accounts to list.
type Search struct {
	Name  string // a part of it, in any case; "": everybody
	Order Order
	Page  int // from 1
}

// Listed is somebody with an account, as an administrator sees them.
type Listed struct {
	Person
	Off  bool
	Seen time.Time // the latest of the sessions that are open; zero: none is
}

// Crowd counts who is there, without looking at anybody's answers.
type Crowd struct {
	Accounts int
	Classes  int // in use
	Pupils   int // places taken in them
	Guests   int // of these, by somebody without an account
}

// Offered is a link that is open, with its maker's name.
type Offered struct {
	Link
	MakerName string
}

// OfficeStore is what looking after people needs kept. What it changes it
// writes into the audit, in the same transaction.
type OfficeStore interface {
	HouseStore
	LogStore
	// People lists a page of accounts and counts all that the search finds.
	People(ctx context.Context, s Search) (list []Listed, all int, err error)
	// Crowd counts.
	Crowd(ctx context.Context) (Crowd, error)
	// SetRole gives an account a role. Its sessions and the links that it has made
	// end. fault.Missing for nobody, fault.Conflict for the last administrator.
	SetRole(ctx context.Context, who questions.LearnerID, role Role, act Act) error
	// SetOff shuts an account, which ends the same, or opens it again.
	SetOff(ctx context.Context, who questions.LearnerID, off bool, act Act) error
	// Links lists the links of a kind that are open and let a person in; of
	// invitations, which are for nobody yet, all.
	Links(ctx context.Context, what string, about questions.LearnerID, now time.Time) ([]Offered, error)
	// Offer stores a link, in place of the open ones of the same kind that the
	// maker has made for the same person. One that is there already stays.
	Offer(ctx context.Context, l Link, act Act) error
	// Revoke takes back an open link of a kind; fault.Missing when there is none.
	Revoke(ctx context.Context, what string, hash []byte, act Act) error
	// Accept uses an invitation up; fault.Conflict when it has been, or when the
	// name is taken.
	Accept(ctx context.Context, a Acceptance) error
}

// SetRole gives somebody a role.
func (d *Desk) SetRole(ctx context.Context, admin Person, who questions.LearnerID, role Role) error {
	if role != Pupil && role != Teacher && role != Admin {
		return fault.Bad([]fault.Field{{Name: "role", Key: "people.role_unknown"}})
	}
	return d.Office.SetRole(ctx, who, role, d.act(admin, actRole+string(role), who))
}

// SetOff shuts somebody's account, or opens it again.
func (d *Desk) SetOff(ctx context.Context, admin Person, who questions.LearnerID, off bool) error {
	what := actOn
	if off {
		what = actOff
	}
	return d.Office.SetOff(ctx, who, off, d.act(admin, what, who))
}

// LetIn makes a sign-in link for somebody that the administrator can see again
// while it is open. The same token makes one.
func (d *Desk) LetIn(ctx context.Context, admin Person, who questions.LearnerID, token string) error {
	if err := CheckToken(token); err != nil {
		return err
	}
	account, err := d.Store.AccountOf(ctx, who)
	if err != nil {
		return err
	}
	if !account.Known() || account.Off {
		return fault.New(fault.Missing, "fault.missing")
	}
	now := d.Now()
	l, err := d.offer(ctx, Link{What: signInLink, Learner: who, Maker: admin.ID, Made: now, Ends: now.Add(linkLife)}, token)
	if err != nil {
		return err
	}
	return d.Office.Offer(ctx, l, d.act(admin, actLink, who))
}

// WayIn is the sign-in link that an administrator has made for somebody and
// that is still open; "" when there is none.
func (d *Desk) WayIn(ctx context.Context, admin Person, who questions.LearnerID) (value string, ends time.Time, err error) {
	links, err := d.Office.Links(ctx, signInLink, who, d.Now())
	for _, l := range links {
		if err == nil && l.Maker == admin.ID && l.Nonce != "" {
			value, err = d.value(ctx, l.Link)
			ends = l.Ends
		}
	}
	return value, ends, err
}

func (d *Desk) act(who Person, what string, about questions.LearnerID) Act {
	return Act{At: d.Now(), Actor: who.ID, What: what, About: about}
}
