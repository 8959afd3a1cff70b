package web_test

import (
	"io"
	"net/url"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"thaw/app/people"
	"thaw/app/study"
	"thaw/db"
	"thaw/questions"
)

var wordsOf = regexp.MustCompile(`data-words="([^"]+)"`)

// doors are the ways into an account; each makes the path and the form that open
// it. Ada is an account that is just made.
var doors = map[string]func(ada *visitor) (path string, form []string){
	"a password": func(ada *visitor) (string, []string) {
		return "/sign-in", []string{"name", ada.person().Name, "password", "seven amber trams"}
	},
	"recovery words": func(ada *visitor) (string, []string) {
		return "/recover", []string{"words", wordsOf.FindStringSubmatch(ada.page("/words"))[1]}
	},
	"a link": func(ada *visitor) (string, []string) {
		link, err := ada.app.Desk.SignInLink(ada.t.Context(), ada.person())
		if err != nil {
			ada.t.Fatal(err)
		}
		return "/link/" + link, nil
	},
}

func (s *site) past(who people.Person) []study.Past {
	s.t.Helper()
	past, err := db.Study{DB: s.db}.Pasts(s.t.Context(), who.ID)
	if err != nil {
		s.t.Fatal(err)
	}
	return past
}

// folds says that marks, cards and roll-ups are what events and rulings make of them.
func (s *site) folds(who people.Person) {
	s.t.Helper()
	past := s.past(who)
	cards, cares, err := s.app.Coach.Store.Memory(s.t.Context(), who.ID)
	if err != nil {
		s.t.Fatal(err)
	}
	days, err := db.Study{DB: s.db}.Days(s.t.Context(), who.ID, 0)
	if err != nil {
		s.t.Fatal(err)
	}
	rulings, _, err := s.app.Repairer.Store.Rulings(s.t.Context(), who.ID, 0)
	if err != nil {
		s.t.Fatal(err)
	}
	judge, err := s.app.Repairer.Judging(s.t.Context(), past, rulings)
	if err != nil {
		s.t.Fatal(err)
	}
	for _, what := range study.Differs(past, cards, cares, days, judge) {
		s.t.Error(what)
	}
}

func claims(past []study.Past) (n int) {
	for _, p := range past {
		if p.What == study.Claim {
			n++
		}
	}
	return n
}

func (s *site) learners(id questions.LearnerID) int64 {
	s.t.Helper()
	n, err := s.db.Number(s.t.Context(), "SELECT COUNT(*) FROM learner WHERE id = "+id.String())
	if err != nil {
		s.t.Fatal(err)
	}
	return n
}

// opens tells whether a cookie shows more than the door.
func opens(s *site, cookie string) bool {
	res := (&visitor{site: s, cookie: cookie}).send("GET", "/today", nil)
	res.Body.Close()
	return res.StatusCode == 200
}

func TestAGuestBringsTheAnswersIntoAnAccount(t *testing.T) {
	for name, door := range doors {
		t.Run(name, func(t *testing.T) {
			s := open(t)
			ada := account(s, "Ada")
			mine := len(s.past(ada.person()))
			path, form := door(ada)
			s.now = s.now.Add(time.Hour)
			v := guest(s)
			was, cookie := v.person(), v.cookie
			verdict := v.page("/sittings/1/questions/1")
			page := v.page(path)
			if !strings.Contains(page, "Bring along the 1 answer given here") || !regexp.MustCompile(`name="bring" value="1" checked`).MatchString(page) {
				t.Errorf("the door does not offer, ticked, to bring the answer along:\n%s", page)
			}
			v.post(path, append(form, "bring", "1")...)

			if who := v.person(); who.ID != ada.person().ID {
				t.Fatalf("let in as %d, want %d", who.ID, ada.person().ID)
			}
			past := s.past(ada.person())
			if len(past) != mine+2 || claims(past) != 1 {
				t.Errorf("%d events with %d claims, want %d with one", len(past), claims(past), mine+2)
			}
			if s.learners(was.ID) != 0 || v.cookie == cookie || opens(s, cookie) {
				t.Error("the guest is still there")
			}
			if moved := v.page("/sittings/2/questions/1"); prompt(moved) != prompt(verdict) {
				t.Errorf("the guest's answer shows %q, want %q", prompt(moved), prompt(verdict))
			}
			s.folds(ada.person())
		})
	}
}

var promptText = regexp.MustCompile(`(?s)class="prompt[^>]*>(.*?)</`)

func prompt(page string) string {
	if found := promptText.FindStringSubmatch(page); found != nil {
		return found[1]
	}
	return ""
}

func TestWithoutTheTickTheAnswersStayBehind(t *testing.T) {
	for name, door := range doors {
		t.Run(name, func(t *testing.T) {
			s := open(t)
			ada := account(s, "Ada")
			mine := len(s.past(ada.person()))
			path, form := door(ada)
			v := guest(s)
			was, cookie := v.person(), v.cookie
			words, err := s.app.Desk.Words(t.Context(), was)
			if err != nil {
				t.Fatal(err)
			}
			v.post(path, form...)
			if got := len(s.past(ada.person())); got != mine {
				t.Errorf("%d events, want the %d of before", got, mine)
			}
			if opens(s, cookie) || !opens(s, v.cookie) {
				t.Error("the browser does not change from the guest to the account")
			}
			back := &visitor{site: s}
			back.post("/recover", "words", strings.Join(words, " "))
			if back.person().ID != was.ID {
				t.Error("the guest's words do not bring the answers back")
			}
		})
	}
}

func TestDoorsOfferNothingToBringWhereNothingIs(t *testing.T) {
	s := open(t)
	ada := account(s, "Ada")
	for name, v := range map[string]*visitor{"a stranger": {site: s}, "an account": ada} {
		for _, path := range []string{"/sign-in", "/recover"} {
			if strings.Contains(v.page(path), `name="bring"`) {
				t.Errorf("%s offers %s to bring answers along", path, name)
			}
		}
	}
	bob := account(s, "Bob")
	bob.post("/sign-in", "name", "Ada", "password", "seven amber trams", "bring", "1")
	if n := claims(s.past(ada.person())); n != 0 || !strings.Contains(ada.page("/account"), "Ada") {
		t.Error("an account was claimed by another")
	}
}

func TestADoubledSignInClaimsOnce(t *testing.T) {
	s := open(t)
	ada := account(s, "Ada")
	v := guest(s)
	was := v.person()
	for range 10 {
		s.now = s.now.Add(time.Hour)
		play(s, was)
	}
	want := len(s.past(ada.person())) + len(s.past(was)) + 1
	var wg sync.WaitGroup
	for range 4 {
		wg.Go(func() {
			again := &visitor{site: s, cookie: v.cookie}
			again.post("/sign-in", "name", "Ada", "password", "seven amber trams", "bring", "1")
			if !opens(s, again.cookie) {
				t.Error("a doubled sign-in does not let in")
			}
		})
	}
	wg.Wait()
	past := s.past(ada.person())
	if len(past) != want || claims(past) != 1 {
		t.Errorf("%d events with %d claims, want %d with one", len(past), claims(past), want)
	}
	s.folds(ada.person())
}

// TestTheSameLandingIsNotClaimedTwice goes back to the first page after signing
// out and sends it once more: the guest it makes has an answer of the account.
func TestTheSameLandingIsNotClaimedTwice(t *testing.T) {
	s := open(t)
	ada := account(s, "Ada")
	landing := token((&visitor{site: s}).page("/"))
	for _, bring := range []string{"1", "again", ""} {
		v := &visitor{site: s}
		v.post("/", "token", landing, "answer", "1")
		if bring != "again" {
			v.post("/sign-in", "name", "Ada", "password", "seven amber trams", "bring", bring)
			continue
		}
		res := v.send("POST", "/sign-in", url.Values{"name": {"Ada"}, "password": {"seven amber trams"}, "bring": {"1"}})
		raw, _ := io.ReadAll(res.Body)
		res.Body.Close()
		if page := string(raw); res.StatusCode != 409 || !strings.Contains(page, "already") || strings.Contains(page, "checked") {
			t.Errorf("answers that are there already: %d, want 409 and the tick taken away:\n%s", res.StatusCode, page)
		}
	}
	if n := claims(s.past(ada.person())); n != 1 {
		t.Errorf("%d claims, want one", n)
	}
}

func TestDisabledAccountsHaveNoWayIn(t *testing.T) {
	for name, door := range doors {
		t.Run(name, func(t *testing.T) {
			s := open(t)
			ada := account(s, "Ada")
			path, form := door(ada)
			if err := s.db.Exec(t.Context(), "UPDATE learner SET disabled = 1 WHERE id = "+ada.person().ID.String()); err != nil {
				t.Fatal(err)
			}
			v := guest(s)
			was, cookie := v.person(), v.cookie
			values := url.Values{"bring": {"1"}}
			for i := 0; i+1 < len(form); i += 2 {
				values.Set(form[i], form[i+1])
			}
			res := v.send("POST", path, values)
			res.Body.Close()
			if res.StatusCode != 422 && res.StatusCode != 404 {
				t.Errorf("status %d, want 422 or 404", res.StatusCode)
			}
			if v.cookie != cookie || s.learners(was.ID) != 1 || !opens(s, cookie) {
				t.Error("the guest at the door has lost something")
			}
			if opens(s, ada.cookie) {
				t.Error("the session of before still opens")
			}
			if strings.HasPrefix(path, "/link/") {
				res := v.send("GET", path, nil)
				res.Body.Close()
				if res.StatusCode != 404 {
					t.Errorf("the link shows %d, want 404", res.StatusCode)
				}
			}
		})
	}
}
