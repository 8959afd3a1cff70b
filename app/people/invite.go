package people

import (
	"context"

	"thaw/app/fault"
)

// inviteLink makes somebody a teacher or an administrator. stored: never rename
const inviteLink = "invite"

// inviteLife is how long an invitation is good.
const inviteLife = 7 * day

// Invitation is one that is open.
type Invitation struct {
	Offered
	Value string // of the link, for its maker alone
}

// Acceptance is somebody who takes an invitation up: the account as it becomes,
// made anew, of a guest, or with another role.
type Acceptance struct {
	Link    []byte
	Account Account
	Folded  string
	Words   []byte // of a new account
	Guest   bool   // the account is a guest's until now
	Known   bool   // it has been an account before: only the role is new
	Next    Session
	Act     Act
}

// Invite makes an invitation. The same token makes one.
func (d *Desk) Invite(ctx context.Context, admin Person, role Role, token string) error {
	if role != Teacher && role != Admin {
		return fault.Bad([]fault.Field{{Name: "role", Key: "people.role_unknown"}})
	}
	if err := CheckToken(token); err != nil {
		return err
	}
	now := d.Now()
	l, err := d.offer(ctx, Link{What: inviteLink, Role: role, Maker: admin.ID, Made: now, Ends: now.Add(inviteLife)}, token)
	if err != nil {
		return err
	}
	return d.Office.Offer(ctx, l, d.act(admin, actInvite, 0))
}

// Invitations lists those that are open; the links of one's own with their
// values.
func (d *Desk) Invitations(ctx context.Context, admin Person) ([]Invitation, error) {
	links, err := d.Office.Links(ctx, inviteLink, 0, d.Now())
	list := make([]Invitation, len(links))
	for i, l := range links {
		list[i].Offered = l
		if err == nil && l.Maker == admin.ID {
			list[i].Value, err = d.value(ctx, l.Link)
		}
	}
	return list, err
}

// Revoke takes an open invitation back.
func (d *Desk) Revoke(ctx context.Context, admin Person, hash []byte) error {
	return d.Office.Revoke(ctx, inviteLink, hash, d.act(admin, actRevoke, 0))
}

// Invited returns the invitation of a link's value; fault.Missing for one that
// has been used, has ended or was taken back.
func (d *Desk) Invited(ctx context.Context, value, address string) (Link, error) {
	return d.good(ctx, value, address, "people.invite_gone", inviteLink)
}

// Has tells whether somebody may already do what a role may.
func (p Person) Has(role Role) bool { return p.Role == role || p.Role == Admin }

// Accept takes an invitation up: whoever is signed in gets the role, anybody
// else an account with it; what a guest has learned and written comes along. The
// errors are fault.Invalid, field by field, fault.Conflict for a taken name and
// for who has the role already.
func (d *Desk) Accept(ctx context.Context, value string, who Person, a Application, address string) (Opened, error) {
	l, err := d.Invited(ctx, value, address)
	if err != nil {
		return Opened{}, err
	}
	taken := Acceptance{Link: l.Hash, Known: who.Known(), Guest: who.ID != 0 && !who.Known()}
	if taken.Known {
		if who.Has(l.Role) {
			return Opened{}, fault.New(fault.Conflict, "people.invite_have")
		}
		taken.Account = Account{Person: who}
	} else if taken.Account, taken.Folded, taken.Words, err = d.applied(ctx, who, a); err != nil {
		return Opened{}, err
	}
	taken.Account.Role = l.Role
	opened, err := d.session(taken.Account.Person, false)
	if err != nil {
		return Opened{}, err
	}
	taken.Next, taken.Act = opened.Session, d.act(taken.Account.Person, actAccept, taken.Account.ID)
	return opened, d.Office.Accept(ctx, taken)
}
