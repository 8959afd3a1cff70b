//go:build unix

package main

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"testing"

	"thaw/db"
	"thaw/db/dbtest"
)

func TestTheSameOnPostgres(t *testing.T) {
	server := dbtest.Postgres(t)
	for _, c := range []struct {
		name string
		test func(*testing.T)
	}{
		{"stranger", TestStrangerAnswersAndComesBackElsewhere},
		{"claim", TestGuestClaimsProgressByAnAccount},
		{"posts", TestPostsThatNobodySentAreRefused},
		{"user", TestSomebodyIsAddedAndLetBackIn},
		{"set-up", TestSetUp},
		{"class", TestATeacherIsInvitedAndAClassJoins},
		{"kill", TestAcknowledgedAnswersSurviveAKill},
		{"restore", TestABackupIsPutBackWhileOthersAnswer},
		{"bank", TestATeacherWritesABankThatLasts},
		{"lesson", TestAQuestionTypedByATeacherIsAnsweredByAPupil},
		{"first question", TestAStrangersQuestionIsKeptByAnAccount},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Setenv("THAW_DB", dbtest.NewDatabase(t, server))
			c.test(t)
		})
	}
}

// pair is two instances on one database.
type pair struct {
	t    *testing.T
	name string
	both [2]*program
}

func startPair(t *testing.T) *pair {
	t.Helper()
	p := &pair{t: t, name: dbtest.NewDatabase(t, dbtest.Postgres(t))}
	t.Setenv("THAW_DB", p.name)
	var group sync.WaitGroup
	for i := range p.both {
		dir := t.TempDir()
		group.Go(func() { p.both[i] = start(t, dir) }) // at once: one of them migrates
	}
	group.Wait()
	if p.both[0] == nil || p.both[1] == nil {
		t.Fatal("two instances do not start together")
	}
	return p
}

// count asks the database.
func (p *pair) count(query string) int64 {
	p.t.Helper()
	d, err := db.Open(p.t.Context(), db.Config{Name: p.name, ReadOnly: true})
	if err != nil {
		p.t.Fatal(err)
	}
	defer d.Close()
	n, err := d.Number(p.t.Context(), query)
	if err != nil {
		p.t.Fatal(err)
	}
	return n
}

// result is one answer to a post, its redirect not followed.
type result struct {
	status int
	to     string
	cookie string
}

// storm sends each form four times to each instance, all at once.
func (p *pair) storm(path, cookie string, forms ...url.Values) []result {
	p.t.Helper()
	client := &http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	var group sync.WaitGroup
	var mu sync.Mutex
	var all []result
	for _, instance := range p.both {
		for _, form := range forms {
			for range 4 {
				group.Go(func() {
					r, err := send(p.t.Context(), client, instance.url+path, cookie, form)
					if err != nil {
						p.t.Error(err)
					}
					mu.Lock()
					defer mu.Unlock()
					all = append(all, r)
				})
			}
		}
	}
	group.Wait()
	return all
}

func send(ctx context.Context, client *http.Client, address, cookie string, form url.Values) (result, error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, address, strings.NewReader(form.Encode()))
	if err != nil {
		return result{}, err
	}
	req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	req.Header.Set("Sec-Fetch-Site", "same-origin")
	req.Header.Set("Cookie", cookie)
	res, err := client.Do(req)
	if err != nil {
		return result{}, err
	}
	defer res.Body.Close()
	r := result{status: res.StatusCode, to: res.Header.Get("Location")}
	for _, c := range res.Cookies() {
		r.cookie = c.Name + "=" + c.Value
	}
	return r, nil
}

// statuses counts results by status.
func statuses(all []result) map[int]int {
	n := map[int]int{}
	for _, r := range all {
		n[r.status]++
	}
	return n
}

// With two instances behind one address, every promise of one holds: the same
// post is taken once, of two answers one counts, a name is given once.
func TestTwoInstancesKeepEveryPromise(t *testing.T) {
	p := startPair(t)
	a := p.both[0].browser(t)
	a.get("/")
	f, err := a.page.form("answer")
	if err != nil {
		t.Fatal(err)
	}
	f.values.Set("answer", "1")

	landed := p.storm(f.action, "", f.values)
	for _, r := range landed {
		if r.status != http.StatusSeeOther || r.to != "/sittings/1/questions/1" || r.cookie != landed[0].cookie {
			t.Errorf("a doubled first answer: %d to %s", r.status, r.to)
		}
	}
	for what, query := range map[string]string{"guest": `SELECT COUNT(*) FROM learner`, "sitting": `SELECT COUNT(*) FROM sitting`,
		"event": `SELECT COUNT(*) FROM event`, "session": `SELECT COUNT(*) FROM session`} {
		if n := p.count(query); n != 1 {
			t.Errorf("%d of %s, want 1", n, what)
		}
	}
	cookie := landed[0].cookie

	const same, one, other = "the-same-token-twice-1", "one-token-of-two-0001", "one-token-of-two-0002"
	second, third := "/sittings/1/questions/2", "/sittings/1/questions/3"
	if got := statuses(p.storm(second, cookie, url.Values{"token": {same}, "answer": p.wrong(cookie, 2)})); got[http.StatusSeeOther] != 8 {
		t.Errorf("one answer sent eight times: %v, want eight ways on", got)
	}
	if n := p.count(`SELECT COUNT(*) FROM event WHERE pos = 2`); n != 1 {
		t.Errorf("one answer sent eight times is stored %d times", n)
	}
	got := statuses(p.storm(third, cookie, url.Values{"token": {one}, "answer": p.wrong(cookie, 3)}, url.Values{"token": {other}, "answer": p.wrong(cookie, 3)}))
	if got[http.StatusSeeOther] != 8 || got[http.StatusConflict] != 8 {
		t.Errorf("two answers to one question: %v, want eight ways on and eight conflicts", got)
	}
	if n := p.count(`SELECT COUNT(*) FROM event WHERE pos = 3`); n != 1 {
		t.Errorf("two answers to one question are stored %d times", n)
	}

	p.storm("/sign-up", "", url.Values{"name": {"Ada"}, "password": {"seven amber trams"}})
	if n := p.count(`SELECT COUNT(*) FROM learner WHERE folded = 'ada'`); n != 1 {
		t.Errorf("%d accounts of one name", n)
	}
	begun := p.storm("/sittings", cookie, url.Values{"token": {"begin-once-on-both-1"}, "topic": {"0"}})
	for _, r := range begun {
		if r.status != http.StatusSeeOther || r.to != begun[0].to {
			t.Errorf("a doubled begin: %d to %s, want %s", r.status, r.to, begun[0].to)
		}
	}
	if n := p.count(`SELECT COUNT(*) FROM sitting`); n != 2 {
		t.Errorf("%d sittings, want 2", n)
	}

	p.storm("/sign-out", cookie, url.Values{})
	for i := range p.both {
		gone := p.known(i, cookie)
		if gone.get("/today"); !strings.HasPrefix(gone.page.path, "/sign-in") {
			t.Errorf("signed out, instance %d shows %s", i+1, gone.page.path)
		}
	}
}

// A place in a class and a name there are given once, too.
func TestTwoInstancesSeatAPupilOnce(t *testing.T) {
	p := startPair(t)
	at := 0
	if first := p.both[0].browser(t); first.get(p.both[0].setup).status != http.StatusOK {
		at = 1 // the link printed last is the good one
	}
	admin := p.both[at].office(t)
	l := newLesson(p.both[at].invite(t, admin, "Vera Noor"), "10b")
	const same = "a-seat-once-on-both-001"
	sat := p.storm("/join/"+l.code, "", url.Values{"token": {same}, "name": {"Mila"}})
	for _, r := range sat {
		if r.status != http.StatusSeeOther || r.to != "/sittings/1/questions/1" || r.cookie != sat[0].cookie {
			t.Errorf("a doubled join: %d to %s", r.status, r.to)
		}
	}
	got := statuses(p.storm("/join/"+l.code, "", url.Values{"token": {"one-of-two-tokens-0001"}, "name": {"Ben"}}, url.Values{"token": {"one-of-two-tokens-0002"}, "name": {"BEN"}}))
	if got[http.StatusSeeOther] != 8 || got[http.StatusConflict] != 8 {
		t.Errorf("two who want one name: %v, want eight ways on and eight conflicts", got)
	}
	if n := p.count(`SELECT COUNT(*) FROM member WHERE role = 'pupil'`); n != 2 {
		t.Errorf("%d pupils, want 2", n)
	}
	if n := p.count(`SELECT COUNT(*) FROM learner WHERE folded IS NULL`); n != 2 {
		t.Errorf("%d guests, want 2", n)
	}
}

// known is a browser with somebody's cookie.
func (p *pair) known(instance int, cookie string) *browser {
	p.t.Helper()
	b := p.both[instance].browser(p.t)
	base, err := url.Parse(b.base)
	if err != nil {
		p.t.Fatal(err)
	}
	name, value, _ := strings.Cut(cookie, "=")
	b.client.Jar.SetCookies(base, []*http.Cookie{{Name: name, Value: value}})
	return b
}

// wrong is an answer to an item of the first sitting that closes it.
func (p *pair) wrong(cookie string, pos int) []string {
	p.t.Helper()
	b := p.known(1, cookie)
	b.get(fmt.Sprintf("/sittings/1/questions/%d", pos))
	f, err := b.page.form("answer")
	if err != nil {
		p.t.Fatalf("question %d: %v", pos, err)
	}
	switch f.inputs["answer"] {
	case "radio":
		return []string{"1"}
	case "checkbox": // all of them: never right, nor almost
		var all []string
		for n := 1; strings.Contains(b.page.body, fmt.Sprintf(`name="answer" value="%d"`, n)); n++ {
			all = append(all, fmt.Sprint(n))
		}
		return all
	}
	return blanks(b.page.body, "no idea")
}
