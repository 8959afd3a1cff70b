package dbtest

import (
	"testing"
	"time"

	"thaw/app/fault"
	"thaw/app/people"
	"thaw/db"
)

func account(id int64, name string) people.Account {
	p := Guest(id)
	p.Name, p.Role, p.WordsN = name, people.Pupil, 1
	return people.Account{Person: p, Password: "$argon2id$" + name}
}

func sessions(t *testing.T, d *db.DB) {
	s := db.People{DB: d}
	anna := account(1<<62, "Anna")
	check(t, s.AccountAdd(ctx, anna, "anna", []byte("words")))
	first := session("first", anna.ID)
	first.Keep = true
	check(t, s.Enter(ctx, people.Way{Session: first}))

	who, got, err := s.Session(ctx, first.Hash, now)
	check(t, err)
	same(t, who, anna.Person, "the session's person")
	same(t, got, first, "the session")
	_, _, err = s.Session(ctx, first.Hash, first.Ends)
	wantKind(t, err, fault.Missing, "a session that has ended")
	_, _, err = s.Session(ctx, []byte("other"), now)
	wantKind(t, err, fault.Missing, "an unknown session")

	first.Seen, first.Ends = now.Add(time.Minute), now.Add(2*time.Hour)
	check(t, s.SessionSeen(ctx, first))
	_, got, err = s.Session(ctx, first.Hash, now)
	check(t, err)
	same(t, got, first, "the session, seen again")

	check(t, s.Enter(ctx, people.Way{Session: session("second", anna.ID), Old: first.Hash}))
	_, _, err = s.Session(ctx, first.Hash, now)
	wantKind(t, err, fault.Missing, "the session that was replaced")
	check(t, s.Enter(ctx, people.Way{Session: session("third", anna.ID)}))
	check(t, s.SessionClose(ctx, []byte("third")))
	_, _, err = s.Session(ctx, []byte("third"), now)
	wantKind(t, err, fault.Missing, "a closed session")
	_, _, err = s.Session(ctx, []byte("second"), now)
	check(t, err)
	check(t, s.SessionCloseAll(ctx, anna.ID))
	_, _, err = s.Session(ctx, []byte("second"), now)
	wantKind(t, err, fault.Missing, "a session after all were closed")

	off := account(5, "Off")
	off.Off = true
	check(t, s.AccountAdd(ctx, off, "off", nil))
	check(t, s.Enter(ctx, people.Way{Session: session("off", off.ID)}))
	_, _, err = s.Session(ctx, []byte("off"), now)
	wantKind(t, err, fault.Missing, "the session of a disabled person")
}

func accounts(t *testing.T, d *db.DB) {
	s := db.People{DB: d}
	anna := account(11, "Anna")
	check(t, s.AccountAdd(ctx, anna, "anna", []byte("words")))
	got, err := s.AccountNamed(ctx, "anna")
	check(t, err)
	same(t, got, anna, "the account by name")
	got, err = s.AccountOf(ctx, 11)
	check(t, err)
	same(t, got, anna, "the account by id")
	got, err = s.AccountByWords(ctx, []byte("words"))
	check(t, err)
	same(t, got, anna, "the account by words")

	_, err = s.AccountNamed(ctx, "")
	wantKind(t, err, fault.Missing, "no name")
	_, err = s.AccountOf(ctx, 12)
	wantKind(t, err, fault.Missing, "an unknown id")
	_, err = s.AccountByWords(ctx, nil)
	wantKind(t, err, fault.Missing, "no words")
	wantKind(t, s.AccountAdd(ctx, account(12, "ANNA"), "anna", nil), fault.Conflict, "a name taken")
	wantKind(t, s.AccountAdd(ctx, account(13, "Ben"), "ben", []byte("words")), fault.Conflict, "words taken")
	_, err = s.AccountOf(ctx, 13)
	wantKind(t, err, fault.Missing, "an account that was refused")
	check(t, s.AccountAdd(ctx, people.Account{Person: Guest(14)}, "", nil))
	check(t, s.AccountAdd(ctx, people.Account{Person: Guest(15)}, "", nil))
}

func claims(t *testing.T, d *db.DB) {
	s := db.People{DB: d}
	check(t, s.AccountAdd(ctx, people.Account{Person: Guest(21)}, "", nil))
	check(t, s.AccountAdd(ctx, account(22, "Ben"), "ben", nil))
	check(t, s.Enter(ctx, people.Way{Session: session("guest", 21)}))

	a := account(21, "Ben")
	wantKind(t, s.Claim(ctx, a, "ben", []byte("w"), session("new", 21)), fault.Conflict, "claiming a name taken")
	_, _, err := s.Session(ctx, []byte("guest"), now)
	check(t, err)

	a = account(21, "Cleo")
	check(t, s.Claim(ctx, a, "cleo", []byte("w"), session("new", 21)))
	got, err := s.AccountNamed(ctx, "cleo")
	check(t, err)
	same(t, got, a, "the claimed account")
	_, _, err = s.Session(ctx, []byte("guest"), now)
	wantKind(t, err, fault.Missing, "the guest's session after the claim")
	who, _, err := s.Session(ctx, []byte("new"), now)
	check(t, err)
	same(t, who.Name, "Cleo", "the new session's name")
	if err := s.Claim(ctx, account(21, "Dora"), "dora", nil, people.Session{}); err == nil {
		t.Error("a person with a name was claimed again")
	}
	wantKind(t, s.Claim(ctx, account(99, "Eve"), "eve", nil, people.Session{}), fault.Missing, "claiming nobody")
}

func personSecrets(t *testing.T, d *db.DB) {
	s := db.People{DB: d}
	check(t, s.AccountAdd(ctx, account(31, "Anna"), "anna", []byte("a")))
	check(t, s.AccountAdd(ctx, account(32, "Ben"), "ben", []byte("b")))
	for _, hash := range []string{"x", "y"} {
		check(t, s.Enter(ctx, people.Way{Session: session(hash, 31)}))
	}
	check(t, s.SetPassword(ctx, 31, "new", []byte("x")))
	if _, _, err := s.Session(ctx, []byte("x"), now); err != nil {
		t.Errorf("the session that was to be kept: %v", err)
	}
	_, _, err := s.Session(ctx, []byte("y"), now)
	wantKind(t, err, fault.Missing, "another session after a new password")

	wantKind(t, s.SetWords(ctx, 31, 2, []byte("b")), fault.Conflict, "words taken")
	check(t, s.SetNoted(ctx, 31))
	check(t, s.SetWords(ctx, 31, 2, []byte("c")))
	got, err := s.AccountByWords(ctx, []byte("c"))
	check(t, err)
	if got.Noted || got.WordsN != 2 || got.Password != "new" {
		t.Errorf("after new words: noted %v, generation %d, password %q; want false, 2, new", got.Noted, got.WordsN, got.Password)
	}
	check(t, s.SetNoted(ctx, 31))

	p := got.Person
	p.Lang, p.Zone, p.Theme, p.Buttons, p.KeysOff, p.Noted = "de", "Asia/Tokyo", "dark", 4, true, true
	check(t, s.SetPerson(ctx, p))
	got, err = s.AccountOf(ctx, 31)
	check(t, err)
	same(t, got.Person, p, "the person with new settings")

	nobody := Guest(39)
	wantKind(t, s.SetPerson(ctx, nobody), fault.Missing, "settings of nobody")
	wantKind(t, s.SetPassword(ctx, 39, "p", nil), fault.Missing, "password of nobody")
	wantKind(t, s.SetWords(ctx, 39, 1, []byte("z")), fault.Missing, "words of nobody")
	wantKind(t, s.SetNoted(ctx, 39), fault.Missing, "note of nobody")
}

func failures(t *testing.T, d *db.DB) {
	s := db.People{DB: d}
	count := func(key string, since time.Time, want int) {
		t.Helper()
		got, err := s.Failures(ctx, key, since)
		check(t, err)
		same(t, got, want, "failures of "+key)
	}
	count("a", now.Add(-time.Hour), 0)
	check(t, s.Fail(ctx, []string{"a", "b"}, now.Add(-30*time.Minute)))
	check(t, s.Fail(ctx, []string{"a"}, now))
	check(t, s.Fail(ctx, []string{"a"}, now))
	count("a", now.Add(-time.Hour), 3)
	count("a", now.Add(-15*time.Minute), 2)
	count("b", now.Add(-time.Hour), 1)
	check(t, s.Unfail(ctx, "a"))
	count("a", now.Add(-time.Hour), 0)
	count("b", now.Add(-time.Hour), 1)
}

func links(t *testing.T, d *db.DB) {
	s := db.People{DB: d}
	check(t, s.AccountAdd(ctx, account(41, "Anna"), "anna", nil))
	l := people.Link{Hash: []byte("l"), What: "signin", Learner: 41, Ends: now.Add(time.Hour)}
	check(t, s.LinkAdd(ctx, l))
	got, err := s.Link(ctx, l.Hash)
	check(t, err)
	same(t, got, l, "the link")
	_, err = s.Link(ctx, []byte("none"))
	wantKind(t, err, fault.Missing, "an unknown link")

	check(t, s.Enter(ctx, people.Way{Session: session("by link", 41), Link: l.Hash}))
	wantKind(t, s.Enter(ctx, people.Way{Session: session("again", 41), Link: l.Hash}), fault.Conflict, "a link used twice")
	_, _, err = s.Session(ctx, []byte("by link"), now)
	check(t, err)
	_, _, err = s.Session(ctx, []byte("again"), now)
	wantKind(t, err, fault.Missing, "the session of the second use")
	got, err = s.Link(ctx, l.Hash)
	check(t, err)
	same(t, got.Used, now, "when the link was used")
	wantKind(t, s.Enter(ctx, people.Way{Session: session("n", 41), Link: []byte("none")}), fault.Missing, "using an unknown link")

	check(t, s.LinkAdd(ctx, people.Link{Hash: []byte("old"), What: "setup"}))
	check(t, s.LinkAdd(ctx, people.Link{Hash: []byte("new"), What: "setup"}))
	_, err = s.Link(ctx, []byte("old"))
	wantKind(t, err, fault.Missing, "the set-up link before the newest")
}

func setUp(t *testing.T, d *db.DB) {
	s := db.People{DB: d}
	got, err := s.School(ctx)
	check(t, err)
	same(t, got.Ready, false, "whether a new school is ready")
	check(t, s.LinkAdd(ctx, people.Link{Hash: []byte("setup"), What: "setup"}))
	school := people.School{Name: "School", Lang: "en", Zone: "UTC", URL: "http://x", Ready: true}
	admin := account(51, "Head")
	admin.Role = people.Admin

	wantKind(t, s.SetUp(ctx, school, admin, "head", nil, people.Way{Session: session("s", 51), Link: []byte("wrong")}), fault.Missing, "set-up with a wrong link")
	_, err = s.AccountOf(ctx, 51)
	wantKind(t, err, fault.Missing, "the administrator of a refused set-up")
	check(t, s.SetUp(ctx, school, admin, "head", nil, people.Way{Session: session("s", 51), Link: []byte("setup")}))
	wantKind(t, s.SetUp(ctx, school, account(52, "Other"), "other", nil, people.Way{Session: session("o", 52), Link: []byte("setup")}), fault.Conflict, "a second set-up")
	got, err = s.School(ctx)
	check(t, err)
	same(t, got, school, "the school")
	who, _, err := s.Session(ctx, []byte("s"), now)
	check(t, err)
	same(t, who.Role, people.Admin, "the role of the first person")
}

func secrets(t *testing.T, d *db.DB) {
	s := db.People{DB: d}
	first, err := s.Secret(ctx)
	check(t, err)
	second, err := s.Secret(ctx)
	check(t, err)
	same(t, second, first, "the secret, asked again")
	if len(first) < 32 {
		t.Errorf("the secret has %d bytes, want 32", len(first))
	}
	act := people.Act{At: now, Actor: 1, What: "link", About: 2}
	check(t, s.Audit(ctx, act))
	check(t, s.Audit(ctx, act))
	n, err := d.Number(ctx, `SELECT COUNT(*) FROM audit WHERE actor = 1 AND what = 'link' AND about = 2`)
	check(t, err)
	same(t, n, 2, "lines of the audit")
}
