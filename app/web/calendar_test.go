package web_test

import (
	"io"
	"regexp"
	"strings"
	"testing"
	"time"
)

var feedLink = regexp.MustCompile(`http://example\.com(/calendar/[0-9a-f]{40}\.ics)`)

// feed is where a visitor's calendar link leads.
func (v *visitor) feed(page string) string {
	v.t.Helper()
	found := feedLink.FindStringSubmatch(v.page(page))
	if found == nil {
		v.t.Fatal("there is no calendar link")
	}
	return found[1]
}

// lines are a calendar's, unfolded; it is checked for what every calendar must hold.
func lines(t *testing.T, raw string) []string {
	t.Helper()
	if !strings.HasSuffix(raw, "END:VCALENDAR\r\n") || strings.Count(raw, "\n") != strings.Count(raw, "\r\n") {
		t.Errorf("lines do not end in CR LF: %q", raw)
	}
	for line := range strings.SplitSeq(raw, "\r\n") {
		if len(line) > 75 {
			t.Errorf("a line has %d bytes: %q", len(line), line)
		}
	}
	return strings.Split(strings.TrimSuffix(strings.ReplaceAll(raw, "\r\n ", ""), "\r\n"), "\r\n")
}

func valuesOf(lines []string, name string) (values []string) {
	for _, l := range lines {
		if key, value, _ := strings.Cut(l, ":"); strings.Split(key, ";")[0] == name {
			values = append(values, value)
		}
	}
	return values
}

// TestACalendarShowsUsefulTimes and nothing of what is studied.
func TestACalendarShowsUsefulTimes(t *testing.T) {
	s := open(t)
	v := account(s, "Ada")
	v.exam("Top secret finals", 9)
	v.answers(1, 5, true)
	s.now = s.now.AddDate(0, 0, 2)
	wantIn(t, v.page("/account"), "Make a link")
	if to := v.post("/account/calendar"); to != "/account#calendar" {
		t.Errorf("a new link leads to %s", to)
	}
	path := v.feed("/account")
	nobody := &visitor{site: s}
	res := nobody.send("GET", path, nil)
	raw, err := io.ReadAll(res.Body)
	res.Body.Close()
	if err != nil || res.StatusCode != 200 || res.Header.Get("Content-Type") != "text/calendar; charset=utf-8" ||
		res.Header.Get("Cache-Control") != "private, max-age=3600" || res.Header.Get("Set-Cookie") != "" {
		t.Fatalf("the calendar: %d %v %v", res.StatusCode, res.Header, err)
	}
	cal := lines(t, string(raw))
	starts, ends, names := valuesOf(cal, "DTSTART"), valuesOf(cal, "DTEND"), valuesOf(cal, "UID")
	if len(starts) == 0 || len(starts) > 14 || len(ends) != len(starts) || len(names) != len(starts) || len(valuesOf(cal, "DTSTAMP")) != len(starts) {
		t.Fatalf("events: %v", cal)
	}
	for i := range starts {
		from, err := time.Parse("20060102T150405Z", starts[i])
		if err != nil {
			t.Fatal(err)
		}
		to, err := time.Parse("20060102T150405Z", ends[i])
		if err != nil || !to.After(from) || to.Sub(from) > 10*time.Minute || from.Hour() != 18 {
			t.Errorf("an event from %v to %v, %v; want some of ten minutes at 18:00", from, to, err)
		}
	}
	if got := valuesOf(cal, "SUMMARY")[0]; !strings.HasPrefix(got, "Thaw: about ") || !strings.Contains(got, "minute") {
		t.Errorf("an event says %q", got)
	}
	if len(valuesOf(cal, "TRANSP")) != len(starts) || valuesOf(cal, "TRANSP")[0] != "TRANSPARENT" || len(valuesOf(cal, "METHOD")) != 0 {
		t.Errorf("events are busy, or invitations: %v", cal)
	}
	for _, name := range []string{"REFRESH-INTERVAL", "X-PUBLISHED-TTL"} {
		if got := valuesOf(cal, name); len(got) != 1 || got[0] != "PT6H" {
			t.Errorf("%s is %v", name, got)
		}
	}
	wantOut(t, string(raw), "secret", "finals", "Ada", strings.Trim(path, "/calendr.is"))
	wantOut(t, s.log.String(), strings.TrimSuffix(strings.TrimPrefix(path, "/calendar/"), ".ics"))
	wantIn(t, s.log.String(), "/calendar/:token.ics")

	s.now = s.now.Add(7 * time.Hour) // in the evening
	later := lines(t, nobody.wantStatus(200, "GET", path))
	if valuesOf(later, "UID")[0] != names[0] || valuesOf(later, "DTSTART")[0] != "20260304T190500Z" {
		t.Errorf("an hour after six the first event is %v of %v, want %v of 19:05", valuesOf(later, "UID")[0], valuesOf(later, "DTSTART")[0], names[0])
	}
	nobody.send("GET", path, nil).Body.Close() // caches fill
	before := s.reads()
	nobody.wantStatus(200, "GET", path)
	if n := s.reads() - before; n > 6 || n == 0 {
		t.Errorf("a calendar takes %d queries, want 1 to 6", n)
	}
	nobody.wantStatus(200, "HEAD", path)
}

// TestACalendarLinkIsOnes own, until it is renewed or switched off.
func TestACalendarLinkIsOnesOwn(t *testing.T) {
	s := open(t)
	ada, bob := account(s, "Ada"), guest(s)
	ada.post("/account/calendar")
	if to := bob.post("/account/calendar"); to != "/settings#calendar" {
		t.Errorf("a guest's new link leads to %s", to)
	}
	first, bobs := ada.feed("/account"), bob.feed("/settings")
	if first == bobs || first != ada.feed("/account") {
		t.Errorf("links %s and %s", first, bobs)
	}
	nobody := &visitor{site: s}
	one, two := nobody.wantStatus(200, "GET", first), nobody.wantStatus(200, "GET", bobs)
	for _, uid := range valuesOf(lines(t, one), "UID") {
		if strings.Contains(two, uid) {
			t.Errorf("two people's events have one name: %s", uid)
		}
	}
	ada.post("/account/calendar")
	second := ada.feed("/account")
	gone := nobody.wantStatus(404, "GET", first)
	nobody.wantStatus(200, "GET", second)
	ada.post("/account/calendar/off")
	wantIn(t, ada.page("/account"), "Make a link")
	for _, path := range []string{second, "/calendar/x.ics", "/calendar/" + strings.Repeat("0", 40) + ".ics", "/calendar/" + strings.Repeat("é", 100) + ".ics"} {
		if got := ada.wantStatus(404, "GET", path); got != gone {
			t.Errorf("%s answers %q, want %q", path, got, gone)
		}
	}
	ada.post("/account/calendar")
	third := ada.feed("/account")
	for _, path := range []string{first, second} {
		nobody.wantStatus(404, "GET", path)
	}
	ada.post("/account/leave", "password", secret)
	nobody.wantStatus(404, "GET", third)
	nobody.wantStatus(200, "GET", bobs)
}

func TestCalendarLinksAreNotGuessed(t *testing.T) {
	s := open(t)
	v := guest(s)
	v.post("/account/calendar")
	path := v.feed("/settings")
	for range 200 {
		(&visitor{site: s}).wantStatus(404, "GET", "/calendar/guess.ics")
	}
	(&visitor{site: s}).wantStatus(429, "GET", path)
	s.now = s.now.Add(2 * time.Minute)
	(&visitor{site: s}).wantStatus(200, "GET", path)
}
