package web_test

import (
	"strings"
	"testing"
	"time"
)

// TestWhatRememberingCosts: a curve of one's own, that says what it goes by.
func TestWhatRememberingCosts(t *testing.T) {
	s := open(t)
	v := account(s, "Ada")
	v.wants(v.page("/progress"), `href="/memory"`)
	page := v.page("/memory")
	v.wants(page, "What remembering more would cost", "<svg", "90 %, your schedule", "neither how you forget nor your pace is known", "12 seconds an answer")
	for range 4 {
		s.now = s.now.Add(26 * time.Hour)
		play(s, v.person())
	}
	page = v.page("/memory")
	v.wants(page, "A fact comes back when your chance to recall it has fallen to 90 %", "Waiting until 80 %", "Coming back at 95 %", "minutes a week, and you would know about")
	if page != v.page("/memory") {
		t.Error("the same learner sees another curve when the page is loaded again")
	}

	s.now = s.now.Add(time.Minute)
	idle := &visitor{site: s}
	idle.post("/sign-up", "name", "Grace", "password", "seven amber trams")
	if page := idle.page("/memory"); !strings.Contains(page, "Nothing to show yet") || strings.Contains(page, "class=\"ticks\"") {
		t.Errorf("who has met nothing is shown a curve:\n%s", page)
	}
}
