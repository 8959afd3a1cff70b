package people

import (
	"context"
	"strings"
	"time"
	"unicode/utf8"

	"thaw/app/fault"
	"thaw/app/fsrs"
	"thaw/questions"
)

const (
	// readFor is how long a reason lets an administrator read somebody's answers.
	readFor = 30 * time.Minute
	// shortestReason and longestReason are in letters.
	shortestReason = 10
	longestReason  = 200
)

// Look is one at somebody's answers, an administrator's or a teacher's.
type Look struct {
	At      time.Time
	By      string // whose; "" of somebody who is gone
	Reason  string // of an administrator's
	Teacher bool
	Class   string // of a teacher's
}

// Ends is when the look is over.
func (l Look) Ends() time.Time { return l.At.Add(readFor) }

// Kept is a class as an administrator sees it: counts, and nobody's answers.
type Kept struct {
	Class
	Teachers []string // the founder first
	Last     fsrs.Day // on which one of its pupils answered anything; 0: never
}

// Handing gives a class to another teacher.
type Handing struct {
	Class   questions.ClassID
	To      Person
	Founder bool // in place of who has made it, who stays a co-teacher
	Act     Act
}

// HouseStore is what an administrator looks after beside people. What it changes it writes
// into the audit, in the same transaction.
type HouseStore interface {
	// SetInvited stores whether accounts are made by invitation or from a class alone.
	SetInvited(ctx context.Context, invited bool, act Act) error
	// Sits tells whether somebody is a pupil of a class.
	Sits(ctx context.Context, who questions.LearnerID) (bool, error)
	// AllClasses lists a page of all classes whose name or teacher's name has a text, however
	// it is written, those in use first and by name, and counts them.
	AllClasses(ctx context.Context, name string, page int) (list []Kept, all int, err error)
	// AnyClass is one of them with its pupils by name; fault.Missing for none.
	AnyClass(ctx context.Context, id questions.ClassID) (Kept, []Member, error)
	// Shelve puts a class into the archive, or takes it out with the zero time.
	Shelve(ctx context.Context, id questions.ClassID, at time.Time, act Act) error
	// HandOver lets another teacher have a class. fault.Missing for no class,
	// fault.Conflict for who is a pupil there.
	HandOver(ctx context.Context, h Handing) error
	// Reading returns somebody, with the latest reason that an administrator has given
	// since a time to read their answers; fault.Missing for nobody.
	Reading(ctx context.Context, admin, who questions.LearnerID, since time.Time) (Person, Look, error)
	// Looks lists who has read somebody's answers as an administrator, the newest first.
	Looks(ctx context.Context, who questions.LearnerID, most int) ([]Look, error)
	// AnswersOn counts people with answers on a study day, and the answers.
	AnswersOn(ctx context.Context, day fsrs.Day) (people, answers int, err error)
}

// MaySignUp tells whether somebody may make an account: anybody, or where accounts are
// made by invitation, a guest who is in a class.
func (d *Desk) MaySignUp(ctx context.Context, who Person) (bool, error) {
	school, err := d.Store.School(ctx)
	switch {
	case err != nil || !school.Invited:
		return err == nil, err
	case who.ID == 0:
		return false, nil
	}
	return d.Office.Sits(ctx, who.ID)
}

// SetInvited says whether accounts are made by invitation or from a class alone.
func (d *Desk) SetInvited(ctx context.Context, admin Person, invited bool) error {
	what := actAnybody
	if invited {
		what = actInvited
	}
	return d.Office.SetInvited(ctx, invited, d.act(admin, what, 0))
}

// Shelve puts any class into the archive, or takes it out.
func (d *Desk) Shelve(ctx context.Context, admin Person, id questions.ClassID, away bool) error {
	act, at := d.act(admin, actBack, 0), time.Time{}
	if act.Class = id; away {
		act.What, at = actAway, d.Now()
	}
	return d.Office.Shelve(ctx, id, at, act)
}

// HandOver lets another teacher, by name, have any class: beside who has it, or as if that
// one had made it. fault.Invalid for a name of no teacher, and for the administrator's own:
// whoever looks into a class without a reason is let in by somebody else.
func (d *Desk) HandOver(ctx context.Context, admin Person, id questions.ClassID, name string, founder bool) error {
	other, err := d.teacher(ctx, name)
	if err != nil {
		return err
	}
	if other.ID == admin.ID {
		return fault.Bad([]fault.Field{{Name: "teacher", Key: "all.hand_self"}})
	}
	act := d.act(admin, actStaff, other.ID)
	if act.Class = id; founder {
		act.What = actHand
	}
	return d.Office.HandOver(ctx, Handing{Class: id, To: other, Founder: founder, Act: act})
}

// teacher is somebody who teaches here, by name; fault.Invalid for anybody else.
func (d *Desk) teacher(ctx context.Context, name string) (Person, error) {
	other, err := d.Store.AccountNamed(ctx, Fold(name))
	if err != nil && !fault.Is(err, fault.Missing) {
		return Person{}, err
	}
	if err != nil || !other.Teaches() || other.Off {
		return Person{}, fault.Bad([]fault.Field{{Name: "teacher", Key: "staff.unknown"}})
	}
	return other.Person, nil
}

// Inspect writes down why an administrator reads somebody's answers, which lets them do so
// for half an hour. The person sees it. fault.Invalid for a reason that says too little.
func (d *Desk) Inspect(ctx context.Context, admin Person, who questions.LearnerID, reason string) error {
	reason = strings.Join(strings.Fields(reason), " ")
	if n := utf8.RuneCountInString(reason); n < shortestReason || n > longestReason || strings.ContainsFunc(reason, unprintable) {
		return fault.Bad([]fault.Field{{Name: "reason", Key: "look.reason_bad", Args: []any{shortestReason, longestReason}}})
	}
	if _, _, err := d.Reading(ctx, admin, who); err != nil {
		return err
	}
	act := d.act(admin, actRead, who)
	act.Reason = reason
	return d.Store.Audit(ctx, act)
}

// Reading returns somebody, with the look at their answers that is under way; the zero one
// where the administrator has to give a reason first.
func (d *Desk) Reading(ctx context.Context, admin Person, who questions.LearnerID) (Person, Look, error) {
	return d.Office.Reading(ctx, admin.ID, who, d.Now().Add(-readFor))
}
