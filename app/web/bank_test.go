package web_test

import (
	"fmt"
	"io"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"

	"golang.org/x/net/html"

	"thaw/app/bank"
	"thaw/questions"
	"thaw/views/text"
)

// says is a text of the catalogue as a page shows it.
func says(key string, args ...any) string { return html.EscapeString(text.T("en", key, args...)) }

// teacher is somebody with an account who teaches.
func teacher(s *site, name string) *visitor {
	s.t.Helper()
	v := account(s, name)
	if err := s.db.Exec(s.t.Context(), "UPDATE learner SET role = 'teacher' WHERE id = "+v.person().ID.String()); err != nil {
		s.t.Fatal(err)
	}
	return v
}

// ask sends a form and returns status and page.
func (v *visitor) ask(path string, form url.Values) (int, string) {
	v.t.Helper()
	res := v.send(http.MethodPost, path, form)
	defer res.Body.Close()
	raw, err := io.ReadAll(res.Body)
	if err != nil {
		v.t.Fatal(err)
	}
	return res.StatusCode, string(raw)
}

// newBank makes a bank and returns its path.
func (v *visitor) newBank(title string) string {
	v.t.Helper()
	return v.post("/banks", "token", token(v.page("/banks")), "title", title, "lang", "en")
}

// choiceForm is the form of a question as a browser would send it.
func choiceForm(page, prompt string) url.Values {
	return url.Values{"token": {formToken(page)}, "kind": {questions.Choice}, "prompt": {prompt}, "option": {"1956", "1953", ""}, "why": {"", "Stalin died then.", ""},
		"credit": {"", "", ""}, "key": {"1"}, "explain": {"It was at the congress."}, "level": {"remember"}, "lang": {"en"}, "new_topic": {"Speeches"}, "state": {"live"}}
}

var editToken = regexp.MustCompile(`id="edit"[^>]*>\s*<input type="hidden" name="token" value="([^"]+)"`)

// formToken is the token of the editor's form.
func formToken(page string) string {
	if found := editToken.FindStringSubmatch(page); found != nil {
		return found[1]
	}
	return ""
}

// write makes a question in a bank and returns its path.
func (v *visitor) write(bankPath, prompt string) string {
	v.t.Helper()
	form := choiceForm(v.page(bankPath+"/questions/new?kind=choice"), prompt)
	res := v.send(http.MethodPost, bankPath+"/questions", form)
	res.Body.Close()
	to := res.Header.Get("Location")
	if res.StatusCode != http.StatusSeeOther || !strings.HasPrefix(to, "/questions/") {
		v.t.Fatalf("writing a question: %d, to %q", res.StatusCode, to)
	}
	return strings.TrimSuffix(to, "?saved=1")
}

func wantIn(t *testing.T, page string, texts ...string) {
	t.Helper()
	for _, text := range texts {
		if !strings.Contains(page, text) {
			t.Errorf("the page does not show %q:\n%s", text, page)
		}
	}
}

func wantOut(t *testing.T, page string, texts ...string) {
	t.Helper()
	for _, text := range texts {
		if strings.Contains(page, text) {
			t.Errorf("the page shows %q", text)
		}
	}
}

func TestATeacherWritesAQuestion(t *testing.T) {
	s := open(t)
	v := teacher(s, "Ms Byron")
	wantIn(t, v.page("/banks"), "You have no bank yet", "De-Stalinization", "Make it mine")
	path := v.newBank("The Cold War")
	wantIn(t, v.page(path), "No question yet", "One of several", "Flashcard")
	edit := v.page(path + "/questions/new?kind=choice")
	wantIn(t, edit, "Write something, and you see here what a pupil sees.", `value="General"`)
	form := choiceForm(edit, "When was the speech?")
	first := v.send(http.MethodPost, path+"/questions", form)
	first.Body.Close()
	again := v.send(http.MethodPost, path+"/questions", form)
	again.Body.Close()
	if first.StatusCode != 303 || first.Header.Get("Location") != again.Header.Get("Location") {
		t.Errorf("sent twice: %d to %s, then %d to %s", first.StatusCode, first.Header.Get("Location"), again.StatusCode, again.Header.Get("Location"))
	}
	q := strings.TrimSuffix(first.Header.Get("Location"), "?saved=1")
	page := v.page(q + "?saved=1")
	wantIn(t, page, "Saved.", "When was the speech?", "1 version", "Retire it", "1953", "Stalin died then.")
	list := v.page(path)
	wantIn(t, list, "1 question", "When was the speech?", `<a href="`+q+`"`)
	if n := strings.Count(list, `class="question-prompt"`); n != 1 {
		t.Errorf("the list has %d questions, want 1", n)
	}

	form = choiceForm(page, "When was the Secret Speech?")
	form.Set("version", "1")
	if status, page := v.ask(q, form); status != 303 {
		t.Fatalf("editing: %d\n%s", status, page)
	}
	versions := v.page(q + "/versions")
	wantIn(t, versions, "Version 2", "Version 1", "<del>speech</del>", "<ins>Secret Speech</ins>", "Ms Byron")

	stale := choiceForm(v.page(q), "When was it?")
	stale.Set("version", "1")
	status, page := v.ask(q, stale)
	if status != 409 {
		t.Errorf("an older form: %d, want 409", status)
	}
	wantIn(t, page, "has saved this question since", "When was it?", "<del>", `name="version" value="2"`)

	v.post(q+"/state", "state", "retired")
	wantOut(t, v.page(path), "When was the Secret Speech?")
	wantIn(t, v.page(path+"?state=retired"), "When was the Secret Speech?")
	v.post(q+"/state", "state", "live")
	wantIn(t, v.page(path), "When was the Secret Speech?")
}

func TestWhatCannotBeStoredIsSaidAtItsField(t *testing.T) {
	s := open(t)
	v := teacher(s, "Ms Byron")
	path := v.newBank("The Cold War")
	for name, c := range map[string]struct {
		spoil func(url.Values)
		says  string
		at    string
	}{
		"no key":             {func(f url.Values) { f.Del("key") }, says("problem.no_key"), "key-error"},
		"two equal options":  {func(f url.Values) { f["option"] = []string{"1956", "1956", ""} }, says("problem.same_answers", "1956"), "option-2-error"},
		"one option":         {func(f url.Values) { f["option"] = []string{"1956", "", ""}; f["why"] = []string{"", "", ""} }, says("problem.few_options"), "option-error"},
		"no question":        {func(f url.Values) { f.Set("prompt", " \n") }, says("problem.no_prompt"), "prompt-error"},
		"a long question":    {func(f url.Values) { f.Set("prompt", strings.Repeat("x", 2001)) }, says("problem.prompt_long", 2000), "prompt-error"},
		"no such language":   {func(f url.Values) { f.Set("lang", "<b>") }, "That is no language: &lt;b&gt;", "lang-error"},
		"no topic":           {func(f url.Values) { f.Set("new_topic", ""); f.Set("topic", "1") }, "Please choose a topic", "topic"},
		"another's fact":     {func(f url.Values) { f.Set("feeds", "1") }, "That fact is not one of this bank.", ""},
		"another's passage":  {func(f url.Values) { f.Set("points", "1") }, "That passage is not one of this bank.", ""},
		"a draft of nothing": {func(f url.Values) { f.Set("prompt", ""); f.Set("state", "draft") }, says("problem.no_prompt"), "prompt-error"},
	} {
		t.Run(name, func(t *testing.T) {
			form := choiceForm(v.page(path+"/questions/new?kind=choice"), "When was the <speech>?")
			c.spoil(form)
			status, page := v.ask(path+"/questions", form)
			if status != 422 {
				t.Errorf("status %d, want 422", status)
			}
			wantIn(t, page, c.says, "It was at the congress.", "Nothing is saved yet")
			if c.at != "" {
				wantIn(t, page, c.at)
			}
			if form.Get("prompt") != "" && !strings.HasPrefix(form.Get("prompt"), "x") && strings.TrimSpace(form.Get("prompt")) != "" {
				wantIn(t, page, "When was the &lt;speech&gt;?")
			}
		})
	}
	wantIn(t, v.page(path), "No question yet")

	draft := choiceForm(v.page(path+"/questions/new?kind=choice"), "When was it?")
	draft.Del("key")
	draft.Set("state", "draft")
	if status, page := v.ask(path+"/questions", draft); status != 303 {
		t.Errorf("an unfinished draft: %d\n%s", status, page)
	}
	wantIn(t, v.page(path), "1 draft", `<span class="tag">draft</span>`)
	if status, page := v.ask(questionPath(v.page(path))+"/state", url.Values{"state": {"live"}}); status != 422 || !strings.Contains(page, says("problem.no_key")) {
		t.Errorf("publishing what is unfinished: %d", status)
	}
	date := url.Values{"token": {formToken(v.page(path + "/questions/new?kind=date"))}, "kind": {"date"}, "prompt": {"When?"}, "key": {"1956-02-30"}, "lang": {"en"}, "level": {"remember"}, "new_topic": {"x"}, "state": {"live"}}
	if status, page := v.ask(path+"/questions", date); status != 422 || !strings.Contains(page, says("problem.bad_date", "1956-02-30")) {
		t.Errorf("a date that does not exist: %d", status)
	}
	for title, says := range map[string]string{"": "Please write a title.", strings.Repeat("x", 121): "longer than 120"} {
		if status, page := v.ask("/banks", url.Values{"token": {token(v.page("/banks"))}, "title": {title}, "lang": {"en"}}); status != 422 || !strings.Contains(page, says) {
			t.Errorf("a bank with the title %.9q: %d", title, status)
		}
		if status, page := v.ask(path, url.Values{"title": {title}, "about": {"kept"}, "lang": {"en"}}); status != 422 || !strings.Contains(page, says) || !strings.Contains(page, "kept") {
			t.Errorf("renaming a bank to %.9q: %d", title, status)
		}
		if status, page := v.ask(path+"/topics", url.Values{"token": {token(v.page(path))}, "title": {title}}); status != 422 || !strings.Contains(page, says) {
			t.Errorf("a topic with the title %.9q: %d", title, status)
		}
	}
}

var questionLink = regexp.MustCompile(`href="(/questions/\d+)"`)

func questionPath(page string) string {
	if found := questionLink.FindStringSubmatch(page); found != nil {
		return found[1]
	}
	return ""
}

func TestPreviewStoresNothing(t *testing.T) {
	s := open(t)
	v := teacher(s, "Ms Byron")
	path := v.newBank("The Cold War")
	form := choiceForm(v.page(path+"/questions/new?kind=choice"), "When was the *speech*?")
	form.Set("bank", strings.TrimPrefix(path, "/banks/"))
	before := count(s, "SELECT COUNT(*) FROM question")
	for name, c := range map[string]struct {
		set  url.Values
		want []string
		not  []string
	}{
		"as a pupil sees it":  {url.Values{"part": {"1"}}, []string{"When was the <em>speech</em>?", `name="answer" value="2"`}, []string{`id="edit"`, "Stalin died then."}},
		"the whole page":      {nil, []string{`id="edit"`, "When was the *speech*?", "When was the <em>speech</em>?", "It was at the congress."}, nil},
		"a right answer":      {url.Values{"part": {"1"}, "answer": {"1"}}, []string{"Yes, <strong>1956</strong>.", "It was at the congress."}, []string{"Before it can be asked"}},
		"a wrong answer":      {url.Values{"part": {"1"}, "answer": {"2"}}, []string{"Not 1953:", "Stalin died then.", "Try another answer"}, nil},
		"no such answer":      {url.Values{"part": {"1"}, "answer": {"9"}}, []string{`name="answer" value="2"`}, []string{"verdict"}},
		"what is missing":     {url.Values{"part": {"1"}, "key": {""}}, []string{"Before it can be asked", says("problem.no_key")}, nil},
		"one more row":        {url.Values{"do": {"more"}}, []string{`id="option-4"`}, nil},
		"a flashcard, turned": {url.Values{"part": {"1"}, "kind": {"flash"}, "key": {"1956"}, "answer": {"show"}}, []string{`value="good"`, "1956"}, nil},
		"an order, shuffled": {url.Values{"part": {"1"}, "kind": {"order"}, "option": {"first", "second", "third"}, "when": {"1953", "", "1956"}, "key": {}},
			[]string{`data-arrange="order"`, `<option value="3">3</option>`}, []string{"1953", "is-right"}},
		"an order as it stands": {url.Values{"part": {"1"}, "kind": {"order"}, "option": {"first", "second", "third"}, "when": {"1953", "", "1956"}, "key": {}, "answer": {"1", "2", "3"}},
			[]string{"Not in that order.", "pairs stand rightly", "The right order", "It was at the congress."}, nil},
		"two in one place": {url.Values{"part": {"1"}, "kind": {"order"}, "option": {"first", "second", "third"}, "key": {}, "answer": {"1", "1", "3"}},
			[]string{`<option value="3" selected>3</option>`}, []string{"verdict"}},
		"an order of too few": {url.Values{"part": {"1"}, "kind": {"order"}, "option": {"first", "second"}, "key": {}}, []string{"Before it can be asked", "at least 3 things"}, nil},
		"pairs, shuffled":     {url.Values{"part": {"1"}, "kind": {"match"}, "option": {"a", "b", ""}, "belongs": {"A", "B", "C"}, "key": {}}, []string{`data-arrange="match"`, ". C</option>"}, []string{"1. A</option>"}},
		"pairs, in vain":      {url.Values{"part": {"1"}, "kind": {"match"}, "option": {"a", "b", ""}, "belongs": {"A", "B", "C"}, "why": {"", "", "C is alone."}, "key": {}, "answer": {"1", "1"}}, []string{"of 2 belong together."}, nil},
		"a slip":              {url.Values{"part": {"1"}, "kind": {"text"}, "match": {"person"}, "key": {"Khrushchev"}, "option": {}, "why": {}, "answer": {"Kruschev"}}, []string{"It is spelled Khrushchev; you wrote Kruschev."}, nil},
	} {
		t.Run(name, func(t *testing.T) {
			sent := url.Values{}
			for k, values := range form {
				sent[k] = values
			}
			for k, values := range c.set {
				sent[k] = values
			}
			status, page := v.ask("/preview", sent)
			if status != 200 {
				t.Fatalf("status %d\n%s", status, page)
			}
			wantIn(t, page, c.want...)
			wantOut(t, page, c.not...)
		})
	}
	more := choiceForm(v.page(path+"/questions/new?kind=choice"), "When was the speech?")
	more.Set("do", "more")
	more["option"] = []string{"a", "b", "c", "d"}
	if status, page := v.ask(path+"/questions", more); status != 200 || !strings.Contains(page, `id="option-5"`) {
		t.Errorf("More options: %d, want the form with one row more", status)
	}
	if after := count(s, "SELECT COUNT(*) FROM question"); after != before {
		t.Errorf("%d questions after previews, before %d", after, before)
	}
	q := v.write(path, "When was the speech?")
	if status, page := v.ask("/preview", url.Values{"question": {strings.TrimPrefix(q, "/questions/")}, "answer": {"1"}, "part": {"1"}}); status != 200 || !strings.Contains(page, "Yes, <strong>1956</strong>.") {
		t.Errorf("a try of what is stored: %d\n%s", status, page)
	}
	other := teacher(s, "Mr Shelley")
	for name, form := range map[string]url.Values{
		"question": {"question": {strings.TrimPrefix(q, "/questions/")}, "answer": {"1"}}, "bank": {"bank": {strings.TrimPrefix(path, "/banks/")}, "kind": {"choice"}, "prompt": {"x"}},
		"part": {"bank": {strings.TrimPrefix(path, "/banks/")}, "kind": {"choice"}, "prompt": {"x"}, "part": {"1"}}, "built-in part": {"bank": {"1"}, "kind": {"choice"}, "prompt": {"x"}, "part": {"1"}},
		"built in": {"bank": {"1"}, "kind": {"choice"}, "prompt": {"x"}}, "kind": {"kind": {"riddle"}, "prompt": {"x"}},
	} {
		if status, _ := other.ask("/preview", form); status != 404 {
			t.Errorf("a preview with another's %s: %d, want 404", name, status)
		}
	}
}

func count(s *site, query string) int64 {
	s.t.Helper()
	n, err := s.db.Number(s.t.Context(), query)
	if err != nil {
		s.t.Fatal(err)
	}
	return n
}

// Texts that people write are shown as text, whatever they hold.
func TestMarkupInEveryFieldIsShownAsText(t *testing.T) {
	s := open(t)
	v := teacher(s, "Ms Byron")
	const evil = `<script>alert("x")</script>`
	const image = `"><img src=x onerror=alert(1)>`
	const link = `[go](javascript:alert(1)) ![p](http://evil.example/x.png)`
	all := evil + image + link
	path := v.newBank(all)
	v.post(path, "title", all, "about", all, "lang", "en")
	v.post(path+"/topics", "token", token(v.page(path)), "title", image)
	pages := map[string]string{}
	for kind, set := range map[string]url.Values{
		questions.Choice: {"option": {all, evil}, "why": {image, link}, "key": {"1"}},
		questions.Text:   {"key": {all}, "match": {"term"}, "accept": {evil + "\n" + image}, "option": {link}, "why": {evil}},
		questions.Flash:  {"key": {all}, "reversed": {"1"}},
		questions.Order:  {"option": {all, evil, image}, "when": {"1953", "", "1956"}, "tie": {"2"}},
		questions.Match:  {"option": {all, evil, ""}, "belongs": {image, link, all}, "why": {evil, all, image}},
	} {
		form := choiceForm(v.page(path+"/questions/new?kind="+kind), all)
		form.Set("kind", kind)
		form.Set("explain", all)
		form.Set("new_topic", evil)
		form.Set("tags", evil+","+image)
		form["option"], form["why"] = nil, nil
		for name, values := range set {
			form[name] = values
		}
		res := v.send(http.MethodPost, path+"/questions", form)
		raw, _ := io.ReadAll(res.Body)
		res.Body.Close()
		q := strings.TrimSuffix(res.Header.Get("Location"), "?saved=1")
		if res.StatusCode != 303 {
			t.Fatalf("%s: %d\n%s", kind, res.StatusCode, raw)
		}
		pages[kind+" editor"] = v.page(q)
		edited := form
		edited.Set("prompt", all+" again")
		edited.Set("version", "1")
		edited.Set("token", formToken(v.page(q)))
		if feeds := regexp.MustCompile(`name="feeds"[\s\S]*?<option value="(\d+)" selected>`).FindStringSubmatch(pages[kind+" editor"]); feeds != nil {
			edited.Set("feeds", feeds[1])
		}
		if status, page := v.ask(q, edited); status != 303 {
			t.Fatalf("%s, edited: %d\n%s", kind, status, page)
		}
		pages[kind+" versions"] = v.page(q + "/versions")
		edited.Set("version", "1")
		edited.Set("prompt", all+" once more")
		_, pages[kind+" conflict"] = v.ask(q, edited)
		edited.Set("prompt", "")
		_, pages[kind+" refused"] = v.ask(q, edited)
		edited.Set("prompt", all)
		edited.Set("question", strings.TrimPrefix(q, "/questions/"))
		_, pages[kind+" preview"] = v.ask("/preview", edited)
		for _, answer := range []string{"1", "2", "show", "good", all} {
			edited.Set("answer", answer)
			_, pages[kind+" tried "+answer] = v.ask("/preview", edited)
		}
	}
	pages["banks"], pages["bank"], pages["list"] = v.page("/banks"), v.page(path), v.page(path+"?sort=text&state=all")
	pages["search"] = v.page("/questions?q=" + url.QueryEscape(`script "><img`))
	pages["tag"] = v.page(path + "?tag=" + url.QueryEscape(evil))
	pages["search of markup"] = v.page("/questions?q=" + url.QueryEscape(all))
	_, pages["refused bank"] = v.ask("/banks", url.Values{"token": {token(pages["banks"])}, "title": {all}, "lang": {evil}})
	_, pages["refused settings"] = v.ask(path, url.Values{"title": {""}, "about": {all}, "lang": {evil}})
	_, pages["refused topic"] = v.ask(path+"/topics", url.Values{"title": {all + strings.Repeat("x", 200)}, "token": {token(pages["bank"])}})
	for name, page := range pages {
		if !strings.Contains(page, "&lt;script&gt;") && !strings.Contains(page, "&lt;img") {
			t.Errorf("%s: shows nothing of what was written", name)
		}
		for _, problem := range live(t, page) {
			t.Errorf("%s: %s", name, problem)
		}
	}
	for _, name := range []string{"search", "bank", "choice editor", "choice versions"} {
		wantIn(t, pages[name], "&lt;")
	}
	wantIn(t, pages["search"], "<mark>script</mark>")
}

// live lists what a browser would run or fetch that is not ours.
func live(t *testing.T, page string) []string {
	t.Helper()
	doc, err := html.Parse(strings.NewReader(page))
	if err != nil {
		t.Fatal(err)
	}
	var found []string
	for n := range doc.Descendants() {
		if n.Type != html.ElementNode {
			continue
		}
		if n.Data == "script" && n.FirstChild != nil || n.Data == "iframe" || n.Data == "object" {
			found = append(found, "an element "+n.Data)
		}
		for _, a := range n.Attr {
			if strings.HasPrefix(a.Key, "on") || a.Key == "style" || a.Key == "srcdoc" {
				found = append(found, "an attribute "+a.Key+" on "+n.Data)
			}
			if n.Data == "img" && a.Key == "src" && !strings.HasPrefix(a.Val, "/media/") {
				found = append(found, "a picture from "+a.Val)
			}
			value := strings.ToLower(strings.TrimSpace(a.Val))
			if (a.Key == "href" || a.Key == "src" || a.Key == "action" || a.Key == "formaction") && (strings.HasPrefix(value, "javascript:") || strings.Contains(value, "evil.example")) {
				found = append(found, "it leads to "+a.Val)
			}
		}
	}
	return found
}

func TestLiveIsSeen(t *testing.T) {
	if got := live(t, `<p onclick="x"><script>x</script><img src=x><a href=" JavaScript:x">y</a>`); len(got) != 4 {
		t.Errorf("saw %v, want four things", got)
	}
}

func TestNoPageOfABigBankTakesMoreThanSixQueries(t *testing.T) {
	s := open(t)
	v := teacher(s, "Ms Byron")
	path := v.newBank("The Cold War")
	q := v.write(path, "When was speech 0?")
	who := v.person()
	id := questions.BankID(number(path))
	w, err := s.app.Editor.Store.Work(t.Context(), who.ID, bank.Place{Bank: id})
	if err != nil {
		t.Fatal(err)
	}
	for i := 1; i < 500; i++ {
		kind, key := questions.Flash, questions.Answer{Part: 1, Text: fmt.Sprint(i), Credit: 1}
		_, err := s.app.Editor.Write(t.Context(), who, bank.Place{Bank: id}, bank.Form{Topic: w.Topics[0].ID, State: bank.Live, Token: fmt.Sprintf("token-of-question-%04d", i), Tags: []string{fmt.Sprint("tag ", i%100), "all"},
			Version: questions.Version{Kind: kind, Prompt: fmt.Sprintf("When was speech %d?", i), Answers: []questions.Answer{key}}})
		if err != nil {
			t.Fatal(err)
		}
	}
	for i := range 20 {
		form := choiceForm(v.page(q), fmt.Sprintf("When was speech 0, %d?", i))
		form.Set("version", fmt.Sprint(i+1))
		form.Set("token", fmt.Sprintf("token-of-an-edit-%04d", i))
		if status, page := v.ask(q, form); status != 303 {
			t.Fatalf("edit %d: %d\n%s", i, status, page)
		}
	}
	copied := v.post("/banks/1/copy", "token", "token-of-a-copy-0001", "title", "Mine")
	if err := s.db.Exec(t.Context(), "UPDATE question SET origin_version = 0 WHERE bank = "+strings.TrimPrefix(copied, "/banks/")); err != nil {
		t.Fatal(err)
	}
	for _, at := range []string{"/banks", path, path + "?q=speech+49&sort=text", path + "?page=7", path + "?tag=all", path + "?tag=none", copied, copied + "/updates", path + "/advice", copied + "/advice", "/banks/1", path + "/questions/new?kind=choice",
		q, q + "/versions", "/questions", "/questions?q=when+speech&sort=kind", "/teach"} {
		s.now = s.now.Add(10 * time.Second)
		before := s.reads()
		res := v.send("GET", at, nil)
		res.Body.Close()
		if n := s.reads() - before; n > 6 || n == 0 {
			t.Errorf("GET %s takes %d queries, want 1 to 6", at, n)
		}
	}
	preview := choiceForm(v.page(q), "When?")
	preview.Set("bank", strings.TrimPrefix(path, "/banks/"))
	preview.Set("part", "1")
	preview.Set("answer", "1")
	v.ask("/preview", preview) // what is immutable is kept
	before := s.reads()
	if status, _ := v.ask("/preview", preview); status != 200 {
		t.Errorf("the preview: %d", status)
	}
	if n := s.reads() - before; n > 3 {
		t.Errorf("a tried preview takes %d queries, want at most 3", n)
	}
	page := v.page(path + "?q=speech&page=2")
	if n := strings.Count(page, `class="question-prompt"`); n != 50 {
		t.Errorf("a page has %d questions, want 50", n)
	}
	wantIn(t, page, "500 questions", "Before", "Next page")
	wantIn(t, v.page(path+"?q=speech+499"), "1 question", "<mark>499</mark>")
	wantIn(t, v.page(path+"?q=%25"), "Nothing found")
	wantIn(t, v.page(path+"?sort=;drop&state=x&kind=<&topic=z&page=-1"), "500 questions")
}

func number(path string) int {
	n := 0
	_, _ = fmt.Sscanf(path[strings.LastIndex(path, "/")+1:], "%d", &n)
	return n
}

func TestAStrangerWritesAQuestionAndKeepsIt(t *testing.T) {
	s := open(t)
	v := &visitor{site: s}
	wantIn(t, v.page("/"), `href="/teach"`)
	page := v.page("/teach?kind=choice")
	if v.cookie != "" || count(s, "SELECT COUNT(*) FROM learner") != 0 {
		t.Error("looking at the page makes a guest")
	}
	form := choiceForm(page, "When was the speech?")
	unfit := choiceForm(page, "")
	if status, page := v.ask("/teach", unfit); status != 422 || !strings.Contains(page, says("problem.no_prompt")) || v.cookie != "" {
		t.Errorf("an empty question: %d, cookie %q", status, v.cookie)
	}
	if status, page := v.ask("/preview", form); status != 200 || !strings.Contains(page, `action="/teach"`) {
		t.Errorf("a stranger's preview: %d", status)
	}
	if n := count(s, "SELECT COUNT(*) FROM learner"); n != 0 {
		t.Errorf("%d learners before anything is kept", n)
	}
	again := &visitor{site: s} // a double click: the same form without a cookie
	if status, page := v.ask("/teach", form); status != 303 {
		t.Fatalf("a first question: %d\n%s", status, page)
	}
	if status, _ := again.ask("/teach", form); status != 303 || again.cookie != v.cookie {
		t.Errorf("the doubled form: %d, the same guest %v", status, again.cookie == v.cookie)
	}
	if got := []int64{count(s, "SELECT COUNT(*) FROM learner"), count(s, "SELECT COUNT(*) FROM bank WHERE owner <> 0"), count(s, "SELECT COUNT(*) FROM question WHERE bank <> 1")}; got[0] != 1 || got[1] != 1 || got[2] != 1 {
		t.Errorf("learners, banks and questions: %v, want one of each", got)
	}
	taught := v.page("/teach")
	wantIn(t, taught, "This is your question", "When was the speech?", "Make an account")
	q := questionPath(taught)
	wantIn(t, v.page(q), "kept in this browser")
	wantIn(t, v.page("/banks"), "My questions", "As a guest you can keep one question.")
	bankAt := regexp.MustCompile(`href="(/banks/\d+)">My questions`).FindStringSubmatch(v.page("/banks"))[1]
	second := choiceForm(v.page(bankAt+"/questions/new?kind=choice"), "Another?")
	if status, page := v.ask(bankAt+"/questions", second); status != 403 || !strings.Contains(page, "As a guest you can keep one question") || !strings.Contains(page, "Another?") {
		t.Errorf("a guest's second question: %d", status)
	}
	if status, page := v.ask("/banks", url.Values{"title": {"x"}, "lang": {"en"}, "token": {"abcdefghijklmnopqrst"}}); status != 403 || !strings.Contains(page, "That needs an account") {
		t.Errorf("a guest's bank: %d", status)
	}
	v.post("/sign-up", "name", "Ms Byron", "password", "seven amber trams")
	wantIn(t, v.page(q), "When was the speech?")
	wantOut(t, v.page(q), "kept in this browser")
	if status, _ := v.ask(bankAt+"/questions", second); status != 303 {
		t.Errorf("a second question with an account: %d", status)
	}

	late := &visitor{site: s}
	form = choiceForm(late.page("/teach"), "Too late?")
	s.now = s.now.Add(25 * time.Hour)
	status, page := late.ask("/teach", form)
	if status != 422 || !strings.Contains(page, "Nothing is lost") || !strings.Contains(page, "Too late?") || formToken(page) == form.Get("token") {
		t.Errorf("a page that was open too long: %d", status)
	}
	form.Set("token", formToken(page))
	if status, _ := late.ask("/teach", form); status != 303 {
		t.Errorf("sent once more: %d", status)
	}
	form.Set("token", "forged")
	if status, _ := (&visitor{site: s}).ask("/teach", form); status != 422 {
		t.Errorf("a forged page: %d, want 422", status)
	}
}

// What a pupil has answered stays tied to the wording that was seen, and stays
// when the bank goes.
func TestPastAnswersKeepTheirWording(t *testing.T) {
	s := open(t)
	v := teacher(s, "Ms Byron")
	path := v.newBank("The Cold War")
	q := v.write(path, "When was the speech?")
	topic := regexp.MustCompile(path + `\?topic=(\d+)`).FindStringSubmatch(v.page(path))[1]
	to := v.post("/sittings", "topic", topic, "token", "abcdefghijklmnopqrst")
	asked := v.page(to)
	wantIn(t, asked, "When was the speech?")
	edit := func(prompt, version string) {
		form := choiceForm(v.page(q), prompt)
		form.Set("version", version)
		if status, page := v.ask(q, form); status != 303 {
			t.Fatalf("editing: %d\n%s", status, page)
		}
	}
	edit("In which year did he speak?", "1")
	wantIn(t, v.page(to), "When was the speech?")
	v.post(to, "token", token(asked), "answer", "1")
	edit("When exactly?", "2")
	wantIn(t, v.page(to), "When was the speech?")
	if to := v.post(path + "/bin"); to != "/banks?binned="+strings.TrimPrefix(path, "/banks/") {
		t.Errorf("the bin leads to %s", to)
	}
	wantIn(t, v.page("/banks?binned="+strings.TrimPrefix(path, "/banks/")), "The Cold War is in the bin", "Undo")
	s.now = s.now.Add(time.Minute)
	wantIn(t, v.page(to), "When was the speech?")
	wantIn(t, v.page("/sittings/2"), "When was the speech?")
	wantOut(t, v.page("/today"), "Speeches")
	res := v.send("GET", path, nil)
	res.Body.Close()
	if res.StatusCode != 404 {
		t.Errorf("the page of a bank in the bin: %d, want 404", res.StatusCode)
	}
	v.post(path+"/bin", "do", "back")
	wantIn(t, v.page(path), "When exactly?")
	wantIn(t, v.page("/today"), "Speeches")
}

func TestMakeItMineAndUpdates(t *testing.T) {
	s := open(t)
	v := account(s, "Ada") // a pupil may have banks as well
	wantIn(t, v.page("/account"), "My own questions")
	builtin := v.page("/banks/1")
	wantIn(t, builtin, "nobody can change it", "Make it mine", "Which")
	wantOut(t, builtin, `href="/questions/`, "Change the topics", `name="q"`)
	path := v.post("/banks/1/copy", "token", token(builtin), "title", "De-Stalinization")
	wantIn(t, v.page(path), "Write a question", "Change the topics")
	if a, b := count(s, "SELECT COUNT(*) FROM question WHERE bank = 1"), count(s, "SELECT COUNT(*) FROM question WHERE bank = "+strings.TrimPrefix(path, "/banks/")); a != b || a == 0 {
		t.Errorf("the copy has %d questions, the original %d", b, a)
	}
	q := questionPath(v.page(path + "?kind=choice"))
	if err := s.db.Exec(t.Context(), "UPDATE question SET origin_version = 0 WHERE id = "+strings.TrimPrefix(q, "/questions/")); err != nil {
		t.Fatal(err)
	}
	wantIn(t, v.page(path), "See 1 update from the original")
	wantIn(t, v.page(path+"/updates"), "Take it", "Keep mine")
	if to := v.post(q+"/update", "do", "keep"); to != path+"/updates" {
		t.Errorf("keeping mine leads to %s", to)
	}
	wantIn(t, v.page(path+"/updates"), "Nothing new")
}

func TestTopicsOfABank(t *testing.T) {
	s := open(t)
	v := teacher(s, "Ms Byron")
	path := v.newBank("The Cold War")
	v.write(path, "When was the speech?")
	add := func(title, under string) string {
		v.post(path+"/topics", "title", title, "under", under, "token", "token-of-a-topic-"+title)
		found := regexp.MustCompile(`href="` + path + `\?topic=(\d+)"[^>]*>` + title + `<`).FindStringSubmatch(v.page(path))
		if found == nil {
			t.Fatalf("the topic %s is not there", title)
		}
		return found[1]
	}
	war := add("War", "0")
	peace := add("Peace", war)
	deep := add("Deep", peace)
	for name, c := range map[string]struct {
		form   url.Values
		status int
		says   string
	}{
		"under its part":  {url.Values{"do": {"move"}, "under": {deep}}, 422, "cannot be a part of itself"},
		"under another's": {url.Values{"do": {"move"}, "under": {"1"}}, 404, ""},
		"full":            {url.Values{"do": {"remove"}}, 422, "removed once it is empty"},
		"no title":        {url.Values{"do": {"rename"}, "title": {" "}}, 422, "Please write a title."},
		"rename":          {url.Values{"do": {"rename"}, "title": {"Wars"}}, 303, ""},
		"up":              {url.Values{"do": {"up"}}, 303, ""},
	} {
		if status, page := v.ask(path+"/topics/"+war, c.form); status != c.status || !strings.Contains(page, c.says) {
			t.Errorf("%s: %d, want %d and %q", name, status, c.status, c.says)
		}
	}
	if status, _ := v.ask(path+"/topics", url.Values{"title": {"Deeper"}, "under": {deep}, "token": {"token-of-a-topic-deeper"}}); status != 422 {
		t.Errorf("a fourth level: %d, want 422", status)
	}
	v.post(path+"/topics/"+deep, "do", "remove")
	page := v.page(path)
	wantOut(t, page, "Deep<")
	if strings.Index(page, "Wars<") > strings.Index(page, "Speeches<") {
		t.Error("Wars does not stand before Speeches")
	}
}
