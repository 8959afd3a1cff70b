package main

import (
	"testing"

	"github.com/chromedp/chromedp"

	"thaw/questions/kind"
	"thaw/views"
	"thaw/views/story"
)

// keysShown are the keys of the open dialog that can be seen, each with what it does.
const keysShown = `[...document.querySelectorAll("dialog[open] dt")].filter((e) => e.checkVisibility()).map((e) => e.textContent.trim() + ": " + e.nextElementSibling.textContent.trim()).join("; ")`

// The dialog of keys lists those that do something on the page, and no others.
func TestKeysListedAreThoseThatWork(t *testing.T) {
	ctx := chromium(t)
	verdict := story.Story{Name: "verdict", Frame: views.Frame{Lang: "en", Path: "/today"}, Page: views.Verdict{Widget: kind.Markup("Who?"),
		Pos: 3, Count: 10, Verdict: "right", Line: "Yes.", Next: views.Link{Text: "Next", URL: "/"}, Undo: &views.Form{Action: "/"}}}
	base := stories(t, append(kindStories(t), verdict))
	const always = "?: show these keys"
	for page, want := range map[string]string{
		"choice-ask": "1–3: choose an answer; Enter: answer, and go on",
		"truth-ask":  "1–2: choose an answer; Enter: answer, and go on",
		"text-ask":   "Enter: answer, and go on",
		"order-ask":  "Enter: answer, and go on; ↑ ↓: move what has the focus",
		"flash-ask":  "Enter: answer, and go on; Space: show the back of a card",
		"verdict":    "Enter: answer, and go on; U: take the last answer back",
	} {
		want += "; " + always
		if page == "truth-ask" {
			want += "; T: True; F: False"
		}
		var got string
		do(t, ctx, look(1200, "light"), chromedp.Navigate(base+"/"+page), see("[data-help]"), chromedp.Evaluate(`document.activeElement.blur()`, nil), keys("?"), see("dialog[open]"), chromedp.Evaluate(keysShown, &got))
		if got != want {
			t.Errorf("%s lists\n%s\nwant\n%s", page, got, want)
		}
	}
}

// The dialog of keys opens by its key and its button, closes by Esc and its button, and
// gives the focus back. Whoever switched the keys off meets neither.
func TestKeysOpenAndClose(t *testing.T) {
	ctx := chromium(t)
	p := start(t, t.TempDir())
	back := func(to string) chromedp.Action {
		return chromedp.Tasks{goes("dialog[open]"), waitFor("document.activeElement.matches(" + to + ")")}
	}
	do(t, ctx, look(1200, "light"), chromedp.Navigate(p.url+"/"), appears(".option"), keys("1"),
		keys("?"), appears("dialog[open]"), keys("2"), chromedp.KeyEvent("\x1b"), back(`".option input:checked"`),
		chromedp.Click("[data-help]", chromedp.ByQuery), appears("dialog[open]"), chromedp.Click("dialog[open] button", chromedp.ByQuery), back(`"[data-help]"`))
	var chosen string
	do(t, ctx, chromedp.Evaluate(`document.querySelector(".option input:checked").value`, &chosen))
	if chosen != "1" {
		t.Errorf("a key pressed in the dialog chooses %s behind it", chosen)
	}
	do(t, ctx, chromedp.Click(".option input", chromedp.ByQuery), keys(enter), appears(".verdict"), chromedp.Navigate(p.url+"/settings"), see("[name=keys_off]"),
		chromedp.Evaluate(`document.querySelector("[name=keys_off]").click()`, nil), chromedp.Evaluate(`document.querySelector("[name=keys_off]").form.requestSubmit()`, nil),
		waitFor(`document.documentElement.dataset.keys === "off"`), chromedp.Navigate(p.url+"/sittings/1/questions/1"), see(".verdict"), keys("?"))
	var open bool
	do(t, ctx, chromedp.Evaluate(`!!document.querySelector("dialog[open], [data-help]")`, &open))
	if open {
		t.Error("keys that are switched off are offered")
	}
	do(t, ctx, keys(enter), see("form.ask"), keys("1"))
	var marked int
	do(t, ctx, chromedp.Evaluate(`document.querySelectorAll("form.ask :checked:not(option)").length`, &marked))
	if marked > 0 {
		t.Error("a key that is switched off chooses")
	}
}
