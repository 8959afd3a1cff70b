package web_test

import (
	"encoding/csv"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"

	"golang.org/x/net/html"

	"thaw/app/people"
	"thaw/app/quiz"
	"thaw/db"
	"thaw/questions"
)

// hostile are fields as no page of ours sends them.
var hostile = map[string][]string{
	"empty":               {""},
	"blank":               {" \t\r\n\u00a0\u2003"},
	"huge":                {strings.Repeat("é", 10<<10)},
	"a million":           {strings.Repeat("x", 1_000_000)},
	"broken UTF-8":        {"\xff\xfe\xc3\x28 a\x00b"},
	"signs":               {"\u202e\u200b\ufeff\u0007" + markup + "'\"-- ../../etc/passwd"},
	"emoji":               {"👩‍👩‍👧‍👦🏳️‍🌈e" + strings.Repeat("\u0301", 50)},
	"a number too big":    {"9223372036854775808"},
	"a number too small":  {"-9223372036854775809"},
	"a negative":          {"-1"},
	"no number":           {"NaN"},
	"infinite":            {"1e999"},
	"SQL and a template":  {"'; DROP TABLE learner; -- {{.}}${7*7}<%= 7*7 %>"},
	"a formula":           {"=HYPERLINK(\"http://evil.example\")|@SUM(1+1)"},
	"many of one":         slicesOf("1", 500),
	"markup after a line": {"x\r\nSet-Cookie: thaw=1\r\n\r\n" + markup + "<img src=x onerror=alert(1)><a href=javascript:alert(1)>"},
	"markdown":            {"[x](javascript:alert(1)) ![x](http://evil.example/x.png) $\\href{javascript:alert(1)}{x}$ `" + markup + "`"},
	"a date that is none": {"2026-02-30T25:61"},
}

const markup = "<script>alert(1)</script>"

func slicesOf(s string, n int) []string { return strings.Split(strings.Repeat(s+" ", n-1)+s, " ") }

var fieldRead = regexp.MustCompile(`(?:\.Form\(|\.Values\(|\bfield\(|form\.Get\(|form\[|when\()"([a-z_]+)"`)

// allFields are the names that handlers and kinds read from a form, and some that none does.
func allFields(t *testing.T) []string {
	t.Helper()
	names := []string{"role", "id", "learner", "score", "credit", "a[b][c]" + strings.Repeat("[d]", 200), strings.Repeat("n", 500), ""}
	for _, dir := range []string{".", "../../questions/kind"} {
		files, err := filepath.Glob(filepath.Join(dir, "*.go"))
		if err != nil {
			t.Fatal(err)
		}
		for _, name := range files {
			raw, err := os.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			for _, found := range fieldRead.FindAllStringSubmatch(string(raw), -1) {
				names = append(names, found[1])
			}
		}
	}
	slices.Sort(names)
	if names = slices.Compact(names); len(names) < 70 {
		t.Errorf("found %d names of fields, want all: %q", len(names), names)
	}
	return names
}

// ends are routes after which somebody is gone or signed out, and whose forms have no
// fields.
var ends = regexp.MustCompile(`/(sign-out|fresh|leave|remove|reset|off|role|bin|archive)$`)

// ofTeachers are routes at which a teacher is met with more than nothing.
var ofTeachers = regexp.MustCompile(`^/(classes|banks|questions|inbox|rulings|teach|preview|imports?)\b`)

// previews answer with a page that stores nothing.
var previews = regexp.MustCompile(`^/preview$|^/import/preview$|^/teach$|/questions(/:q)?$|/students$|/assignments`)

// TestHostileFieldsAreAnswered: every form, by whom it is for, with each of the texts in all
// of its fields, says what is wrong or takes it; no page shows any of it as markup.
func TestHostileFieldsAreAnswered(t *testing.T) {
	s := open(t)
	w := belongsTo(s, "10b")
	admin := named(s, "Head", people.Admin)
	names := allFields(t)
	for name, values := range hostile {
		form := url.Values{}
		for _, f := range names {
			form[f] = values
		}
		form["token"] = []string{"hostile-form-" + strings.Repeat("x", len(name))}
		switch name {
		case "a million":
			form = url.Values{"name": values}
		case "huge", "many of one": // all together would be too large to be read at all
			form = url.Values{"answer": values, "name": values, "title": values, "prompt": values, "option": values, "names": values, "note": values, "token": form["token"]}
		}
		for _, r := range s.server.Routes() {
			if r.Method != http.MethodPost || ends.MatchString(r.Path) {
				continue
			}
			v := w.pupil
			switch {
			case strings.HasPrefix(r.Path, "/people"):
				v = admin
			case ofTeachers.MatchString(r.Path):
				v = w.teacher
			}
			cookie := v.cookie
			res := v.send("POST", fill(w.whole(r.Path)), form)
			page := body(t, res)
			v.cookie = cookie // some of the doors would lead elsewhere
			if res.StatusCode >= 500 || res.StatusCode == 200 && !previews.MatchString(r.Path) {
				t.Errorf("POST %s with %s: %d", r.Path, name, res.StatusCode)
			}
			if len(res.Header.Values("Set-Cookie")) > 1 || strings.Contains(res.Header.Get("Location"), "evil") {
				t.Errorf("POST %s with %s: %v", r.Path, name, res.Header)
			}
			if res.StatusCode >= 400 && !strings.Contains(page, "<h1") {
				t.Errorf("POST %s with %s: %d says nothing", r.Path, name, res.StatusCode)
			}
			harmless(t, "POST "+r.Path+" with "+name, page)
		}
	}
	for _, r := range s.server.Routes() {
		if r.Method != http.MethodGet {
			continue
		}
		for _, v := range []*visitor{w.teacher, w.pupil, admin} {
			res := v.send("GET", fill(w.whole(r.Path)), nil)
			page := body(t, res)
			if res.StatusCode >= 500 {
				t.Errorf("GET %s afterwards: %d", r.Path, res.StatusCode)
			}
			if kind := res.Header.Get("Content-Type"); strings.HasPrefix(kind, "text/html") {
				harmless(t, "GET "+r.Path, page)
			} else if strings.HasPrefix(kind, "text/csv") {
				defusedFile(t, r.Path, page)
			}
		}
	}
	if who := w.pupil.person(); who.Role != people.Pupil {
		t.Errorf("hostile forms made a %s", who.Role)
	}
}

// harmless reads a page as a browser does, and fails for a script that stands in it, an
// attribute that is one, and whatever leads or loads from elsewhere.
func harmless(t *testing.T, what, page string) {
	t.Helper()
	tokens := html.NewTokenizer(strings.NewReader(page))
	for tokens.Next() != html.ErrorToken {
		token := tokens.Token()
		if token.Type != html.StartTagToken && token.Type != html.SelfClosingTagToken {
			continue
		}
		inline := token.Data == "script"
		for _, a := range token.Attr {
			inline = inline && a.Key != "src"
			leads := a.Key == "href" || a.Key == "src" || a.Key == "action" || a.Key == "formaction"
			scheme, _, _ := strings.Cut(strings.ToLower(strings.TrimSpace(a.Val)), ":")
			if strings.HasPrefix(a.Key, "on") || a.Key == "style" || leads && (slices.Contains([]string{"javascript", "data", "vbscript"}, scheme) || strings.Contains(a.Val, "evil")) {
				t.Errorf("%s: the page holds %s", what, token)
			}
		}
		if inline || token.Data == "iframe" || token.Data == "object" {
			t.Errorf("%s: the page holds %s", what, token)
		}
	}
	if strings.ContainsRune(page, 0) {
		t.Errorf("%s: the page holds a zero byte", what)
	}
}

// defusedFile fails for each cell that a spreadsheet would take for a formula.
func defusedFile(t *testing.T, path, raw string) {
	t.Helper()
	rows, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(raw, "\ufeff"))).ReadAll()
	if err != nil {
		t.Errorf("%s: %v", path, err)
	}
	for _, row := range rows {
		for _, cell := range row {
			if _, err := strconv.ParseFloat(cell, 64); cell != "" && err != nil && strings.ContainsRune("=+-@\t\r", rune(cell[0])) {
				t.Errorf("%s holds the cell %q", path, cell)
			}
		}
	}
}

// TestFilesAreNotTakenUnasked: a form with files that no page asks for is refused by what it
// announces, before any of it is read or stored.
func TestFilesAreNotTakenUnasked(t *testing.T) {
	s := open(t)
	sent := "--x\r\nContent-Disposition: form-data; name=\"a\"; filename=\"a\"\r\n\r\n" + strings.Repeat("x", 1<<20) + "\r\n--x--\r\n"
	req := httptest.NewRequest("POST", "/settings", strings.NewReader(sent))
	req.Header.Set("Content-Type", "multipart/form-data; boundary=x")
	req.Header.Set("Sec-Fetch-Site", "same-origin")
	res, err := s.server.App().Test(req, -1)
	if err != nil {
		t.Fatal(err)
	}
	if body(t, res); res.StatusCode != 413 {
		t.Errorf("a file of a megabyte: %d, want 413", res.StatusCode)
	}
}

// TestBodiesThatAreNoForms are refused, and say so.
func TestBodiesThatAreNoForms(t *testing.T) {
	s := open(t)
	v := named(s, "Ada", people.Pupil)
	for _, sent := range []string{"%zz=1", "a=%", ";a=1", "\x00", "{\"a\": 1}", strings.Repeat("&", 60<<10), strings.Repeat("a=1&", 10<<10), "<xml/>", "--x\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n1\r\n--x--"} {
		for _, kind := range []string{"application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "application/json", "text/plain", ""} {
			req := httptest.NewRequest("POST", "/settings", strings.NewReader(sent))
			req.Header.Set("Content-Type", kind)
			req.Header.Set("Sec-Fetch-Site", "same-origin")
			req.Header.Set("Cookie", v.cookie)
			res, err := s.server.App().Test(req, -1)
			if err != nil {
				t.Fatal(err)
			}
			if page := body(t, res); res.StatusCode != 422 || !strings.Contains(page, "<h1") {
				t.Errorf("%.20q as %q: %d, want 422", sent, kind, res.StatusCode)
			}
		}
	}
}

func TestForgedNumbersLeadNowhere(t *testing.T) {
	v := account(open(t), "Ada")
	for _, n := range []string{"0", "-1", "2", "99999999999999999999", "1e3", "1.0", "0x1", "%00", "%ff", "1%2f..", "..", "１", " 1", "1;DROP", "+1"} {
		for _, path := range []string{"/sittings/" + n, "/sittings/" + n + "/questions/1", "/sittings/1/questions/" + n + "9"} {
			res := v.send("GET", strings.ReplaceAll(path, " ", "%20"), nil)
			res.Body.Close()
			if res.StatusCode != 404 {
				t.Errorf("GET %s: %d, want 404", path, res.StatusCode)
			}
			res = v.send("POST", strings.ReplaceAll(path, " ", "%20"), url.Values{"answer": {"1"}, "token": {"abcdefghijklmnopqrstuv"}})
			res.Body.Close()
			if res.StatusCode != 404 && res.StatusCode != 405 {
				t.Errorf("POST %s: %d, want 404 or 405", path, res.StatusCode)
			}
		}
	}
}

func TestForgedWaysInOpenNothing(t *testing.T) {
	s := open(t)
	v := account(s, "Ada")
	name, value, _ := strings.Cut(v.cookie, "=")
	for _, forged := range []string{"", "x", value[1:], value + "x", strings.ToUpper(value), "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", strings.Repeat("a", 3000), "%00", `"` + value} {
		stranger := &visitor{site: s, cookie: name + "=" + forged}
		res := stranger.send("GET", "/today", nil)
		res.Body.Close()
		if res.StatusCode != 303 {
			t.Errorf("the cookie %.40q opens: %d", forged, res.StatusCode)
		}
	}
	for _, path := range []string{"/link/x", "/setup/x", "/link/" + value, "/setup/" + strings.Repeat("a", 500), "/link/%ff"} {
		res := (&visitor{site: s}).send("POST", path, url.Values{})
		res.Body.Close()
		if res.StatusCode != 404 {
			t.Errorf("POST %s: %d, want 404", path, res.StatusCode)
		}
	}
}

// answersOf counts what a learner has answered.
func answersOf(t *testing.T, s *site, who questions.LearnerID) int {
	t.Helper()
	past, err := db.Study{DB: s.db}.Pasts(t.Context(), who)
	if err != nil {
		t.Fatal(err)
	}
	return len(past)
}

func TestReplayedAndReorderedPosts(t *testing.T) {
	s := open(t)
	v := guest(s)
	who := v.person()
	const second, third, fifth = "/sittings/1/questions/2", "/sittings/1/questions/3", "/sittings/1/questions/5"

	first := token(v.page(second))
	v.post(second, "token", first, "answer", "1")
	verdict := v.page(second)
	for _, again := range []string{"1", "2", "nonsense"} { // the same form, sent again and changed
		if to := v.post(second, "token", first, "answer", again); to != second {
			t.Errorf("the replay with %q leads to %s", again, to)
		}
	}
	if v.page(second) != verdict {
		t.Error("a replay changed the verdict")
	}

	post := func(path, tok, answer string) int {
		res := v.send("POST", path, url.Values{"token": {tok}, "answer": {answer}})
		res.Body.Close()
		return res.StatusCode
	}
	if got := post(second, "abcdefghijklmnopqrstuv", "2"); got != 409 {
		t.Errorf("a closed question answered anew: %d, want 409", got)
	}
	if got := post(third, first, "1"); got != 409 {
		t.Errorf("the token of another question: %d, want 409", got)
	}
	if n := answersOf(t, s, who.ID); n != 2 {
		t.Errorf("%d answers are stored, want two", n)
	}
	v.post(fifth, "token", token(v.page(fifth)), "answer", "1") // ahead of its turn
	v.post(third, "token", token(v.page(third)), "answer", "1")
	if n := answersOf(t, s, who.ID); n != 4 {
		t.Errorf("%d answers are stored, want four", n)
	}
	res := v.send("GET", "/sittings/1", nil)
	res.Body.Close()
	if to := res.Header.Get("Location"); to != "/sittings/1/questions/4" {
		t.Errorf("the quiz goes on at %s, want the first open question", to)
	}
}

func TestParallelPostsCountOnce(t *testing.T) {
	s := open(t)
	v := guest(s)
	who := v.person()
	const path = "/sittings/1/questions/2"
	same := token(v.page(path))
	var group sync.WaitGroup
	statuses := make([]int, 40)
	starts := make([]string, 40)
	for i := range statuses {
		group.Go(func() {
			mine := &visitor{site: s, cookie: v.cookie}
			tok := same
			if i%2 == 1 {
				tok = fmt.Sprintf("another-window-%07d", i)
			}
			res := mine.send("POST", path, url.Values{"token": {tok}, "answer": {"1"}})
			res.Body.Close()
			statuses[i] = res.StatusCode
			starts[i] = mine.post("/sittings", "token", "one-start-of-a-quiz-only", "topic", "0")
		})
	}
	group.Wait()
	for i, status := range statuses {
		if status != 303 && status != 409 {
			t.Errorf("post %d: %d, want 303 or 409", i, status)
		}
		if starts[i] != starts[0] {
			t.Errorf("start %d leads to %s, another to %s", i, starts[i], starts[0])
		}
	}
	if n := answersOf(t, s, who.ID); n != 2 {
		t.Errorf("%d answers are stored, want the first and one", n)
	}
	if latest, err := s.app.Host.Store.Latest(t.Context(), who.ID, 10); err != nil || len(latest) != 2 {
		t.Errorf("%d sittings, %v; want two", len(latest), err)
	}
}

func TestAnswersOfTheUnknownAndTheWrongAreTheSame(t *testing.T) {
	s := open(t)
	account(s, "Ada")
	said := map[string]string{}
	for _, name := range []string{"Ada", "Bob"} {
		res := (&visitor{site: s}).send("POST", "/sign-in", url.Values{"name": {name}, "password": {"not this one"}})
		raw, err := io.ReadAll(res.Body)
		res.Body.Close()
		if err != nil || res.StatusCode != 422 {
			t.Fatalf("%s: %d, %v", name, res.StatusCode, err)
		}
		said[name] = strings.ReplaceAll(string(raw), name, "*")
	}
	if said["Ada"] != said["Bob"] {
		t.Error("a wrong password and an unknown name are told apart")
	}
}

func TestAClassJoinsFromOneAddress(t *testing.T) {
	s := open(t)
	guests := map[questions.LearnerID]bool{}
	for range 40 {
		guests[guest(s).person().ID] = true
	}
	if len(guests) != 40 {
		t.Errorf("%d guests, want 40", len(guests))
	}
}

func TestTooManyNewcomersAreTurnedAwayWithTheirAnswer(t *testing.T) {
	s := open(t)
	for range 200 {
		guest(s)
	}
	late := &visitor{site: s}
	res := late.send("POST", "/", url.Values{"token": {token(late.page("/"))}, "answer": {"2"}})
	raw, err := io.ReadAll(res.Body)
	res.Body.Close()
	if err != nil || res.StatusCode != 429 || !strings.Contains(string(raw), `value="2" checked`) || res.Header.Get("Set-Cookie") != "" {
		t.Errorf("the 201st newcomer of a minute: %d with cookie %q, %v\n%s", res.StatusCode, res.Header.Get("Set-Cookie"), err, raw)
	}
}

// sending are the fields of an answer.
func sending(token string, answer []string) []string {
	fields := []string{"token", token}
	for _, a := range answer {
		fields = append(fields, "answer", a)
	}
	return fields
}

func TestTheEndOfAQuizIsItsEnd(t *testing.T) {
	s := open(t)
	v := guest(s)
	who := v.person()
	for pos := 2; pos <= 10; pos++ {
		turn, err := s.app.Host.Store.Turn(t.Context(), who.ID, 1, pos)
		if err != nil {
			t.Fatal(err)
		}
		version, err := s.app.Shelf.Version(t.Context(), turn.Item.Ref)
		if err != nil {
			t.Fatal(err)
		}
		answer := unknowing(version)
		path := fmt.Sprintf("/sittings/1/questions/%d", pos)
		v.post(path, sending(token(v.page(path)), answer)...)
		if page := v.page(path); strings.Contains(page, `class="form ask"`) { // it was almost right
			v.post(path, sending(token(page), answer)...)
		}
	}
	sitting, err := s.app.Host.Store.Sitting(t.Context(), who.ID, 1)
	if err != nil || !sitting.Done() || sitting.Mode != quiz.Tutor {
		t.Fatalf("the quiz is not over: %+v, %v", sitting, err)
	}
	for path, want := range map[string]int{"/sittings/1/questions/3": 409, "/sittings/1/questions/11": 404, "/sittings/1/undo": 403} {
		res := v.send("POST", path, url.Values{"token": {"abcdefghijklmnopqrstuv"}, "answer": {"1"}})
		res.Body.Close()
		if res.StatusCode != want {
			t.Errorf("POST %s after the end: %d, want %d", path, res.StatusCode, want)
		}
	}
}
