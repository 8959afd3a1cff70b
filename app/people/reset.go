package people

import (
	"context"
	"time"

	"thaw/app/fault"
	"thaw/questions"
)

// resetLink is what a teacher gives a pupil who is locked out. stored: never
// rename
const resetLink = "reset"

// resetLife is how long it is good.
const resetLife = day

// Way back is what a class teacher hands to a pupil.
type WayBack struct {
	Member Member
	Guest  bool   // the pupil has no account: there is no password to choose
	Staff  bool   // the pupil teaches somewhere: no teacher resets that
	Value  string // of the link that is open; "": there is none
	Ends   time.Time
}

// WayBack returns how pupil n of a teacher's class stands: the link that this
// teacher has made, while it is open.
func (c Classes) WayBack(ctx context.Context, teacher Person, class questions.ClassID, n int) (WayBack, error) {
	m, account, err := c.Members.Pupil(ctx, teacher.ID, class, n)
	if err != nil {
		return WayBack{}, err
	}
	back := WayBack{Member: m, Guest: !account.Known(), Staff: account.Teaches()}
	links, err := c.Desk.Office.Links(ctx, resetLink, m.Learner, c.Desk.Now())
	for _, l := range links {
		if err == nil && l.Maker == teacher.ID {
			back.Ends = l.Ends
			back.Value, err = c.Desk.value(ctx, l.Link)
		}
	}
	return back, err
}

// Reset signs pupil n of a teacher's class out everywhere, forgets the password
// and makes a link by which the pupil comes in and chooses a new one. The same
// token makes one link. Who teaches somewhere is fault.Denied.
func (c Classes) Reset(ctx context.Context, teacher Person, class questions.ClassID, n int, token string) error {
	m, account, err := c.Members.Pupil(ctx, teacher.ID, class, n)
	if err != nil {
		return err
	}
	if account.Teaches() {
		return fault.New(fault.Denied, "people.reset_staff")
	}
	if err := CheckToken(token); err != nil {
		return err
	}
	now := c.Desk.Now()
	l, err := c.Desk.offer(ctx, Link{What: resetLink, Learner: m.Learner, Maker: teacher.ID, Made: now, Ends: now.Add(resetLife)}, token)
	if err != nil {
		return err
	}
	return c.Members.Reset(ctx, l, c.act(teacher, actReset, m))
}
