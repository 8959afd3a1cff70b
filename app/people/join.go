package people

import (
	"context"
	"time"

	"thaw/app/fault"
	"thaw/questions"
)

// Member is somebody in a class.
type Member struct {
	Class   questions.ClassID
	N       int // counted per class: stands for the learner in addresses
	Learner questions.LearnerID
	Role    Role // Pupil, or Teacher for who has the class
	Name    string
	Joined  time.Time // nothing before is seen by the class's teachers
	Extra   Extra     // of a pupil: time where it is limited; 0 where a method does not say
}

// Membership is a class as one of its pupils sees it.
type Membership struct {
	Member
	Title    string    // the class's name
	Away     bool      // the class is in the archive
	Teachers []string  // who can look, by name
	Looked   time.Time // when one last looked at this pupil's answers; zero: nobody has
	Looker   string    // who that was
}

// Doorway is the class behind a code.
type Doorway struct {
	Class  Class
	Taught string // by whom
	Mine   Member // what the visitor is in it; zero: nothing
	Seats  bool   // it has seats that a PIN opens
	Seated bool   // the visitor has a place, in this class or another
}

// MemberStore keeps who is in which class.
type MemberStore interface {
	// Memberships lists the classes in which somebody is a pupil.
	Memberships(ctx context.Context, who questions.LearnerID) ([]Membership, error)
	// SeenBy is Memberships and, in the same query, every look at somebody's answers that was
	// written down, the newest first.
	SeenBy(ctx context.Context, who questions.LearnerID) ([]Membership, []Look, error)
	// Doorway returns the class in use that has a code; fault.Missing for a code
	// of none.
	Doorway(ctx context.Context, code string, who questions.LearnerID) (Doorway, error)
	// Join makes somebody a pupil of a class, all in one transaction; who is in it
	// already stays as they are. fault.Missing for a class that is not in use,
	// fault.Conflict for a name taken there.
	Join(ctx context.Context, j Joining) (Member, error)
	// Leave takes a pupil out; fault.Missing for who is none.
	Leave(ctx context.Context, class questions.ClassID, who questions.LearnerID, now time.Time) error
	// Pupil returns a pupil of a class that the teacher has; fault.Missing for
	// any other.
	Pupil(ctx context.Context, teacher questions.LearnerID, class questions.ClassID, n int) (Member, Account, error)
	// Remove takes a pupil out and writes the audit's line.
	Remove(ctx context.Context, m Member, act Act) error
	// Reset ends the sessions of a pupil, forgets the password, and stores the
	// link that lets the pupil back in, in place of the one before.
	Reset(ctx context.Context, l Link, act Act) error
}

// Joining is somebody on the way into a class.
type Joining struct {
	Class        questions.ClassID
	Who          Person
	Name, Folded string // in the class
	At           time.Time
	Newcomer     *Newcomer // who comes into being with it; nil: somebody known
}

// Joined is what came of it.
type Joined struct {
	Doorway
	Opened *Opened // of a newcomer
}

// Who is whoever is in now.
func (j Joined) Who(known Person) Person {
	if j.Opened != nil {
		return j.Opened.Person
	}
	return known
}

// Knock shows the class behind a code to who stands before it. What is no code
// of a class in use, and what was one, is fault.Missing.
func (c Classes) Knock(ctx context.Context, typed string, who Person, address string) (Doorway, error) {
	code, ok := ReadCode(typed)
	if !ok {
		return Doorway{}, fault.New(fault.Missing, "people.code_wrong")
	}
	door := codeDoor(code, address)
	if err := c.Desk.open(ctx, door); err != nil {
		return Doorway{}, err
	}
	behind, err := c.Members.Doorway(ctx, code, who.ID)
	if !fault.Is(err, fault.Missing) {
		return behind, err
	}
	if err := c.Desk.Store.Fail(ctx, door.keys(), c.Desk.Now()); err != nil {
		return Doorway{}, err
	}
	return Doorway{}, fault.New(fault.Missing, "people.code_wrong")
}

// Ticket is what somebody who joins has filled in. Its token makes a doubled
// submit meet the same newcomer.
type Ticket struct {
	Code, Name, Token   string
	Address, Lang, Zone string
}

// Join makes somebody a pupil of the class behind a code: who has an account
// under its name unless the ticket has another, a guest or a newcomer under the
// ticket's. The errors are fault.Missing for a wrong code, fault.Invalid and
// fault.Conflict for a name, and for a class that nobody joins without a seat.
func (c Classes) Join(ctx context.Context, who Person, t Ticket) (Joined, error) {
	if err := CheckToken(t.Token); err != nil {
		return Joined{}, err
	}
	behind, err := c.Knock(ctx, t.Code, who, t.Address)
	joined := Joined{Doorway: behind}
	if err != nil || behind.Mine.N > 0 {
		return joined, err
	}
	if behind.Class.Listed {
		return joined, fault.New(fault.Conflict, "seat.listed")
	}
	if t.Name == "" && who.Known() {
		t.Name = who.Name
	}
	name, wrong := cleanName(t.Name)
	if err := fault.Bad(wrong); err != nil {
		return joined, err
	}
	j := Joining{Class: behind.Class.ID, Who: who, Name: name, Folded: Fold(name), At: c.Desk.Now()}
	if who.ID == 0 {
		opened, words, err := c.Desk.Newcomer(ctx, "join "+behind.Class.Code+" "+j.Folded+" "+t.Token, t.Address, t.Lang, t.Zone)
		if err != nil {
			return joined, err
		}
		j.Who, joined.Opened = opened.Person, &opened
		j.Newcomer = &Newcomer{Person: opened.Person, Session: opened.Session, Words: words}
	}
	joined.Mine, err = c.Members.Join(ctx, j)
	return joined, err
}

// Leave takes a pupil out of a class: its teachers see nothing any more.
func (c Classes) Leave(ctx context.Context, who Person, class questions.ClassID) error {
	return c.Members.Leave(ctx, class, who.ID, c.Desk.Now())
}

// Remove takes pupil n out of a teacher's class.
func (c Classes) Remove(ctx context.Context, teacher Person, class questions.ClassID, n int) error {
	m, _, err := c.Members.Pupil(ctx, teacher.ID, class, n)
	if err != nil {
		return err
	}
	return c.Members.Remove(ctx, m, c.act(teacher, actRemove, m))
}

// Looked writes down that a teacher looked at a pupil's answers.
func (c Classes) Looked(ctx context.Context, teacher Person, m Member) error {
	return c.Desk.Store.Audit(ctx, c.act(teacher, actLook, m))
}

func (c Classes) act(teacher Person, what string, m Member) Act {
	return Act{At: c.Desk.Now(), Actor: teacher.ID, What: what, About: m.Learner, Class: m.Class}
}
