package main

import (
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
)

// A pupil says "I was right" with one tap. The teacher decides by keyboard alone: A and
// Enter accept, R rejects; the pupil's page says what came of it.
func TestAContestIsAcceptedAndAnotherRejectedByKeyboard(t *testing.T) {
	data := t.TempDir()
	p := start(t, data)
	teacher, pupil := chromium(t), chromium(t)
	complains := [2]func() []string{complaints(teacher), complaints(pupil)}
	out, log, code := once(t, "user", "add", "Vera Noor", "--role", "teacher", "--data", data)
	if code != 0 {
		t.Fatalf("user add ends with %d: %s", code, log)
	}
	acts(t, teacher, "the teacher comes in", look(1200, "light"), chromedp.Navigate(p.url+linkPath.FindString(out)), clicks("main button.primary"),
		chromedp.WaitVisible("#password", chromedp.ByQuery), chromedp.Navigate(p.url+"/banks"), chromedp.WaitVisible("#title", chromedp.ByQuery))
	acts(t, teacher, "a bank", write("title", "The Thaw"), keys(enter), clicks(`.kinds a[href*="kind=text"]`), chromedp.WaitVisible("#prompt", chromedp.ByQuery))
	acts(t, teacher, "a question", write("prompt", "Who gave the Secret Speech?"), write("key", "Nikita Khrushchev"), write("new_topic", "1956"), keys(enter),
		chromedp.WaitVisible(`a[href$="/versions"]`, chromedp.ByQuery))
	var board string
	acts(t, teacher, "a class with that bank alone", chromedp.Navigate(p.url+"/classes"), chromedp.WaitVisible("#name", chromedp.ByQuery), write("name", "10b"),
		chromedp.Evaluate(`document.querySelectorAll('input[name="bank"]').forEach((box) => { box.checked = box.closest("label").textContent.includes("The Thaw"); })`, nil),
		clicks("main button.primary"), chromedp.WaitVisible(".board", chromedp.ByQuery), chromedp.Text(".code [aria-hidden]", &board, chromedp.ByQuery))

	acts(t, pupil, "the pupil joins", look(320, "dark"), chromedp.Navigate(p.url+"/"), chromedp.WaitVisible("#code", chromedp.ByQuery),
		chromedp.SendKeys("#code", strings.ToLower(board)+enter, chromedp.ByQuery), chromedp.WaitVisible("#name", chromedp.ByQuery),
		chromedp.SendKeys("#name", "Mila", chromedp.ByQuery), clicks("main button.primary"), saysIn("main", "Who gave the Secret Speech?"))
	acts(t, pupil, "the pupil is not right", write("answer", "the corn man"), keys(enter), chromedp.WaitVisible(".verdict", chromedp.ByQuery))
	acts(t, pupil, "I was right", clicks(`form[action$="/right"] button`), saysIn("main", "Noted. Your teacher decides"))
	shot(t, pupil, "repair-noted")
	acts(t, pupil, "for the own reviews", clicks(`form[action$="/right"] button`), saysIn("main", "Your own reviews count it as right already."))

	acts(t, teacher, "the inbox", chromedp.Navigate(p.url+"/inbox"), saysIn("main", "the corn man"), saysIn("nav", "Inbox (1)"), keys("a"), saysIn("main", "1 of 1 answer"))
	shot(t, teacher, "repair-preview")
	acts(t, teacher, "accepted", keys(enter), saysIn("main", "It has reached everybody: 1 learner."))
	acts(t, pupil, "the pupil looks", chromedp.Reload(), saysIn("main", "Accepted: it counts as right now."), clicks("a.primary"), saysIn("main", "Accepted today: your result is now 1 of 1."))
	shot(t, pupil, "repair-accepted")

	nora := p.browser(t)
	lesson{code: strings.ReplaceAll(board, " ", "")}.join(nora, "Nora")
	nora.submit("answer", "answer", "Bulganin")
	nora.want(200, "I was right")
	nora.press("/right")
	nora.want(200, "Noted. Your teacher decides")
	acts(t, teacher, "rejected", chromedp.Navigate(p.url+"/inbox"), saysIn("main", "Bulganin"), chromedp.SendKeys(`input[name="reply"]`, "He was the premier.", chromedp.ByQuery),
		chromedp.Focus(`[data-key="a"]`, chromedp.ByQuery), keys("r"), saysIn("main", "Nothing waits for you."))
	nora.get(nora.page.path)
	nora.want(200, "it stays as it was", "He was the premier.")
	for i, said := range complains {
		if lines := said(); len(lines) > 0 {
			t.Errorf("the console of browser %d complains:\n%s", i+1, strings.Join(lines, "\n"))
		}
	}
}
