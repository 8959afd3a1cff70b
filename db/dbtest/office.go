package dbtest

import (
	"fmt"
	"sync"
	"testing"
	"time"

	"thaw/app/fault"
	"thaw/app/people"
	"thaw/db"
	"thaw/questions"
)

func office(t *testing.T, d *db.DB) {
	s := db.People{DB: d}
	check(t, s.AccountAdd(ctx, people.Account{Person: Guest(1)}, "", nil))
	for i := range people.PageSize + 3 {
		a := account(100+int64(i), fmt.Sprintf("Pupil %02d", i))
		a.Created = now.Add(time.Duration(i) * time.Minute)
		check(t, s.AccountAdd(ctx, a, people.Fold(a.Name), nil))
	}
	staff(t, d, 70, "Zoe 100% _real", people.Admin)
	staff(t, d, 71, "Änne", people.Teacher)
	signIn(t, d, "a", 71)
	late := session("b", 71)
	late.Seen = now.Add(time.Minute)
	check(t, s.Enter(ctx, people.Way{Session: late}))

	list, all, err := s.People(ctx, people.Search{})
	check(t, err)
	same(t, []int{len(list), all}, []int{people.PageSize, people.PageSize + 5}, "people on the first page, and in all")
	same(t, list[0].Name, "Pupil 00", "the first by name")
	list, _, err = s.People(ctx, people.Search{Page: 2})
	check(t, err)
	same(t, len(list), 5, "people on the second page")
	list, all, err = s.People(ctx, people.Search{Page: 9})
	check(t, err)
	same(t, []int{len(list), all}, []int{0, 0}, "people on a page that is not there")
	for order, want := range map[people.Order]string{people.ByRole: "Zoe 100% _real", people.BySince: fmt.Sprintf("Pupil %02d", people.PageSize+2),
		people.BySeen: "Änne", "; DROP TABLE learner": "Pupil 00"} {
		list, _, err := s.People(ctx, people.Search{Order: order})
		check(t, err)
		same(t, list[0].Name, want, "the first by "+string(order))
		if order == people.BySeen && !list[0].Seen.Equal(late.Seen) {
			t.Errorf("last seen %v, want the latest session's", list[0].Seen)
		}
	}
	for text, want := range map[string]int{"ÄNNE": 1, "pupil  01": 1, "%": 1, "_": 1, "!": 0, "100% _": 1, "'": 0, "nobody": 0} {
		list, all, err := s.People(ctx, people.Search{Name: text})
		check(t, err)
		same(t, []int{len(list), all}, []int{want, want}, "people found by "+text)
	}

	check(t, s.SetOff(ctx, 71, true, people.Act{At: now, Actor: 70, What: "off", About: 71}))
	if signedIn(d, "a") || signedIn(d, "b") {
		t.Error("somebody shut out is still signed in")
	}
	list, _, err = s.People(ctx, people.Search{Name: "änne"})
	check(t, err)
	same(t, list[0].Off, true, "whether she is shut out")
	check(t, s.SetOff(ctx, 71, false, people.Act{At: now, Actor: 70, What: "on", About: 71}))
	wantKind(t, s.SetOff(ctx, 1, true, people.Act{}), fault.Missing, "shutting a guest out")
	wantKind(t, s.SetRole(ctx, 1, people.Admin, people.Act{}), fault.Missing, "a role for a guest")
	wantKind(t, s.SetRole(ctx, 4711, people.Admin, people.Act{}), fault.Missing, "a role for nobody")

	signIn(t, d, "c", 71)
	check(t, s.Offer(ctx, people.Link{Hash: []byte("hers"), What: "invite", Maker: 71, Role: people.Teacher, Ends: now.Add(time.Hour)}, people.Act{}))
	check(t, s.SetRole(ctx, 71, people.Pupil, people.Act{At: now, Actor: 70, What: "role pupil", About: 71}))
	if signedIn(d, "c") {
		t.Error("the session outlives the role")
	}
	_, err = s.Link(ctx, []byte("hers"))
	wantKind(t, err, fault.Missing, "an invitation of somebody whose role is another")
	got, err := s.AccountOf(ctx, 71)
	check(t, err)
	same(t, got.Role, people.Pupil, "the new role")
	n, err := d.Number(ctx, `SELECT COUNT(*) FROM audit WHERE about = 71 AND actor = 70`)
	check(t, err)
	same(t, n, 3, "lines about her")
}

func lastAdmin(t *testing.T, d *db.DB) {
	s := db.People{DB: d}
	one, two := staff(t, d, 81, "One", people.Admin), staff(t, d, 82, "Two", people.Admin)
	signIn(t, d, "one", one.ID)
	for range 6 { // each takes the other's place away, at the same moment
		var wg sync.WaitGroup
		failed := make([]error, 2)
		for i, who := range []questions.LearnerID{one.ID, two.ID} {
			wg.Go(func() { failed[i] = s.SetRole(ctx, who, people.Teacher, people.Act{At: now, What: "role teacher"}) })
		}
		wg.Wait()
		if (failed[0] == nil) == (failed[1] == nil) {
			t.Fatalf("both or none: %v, %v", failed[0], failed[1])
		}
		n, err := d.Number(ctx, `SELECT COUNT(*) FROM learner WHERE role = 'admin' AND disabled = 0`)
		check(t, err)
		same(t, n, 1, "administrators left")
		check(t, s.SetRole(ctx, one.ID, people.Admin, people.Act{At: now}))
		check(t, s.SetRole(ctx, two.ID, people.Admin, people.Act{At: now}))
	}
	check(t, s.SetOff(ctx, two.ID, true, people.Act{At: now}))
	signIn(t, d, "last", one.ID)
	before, err := d.Number(ctx, `SELECT COUNT(*) FROM audit`)
	check(t, err)
	wantKind(t, s.SetRole(ctx, one.ID, people.Pupil, people.Act{At: now}), fault.Conflict, "the last administrator becoming a pupil")
	wantKind(t, s.SetOff(ctx, one.ID, true, people.Act{At: now}), fault.Conflict, "shutting the last administrator out")
	after, err := d.Number(ctx, `SELECT COUNT(*) FROM audit`)
	check(t, err)
	same(t, after, before, "lines about what was refused")
	if !signedIn(d, "last") {
		t.Error("the last administrator was signed out by what was refused")
	}
	check(t, s.SetRole(ctx, two.ID, people.Pupil, people.Act{At: now})) // who is shut out is not the last
}

func invitations(t *testing.T, d *db.DB) {
	s := db.People{DB: d}
	admin := staff(t, d, 91, "Head", people.Admin)
	offer := func(hash string) people.Link {
		l := people.Link{Hash: []byte(hash), What: "invite", Maker: admin.ID, Made: now, Role: people.Teacher, Ends: now.Add(time.Hour), Nonce: hash}
		check(t, s.Offer(ctx, l, people.Act{At: now, Actor: admin.ID, What: "invite"}))
		return l
	}
	first := offer("first")
	same(t, offer("first"), first, "the invitation, sent twice")
	offer("second")
	open, err := s.Links(ctx, "invite", 0, now)
	check(t, err)
	same(t, []int{len(open)}, []int{2}, "open invitations")
	same(t, open[0], people.Offered{Link: first, MakerName: "Head"}, "the first one")
	n, err := d.Number(ctx, `SELECT COUNT(*) FROM audit WHERE what = 'invite'`)
	check(t, err)
	same(t, n, 2, "lines about two invitations, one of them sent twice")

	revoke := people.Act{At: now, Actor: admin.ID, What: "revoke"}
	wantKind(t, s.Revoke(ctx, "signin", []byte("second"), revoke), fault.Missing, "taking back a link of another kind")
	check(t, s.Revoke(ctx, "invite", []byte("second"), revoke))
	wantKind(t, s.Revoke(ctx, "invite", []byte("second"), revoke), fault.Missing, "taking it back twice")

	ada := account(92, "Ada")
	ada.Role = people.Teacher
	accept := func(hash string, a people.Account) people.Acceptance {
		return people.Acceptance{Link: []byte(hash), Account: a, Folded: people.Fold(a.Name), Words: []byte("words of " + a.Name),
			Next: session("in "+a.Name, a.ID), Act: people.Act{At: now, Actor: a.ID, What: "accept", About: a.ID}}
	}
	wantKind(t, s.Accept(ctx, accept("second", ada)), fault.Missing, "an invitation that was taken back")
	taken := accept("first", ada)
	taken.Folded = "head"
	wantKind(t, s.Accept(ctx, taken), fault.Conflict, "a name taken")
	_, err = s.AccountOf(ctx, 92)
	wantKind(t, err, fault.Missing, "the account that was refused")
	check(t, s.Accept(ctx, accept("first", ada)))
	got, err := s.AccountNamed(ctx, "ada")
	check(t, err)
	same(t, got, ada, "the account made by the invitation")
	if !signedIn(d, "in Ada") {
		t.Error("the invited person is not signed in")
	}
	wantKind(t, s.Accept(ctx, accept("first", account(93, "Ben"))), fault.Conflict, "an invitation used twice")
	late := accept("third", account(93, "Ben"))
	offer("third")
	late.Act.At = now.Add(time.Hour)
	wantKind(t, s.Accept(ctx, late), fault.Conflict, "an invitation that has ended")

	check(t, s.AccountAdd(ctx, people.Account{Person: Guest(94)}, "", nil)) // a guest, with what is theirs
	signIn(t, d, "guest", 94)
	cleo := account(94, "Cleo")
	cleo.Role = people.Teacher
	guest := accept("third", cleo)
	guest.Guest = true
	check(t, s.Accept(ctx, guest))
	got, err = s.AccountOf(ctx, 94)
	check(t, err)
	same(t, got, cleo, "the guest who was invited")
	if signedIn(d, "guest") {
		t.Error("the guest's session outlives the role")
	}

	check(t, s.AccountAdd(ctx, account(95, "Dora"), "dora", nil))
	signIn(t, d, "dora", 95)
	offer("fourth")
	dora := account(95, "Dora")
	dora.Role, dora.Password = people.Teacher, "ignored"
	known := accept("fourth", dora)
	known.Known = true
	check(t, s.Accept(ctx, known))
	got, err = s.AccountOf(ctx, 95)
	check(t, err)
	same(t, []string{string(got.Role), got.Password}, []string{"teacher", "$argon2id$Dora"}, "role and password of the account")
	if signedIn(d, "dora") || !signedIn(d, "in Dora") {
		t.Error("the session does not change with the role")
	}
	offer("fifth")
	known = accept("fifth", people.Account{Person: admin})
	known.Known, known.Account.Role = true, people.Teacher
	wantKind(t, s.Accept(ctx, known), fault.Missing, "an administrator made a teacher by an invitation")

	l := people.Link{Hash: []byte("in1"), What: "signin", Learner: 92, Maker: admin.ID, Made: now, Ends: now.Add(time.Hour), Nonce: "x"}
	check(t, s.Offer(ctx, l, people.Act{At: now}))
	l.Hash = []byte("in2")
	check(t, s.Offer(ctx, l, people.Act{At: now}))
	open, err = s.Links(ctx, "signin", 92, now)
	check(t, err)
	same(t, len(open), 1, "open sign-in links: the newest replaces the one before")

	crowd, err := s.Crowd(ctx)
	check(t, err)
	same(t, crowd, people.Crowd{Accounts: 4}, "how many there are")
}
