package web_test

import (
	"bytes"
	"crypto/sha256"
	"fmt"
	"net/url"
	"os"
	"strings"
	"testing"
	"time"

	"thaw/app/people"
	"thaw/app/web"
)

// onward are values of ?next= and where they lead: a page of ours as it is, anything else
// to today's.
var onward = map[string]string{
	"/progress": "/progress", "/sittings/1?x=1": "/sittings/1?x=1", "/banks/1#top": "/banks/1#top", "/people?q=%2F%2Fevil.example": "/people?q=%2F%2Fevil.example",
	"": "/today", "progress": "/today", "?x=1": "/today", "//evil.example": "/today", "///evil.example": "/today", `/\evil.example`: "/today", `\\evil.example`: "/today", `/\/evil.example`: "/today",
	"/%2f%2fevil.example": "/today", "/%2fevil.example": "/today", "/%2Fevil.example": "/today", "/%5cevil": "/today", "/%5Cevil.example": "/today", "%2f%2fevil.example": "/today",
	"https://evil.example": "/today", "http:evil.example": "/today", "HTTPS://evil.example": "/today", "https:/evil.example": "/today", "//evil.example@example.com": "/today", "//example.com": "/today",
	"javascript:alert(1)": "/today", "JavaScript:alert(1)": "/today", " javascript:alert(1)": "/today", "data:text/html,x": "/today", "mailto:x@evil.example": "/today",
	"/a\r\nSet-Cookie: x=1": "/today", "/a\nb": "/today", "/\t/evil.example": "/today", " //evil.example": "/today", " /progress": "/today", "/%00": "/today", "/%0d%0aLocation:x": "/today", "/%09/evil.example": "/today",
	"/..//evil.example": "/today", "/./\\evil.example": "/today", "/../..//evil.example": "/today", "/%2e%2e//evil.example": "/today", "/%zz": "/today", "/" + strings.Repeat("a", 600): "/today", "/\u2028": "/today", "/\u202eelpmaxe.live//": "/today",
}

// TestOnwardStaysOnTheSite at the door, where the form has it, and after a pause.
func TestOnwardStaysOnTheSite(t *testing.T) {
	s := open(t)
	account(s, "Ada")
	page := (&visitor{site: s}).page("/sign-in?next=//evil.example")
	wantIn(t, page, `name="next" value="/today"`)
	for next, want := range onward {
		v := &visitor{site: s}
		to := v.post("/sign-in", "name", "Ada", "password", secret, "next", next)
		if to != want {
			t.Errorf("next=%q leads to %q, want %q", next, to, want)
		}
		if to := v.post("/idle", "next", next); to != want {
			t.Errorf("going on with next=%q leads to %q, want %q", next, to, want)
		}
	}
}

// TestSessionsEndAtOnce on every device of a person when there is a reason to; where
// somebody only signs out, or changes the password, on those that this means.
func TestSessionsEndAtOnce(t *testing.T) {
	for name, c := range map[string]struct {
		does            func(w world, v *visitor)
		here, elsewhere bool // does the session still open
	}{
		"signs out":          {func(_ world, v *visitor) { v.post("/sign-out") }, false, true},
		"has a new password": {func(_ world, v *visitor) { v.post("/password", "old", secret, "password", "eight amber trams") }, true, false},
		"leaves":             {func(_ world, v *visitor) { v.post("/account/leave", "password", secret) }, false, false},
		"is shut out":        {func(w world, v *visitor) { w.admin.post("/people/"+v.person().ID.String()+"/off", "off", "1") }, false, false},
		"becomes a teacher":  {func(w world, v *visitor) { w.admin.post("/people/"+v.person().ID.String()+"/role", "role", "teacher") }, false, false},
		"is let back in by the teacher": {func(w world, v *visitor) {
			n := w.join(v, "Ada B")
			w.teacher.post(fmt.Sprintf("%s/pupils/%d/reset", w.path(), n), "token", "abcdefghijklmnopqrstuv")
		}, false, false},
		"is deleted": {func(w world, v *visitor) {
			if err := w.pupil.db.Exec(w.pupil.t.Context(), "DELETE FROM learner WHERE id = "+v.person().ID.String()); err != nil {
				w.pupil.t.Fatal(err)
			}
		}, false, false},
		"does nothing for a month": {func(w world, _ *visitor) { w.pupil.now = w.pupil.now.Add(30*24*time.Hour + time.Minute) }, false, false},
	} {
		t.Run(name, func(t *testing.T) {
			s := open(t)
			w := newWorld(s, "10b", "/people")
			v := account(s, "Ada")
			other := &visitor{site: s}
			other.post("/sign-in", "name", "Ada", "password", secret, "keep", "1")
			here, elsewhere := v.cookie, other.cookie
			if here == elsewhere || !opens(s, here) || !opens(s, elsewhere) {
				t.Fatal("Ada is not signed in twice")
			}
			c.does(w, v)
			if got := opens(s, here); got != c.here {
				t.Errorf("the session opens here: %v, want %v", got, c.here)
			}
			if got := opens(s, elsewhere); got != c.elsewhere {
				t.Errorf("the session opens elsewhere: %v, want %v", got, c.elsewhere)
			}
		})
	}
}

// TestSessionsAreStoredHashed: who reads the file finds nothing that opens anything, neither
// a cookie, nor a link, nor words, nor a password.
func TestSessionsAreStoredHashed(t *testing.T) {
	s := open(t)
	v := account(s, "Ada")
	words, err := s.app.Desk.Words(t.Context(), v.person())
	if err != nil {
		t.Fatal(err)
	}
	link, err := s.app.Desk.SignInLink(t.Context(), v.person())
	if err != nil {
		t.Fatal(err)
	}
	_, cookie, _ := strings.Cut(v.cookie, "=")
	sum := sha256.Sum256([]byte(cookie))
	hashed := false
	for _, end := range []string{"", "-wal"} {
		raw, err := os.ReadFile(s.db.Path() + end)
		if err != nil {
			t.Fatal(err)
		}
		for what, secret := range map[string]string{"the cookie": cookie, "the link": link, "the words": strings.Join(words, " "), "the password": secret} {
			if bytes.Contains(raw, []byte(secret)) {
				t.Errorf("the file%s holds %s", end, what)
			}
		}
		hashed = hashed || bytes.Contains(raw, sum[:])
	}
	if !hashed {
		t.Error("the hash of the session is not stored either")
	}
}

// TestAnAddressIsTheNetworkOfAnIPv6: what one /64 has tried in vain shuts the door to all of
// it, and to nobody else.
func TestAnAddressIsTheNetworkOfAnIPv6(t *testing.T) {
	s := open(t)
	account(s, "Ada")
	var err error
	if s.server, err = s.app.Server(web.Config{URL: "http://example.com", Log: s.server.Log, Proxies: []string{"0.0.0.0"}}); err != nil {
		t.Fatal(err)
	}
	tries := func(from, name, password string) int {
		res := (&visitor{site: s}).send("POST", "/sign-in", url.Values{"name": {name}, "password": {password}}, "X-Forwarded-For", from)
		res.Body.Close()
		return res.StatusCode
	}
	for i := range 200 {
		if got := tries(fmt.Sprintf("2001:db8:0:1::%x", i+1), fmt.Sprintf("Nobody %d", i), "wrong wrong"); got != 422 {
			t.Fatalf("failure %d: %d, want 422", i+1, got)
		}
	}
	for from, want := range map[string]int{"2001:db8:0:1::ffff": 429, "2001:db8:0:1:1:2:3:4": 429, "2001:db8:0:2::1": 303, "2001:db8::1": 303, "192.0.2.7": 303} {
		if got := tries(from, "Ada", secret); got != want {
			t.Errorf("the right password from %s: %d, want %d", from, got, want)
		}
	}
	s.now = s.now.Add(2 * time.Minute) // failures are counted by whole minutes
	if got := tries("2001:db8:0:1::ffff", "Ada", secret); got != 303 {
		t.Errorf("two minutes later: %d, want 303", got)
	}
}

// TestWhoSignsInFailsNobodyElse: forty pupils behind one address sign in within a minute,
// though each of them errs twice before.
func TestWhoSignsInFailsNobodyElse(t *testing.T) {
	s := open(t)
	phc, err := s.app.Desk.Hash(t.Context(), secret)
	if err != nil {
		t.Fatal(err)
	}
	for i := range 40 {
		name := fmt.Sprintf("Pupil %d", i)
		who := people.Person{ID: named(s, name+" too", people.Pupil).person().ID + 5000, Name: name, Role: people.Pupil, Lang: "en", Zone: "UTC", Created: s.now}
		if err := s.app.Desk.Store.AccountAdd(t.Context(), people.Account{Person: who, Password: phc}, people.Fold(name), nil); err != nil {
			t.Fatal(err)
		}
	}
	for i := range 40 {
		v := &visitor{site: s}
		for range 2 {
			v.wantStatus(422, "POST", "/sign-in", "name", fmt.Sprintf("Pupil %d", i), "password", "seven amber trains")
		}
		if to := v.post("/sign-in", "name", fmt.Sprintf("Pupil %d", i), "password", secret); to != "/today" {
			t.Errorf("pupil %d is led to %s", i, to)
		}
	}
}
