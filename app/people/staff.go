package people

import (
	"context"

	"thaw/app/fault"
	"thaw/questions"
)

// StaffStore keeps who teaches a class together.
type StaffStore interface {
	StaffLinkStore
	// StaffAdd lets another teacher teach a class, too; who does already stays.
	// fault.Missing when the first one does not teach it, fault.Conflict for who is
	// a pupil there.
	StaffAdd(ctx context.Context, class questions.ClassID, teacher questions.LearnerID, other Person, act Act) error
	// StaffLeave ends that for the teacher of a number, but never for who has made
	// the class: fault.Missing.
	StaffLeave(ctx context.Context, class questions.ClassID, n int, act Act) error
}

// Founder tells whether a member has made the class: nobody takes the founder out.
func (m Member) Founder() bool { return m.Role == Teacher && m.N == 1 }

// AddStaff lets another teacher of the school, by name, teach a class: that one
// sees the class as whoever has made it. fault.Invalid for a name of no teacher.
func (c Classes) AddStaff(ctx context.Context, teacher Person, id questions.ClassID, name string) error {
	if _, err := c.Store.Class(ctx, teacher.ID, id); err != nil {
		return err
	}
	other, err := c.Desk.teacher(ctx, name)
	if err != nil {
		return err
	}
	return c.Staff.StaffAdd(ctx, id, teacher.ID, other, c.act(teacher, actStaff, Member{Class: id, Learner: other.ID}))
}

// MayDrop tells whether somebody may take a teacher out: oneself, or whomever if one
// has made the class; nobody the founder.
func (r Roster) MayDrop(who Person, t Member) bool {
	made := len(r.Teachers) > 0 && r.Teachers[0].Founder() && r.Teachers[0].Learner == who.ID
	return !t.Founder() && (made || t.Learner == who.ID)
}

// DropStaff takes the teacher of a number out of a class, and tells whether that was
// oneself. fault.Missing for whom one may not take out.
func (c Classes) DropStaff(ctx context.Context, teacher Person, id questions.ClassID, n int) (self bool, err error) {
	r, err := c.Roster(ctx, teacher, id)
	if err != nil {
		return false, err
	}
	for _, t := range r.Teachers {
		if t.N == n && r.MayDrop(teacher, t) {
			return t.Learner == teacher.ID, c.Staff.StaffLeave(ctx, id, n, c.act(teacher, actPart, t))
		}
	}
	return false, fault.New(fault.Missing, "fault.missing")
}
