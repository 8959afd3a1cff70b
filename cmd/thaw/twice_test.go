package main

import (
	"fmt"
	"net"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"sync"
	"testing"
)

// together sends each form as often, all at the same time.
func (c *crowd) together(t *testing.T, g *guest, path string, times int, forms ...url.Values) []answered {
	t.Helper()
	var group sync.WaitGroup
	all := make([]answered, times*len(forms))
	begin := make(chan struct{})
	for i := range all {
		group.Go(func() {
			<-begin
			var err error
			if all[i], err = c.send(t.Context(), http.MethodPost, g, path, forms[i%len(forms)]); err != nil {
				t.Error(err)
			}
		})
	}
	close(begin)
	group.Wait()
	return all
}

// come is a new guest with an open quiz, the first question of which was answered by so many
// posts of the same form.
func (c *crowd) come(t *testing.T, times int) *guest {
	t.Helper()
	g := &guest{}
	landing, ok := c.next(t.Context(), g)
	if !ok {
		t.Fatal("no landing page")
	}
	all := c.together(t, g, "/", times, url.Values{"token": {landing.token}, "answer": {"1"}})
	for _, r := range all {
		if r.status != http.StatusSeeOther || r.to != all[0].to || r.cookie != all[0].cookie {
			t.Errorf("a first answer sent %d times: %d to %s for %s, and %d to %s for %s", times, r.status, r.to, r.cookie, all[0].status, all[0].to, all[0].cookie)
		}
	}
	g.cookie, g.sitting = all[0].cookie, strings.TrimSuffix(all[0].to, "1")
	return g
}

// However often a form is sent at once it counts once and everybody gets the same result; of
// two tabs with different answers one counts, and the other is shown what stands.
func TestAFormThatIsSentManyTimesCountsOnce(t *testing.T) {
	t.Parallel()
	data, crowd := t.TempDir(), newCrowd(50)
	p := start(t, data, behindProxy)
	crowd.at(p)
	many := []int{2, 3, 10, 50}
	for range longer(1, 50) {
		for _, times := range many {
			g := crowd.come(t, times)
			for pos := 2; pos <= 5; pos++ {
				form := url.Values{"token": {token()}, "answer": {"1"}}
				for _, r := range crowd.together(t, g, fmt.Sprintf("%s%d", g.sitting, pos), times, form) {
					if r.status != http.StatusSeeOther {
						t.Errorf("an answer sent %d times: %d", times, r.status)
					}
				}
			}
			for pos := 6; pos <= 9; pos++ {
				crowd.twoTabs(t, g, pos)
			}
		}
	}
	p.stop(t)
	in := opened(t, data)
	want := longer(1, 50) * len(many) * 9
	if n := crowd.kept(t, in); n != want {
		t.Errorf("%d answers are stored, want %d", n, want)
	}
	sound(t, in)
}

// twoTabs answers a question twice at once, differently.
func (c *crowd) twoTabs(t *testing.T, g *guest, pos int) {
	t.Helper()
	path := fmt.Sprintf("%s%d", g.sitting, pos)
	both := c.together(t, g, path, 1, url.Values{"token": {token()}, "answer": {"1"}}, url.Values{"token": {token()}, "answer": {"2"}})
	codes := []int{both[0].status, both[1].status}
	slices.Sort(codes)
	if !slices.Equal(codes, []int{http.StatusSeeOther, http.StatusConflict}) {
		t.Fatalf("two tabs get %v, want one way on and one conflict", codes)
	}
	stands, err := c.send(t.Context(), http.MethodGet, g, path, nil)
	if err != nil {
		t.Fatal(err)
	}
	lost := both[0].body
	if both[0].status == http.StatusSeeOther {
		lost = both[1].body
	}
	_, kept, _ := strings.Cut(page{body: lost}.text(), "Kept: ")
	kept, _, ok := strings.Cut(kept, ". Not kept")
	if verdict := (page{body: stands.body}).text(); !ok || !strings.Contains(verdict, kept+" your answer") {
		t.Errorf("the tab that lost shows\n%s\nwant what stands:\n%s", page{body: lost}.text(), verdict)
	}
}

// Whoever goes away while answers are committed together takes nobody's answer along, and
// has an own one once, or not at all until it is sent again.
func TestWhoGoesAwayInTheMidstTakesNobodyAlong(t *testing.T) {
	t.Parallel()
	data, crowd := t.TempDir(), newCrowd(16)
	p := start(t, data, behindProxy)
	crowd.at(p)
	var leaving []*guest
	for range longer(20, 500) {
		g := crowd.come(t, 1)
		g.waiting = &sent{g.sitting + "2", token(), "1"}
		leaving = append(leaving, g)
	}
	over := crowd.storm(t)
	crowd.until(t, 50)
	for _, g := range leaving {
		leave(t, p.url, g)
	}
	crowd.until(t, 200)
	over()
	for _, g := range leaving { // comes again
		r, err := crowd.send(t.Context(), http.MethodPost, g, g.waiting.path, url.Values{"token": {g.waiting.token}, "answer": {g.waiting.value}})
		if err != nil || r.status != http.StatusSeeOther {
			t.Errorf("sent again: %d, %v", r.status, err)
		}
		crowd.taken = append(crowd.taken, taken{cookie: g.cookie, sent: *g.waiting})
	}
	p.stop(t)
	in := opened(t, data)
	n := crowd.kept(t, in)
	sound(t, in)
	if want := len(crowd.taken) + len(leaving); n != want || crowd.refused+crowd.unheard > 0 { // their first answers
		t.Errorf("%d answers are stored, want %d; %d refused and %d without a reply, want none", n, want, crowd.refused, crowd.unheard)
	}
}

// leave sends what waits and is gone at once.
func leave(t *testing.T, base string, g *guest) {
	t.Helper()
	conn, err := new(net.Dialer).DialContext(t.Context(), "tcp", strings.TrimPrefix(base, "http://"))
	need(t, err)
	body := url.Values{"token": {g.waiting.token}, "answer": {g.waiting.value}}.Encode()
	_, err = fmt.Fprintf(conn, "POST %s HTTP/1.1\r\n%sCookie: %s\r\nContent-Length: %d\r\n\r\n%s", g.waiting.path, formHead, g.cookie, len(body), body)
	need(t, err)
	if tcp, ok := conn.(*net.TCPConn); ok {
		need(t, tcp.SetLinger(0)) // not a word more
	}
	need(t, conn.Close())
}
