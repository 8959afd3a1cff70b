package people

import (
	"context"

	"thaw/app/fault"
	"thaw/questions"
)

// staffLink lets a teacher of the school teach a class, too. stored: never rename
const staffLink = "staff"

// staffLife is how long such a link is good.
const staffLife = 7 * day

// StaffLink is such a link, for whoever holds it.
type StaffLink struct {
	Link
	Title   string // of the class
	By      string // who has made it
	Teaches bool   // whoever holds it teaches the class already
	Pupil   bool   // or is a pupil there
}

// StaffLinkStore keeps the links by which others come to teach a class. To whoever does not
// teach it the class is fault.Missing. What it changes it writes into the audit.
type StaffLinkStore interface {
	// StaffOffer stores a link for the class; one that is there already stays.
	StaffOffer(ctx context.Context, l Link, act Act) error
	// StaffOffers lists the open links of a class that a teacher of it may see.
	StaffOffers(ctx context.Context, teacher questions.LearnerID, l Link) ([]Offered, error)
	// StaffRevoke takes an open one back; fault.Missing when there is none.
	StaffRevoke(ctx context.Context, teacher questions.LearnerID, l Link, act Act) error
	// StaffLink says to somebody what a link is for; fault.Missing once its maker does not
	// teach the class any more.
	StaffLink(ctx context.Context, who questions.LearnerID, hash []byte) (StaffLink, error)
	// StaffAccept uses a link up and lets somebody teach its class. fault.Conflict when it
	// has been used, for who teaches the class already and for who is a pupil there; then
	// it stays as it was.
	StaffAccept(ctx context.Context, who Person, l StaffLink, act Act) error
}

// OfferStaff makes a link that lets one teacher of the school teach the class, too. The same
// token makes one.
func (c Classes) OfferStaff(ctx context.Context, teacher Person, id questions.ClassID, token string) error {
	if _, err := c.Store.Class(ctx, teacher.ID, id); err != nil {
		return err
	}
	if err := CheckToken(token); err != nil {
		return err
	}
	now := c.Desk.Now()
	l, err := c.Desk.offer(ctx, Link{What: staffLink, Maker: teacher.ID, Class: id, Made: now, Ends: now.Add(staffLife)}, token)
	if err != nil {
		return err
	}
	return c.Staff.StaffOffer(ctx, l, c.act(teacher, actOffer, Member{Class: id}))
}

// StaffOffers lists the links of a class that are open; one's own with their values.
func (c Classes) StaffOffers(ctx context.Context, teacher Person, id questions.ClassID) ([]Invitation, error) {
	links, err := c.Staff.StaffOffers(ctx, teacher.ID, Link{What: staffLink, Class: id, Made: c.Desk.Now()})
	list := make([]Invitation, len(links))
	for i, l := range links {
		list[i].Offered = l
		if err == nil && l.Maker == teacher.ID {
			list[i].Value, err = c.Desk.value(ctx, l.Link)
		}
	}
	return list, err
}

// RevokeStaff takes an open link of a class back, whoever of its teachers has made it.
func (c Classes) RevokeStaff(ctx context.Context, teacher Person, id questions.ClassID, hash []byte) error {
	return c.Staff.StaffRevoke(ctx, teacher.ID, Link{What: staffLink, Class: id, Hash: hash}, c.act(teacher, actRecall, Member{Class: id}))
}

// StaffOffered returns the link of a value, and uses nothing up; fault.Missing for one that
// has been used, has ended or was taken back.
func (c Classes) StaffOffered(ctx context.Context, who Person, value, address string) (StaffLink, error) {
	l, err := c.Desk.good(ctx, value, address, "staff.link_gone", staffLink)
	if err != nil {
		return StaffLink{}, err
	}
	offered, err := c.Staff.StaffLink(ctx, who.ID, l.Hash)
	if fault.Is(err, fault.Missing) {
		return StaffLink{}, fault.New(fault.Missing, "staff.link_gone")
	}
	return offered, err
}

// AcceptStaff lets whoever holds a link teach its class, once, and returns the class.
// fault.Denied for who does not teach at all, fault.Conflict for who teaches the class
// already or is a pupil there. Sent twice, it leads to the class again.
func (c Classes) AcceptStaff(ctx context.Context, who Person, value, address string) (questions.ClassID, error) {
	if l, err := c.Desk.Store.Link(ctx, hashOf(value)); err == nil && l.What == staffLink && !l.Used.IsZero() && l.Learner == who.ID {
		return l.Class, nil
	}
	l, err := c.StaffOffered(ctx, who, value, address)
	if err != nil {
		return 0, err
	}
	if !who.Teaches() {
		return 0, fault.New(fault.Denied, "staff.link_pupil")
	}
	return l.Class, c.Staff.StaffAccept(ctx, who, l, c.act(who, actAccept, Member{Class: l.Class, Learner: who.ID}))
}
