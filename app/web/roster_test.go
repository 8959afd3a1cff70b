package web_test

import (
	"fmt"
	"regexp"
	"strings"
	"testing"
	"time"

	"thaw/app/people"
)

var seenField = regexp.MustCompile(`name="seen" value="([^"]+)"`)

// paste looks at names and adds them, and returns the preview and where adding
// leads.
func (c class) paste(names string, more ...string) (preview, to string) {
	c.teacher.t.Helper()
	path := c.path() + "/students"
	form := append([]string{"names", names, "token", token(c.teacher.page(path))}, more...)
	preview = c.teacher.wantStatus(200, "POST", path, append(form, "do", "look")...)
	seen := seenField.FindStringSubmatch(preview)
	if seen == nil {
		c.teacher.t.Fatalf("nothing can be added:\n%s", words(preview))
	}
	return preview, c.teacher.post(path, append(form, "do", "add", "seen", seen[1])...)
}

// slip is what a pupil holds in hand.
type slip struct{ n, pin, link string }

var (
	slipItem = regexp.MustCompile(`(?s)<li class="slip">.*?</li>`)
	slipData = regexp.MustCompile(`(?s)Number</dt><dd>(\d+)</dd>.*?<dd class="slip-pin">([\d ]+)</dd>`)
)

// slips are those that can be printed now, by name.
func (c class) slips() map[string]slip {
	c.teacher.t.Helper()
	list := map[string]slip{}
	for _, item := range slipItem.FindAllString(c.teacher.page(c.path()+"/slips"), -1) {
		found := slipData.FindStringSubmatch(item)
		name := regexp.MustCompile(`<bdi>(.*?)</bdi>`).FindStringSubmatch(item)
		list[name[1]] = slip{n: found[1], pin: found[2]}
	}
	_, printed, err := c.teacher.app.Classes.Slips(c.teacher.t.Context(), c.teacher.person(), c.id)
	if err != nil {
		c.teacher.t.Fatal(err)
	}
	for _, s := range printed {
		had := list[escaped(s.Name)]
		if had.n != fmt.Sprint(s.N) || had.pin != people.SpellPIN(s.Digits) {
			c.teacher.t.Errorf("the slip of %s shows %+v, want number %d and PIN %s", s.Name, had, s.N, s.Digits)
		}
		had.link = "/s/" + s.Pass
		list[escaped(s.Name)] = had
	}
	return list
}

// sits comes in by number and PIN and returns where that leads.
func (c class) sits(v *visitor, s slip, more ...string) string {
	v.t.Helper()
	path := "/join/" + c.code
	return v.post(path+"/seat", append([]string{"n", s.n, "pin", s.pin, "token", token(v.page(path))}, more...)...)
}

func TestNamesBecomeSeatsWithSlips(t *testing.T) {
	s := open(t)
	c := newClass(s, "10b")
	path := c.path() + "/students"
	preview, to := c.paste("Ada Lovelace\nKing, Ada\n7\nPupil of 10b\nMila Novak\n" + strings.Repeat("x", 60))
	tells(t, preview, "the preview", "3 new. 3 lines are left out", "Ada L.", "Ada K.", "There is no name in this line.", "Pupil of 10b is in the class already.",
		"A name has at most 40 letters.", "Add 3 students")
	if to != c.path()+"/slips" {
		t.Errorf("adding leads to %s, want the slips", to)
	}
	first := c.slips()
	if len(first) != 3 || first["Ada L."].pin == first["Ada K."].pin {
		t.Fatalf("the slips are %v", first)
	}
	page := c.teacher.page(to)
	tells(t, page, "the slips", "3 slips, which you can print until 13:00", "Mila", "10b", "example.com/join", people.SpellCode(c.code))
	if strings.Count(page, `class="qr"`) != 3 || !strings.Contains(page, "QR code that lets Ada K. in") {
		t.Error("a slip has no QR code with a text")
	}
	saysNot(t, page, "the slips", "Novak", "Lovelace")
	tells(t, c.teacher.page(c.path()), "the class that nobody has come to", "and type "+strings.Join(strings.Split(c.code, ""), ", "), "4 pupils, none active", "See it as a pupil")
	tells(t, c.teacher.page(path), "the list", "4 students, 3 of them not here yet", "with an account", "3 slips are ready to print until 13:00")
	rows, err := s.db.Number(t.Context(), `SELECT COUNT(*) FROM learner WHERE pin_n = 1 AND role = 'guest' AND password = '' AND words IS NULL`)
	if err != nil || rows != 3 {
		t.Errorf("%d learners have a PIN (%v), want 3 without an account", rows, err)
	}

	s.now = s.now.Add(59 * time.Minute)
	if again := c.slips(); fmt.Sprint(again) != fmt.Sprint(first) {
		t.Errorf("a little later the slips are %v", again)
	}
	s.now = s.now.Add(2 * time.Minute)
	tells(t, c.teacher.page(to), "the slips later", "There are no slips to print.")

	c.teacher.post(c.path()+"/slips", "seat", first["Mila"].n)
	second := c.slips()
	if len(second) != 1 || second["Mila"].pin == first["Mila"].pin || second["Mila"].link == first["Mila"].link {
		t.Errorf("the new slips are %v, want another one for Mila alone", second)
	}
	c.teacher.wantStatus(422, "POST", c.path()+"/slips", "seat", "x")
	c.teacher.wantStatus(422, "POST", c.path()+"/slips", "seat", fmt.Sprint(c.m)) // has an account
	s.now = s.now.Add(time.Minute)
	c.teacher.post(c.path()+"/slips", "free", "1")
	if third := c.slips(); len(third) != 3 {
		t.Errorf("the slips of all who have not come are %v", third)
	}
	n, err := s.db.Number(t.Context(), `SELECT COUNT(*) FROM audit WHERE what = 'pin'`)
	if err != nil || n != 4 {
		t.Errorf("%d lines about new PINs (%v), want 4", n, err)
	}
}

func TestNamesArePreviewedAndAddedOnce(t *testing.T) {
	s := open(t)
	c := newClass(s, "10b")
	path := c.path() + "/students"
	form := token(c.teacher.page(path))
	add := func(names, seen string) (int, string) {
		return c.teacher.read("POST", path, "names", names, "token", form, "do", "add", "seen", seen)
	}
	status, page := add("Ada\nBen", "")
	if status != 200 || !strings.Contains(page, "Add 2 students") {
		t.Errorf("adding what was not previewed: %d\n%s", status, words(page))
	}
	seen := seenField.FindStringSubmatch(page)[1]
	if status, page = add("Ada\nBen\nMila", seen); status != 200 || !strings.Contains(page, "Add 3 students") {
		t.Errorf("adding more than was previewed: %d", status)
	}
	for range 2 {
		if status, _ = add("Ada\r\nBen", seen); status != 303 {
			t.Errorf("adding what was previewed: %d", status)
		}
	}
	if got := c.slips(); len(got) != 2 {
		t.Errorf("one form, sent twice, makes the slips %v", got)
	}
	tells(t, c.teacher.wantStatus(422, "POST", path, "names", " \n ", "do", "look"), "no names", "Paste at least one name.")
	none := c.teacher.wantStatus(200, "POST", path, "names", "Ada", "do", "look")
	if strings.Contains(none, `value="add"`) {
		t.Error("nothing new can be added")
	}
}

func TestASlipLetsIn(t *testing.T) {
	s := open(t)
	c := newClass(s, "10b")
	c.paste("Ada\nMila")
	list := c.slips()
	ada := list["Ada"]
	v := &visitor{site: s}
	page := v.page("/join/" + c.code)
	tells(t, page, "the door", "With your slip", "Without a slip", "Your name in this class")
	if to := c.sits(v, slip{n: " " + ada.n, pin: strings.ReplaceAll(ada.pin, " ", "-")}); to != "/sittings/1/questions/1" {
		t.Errorf("number and PIN lead to %s, want a question", to)
	}
	v.answers(1, 2, true)
	tells(t, v.page("/seen"), "who can see this", "As Ada, since", "Teacher of 10b")
	tells(t, v.page("/fresh"), "leaving a device", "the number and the PIN of your slip bring it back")
	tells(t, c.teacher.page(c.path()), "the class", "3 pupils, 1 active")

	phone := &visitor{site: s}
	tells(t, phone.page(ada.link), "the link of the slip", "Hello, Ada", "10b", "Your teacher sees")
	if phone.cookie != "" {
		t.Error("looking at the slip's link lets somebody in")
	}
	if to := phone.post(ada.link, "token", token(phone.page(ada.link))); to != "/today" || phone.person().ID != v.person().ID {
		t.Errorf("the link leads to %s, as another: %v", to, phone.person().ID != v.person().ID)
	}
	if to := (&visitor{site: s}).post(list["Mila"].link, "token", token(phone.page(list["Mila"].link))); to != "/sittings/1/questions/1" {
		t.Errorf("the first time a link leads to %s, want a question", to)
	}
	phone.wantStatus(303, "GET", ada.link) // who is in already goes on

	wrong := &visitor{site: s}
	form := token(wrong.page("/join/" + c.code))
	try := func(want int, n, pin string) string {
		return wrong.wantStatus(want, "POST", "/join/"+c.code+"/seat", "n", n, "pin", pin, "token", form)
	}
	mila := list["Mila"].pin
	unknown := try(422, "99", mila)
	tells(t, unknown, "a wrong number", "That PIN does not fit this seat. Your teacher can give you a new one in a moment.")
	hide := strings.NewReplacer(`value="99"`, "", `value="`+ada.n+`"`, "")
	same := func(page string) string { return tokenField.ReplaceAllString(hide.Replace(page), "") }
	if same(try(422, ada.n, mila)) != same(unknown) {
		t.Error("a wrong PIN answers otherwise than a number of nobody's")
	}
	for _, pin := range []string{"", "000000", strings.Repeat("9", 200), "' OR 1=1", mila} {
		try(422, ada.n, pin)
	}
	for range 4 {
		try(422, ada.n, "111111")
	}
	try(429, ada.n, ada.pin)
	if to := c.sits(&visitor{site: s}, list["Mila"]); to != "/today" {
		t.Errorf("another seat leads to %s while one is shut", to)
	}

	c.teacher.post(c.path()+"/slips", "seat", ada.n)
	v.wantStatus(303, "GET", "/today")
	phone.wantStatus(303, "GET", "/today")
	wrong.wantStatus(404, "GET", ada.link)
	tells(t, wrong.wantStatus(404, "POST", ada.link), "an old slip's link", "This slip opens nothing any more.")
	try(422, ada.n, ada.pin)
	if to := c.sits(&visitor{site: s}, c.slips()["Ada"]); to != "/today" {
		t.Errorf("the new PIN leads to %s", to)
	}
	(&visitor{site: s}).wantStatus(404, "GET", "/s/"+strings.Repeat("A", 32))

	c.teacher.post(c.path()+"/archive", "away", "1")
	fresh := c.slips()["Ada"]
	wrong.wantStatus(404, "GET", fresh.link)
	wrong.wantStatus(404, "POST", "/join/"+c.code+"/seat", "n", fresh.n, "pin", fresh.pin)
	c.teacher.post(c.path()+"/archive", "away", "0")
	if to := c.sits(&visitor{site: s}, fresh); to != "/today" {
		t.Errorf("taken up again the seat leads to %s", to)
	}
	tells(t, c.teacher.page(c.path()), "the class, taken up again", "3 pupils, 1 active")
}

func TestFortyPupilsComeInByPINInAMinute(t *testing.T) {
	s := open(t)
	c := newClass(s, "10b")
	var names strings.Builder
	for i := range 40 {
		fmt.Fprintf(&names, "Pupil%d\n", i)
	}
	c.paste(names.String())
	list := c.slips()
	began := s.now
	for i := range 40 {
		v := &visitor{site: s}
		got := list[fmt.Sprintf("Pupil%d", i)]
		for range 3 { // each mistypes three times
			v.wantStatus(422, "POST", "/join/"+c.code+"/seat", "n", got.n, "pin", "908171")
		}
		s.now = s.now.Add(time.Second)
		if to := c.sits(v, got); to != "/sittings/1/questions/1" {
			t.Fatalf("pupil %d is led to %s", i, to)
		}
	}
	if s.now.Sub(began) > time.Minute {
		t.Errorf("it took %v", s.now.Sub(began))
	}
	tells(t, c.teacher.page(c.path()+"/students"), "the list", "41 students, and everybody has been here.")
}

func TestANameIsChosenWhileJoiningIsOpen(t *testing.T) {
	s := open(t)
	c := newClass(s, "10b")
	c.paste("Ada Lovelace\nAda King\nMila Novak", "whole", "1")
	list := c.slips()
	n := list["Mila Novak"].n
	door, choose := "/join/"+c.code, "/join/"+c.code+"/choose"
	v := &visitor{site: s}
	saysNot(t, v.page(door), "the shut door", "Mila", "Ada")
	tells(t, v.wantStatus(403, "POST", choose, "n", n), "choosing at a shut door", "Joining by name is closed.")
	c.teacher.post(c.path()+"/open", "open", "1")
	tells(t, c.teacher.page(c.path()+"/students"), "the list", "Joining is open until 12:15.")
	page := v.page(door)
	tells(t, page, "the open door", "Who are you?", "Mila N.", "Ada L.", "Ada K.")
	saysNot(t, page, "the open door", "Novak", "Lovelace", list["Mila Novak"].pin, "Pupil of 10b")
	if to := v.post(choose, "n", n); to != "/pin" {
		t.Errorf("choosing leads to %s", to)
	}
	own := v.page("/pin")
	tells(t, own, "the pupil's own PIN", "Mila Novak", list["Mila Novak"].pin, people.SpellCode(c.code), "we show them only now")
	if to := v.post(door, "token", token(own)); to != "/sittings/1/questions/1" {
		t.Errorf("after the PIN comes %s, want a question", to)
	}
	other := &visitor{site: s}
	tells(t, other.wantStatus(409, "POST", choose, "n", n), "choosing a seat that is taken", "Somebody has come to this seat just now.")
	if page := other.page(door); !strings.Contains(page, `href="`+door+`?seat=`+n+`#seat"`) || !strings.Contains(other.page(door+"?seat="+n), `value="`+n+`"`) {
		t.Error("a seat that is taken does not lead to its PIN")
	}
	other.wantStatus(404, "POST", choose, "n", "99")
	c.pupil.wantStatus(403, "POST", choose, "n", list["Ada King"].n)
	if other.cookie != "" {
		t.Error("who was refused got a session")
	}
	s.now = s.now.Add(11 * time.Minute)
	v.wantStatus(404, "GET", "/pin")
	c.teacher.post(c.path()+"/open", "open", "0")
	saysNot(t, other.page(door), "the door, shut again", "Mila", "Ada")
	c.teacher.post(c.path()+"/open", "open", "1")
	s.now = s.now.Add(15 * time.Minute)
	saysNot(t, other.page(door), "the door a quarter of an hour later", "Mila", "Ada")
	other.wantStatus(403, "POST", choose, "n", list["Ada King"].n)
}

func TestASeatBecomesPartOfAnAccount(t *testing.T) {
	s := open(t)
	c := newClass(s, "10b")
	c.paste("Ada\nMila")
	list := c.slips()
	seat := &visitor{site: s}
	c.sits(seat, list["Ada"])
	s.now = s.now.Add(time.Minute)
	seat.answers(1, 4, true)
	v := account(s, "Ada Lovelace")
	page := v.page("/join/" + c.code)
	tells(t, page, "the door for an account", "You are signed in as Ada Lovelace.", "for good", "since the seat was made")
	v.wantStatus(422, "POST", "/join/"+c.code+"/seat", "n", list["Ada"].n, "pin", "908171")
	if to := c.sits(v, list["Ada"]); to != "/today" {
		t.Errorf("joining the seat leads to %s", to)
	}
	tells(t, v.page("/progress"), "the account's progress", "of the 5 facts you have met")
	tells(t, v.page("/seen"), "who can see this", "As Ada, since")
	seat.wantStatus(303, "GET", "/today")
	(&visitor{site: s}).wantStatus(404, "GET", list["Ada"].link)
	(&visitor{site: s}).wantStatus(422, "POST", "/join/"+c.code+"/seat", "n", list["Ada"].n, "pin", list["Ada"].pin)
	tells(t, c.teacher.page(c.path()+"/students"), "the list", "since today, with an account")
	tells(t, c.teacher.page(c.path()), "the class", "3 pupils, 1 active")
	n, err := s.db.Number(t.Context(), `SELECT COUNT(*) FROM audit WHERE what = 'seat'`)
	if err != nil || n != 1 {
		t.Errorf("%d lines about it (%v), want 1", n, err)
	}

	tells(t, c.teacher.wantStatus(403, "POST", list["Mila"].link), "a teacher at a seat", "You teach here")
	mila := &visitor{site: s} // makes an account at the seat itself
	c.sits(mila, list["Mila"])
	mila.post("/sign-up", "name", "Mila Novak", "password", "nine amber trams")
	tells(t, (&visitor{site: s}).wantStatus(409, "POST", "/join/"+c.code+"/seat", "n", list["Mila"].n, "pin", list["Mila"].pin),
		"the PIN of a seat with an account", "Sign in with its name and password.")
	(&visitor{site: s}).wantStatus(404, "GET", list["Mila"].link)

	second := newClass(s, "Club") // in another class, with another slip
	second.paste("Ada L")
	second.sits(v, second.slips()["Ada"])
	tells(t, v.page("/seen"), "who can see this of two classes", "10b", "Club", "Teacher of Club")
	tells(t, second.teacher.page(second.path()), "the second class", "2 pupils, none active")
	if roster, err := s.app.Classes.Roster(t.Context(), second.teacher.person(), second.id); err != nil || roster.Seats[0].Learner != v.person().ID {
		t.Errorf("in the second class sits %+v (%v), want the account", roster.Seats, err)
	}
}

func TestAGuestBringsAnswersToASeat(t *testing.T) {
	s := open(t)
	c := newClass(s, "10b")
	c.paste("Ada\nMila\nZoë")
	list := c.slips()
	v := guest(s)
	page := v.page("/join/" + c.code)
	if !strings.Contains(page, `name="bring"`) || !strings.Contains(v.page(list["Ada"].link), `name="bring"`) {
		t.Error("a guest is not asked whether the answers come along")
	}
	if to := c.sits(v, list["Ada"], "bring", "1"); to != "/sittings/2/questions/1" {
		t.Errorf("with one answer brought along the seat leads to %s", to)
	}
	tells(t, v.page("/progress"), "what was brought along", "1 answer")
	page = v.page("/join/" + c.code)
	tells(t, page, "the door for who is in", "You are in this class, as Ada.", "Somebody else at this device?")
	if strings.Contains(page, `name="bring"`) {
		t.Error("at a shared device the answers of one seat are offered to the next")
	}
	ada := v.person().ID
	if c.sits(v, list["Mila"], "bring", "1"); v.person().ID == ada {
		t.Error("the next at the same device is the same pupil")
	}
	back := &visitor{site: s}
	if c.sits(back, list["Ada"]); back.person().ID != ada {
		t.Error("the seat before has gone")
	}
	tells(t, back.page("/progress"), "the seat before", "1 answer")
	zoe := guest(s) // leaves the answers where they are
	c.sits(zoe, list["Zoë"])
	saysNot(t, zoe.page("/progress"), "a seat without what was left behind", "1 answer ")
}

func TestOnlyWhoIsOnTheListJoins(t *testing.T) {
	s := open(t)
	c := newClass(s, "10b")
	c.teacher.post(c.path()+"/listed", "listed", "1")
	v := &visitor{site: s}
	page := v.page("/join/" + c.code)
	tells(t, page, "the door", "Only those on the list can join this class.")
	saysNot(t, page, "the door", `name="name"`)
	v.wantStatus(409, "POST", "/join/"+c.code, "name", "Late", "token", "abcdefghijklmnopqrst")
	named(s, "Loner", people.Pupil).wantStatus(409, "POST", "/join/"+c.code, "token", "abcdefghijklmnopqrst")
	if to := c.pupil.post("/join/"+c.code, "token", "abcdefghijklmnopqrst"); to != "/sittings/3/questions/1" {
		t.Errorf("who is in is led to %s", to)
	}
	c.paste("Ada")
	if to := c.sits(v, c.slips()["Ada"]); to != "/sittings/1/questions/1" {
		t.Errorf("who is on the list is led to %s", to)
	}
	c.teacher.post(c.path()+"/listed", "listed", "0")
	c.join(&visitor{site: s}, "Late")
	tells(t, c.teacher.page(c.path()), "the class", "3 pupils")
}

func TestTwoTeachClass(t *testing.T) {
	s := open(t)
	c := newClass(s, "10b")
	otto, head := named(s, "Otto Brandt", people.Teacher), named(s, "Head", people.Admin)
	for _, name := range []string{"Nobody", "Pupil of 10b", ""} {
		tells(t, c.teacher.wantStatus(422, "POST", c.path()+"/teachers", "teacher", name), "a teacher of no such name", "Nobody who teaches here has this name.")
	}
	c.teacher.post(c.path()+"/teachers", "teacher", " otto  BRANDT ")
	tells(t, otto.page(c.path()+"/teachers"), "the teachers", "Teacher of 10b", "has made the class", "Otto Brandt", "Leave the class")
	tells(t, c.pupil.page("/seen"), "who can see this", "Teacher of 10b and Otto Brandt")
	otto.post(c.path()+"/teachers", "teacher", "Head")
	mate := class{id: c.id, code: c.code, teacher: otto, pupil: c.pupil, m: c.m}
	mate.paste("Ada\nMila")
	roster, err := s.app.Classes.Roster(t.Context(), otto.person(), c.id)
	if err != nil {
		t.Fatal(err)
	}
	number := map[string]string{}
	for _, m := range roster.Teachers {
		number[m.Name] = fmt.Sprintf("%s/teachers/%d/leave", c.path(), m.N)
	}
	otto.wantStatus(404, "POST", number["Teacher of 10b"])
	otto.wantStatus(404, "POST", number["Head"])
	c.teacher.wantStatus(404, "POST", number["Teacher of 10b"])
	if to := c.teacher.post(number["Head"]); to != c.path()+"/teachers" {
		t.Errorf("taking somebody out leads to %s", to)
	}
	head.wantStatus(404, "GET", c.path())
	if to := otto.post(number["Otto Brandt"]); to != "/classes" {
		t.Errorf("leaving leads to %s", to)
	}
	otto.wantStatus(404, "GET", c.path())
	c.teacher.page(c.path())
	for what, want := range map[string]int64{"staff": 2, "part": 2} {
		if n, err := s.db.Number(t.Context(), `SELECT COUNT(*) FROM audit WHERE what = '`+what+`'`); err != nil || n != want {
			t.Errorf("%d lines say %q (%v), want %d", n, what, err, want)
		}
	}
}

func TestAPupilHasMoreTime(t *testing.T) {
	s := open(t)
	c := newClass(s, "10b")
	saysNot(t, c.pupil.page("/seen"), "who can see this", "Extra time")
	c.teacher.post(c.pupilPath()+"/extra", "extra", "150")
	tells(t, c.pupil.page("/seen"), "who can see this", "Extra time half as much again. Where others have 40 minutes, you have 60 minutes: 40 and your 20.")
	if page := c.teacher.page(c.pupilPath()); !strings.Contains(page, `value="150" selected`) {
		t.Error("the teacher does not see the time that was set")
	}
	for _, bad := range []string{"", "99", "1000", "x"} {
		c.teacher.wantStatus(422, "POST", c.pupilPath()+"/extra", "extra", bad)
	}
}

func TestAPupilIsCalledOtherwise(t *testing.T) {
	s := open(t)
	c := newClass(s, "10b")
	c.join(&visitor{site: s}, "Mila")
	tells(t, c.teacher.wantStatus(409, "POST", c.pupilPath()+"/name", "name", "mila"), "a name that is taken", "Somebody in this class is called that already.")
	tells(t, c.teacher.wantStatus(422, "POST", c.pupilPath()+"/name", "name", " "), "no name", "Name in the class")
	c.teacher.post(c.pupilPath()+"/name", "name", "Ada  Lovelace")
	tells(t, c.pupil.page("/seen"), "who can see this", "As Ada Lovelace, since")
}

// A PIN cannot be found by patience.
func TestAHundredWrongPINsInADay(t *testing.T) {
	s := open(t)
	c := newClass(s, "10b")
	c.paste("Ada")
	ada := c.slips()["Ada"]
	v, wrong := &visitor{site: s}, "/join/"+c.code+"/seat"
	for range 10 {
		for range 10 {
			v.wantStatus(422, "POST", wrong, "n", ada.n, "pin", "908171")
		}
		s.now = s.now.Add(16 * time.Minute)
	}
	v.wantStatus(429, "POST", wrong, "n", ada.n, "pin", ada.pin)
	s.now = s.now.Add(24 * time.Hour)
	c.sits(v, ada)
}

func TestAClassOfNobodySaysWhatToDo(t *testing.T) {
	s := open(t)
	teacher := named(s, "Vera", people.Teacher)
	path := teacher.post("/classes", "name", "Empty", "bank", "1", "token", token(teacher.page("/classes")))
	page := teacher.page(path)
	tells(t, page, "a class of nobody", "Nobody is here yet.", "Paste names, print slips", "See it as a pupil", "Nobody sees how you answer.")
	if to := teacher.post(path+"/try", "token", token(page)); to != "/sittings/2/questions/1" {
		t.Errorf("seeing it as a pupil leads to %s", to)
	}
	teacher.post(path + "/banks")
	tells(t, teacher.wantStatus(409, "POST", path+"/try", "token", token(teacher.page(path))), "a class without banks", "The banks of this class have no question yet.")
}

// A hostile name is text on whatever page it stands.
func TestNamesOfSeatsAreShownAsText(t *testing.T) {
	s := open(t)
	c := newClass(s, "10b")
	evil := []string{`<script>alert(1)</script>`, `x"><img_src=x_onerror=alert(1)>`, "=1+1", "ليلى", "👩‍🚀", "😀", strings.Repeat("x", 200)}
	preview, _ := c.paste(strings.Join(evil, "\n"))
	c.teacher.post(c.path()+"/open", "open", "1")
	pages := []string{preview, c.teacher.page(c.path() + "/students"), c.teacher.page(c.path() + "/slips"), (&visitor{site: s}).page("/join/" + c.code)}
	for i, page := range pages {
		saysNot(t, page, fmt.Sprintf("page %d", i), "<script>alert", "<img_src")
		for _, name := range []string{evil[0], evil[1], "=1+1", "ليلى", "😀"} {
			if !strings.Contains(page, escaped(name)) {
				t.Errorf("page %d does not show the name %s", i, name)
			}
		}
	}
	link := c.slips()[escaped(evil[0])].link
	page := (&visitor{site: s}).page(link)
	saysNot(t, page, "the slip's link", "<script>alert")
	c.teacher.post(c.path()+"/name", "name", evil[0])
	for _, path := range []string{c.path() + "/students", c.path() + "/slips", c.path() + "/teachers"} {
		saysNot(t, c.teacher.page(path), path, "<script>alert")
	}
}

func TestPagesOfAListTakeAtMostSixQueries(t *testing.T) {
	s := open(t)
	for _, size := range []int{30, 300} {
		c := newClass(s, fmt.Sprintf("class of %d", size))
		var names strings.Builder
		for i := range size {
			fmt.Fprintf(&names, "Pupil%d\n", i)
		}
		began, before := time.Now(), s.reads()
		c.paste(names.String())
		t.Logf("a form, a preview and %d seats: %v, %d queries", size, time.Since(began).Round(time.Millisecond), s.reads()-before)
		list := c.slips()
		if len(list) != size {
			t.Fatalf("%d names make %d slips", size, len(list))
		}
		c.teacher.post(c.path()+"/open", "open", "1")
		in, passing, known := &visitor{site: s}, guest(s), named(s, fmt.Sprintf("Known %d", size), people.Pupil)
		c.sits(in, list["Pupil7"])
		for path, v := range map[string]*visitor{"/join/" + c.code + "?as=guest": passing, "/join/" + c.code + "?as=account": known,
			list["Pupil9"].link: passing, list["Pupil10"].link: known, "/join/" + c.code + "?as=pupil": in, list["Pupil11"].link: in, "/fresh": in,
			c.pupilPath():          c.teacher,
			c.path() + "/students": c.teacher, c.path() + "/slips": c.teacher, c.path() + "/teachers": c.teacher,
			c.path(): c.teacher, "/join/" + c.code: {site: s}, list["Pupil8"].link: {site: s}, "/pin": in, "/seen": in} {
			v.page(path)
			before, began := s.reads(), time.Now()
			page := v.page(path)
			if n := s.reads() - before; n > 6 || n == 0 {
				t.Errorf("GET %s of a class of %d takes %d queries, want 1 to 6", path, size, n)
			}
			t.Logf("GET %s of a class of %d: %v, %d bytes", path, size, time.Since(began).Round(time.Millisecond), len(page))
		}
	}
}
