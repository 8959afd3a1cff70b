package people

import (
	"context"
	"strconv"
	"time"

	"thaw/app/fault"
	"thaw/questions"
)

// SeatStore opens seats to pupils. What is in no class in use is fault.Missing.
type SeatStore interface {
	// Seats lists those of a class that a PIN opens, by number.
	Seats(ctx context.Context, class questions.ClassID) ([]Seat, error)
	// SeatAt returns one by its number there.
	SeatAt(ctx context.Context, class questions.ClassID, n int) (Seat, error)
	// SeatOf returns the one that a learner came to last, with its class.
	SeatOf(ctx context.Context, who questions.LearnerID) (Seat, Class, error)
	// Sit opens a way in, if it has a session, and writes down that somebody has
	// come to the seat. fault.Conflict when its PIN is another one meanwhile, or
	// when somebody has come to it although free was wanted.
	Sit(ctx context.Context, s Seat, free bool, at time.Time, w Way) error
}

// seatDoor is for PINs: by seat, and by address.
func seatDoor(class questions.ClassID, n int, address string) door {
	key := seatKey(class, n)
	return door{[]bound{{key, 10, 15 * time.Minute}, {key, 100, day}, {"address:" + network(address), 200, time.Minute}}}
}

func seatKey(class questions.ClassID, n int) string {
	return "seat:" + class.String() + ":" + strconv.Itoa(n)
}

// Key is what the limiter counts the seat's failures under.
func (s Seat) Key() string { return seatKey(s.Class, s.N) }

// wrongPIN is said of a wrong PIN, and of a seat that there is not.
const wrongPIN = "seat.wrong"

// Unlock returns the seat that a number and a PIN open. The errors are
// fault.Invalid for a PIN that does not fit, fault.Conflict for a seat whose pupil
// has an account, and fault.Limited.
func (c Classes) Unlock(ctx context.Context, class Class, number, typed, address string) (Seat, error) {
	n, err := strconv.Atoi(readPIN(number))
	if err != nil || n < 1 || n > 1_000_000 {
		n = 0
	}
	door := seatDoor(class.ID, n, address)
	if err := c.Desk.open(ctx, door); err != nil {
		return Seat{}, err
	}
	seat, err := c.Seats.SeatAt(ctx, class.ID, n)
	if err != nil && !fault.Is(err, fault.Missing) {
		return Seat{}, err
	}
	_, want, err := c.Desk.Pass(ctx, seat)
	if err != nil {
		return Seat{}, err
	}
	if want == "" || !fits(readPIN(typed), want) {
		return Seat{}, c.Desk.refuse(ctx, door, wrongPIN)
	}
	if seat.Account {
		return Seat{}, fault.New(fault.Conflict, "seat.account")
	}
	return seat, nil
}

// Slipped returns the seat that the link of a slip opens; fault.Missing for one
// that is no longer good.
func (c Classes) Slipped(ctx context.Context, value, address string) (Seat, Class, error) {
	door := linkDoor(address)
	if err := c.Desk.open(ctx, door); err != nil {
		return Seat{}, Class{}, err
	}
	who := readPass(value)
	if who == 0 {
		return Seat{}, Class{}, fault.New(fault.Missing, "seat.slip_old") // no guess: it is cut short
	}
	seat, class, err := c.Seats.SeatOf(ctx, who)
	if err != nil && !fault.Is(err, fault.Missing) {
		return Seat{}, Class{}, err
	}
	want, _, err := c.Desk.Pass(ctx, seat)
	if err != nil {
		return Seat{}, Class{}, err
	}
	if want == "" || seat.Account || !fits(value, want) {
		if err := c.Desk.Store.Fail(ctx, door.keys(), c.Desk.Now()); err != nil {
			return Seat{}, Class{}, err
		}
		return Seat{}, Class{}, fault.New(fault.Missing, "seat.slip_old")
	}
	return seat, class, nil
}

// Sit lets whoever has opened a seat in. What a guest has answered in the browser
// comes along if the visitor brings it, unless the guest has a place in a class:
// that is somebody else's seat. Who has an account and is no teacher joins the
// seat to it, once and for all; fault.Denied for a teacher.
func (c Classes) Sit(ctx context.Context, who Person, keep bool, seat Seat, v Visitor) (Opened, error) {
	if who.Known() {
		return c.link(ctx, who, keep, seat, v)
	}
	if v.Guest == seat.Learner {
		v.Guest = 0
	}
	if v.Guest != 0 {
		free, err := c.Unseated(ctx, who)
		if err != nil {
			return Opened{}, err
		}
		if !free {
			v.Guest = 0
		}
	}
	account, err := c.Desk.Store.AccountOf(ctx, seat.Learner)
	if err != nil {
		return Opened{}, err
	}
	if v.Guest == 0 {
		return c.enter(ctx, account.Person, seat, false, v)
	}
	if err := c.Seats.Sit(ctx, seat, false, c.Desk.Now(), Way{}); err != nil {
		return Opened{}, err
	}
	return c.Desk.enter(ctx, account.Person, false, nil, v)
}

// Unseated tells whether a guest is in no class, so that the answers are nobody's
// in particular.
func (c Classes) Unseated(ctx context.Context, guest Person) (bool, error) {
	list, err := c.Members.Memberships(ctx, guest.ID)
	return len(list) == 0, err
}

func (c Classes) enter(ctx context.Context, who Person, seat Seat, free bool, v Visitor) (Opened, error) {
	opened, err := c.Desk.session(who, false)
	if err != nil {
		return Opened{}, err
	}
	return opened, c.Seats.Sit(ctx, seat, free, c.Desk.Now(), Way{Session: opened.Session, Old: v.Session})
}

// link makes a seat an account's: what was answered there comes along, and its
// PIN opens nothing any more.
func (c Classes) link(ctx context.Context, who Person, keep bool, seat Seat, v Visitor) (Opened, error) {
	if who.Teaches() {
		return Opened{}, fault.New(fault.Denied, "seat.staff")
	}
	if err := c.Seats.Sit(ctx, seat, false, c.Desk.Now(), Way{}); err != nil {
		return Opened{}, err
	}
	v.Guest = seat.Learner
	opened, err := c.Desk.enter(ctx, who, keep, nil, v)
	if err != nil {
		return Opened{}, err
	}
	act := c.act(who, actSeat, Member{Class: seat.Class, Learner: who.ID})
	return opened, c.Desk.Store.Audit(ctx, act)
}

// Choose lets somebody in at a free seat while names may be chosen from, without
// a PIN. The errors are fault.Denied when they may not, and fault.Conflict when
// somebody has come to the seat already.
func (c Classes) Choose(ctx context.Context, who Person, class Class, n int, v Visitor) (Opened, error) {
	if !class.Opened(c.Desk.Now()) {
		return Opened{}, fault.New(fault.Denied, "seat.shut")
	}
	if who.Known() {
		return Opened{}, fault.New(fault.Denied, "seat.by_pin")
	}
	seat, err := c.Seats.SeatAt(ctx, class.ID, n)
	if err != nil {
		return Opened{}, err
	}
	if !seat.opens() || !seat.Free() {
		return Opened{}, fault.New(fault.Conflict, "seat.taken")
	}
	account, err := c.Desk.Store.AccountOf(ctx, seat.Learner)
	if err != nil {
		return Opened{}, err
	}
	return c.enter(ctx, account.Person, seat, true, v)
}

// ownFor is how long the PIN is shown to who has come in.
const ownFor = 10 * time.Minute

// OwnSlip is the seat of who has just come in, with its class and PIN; fault.Missing
// later, and for who has none.
func (c Classes) OwnSlip(ctx context.Context, who Person, s Session) (Slip, Class, error) {
	if who.Known() || c.Desk.Now().Sub(s.Created) >= ownFor {
		return Slip{}, Class{}, fault.New(fault.Missing, "seat.pin_gone")
	}
	seat, class, err := c.Seats.SeatOf(ctx, who.ID)
	if err != nil {
		return Slip{}, Class{}, err
	}
	slip := Slip{Seat: seat}
	slip.Pass, slip.Digits, err = c.Desk.Pass(ctx, seat)
	return slip, class, err
}
