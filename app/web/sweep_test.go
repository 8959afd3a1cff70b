package web_test

import (
	"strings"
	"testing"
	"time"
)

// work runs every job once.
func (s *site) work() {
	s.t.Helper()
	seen := map[string]bool{}
	for _, j := range s.app.Jobs() {
		if seen[j.Name] || j.Every < time.Minute {
			s.t.Errorf("the job %q runs every %v, or is listed twice", j.Name, j.Every)
		}
		seen[j.Name] = true
		if err := j.Run(s.t.Context()); err != nil {
			s.t.Errorf("%s: %v", j.Name, err)
		}
	}
}

func TestUnusedGuestsGoAndOthersStay(t *testing.T) {
	s := open(t)
	ada, idle, back, words := account(s, "Ada"), guest(s), guest(s), guest(s)
	who := []string{}
	for _, v := range []*visitor{ada, idle, back, words} {
		who = append(who, v.person().ID.String())
	}
	left := func(i int) int64 {
		n, err := s.db.Number(t.Context(), "SELECT COUNT(*) FROM event WHERE learner = "+who[i])
		if err != nil {
			t.Fatal(err)
		}
		return n
	}
	list, err := s.app.Desk.Words(t.Context(), words.person())
	if err != nil {
		t.Fatal(err)
	}
	words.post("/fresh") // has left this browser, and the words bring it back
	s.now = s.now.Add(89 * 24 * time.Hour)
	s.work()
	words.post("/recover", "words", strings.Join(list, " "))
	back.page("/today")
	s.now = s.now.Add(2 * 24 * time.Hour)
	s.work()
	for i, want := range []int64{1, 0, 1, 1} {
		if got := left(i); got != want {
			t.Errorf("after 91 days %d events of learner %d, want %d", got, i, want)
		}
	}
	back.page("/sittings/1/questions/1")
	words.page("/sittings/1/questions/1")
	if opens(s, idle.cookie) {
		t.Error("the cookie of a guest who is gone still opens")
	}
	if to := (&visitor{site: s}).post("/sign-in", "name", "Ada", "password", "seven amber trams"); to != "/today" {
		t.Errorf("an account unused for 91 days leads to %s", to)
	}
}
