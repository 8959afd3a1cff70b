package main

import (
	"strconv"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
)

// says waits until a part of the page says something.
func says(selector, text string) chromedp.Action {
	return comesTrue("Boolean(document.querySelector(`" + selector + "`)?.textContent.includes(`" + text + "`))")
}

// ready is true of a verdict whose Next has the focus.
const ready = `document.activeElement.matches("[data-go]")`

// TestFactsAreHandledByKeyboard: sure with S, then a star and a note by Tab and Enter.
func TestFactsAreHandledByKeyboard(t *testing.T) {
	p := start(t, t.TempDir())
	ctx := chromium(t)
	said := complaints(ctx)
	do(t, ctx, look(390, "dark"), chromedp.Navigate(p.url+"/"), see(".option"), keys("1"), keys(enter), comesTrue(ready),
		keys(enter), see("form.ask"), keys("1"), keys("s"), comesTrue(ready))
	if err := tabUntil(ctx, `e.matches("#care summary")`); err != nil {
		t.Fatal(err)
	}
	do(t, ctx, keys(enter))
	if err := tabUntil(ctx, `e.matches("#care form button") && e.textContent.includes("Star")`); err != nil {
		t.Fatal(err)
	}
	do(t, ctx, keys(enter), says("#care", "You have starred this"))
	if err := tabUntil(ctx, `e.matches("#care summary")`); err != nil {
		t.Fatal(err)
	}
	do(t, ctx, keys(enter))
	if err := tabUntil(ctx, `e.matches("#care textarea")`); err != nil {
		t.Fatal(err)
	}
	do(t, ctx, keys("the man with the shoe"))
	if err := tabUntil(ctx, `e.textContent.includes("Keep the note")`); err != nil {
		t.Fatal(err)
	}
	do(t, ctx, keys(enter), says("#care", "the man with the shoe"))
	var where string
	do(t, ctx, chromedp.Navigate(p.url+"/facts"), says("main", "the man with the shoe"), says("main", "Starred"), chromedp.Location(&where))
	shot(t, ctx, "flow-facts")
	if lines := said(); len(lines) > 0 {
		t.Errorf("the console complains:\n%s", strings.Join(lines, "\n"))
	}
}

// TestFactsAreHandledWithoutScript, by click alone: set aside under the verdict, and taken
// up again on the page of one's own facts.
func TestFactsAreHandledWithoutScript(t *testing.T) {
	p := start(t, t.TempDir())
	ctx := chromium(t)
	do(t, ctx, emulation.SetScriptExecutionDisabled(true), look(320, "light"), chromedp.Navigate(p.url+"/"),
		chromedp.Click(".option", chromedp.ByQuery), chromedp.Click("button.primary", chromedp.ByQuery), appears(".verdict"),
		chromedp.Click("#care summary", chromedp.ByQuery), chromedp.Click(`//button[contains(., "Set it aside")]`, chromedp.BySearch), says("#care", "Set aside"),
		chromedp.Navigate(p.url+"/facts"), chromedp.Click(`//button[contains(., "Take it up again")]`, chromedp.BySearch), says("main", "Nothing here yet"))
}

// TestPracticeGoesOnUntilAllWasRight: what was wrong comes back, by keyboard.
func TestPracticeGoesOnUntilAllWasRight(t *testing.T) {
	p := start(t, t.TempDir())
	ctx := chromium(t)
	do(t, ctx, look(390, "light"), chromedp.Navigate(p.url+"/"), see(".option"), keys("1"), keys(enter), appears(".verdict"),
		chromedp.Navigate(p.url+"/quiz"), chromedp.SetValue("select[name=n]", "5", chromedp.ByQuery), chromedp.SetValue("select[name=mode]", "cram", chromedp.ByQuery),
		chromedp.Click("main form button[type=submit]", chromedp.ByQuery), see("form.ask"))
	asked := map[string]int{}
	for range 15 { // five choices of three
		var prompt string
		var done bool
		do(t, ctx, chromedp.Text(".prompt", &prompt, chromedp.ByQuery))
		asked[prompt]++
		do(t, ctx, keys(strconv.Itoa(asked[prompt])), keys(enter), comesTrue(ready), keys(enter), see("form.ask, .dots"),
			chromedp.Evaluate(`Boolean(document.querySelector(".dots"))`, &done))
		if done {
			return
		}
	}
	t.Errorf("not all were right after each option of each was tried: %v", asked)
}
