package web_test

import (
	"regexp"
	"strings"
	"testing"

	"thaw/app/bank"
	"thaw/app/quiz"
	"thaw/db"
	"thaw/questions"
	"thaw/questions/builtin"
)

// dated installs the built-in bank with dates on two of its facts, as an upgrade.
func dated(t *testing.T, s *site) {
	t.Helper()
	b, err := builtin.Load()
	if err != nil {
		t.Fatal(err)
	}
	data := bank.FromBuiltin(b)
	data.Hash = "with dates"
	for i := range data.Facts {
		data.Facts[i].When = ""
	}
	data.Facts[0].When, data.Facts[1].When = "1956-02-25", "1953-22"
	if err := (db.Bank{DB: s.db}).Install(t.Context(), data); err != nil {
		t.Fatal(err)
	}
}

var (
	blocks  = regexp.MustCompile(`(?s)<div class="card stack reading-ask" id="(ask-[^"]+)".*?</section>`)
	noToken = regexp.MustCompile(`name="token" value="[^"]+"`)
)

// A stranger who reads is asked, without a cookie and without a row; a page that is loaded
// again asks the same, and no page tells a key before it was answered.
func TestReadingAsksAndWritesNothing(t *testing.T) {
	s := open(t)
	v := &visitor{site: s}
	rows := func() []string {
		all, err := s.db.Rows(t.Context(), "SELECT id FROM learner")
		if err != nil {
			t.Fatal(err)
		}
		return all
	}
	page := v.page("/read")
	if len(blocks.FindAllString(page, -1)) < 3 {
		t.Fatalf("the reading text asks %d questions, want some", len(blocks.FindAllString(page, -1)))
	}
	if again := v.page("/read"); noToken.ReplaceAllString(again, "") != noToken.ReplaceAllString(page, "") {
		t.Error("a page that is loaded again asks something else")
	}
	if v.cookie != "" || len(rows()) != 0 {
		t.Errorf("looking leaves the cookie %q and %d learners", v.cookie, len(rows()))
	}
	if strings.Contains(page, `class="verdict`) || strings.Contains(page, "is-key") {
		t.Error("the page tells a key")
	}

	first := blocks.FindStringSubmatch(page)
	sent := token(first[0])
	to := v.post("/read", "token", sent, "answer", "1")
	if to != "/read#"+first[1] || v.cookie == "" || len(rows()) != 1 {
		t.Fatalf("the answer leads to %s with cookie %q and %d learners, want the same place and a guest", to, v.cookie, len(rows()))
	}
	v.post("/read", "token", sent, "answer", "1")
	who := v.person()
	past, err := s.app.Host.Store.Pasts(t.Context(), who.ID)
	if err != nil || len(past) != 1 || len(past[0].Marks) != 1 {
		t.Fatalf("a doubled answer leaves %+v, %v; want one event and one mark", past, err)
	}
	cards, _, err := s.app.Coach.Store.Memory(t.Context(), who.ID)
	if err != nil || len(cards) != 1 || cards[0].Fact != past[0].Marks[0].Fact || !cards[0].Seen() {
		t.Errorf("the cards are %+v, %v; want that of the fact", cards, err)
	}
	sitting, err := s.app.Host.Store.Sitting(t.Context(), who.ID, 1)
	if err != nil || sitting.Mode != quiz.Reading || !sitting.Done() || sitting.Count != 1 {
		t.Errorf("the sitting is %+v, %v", sitting, err)
	}
	shown := v.page("/read")
	block := blocks.FindStringSubmatch(shown)
	if block[1] != first[1] || !strings.Contains(block[0], `class="verdict`) || strings.Contains(block[0], "<form") {
		t.Errorf("the place does not show the verdict:\n%s", block[0])
	}
	if len(blocks.FindAllString(page, -1)) != len(blocks.FindAllString(shown, -1)) {
		t.Error("the other questions are gone")
	}
	if latest, err := s.app.Host.Store.Latest(t.Context(), who.ID, 5); err != nil || len(latest) != 0 {
		t.Errorf("what was answered while reading stands among the quizzes: %+v, %v", latest, err)
	}
	if n := len((&visitor{site: s}).page("/read")); n == 0 {
		t.Error("a stranger sees nothing")
	}
	s.now = s.now.AddDate(0, 0, 2)
	v.page("/today")
	if next := blocks.FindStringSubmatch(v.page("/read")); strings.Contains(next[0], `class="verdict`) {
		t.Error("on another day nothing is asked")
	}
}

// A token of the landing page opens nothing here, nor the other way round.
func TestReadingTakesItsOwnTokensOnly(t *testing.T) {
	s := open(t)
	v := &visitor{site: s}
	landing, reading := token(v.page("/")), token(blocks.FindString(v.page("/read")))
	for path, token := range map[string]string{"/read": landing, "/": reading} {
		res := v.send("POST", path, map[string][]string{"token": {token}, "answer": {"1"}})
		res.Body.Close()
		if res.StatusCode != 422 {
			t.Errorf("POST %s with another page's token: %d, want 422", path, res.StatusCode)
		}
	}
}

// The timeline stands in the order of time, in words, and shows what a learner knows.
func TestTimelineAndNames(t *testing.T) {
	s := open(t)
	v := &visitor{site: s}
	if page := v.page("/timeline"); !strings.Contains(page, `<h2 id="y-193X">the 1930s</h2>`) {
		t.Error("what belongs to a decade does not stand under its name")
	}
	dated(t, s)
	page := v.page("/timeline")
	summer, speech := strings.Index(page, "summer 1953"), strings.Index(page, "25 February 1956")
	if summer < 0 || speech < summer || !strings.Contains(page, `<h2 id="y-1953">`) || !strings.Contains(page, `href="/read?p=`) || strings.Contains(page, `class="memory"`) {
		t.Errorf("the timeline of a stranger is not in order, or not linked:\n%s", page)
	}
	contents, err := s.app.Shelf.For(t.Context(), 0)
	if err != nil {
		t.Fatal(err)
	}
	first := contents[0].Dated()[0].ID
	who := guest(s)
	if err := s.db.Exec(t.Context(), "UPDATE card SET fact = "+questions.QuestionID(first).String()); err != nil {
		t.Fatal(err)
	}
	if page := who.page("/timeline"); strings.Count(page, `class="memory"`) != 1 {
		t.Errorf("the timeline shows %d thaw lines, want that of the one card", strings.Count(page, `class="memory"`))
	}
	page = v.page("/who")
	for _, want := range []string{"People", "Also written:", `<a href="/read?p=`, `href="/timeline"`} {
		if !strings.Contains(page, want) {
			t.Errorf("who is who lacks %q", want)
		}
	}
	slug := regexp.MustCompile(`/read\?p=([^#"]+)#`).FindStringSubmatch(page)[1]
	if text := v.page("/read?p=" + slug); !strings.Contains(text, `id="`+slug+`" class="passage is-marked" tabindex="-1"`) {
		t.Errorf("passage %s is not marked, or cannot have the focus", slug)
	}
}

// A copy of the built-in bank has pages of its own, and only for who may study it.
func TestACopyHasItsOwnPages(t *testing.T) {
	s := open(t)
	dated(t, s)
	v := account(s, "Ada")
	id, err := s.app.Editor.Copy(t.Context(), v.person(), 1, "Mine", strings.Repeat("copy", 6))
	if err != nil {
		t.Fatal(err)
	}
	at := "/banks/" + questions.QuestionID(id).String()
	if page := v.page(at); !strings.Contains(page, `href="`+at+`/timeline"`) {
		t.Error("the bank's page does not lead there")
	}
	page := v.page(at + "/read")
	block := blocks.FindStringSubmatch(page)
	if to := v.post(at+"/read", "token", token(block[0]), "answer", "1"); to != at+"/read#"+block[1] {
		t.Errorf("an answer leads to %s", to)
	}
	if block := blocks.FindString(v.page(at + "/read")); !strings.Contains(block, `class="verdict`) {
		t.Error("the answer shows no verdict")
	}
	if page := v.page(at + "/timeline"); !strings.Contains(page, `href="`+at+`/read?p=`) {
		t.Error("the timeline of the copy does not lead to its text")
	}
	stranger := guest(s)
	for _, page := range []string{"/read", "/timeline", "/who"} {
		res := stranger.send("GET", at+page, nil)
		res.Body.Close()
		if res.StatusCode != 404 {
			t.Errorf("another's %s: %d, want 404", page, res.StatusCode)
		}
	}
}
