package main

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
)

// press goes to an element by Tab and presses Enter there.
func press(t *testing.T, ctx context.Context, condition string) {
	t.Helper()
	if err := tabUntil(ctx, condition); err != nil {
		do(t, ctx, chromedp.ActionFunc(func(context.Context) error { return err }))
	}
	do(t, ctx, keys(enter))
}

// chooses picks from a list by typing how the choice begins.
func chooses(t *testing.T, ctx context.Context, name, begins string) {
	t.Helper()
	if err := tabUntil(ctx, fmt.Sprintf("e.name === %q", name)); err != nil {
		t.Fatal(err)
	}
	do(t, ctx, keys(begins))
}

// givesByKeys gives something to the open question of an exam, or leaves it empty where
// things are to be arranged.
func givesByKeys(t *testing.T, ctx context.Context) {
	t.Helper()
	switch {
	case has(t, ctx, ".options input"):
		do(t, ctx, keys("1"), keys(enter))
	case has(t, ctx, "input#answer"):
		do(t, ctx, keys("26 June 1953"), keys(enter))
	default:
		press(t, ctx, `e.textContent === "Go on without answering"`)
	}
}

// asked waits for a question of an exam.
func asked(pos int) chromedp.Action {
	return see(fmt.Sprintf(`form[action$="/questions/%d/given"]`, pos))
}

// TestAnExamAgainstTimeByKeyboard: flagged, extended before time is over, checked and
// handed in; the script counts down, warns and says once that a minute is left.
func TestAnExamAgainstTimeByKeyboard(t *testing.T) {
	script := axe(t)
	ctx := chromium(t)
	said := complaints(ctx)
	s := serveTimed(t)
	do(t, ctx, look(390, "light"), chromedp.Navigate(s.url+"/"), see(".option"), keys("1"), keys(enter), see(".verdict"),
		chromedp.Navigate(s.url+"/quiz"), see("#mode"))
	examine(t, ctx, script, "new quiz")
	chooses(t, ctx, "n", "5 q")
	chooses(t, ctx, "mode", "at")
	chooses(t, ctx, "limit", "5")
	press(t, ctx, `e.matches("main button.primary")`)
	do(t, ctx, asked(1), waitFor(`/^[34]:\d\d left$/.test(document.querySelector("[role=timer]").textContent)`))
	examine(t, ctx, script, "question of an exam")
	if has(t, ctx, "[data-warn]:not([hidden])") {
		t.Error("the warning stands there from the start")
	}
	press(t, ctx, `e.value === "flag"`)
	do(t, ctx, see(`button[value="unflag"]`))
	for pos := 1; pos <= 3; pos++ {
		do(t, ctx, asked(pos))
		givesByKeys(t, ctx)
	}
	s.later(3*time.Minute + 30*time.Second)
	do(t, ctx, asked(4), chromedp.Reload(), see("[data-warn]:not([hidden])"))
	press(t, ctx, `e.value === "extend"`)
	do(t, ctx, see("[data-warn][hidden]"), waitFor(`/^[56]:\d\d left$/.test(document.querySelector("[role=timer]").textContent)`))
	givesByKeys(t, ctx)
	do(t, ctx, asked(5))
	givesByKeys(t, ctx)
	do(t, ctx, see(`form[action$="/hand-in"]`))
	examine(t, ctx, script, "before the hand-in")
	do(t, ctx, chromedp.Evaluate(`{ const now = Date.now; Date.now = () => now() + 270000; } 0`, nil), see("[data-warn]:not([hidden])"),
		waitFor(`document.querySelector("#status").textContent.includes("nearly over")`),
		chromedp.Evaluate(`{ const now = Date.now; Date.now = () => now() + 60000; } 0`, nil), waitFor(`document.querySelector("#status").textContent === "One minute left."`))
	s.later(4*time.Minute + 40*time.Second) // as the page has it
	do(t, ctx, keys("e"), see("[data-warn][hidden]"), see(`form[action$="/hand-in"]`))
	var flagged string
	do(t, ctx, chromedp.Text("header .lead", &flagged, chromedp.ByQuery))
	if !strings.Contains(flagged, "1 is flagged") {
		t.Errorf("the check says %q", flagged)
	}
	press(t, ctx, `e.textContent === "Hand in"`)
	do(t, ctx, see("h1.figure"), see(".dots"))
	examine(t, ctx, script, "result of an exam")
	if lines := said(); len(lines) > 0 {
		t.Errorf("the console complains:\n%s", strings.Join(lines, "\n"))
	}
}

// TestWhatIsMarkedCountsWhenTimeIsOver: the page sends it by itself, and the result says
// that time was over.
func TestWhatIsMarkedCountsWhenTimeIsOver(t *testing.T) {
	ctx := chromium(t)
	s := serveTimed(t)
	do(t, ctx, look(390, "light"), chromedp.Navigate(s.url+"/"), see(".option"), keys("1"), keys(enter), see(".verdict"),
		chromedp.Navigate(s.url+"/quiz"), see("#mode"))
	chooses(t, ctx, "n", "5 q")
	chooses(t, ctx, "mode", "at")
	chooses(t, ctx, "limit", "5")
	press(t, ctx, `e.matches("main button.primary")`)
	do(t, ctx, asked(1))
	for pos := 2; !has(t, ctx, ".options input") && !has(t, ctx, "input#answer"); pos++ {
		givesByKeys(t, ctx)
		do(t, ctx, asked(pos))
	}
	if has(t, ctx, ".options input") {
		do(t, ctx, keys("1"))
	} else {
		do(t, ctx, keys("1953"))
	}
	s.later(5*time.Minute + 2*time.Second)
	do(t, ctx, chromedp.Evaluate(`{ const now = Date.now; Date.now = () => now() + 301000; } 0`, nil), see("h1.figure"))
	var line string
	do(t, ctx, chromedp.Text("main", &line, chromedp.ByQuery))
	if !strings.Contains(line, "Time was over. What you had given counts; 4 questions had no answer yet.") {
		t.Errorf("the result says:\n%s", line)
	}
}
