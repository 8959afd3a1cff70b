package main

import (
	"bytes"
	"context"
	"fmt"
	"regexp"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/network"
	pdf "github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"

	"thaw/views/story"
)

// printed counts the pages of what is open, as it comes out of a printer.
func printed(n *int) chromedp.Action {
	return chromedp.ActionFunc(func(ctx context.Context) error {
		sheet, _, err := pdf.PrintToPDF().WithPaperWidth(8.27).WithPaperHeight(11.69).WithPrintBackground(false).WithPreferCSSPageSize(true).Do(ctx)
		*n = len(regexp.MustCompile(`/Type\s*/Page\b[^s]`).FindAll(sheet, -1))
		if !bytes.HasPrefix(sheet, []byte("%PDF")) {
			return fmt.Errorf("no PDF came out")
		}
		return err
	})
}

// A teacher pastes names and prints slips; a pupil comes in by one on a phone.
func TestFromPastedNamesToTheFirstAnswer(t *testing.T) {
	data := t.TempDir()
	out, log, code := once(t, "user", "add", "Vera Noor", "--role", "teacher", "--data", data)
	if code != 0 {
		t.Fatalf("user add ends with %d: %s", code, log)
	}
	p := start(t, data)
	teacher, pupil := chromium(t), chromium(t)
	complains := [2]func() []string{complaints(teacher), complaints(pupil)}
	names := []string{"Ada Lovelace", "Ada King", "Mila", "Zoë", "<b>Ben</b>", "Éva", "Jan", "Otto", "Ria"}
	err := chromedp.Run(teacher, network.Enable(), look(1200, "light"), chromedp.Navigate(p.url+linkPath.FindString(out)), clicks("button.primary"),
		appears("#password"), chromedp.Navigate(p.url+"/classes"),
		appears("#name"), chromedp.SendKeys("#name", "10b History", chromedp.ByQuery), clicks("button.primary"), appears(".board"))
	if err != nil {
		t.Fatal(err)
	}
	shot(t, teacher, "roster-empty")

	var posts int
	chromedp.ListenTarget(teacher, func(event any) {
		if e, ok := event.(*network.EventRequestWillBeSent); ok && e.Type == network.ResourceTypeDocument {
			posts++
		}
	})
	var preview, slip string
	var slips, sheets int
	err = chromedp.Run(teacher, clicks(`a.button[href$="/students"]`), appears("#names"), chromedp.SetValue("#names", strings.Join(names[:5], "\n"), chromedp.ByQuery),
		clicks(`button[value="look"]`), appears(`button[value="add"]`), chromedp.Text("main", &preview, chromedp.ByQuery))
	if err != nil {
		t.Fatal(err)
	}
	shot(t, teacher, "roster-preview")
	err = chromedp.Run(teacher, keys(enter), appears(".slip"), chromedp.Evaluate(`document.querySelectorAll(".slip").length`, &slips),
		chromedp.Text(".slip", &slip, chromedp.ByQuery), printed(&sheets))
	if err != nil {
		t.Fatal(err)
	}
	shot(t, teacher, "roster-slips")
	if slips != 5 || sheets != 1 || !strings.Contains(preview, "5 new.") || !strings.Contains(preview, "Ada K.") {
		t.Errorf("%d slips on %d sheets after\n%s", slips, sheets, preview)
	}
	if posts > 5 {
		t.Errorf("from the class to the slips it takes %d requests", posts)
	}
	t.Logf("from an empty class to the slips: 3 clicks, %d requests", posts)

	found := regexp.MustCompile(`(?s)Code\s+(\w{3} \w{3})\s+Number\s+(\d+)\s+PIN\s+(\d{3} \d{3})`).FindStringSubmatch(slip)
	if found == nil {
		t.Fatalf("the slip says\n%s", slip)
	}
	var question string
	err = chromedp.Run(pupil, look(360, "light"), chromedp.Navigate(p.url+"/"), appears("#code"), chromedp.SendKeys("#code", strings.ToLower(found[1])+enter, chromedp.ByQuery),
		appears("#pin"))
	if err != nil {
		t.Fatal(err)
	}
	shot(t, pupil, "roster-door")
	err = chromedp.Run(pupil, chromedp.SendKeys("#n", found[2], chromedp.ByQuery), chromedp.SendKeys("#pin", found[3]+enter, chromedp.ByQuery),
		appears("form.ask"), chromedp.Location(&question))
	if err != nil {
		t.Fatal(err)
	}
	if !strings.HasSuffix(question, "/sittings/1/questions/1") {
		t.Errorf("number and PIN lead to %s, want a question", question)
	}
	answerByKeys(t, pupil)
	if err := chromedp.Run(pupil, appears(".verdict")); err != nil {
		t.Fatal(err)
	}

	var list string
	err = chromedp.Run(teacher, chromedp.Navigate(p.url+strings.TrimPrefix(classOf(t, teacher), p.url)+"/students"), appears("#seats"), chromedp.Text("#seats", &list, chromedp.ByQuery),
		chromedp.SetValue("#names", strings.Join(names[5:], "\n"), chromedp.ByQuery), clicks(`button[value="look"]`), clicks(`button[value="add"]`), appears(".slip"),
		chromedp.Navigate(p.url+strings.TrimPrefix(classOf(t, teacher), p.url)+"/students"), appears("#seats"))
	if err != nil {
		t.Fatal(err)
	}
	shot(t, teacher, "roster-list")
	if strings.Count(list, "since today") != 1 || strings.Count(list, "not here yet") != 4 || !strings.Contains(list, "<b>Ben</b>") {
		t.Errorf("the list says\n%s", list)
	}
	err = chromedp.Run(teacher, chromedp.Evaluate(`document.querySelectorAll("[name=seat]").forEach((box) => box.checked = true)`, nil),
		chromedp.Click(`//button[contains(., "New slips for those ticked")]`, chromedp.BySearch), appears(".slip"),
		chromedp.Evaluate(`document.querySelectorAll(".slip").length`, &slips), printed(&sheets))
	if err != nil {
		t.Fatal(err)
	}
	if slips != 9 || sheets != 2 {
		t.Errorf("%d slips on %d sheets, want 9 on 2", slips, sheets)
	}
	for i, said := range complains {
		if lines := said(); len(lines) > 0 {
			t.Errorf("the console of browser %d complains:\n%s", i+1, strings.Join(lines, "\n"))
		}
	}
}

// What is on a slip is on the paper, also with a long name.
func TestNoSlipIsCutOff(t *testing.T) {
	ctx := chromium(t)
	base := stories(t, story.All())
	var cut, slips int
	paper := chromedp.ActionFunc(func(c context.Context) error { return emulation.SetEmulatedMedia().WithMedia("print").Do(c) })
	err := chromedp.Run(ctx, chromedp.EmulateViewport(718, 1047), paper, chromedp.Navigate(base+"/slips"), appears(".slip"),
		chromedp.Evaluate(`document.querySelectorAll(".slip").length`, &slips),
		chromedp.Evaluate(`[...document.querySelectorAll(".slip")].filter((s) => s.scrollHeight > s.clientHeight + 1 || s.scrollWidth > s.clientWidth + 1).length`, &cut))
	if err != nil {
		t.Fatal(err)
	}
	if cut > 0 || slips != 11 {
		t.Errorf("%d of %d slips are cut off", cut, slips)
	}
	shot(t, ctx, "roster-paper")
}

// classOf is the address of the class whose page is open.
func classOf(t *testing.T, ctx context.Context) string {
	t.Helper()
	var at string
	if err := chromedp.Run(ctx, chromedp.Location(&at)); err != nil {
		t.Fatal(err)
	}
	return regexp.MustCompile(`^.*/classes/\d+`).FindString(at)
}
