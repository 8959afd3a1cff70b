package main

import (
	"context"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/chromedp"
)

const gapSource = "The *Secret Speech* was given by {{Khrushchev}} on {{25 February 1956}}, and it took some {{4}} hours."

// writeGaps writes a text with gaps as a teacher does: first the sentence, then what
// kind of answers they are. It returns a link that signs the teacher in.
func writeGaps(t *testing.T, p *program, data string) string {
	t.Helper()
	b := teaching(t, p, data, "Ms Byron")
	b.get("/banks")
	b.submit("title", "title", "The Cold War", "lang", "en")
	at := b.page.path
	b.get(at + "/questions/new?kind=cloze")
	f, err := b.page.form("prompt")
	if err != nil {
		t.Fatal(err)
	}
	send := func(set ...string) {
		t.Helper()
		for i := 0; i < len(set); i += 2 {
			f.values.Set(set[i], set[i+1])
		}
		b.post(f.action, f.values)
	}
	send("prompt", gapSource, "new_topic", "Speeches", "explain", "It was given behind closed doors.", "state", "live")
	b.want(422, "Please say what kind of answer belongs into the gap.", "Gap 3")
	before := f.values
	if f, err = b.page.form("prompt"); err != nil {
		t.Fatal(err)
	}
	for name, values := range before { // what the browser of this test does not read: texts and choices
		if !f.values.Has(name) {
			f.values[name] = values
		}
	}
	if got := strings.Count(b.page.body, " selected>a date<") + strings.Count(b.page.body, " selected>a number<"); got != 2 || !strings.Contains(b.page.body, gapSource+"</textarea>") {
		t.Errorf("the form comes back with %d kinds of answers known, want the date and the number, and the text as it was:\n%s", got, b.page.body)
	}
	send("match-1", "person", "match-2", "date", "match-3", "number", "accept-1", "Chruschtschow", "option-1", "Malenkov", "why-1", "He had resigned a year before.", "state", "live")
	b.want(200, "Saved.", "1 version")
	b.get(at)
	b.want(200, "The Secret Speech was given by … on …, and it took some … hours.", "Khrushchev; 25 February 1956; 4")
	out, log, code := once(t, "user", "link", "Ms Byron", "--data", data)
	if code != 0 {
		t.Fatalf("user link ends with %d: %s", code, log)
	}
	return p.url + linkPath.FindString(out)
}

// quizOn begins a quiz on the last topic of the list.
func quizOn(url string) chromedp.Action {
	return chromedp.Tasks{chromedp.Navigate(url + "/today"), appears("#topic"), chromedp.SendKeys("#topic", "Speeches", chromedp.ByQuery),
		chromedp.Click(`form[action="/sittings"] button`, chromedp.ByQuery), appears(".cloze")}
}

// typing fills in the gaps of a text: the one answer is almost right, the others are.
var typing = map[string]string{"answer-1": "Kruschev", "answer-2": "February 1956", "answer-3": "four"}

// secondTry demands a page that shows what was right, asks for the rest, and tells
// no key.
func secondTry(t *testing.T, ctx context.Context, hand string) {
	t.Helper()
	var reason, page string
	var fields int
	do(t, ctx, see("#answer-reason"), chromedp.Text("#answer-2-reason", &reason, chromedp.ByQuery), chromedp.InnerHTML("main", &page, chromedp.ByQuery),
		chromedp.Evaluate(`document.querySelectorAll("[data-gap]").length`, &fields))
	if fields != 1 || !strings.Contains(reason, "Which day?") {
		t.Errorf("%s: the second try has %d fields and says %q, want one and why", hand, fields, reason)
	}
	for _, key := range []string{"Khrushchev", "25", "1956-02"} {
		if strings.Contains(page, key) {
			t.Errorf("%s: the second try tells %q:\n%s", hand, key, page)
		}
	}
}

// solved demands the verdict of a text that was right in the end, but for a slip.
func solvedGaps(t *testing.T, ctx context.Context, hand string) {
	t.Helper()
	var class, text, line string
	do(t, ctx, see(".ask.is-closed"), chromedp.AttributeValue("section.verdict", "class", &class, nil, chromedp.ByQuery),
		chromedp.Text(".cloze", &text, chromedp.ByQuery), chromedp.Text(".verdict-line", &line, chromedp.ByQuery))
	if class != "verdict is-slip" || !strings.Contains(text, "It is spelled Khrushchev") || !strings.Contains(line, "Khrushchev; 25 February 1956; 4") {
		t.Errorf("%s: the verdict is %q, %q, and the text says %q", hand, class, line, text)
	}
	shot(t, ctx, "cloze-solved-"+hand)
}

func TestGapsAreFilledByKeyboardAlone(t *testing.T) {
	script := axe(t)
	data := t.TempDir()
	p := start(t, data)
	link := writeGaps(t, p, data)
	ctx := chromium(t)
	said := complaints(ctx)
	do(t, ctx, look(320, "dark"), chromedp.Navigate(link), chromedp.Click("main button", chromedp.ByQuery), see("#password"), quizOn(p.url))
	at := func(id string) chromedp.Action { return waitFor(`document.activeElement.id === "` + id + `"`) }
	do(t, ctx, at("answer-1"), keys(typing["answer-1"]), chromedp.KeyEvent("\t"), at("answer-2"), chromedp.KeyEvent("\t"), at("answer-3"), keys(typing["answer-3"]))
	examine(t, ctx, script, "open text")
	shot(t, ctx, "cloze-open")
	do(t, ctx, keys(enter), at("answer-2"), keys(typing["answer-2"]), keys(enter))
	secondTry(t, ctx, "keyboard")
	do(t, ctx, at("answer-2"), waitFor(`document.querySelector("#status").textContent.includes("1 gap is nearly right")`))
	examine(t, ctx, script, "second try of a text")
	shot(t, ctx, "cloze-second-try")
	do(t, ctx, chromedp.KeyEvent("a", chromedp.KeyModifiers(input.ModifierCtrl)), keys("25 Feb 1956"), keys(enter))
	solvedGaps(t, ctx, "keyboard")
	examine(t, ctx, script, "verdict of a text")
	var overflow int
	do(t, ctx, chromedp.Evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth", &overflow))
	if overflow > 0 {
		t.Errorf("the verdict scrolls sideways by %d px", overflow)
	}
	var result string
	do(t, ctx, keys(enter), see(".dots"), chromedp.Text("main", &result, chromedp.ByQuery))
	if !strings.Contains(result, "The Secret Speech was given by … on …, and it took some … hours.") {
		t.Errorf("the result does not show the text with its gaps elided:\n%s", result)
	}
	if lines := said(); len(lines) > 0 {
		t.Errorf("the console complains:\n%s", strings.Join(lines, "\n"))
	}
}

func TestGapsAreFilledByClickAndWithoutScript(t *testing.T) {
	data := t.TempDir()
	p := start(t, data)
	link := writeGaps(t, p, data)
	ctx := chromium(t)
	do(t, ctx, look(320, "light"), chromedp.Navigate(link), chromedp.Click("main button", chromedp.ByQuery), see("#password"))
	for _, hand := range []string{"click", "no-script"} {
		do(t, ctx, emulation.SetScriptExecutionDisabled(hand == "no-script"), quizOn(p.url))
		do(t, ctx, chromedp.Click("form.ask button.primary", chromedp.ByQuery), see(".notice.is-error"))
		for id, text := range typing {
			do(t, ctx, chromedp.Click("#"+id, chromedp.ByQuery), chromedp.SendKeys("#"+id, text, chromedp.ByQuery))
		}
		do(t, ctx, chromedp.Click("form.ask button.primary", chromedp.ByQuery))
		secondTry(t, ctx, hand)
		do(t, ctx, chromedp.Clear("#answer-2", chromedp.ByQuery), chromedp.SendKeys("#answer-2", "25.2.1956", chromedp.ByQuery), chromedp.Click("form.ask button.primary", chromedp.ByQuery))
		solvedGaps(t, ctx, hand)
	}
}

// What is written in the editor is shown beside it with its gaps, which can be tried.
func TestGapsAreTriedBesideTheirEditor(t *testing.T) {
	data := t.TempDir()
	p := start(t, data)
	ctx := chromium(t)
	said := complaints(ctx)
	ctx, cancel := context.WithTimeout(ctx, time.Minute)
	defer cancel()
	do(t, ctx, look(1200, "light"), chromedp.Navigate(p.url+"/teach?kind=cloze"), see("#prompt"), write("prompt", "Khrushchev spoke in {{1956}}, in {{Moscow}}."),
		see("#preview [data-gap]"), chromedp.Click(`button[name="do"]`, chromedp.ByQuery), see("#gap-2"), chromedp.SetValue("#match-2", "place", chromedp.ByQuery))
	do(t, ctx, see("#preview [data-gap]"), chromedp.SendKeys("#preview #answer-1", "1953", chromedp.ByQuery), keys(enter), waitFor(`document.activeElement.id === "answer-2"`),
		keys("Moscow"), keys(enter), see("#preview .verdict"))
	var line string
	do(t, ctx, chromedp.Text("#preview .verdict-line", &line, chromedp.ByQuery))
	if !strings.Contains(line, "1 of 2 right: 1956; Moscow.") {
		t.Errorf("the tried answer is judged %q", line)
	}
	shot(t, ctx, "cloze-tried")
	if lines := said(); len(lines) > 0 {
		t.Errorf("the console complains:\n%s", strings.Join(lines, "\n"))
	}
}

// A response that no form of ours sends is refused, and the question stays open.
func TestHostileGaps(t *testing.T) {
	data := t.TempDir()
	p := start(t, data)
	link := writeGaps(t, p, data)
	b := p.browser(t)
	b.get(strings.TrimPrefix(link, p.url))
	b.submit("")
	b.get("/today")
	topic := b.page.body[:strings.Index(b.page.body, ">Speeches")]
	topic = strings.TrimSuffix(topic[strings.LastIndex(topic, `value="`)+len(`value="`):], `"`)
	b.submit("topic", "topic", topic)
	f, err := b.page.form("answer")
	if err != nil {
		t.Fatal(err)
	}
	at := b.page.path
	evil := `</span><script>alert(1)</script>"'><img src=x onerror=alert(1)>{{1}}`
	for _, answers := range [][]string{nil, {"a"}, {"a", "b"}, {"a", "b", "c", "d"}, {"", " ", ""}} {
		b.post(f.action, url.Values{"token": {f.values.Get("token")}, "answer": answers})
		b.want(422)
	}
	b.get(at)
	b.want(200, "Type what is missing")
	b.post(f.action, url.Values{"token": {f.values.Get("token")}, "answer": {evil, strings.Repeat("x", 5000), evil}})
	b.want(200, "0 of 3 right")
	if strings.Contains(b.page.body, "<script>alert") || strings.Contains(b.page.body, "<img") {
		t.Errorf("an answer breaks out of its gap:\n%s", b.page.body)
	}
}
