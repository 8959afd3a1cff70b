package web_test

import (
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"testing"

	"thaw/app/quiz"
	"thaw/db"
	"thaw/questions"
)

// hostile are fields as no page of ours sends them.
var hostile = map[string][]string{
	"empty":           {""},
	"blank":           {" \t\r\n\u00a0\u2003"},
	"huge":            {strings.Repeat("é", 10<<10)},
	"broken UTF-8":    {"\xff\xfe\xc3\x28"},
	"a zero byte":     {"a\x00b"},
	"signs":           {"\u202e\u200b\ufeff\u0007<script>alert(1)</script>'\"--"},
	"a number":        {"-9223372036854775809"},
	"many of one":     slicesOf("1", 500),
	"none and a half": {"", "1"},
	"a path":          {"../../../../etc/passwd"},
}

func slicesOf(s string, n int) []string { return strings.Split(strings.Repeat(s+" ", n-1)+s, " ") }

// fields are all that any form of ours has, and some that none has.
var fields = []string{"answer", "token", "took", "zone", "name", "password", "old", "words", "next", "keep", "topic", "school", "lang", "url",
	"theme", "buttons", "keys_off", "role", "id", "learner", "score", "credit", "seq"}

func TestHostileFieldsAreAnsweredAndChangeNothing(t *testing.T) {
	s := open(t)
	v := account(s, "Ada")
	who := v.person()
	for name, values := range hostile {
		form := url.Values{}
		for _, f := range fields {
			form[f] = values
		}
		if name == "huge" { // all together would be too large to be read at all
			form = url.Values{"answer": values, "name": values, "token": {"abcdefghijklmnopqrstuv"}}
		}
		for _, r := range s.server.Routes() {
			if r.Method != http.MethodPost || r.Path == "/sign-out" || r.Path == "/fresh" {
				continue
			}
			for by, visitor := range map[string]*visitor{"nobody": {site: s}, "somebody": {site: s, cookie: v.cookie}} {
				res := visitor.send("POST", fill(r.Path), form)
				body, err := io.ReadAll(res.Body)
				res.Body.Close()
				if err != nil || res.StatusCode >= 500 || res.StatusCode == 200 {
					t.Errorf("POST %s by %s with %s: %d, %v", r.Path, by, name, res.StatusCode, err)
				}
				if res.StatusCode >= 400 && !strings.Contains(string(body), "<h1") {
					t.Errorf("POST %s by %s with %s: %d says nothing", r.Path, by, name, res.StatusCode)
				}
				if strings.Contains(string(body), "<script>alert") || strings.Contains(string(body), "etc/passwd\"") && strings.Contains(string(body), `href="..`) {
					t.Errorf("POST %s by %s with %s: the page holds what was sent as markup", r.Path, by, name)
				}
			}
		}
	}
	after := v.person()
	if after.Name != who.Name || after.Role != who.Role || after.Zone != who.Zone {
		t.Errorf("hostile forms made %+v of %+v", after, who)
	}
	sitting, err := s.app.Host.Store.Sitting(t.Context(), who.ID, 1)
	if err != nil || sitting.Closed != 1 {
		t.Errorf("the open quiz has %d answers, %v; want the first alone", sitting.Closed, err)
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
