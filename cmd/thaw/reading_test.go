package main

import (
	"context"
	"math"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
)

// third is the place of the third question of a reading text.
const third = `document.querySelectorAll(".reading-ask")[2]`

// answeredThere demands that the third question shows its verdict, that nothing else does,
// and that it has the focus.
func answeredThere(t *testing.T, ctx context.Context, hand string) {
	t.Helper()
	var verdicts int
	var at string
	do(t, ctx, waitFor(`document.readyState === "complete" && !!`+third+`.querySelector(".verdict")`),
		chromedp.Evaluate(`document.querySelectorAll(".verdict").length`, &verdicts), chromedp.Evaluate("location.pathname + location.hash.slice(0, 5)", &at))
	if verdicts != 1 || at != "/read#ask-" {
		t.Errorf("%s: %d verdicts at %s, want one, in its place", hand, verdicts, at)
	}
}

func TestReadingIsAnsweredByKeyboard(t *testing.T) {
	script := axe(t)
	p := start(t, t.TempDir())
	ctx := chromium(t)
	said := complaints(ctx)
	var before, after float64
	do(t, ctx, look(320, "dark"), chromedp.Navigate(p.url+"/read"), see(".reading-ask"))
	examine(t, ctx, script, "reading text")
	shot(t, ctx, "reading-dark")
	do(t, ctx, look(1200, "light"), chromedp.Evaluate(third+`.querySelector("input[type=radio]").focus(); scrollBy(0, 37)`, nil), keys("2"),
		waitFor(third+`.querySelectorAll("input[type=radio]")[1].checked`), chromedp.Evaluate(third+`.getBoundingClientRect().top`, &before), keys(enter))
	answeredThere(t, ctx, "keyboard")
	do(t, ctx, waitFor("document.activeElement === "+third), chromedp.Evaluate(third+`.getBoundingClientRect().top`, &after))
	if math.Abs(before-after) > 2 {
		t.Errorf("the page jumps: the question stood at %.0f px and stands at %.0f", before, after)
	}
	examine(t, ctx, script, "answered reading text")
	do(t, ctx, look(1200, "light"))
	shot(t, ctx, "reading-answered")
	do(t, ctx, look(320, "dark"))
	shot(t, ctx, "reading-answered-dark")
	for _, page := range []string{"timeline", "who"} {
		do(t, ctx, chromedp.Navigate(p.url+"/"+page), see("h1"))
		examine(t, ctx, script, page)
		do(t, ctx, look(320, "dark"))
		shot(t, ctx, page+"-dark")
		do(t, ctx, look(1200, "light"))
		shot(t, ctx, page)
	}
	var top, bottom, height float64
	do(t, ctx, look(320, "light"), chromedp.Click(".who a", chromedp.ByQuery), see(".is-marked"), waitFor(`document.activeElement.matches(".is-marked")`),
		chromedp.Evaluate(`document.activeElement.getBoundingClientRect().top`, &top), chromedp.Evaluate(`document.activeElement.getBoundingClientRect().bottom`, &bottom), chromedp.Evaluate("innerHeight", &height))
	if top < 60 || top > height-100 {
		t.Errorf("the marked passage stands from %.0f to %.0f px of %.0f", top, bottom, height)
	}
	if lines := said(); len(lines) > 0 {
		t.Errorf("the console complains:\n%s", strings.Join(lines, "\n"))
	}
}

func TestReadingIsAnsweredByClickAndWithoutScript(t *testing.T) {
	p := start(t, t.TempDir())
	for _, hand := range []string{"click", "no-script"} {
		ctx := chromium(t)
		do(t, ctx, emulation.SetScriptExecutionDisabled(hand == "no-script"), look(320, "dark"), chromedp.Navigate(p.url+"/read"), chromedp.WaitVisible(".reading-ask", chromedp.ByQuery))
		var id string
		do(t, ctx, chromedp.Evaluate(third+".id", &id))
		form := "#" + id + " form.ask "
		do(t, ctx, chromedp.Click(form+".option:nth-of-type(2)", chromedp.ByQuery), chromedp.Click(form+"button.primary", chromedp.ByQuery), chromedp.WaitReady(".verdict", chromedp.ByQuery))
		answeredThere(t, ctx, hand)
	}
}
