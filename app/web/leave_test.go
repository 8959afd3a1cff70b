package web_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"thaw/app/people"
)

const secret = "seven amber trams" // of account

// to is where a page leads instead of showing.
func (v *visitor) to(method, path string, pairs ...string) string {
	v.t.Helper()
	if method == "POST" {
		return v.post(path, pairs...)
	}
	res := v.send(method, path, nil)
	res.Body.Close()
	return res.Header.Get("Location")
}

// TestWhoLeavesHasAWeekToComeBack and sees one page until then.
func TestWhoLeavesHasAWeekToComeBack(t *testing.T) {
	s := open(t)
	c := newClass(s, "10b")
	v := account(s, "Ada")
	c.join(v, "Ada")
	v.answers(1, 1, true)
	other := &visitor{site: s}
	other.post("/sign-in", "name", "Ada", "password", secret)
	before := v.page("/progress")
	wantIn(t, v.page("/account"), `href="/account/leave"`)
	wantIn(t, v.page("/account/leave"), "9 March 2026", "What goes", "What stays", "/account/data.json", "/account/data.csv", `type="password"`)
	wantIn(t, c.teacher.page(c.path()), ">Ada<")

	wantIn(t, v.wantStatus(422, "POST", "/account/leave", "password", "seven amber trains"), "Nothing was deleted")
	wantIn(t, v.wantStatus(422, "POST", "/account/leave"), "Nothing was deleted")
	if who := v.person(); who.Leaving() {
		t.Error("a wrong password is enough to leave")
	}
	left := v.post("/account/leave", "password", secret)
	wantIn(t, v.page(left), "9 March 2026", `href="/sign-in"`)
	for _, cookie := range []string{v.cookie, other.cookie} {
		if opens(s, cookie) {
			t.Error("a session goes on after leaving")
		}
	}
	wantOut(t, c.teacher.page(c.path()), ">Ada<")

	s.now = s.now.AddDate(0, 0, 6)
	s.work()
	v.post("/sign-in", "name", "Ada", "password", secret)
	for _, r := range s.server.Routes() {
		path := fill(strings.NewReplacer(":code", c.code, "/classes/:n", c.path()).Replace(r.Path))
		switch r.Path {
		case "/leaving", "/left", "/sign-out", "/privacy", "/assets/*", "/healthz", "/readyz", "/calendar/:token.ics":
			continue
		}
		if to := v.to(r.Method, path); to != "/leaving" {
			t.Errorf("%s %s leads who is leaving to %q", r.Method, r.Path, to)
		}
	}
	page := v.page("/leaving")
	wantIn(t, page, "9 March 2026", `action="/leaving"`, `action="/sign-out"`, "Ada")
	wantOut(t, page, `href="/today"`, `href="/settings"`, `<nav`)
	v.post("/sign-out")
	v.post("/sign-in", "name", "Ada", "password", secret)
	if to := v.post("/leaving"); to != "/today" {
		t.Errorf("staying leads to %s", to)
	}
	s.now = s.now.AddDate(0, 0, -6)
	if after := v.page("/progress"); tokenField.ReplaceAllString(after, "") != tokenField.ReplaceAllString(before, "") {
		t.Errorf("after staying the progress is\n%s\nwant\n%s", after, before)
	}
	wantIn(t, c.teacher.page(c.path()), ">Ada<")
	s.now = s.now.AddDate(0, 0, 8)
	s.work()
	v.page("/account")
}

// TestNothingIsLeftAfterAWeek but what was said by name: nothing in the file or the log.
func TestNothingIsLeftAfterAWeek(t *testing.T) {
	s := open(t)
	c := newClass(s, "10b")
	v := account(s, "Zebulon Quirk")
	c.join(v, "Zebulon Q")
	version := s.typed()
	v.contests(version)
	who := v.person()
	v.post("/account/leave", "password", secret)
	s.now = s.now.AddDate(0, 0, 7)
	s.work()
	body := (&visitor{site: s}).wantStatus(422, "POST", "/sign-in", "name", "Zebulon Quirk", "password", secret)
	want := (&visitor{site: s}).wantStatus(422, "POST", "/sign-in", "name", "Zebulon Quark", "password", secret)
	if strings.ReplaceAll(body, "Quirk", "") != strings.ReplaceAll(want, "Quark", "") {
		t.Error("who is deleted is told apart from who never was")
	}
	if _, err := s.app.Desk.Store.AccountOf(t.Context(), who.ID); err == nil {
		t.Error("the account is still there")
	}
	wantOut(t, s.log.String(), "Zebulon", secret, version.Prompt)
	c.teacher.page(c.path())
	c.teacher.page("/inbox")
}

func TestAGuestLeavesAndComesBackByWords(t *testing.T) {
	s := open(t)
	v := guest(s)
	words, err := s.app.Desk.Words(t.Context(), v.person())
	if err != nil {
		t.Fatal(err)
	}
	wantIn(t, v.page("/settings"), `href="/account/leave"`)
	page := v.page("/account/leave")
	wantIn(t, page, "Delete everything about me", strings.Join(words, " "))
	wantOut(t, page, `type="password"`)
	wantIn(t, v.page(v.post("/account/leave")), "three words", `href="/recover"`)
	v.post("/recover", "words", strings.Join(words, " "))
	if to := v.to("GET", "/today"); to != "/leaving" {
		t.Errorf("a guest who is leaving gets to %q", to)
	}
	v.post("/leaving")
	v.page("/sittings/1/questions/1")

	v.post("/words/noted")
	wantOut(t, v.page("/account/leave"), strings.Join(words, " "))
	v.post("/account/leave")
	s.now = s.now.AddDate(0, 0, 7)
	s.work()
	v.wantStatus(422, "POST", "/recover", "words", strings.Join(words, " "))
}

func TestTheDoorBeforeLeavingIsShutAfterTenTries(t *testing.T) {
	s := open(t)
	v := account(s, "Ada")
	for range 10 {
		v.wantStatus(422, "POST", "/account/leave", "password", "wrong")
	}
	v.wantStatus(429, "POST", "/account/leave", "password", secret)
	(&visitor{site: s}).wantStatus(429, "POST", "/sign-in", "name", "Ada", "password", secret)
	s.now = s.now.Add(16 * time.Minute)
	v.post("/account/leave", "password", secret)
}

func TestWhoOthersDependOnStays(t *testing.T) {
	s := open(t)
	c := newClass(s, "The 10b of Vera")
	boss := named(s, "Boss", people.Admin)
	wantIn(t, boss.wantStatus(409, "POST", "/account/leave"), "Somebody has to look after this Thaw")
	page := boss.page("/account/leave")
	wantIn(t, page, "Somebody has to look after this Thaw", `href="/people"`)
	wantOut(t, page, `action="/account/leave"`)
	page = c.teacher.page("/account/leave")
	wantIn(t, page, "The 10b of Vera", `href="/classes"`)
	wantOut(t, page, `action="/account/leave"`)
	wantIn(t, c.teacher.wantStatus(409, "POST", "/account/leave"), "The 10b of Vera")
	c.teacher.page(c.path())
	c.teacher.post(c.path()+"/archive", "away", "1")
	wantIn(t, c.teacher.page("/account/leave"), `action="/account/leave"`)
	who := c.teacher.person()
	c.teacher.post("/account/leave")
	wantIn(t, boss.page("/people/"+who.ID.String()), "Is leaving: everything goes on")
}

// TestAGuestsBrowserAsksAfterAPause who is there, and shows nothing until it is told.
func TestAGuestsBrowserAsksAfterAPause(t *testing.T) {
	s := open(t)
	v := guest(s)
	words, err := s.app.Desk.Words(t.Context(), v.person())
	if err != nil {
		t.Fatal(err)
	}
	to := v.post("/sittings", "token", token(v.page("/today")))
	for range 3 { // in use, if not much
		s.now = s.now.Add(20*time.Minute - time.Second)
		v.page("/settings")
	}
	s.now = s.now.Add(20 * time.Minute)
	idle := v.to("GET", "/progress?x=1")
	if idle != "/idle?next=%2Fprogress%3Fx%3D1" {
		t.Fatalf("after 20 minutes a page leads to %q", idle)
	}
	page := v.page(idle)
	wantIn(t, page, `action="/idle"`, `action="/fresh"`, `value="/progress?x=1"`)
	if !slices.ContainsFunc(words, func(word string) bool { return !strings.Contains(page, word) }) {
		t.Errorf("the page shows the words %q", words) // one of them may be a word of the page
	}
	wantOut(t, page, "<nav", `href="/today"`, `href="/settings"`)
	for _, path := range []string{"/", "/today", "/join", "/sign-in", "/account/data.json", "/fresh", "/recover"} {
		if to := v.to("GET", path); !strings.HasPrefix(to, "/idle?next=") {
			t.Errorf("after a pause %s leads to %q", path, to)
		}
	}
	if to := v.post("/idle", "next", "//evil.example"); to != "/today" {
		t.Errorf("going on leads to %s", to)
	}
	v.page("/progress")

	at := v.post("/sittings", "token", token(v.page("/today")), "topic", "0")
	form := v.page(at)
	s.now = s.now.Add(30 * time.Minute)
	sent := v.post(strings.Split(at, "?")[0], "token", token(form), "answer", "1")
	if next := v.to("GET", sent); !strings.HasPrefix(next, "/idle?next=") {
		t.Errorf("an answer after a pause leads by %s to %q", sent, next)
	}
	if past, err := s.app.Reporter.Store.Pasts(t.Context(), v.person().ID); err != nil || len(past) < 2 {
		t.Errorf("the answer that was under way is lost: %d events, %v; begun at %s", len(past), err, to)
	}
	old := v.cookie
	if to := v.post("/fresh", "next", "/join/BCDFGH"); to != "/join/BCDFGH" {
		t.Errorf("who starts fresh on the way to a class gets to %s", to)
	}
	if opens(s, old) {
		t.Error("the guest's session goes on")
	}
	if to := guest(s).post("/fresh", "next", "/progress"); to != "/" {
		t.Errorf("who starts fresh on the way to a guest's page gets to %s", to)
	}
}

func TestWhoIsNotAskedAfterAPause(t *testing.T) {
	s := open(t)
	ada, v := account(s, "Ada"), guest(s)
	s.now = s.now.Add(21 * time.Minute)
	ada.page("/today")
	v.page(v.to("GET", "/today"))
	form := map[string][]string{"next": {"/today"}, "keep": {"1"}}
	res := v.send("POST", "/idle", form)
	res.Body.Close()
	if cookies := res.Cookies(); len(cookies) != 1 || cookies[0].Expires.Before(s.now.AddDate(0, 0, 89)) {
		t.Errorf("kept on this device, the cookie is %v", cookies)
	}
	wantOut(t, v.page("/settings"), "Keep it on this device")
	other := guest(s)
	wantIn(t, other.page("/settings"), "Keep it on this device")
	other.post("/idle", "keep", "1", "next", "/settings")
	s.now = s.now.AddDate(0, 0, 3)
	if to := other.to("GET", "/progress"); to != "" {
		t.Errorf("who said so in the settings is asked at %s", to)
	}
	if to := v.to("GET", "/progress"); to != "" {
		t.Errorf("who keeps it on this device is asked at %s", to)
	}
	wantIn(t, v.page("/today"), "Not you?")
}
