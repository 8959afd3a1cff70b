package ui

import (
	"context"
	"io"
	"strings"
	"testing"

	"github.com/a-h/templ"
)

func TestScale(t *testing.T) {
	for _, c := range []struct {
		recall, stability float64
		seen              bool
		want              Thaw
	}{
		{1, 100, false, Unseen},
		{0, 0.1, true, Frozen}, {0.49, 50, true, Frozen},
		{0.5, 1, true, Cold}, {0.69, 1, true, Cold},
		{0.7, 1, true, Cool}, {0.79, 400, true, Cool},
		{0.8, 1, true, Mild}, {0.89, 400, true, Mild},
		{0.9, 1, true, Warm}, {0.949, 400, true, Warm},
		{0.95, 20.9, true, Warm}, {1, 2, true, Warm},
		{0.95, 21, true, Glowing}, {1, 400, true, Glowing},
	} {
		if got := Scale(c.recall, c.stability, c.seen); got != c.want {
			t.Errorf("Scale(%g, %g, %v) = %d, want %d", c.recall, c.stability, c.seen, got, c.want)
		}
	}
}

func TestEveryStepHasItsOwnWord(t *testing.T) {
	said := map[string]Thaw{}
	for _, step := range append(All(), Unseen) {
		word := step.Word("en")
		if other, twice := said[word]; twice || strings.Contains(word, ".") {
			t.Errorf("steps %d and %d both say %q", step, other, word)
		}
		said[word] = step
	}
}

func TestComponents(t *testing.T) {
	child := templ.Raw("<i>child</i>")
	for name, c := range map[string]struct {
		drawn    templ.Component
		has, not []string
	}{
		"shell": {Shell(Head{Title: "Today", Lang: "de", Theme: "dark", Active: "/b", Nav: []Link{{"A", "/a"}, {"B", "/b"}},
			Foot: []Link{{"Not you?", "/leave"}}, Guest: true, KeysOff: true}),
			[]string{`<html lang="de" data-theme="dark" data-keys="off">`, "<title>Today · Thaw</title>", `href="#main"`, `id="main"`,
				`<a href="/b" aria-current="page">`, "<i>child</i>", "Not you?", "/assets/first."}, []string{"data-help", "style=", "onclick"}},
		"bare shell": {Shell(Head{Bare: true, Nav: []Link{{"A", "/a"}}}), []string{`<html lang="en">`, "data-help"}, []string{"<nav", "data-theme"}},
		"field": {Field("en", Input{Name: "code", Label: "Code", Hint: "On the slip.", Error: "Six letters.", Complete: "one-time-code"}),
			[]string{`for="code"`, `aria-describedby="code-hint code-error"`, `aria-invalid="true"`, `autocomplete="one-time-code"`, " required"}, []string{"optional"}},
		"plain field": {Field("en", Input{Name: "n", Label: "N", Optional: true}), []string{"(optional)"}, []string{" required", "aria-"}},
		"password": {PasswordField("en", Input{Name: "p", Label: "P", Value: "hunter2"}),
			[]string{`type="password"`, `autocomplete="current-password"`}, []string{"hunter2", "onpaste"}},
		"script in a link": {LinkButton(Link{"x", "javascript:alert(1)"}, true), []string{"button primary"}, []string{"alert"}},
		"options open": {Options("en", "answer", "Who?", []Option{{Value: "1", Text: "A"}, {Value: "2", Text: "B", Chosen: true}}),
			[]string{"<fieldset", "<legend", `value="2" checked`, ">2</span>"}, []string{"is-right"}},
		"options closed": {Options("en", "answer", "Who?", []Option{{Text: "A", State: "wrong", Note: "your answer"}, {Text: "B", State: "right"}}),
			[]string{"option is-wrong", ">Not</span>", "option is-right", "✓", "Right answer", "your answer"}, []string{"<input"}},
		"verdict": {Verdict("en", "wrong", "Not Stalin: Stalin's heirs.", "Stalin"),
			[]string{"verdict is-wrong", "Not Stalin: <strong>Stalin</strong>", "#i-cross", "data-announce", "<i>child</i>"}, nil},
		"verdict with markup":     {Verdict("en", "right", "Yes, <b>.", "<b>"), []string{"<strong>&lt;b&gt;</strong>"}, []string{"<b>"}},
		"thaw line":               {ThawLine("en", Cold, Warm), []string{"from-2 to-5", ">firm<", "Memory: firm, before: fading"}, nil},
		"thaw line, out of range": {ThawLine("en", -3, 9), []string{"from-0 to-6"}, nil},
		"dots": {Dots([]Dot{{1, "right", "/q/1", "Question 1: right"}, {2, "", "", "Question 2: open"}}),
			[]string{`class="dot is-right" href="/q/1"`, "#i-check", "Question 1: right", `class="dot is-open"`, ">2<"}, nil},
		"table": {Table("Days", []Column{{Text: "Day"}, {Text: "Answers", Number: true}}, [][]string{{"Monday", "3"}}),
			[]string{"<caption>Days", `<th scope="row">Monday`, `<td class="number">3`, `tabindex="0"`}, nil},
		"meter":   {Meter("3 of 0", 3, 0), []string{`max="1"`, "3 of 0"}, nil},
		"failure": {Failure("Not saved."), []string{`role="alert"`, "Not saved.", "<i>child</i>"}, nil},
	} {
		html := draw(t, c.drawn, child)
		for _, want := range c.has {
			if !strings.Contains(html, want) {
				t.Errorf("%s: no %q in\n%s", name, want, html)
			}
		}
		for _, never := range c.not {
			if strings.Contains(html, never) {
				t.Errorf("%s: has %q:\n%s", name, never, html)
			}
		}
	}
}

// TestEverySignIsInTheSprite holds that no icon is drawn that is not there.
func TestEverySignIsInTheSprite(t *testing.T) {
	sprite := draw(t, Sprite(), nil)
	for _, icon := range []Icon{Check, Cross, Half, Back, Arrow, Info, Book} {
		if !strings.Contains(sprite, `id="`+icon.ref()[1:]+`"`) {
			t.Errorf("%s is not in the sprite", icon)
		}
	}
}

func draw(t *testing.T, c, child templ.Component) string {
	t.Helper()
	ctx := context.Background()
	if child != nil {
		ctx = templ.WithChildren(ctx, templ.ComponentFunc(func(_ context.Context, w io.Writer) error {
			return child.Render(context.Background(), w)
		}))
	}
	var b strings.Builder
	if err := c.Render(ctx, &b); err != nil {
		t.Fatal(err)
	}
	return b.String()
}
