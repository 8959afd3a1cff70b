package main

import (
	"testing"

	"thaw/questions"
	"thaw/questions/kind"
	"thaw/views"
	"thaw/views/story"
	"thaw/views/text"
)

func english(key string, args ...any) string { return text.T("en", key, args...) }

func answer(text, match string, credit float64, why string) questions.Answer {
	return questions.Answer{Part: 1, Fact: 7, Text: text, Match: match, Credit: credit, Feedback: why}
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
	{questions.Flash, questions.Version{Prompt: "On which day was Stalin's body moved to its new grave?", Answers: []questions.Answer{answer("31 October 1961", "", 1, "")}},
		map[string]questions.Response{"right": {"good"}, "wrong": {"again"}}, questions.Response{"show"},
		questions.Version{}},
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
			words := k.Words(asked, r)
			add(s.kind+"-"+name, views.Verdict{Widget: k.Show(asked, r, marks), Pos: 3, Count: 10, Heading: "1961: the peak", Verdict: string(marks[0].Verdict),
				Line: "The answer: " + words.Key + ".", Canonical: words.Key, Next: views.Link{Text: "Next", URL: "/sittings/7/questions/4"}})
		}
		if s.tried != nil {
			again := asked
			again.Tried = s.tried
			if marks, _ := k.Grade(s.version, questions.Lexicon{}, s.tried); len(marks) > 0 {
				again.Reason = marks[0].Reason
			}
			question.Widget = k.Ask(again)
			add(s.kind+"-again", question)
		}
		s.broken.Kind, s.broken.Lang, s.broken.Level = s.kind, "no language", "remember"
		add(s.kind+"-edit-new", story.Sheet{Heading: "A new question", Widget: k.Edit(questions.Editing{Version: questions.Version{Kind: s.kind, Lang: "en"}, Say: english})})
		add(s.kind+"-edit", story.Sheet{Heading: "A question", Widget: k.Edit(questions.Editing{Version: s.version, Say: english})})
		add(s.kind+"-edit-wrong", story.Sheet{Heading: "A question with faults", Widget: k.Edit(questions.Editing{Version: s.broken, Say: english, Problems: k.Check(s.broken)})})
	}
	return all
}

func TestKindStoriesInTheBrowser(t *testing.T) { inspect(t, kindStories(t)) }
