package main

import (
	"testing"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"

	"thaw/views/story"
)

func TestAStarterByKeyboard(t *testing.T) {
	ctx := chromium(t)
	base := stories(t, story.All())
	err := chromedp.Run(ctx, chromedp.Navigate(base+"/starter"), appears("summary"),
		comesTrue(`document.activeElement === document.querySelector(".starter summary")`), chromedp.KeyEvent(" "),
		comesTrue(`document.querySelector(".starter details").open`), chromedp.KeyEvent("n"), comesTrue(`location.search === "?at=3"`))
	if err != nil {
		t.Fatal(err)
	}
	var screen, paper bool
	err = chromedp.Run(ctx, chromedp.Navigate(base+"/starter"), appears("summary"),
		chromedp.Evaluate(`getComputedStyle(document.querySelector(".paper-only")).display === "none"`, &screen), emulation.SetEmulatedMedia().WithMedia("print"),
		chromedp.Evaluate(`getComputedStyle(document.querySelector(".paper-only")).display !== "none" && getComputedStyle(document.querySelector(".starter")).display === "none"`, &paper))
	if err != nil || !screen || !paper {
		t.Errorf("one question on the screen: %v; all of them on paper: %v (%v)", screen, paper, err)
	}
}
