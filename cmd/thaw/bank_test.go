package main

import (
	"context"
	"fmt"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"

	"thaw/questions/kind"
)

// signInLink adds somebody who teaches and returns the path of their link.
func signInLink(t *testing.T, data, name string) string {
	t.Helper()
	out, log, code := once(t, "user", "add", name, "--role", "teacher", "--data", data)
	if code != 0 {
		t.Fatalf("user add ends with %d: %s", code, log)
	}
	return linkPath.FindString(out)
}

// teaching is somebody who teaches, signed in.
func teaching(t *testing.T, p *program, data, name string) *browser {
	t.Helper()
	b := p.browser(t)
	b.get(signInLink(t, data, name))
	b.submit("")
	b.want(200)
	return b
}

// question is the editor's form, filled in.
func question(b *browser, prompt, right, wrong string) (string, url.Values) {
	b.t.Helper()
	f, err := b.page.form("prompt")
	if err != nil {
		b.t.Fatalf("%s: no editor: %v", b.page.path, err)
	}
	f.values.Set("prompt", prompt)
	f.values["option"], f.values["why"], f.values["credit"] = []string{right, wrong}, []string{"", "That was earlier."}, []string{"", ""}
	for name, value := range map[string]string{"key": "1", "explain": "It was in February.", "lang": "en", "level": "remember", "new_topic": "Speeches", "state": "live"} {
		f.values.Set(name, value)
	}
	return f.action, f.values
}

func TestATeacherWritesABankThatLasts(t *testing.T) {
	data := t.TempDir()
	p := start(t, data)
	b := teaching(t, p, data, "Ms Byron")
	b.get("/banks")
	b.want(200, "You have no bank yet")
	b.submit("title", "title", "The Cold War", "lang", "en")
	b.want(200, "No question yet")
	bankAt := b.page.path
	b.get(bankAt + "/questions/new?kind=choice")
	action, values := question(b, "When was the Secret Speech?", "1956", "1953")
	for range 2 { // a double click
		b.post(action, values)
		b.want(200, "Saved.", "1 version")
	}
	questionAt := strings.TrimSuffix(b.page.path, "?saved=1")
	b.get(bankAt)
	b.want(200, "1 question", "When was the Secret Speech?")
	b.get("/today")
	b.want(200)

	other := teaching(t, p, data, "Mr Shelley")
	other.get(questionAt)
	other.want(404)
	other.post(questionAt, values)
	other.want(404)

	p.kill(t)
	p = start(t, data)
	b.base = p.url
	b.get(questionAt)
	b.want(200, "When was the Secret Speech?")
	action, values = question(b, "In which year was the Secret Speech?", "1956", "1953")
	b.post(action, values)
	b.want(200, "2 versions")
	b.get(questionAt + "/versions")
	b.want(200, "Version 2", "Ms Byron", "In which year")
	b.get(bankAt + "?q=SECRET+year")
	b.want(200, "1 question")

	topic := strings.TrimPrefix(b.page.body[strings.Index(b.page.body, bankAt+"?topic="):], bankAt+"?topic=")
	topic, _, _ = strings.Cut(topic, `"`)
	b.get("/today")
	b.submit("topic", "topic", topic)
	b.want(200, "In which year was the Secret Speech?")
	b.submit("answer", "answer", "1")
	b.want(200, "It was in February.")
	past := b.page.path
	b.get(bankAt)
	b.press("/bin", "do", "bin")
	b.want(200, "The Cold War is in the bin")
	b.get(past)
	b.want(200, "In which year was the Secret Speech?")
	b.get("/banks")
	b.press("/bin", "do", "back")
	b.want(200, "In which year was the Secret Speech?")

	b.get("/banks")
	b.press("/copy")
	b.want(200, "Write a question", "De-Stalinization")
}

func TestAStrangersQuestionIsKeptByAnAccount(t *testing.T) {
	p := start(t, t.TempDir())
	b := p.browser(t)
	b.get("/teach")
	b.want(200, "Write a question")
	if b.page.header.Get("Set-Cookie") != "" {
		t.Error("the page sets a cookie before anything is written")
	}
	action, values := question(b, "When was the Secret Speech?", "1956", "1953")
	again := newBrowser(t, p.url) // the same form without a cookie
	for _, visitor := range []*browser{b, again} {
		visitor.post(action, values)
		visitor.want(200, "This is your question", "When was the Secret Speech?")
	}
	b.get("/sign-up")
	b.submit("password", "name", "Ms Byron", "password", "seven amber trams")
	b.get("/banks")
	b.want(200, "My questions", "1 question")
}

// shows waits until the preview shows a text.
func shows(text string) chromedp.Action {
	return chromedp.WaitVisible(fmt.Sprintf(`//*[@id="preview"]//*[contains(normalize-space(), %q)]`, text), chromedp.BySearch)
}

// write types into a field from its beginning.
func write(id, text string) chromedp.Action {
	return chromedp.Tasks{chromedp.Focus("#"+id, chromedp.ByQuery), chromedp.KeyEvent("a", chromedp.KeyModifiers(input.ModifierCtrl)), keys(text)}
}

func TestATeacherWritesInTheBrowser(t *testing.T) {
	data := t.TempDir()
	p := start(t, data)
	ctx := chromium(t)
	said := complaints(ctx)
	run := func(doing string, actions ...chromedp.Action) {
		t.Helper()
		within, cancel := context.WithTimeout(ctx, 20*time.Second)
		defer cancel()
		if err := chromedp.Run(within, actions...); err != nil {
			shot(t, ctx, "bank-stuck")
			t.Fatalf("%s: %v", doing, err)
		}
	}
	run("sign in", look(1200, "light"), chromedp.Navigate(p.url+signInLink(t, data, "Ms Byron")), chromedp.Click("main button", chromedp.ByQuery),
		appears("#password"), chromedp.Navigate(p.url+"/banks"), appears("#title"))
	shot(t, ctx, "bank-none")
	run("make a bank", write("title", "The Cold War"), keys(enter), appears(".kinds"))
	shot(t, ctx, "bank-empty")
	run("choose a kind", chromedp.Click(`.kinds a[href*="kind=choice"]`, chromedp.ByQuery), appears("#prompt"), shows("Write something"))

	run("type, and see it", write("prompt", "Which speech *shook* 1956?"), shows("Which speech shook 1956?"), shows("Nothing is right yet"),
		write("option-1", "The Secret Speech"), shows("The Secret Speech"), write("option-2", "The Iron Curtain speech"), write("why-2", "That was in 1946."),
		chromedp.Click(`input[name="key"][value="1"]`, chromedp.ByQuery), write("explain", "It was given behind closed doors."), shows("The Iron Curtain speech"),
		goes(".missing"))
	shot(t, ctx, "bank-writing")
	run("read the advice", shows("The question has 4 words"))
	run("try a wrong answer", chromedp.Click("#preview .option:nth-of-type(2)", chromedp.ByQuery), chromedp.Click("#preview button.primary", chromedp.ByQuery),
		shows("Not the Iron Curtain speech"), shows("That was in 1946."), shows("It was given behind closed doors."))
	shot(t, ctx, "bank-tried")
	var focus, announced string
	run("see where the focus is", chromedp.Evaluate("document.activeElement.textContent", &focus), chromedp.Text("#status", &announced, chromedp.ByQuery))
	if focus != "Try another answer" || !strings.Contains(announced, "Not the Iron Curtain speech") {
		t.Errorf("after a try the focus is on %q and %q is said", focus, announced)
	}
	run("try again by keyboard", keys(enter), appears("#preview label.option"), keys("1"), keys(enter), shows("Yes,"))
	run("change it after the try", write("why-2", "Churchill spoke of it in 1946."), appears("#preview label.option"))

	run("publish by Enter", write("new_topic", "Speeches"), keys(enter), appears(`a[href$="/versions"]`))
	shot(t, ctx, "bank-published")
	var value string
	run("edit", write("prompt", "Which speech shook the whole bloc in 1956?"), shows("the whole bloc"), chromedp.Click("#edit button.primary", chromedp.ByQuery),
		chromedp.WaitVisible(`//a[contains(., "2 versions")]`, chromedp.BySearch), chromedp.Value("#prompt", &value, chromedp.ByQuery))
	if value != "Which speech shook the whole bloc in 1956?" {
		t.Errorf("the editor holds %q after saving", value)
	}
	var removed, added string
	run("versions", chromedp.Click(`a[href$="/versions"]`, chromedp.ByQuery), appears(".versions ins"),
		chromedp.Text(".versions del", &removed, chromedp.ByQuery), chromedp.Text(".versions ins", &added, chromedp.ByQuery))
	if !strings.Contains(removed, "*") || !strings.Contains(added, "the whole bloc in") {
		t.Errorf("the versions show %q removed and %q added", removed, added)
	}
	shot(t, ctx, "bank-versions")
	run("the list", chromedp.Navigate(p.url+"/questions?q=bloc"), appears("mark"))
	shot(t, ctx, "bank-search")

	// What was published is asked.
	run("study", chromedp.Navigate(p.url+"/today"), chromedp.SetValue("#topic", lastOption(t, ctx), chromedp.ByQuery), chromedp.Click(`form[action="/sittings"] button`, chromedp.ByQuery),
		chromedp.WaitVisible(`//legend[contains(., "the whole bloc")]`, chromedp.BySearch))
	if lines := said(); len(lines) > 0 {
		t.Errorf("the console complains:\n%s", strings.Join(lines, "\n"))
	}
}

// TestPagesOfABankInTheBrowser looks at the real pages, with the kinds' own editors.
func TestPagesOfABankInTheBrowser(t *testing.T) {
	script := axe(t)
	data := t.TempDir()
	p := start(t, data)
	b := teaching(t, p, data, "Ms Byron")
	b.get("/banks")
	b.submit("title", "title", "The Cold War", "lang", "en")
	at := b.page.path
	b.get(at + "/questions/new?kind=choice")
	action, values := question(b, "When was the *Secret Speech*, and why does <b>it</b> matter?", "1956", "1953")
	b.post(action, values)
	written := strings.TrimSuffix(b.page.path, "?saved=1")
	b.get(written)
	action, values = question(b, "When was the *Secret Speech*?", "1956", "1953")
	b.post(action, values)
	b.want(200, "2 versions")
	out, log, code := once(t, "user", "link", "Ms Byron", "--data", data)
	if code != 0 {
		t.Fatalf("user link ends with %d: %s", code, log)
	}
	ctx := chromium(t)
	said := complaints(ctx)
	if err := chromedp.Run(ctx, chromedp.Navigate(p.url+linkPath.FindString(out)), chromedp.Click("main button", chromedp.ByQuery), appears("#password")); err != nil {
		t.Fatal(err)
	}
	paths := []string{"/banks", at, at + "?open=topics", written, written + "/versions", "/questions?q=speech", "/banks/1"}
	for _, k := range kind.All() {
		paths = append(paths, at+"/questions/new?kind="+k.Name())
	}
	for _, path := range paths {
		if err := chromedp.Run(ctx, look(1200, "dark"), chromedp.Navigate(p.url+path), appears("h1"), chromedp.Evaluate(script+"; 0", nil)); err != nil {
			t.Fatal(err)
		}
		for _, width := range []int64{1200, 320} {
			inspectOn(t, ctx, fmt.Sprintf("%s, %d wide", path, width), look(width, "dark"), "")
			shot(t, ctx, fmt.Sprintf("bank-page-%d-%s", width, strings.NewReplacer("/", "-", "?", "-").Replace(path)))
		}
	}
	if lines := said(); len(lines) > 0 {
		t.Errorf("the console complains:\n%s", strings.Join(lines, "\n"))
	}
}

// lastOption is the value of the last topic that a quiz can be about.
func lastOption(t *testing.T, ctx context.Context) string {
	t.Helper()
	var value string
	if err := chromedp.Run(ctx, chromedp.Evaluate(`fetch("/today").then(r => r.text()).then(t => [...new DOMParser().parseFromString(t, "text/html").querySelectorAll("#topic option")].pop().value)`,
		&value, func(p *runtime.EvaluateParams) *runtime.EvaluateParams { return p.WithAwaitPromise(true) })); err != nil {
		t.Fatal(err)
	}
	return value
}

func TestAQuestionIsWrittenWithoutScript(t *testing.T) {
	p := start(t, t.TempDir())
	ctx := chromium(t)
	var line, where string
	err := chromedp.Run(ctx, emulation.SetScriptExecutionDisabled(true), look(320, "dark"), chromedp.Navigate(p.url+"/"), chromedp.Click(`a[href="/teach"]`, chromedp.ByQuery),
		appears("#prompt"), chromedp.SendKeys("#prompt", "Which speech shook 1956?", chromedp.ByQuery),
		chromedp.SendKeys("#option-1", "The Secret Speech", chromedp.ByQuery), chromedp.SendKeys("#option-2", "The Iron Curtain speech", chromedp.ByQuery),
		chromedp.Click(`input[name="key"][value="1"]`, chromedp.ByQuery), chromedp.Click(".without-script", chromedp.ByQuery),
		appears("#preview .option"), chromedp.Click("#preview .option:nth-of-type(2)", chromedp.ByQuery), chromedp.Click("#preview button.primary", chromedp.ByQuery),
		appears("#preview .verdict"), chromedp.Text("#preview .verdict-line", &line, chromedp.ByQuery))
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(line, "Not the Iron Curtain speech") {
		t.Errorf("the tried answer is judged %q", line)
	}
	shot(t, ctx, "bank-without-script")
	err = chromedp.Run(ctx, chromedp.Click("#edit button.primary", chromedp.ByQuery), appears(`a[href="/sign-up"].primary`), chromedp.Location(&where))
	if err != nil {
		t.Fatal(err)
	}
	if !strings.HasSuffix(where, "/teach") {
		t.Errorf("the first question leads to %s", where)
	}
	shot(t, ctx, "bank-taught")
}
