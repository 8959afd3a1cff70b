package main

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/chromedp"

	"thaw/questions"
	"thaw/questions/builtin"
	"thaw/questions/kind"
	"thaw/views"
	"thaw/views/story"
	"thaw/views/text"
)

func english(key string, args ...any) string { return text.T("en", key, args...) }

func answer(text, match string, credit float64, why string) questions.Answer {
	return questions.Answer{Part: 1, Fact: 7, Text: text, Match: match, Credit: credit, Feedback: why}
}

// item is one thing to put in order, with its date.
func item(place int, text, when string) questions.Answer {
	return questions.Answer{Part: place, Fact: questions.FactID(6 + place), Text: text, Credit: 1, Feedback: when}
}

// side is a side of a pair.
func side(part int, text string, credit float64, why string) questions.Answer {
	return questions.Answer{Part: part, Fact: questions.FactID(6 * min(part, 1)), Text: text, Credit: credit, Feedback: why}
}

// gap is the answer of a gap, which asks for a fact of its own.
func gap(part int, text, match string) questions.Answer {
	return questions.Answer{Part: part, Fact: questions.FactID(6 + part), Text: text, Match: match, Credit: 1}
}

// specimens are a question of each kind, with responses to show.
var specimens = []struct {
	kind      string
	version   questions.Version
	responses map[string]questions.Response
	tried     questions.Response
	broken    questions.Version // an editor's, with something wrong in every field
}{
	{questions.Choice, questions.Version{Prompt: "What made the renaming of Stalingrad more delicate than that of other places?", Answers: []questions.Answer{
		answer("It was the capital of a Soviet republic", "", 0, "It was the centre of a region."), answer("It was honoured as a hero city", "", 1, ""),
		answer("It had borne the name for centuries", "", 0, "Until 1925 it was called Tsaritsyn.")}},
		map[string]questions.Response{"right": {"2"}, "wrong": {"1"}}, nil,
		questions.Version{Answers: []questions.Answer{answer("Moscow", "", 1, ""), answer("moscow", "", 1, ""), answer("", "", 0, "It is the capital.")}}},
	{questions.Several, questions.Version{Prompt: "Which of these traces of Stalin vanished within a few weeks in the autumn of 1961?", Answers: []questions.Answer{
		answer("His statue in Berlin", "", 1, ""), answer("His monument in Budapest", "", 0, "Budapest's monument had come down in October 1956."), answer("His body on Red Square", "", 1, ""),
		answer("His name on Warsaw's Palace of Culture", "", 0, "The palace had lost his name in 1956."), answer("His name on the Volga", "", 1, "")}},
		map[string]questions.Response{"right": {"1", "3", "5"}, "almost": {"1", "3"}, "wrong": {"1", "2", "4"}}, questions.Response{"1", "3"},
		questions.Version{Answers: []questions.Answer{answer("Berlin", "", 1, ""), answer("Prague", "", 1, "")}}},
	{questions.Truth, questions.Version{Prompt: "In November 1961 Berlin's Stalin statue was taken down in a public ceremony.", Answers: []questions.Answer{
		answer("true", "", 0, "Nobody was invited; the statue disappeared in a secret operation."), answer("false", "", 1, "")}},
		map[string]questions.Response{"right": {"2"}, "wrong": {"1"}}, nil,
		questions.Version{Answers: []questions.Answer{answer("true", "", 0, ""), answer("false", "", 0, "")}}},
	{questions.Text, questions.Version{Prompt: "Which name has the city of Stalingrad borne since it was renamed?", Answers: []questions.Answer{
		answer("Volgograd", "place", 1, ""), answer("Wolgograd", "place", 1, ""), answer("Leningrad", "place", 0, "Leningrad was another city.")}},
		map[string]questions.Response{"right": {"Volgograd"}, "slip": {"Volgogradd"}, "wrong": {"Leningrad"}}, questions.Response{"Volgo"},
		questions.Version{Answers: []questions.Answer{answer("", "", 1, ""), answer("Wolgograd", "", 1, ""), answer("wolgograd", "", 0, "")}}},
	{questions.Number, questions.Version{Prompt: "By the commission's count, how many of those arrested were put to death?", Answers: []questions.Answer{
		answer("688503", "number", 1, ""), answer("1920635", "number", 0, "So many had been arrested.")}},
		map[string]questions.Response{"right": {"688 503"}, "wrong": {"1,920,635"}}, questions.Response{"690,000"},
		questions.Version{Answers: []questions.Answer{{Part: 1, Text: "many", Match: "number", Credit: 1, Slack: -2}}}},
	{questions.Date, questions.Version{Prompt: "On which day, month and year was Stalin's body moved to its new grave?", Answers: []questions.Answer{
		answer("1961-10-31", "date", 1, "")}},
		map[string]questions.Response{"right": {"31 Oct 1961"}, "wrong": {"31 October 1956"}}, questions.Response{"October 1961"},
		questions.Version{Answers: []questions.Answer{answer("1956-02-30", "date", 1, "")}}},
	{questions.Order, questions.Version{Prompt: "Put these in the order in which they happened, the first one first.", Answers: []questions.Answer{
		item(3, "Stalin's body leaves the mausoleum at night", "1961-10-31"), item(1, "Beria's arrest", "1953-06-26"), item(4, "*One Day in the Life of Ivan Denisovich* is printed in the journal Novy Mir", "1962-11"),
		item(2, "The Secret Speech", "1956-02-25"), item(5, "Khrushchev's fall", "")}},
		map[string]questions.Response{"right": {"3", "1", "4", "2", "5"}, "wrong": {"3", "2", "4", "1", "5"}}, nil,
		questions.Version{Answers: []questions.Answer{item(1, "Beria", "1956"), item(2, "", "soon"), item(3, "beria", "1953")}}},
	{questions.Match, questions.Version{Prompt: "Which name did each of these cities bear under Stalin?", Answers: []questions.Answer{
		side(2, "Donetsk", 0, ""), side(1, "Stalingrad", 1, "That name was given up for Volgograd."), side(3, "Dushanbe", 0, ""), side(1, "Volgograd, a city on the lower course of the river Volga", 0, ""),
		side(3, "Stalinabad", 1, ""), side(2, "Stalino", 1, ""), side(0, "Leningrad, which bore the name of another man until the year 1991", 0, "")}},
		map[string]questions.Response{"right": {"1", "3", "2"}, "wrong": {"1", "4", "1"}}, nil,
		questions.Version{Answers: []questions.Answer{side(1, "Donetsk", 0, ""), side(1, "", 1, ""), side(2, "donetsk", 0, ""), side(2, "Stalino", 1, ""), side(0, "Stalino", 0, "")}}},
	{questions.Cloze, questions.Version{Prompt: "The *Secret Speech* was given by {{1}} on {{2}}, behind closed doors, at a congress of the {{3}}; it took some {{4}} hours.", Answers: []questions.Answer{
		answer("Nikita Khrushchev", "person", 1, ""), answer("Malenkov", "person", 0, "He had resigned a year before."), gap(2, "1956-02-25", "date"),
		gap(3, "Communist Party of the Soviet Union", "org"), gap(4, "4", "number")}},
		map[string]questions.Response{"right": {"Nikita Khrushchev", "25 February 1956", "Communist Party of the Soviet Union", "4"},
			"slip": {"Nikita Kruschev", "25 Feb 1956", "Communist Party of the Soviet Union", "four"}, "almost": {"Khrushchev", "1956", "Communist Party of the Soviet Union", "4"},
			"wrong": {"Malenkov", "25 February 1953", "", "4"}},
		questions.Response{"Kruschev", "1956", "Communist Party", "4"},
		questions.Version{Prompt: "By {{1}} in {{2}} on {{3}}", Answers: []questions.Answer{answer("", "", 1, ""), gap(2, "many", "number"), gap(3, "1956-02-30", "date"), gap(3, "1956-02-30", "date")}}},
	{questions.Flash, questions.Version{Prompt: "On which day was Stalin's body moved to its new grave?", Answers: []questions.Answer{answer("31 October 1961", "", 1, "")}},
		map[string]questions.Response{"right": {"good"}, "wrong": {"again"}}, questions.Response{"show"},
		questions.Version{}},
}

func anyOf(list []string) []any {
	all := make([]any, len(list))
	for i, text := range list {
		all[i] = text
	}
	return all
}

// kindStories are the widgets of every kind in every state that matters.
func kindStories(t *testing.T) []story.Story {
	t.Helper()
	var all []story.Story
	frame := views.Frame{School: "Riverside School", Lang: "en", Name: "Ada Lovelace", Path: "/today"}
	add := func(name string, page views.Page) {
		all = append(all, story.Story{Name: name, Page: page, Frame: frame})
	}
	for _, s := range specimens {
		k, ok := kind.Of(s.kind)
		if !ok {
			t.Fatalf("there is no kind %s", s.kind)
		}
		s.version.Kind, s.version.Lang, s.version.Explain = s.kind, "en", "Because *it was so*, and the best wrong answer was not."
		asked := questions.Asked{Version: s.version, Say: english, Buttons: 2, Back: []string{"in 10 minutes", "in about 4 days"}}
		question := views.Question{Ask: views.Form{Action: "/sittings/7/questions/3"}, Pos: 3, Count: 10, Heading: "1961: the peak", Stop: "/today", Widget: k.Ask(asked)}
		add(s.kind+"-ask", question)
		for name, r := range s.responses {
			marks, err := k.Grade(s.version, questions.Lexicon{}, r)
			if err != nil {
				t.Fatal(err)
			}
			words, sum := k.Words(asked, r), kind.Sum(s.version, marks)
			add(s.kind+"-"+name, views.Verdict{Widget: k.Show(asked, r, marks), Pos: 3, Count: 10, Heading: "1961: the peak", Verdict: string(sum.Verdict),
				Reason: english(sum.Reason.Code, anyOf(sum.Reason.Args)...), Line: "The answer: " + words.Key + ".", Canonical: words.Key, Next: views.Link{Text: "Next", URL: "/sittings/7/questions/4"}})
		}
		if s.tried != nil {
			again := asked
			again.Tried = s.tried
			if marks, _ := k.Grade(s.version, questions.Lexicon{}, s.tried); len(marks) > 0 {
				again.First, again.Reason = marks, marks[0].Reason
			}
			question.Widget = k.Ask(again)
			add(s.kind+"-again", question)
		}
		s.broken.Kind, s.broken.Lang, s.broken.Level = s.kind, "no language", "remember"
		for name, e := range map[string]questions.Editing{
			"-edit-new":   {Version: questions.Version{Lang: "en"}},
			"-edit":       {Version: s.version},
			"-edit-wrong": {Version: s.broken, Problems: k.Check(s.broken)},
		} {
			e.Say, e.Facts = english, []questions.Known{{Text: english("edit.fact_own")}, {ID: 7, Text: "Khrushchev gave the Secret Speech."}}
			question.Widget = k.Edit(e)
			add(s.kind+name, question)
		}
	}
	return all
}

// Enter in a one-line field of an editor saves; it does not ask for more rows.
func TestEnterInAnEditorAsksForNothing(t *testing.T) {
	ctx := chromium(t)
	base := stories(t, kindStories(t))
	for _, name := range []string{"number-edit", "choice-edit", "text-edit", "cloze-edit"} {
		var pressed string
		err := chromedp.Run(ctx, chromedp.Navigate(base+"/"+name), appears("#lang"),
			chromedp.Evaluate(`addEventListener("submit", (e) => { e.preventDefault(); document.title = "sent:" + e.submitter.value; }); 0`, nil),
			chromedp.Focus("#lang", chromedp.ByQuery), keys(enter), chromedp.Title(&pressed))
		if err != nil {
			t.Fatal(err)
		}
		if pressed != "sent:" {
			t.Errorf("%s: Enter gives %q, want a button that asks for nothing", name, pressed)
		}
	}
}

func TestKindStoriesInTheBrowser(t *testing.T) { inspect(t, kindStories(t)) }

// right is what to do for the right answer of a question of 1961: the options to
// pick by their texts, or what to type; and what is almost right, if it has such.
type right struct {
	kind   string
	picks  []string
	types  string
	almost string   // typed first
	nearly int      // so many of the picks first
	gaps   []string // what belongs into each
}

// answers1961 are the right answers of the built-in topic by the prompts.
func answers1961(t *testing.T) map[string]right {
	t.Helper()
	bank, err := builtin.Load()
	if err != nil {
		t.Fatal(err)
	}
	found := map[string]right{}
	for _, topic := range bank.Topics {
		for _, q := range topic.Questions {
			r := right{kind: q.Kind, picks: q.Right(), types: q.Key}
			switch {
			case q.Kind == builtin.Truth:
				r.picks = []string{english("kind." + q.Key)}
			case q.Kind == builtin.Several && len(q.Keys) > 2:
				r.nearly = 2
			case q.Kind == builtin.Number && q.Slack > 0:
				r.almost, r.types = "7.9", "eight and a half"
			case q.Kind == builtin.Cloze:
				r.gaps = q.Right()
				for i := range r.gaps {
					q.Prompt = strings.Replace(q.Prompt, fmt.Sprintf("{{%d}}", i+1), english("kind.gap", i+1, len(r.gaps)), 1)
				}
			}
			found[unbroken(q.Prompt)] = r
		}
	}
	return found
}

// unbroken is a text without its blanks, as a browser may break it anywhere.
func unbroken(text string) string { return strings.Join(strings.Fields(text), "") }

// solve1961 takes a quiz on 1961 in a browser, answering each question by the
// given hand, and returns how many questions of each kind it solved.
func solve1961(t *testing.T, ctx context.Context, url string, hand func(r right, places []int, typed string) chromedp.Action) map[string]int {
	t.Helper()
	answers := answers1961(t)
	err := chromedp.Run(ctx, chromedp.Navigate(url+"/"), chromedp.Click(".option:nth-of-type(1)", chromedp.ByQuery), chromedp.Click("button.primary", chromedp.ByQuery),
		appears(".verdict"), chromedp.Navigate(url+"/today"), appears("select[name=topic]"),
		chromedp.SendKeys("select[name=topic]", "1961", chromedp.ByQuery), chromedp.Click(`//form[@action="/sittings"]//button`, chromedp.BySearch))
	if err != nil {
		t.Fatal(err)
	}
	solved := map[string]int{}
	for n := 1; n <= 10; n++ {
		var prompt string
		if err := chromedp.Run(ctx, appears("form.ask"), chromedp.Text("form.ask .prompt", &prompt, chromedp.ByQuery)); err != nil {
			t.Fatalf("question %d: %v", n, err)
		}
		r, ok := answers[unbroken(prompt)]
		if !ok {
			t.Fatalf("no answer is known to %q", prompt)
		}
		solve(t, ctx, n, r, hand)
		solved[r.kind]++
		if err := chromedp.Run(ctx, chromedp.Click("a[data-go]", chromedp.ByQuery), goes(".is-closed")); err != nil {
			t.Fatalf("after question %d, a %s: %v", n, r.kind, err)
		}
	}
	return solved
}

// solve answers the open question, at first almost right where it can be, and
// demands that it is taken as right.
func solve(t *testing.T, ctx context.Context, n int, r right, hand func(r right, places []int, typed string) chromedp.Action) {
	t.Helper()
	var overflow int64
	if err := chromedp.Run(ctx, chromedp.Evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth", &overflow)); err != nil || overflow > 0 {
		t.Errorf("question %d, a %s, scrolls sideways by %d px (%v)", n, r.kind, overflow, err)
	}
	places := placesOf(t, ctx, r)
	shot(t, ctx, "solve-"+r.kind)
	if r.nearly > 0 || r.almost != "" {
		var reason string
		first := places[:min(r.nearly, len(places))]
		if err := chromedp.Run(ctx, hand(r, first, r.almost), appears("#answer-reason"), chromedp.Text("#answer-reason", &reason, chromedp.ByQuery)); err != nil {
			t.Fatalf("question %d, a %s, almost: %v", n, r.kind, err)
		}
		if len(strings.TrimSpace(reason)) < 10 {
			t.Errorf("question %d, a %s: the second try says %q, want why", n, r.kind, reason)
		}
		shot(t, ctx, "solve-again-"+r.kind)
		places = places[len(first):]
	}
	var verdict string
	if err := chromedp.Run(ctx, hand(r, places, r.types), appears(".ask.is-closed"), chromedp.AttributeValue("section.verdict", "class", &verdict, nil, chromedp.ByQuery)); err != nil {
		t.Fatalf("question %d, a %s: %v", n, r.kind, err)
	}
	shot(t, ctx, "solved-"+r.kind)
	if verdict != "verdict is-right" {
		t.Errorf("question %d, a %s: the right answer shows %q", n, r.kind, verdict)
	}
}

// placesOf finds where the options to pick stand, from 1.
func placesOf(t *testing.T, ctx context.Context, r right) []int {
	t.Helper()
	var options []string
	if err := chromedp.Run(ctx, chromedp.Evaluate(`[...document.querySelectorAll(".option-text")].map(o => o.textContent.trim())`, &options)); err != nil {
		t.Fatal(err)
	}
	var places []int
	for i, option := range options {
		if slices.Contains(r.picks, option) {
			places = append(places, i+1)
		}
	}
	return places
}

// demandKinds wants the new kinds to have been among what was solved.
func demandKinds(t *testing.T, solved map[string]int) {
	t.Helper()
	for _, name := range []string{questions.Several, questions.Truth, questions.Number} {
		if solved[name] == 0 {
			t.Errorf("no question of kind %s was solved: %v", name, solved)
		}
	}
}

func TestKindsByKeyboardAlone(t *testing.T) {
	p := start(t, t.TempDir())
	ctx := chromium(t)
	said := complaints(ctx)
	if err := chromedp.Run(ctx, look(320, "light")); err != nil {
		t.Fatal(err)
	}
	letters := 0
	solved := solve1961(t, ctx, p.url, func(r right, places []int, typed string) chromedp.Action {
		var do chromedp.Tasks
		for _, place := range places {
			if r.kind == questions.Truth {
				letters++
				do = append(do, keys(strings.ToLower(r.picks[0][:1])))
				continue
			}
			do = append(do, keys(strconv.Itoa(place)))
		}
		for i, text := range r.gaps {
			do = append(do, tabTo(fmt.Sprintf("answer-%d", i+1)), keys(text))
		}
		if len(places) == 0 && len(r.gaps) == 0 {
			do = append(do, tabTo("answer"), chromedp.KeyEvent("a", chromedp.KeyModifiers(input.ModifierCtrl)), keys(typed))
		}
		return append(do, keys(enter))
	})
	demandKinds(t, solved)
	if letters == 0 {
		t.Error("no truth was answered by its letter")
	}
	if lines := said(); len(lines) > 0 {
		t.Errorf("the console complains:\n%s", strings.Join(lines, "\n"))
	}
}

// tabTo presses Tab until the element has the focus.
func tabTo(id string) chromedp.Action {
	return chromedp.ActionFunc(func(ctx context.Context) error {
		var at string
		for range 30 {
			if err := chromedp.Run(ctx, chromedp.Evaluate("document.activeElement.id", &at)); err != nil || at == id {
				return err
			}
			if err := chromedp.Run(ctx, chromedp.KeyEvent("\t")); err != nil {
				return err
			}
		}
		return fmt.Errorf("thirty times Tab does not reach %s", id)
	})
}

func TestKindsByClickAloneWithoutScript(t *testing.T) {
	p := start(t, t.TempDir())
	ctx := chromium(t)
	if err := chromedp.Run(ctx, emulation.SetScriptExecutionDisabled(true), look(320, "dark")); err != nil {
		t.Fatal(err)
	}
	demandKinds(t, solve1961(t, ctx, p.url, func(r right, places []int, typed string) chromedp.Action {
		var do chromedp.Tasks
		for _, place := range places {
			do = append(do, chromedp.Click(fmt.Sprintf(".option:nth-of-type(%d)", place), chromedp.ByQuery))
		}
		for i, text := range r.gaps {
			do = append(do, chromedp.SendKeys(fmt.Sprintf("#answer-%d", i+1), text, chromedp.ByQuery))
		}
		if len(places) == 0 && len(r.gaps) == 0 {
			do = append(do, chromedp.Clear("#answer", chromedp.ByQuery), chromedp.SendKeys("#answer", typed, chromedp.ByQuery))
		}
		return append(do, chromedp.Click("form.ask button.primary", chromedp.ByQuery))
	}))
}
