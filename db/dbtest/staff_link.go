package dbtest

import (
	"testing"
	"time"

	"thaw/app/fault"
	"thaw/app/people"
	"thaw/db"
)

// staffLinks are offered by who teaches a class, used once, and gone with their maker.
func staffLinks(t *testing.T, d *db.DB) {
	s := newSchool(t, d)
	otto, rival := staff(t, d, 901, "Otto", people.Teacher), staff(t, d, 902, "Ria", people.Teacher)
	link := func(hash string, maker int64) people.Link {
		return people.Link{Hash: []byte(hash), What: "staff", Maker: Guest(maker).ID, Class: s.id, Made: now, Ends: now.Add(time.Hour), Nonce: hash}
	}
	act := people.Act{At: now, Actor: 900, What: "offer", Class: s.id}
	wantKind(t, s.class.StaffOffer(ctx, link("a", 902), act), fault.Missing, "a link for somebody else's class")
	check(t, s.class.StaffOffer(ctx, link("a", 900), act))
	check(t, s.class.StaffOffer(ctx, link("a", 900), act))
	check(t, s.class.StaffOffer(ctx, link("b", 900), act))
	open := func(who people.Person, at time.Time) int {
		t.Helper()
		list, err := s.class.StaffOffers(ctx, who.ID, people.Link{What: "staff", Class: s.id, Made: at})
		check(t, err)
		return len(list)
	}
	same(t, []any{open(Guest(900), now), open(rival, now), open(Guest(900), now.Add(2*time.Hour))}, []any{2, 0, 0}, "links that a teacher sees, another teacher, and an hour later")

	wantKind(t, s.class.StaffRevoke(ctx, 902, link("b", 900), act), fault.Missing, "another teacher taking a link back")
	check(t, s.class.StaffRevoke(ctx, 900, link("b", 900), act))
	wantKind(t, s.class.StaffRevoke(ctx, 900, link("b", 900), act), fault.Missing, "taking it back twice")

	l, err := s.class.StaffLink(ctx, otto.ID, []byte("a"))
	check(t, err)
	same(t, []any{l.Class, l.Teaches, l.Pupil, l.Title != "", l.By != ""}, []any{s.id, false, false, true, true}, "what a link says")
	ada := staff(t, d, 903, "Ada", people.Teacher)
	check(t, first0(s.class.Join(ctx, s.joining(ada, "Ada", now))))
	wantKind(t, s.class.StaffAccept(ctx, ada, l, act), fault.Conflict, "a pupil of the class using it")
	founder := people.Person{ID: 900, Name: "Vera", Role: people.Teacher}
	wantKind(t, s.class.StaffAccept(ctx, founder, l, act), fault.Conflict, "who teaches the class using it")
	check(t, s.class.StaffAccept(ctx, otto, l, people.Act{At: now, Actor: 901, What: "accept", About: 901, Class: s.id}))
	same(t, len(first(s.class.Classes(ctx, otto.ID))), 1, "classes of who has used it")
	wantKind(t, s.class.StaffAccept(ctx, rival, l, act), fault.Conflict, "using it twice")
	same(t, len(first(s.class.Classes(ctx, rival.ID))), 0, "classes of who came too late")
	used, err := db.People{DB: d}.Link(ctx, []byte("a"))
	check(t, err)
	same(t, []any{used.Learner, used.Class, used.Used.IsZero()}, []any{otto.ID, s.id, false}, "the link that was used")
	lines, err := d.Number(ctx, `SELECT COUNT(*) FROM audit WHERE what IN ('offer', 'accept')`)
	check(t, err)
	same(t, lines, 4, "lines about it: two made, one taken back, one used")

	check(t, s.class.StaffOffer(ctx, link("c", 901), act))
	r := first(s.class.Roster(ctx, 900, s.id))
	check(t, s.class.StaffLeave(ctx, s.id, r.Teachers[1].N, act))
	_, err = s.class.StaffLink(ctx, rival.ID, []byte("c"))
	wantKind(t, err, fault.Missing, "the link of who has left the class")
	same(t, open(Guest(900), now), 0, "links after that")
}
