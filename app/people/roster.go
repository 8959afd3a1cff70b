package people

import (
	"context"
	"slices"
	"strconv"
	"time"

	"thaw/app/fault"
	"thaw/questions"
)

// Seat is a pupil's place in a class, as it stands on the class's list.
type Seat struct {
	Member
	Claimed time.Time // when somebody first came to it; zero: it is free
	PIN     int       // generation of the PIN; 0: there is none
	Made    time.Time // of the PIN
	Account bool      // its pupil has a name and a password, and comes in by those
}

// Free tells whether nobody has come to the seat yet.
func (s Seat) Free() bool { return s.Claimed.IsZero() }

// Roster is a class with all who are in it.
type Roster struct {
	Class    Class
	Seats    []Seat   // by name
	Teachers []Member // in the order in which they came; the first has made the class
}

// Slip is what is cut out for a pupil.
type Slip struct {
	Seat
	Pass   string // of the link
	Digits string // the PIN
}

// RosterStore keeps the list of a class. To whoever does not teach the class it
// is fault.Missing.
type RosterStore interface {
	// Roster returns a class with all who are in it.
	Roster(ctx context.Context, teacher questions.LearnerID, id questions.ClassID) (Roster, error)
	// SeatsAdd makes seats, all or none, under the next numbers of the class.
	// fault.Conflict for a name that is taken there meanwhile.
	SeatsAdd(ctx context.Context, teacher questions.LearnerID, seats []NewSeat) error
	// Renew gives seats their next PINs and ends the sessions of who sits there. Of
	// each it writes a line of the audit and forgets what its door has refused. Who
	// has an account is left out.
	Renew(ctx context.Context, seats []Seat, by Act) error
	// SeatName calls a pupil otherwise; fault.Conflict for a name that is taken there.
	SeatName(ctx context.Context, teacher questions.LearnerID, class questions.ClassID, n int, name, folded string) error
	// SeatExtra sets how much time a pupil has.
	SeatExtra(ctx context.Context, teacher questions.LearnerID, class questions.ClassID, n int, e Extra) error
	// ClassListed sets whether only who has a seat may join; ClassOpen until when
	// the names of the seats may be chosen from.
	ClassListed(ctx context.Context, teacher questions.LearnerID, id questions.ClassID, listed bool) error
	ClassOpen(ctx context.Context, teacher questions.LearnerID, id questions.ClassID, until time.Time) error
}

// NewSeat is a seat that comes into being, with a learner of its own.
type NewSeat struct {
	Seat
	Folded string
	Person Person
}

const (
	// openFor is how long names may be chosen from.
	openFor = 15 * time.Minute
	// slipsFor is how long slips can be printed after their PINs were made.
	slipsFor = time.Hour
)

// Roster returns a teacher's class with all who are in it.
func (c Classes) Roster(ctx context.Context, teacher Person, id questions.ClassID) (Roster, error) {
	return c.List.Roster(ctx, teacher.ID, id)
}

// Added is what came of a pasted list of names.
type Added struct {
	Roster Roster
	Lines  []Pasted
}

// New counts the names that make a seat.
func (a Added) New() int {
	n := 0
	for _, l := range a.Lines {
		if l.New {
			n++
		}
	}
	return n
}

// Preview says what would come of a pasted list of names, and stores nothing.
// With whole, surnames are kept in full.
func (c Classes) Preview(ctx context.Context, teacher Person, id questions.ClassID, names string, whole bool) (Added, error) {
	r, err := c.Roster(ctx, teacher, id)
	return Added{Roster: r, Lines: Paste(names, r, whole)}, err
}

// Seat makes a seat of every new name, each with a PIN. The same token makes them
// once. fault.Invalid when no name is new.
func (c Classes) Seat(ctx context.Context, teacher Person, id questions.ClassID, names string, whole bool, token string) (Added, error) {
	if err := CheckToken(token); err != nil {
		return Added{}, err
	}
	a, err := c.Preview(ctx, teacher, id, names, whole)
	if err != nil {
		return a, err
	}
	key, err := c.Desk.secret(ctx)
	if err != nil {
		return a, err
	}
	school, err := c.Desk.Store.School(ctx)
	if err != nil {
		return a, err
	}
	now := c.Desk.Now()
	var fresh []NewSeat
	for _, l := range a.Lines {
		who := seated(key, id, token, l.Line)
		if slices.ContainsFunc(a.Roster.Seats, func(s Seat) bool { return s.Learner == who }) {
			return a, nil // sent twice
		}
		if l.New {
			fresh = append(fresh, newSeat(who, id, l.Name, a.Roster.Class.Zone, school.Lang, now))
		}
	}
	if len(fresh) == 0 {
		return a, fault.Bad([]fault.Field{{Name: "names", Key: "roster.none_new"}})
	}
	err = c.List.SeatsAdd(ctx, teacher.ID, fresh)
	if fault.Is(err, fault.Conflict) {
		r, rosterErr := c.Roster(ctx, teacher, id)
		if rosterErr == nil && slices.ContainsFunc(r.Seats, func(s Seat) bool { return s.Learner == fresh[0].Learner }) {
			return a, nil // sent twice at once
		}
	}
	return a, err
}

// seated is the learner who comes into being by a line of a form.
func seated(key []byte, class questions.ClassID, token string, line int) questions.LearnerID {
	return idFrom(keyed(key, "seat", []byte(class.String()), []byte(token), []byte(strconv.Itoa(line))))
}

func newSeat(who questions.LearnerID, class questions.ClassID, name, zone, lang string, now time.Time) NewSeat {
	return NewSeat{Folded: Fold(name),
		Seat: Seat{Member: Member{Class: class, Learner: who, Role: Pupil, Name: name, Joined: now, Extra: Standard}, PIN: 1, Made: now},
		Person: Person{ID: who, Role: Guest, Lang: lang, Zone: zoned(zone), Buttons: 2, Size: 100, NewADay: StandardNew,
			Minutes: StandardMinutes, Created: now, Noted: true}}
}

// Slips are those of the PINs that were made last, while they may be printed;
// after that a PIN can only be made anew.
func (c Classes) Slips(ctx context.Context, teacher Person, id questions.ClassID) (Roster, []Slip, error) {
	r, err := c.Roster(ctx, teacher, id)
	if err != nil {
		return r, nil, err
	}
	var list []Slip
	for _, s := range r.newest(c.Desk.Now()) {
		slip := Slip{Seat: s}
		if slip.Pass, slip.Digits, err = c.Desk.Pass(ctx, s); err != nil {
			return r, nil, err
		}
		list = append(list, slip)
	}
	return r, list, nil
}

// Printable counts the slips that can be printed, and says until when.
func (r Roster) Printable(now time.Time) (n int, until time.Time) {
	list := r.newest(now)
	if len(list) == 0 {
		return 0, time.Time{}
	}
	return len(list), list[0].Made.Add(slipsFor)
}

// newest are the seats whose PINs were made together, last, if that is not too long
// ago to show them.
func (r Roster) newest(now time.Time) []Seat {
	last := now.Add(-slipsFor)
	var list []Seat
	for _, s := range r.Seats {
		if !s.opens() || s.Made.Before(last) {
			continue
		}
		if s.Made.After(last) {
			list, last = nil, s.Made
		}
		list = append(list, s)
	}
	return list
}

// opens tells whether the seat has a PIN that lets somebody in.
func (s Seat) opens() bool { return s.PIN > 0 && !s.Account }

// Renew makes new PINs for the pupils of some numbers: their old slips open
// nothing any more, and they are signed out. Who has an account keeps it.
// fault.Invalid when nobody is left.
func (c Classes) Renew(ctx context.Context, teacher Person, id questions.ClassID, numbers []int) error {
	return c.renew(ctx, teacher, id, func(s Seat) bool { return slices.Contains(numbers, s.N) })
}

// RenewFree does so for all who have not come yet.
func (c Classes) RenewFree(ctx context.Context, teacher Person, id questions.ClassID) error {
	return c.renew(ctx, teacher, id, Seat.Free)
}

func (c Classes) renew(ctx context.Context, teacher Person, id questions.ClassID, meant func(Seat) bool) error {
	r, err := c.Roster(ctx, teacher, id)
	if err != nil {
		return err
	}
	seats := slices.DeleteFunc(r.Seats, func(s Seat) bool { return s.Account || !meant(s) })
	if len(seats) == 0 {
		return fault.Bad([]fault.Field{{Name: "seat", Key: "roster.none_ticked"}})
	}
	return c.List.Renew(ctx, seats, c.act(teacher, actPIN, Member{Class: id}))
}

// Open lets names be chosen from for a quarter of an hour, or ends that.
func (c Classes) Open(ctx context.Context, teacher Person, id questions.ClassID, open bool) error {
	until := time.Time{}
	if open {
		until = c.Desk.Now().Add(openFor)
	}
	return c.List.ClassOpen(ctx, teacher.ID, id, until)
}

// Opened tells whether names may be chosen from now.
func (c Class) Opened(now time.Time) bool { return c.Used() && c.OpenUntil.After(now) }

// ByList sets whether only who has a seat may join.
func (c Classes) ByList(ctx context.Context, teacher Person, id questions.ClassID, listed bool) error {
	return c.List.ClassListed(ctx, teacher.ID, id, listed)
}

// Call gives a pupil another name in the class.
func (c Classes) Call(ctx context.Context, teacher Person, id questions.ClassID, n int, name string) error {
	if _, _, err := c.Members.Pupil(ctx, teacher.ID, id, n); err != nil {
		return err
	}
	name, wrong := cleanName(name)
	if err := fault.Bad(wrong); err != nil {
		return err
	}
	return c.List.SeatName(ctx, teacher.ID, id, n, name, Fold(name))
}

// Stretch sets how much time a pupil has where time is limited.
func (c Classes) Stretch(ctx context.Context, teacher Person, id questions.ClassID, n int, e Extra) error {
	if _, _, err := c.Members.Pupil(ctx, teacher.ID, id, n); err != nil {
		return err
	}
	if !e.Valid() {
		return fault.Bad([]fault.Field{{Name: "extra", Key: "extra.unknown"}})
	}
	return c.List.SeatExtra(ctx, teacher.ID, id, n, e)
}
