package dbtest

import (
	"fmt"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"thaw/app/fault"
	"thaw/app/people"
	"thaw/db"
	"thaw/questions"
)

func (s *school) newSeat(id int64, name string) people.NewSeat {
	who := Guest(id)
	return people.NewSeat{Folded: people.Fold(name), Person: who, Seat: people.Seat{PIN: 1, Made: now,
		Member: people.Member{Class: s.id, Learner: who.ID, Role: people.Pupil, Name: name, Joined: now, Extra: people.Standard}}}
}

// seats makes seats for names, of learners from 5000 on.
func (s *school) seats(t *testing.T, names ...string) []people.Seat {
	t.Helper()
	fresh := make([]people.NewSeat, len(names))
	for i, name := range names {
		fresh[i] = s.newSeat(5000+int64(i), name)
	}
	check(t, s.class.SeatsAdd(ctx, s.teacher.ID, fresh))
	return first(s.class.Seats(ctx, s.id))
}

func rosters(t *testing.T, d *db.DB) {
	s := newSchool(t, d)
	ada := people.Seat{Member: people.Member{Class: s.id, N: 2, Learner: 5000, Role: people.Pupil, Name: "Mila", Joined: now, Extra: people.Standard}, PIN: 1, Made: now}
	got := s.seats(t, "Mila", "Ben")
	same(t, len(got), 2, "seats")
	same(t, got[0], ada, "the first seat")
	check(t, first0(s.class.Join(ctx, s.newcomer(1001, "Zoë"))))
	r, err := s.class.Roster(ctx, s.teacher.ID, s.id)
	check(t, err)
	same(t, len(r.Seats), 3, "pupils on the list")
	same(t, r.Seats[0].Name+r.Seats[1].Name+r.Seats[2].Name, "BenMilaZoë", "the list, by name")
	same(t, r.Seats[1], ada, "a seat on the list")
	same(t, r.Seats[2].Claimed, now, "when who joined by a name came")
	same(t, r.Seats[2].PIN, 0, "the PIN of who joined by a name")
	same(t, r.Teachers, []people.Member{{Class: s.id, N: 1, Learner: 900, Role: people.Teacher, Name: "Vera", Joined: now}}, "the teachers on the list")

	wantKind(t, s.class.SeatsAdd(ctx, s.teacher.ID, []people.NewSeat{s.newSeat(5010, "Éva"), s.newSeat(5011, " BEN")}), fault.Conflict, "a name taken in the class")
	_, err = s.people.AccountOf(ctx, 5010)
	wantKind(t, err, fault.Missing, "who was refused together with somebody else")
	wantKind(t, s.class.SeatsAdd(ctx, s.teacher.ID, []people.NewSeat{s.newSeat(5000, "Again")}), fault.Conflict, "the same learner once more")

	check(t, s.class.SeatExtra(ctx, s.teacher.ID, s.id, 2, 150))
	same(t, first(s.class.SeatAt(ctx, s.id, 2)).Extra, people.Extra(150), "the extra time")
	same(t, first(s.class.Memberships(ctx, 5000))[0].Extra, people.Extra(150), "the extra time, as the pupil sees it")
	same(t, first(s.class.Memberships(ctx, 1001))[0].Extra, people.Standard, "the time of who joined by a name")
	check(t, s.class.SeatName(ctx, s.teacher.ID, s.id, 2, "Milla", "milla"))
	same(t, first(s.class.SeatAt(ctx, s.id, 2)).Name, "Milla", "the name that was set")
	wantKind(t, s.class.SeatName(ctx, s.teacher.ID, s.id, 2, "BEN", "ben"), fault.Conflict, "the name of another")
	wantKind(t, s.class.SeatName(ctx, s.teacher.ID, s.id, 1, "Vera N.", "vera n."), fault.Missing, "a teacher's name")
	wantKind(t, s.class.SeatExtra(ctx, s.teacher.ID, s.id, 1, 150), fault.Missing, "extra time for a teacher")

	check(t, s.class.ClassListed(ctx, s.teacher.ID, s.id, true))
	check(t, s.class.ClassOpen(ctx, s.teacher.ID, s.id, now.Add(time.Minute)))
	door := first(s.class.Doorway(ctx, "BCDFGH", 0))
	if !door.Class.Listed || !door.Class.OpenUntil.Equal(now.Add(time.Minute)) || !door.Seats {
		t.Errorf("the door is %+v, want by the list, open, with seats", door)
	}
	other := staff(t, d, 901, "Otto", people.Teacher)
	for i, try := range []func(questions.LearnerID) error{
		func(who questions.LearnerID) error { return first0(s.class.Roster(ctx, who, s.id)) },
		func(who questions.LearnerID) error {
			return s.class.SeatsAdd(ctx, who, []people.NewSeat{s.newSeat(5020, "Nobody")})
		},
		func(who questions.LearnerID) error { return s.class.SeatExtra(ctx, who, s.id, 2, 200) },
		func(who questions.LearnerID) error { return s.class.SeatName(ctx, who, s.id, 2, "Mine", "mine") },
		func(who questions.LearnerID) error { return s.class.ClassListed(ctx, who, s.id, false) },
		func(who questions.LearnerID) error { return s.class.ClassOpen(ctx, who, s.id, now) },
	} {
		for _, who := range []questions.LearnerID{other.ID, 5000, 1001} {
			wantKind(t, try(who), fault.Missing, fmt.Sprintf("learner %d, way %d", who, i))
		}
	}
	sweep(t, d, 10)
	same(t, len(first(s.class.Seats(ctx, s.id))), 2, "seats after a sweep")
}

func manySeats(t *testing.T, d *db.DB) {
	s := newSchool(t, d)
	names := make([]string, 300)
	for i := range names {
		names[i] = fmt.Sprintf("Pupil %d", i)
	}
	list := s.seats(t, names...)
	same(t, len(list), 300, "seats")
	same(t, list[299].N, 301, "the last number")
	same(t, list[299].Name, "Pupil 299", "the last name")
}

func sits(t *testing.T, d *db.DB) {
	s := newSchool(t, d)
	seat := s.seats(t, "Mila", "Ben")[0]
	way := func(hash string) people.Way { return people.Way{Session: session(hash, seat.Learner)} }
	check(t, s.class.Sit(ctx, seat, false, now, way("one")))
	if !signedIn(d, "one") {
		t.Error("who sits down has no session")
	}
	same(t, first(s.class.SeatAt(ctx, s.id, 2)).Claimed, now, "when somebody came")
	check(t, s.class.Sit(ctx, seat, false, now.Add(time.Hour), way("two")))
	same(t, first(s.class.SeatAt(ctx, s.id, 2)).Claimed, now, "when somebody first came")
	wantKind(t, s.class.Sit(ctx, seat, true, now, way("three")), fault.Conflict, "choosing a seat that is taken")
	if signedIn(d, "three") {
		t.Error("who was refused has a session")
	}
	got, class, err := s.class.SeatOf(ctx, seat.Learner)
	check(t, err)
	same(t, got, first(s.class.SeatAt(ctx, s.id, 2)), "the seat of a learner")
	same(t, class.Code+class.Name, "BCDFGH10b", "the class of the seat")

	check(t, s.people.Fail(ctx, []string{seat.Key(), "address:1"}, now))
	by := people.Act{At: now.Add(time.Hour), Actor: s.teacher.ID, What: "pin", Class: s.id}
	check(t, s.class.Renew(ctx, []people.Seat{seat}, by))
	if signedIn(d, "one") || signedIn(d, "two") {
		t.Error("with a new PIN the old sessions go on")
	}
	same(t, first(s.people.Failures(ctx, seat.Key(), now.Add(-time.Hour))), 0, "failures at the seat's door")
	same(t, first(s.people.Failures(ctx, "address:1", now.Add(-time.Hour))), 1, "failures of the address")
	n, err := d.Number(ctx, `SELECT COUNT(*) FROM audit WHERE what = 'pin' AND actor = 900 AND about = 5000`)
	check(t, err)
	same(t, n, 1, "lines about the new PIN")
	renewed := first(s.class.SeatAt(ctx, s.id, 2))
	if renewed.PIN != 2 || !renewed.Made.Equal(by.At) {
		t.Errorf("the PIN is of generation %d, made at %v", renewed.PIN, renewed.Made)
	}
	wantKind(t, s.class.Sit(ctx, seat, false, now, way("four")), fault.Conflict, "sitting down by the old PIN")
	check(t, s.class.Sit(ctx, renewed, false, now, people.Way{}))

	a := account(5000, "Mila Novak")
	check(t, s.people.Claim(ctx, a, "mila novak", []byte("words"), people.Session{}))
	wantKind(t, s.class.Sit(ctx, renewed, false, now, way("five")), fault.Conflict, "sitting down at an account's seat")
	check(t, s.class.Renew(ctx, []people.Seat{renewed}, by))
	same(t, first(s.class.SeatAt(ctx, s.id, 2)).PIN, 2, "the PIN of an account after a renewal")

	check(t, s.class.Leave(ctx, s.id, 5001, now))
	_, err = s.class.SeatAt(ctx, s.id, 3)
	wantKind(t, err, fault.Missing, "the seat of who has left")
	_, _, err = s.class.SeatOf(ctx, 5001)
	wantKind(t, err, fault.Missing, "the seat of who has left, by learner")
	check(t, s.class.ClassArchive(ctx, s.teacher.ID, s.id, now))
	_, err = s.class.SeatAt(ctx, s.id, 2)
	wantKind(t, err, fault.Missing, "a seat of an archived class")
	_, _, err = s.class.SeatOf(ctx, 5000)
	wantKind(t, err, fault.Missing, "the same, by learner")
	check(t, s.class.ClassArchive(ctx, s.teacher.ID, s.id, time.Time{}))
	check(t, first0(s.class.SeatAt(ctx, s.id, 2)))
}

// sitsTogether is a free seat that many want at once.
func sitsTogether(t *testing.T, d *db.DB) {
	s := newSchool(t, d)
	seat := s.seats(t, "Mila")[0]
	roll, err := s.class.Roll(ctx, s.teacher, s.id)
	check(t, err)
	same(t, roll.Free, map[questions.LearnerID]bool{seat.Learner: true}, "seats to which nobody has come")
	var got atomic.Int64
	var wg sync.WaitGroup
	for i := range 12 {
		wg.Go(func() {
			err := s.class.Sit(ctx, seat, true, now, people.Way{Session: session(fmt.Sprint("s", i), seat.Learner)})
			if err == nil {
				got.Add(1)
			} else if !fault.Is(err, fault.Conflict) {
				t.Errorf("choosing together: %v", err)
			}
		})
	}
	wg.Wait()
	same(t, got.Load(), int64(1), "who got the seat")
	roll, err = s.class.Roll(ctx, s.teacher, s.id)
	check(t, err)
	same(t, len(roll.Free), 0, "the same after somebody came")
}

func staffs(t *testing.T, d *db.DB) {
	s := newSchool(t, d)
	otto, rival := staff(t, d, 901, "Otto", people.Teacher), staff(t, d, 902, "Ria", people.Teacher)
	act := people.Act{At: now, Actor: 900, What: "staff", About: 901, Class: s.id}
	wantKind(t, s.class.StaffAdd(ctx, s.id, rival.ID, rival, act), fault.Missing, "adding oneself to somebody's class")
	check(t, first0(s.class.Join(ctx, s.newcomer(1001, "Otto")))) // a pupil of the same name
	check(t, s.class.StaffAdd(ctx, s.id, 900, otto, act))
	check(t, s.class.StaffAdd(ctx, s.id, 900, otto, act))
	r, err := s.class.Roster(ctx, otto.ID, s.id)
	check(t, err)
	same(t, len(r.Teachers), 2, "teachers")
	same(t, r.Teachers[1].Name, "Otto", "the second one")
	same(t, len(first(s.class.Classes(ctx, otto.ID))), 1, "classes of the co-teacher")
	check(t, first0(s.class.Roll(ctx, otto, s.id)))
	n, err := d.Number(ctx, `SELECT COUNT(*) FROM audit WHERE what = 'staff'`)
	check(t, err)
	same(t, n, 1, "lines about it")

	wantKind(t, s.class.StaffLeave(ctx, s.id, 1, act), fault.Missing, "the founder leaving")
	wantKind(t, s.class.StaffLeave(ctx, s.id, 2, act), fault.Missing, "a pupil leaving as a teacher")
	check(t, s.class.StaffLeave(ctx, s.id, r.Teachers[1].N, act))
	_, err = s.class.Class(ctx, otto.ID, s.id)
	wantKind(t, err, fault.Missing, "the class for who has left")
	check(t, s.class.StaffAdd(ctx, s.id, 900, otto, act))
	again := first(s.class.Roster(ctx, otto.ID, s.id))
	same(t, again.Teachers[1].N, r.Teachers[1].N, "the number of who has come back")

	ada := staff(t, d, 903, "Ada", people.Teacher)
	check(t, first0(s.class.Join(ctx, s.joining(ada, "Ada", now))))
	wantKind(t, s.class.StaffAdd(ctx, s.id, 900, ada, act), fault.Conflict, "a pupil of the class as its teacher")
}
