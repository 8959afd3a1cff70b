package main

import (
	"testing"

	"github.com/chromedp/chromedp"

	"thaw/questions"
	"thaw/questions/kind"
	"thaw/views"
	"thaw/views/story"
)

// formulaStories are questions with formulas, some of them wider than a phone.
func formulaStories() []story.Story {
	const wide = `$$\sum_{i=1}^{n} i = 1 + 2 + 3 + 4 + 5 + 6 + 7 + 8 + 9 + 10 + 11 + 12 + \dots + n = \frac{n(n+1)}{2}$$`
	frame := views.Frame{School: "Riverside School", Lang: "en", Name: "Ada Lovelace", Path: "/today"}
	ask := func(v questions.Version) views.Question {
		v.Lang = "en"
		k, _ := kind.Of(v.Kind)
		return views.Question{Ask: views.Form{Action: "/sittings/7/questions/3"}, Pos: 3, Count: 10, Heading: "Sums", Stop: "/today",
			Widget: k.Ask(questions.Asked{Version: v, Say: english, Buttons: 2})}
	}
	options := []questions.Answer{answer(`$\frac{a+b}{2}$, the *mean* of both`, "", 1, ""), answer(wide, "", 0, ""), answer(`$\bad$`, "", 0, ""),
		answer(`\ce{H2O} is $\ce{H2O}$`, "", 0, "")}
	choice := questions.Version{Kind: questions.Choice, Prompt: "What is " + wide + ` if $n = \sqrt[3]{8}$?`, Answers: options, Explain: "By pairs: " + wide}
	flash := questions.Version{Kind: questions.Flash, Prompt: wide, Answers: options[:1]}
	match := questions.Version{Kind: questions.Match, Prompt: "Match $x$.", Answers: []questions.Answer{
		side(1, `$\int_0^1 x^2\,\mathrm{d}x$`, 0, ""), side(1, `$\frac13$`, 1, ""), side(2, `$\begin{pmatrix}1&2\\3&4\end{pmatrix}$`, 0, ""), side(2, wide, 1, "")}}
	k, _ := kind.Of(questions.Choice)
	r := questions.Response{"2"}
	marks, _ := k.Grade(choice, questions.Lexicon{}, r)
	return []story.Story{{Name: "formula-choice", Page: ask(choice), Frame: frame}, {Name: "formula-flash", Page: ask(flash), Frame: frame},
		{Name: "formula-match", Page: ask(match), Frame: frame},
		{Name: "formula-verdict", Frame: frame, Page: views.Verdict{Widget: k.Show(questions.Asked{Version: choice, Say: english}, r, marks), Pos: 3, Count: 10, Verdict: "wrong",
			Line: `Not $n$: $\frac{a+b}{2}$, the mean of both.`, Canonical: `$\frac{a+b}{2}$, the mean of both`, Why: kind.Markup(choice.Explain), Next: views.Link{Text: "Next", URL: "/"}}}}
}

func TestFormulasInTheBrowser(t *testing.T) { inspect(t, formulaStories()) }

// A formula wider than the screen scrolls where it stands, by keyboard as well; the page
// does not. What a screen reader is told are the parts of the formula.
func TestWideFormulasScrollByThemselves(t *testing.T) {
	ctx := chromium(t)
	base := stories(t, formulaStories())
	for _, page := range []string{"formula-choice", "formula-flash", "formula-match", "formula-verdict"} {
		var boxes, overflow int
		do(t, ctx, look(320, "light"), chromedp.Navigate(base+"/"+page), see("math"),
			chromedp.Evaluate(`[...document.querySelectorAll(".formula, button")].filter((box) => box.scrollWidth > box.clientWidth + 20 && box.tabIndex === 0 && getComputedStyle(box).overflowX === "auto").length`, &boxes),
			chromedp.Evaluate("document.documentElement.scrollWidth - innerWidth", &overflow))
		if boxes == 0 || overflow > 0 {
			t.Errorf("%s: %d formulas scroll by themselves, the page by %d px", page, boxes, overflow)
		}
	}
}
