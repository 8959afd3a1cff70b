package main

import (
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// answerAll answers what is asked until the sitting shows its result: options by
// the first, typed fields by the text.
func answerAll(b *browser, typed string) {
	b.t.Helper()
	for range 60 {
		if !strings.Contains(b.page.path, "/questions/") {
			return
		}
		f, err := b.page.form("answer")
		if err != nil {
			b.next()
			continue
		}
		switch f.inputs["answer"] {
		case "radio", "checkbox":
			b.submit("answer", "answer", "1")
		case "submit":
			if strings.Contains(b.page.body, `value="show"`) {
				b.submit("answer", "answer", "show")
			}
			b.submit("answer", "answer", "good")
		default:
			f.values["answer"] = blanks(b.page.body, typed)
			b.post(f.action, f.values)
		}
		b.want(200)
	}
	b.t.Fatalf("%s: the sitting does not end", b.page.path)
}

// blanks puts one text into every field of an open question: one, or as many as a
// text has gaps. Things to arrange stay as they stand, and everything is matched with
// the first.
func blanks(page, typed string) []string {
	if strings.Contains(page, `data-arrange="match"`) {
		return slices.Repeat([]string{"1"}, strings.Count(page, `<select class="field" id="answer-`))
	}
	var places []string
	for i := range strings.Count(page, `<select class="field arrange-place"`) {
		places = append(places, strconv.Itoa(i+1))
	}
	if len(places) > 0 {
		return places
	}
	return slices.Repeat([]string{typed}, max(strings.Count(page, " data-gap"), 1))
}

var nextLink = regexp.MustCompile(`href="(/sittings/\d+(?:/questions/\d+)?)"[^>]*data-focus|data-focus[^>]*href="(/sittings/\d+(?:/questions/\d+)?)"`)

// next follows the verdict's one primary action.
func (b *browser) next() {
	b.t.Helper()
	found := nextLink.FindStringSubmatch(b.page.body)
	if found == nil {
		b.t.Fatalf("%s: no way on:\n%s", b.page.path, b.page.body)
	}
	b.get(found[1] + found[2])
	b.want(200)
}

func TestStrangerAnswersAndComesBackElsewhere(t *testing.T) {
	p := start(t, t.TempDir())
	guest := p.browser(t)
	guest.get("/")
	guest.want(200)
	if guest.page.header.Get("Set-Cookie") != "" {
		t.Error("the landing page sets a cookie before anything is answered")
	}
	f, err := guest.page.form("answer")
	if err != nil {
		t.Fatal(err)
	}
	f.values.Set("answer", "1")
	guest.post(f.action, f.values)
	guest.want(200)
	first := guest.page
	if !strings.HasPrefix(first.path, "/sittings/1/questions/1") {
		t.Fatalf("the answer leads to %s, want the verdict of the first question", first.path)
	}

	again := newBrowser(t, p.url) // a double click: the same form without a cookie
	again.post(f.action, f.values)
	again.want(200)
	if again.page.path != first.path || again.page.text() != first.text() {
		t.Errorf("the doubled submit shows %s, want the first result", again.page.path)
	}

	guest.next()
	answerAll(guest, "25 February 1956")
	guest.want(200, "of 10")
	words := regexp.MustCompile(`data-words="([a-z -]+)"`).FindStringSubmatch(guest.page.body)
	if words == nil {
		t.Fatalf("the result shows no recovery words:\n%s", guest.page.text())
	}

	elsewhere := newBrowser(t, p.url)
	elsewhere.get("/recover")
	elsewhere.submit("words", "words", words[1])
	elsewhere.want(200)
	elsewhere.get("/sittings/1")
	elsewhere.want(200, "of 10")

	wrong := newBrowser(t, p.url)
	wrong.get("/recover")
	wrong.submit("words", "words", "not the words")
	wrong.want(422)

	stranger := newBrowser(t, p.url)
	stranger.get("/sittings/1")
	if strings.Contains(stranger.page.text(), "of 10") {
		t.Error("a stranger sees somebody's result")
	}
}

func TestGuestClaimsProgressByAnAccount(t *testing.T) {
	p := start(t, t.TempDir())
	guest := p.browser(t)
	guest.get("/")
	guest.submit("answer", "answer", "1")
	guest.get("/sign-up")
	guest.submit("password", "name", "Ada Lovelace", "password", "seven amber trams")
	guest.want(200)
	guest.get("/sittings/1/questions/1")
	guest.want(200)

	other := newBrowser(t, p.url)
	other.get("/sign-in")
	other.submit("password", "name", "ada lovelace", "password", "wrong wrong wrong")
	other.want(422)
	other.get("/sign-in")
	other.submit("password", "name", "ada  LOVELACE", "password", "seven amber trams")
	other.want(200)
	other.get("/sittings/1/questions/1")
	other.want(200)
	other.get("/progress")
	other.want(200)

	taken := newBrowser(t, p.url)
	taken.get("/sign-up")
	taken.submit("password", "name", "Ada Lovelace", "password", "eight amber trams")
	if taken.page.status != 422 && taken.page.status != 409 {
		t.Errorf("a taken name answers %d, want 422 or 409", taken.page.status)
	}
}

func TestGuestBringsProgressIntoAnAccountOrLeavesIt(t *testing.T) {
	p := start(t, t.TempDir())
	home := p.browser(t)
	home.get("/")
	home.submit("answer", "answer", "1")
	home.get("/sign-up")
	home.submit("password", "name", "Ada Lovelace", "password", "seven amber trams")
	home.want(200)

	school := newBrowser(t, p.url) // another computer, as a guest
	school.get("/")
	school.submit("answer", "answer", "1")
	school.next()
	answerAll(school, "25 February 1956")
	school.want(200, "of 10")
	result := resultLine.FindString(school.page.text())
	tab := newBrowser(t, p.url) // a second tab that is still the guest
	u, _ := url.Parse(p.url)
	tab.client.Jar.SetCookies(u, school.client.Jar.Cookies(u))
	school.get("/sign-in")
	school.want(200, "Bring along the 10 answers given here")
	school.submit("password", "name", "Ada Lovelace", "password", "seven amber trams", "bring", "1")
	school.want(200)
	school.get("/sittings/2") // the account's second, after the one from home
	school.want(200, result)
	home.get("/sittings/2")
	home.want(200, result)
	tab.get("/today")
	tab.want(200, "Name", "Password") // the door: the guest is gone

	shared := newBrowser(t, p.url) // somebody else has answered here
	shared.get("/")
	shared.submit("answer", "answer", "2")
	shared.get("/sign-in")
	shared.submit("password", "name", "Ada Lovelace", "password", "seven amber trams")
	shared.want(200)
	shared.get("/sittings/3")
	shared.want(404)
}

var resultLine = regexp.MustCompile(`\d+ of 10`)

func TestPostsThatNobodySentAreRefused(t *testing.T) {
	p := start(t, t.TempDir())
	guest := p.browser(t)
	guest.get("/")
	guest.submit("answer", "answer", "1")
	guest.next()
	open := guest.page
	f, err := open.form("answer")
	if err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct {
		path   string
		form   url.Values
		status int
	}{
		"no answer":             {f.action, url.Values{"token": f.values["token"]}, 422},
		"no token":              {f.action, url.Values{"answer": {"1"}}, 422},
		"forged token":          {f.action, url.Values{"answer": {"1"}, "token": {"<script>"}}, 422},
		"huge answer":           {f.action, url.Values{"answer": {strings.Repeat("x", 100_000)}, "token": f.values["token"]}, 413},
		"another sitting":       {"/sittings/99/questions/1", url.Values{"answer": {"1"}, "token": f.values["token"]}, 404},
		"another place":         {"/sittings/1/questions/99", url.Values{"answer": {"1"}, "token": f.values["token"]}, 404},
		"no number":             {"/sittings/x/questions/1", url.Values{"answer": {"1"}, "token": f.values["token"]}, 404},
		"a closed question":     {"/sittings/1/questions/1", url.Values{"answer": {"1"}, "token": {"abcdefghijklmnopqrstuv"}}, 409},
		"undo of what counts":   {"/sittings/1/undo", url.Values{}, 403},
		"retry while open":      {"/sittings/1/retry", url.Values{"token": {"abcdefghijklmnopqrstuv"}}, 404},
		"a landing of nobody's": {"/", url.Values{"answer": {"1"}, "token": {"forged"}}, 422},
	} {
		t.Run(name, func(t *testing.T) {
			b := &browser{t: t, client: guest.client, base: guest.base}
			b.post(c.path, c.form)
			if b.page.status != c.status {
				t.Errorf("status %d, want %d:\n%s", b.page.status, c.status, b.page.text())
			}
		})
	}
	guest.get(open.path)
	if _, err := guest.page.form("answer"); err != nil {
		t.Errorf("the question is no longer open after refused posts: %v", err)
	}
}
