package main

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
)

// acts runs actions of one of several browsers and says whose, if they fail.
func acts(t *testing.T, ctx context.Context, doing string, actions ...chromedp.Action) {
	t.Helper()
	within, cancel := context.WithTimeout(ctx, 30*time.Second)
	defer cancel()
	if err := chromedp.Run(within, actions...); err != nil {
		var text string
		_ = chromedp.Run(ctx, chromedp.Evaluate("document.body.innerText", &text))
		shot(t, ctx, "lesson-stuck")
		t.Fatalf("%s: %v\n%s", doing, err, text)
	}
}

// saysIn waits for a text within an element.
func saysIn(selector, text string) chromedp.Action {
	return chromedp.WaitVisible(fmt.Sprintf(`//%s[contains(normalize-space(), %q)]`, selector, text), chromedp.BySearch)
}

// A question that a teacher types in one browser is answered by a pupil on a
// phone in another, and the teacher sees how it went.
func TestAQuestionTypedByATeacherIsAnsweredByAPupil(t *testing.T) {
	data := t.TempDir()
	p := start(t, data)
	teacher, pupil := chromium(t), chromium(t)
	complains := [2]func() []string{complaints(teacher), complaints(pupil)}
	out, log, code := once(t, "user", "add", "Vera Noor", "--role", "teacher", "--data", data)
	if code != 0 {
		t.Fatalf("user add ends with %d: %s", code, log)
	}

	acts(t, teacher, "the teacher comes in", look(1200, "light"), chromedp.Navigate(p.url+linkPath.FindString(out)), clicks("main button.primary"),
		appears("#password"), chromedp.Navigate(p.url+"/banks"), appears("#title"))
	acts(t, teacher, "a bank", write("title", "The Cold War"), keys(enter), clicks(`.kinds a[href*="kind=choice"]`), appears("#prompt"))
	acts(t, teacher, "a question", write("prompt", "Which crisis of 1962 was about missiles?"), write("option-1", "The Berlin crisis"), write("why-1", "That was about a city."),
		write("option-2", "The Cuban crisis"), chromedp.Click(`input[name="key"][value="2"]`, chromedp.ByQuery), shows("The Cuban crisis"),
		write("explain", "Soviet missiles on Cuba brought the two powers to the brink."), write("new_topic", "Crises"), keys(enter),
		appears(`a[href$="/versions"]`))
	var board string
	acts(t, teacher, "a class with that bank alone", chromedp.Navigate(p.url+"/classes"), appears("#name"), write("name", "10b History"),
		chromedp.Evaluate(`document.querySelectorAll('input[name="bank"]').forEach((box) => { box.checked = box.closest("label").textContent.includes("The Cold War"); })`, nil),
		clicks("main button.primary"), appears(".board"), chromedp.Text(".code [aria-hidden]", &board, chromedp.ByQuery))

	acts(t, pupil, "the pupil joins", look(360, "dark"), chromedp.Navigate(p.url+"/"), appears("#code"),
		chromedp.SendKeys("#code", strings.ToLower(board)+enter, chromedp.ByQuery), appears("#name"),
		chromedp.SendKeys("#name", "Mila", chromedp.ByQuery), clicks("main button.primary"), saysIn("legend", "Which crisis of 1962 was about missiles?"))
	shot(t, pupil, "lesson-question")
	acts(t, pupil, "the pupil answers", chromedp.Click(`//label[contains(., "The Cuban crisis")]`, chromedp.BySearch), clicks("form.ask button.primary"),
		saysIn("main", "Soviet missiles on Cuba brought"))
	shot(t, pupil, "lesson-verdict")

	acts(t, teacher, "the teacher looks", chromedp.Click(`//a[contains(., "See who has come")]`, chromedp.BySearch), saysIn("table", "Mila"), saysIn("summary", "1 question with too few answers"),
		chromedp.Click("main details summary", chromedp.ByQuery))
	shot(t, teacher, "lesson-class")
	for i, said := range complains {
		if lines := said(); len(lines) > 0 {
			t.Errorf("the console of browser %d complains:\n%s", i+1, strings.Join(lines, "\n"))
		}
	}
}
