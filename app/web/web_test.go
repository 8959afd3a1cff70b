package web_test

import (
	"bytes"
	"cmp"
	"compress/gzip"
	"context"
	"fmt"
	"html"
	"io"
	"log/slog"
	"maps"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"runtime/debug"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"
	_ "time/tzdata"

	"thaw/app"
	"thaw/app/people"
	"thaw/app/quiz"
	"thaw/app/web"
	"thaw/db"
	"thaw/questions"
	"thaw/questions/kind"
)

// site is the app on a real database, with a clock that tests move.
type site struct {
	t      *testing.T
	app    *app.App
	db     *db.DB
	server *web.Server
	now    time.Time
	log    strings.Builder
	reads  func() int64 // read queries of all requests so far
	people int          // accounts made by named
	beside url.Values   // fields that go along with every form
}

// TestMain lets garbage lie longer: most of a run's memory is short-lived pages.
func TestMain(m *testing.M) {
	debug.SetGCPercent(400)
	os.Exit(m.Run())
}

// open makes a site of a test's own.
func open(t *testing.T) *site {
	t.Helper()
	s := &site{t: t, now: time.Date(2026, 3, 2, 12, 0, 0, 0, time.UTC)}
	log := slog.New(slog.NewTextHandler(&s.log, nil))
	dir := t.TempDir()
	raw, err := installed()
	if err == nil {
		err = os.WriteFile(filepath.Join(dir, "thaw.db"), raw, 0o600)
	}
	if err != nil {
		t.Fatal(err)
	}
	s.db, s.app, err = appOn(t.Context(), dir, func() time.Time { return s.now }, log)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.db.Close() })
	s.app.Host.Rand = dice()
	s.app.Desk.Cost = people.Cost{Memory: 64, Passes: 1}
	base, n := db.Count(context.Background())
	s.reads = n.Load
	s.server, err = s.app.Server(web.Config{URL: "http://example.com", Log: log, Base: base, Backups: &stock{Backups: db.Backups{DB: s.db}}})
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// installed is a database that holds the built-in bank and nothing else, made once.
var installed = sync.OnceValues(func() ([]byte, error) {
	dir, err := os.MkdirTemp("", "thaw")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(dir)
	d, _, err := appOn(context.Background(), dir, time.Now, slog.New(slog.DiscardHandler))
	if err != nil {
		return nil, err
	}
	if err := d.Close(); err != nil {
		return nil, err
	}
	return os.ReadFile(filepath.Join(dir, "thaw.db"))
})

// appOn opens the database of a folder, and the app on it.
func appOn(ctx context.Context, dir string, now func() time.Time, log *slog.Logger) (*db.DB, *app.App, error) {
	d, err := db.Open(ctx, db.Config{Dir: dir, Name: "thaw.db"})
	if err != nil {
		return nil, nil, err
	}
	a, err := app.New(ctx, app.Stores{People: db.People{DB: d}, Office: db.People{DB: d}, Class: db.Class{DB: d},
		Bank: db.Bank{DB: d}, Quiz: db.Quiz{DB: d}, Work: db.Work{DB: d}, Report: db.Study{DB: d}, Fit: db.Study{DB: d}, Exam: db.Study{DB: d}, Repair: db.Repair{DB: d}}, now, log)
	if err != nil {
		d.Close()
	}
	return d, a, err
}

// dice returns sources of randomness that are the same in every run, each another one.
func dice() func() *rand.Rand {
	var n atomic.Uint64
	return func() *rand.Rand { return rand.New(rand.NewPCG(1956, n.Add(1))) }
}

// visitor is a browser's cookie.
type visitor struct {
	*site
	cookie string
}

func (v *visitor) send(method, path string, form url.Values, header ...string) *http.Response {
	v.t.Helper()
	if len(v.beside) > 0 {
		whole := maps.Clone(v.beside)
		maps.Copy(whole, form)
		form = whole
	}
	req := httptest.NewRequest(method, path, strings.NewReader(form.Encode()))
	if method == http.MethodPost {
		req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		req.Header.Set("Sec-Fetch-Site", "same-origin")
	}
	if v.cookie != "" {
		req.Header.Set("Cookie", v.cookie)
	}
	for i := 0; i+1 < len(header); i += 2 {
		if req.Header.Del(header[i]); header[i+1] != "" {
			req.Header.Set(header[i], header[i+1])
		}
	}
	res, err := v.server.App().Test(req, -1)
	if err != nil {
		v.t.Fatal(err)
	}
	for _, c := range res.Cookies() {
		v.cookie = c.Name + "=" + c.Value
	}
	return res
}

func (v *visitor) page(path string) string {
	v.t.Helper()
	res := v.send("GET", path, nil)
	defer res.Body.Close()
	raw, err := io.ReadAll(res.Body)
	if err != nil {
		v.t.Fatal(err)
	}
	if strings.HasPrefix(res.Header.Get("Location"), "/idle?") { // a guest after a pause
		return v.page(v.post("/idle", "next", path))
	}
	if res.StatusCode != 200 {
		v.t.Fatalf("GET %s: %d, to %q\n%s", path, res.StatusCode, res.Header.Get("Location"), raw)
	}
	return string(raw)
}

// post sends a form and returns where it leads.
func (v *visitor) post(path string, pairs ...string) string {
	v.t.Helper()
	form := url.Values{}
	for i := 0; i+1 < len(pairs); i += 2 {
		form.Set(pairs[i], pairs[i+1])
	}
	res := v.send("POST", path, form)
	defer res.Body.Close()
	if res.StatusCode != http.StatusSeeOther {
		raw, _ := io.ReadAll(res.Body)
		v.t.Fatalf("POST %s: %d\n%s", path, res.StatusCode, raw)
	}
	return res.Header.Get("Location")
}

var tokenField = regexp.MustCompile(`name="token" value="([^"]+)"`)

func token(page string) string {
	if found := tokenField.FindStringSubmatch(page); found != nil {
		return found[1]
	}
	return ""
}

// guest has answered the first question of the landing page.
func guest(s *site) *visitor {
	s.t.Helper()
	v := &visitor{site: s}
	to := v.post("/", "token", token(v.page("/")), "answer", "1")
	if to != "/sittings/1/questions/1" {
		s.t.Fatalf("the first answer leads to %s", to)
	}
	return v
}

func (v *visitor) person() people.Person {
	v.t.Helper()
	_, value, _ := strings.Cut(v.cookie, "=")
	who, _, err := v.app.Desk.Who(v.t.Context(), value)
	if err != nil || who.ID == 0 {
		v.t.Fatalf("nobody behind the cookie: %v", err)
	}
	return who
}

// Each of these once cost somebody their data, or their server.
func TestTheServerHoldsItsSettings(t *testing.T) {
	got := open(t).server.App().Config()
	if !got.Immutable {
		t.Error("strings are lent: one request's turn into another's")
	}
	if !got.StreamRequestBody || got.BodyLimit > 4<<10 {
		t.Errorf("an announced length is allocated before it comes: streamed %v, at most %d bytes", got.StreamRequestBody, got.BodyLimit)
	}
	if !got.DisablePreParseMultipartForm {
		t.Error("a form with files is stored before it is looked at, whatever its size")
	}
	if got.ReadTimeout != 10*time.Second || got.WriteTimeout <= 0 || got.IdleTimeout <= 0 {
		t.Errorf("slow connections stay: read %v, write %v, idle %v", got.ReadTimeout, got.WriteTimeout, got.IdleTimeout)
	}
	if got.Prefork || got.ServerHeader != "" {
		t.Errorf("prefork %v, server header %q", got.Prefork, got.ServerHeader)
	}
}

// refersTo finds what a page makes a browser load.
var refersTo = regexp.MustCompile(`(?:src|href)="(/assets/[^"]+)"`)

// The first page asks one question with three options, whichever it draws.
func TestLandingAsksAChoiceOfThree(t *testing.T) {
	s := open(t)
	for range 40 {
		page := (&visitor{site: s}).page("/")
		if n := strings.Count(page, `type="radio"`); n != 3 {
			t.Fatalf("the first page shows %d options:\n%s", n, page)
		}
	}
}

func TestLandingPageIsUnder60kB(t *testing.T) {
	s := open(t)
	v := &visitor{site: s}
	weigh := func(path string) (int, string) {
		t.Helper()
		res := v.send("GET", path, nil, "Accept-Encoding", "gzip, deflate, br, zstd")
		defer res.Body.Close()
		raw, err := io.ReadAll(res.Body)
		if err != nil || res.StatusCode != 200 {
			t.Fatalf("GET %s: %d, %v", path, res.StatusCode, err)
		}
		if res.Header.Get("Content-Encoding") == "gzip" {
			z, err := gzip.NewReader(bytes.NewReader(raw))
			if err != nil {
				t.Fatal(err)
			}
			plain, err := io.ReadAll(z)
			if err != nil {
				t.Fatal(err)
			}
			return len(raw), string(plain)
		}
		if len(raw) > 1400 && !strings.HasSuffix(path, ".woff2") {
			t.Errorf("%s is sent as it is: %d bytes", path, len(raw))
		}
		return len(raw), string(raw)
	}
	sum, page := weigh("/")
	t.Logf("/: %d bytes", sum)
	seen := map[string]bool{}
	for _, found := range refersTo.FindAllStringSubmatch(page, -1) {
		if seen[found[1]] {
			continue
		}
		seen[found[1]] = true
		n, _ := weigh(found[1])
		t.Logf("%s: %d bytes", found[1], n)
		sum += n
	}
	if len(seen) < 5 { // style, two scripts, font, icon
		t.Errorf("the landing page loads %v, want style, scripts, font and icon", seen)
	}
	if sum > 60_000 {
		t.Errorf("the landing page weighs %d bytes with all it loads, want at most 60,000", sum)
	}
	t.Logf("together: %d bytes", sum)
}

func TestWhoTakesNoGzipGetsNone(t *testing.T) {
	v := &visitor{site: open(t)}
	for _, takes := range []string{"", "identity", "gzip;q=0", "br"} {
		res := v.send("GET", "/read", nil, "Accept-Encoding", takes)
		raw, err := io.ReadAll(res.Body)
		res.Body.Close()
		if err != nil || res.Header.Get("Content-Encoding") != "" || !strings.Contains(string(raw), "</html>") {
			t.Errorf("Accept-Encoding %q: sent as %q, %v", takes, res.Header.Get("Content-Encoding"), err)
		}
	}
}

// fill puts numbers that exist for the visitor into a route's pattern.
func fill(pattern string) string {
	return strings.NewReplacer(":n", "1", ":pos", "1", ":token", "x", "*", "x", ":b", "1", ":q", "1", ":t", "1", ":m", "2", ":who", "1", ":r", "1", ":code", "x", ":name", "x").Replace(pattern)
}

// account is a guest who has made an account.
func account(s *site, name string) *visitor {
	v := guest(s)
	v.post("/sign-up", "name", name, "password", "seven amber trams")
	return v
}

func TestNoPageTakesMoreThanSixQueries(t *testing.T) {
	s := open(t)
	v := account(s, "Ada")
	who := v.person()
	for range 30 {
		s.now = s.now.Add(26 * time.Hour)
		play(s, who)
		v.page("/today") // keeps the session alive
	}
	for _, path := range []string{"/", "/today", "/quiz", "/progress", "/memory", "/sittings/1", "/sittings/1/questions/1", "/sittings/2", "/read", "/timeline", "/who", "/account", "/settings", "/words"} {
		s.now = s.now.Add(10 * time.Second)
		v.send("GET", path, nil).Body.Close() // caches of immutable things fill
		before := s.reads()
		v.send("GET", path, nil).Body.Close()
		if n := s.reads() - before; n > 6 || n == 0 {
			t.Errorf("GET %s takes %d queries, want 1 to 6", path, n)
		}
	}
}

// play takes a review or a quiz through the app.
func play(s *site, who people.Person) {
	s.t.Helper()
	nonce := fmt.Sprintf("play-%d-abcdefghijkl", s.now.Unix())
	n, err := s.app.Host.Review(s.t.Context(), who, quiz.Wish{}, nonce)
	if err != nil {
		if n, err = s.app.Host.Quiz(s.t.Context(), who, 0, nonce); err != nil {
			s.t.Fatal(err)
		}
	}
	for pos := 1; ; pos++ {
		turn, err := s.app.Host.Store.Turn(s.t.Context(), who.ID, n, pos)
		if err != nil {
			return
		}
		version, err := s.app.Shelf.Version(s.t.Context(), turn.Item.Ref)
		if err != nil {
			s.t.Fatal(err)
		}
		responses := []questions.Response{unknowing(version)}
		if version.Kind == questions.Flash {
			responses = []questions.Response{{"show"}, {"good"}}
		}
		for i, r := range responses {
			err := s.app.Host.Answer(s.t.Context(), who, quiz.Submission{Sitting: n, Pos: pos, Response: r,
				Token: fmt.Sprintf("%s-%d-%d", nonce, pos, i), Took: time.Second})
			if err != nil {
				s.t.Fatal(err)
			}
		}
	}
}

// unknowing is the answer of somebody who knows nothing, to each part.
func unknowing(v questions.Version) []string {
	switch n := len(kind.Solution(v)); {
	case picks(v) || v.Kind == questions.Match:
		return slices.Repeat([]string{"1"}, max(n, 1))
	case v.Kind == questions.Order:
		places := []string(kind.Solution(v))
		slices.Reverse(places)
		return places
	}
	return slices.Repeat([]string{"no idea"}, kind.Parts(v))
}

// picks tells whether a question is answered by picking options.
func picks(v questions.Version) bool {
	return v.Kind == questions.Choice || v.Kind == questions.Several || v.Kind == questions.Truth
}

func TestCardsEqualTheFoldOfEvents(t *testing.T) {
	s := open(t)
	ada := account(s, "Ada")
	who := ada.person()
	guest := guest(s)
	for i := range 60 { // each answers at least once
		s.now = s.now.Add(31 * time.Hour)
		play(s, who)
		if i < 40 {
			s.now = s.now.Add(time.Hour)
			play(s, guest.person())
		}
		if i == 39 {
			s.folds(guest.person())
			guest.post("/sign-in", "name", "Ada", "password", "seven amber trams", "bring", "1")
			s.folds(who)
		}
	}
	past := s.past(who)
	if len(past) < 120 || claims(past) != 1 {
		t.Fatalf("%d events with %d claims, want a history with one", len(past), claims(past))
	}
	s.folds(who)
}

func TestReviewBringsBackWhatIsDueAndUndoes(t *testing.T) {
	s := open(t)
	v := guest(s)
	who := v.person()
	who.NewADay = 0
	if err := s.app.Desk.Store.SetPerson(t.Context(), who); err != nil {
		t.Fatal(err)
	}
	if page := v.page("/today"); strings.Contains(page, `action="/reviews"`) {
		t.Error("a review is offered a minute after the first answer")
	}
	s.now = s.now.Add(3 * 24 * time.Hour)
	today := v.page("/today")
	if !strings.Contains(today, `action="/reviews"`) {
		t.Fatal("nothing is due three days after the first answer")
	}
	to := v.post("/reviews", "token", token(today))
	if again := v.post("/reviews", "token", token(today)); again != to {
		t.Errorf("the doubled start leads to %s, want %s", again, to)
	}
	before, _, err := s.app.Coach.Store.Memory(t.Context(), who.ID)
	if err != nil {
		t.Fatal(err)
	}
	page := v.page(to)
	answer := "1"
	if strings.Contains(page, `value="show"`) {
		v.post(to, "token", token(page), "answer", "show")
		page, answer = v.page(to), "good"
	}
	v.post(to, "token", token(page), "answer", answer)
	after, _, err := s.app.Coach.Store.Memory(t.Context(), who.ID)
	if err != nil {
		t.Fatal(err)
	}
	if len(after) != len(before) || after[0] == before[0] {
		t.Errorf("the review leaves %+v, was %+v", after, before)
	}
	if back := v.post(strings.Split(to, "/questions")[0] + "/undo"); back != to {
		t.Errorf("undo leads to %s, want the question %s", back, to)
	}
	undone, _, err := s.app.Coach.Store.Memory(t.Context(), who.ID)
	if err != nil {
		t.Fatal(err)
	}
	if undone[0] != before[0] {
		t.Errorf("after the undo %+v, was %+v", undone[0], before[0])
	}
}

// typedQuestion begins a sitting that asks for a date that has a month, and
// returns its address and its key.
func typedQuestion(v *visitor) (path, key string) {
	v.t.Helper()
	who := v.person()
	banks, err := v.app.Shelf.For(v.t.Context(), who.ID)
	if err != nil {
		v.t.Fatal(err)
	}
	for _, q := range banks[0].Questions {
		version, err := v.app.Shelf.Version(v.t.Context(), questions.Ref{Question: q.ID, Version: q.Latest})
		if err != nil {
			v.t.Fatal(err)
		}
		key, _ := version.Key(1)
		if q.Kind != questions.Date || len(key.Text) <= 4 {
			continue
		}
		n, err := v.app.Host.Store.Begin(v.t.Context(), quiz.Sitting{Learner: who.ID, Mode: quiz.Tutor, Started: v.now, Count: 1, Items: []quiz.Item{
			{Pos: 1, Ref: version.Ref, Bank: banks[0].Bank.ID, Lexicon: banks[0].Lexicon.Revision, State: quiz.Open, Facts: q.Facts}}}, "a-date-is-asked-for-1")
		if err != nil {
			v.t.Fatal(err)
		}
		return fmt.Sprintf("/sittings/%d/questions/1", n), key.Text
	}
	v.t.Fatal("no date is asked for")
	return "", ""
}

func TestAlmostSaysWhyAndAsksOnceMore(t *testing.T) {
	v := guest(open(t))
	path, key := typedQuestion(v)
	v.post(path, "token", token(v.page(path)), "answer", key[:4])
	page := v.page(path)
	for _, want := range []string{"The year is right. When in the year?", "One more try, nothing lost.", `value="` + key[:4] + `"`} {
		if !strings.Contains(page, want) {
			t.Errorf("the second try does not say %q:\n%s", want, page)
		}
	}
	if strings.Contains(page, `class="verdict-line"`) {
		t.Error("the verdict is given after the first try")
	}
	v.post(path, "token", token(page), "answer", key)
	if page := v.page(path); !strings.Contains(page, `class="verdict is-right"`) {
		t.Errorf("the second try is not right:\n%s", page)
	}
}

func TestSetUpSaysWhenPhonesCannotReachIt(t *testing.T) {
	const here, loopback = "listens on this very computer only", "it means the device itself"
	for _, c := range []struct{ phones, url, want string }{
		{"", "http://127.0.0.1:8080", here},
		{"", "http://192.168.1.20:8080", here},
		{"http://192.168.1.20:8080", "http://localhost:8080", loopback + ". This computer's address in the network is http://192.168.1.20:8080."},
		{"http://192.168.1.20:8080", "http://[::1]:8080", loopback},
		{"http://192.168.1.20:8080", "http://192.168.1.20:8080", ""},
		{"https://thaw.example", "https://thaw.example", ""},
	} {
		t.Run(c.phones+" and "+c.url, func(t *testing.T) {
			s := open(t)
			s.server.Phones = c.phones
			link, err := s.app.Desk.SetupLink(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			v := &visitor{site: s}
			if page := v.page("/setup/" + link); !strings.Contains(page, `value="`+cmp.Or(c.phones, "http://example.com")+`"`) {
				t.Errorf("%+v: the form does not hold the address:\n%s", c, page)
			}
			to := v.post("/setup/"+link, "school", "Riverside", "zone", "Europe/Berlin", "url", c.url, "name", "Head", "password", "seven amber trams")
			page := html.UnescapeString(v.page(to))
			for _, said := range []string{here, loopback} {
				if got, want := strings.Contains(page, said), c.want != "" && strings.Contains(c.want, said); got != want {
					t.Errorf("%+v: says %q: %v, want %v", c, said, got, want)
				}
			}
			if !strings.Contains(page, c.want) || !strings.Contains(page, c.url) {
				t.Errorf("%+v: the page says\n%s", c, page)
			}
		})
	}
}

func TestErrorsLeadBackToWhereOneWas(t *testing.T) {
	v := guest(open(t))
	const question = "/sittings/1/questions/2"
	for name, c := range map[string]struct {
		cookie, referer, want string
	}{
		"a page of ours":      {v.cookie, "http://example.com" + question, `href="` + question + `"`},
		"a page of others":    {v.cookie, "http://evil.example" + question, `href="/today"`},
		"a page with a trick": {v.cookie, "http://example.com//evil.example/", `href="/today"`},
		"signed out":          {"", "http://example.com" + question, `href="/sign-in?next=%2Fsittings%2F1%2Fquestions%2F2"`},
	} {
		res := (&visitor{site: v.site, cookie: c.cookie}).send("POST", question, url.Values{}, "Referer", c.referer)
		raw, err := io.ReadAll(res.Body)
		res.Body.Close()
		if err != nil || !strings.Contains(string(raw), c.want) || strings.Contains(string(raw), "evil") {
			t.Errorf("%s: %d, want %s in\n%s", name, res.StatusCode, c.want, raw)
		}
	}
}

func TestNoKeyBeforeTheAnswer(t *testing.T) {
	s := open(t)
	v := guest(s)
	who := v.person()
	n, versions := everything(s, who)
	for i, version := range versions {
		tellsNothing(t, v.page(fmt.Sprintf("/sittings/%d/questions/%d", n, i+1)), version)
	}
	landing := (&visitor{site: s}).page("/")
	if strings.Contains(landing, "Order") || strings.Contains(token(landing), ".") {
		t.Error("the landing page's token can be read")
	}
}

// everything begins a sitting of every built-in question, and returns its number
// and the questions.
func everything(s *site, who people.Person) (int, []questions.Version) {
	s.t.Helper()
	banks, err := s.app.Shelf.For(s.t.Context(), who.ID)
	if err != nil {
		s.t.Fatal(err)
	}
	sitting := quiz.Sitting{Learner: who.ID, Mode: quiz.Tutor, Started: s.now}
	var versions []questions.Version
	seen := map[string]bool{}
	for _, q := range banks[0].Questions {
		ref := questions.Ref{Question: q.ID, Version: q.Latest}
		version, err := s.app.Shelf.Version(s.t.Context(), ref)
		if err != nil {
			s.t.Fatal(err)
		}
		seen[q.Kind] = true
		versions = append(versions, version)
		sitting.Items = append(sitting.Items, quiz.Item{Pos: len(versions), Ref: ref, Bank: banks[0].Bank.ID,
			Lexicon: banks[0].Lexicon.Revision, State: quiz.Open, Facts: q.Facts})
	}
	for _, k := range kind.All() {
		if !seen[k.Name()] {
			s.t.Errorf("there is no built-in question of kind %s", k.Name())
		}
	}
	sitting.Count = len(versions)
	n, err := s.app.Host.Store.Begin(s.t.Context(), sitting, "everything-abcdefghijkl")
	if err != nil {
		s.t.Fatal(err)
	}
	return n, versions
}

// tellsNothing demands that the page of an open question holds neither why, nor
// what is said to an option, nor a typed key, nor a sign of what is right.
func tellsNothing(t *testing.T, page string, v questions.Version) {
	t.Helper()
	secrets := []string{v.Explain[:20], "is-right", "is-wrong", " checked"}
	for _, a := range v.Answers {
		if a.Feedback != "" {
			secrets = append(secrets, html.EscapeString(a.Feedback))
		}
		if !picks(v) && !kind.Arranged(v.Kind) {
			secrets = append(secrets, html.EscapeString(a.Text))
		}
	}
	_, form, _ := strings.Cut(page, `<form class="form ask"`)
	form, _, _ = strings.Cut(form, "</form>")
	form = strings.Replace(form, token(page), "", 1)
	for _, secret := range secrets {
		if found, _ := regexp.MatchString(`(^|\W)`+regexp.QuoteMeta(strings.TrimSpace(secret))+`(\W|$)`, form); found || form == "" {
			t.Errorf("%q, a %s, shows %q before it is answered", v.Prompt, v.Kind, secret)
		}
	}
}

func TestAnAnswerThatMarksNothingIsAskedAgain(t *testing.T) {
	s := open(t)
	v := guest(s)
	who := v.person()
	n, versions := everything(s, who)
	pos := 1 + slices.IndexFunc(versions, func(v questions.Version) bool { return v.Kind == questions.Several })
	path := fmt.Sprintf("/sittings/%d/questions/%d", n, pos)
	res := v.send("POST", path, url.Values{"token": {token(v.page(path))}})
	body, _ := io.ReadAll(res.Body)
	res.Body.Close()
	if res.StatusCode != 422 || !strings.Contains(string(body), "There is no answer yet") || !strings.Contains(string(body), `type="checkbox"`) {
		t.Errorf("nothing marked: %d, want the question again with 422:\n%s", res.StatusCode, body)
	}
	if v.post(path, "token", token(string(body)), "answer", "1"); !strings.Contains(v.page(path), "is-wrong") {
		t.Error("the question cannot be answered any more")
	}
}

func TestBodiesThatAreTooLarge(t *testing.T) {
	s := open(t)
	v := guest(s)
	res := v.send("POST", "/sittings/1/questions/2", url.Values{"answer": {strings.Repeat("x", 70<<10)}})
	res.Body.Close()
	if res.StatusCode != 413 {
		t.Errorf("70 KiB: %d, want 413", res.StatusCode)
	}
	broken := v.send("POST", "/sign-in", url.Values{"name": {"\xff\xfe\x00"}, "password": {strings.Repeat("ü", 5000)}})
	broken.Body.Close()
	if broken.StatusCode != 422 {
		t.Errorf("broken UTF-8: %d, want 422", broken.StatusCode)
	}
}

func TestTheSessionChangesAtTheDoor(t *testing.T) {
	s := open(t)
	v := guest(s)
	before := v.cookie
	v.post("/sign-up", "name", "Ada", "password", "seven amber trams", "role", "admin", "id", "1")
	if v.cookie == before {
		t.Error("the session is the same after signing up")
	}
	if who := v.person(); who.Role != people.Pupil {
		t.Errorf("a form made the role %s", who.Role)
	}
	old := &visitor{site: s, cookie: before}
	res := old.send("GET", "/today", nil)
	res.Body.Close()
	if res.StatusCode != 303 {
		t.Errorf("the guest's old cookie still opens: %d", res.StatusCode)
	}
	for _, door := range doors {
		path, form := door(v)
		before := v.cookie
		v.post(path, form...)
		if v.cookie == before || opens(s, before) || !opens(s, v.cookie) {
			t.Errorf("the session of before still opens after %s", path)
		}
	}
	signedIn := v.cookie
	v.post("/sign-out")
	gone := &visitor{site: s, cookie: signedIn}
	res = gone.send("GET", "/today", nil)
	res.Body.Close()
	if res.StatusCode != 303 {
		t.Errorf("the cookie opens after signing out: %d", res.StatusCode)
	}
}

func TestTheDoorIsShutAfterTenFailures(t *testing.T) {
	s := open(t)
	account(s, "Ada")
	v := &visitor{site: s}
	for i := range 11 {
		res := v.send("POST", "/sign-in", url.Values{"name": {"Ada"}, "password": {"wrong wrong"}})
		res.Body.Close()
		want := 422
		if i == 10 {
			want = 429
		}
		if res.StatusCode != want {
			t.Errorf("failure %d: %d, want %d", i+1, res.StatusCode, want)
		}
	}
	res := v.send("POST", "/sign-in", url.Values{"name": {"Ada"}, "password": {"seven amber trams"}})
	res.Body.Close()
	if res.StatusCode != 429 {
		t.Errorf("the right password while shut: %d, want 429", res.StatusCode)
	}
	s.now = s.now.Add(16 * time.Minute)
	if to := v.post("/sign-in", "name", "Ada", "password", "seven amber trams"); to != "/today" {
		t.Errorf("a quarter of an hour later: %s", to)
	}
}

func TestTheLogHoldsNoNamesAnswersOrTokens(t *testing.T) {
	s := open(t)
	v := account(s, "Ada Lovelace")
	page := v.page("/sittings/1/questions/2")
	v.send("POST", "/sittings/1/questions/2", url.Values{"token": {token(page)}, "answer": {"an answer of mine"}}).Body.Close()
	log := s.log.String()
	_, cookie, _ := strings.Cut(v.cookie, "=")
	for _, secret := range []string{"Lovelace", "an answer of mine", token(page), cookie, "/sittings/1"} {
		if strings.Contains(log, secret) {
			t.Errorf("the log holds %q", secret)
		}
	}
	if !strings.Contains(log, "route=/sittings/:n/questions/:pos") {
		t.Error("the log has no line for the request")
	}
}

// TestNothingSentIsLogged by any route, for whom it is for and for nobody, whether it is taken
// or refused: neither what stands in a form, nor in an address, nor where it came from.
func TestNothingSentIsLogged(t *testing.T) {
	s := open(t)
	w := newWorld(s, "Zqxclass", "")
	const sent = "zqxsecret-of-somebody"
	form := url.Values{}
	for _, name := range allFields(t) {
		form[name] = []string{sent}
	}
	s.log.Reset()
	for _, r := range s.server.Routes() {
		if ends.MatchString(r.Path) {
			continue
		}
		path := strings.NewReplacer(":token", sent, ":code", sent, "*", sent).Replace(r.Path)
		for _, v := range []*visitor{{site: s}, w.pupil, w.teacher, w.admin} {
			cookie := v.cookie
			v.send(r.Method, w.fill(path)+"?q="+sent, form, "Referer", "http://example.com/"+sent, "User-Agent", sent, "X-Forwarded-For", "192.0.2.77").Body.Close()
			v.cookie = cookie
		}
	}
	log := s.log.String()
	_, cookie, _ := strings.Cut(w.pupil.cookie, "=")
	for _, secret := range []string{sent, "Zqxclass", w.code, cookie, "192.0.2.77", w.path()} {
		if strings.Contains(log, secret) {
			t.Errorf("the log holds %q", secret)
		}
	}
	if n := strings.Count(log, "msg=request"); n < 500 {
		t.Errorf("the log has %d lines of requests", n)
	}
}

func TestSettingsAreKeptAndMeanSomething(t *testing.T) {
	s := open(t)
	v := guest(s)
	form := url.Values{"theme": {"dark"}, "size": {"130"}, "buttons": {"4"}, "keys_off": {"1"}, "new_a_day": {"0"}, "minutes": {"25"}, "easy": {"3", "9", "x"},
		"zone": {"Europe/Berlin"}, "off": {"4", "6"}, "role": {"admin"}, "name": {"Somebody"}}
	v.send("POST", "/settings", form).Body.Close()
	who := v.person()
	if who.Theme != "dark" || who.Size != 130 || who.Buttons != 4 || !who.KeysOff || who.NewADay != 0 || who.Minutes != 25 || who.EasyDays != people.Days(0).With(time.Wednesday) || who.Zone != "Europe/Berlin" ||
		!who.DaysOff.Has(time.Thursday) || !who.DaysOff.Has(time.Saturday) || who.DaysOff.Has(time.Monday) || who.Role != people.Guest || who.Known() {
		t.Errorf("the settings are kept as %+v", who)
	}
	page := v.page("/settings")
	for _, want := range []string{`data-theme="dark"`, `data-size="130"`, `data-keys="off"`, `value="0"`} {
		if !strings.Contains(page, want) {
			t.Errorf("the page does not show %s", want)
		}
	}
	s.now = s.now.Add(3 * 24 * time.Hour) // a Thursday
	if today := v.page("/today"); !strings.Contains(today, "A day off. 1 fact can wait.") || strings.Contains(today, `class="button primary" type="submit" data-focus`) {
		t.Error("a day off presses for a review")
	}
}

func TestSettingsThatCannotBe(t *testing.T) {
	s := open(t)
	v := guest(s)
	before := v.person()
	for name, c := range map[string]struct {
		form url.Values
		says string
	}{
		"too many new":     {url.Values{"minutes": {"5"}, "new_a_day": {"201"}, "zone": {"UTC"}}, "from 0 to 200"},
		"new below zero":   {url.Values{"minutes": {"5"}, "new_a_day": {"-1"}, "zone": {"UTC"}}, "from 0 to 200"},
		"no number":        {url.Values{"minutes": {"5"}, "new_a_day": {"<b>many</b>"}, "zone": {"UTC"}}, "&lt;b&gt;many"},
		"no minutes":       {url.Values{"new_a_day": {"5"}, "minutes": {"0"}, "zone": {"UTC"}}, "from 1 to 240"},
		"every day off":    {url.Values{"minutes": {"5"}, "new_a_day": {"5"}, "zone": {"UTC"}, "off": {"0", "1", "2", "3", "4", "5", "6"}}, "at least one day"},
		"no such zone":     {url.Values{"minutes": {"5"}, "new_a_day": {"5"}, "zone": {"Mars/Olympus"}}, "time zone from the list"},
		"the machine's":    {url.Values{"minutes": {"5"}, "new_a_day": {"5"}, "zone": {"Local"}}, "time zone from the list"},
		"nothing whatever": {url.Values{}, "from 0 to 200"},
	} {
		t.Run(name, func(t *testing.T) {
			res := v.send("POST", "/settings", c.form)
			defer res.Body.Close()
			raw, err := io.ReadAll(res.Body)
			if err != nil {
				t.Fatal(err)
			}
			if res.StatusCode != 422 || !strings.Contains(string(raw), c.says) {
				t.Errorf("status %d, want 422 and %q", res.StatusCode, c.says)
			}
		})
	}
	if after := v.person(); after != before {
		t.Errorf("refused settings are stored: %+v", after)
	}
}

// TestVerdictLinesCanBeRead in as many quizzes as it takes to meet both sorts of options.
func TestVerdictLinesCanBeRead(t *testing.T) {
	s := open(t)
	v := guest(s)
	quoted, plain := 0, 0
	for n := 1; n <= 12 && (quoted == 0 || plain == 0); n++ {
		if n > 1 {
			s.now = s.now.Add(25 * time.Hour)
			v.post("/sittings", "token", token(v.page("/today")), "topic", "0")
		}
		q, p := v.readLines(n)
		quoted, plain = quoted+q, plain+p
	}
	if quoted == 0 || plain == 0 {
		t.Errorf("%d lines quoted and %d plain, want some of both", quoted, plain)
	}
}

// readLines answers the choices of a quiz wrongly and counts how the verdicts say so.
func (v *visitor) readLines(n int) (quoted, plain int) {
	t := v.t
	t.Helper()
	who := v.person()
	for pos := 1; pos <= 10; pos++ {
		path := fmt.Sprintf("/sittings/%d/questions/%d", n, pos)
		turn, err := v.app.Host.Store.Turn(t.Context(), who.ID, n, pos)
		if err != nil {
			t.Fatal(err)
		}
		version, err := v.app.Shelf.Version(t.Context(), turn.Item.Ref)
		if err != nil {
			t.Fatal(err)
		}
		if version.Kind != questions.Choice || turn.Item.State == quiz.Closed {
			continue
		}
		wrong := "1"
		shown := version.In(turn.Item.Order)
		if shown.Answers[0].Credit == 1 {
			wrong = "2"
		}
		v.post(path, "token", token(v.page(path)), "answer", wrong)
		line := verdictLine(v.page(path))
		key, _ := version.Key(1)
		said := shown.Answers[int(wrong[0]-'1')].Text
		switch {
		case strings.Contains(line, "Not “"+said+"”, but “"+key.Text+"”."):
			quoted++
		case strings.HasPrefix(line, "Not “") || len(strings.Fields(said)) > 5 && !strings.HasPrefix(said, "The "):
			t.Errorf("%q and %q give the line %q", said, key.Text, line)
		default:
			plain++
		}
	}
	return quoted, plain
}

var verdictHeading = regexp.MustCompile(`(?s)<h2 class="verdict-line".*?</h2>`)

// verdictLine is the verdict's first line as it is read.
func verdictLine(page string) string {
	line := regexp.MustCompile(`<[^>]*>`).ReplaceAllString(verdictHeading.FindString(page), "")
	return strings.TrimSpace(html.UnescapeString(line))
}
