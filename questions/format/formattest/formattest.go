// Package formattest draws questions of every kind, with texts that break careless
// readers and writers, for the tests of the formats.
package formattest

import (
	"fmt"
	"strings"

	"pgregory.net/rapid"

	"thaw/questions"
	"thaw/questions/format/bundle"
	"thaw/questions/format/markup"
	"thaw/questions/kind"
)

// Kinds lists every kind of question.
func Kinds() []string {
	var names []string
	for _, k := range kind.All() {
		names = append(names, k.Name())
	}
	return names
}

// Items draws items of the kinds, of every kind where none is named.
func Items(kinds ...string) *rapid.Generator[bundle.Item] {
	if len(kinds) == 0 {
		kinds = Kinds()
	}
	return rapid.Custom(func(t *rapid.T) bundle.Item {
		it := bundle.Item{Version: Versions(rapid.SampledFrom(kinds).Draw(t, "kind")).Draw(t, "version")}
		it.Topic = rapid.SampledFrom([][]string{nil, {"1956"}, {"Congresses", "The 20th: February"}, {"#1 = one", "a/b"}}).Draw(t, "topic")
		it.Tags = rapid.SampledFrom([][]string{nil, {"exam"}, {"a, b", "=1"}, {"Съезд", "year:1956"}}).Draw(t, "tags")
		return it
	})
}

// Versions draws versions of one kind that are fit to be asked.
func Versions(of string) *rapid.Generator[questions.Version] {
	k, ok := kind.Of(of)
	if !ok {
		panic("no kind " + of)
	}
	return rapid.Custom(func(t *rapid.T) questions.Version { return version(t, of) }).Filter(func(v questions.Version) bool {
		return len(k.Check(v)) == 0
	})
}

// nasty are stretches of text that mean something to one format or another.
var nasty = []string{"=", "+1", "-", "@x", "a = b", "x -> y", "{T}", "~", "#", "# head", "::", ":::", `"quoted"`, `say ""`, "it's", "a;b", "a,b", "a|b",
	"| a", ">>", "> x", "//", "[html]", "[tag:x]", "$CATEGORY: a", "ANSWER: A", "A) one", "B. two", "1. one", "2) two", "100%", "%50%", "*", "? why", "tags: a",
	"Q: why", "A: so", "C: [x]", "==gap==", "---", "?", "??", "<b>bold</b>", "&amp;", "a < b & c > d", "'", "\\", `\n`, `\=`, `C:\new`, "{", "}", "{}", "}}", "±", "5 ± 2",
	"שלום עולם", "مرحبا", "🧊❄️", "👩‍🏫", "Хрущёв", "25 % of 7.5", "x_1_2", "$5 and $6", "`code`", "&lt;", "a...b", "1956", "true", "e.g.", "\u00a0x", "https://example.org/?a=b&c"}

var words = []string{"Khrushchev", "the speech", "Moscow", "of 1956", "delegates", "who", "closed session", "was", "Malenkov", "the thaw"}

// raw draws one line of plain text. Texts with different marks differ in what is
// compared of them.
func raw(t *rapid.T, label string, mark int) string {
	parts := rapid.SliceOfN(rapid.OneOf(rapid.SampledFrom(nasty), rapid.SampledFrom(words)), 0, 3).Draw(t, label)
	at := rapid.IntRange(0, len(parts)).Draw(t, label+" at")
	parts = append(parts[:at:at], append([]string{"w" + "abcdefghijklmnop"[mark:mark+1]}, parts[at:]...)...)
	return strings.Join(strings.Fields(strings.Join(parts, " ")), " ")
}

// line draws one line of Markdown, as an importer makes it.
func line(t *rapid.T, label string, mark int) string {
	text := markup.FromText(raw(t, label, mark))
	switch rapid.IntRange(0, 9).Draw(t, label+" markup") {
	case 0:
		text += " **bold** and *thin*"
	case 1:
		text += ` $\frac{x_1}{2} = y$`
	case 2:
		text += " `a*b = c`"
	}
	return settled(text)
}

// settled is Markdown that HTML carries there and back unchanged, so that a test of a
// format that carries HTML fails for that format's reasons alone.
func settled(text string) string {
	for range 5 {
		again := markup.FromHTML(markup.ToHTML(text))
		if again == text {
			return text
		}
		text = again
	}
	return "settled"
}

// lines draws Markdown of some paragraphs, or none at all.
func lines(t *rapid.T, label string, least int) string {
	var paragraphs []string
	for i := range rapid.IntRange(least, 3).Draw(t, label+" paragraphs") {
		paragraphs = append(paragraphs, line(t, label, i))
	}
	if len(paragraphs) > 1 && rapid.IntRange(0, 3).Draw(t, label+" list") == 0 {
		paragraphs[1] = "- one\n\n- two"
	}
	return settled(strings.Join(paragraphs, "\n\n"))
}

func version(t *rapid.T, of string) questions.Version {
	v := questions.Version{Kind: of, Prompt: lines(t, "prompt", 1), Fixed: of == questions.Truth}
	v.Explain = lines(t, "explain", 0)
	switch of {
	case questions.Choice, questions.Several:
		v.Fixed = rapid.Bool().Draw(t, "fixed")
		v.Answers = options(t, of)
	case questions.Truth:
		v.Answers = truths(t)
	case questions.Text:
		v.Answers = typed(t, 1, rapid.SampledFrom(compared).Draw(t, "match"))
	case questions.Number:
		v.Answers = typed(t, 1, questions.MatchNumber)
	case questions.Date:
		v.Answers = typed(t, 1, questions.MatchDate)
	case questions.Order:
		v.Answers = things(t)
	case questions.Match:
		v.Answers = pairs(t)
	case questions.Cloze:
		gapped(t, &v)
	case questions.Flash:
		v.Answers = []questions.Answer{{Part: 1, Text: lines(t, "back", 1), Credit: 1}}
	}
	return v
}

var compared = []string{questions.MatchPerson, questions.MatchPlace, questions.MatchOrg, questions.MatchTitle, questions.MatchTerm}

// why draws what is said to a wrong answer.
func why(t *rapid.T) string {
	if rapid.Bool().Draw(t, "why") {
		return line(t, "feedback", 0)
	}
	return ""
}

func options(t *rapid.T, of string) []questions.Answer {
	n := rapid.IntRange(2, 5).Draw(t, "options")
	keys := map[int]bool{rapid.IntRange(0, n-1).Draw(t, "key"): true}
	for range rapid.IntRange(0, n-2).Draw(t, "more keys") {
		if of == questions.Several {
			keys[rapid.IntRange(0, n-1).Draw(t, "another key")] = true
		}
	}
	list := make([]questions.Answer, n)
	for i := range list {
		list[i] = questions.Answer{Part: 1, Text: line(t, "option", i)}
		if keys[i] {
			list[i].Credit = 1
			continue
		}
		list[i].Feedback = why(t)
		list[i].Credit = rapid.SampledFrom([]float64{0, 0, 0, .5, 1. / 3}).Draw(t, "credit")
	}
	return list
}

func truths(t *rapid.T) []questions.Answer {
	list := []questions.Answer{{Part: 1, Text: "true"}, {Part: 1, Text: "false"}}
	key := rapid.IntRange(0, 1).Draw(t, "key")
	list[key].Credit = 1
	list[1-key].Feedback = why(t)
	return list
}

// typed draws a key, what is also right, and wrong answers that are foreseen.
func typed(t *rapid.T, part int, match string) []questions.Answer {
	var list []questions.Answer
	texts := answers(t, match)
	slack := 0.0
	if match == questions.MatchNumber {
		slack = rapid.SampledFrom([]float64{0, .5, 1e-3}).Draw(t, "slack")
	}
	right := rapid.IntRange(1, len(texts)).Draw(t, "right")
	for i, text := range texts {
		a := questions.Answer{Part: part, Text: text, Match: match}
		if i < right {
			a.Credit, a.Slack = 1, slack
		} else {
			a.Credit, a.Feedback = rapid.SampledFrom([]float64{0, 0, .5}).Draw(t, "credit"), why(t)
		}
		list = append(list, a)
	}
	return list
}

// answers draws one to four texts that may be typed, all different.
func answers(t *rapid.T, match string) []string {
	n := rapid.IntRange(1, 4).Draw(t, "answers")
	var texts []string
	for i := range n {
		switch match {
		case questions.MatchNumber:
			texts = append(texts, rapid.SampledFrom([]string{"1,436", "-7.25", "0.001", "1956", "12"}).Draw(t, "number")+strings.Repeat("0", i))
		case questions.MatchDate:
			year := 1900 + 20*i + rapid.IntRange(0, 19).Draw(t, "year")
			texts = append(texts, fmt.Sprintf(rapid.SampledFrom([]string{"%d", "%d-02-25", "%d-10", "%d-21", "%d/2000", "%d~"}).Draw(t, "date"), year))
		default:
			texts = append(texts, raw(t, "answer", i))
		}
	}
	return texts
}

func things(t *rapid.T) []questions.Answer {
	n := rapid.IntRange(kind.MinItems, kind.MaxItems).Draw(t, "things")
	dated := rapid.Bool().Draw(t, "dated")
	list := make([]questions.Answer, n)
	for i := range list {
		list[i] = questions.Answer{Part: i + 1, Text: line(t, "thing", i), Credit: 1}
		if dated {
			list[i].Feedback = fmt.Sprint(1950 + i)
		} else if i > 1 && rapid.IntRange(0, 3).Draw(t, "tie") == 0 {
			list[i].Slack = 1
		}
	}
	return list
}

func pairs(t *rapid.T) []questions.Answer {
	var list []questions.Answer
	n := rapid.IntRange(kind.MinPairs, 5).Draw(t, "pairs")
	for i := range n {
		list = append(list, questions.Answer{Part: i + 1, Text: line(t, "left", i)},
			questions.Answer{Part: i + 1, Text: line(t, "right", i), Credit: 1, Feedback: why(t)})
	}
	for i := range rapid.IntRange(0, kind.MaxExtra).Draw(t, "extra") {
		list = append(list, questions.Answer{Text: line(t, "extra", n+i), Feedback: why(t)})
	}
	return list
}

// gapped puts gaps into the prompt.
func gapped(t *rapid.T, v *questions.Version) {
	v.Prompt = line(t, "text", 0)
	for i := range rapid.IntRange(1, 4).Draw(t, "gaps") {
		v.Prompt += fmt.Sprintf(" {{%d}} ", i+1) + strings.TrimLeft(line(t, "text", i), "# ")
		match := rapid.SampledFrom(append([]string{questions.MatchDate, questions.MatchNumber}, compared...)).Draw(t, "match")
		v.Answers = append(v.Answers, typed(t, i+1, match)...)
	}
}
