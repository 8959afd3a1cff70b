package kind_test

import (
	"errors"
	"net/url"
	"reflect"
	"strings"
	"testing"

	"thaw/questions"
	"thaw/questions/kind"
)

// gapText is a text of three gaps, as its author writes it.
func gapText(t *testing.T) (kind.Kind, questions.Version) {
	t.Helper()
	k, _ := kind.Of(questions.Cloze)
	v := k.Read(url.Values{"lang": {"en"}, "prompt": {"On {{25 February 1956}} {{Nikita Khrushchev}} spoke for {{4}} hours."},
		"gap-1": {"25 February 1956"}, "match-1": {"date"}, "fact-1": {"7"}, "gap-2": {"Nikita Khrushchev"}, "match-2": {"person"}, "fact-2": {"8"},
		"option-2": {"Malenkov", "Chruschtschow"}, "why-2": {"He had resigned.", ""}, "credit-2": {"", ".25"},
		"gap-3": {"4"}, "match-3": {"number"}, "fact-3": {"9"}, "slack-3": {"0.5"}})
	if problems := k.Check(v); len(problems) > 0 {
		t.Fatal(problems)
	}
	return k, v
}

func TestEachGapIsGradedByItsOwnAnswers(t *testing.T) {
	k, v := gapText(t)
	type verdicts [3]questions.Verdict
	for _, test := range []struct {
		r      questions.Response
		want   verdicts
		credit [3]float64
	}{
		{questions.Response{"25 Feb 1956", "khrushchev", "four"}, verdicts{"right", "right", "right"}, [3]float64{1, 1, 1}},
		{questions.Response{"25.2.1956", "Kruschev", "4.4"}, verdicts{"right", "slip", "right"}, [3]float64{1, 1, 1}},
		{questions.Response{"1956", "Khrushchev", "4"}, verdicts{"almost", "right", "right"}, [3]float64{.5, 1, 1}},
		{questions.Response{"1953", "Malenkov", ""}, verdicts{"wrong", "wrong", "wrong"}, [3]float64{}},
		{questions.Response{"", "chruschtschow", " "}, verdicts{"wrong", "almost", "wrong"}, [3]float64{0, .25, 0}},
		{questions.Response{"Khrushchev", "25 February 1956", "4"}, verdicts{"wrong", "wrong", "right"}, [3]float64{0, 0, 1}},
	} {
		marks, err := k.Grade(v, questions.Lexicon{}, test.r)
		if err != nil || len(marks) != 3 {
			t.Fatalf("%q: got %v, %v, want three marks", test.r, marks, err)
		}
		for i, m := range marks {
			if m.Verdict != test.want[i] || m.Credit != test.credit[i] || m.Part != i+1 || m.Fact != questions.FactID(7+i) {
				t.Errorf("%q, gap %d: got %+v, want %s with %v for the fact %d", test.r, i+1, m, test.want[i], test.credit[i], 7+i)
			}
		}
	}
}

func TestClozeRefusesWhatItsWidgetCannotSend(t *testing.T) {
	k, v := gapText(t)
	for _, r := range []questions.Response{nil, {}, {"4"}, {"a", "b"}, {"a", "b", "c", "d"}, make(questions.Response, 1000)} {
		if marks, err := k.Grade(v, questions.Lexicon{}, r); !errors.Is(err, kind.ErrResponse) || errors.Is(err, kind.ErrNothing) {
			t.Errorf("%.10q: got %v, %v, want ErrResponse", r, marks, err)
		}
	}
	if _, err := k.Grade(v, questions.Lexicon{}, questions.Response{"", " \t", "\n"}); !errors.Is(err, kind.ErrNothing) {
		t.Errorf("nothing filled in: got %v, want ErrNothing", err)
	}
}

// The second try shows what was right and asks the rest again, each gap with its
// own reason, and no key.
func TestSecondTryOfACloze(t *testing.T) {
	k, v := gapText(t)
	a := asked(v)
	a.Tried = questions.Response{"1956", `Kruschev`, "4.0"}
	a.First, _ = k.Grade(v, questions.Lexicon{}, a.Tried)
	page := draw(t, k.Ask(a))
	sent := fields(t, page)["answer"]
	if !reflect.DeepEqual(sent, []string{"1956", "Kruschev", "4.0"}) {
		t.Errorf("the second try sends %q, want the first", sent)
	}
	for part, want := range map[string]int{`type="hidden"`: 2, "data-gap": 1, "data-focus": 1, "«reason.only_the_year»": 1, `aria-describedby="answer-1-reason"`: 1,
		`id="answer-1-reason"`: 1, "«kind.gaps_almost» 1": 1, "Khrushchev": 0, "February": 0, "02-25": 0, "reason.spelled": 0} {
		if got := strings.Count(page, part); got != want {
			t.Errorf("%s stands %d times in the second try, want %d:\n%s", part, got, want, page)
		}
	}
}

func TestUnsavedGapsAreShownAgain(t *testing.T) {
	k, v := gapText(t)
	a := asked(v)
	a.Given = questions.Response{"", `"Beria"`, "5"}
	if got := fields(t, draw(t, k.Ask(a)))["answer"]; !reflect.DeepEqual(got, []string(a.Given)) {
		t.Errorf("got %q, want %q", got, a.Given)
	}
}

func TestGapsAfterTheVerdict(t *testing.T) {
	k, v := gapText(t)
	r := questions.Response{"1956", "Malenkov", ""}
	marks, _ := k.Grade(v, questions.Lexicon{}, r)
	page := draw(t, k.Show(asked(v), r, marks))
	for _, want := range []string{"25 February 1956", "Nikita Khrushchev", "Malenkov", "«kind.not»", "«kind.gap_empty»", "is-almost", "«reason.only_the_year»", "«reason.foreseen»"} {
		if !strings.Contains(page, want) {
			t.Errorf("%s is missing in\n%s", want, page)
		}
	}
	if strings.Contains(page, "reason.empty") {
		t.Errorf("an empty gap is explained twice:\n%s", page)
	}
}

// Markdown stays around the gaps; none is lost, and nothing breaks out of one.
func TestMarkupAroundGaps(t *testing.T) {
	k, _ := kind.Of(questions.Cloze)
	for prompt, want := range map[string]string{
		"a *b {{1}} c* d":                    "a <em>b GAP c</em> d",
		"**{{1}}**ism, `{{2}}`":              "<strong>GAP</strong>ism, <code>GAP</code>",
		"one {{1}}\n\ntwo":                   "one GAP<br>two",
		"a [link](http://x/{{1}}) and {{2}}": "a [link](http://x/GAP) and GAP",
		"![{{1}}](/media/a.png) *x*":         "GAP <em>x</em>",
		"![{{1}}](/media/0123456789abcdef0123456789abcdef-4x2.png) *x*": "![GAP](/media/0123456789abcdef0123456789abcdef-4x2.png) *x*",
		"[{{1}}]: /x\n\ny":                 "[GAP]: /x y",
		"\uE000<b>{{1}}</b> & x{{\uE000}}": "&lt;b&gt;GAP&lt;/b&gt; &amp; xGAP",
		"{{1}}{{2}}":                       "GAPGAP",
		"{{{1}}} {1} {{ }}":                "{GAP} {1} GAP",
		"no gap <script>alert(1)</script>": "no gap &lt;script&gt;alert(1)&lt;/script&gt;",
	} {
		v := questions.Version{Kind: questions.Cloze, Prompt: prompt}
		page := draw(t, k.Ask(questions.Asked{Version: v}))
		_, text, _ := strings.Cut(page, `<div class="prompt" lang="">`)
		text, _, _ = strings.Cut(text, "</div>")
		for {
			before, rest, ok := strings.Cut(text, `<span class="gap">`)
			if !ok {
				break
			}
			_, after, _ := strings.Cut(rest, "</span>")
			text = before + "GAP" + after
		}
		if got := strings.Join(strings.Fields(text), " "); got != want {
			t.Errorf("%q is drawn as %q, want %q", prompt, got, want)
		}
		if got := strings.Count(page, `name="answer"`); got != kind.Parts(v) {
			t.Errorf("%q has %d fields, want %d", prompt, got, kind.Parts(v))
		}
	}
}

func TestWhatStandsInGapsIsText(t *testing.T) {
	const evil = `</textarea></span></option><script>alert(1)</script><img src=x onerror=alert(1)> [x](javascript:alert(1)) "'>`
	k, v := gapText(t)
	v.Prompt, v.Lang = evil+"{{1}}"+evil+"*{{2}}* {{3}}", evil
	for i := range v.Answers {
		v.Answers[i].Text, v.Answers[i].Feedback = evil, evil
	}
	a := asked(v)
	a.Say = func(string, ...any) string { return evil }
	r := questions.Response{evil, evil, evil}
	marks, _ := k.Grade(v, questions.Lexicon{}, r)
	tried := a
	tried.Tried, tried.First = r, []questions.Mark{{Verdict: questions.Almost, Reason: questions.Reason{Code: "x"}}, {Verdict: questions.Right}, {Verdict: questions.Slip}}
	marks[1].Verdict, marks[2].Verdict = questions.Right, questions.Almost
	e := questions.Editing{Version: v, Say: a.Say, Problems: k.Check(v), Facts: []questions.Known{{ID: 1, Text: evil}}}
	for i, page := range []string{draw(t, k.Ask(a)), draw(t, k.Ask(tried)), draw(t, k.Show(a, r, marks)), draw(t, k.Edit(e))} {
		if strings.Contains(page, "<script") || strings.Contains(page, "<img") || strings.Contains(page, `href="javascript`) {
			t.Errorf("page %d lets markup through:\n%s", i, page)
		}
		if tags := strings.Count(page, "<span") + strings.Count(page, "<textarea") + strings.Count(page, "<option") - strings.Count(page, "</span>") - strings.Count(page, "</textarea>") - strings.Count(page, "</option>"); tags != 0 {
			t.Errorf("page %d closes %d elements more than it opens:\n%s", i, -tags, page)
		}
	}
}

// A gap's place and width tell nothing about its answer.
func TestGapsTellNothing(t *testing.T) {
	k, v := gapText(t)
	page := draw(t, k.Ask(asked(v)))
	other := v
	other.Answers = append([]questions.Answer(nil), v.Answers...)
	for i, a := range other.Answers {
		other.Answers[i].Text, other.Answers[i].Credit, other.Answers[i].Slack = a.Text+a.Text, 1, 9
	}
	if got := draw(t, k.Ask(asked(other))); got != page {
		t.Errorf("with other answers the page differs:\n%s\n%s", got, page)
	}
	if got := strings.Count(page, `inputmode="decimal"`); got != 1 {
		t.Errorf("%d fields ask for digits, want the number's", got)
	}
}

func TestPromptWhereNothingCanBeFilledIn(t *testing.T) {
	_, v := gapText(t)
	for _, test := range []struct{ what, got, want string }{
		{"stored", v.Prompt, "On {{1}} {{2}} spoke for {{3}} hours."},
		{"line", kind.Line(v), "On … … spoke for … hours."},
		{"source", kind.Source(v), "On {{25 February 1956}} {{Nikita Khrushchev}} spoke for {{4}} hours."},
		{"second part", kind.Part(v, 2).Prompt, "On 25 February 1956 … spoke for 4 hours."},
		{"another kind's line", kind.Line(questions.Version{Kind: questions.Text, Prompt: "What does {{1}} mean?"}), "What does {{1}} mean?"},
		{"a line that was never read", kind.Line(questions.Version{Kind: questions.Cloze, Prompt: "By {{Khrushchev}}"}), "By …"},
	} {
		if test.got != test.want {
			t.Errorf("%s: got %q, want %q", test.what, test.got, test.want)
		}
	}
	if part := kind.Part(v, 2); part.Kind != questions.Text || len(part.Answers) != 3 || part.Answers[0].Part != 1 || part.Answers[0].Fact != 8 {
		t.Errorf("the second part is %+v, want a name to be typed", part)
	}
}

// What an author says of a gap stays with it while the text around it changes.
func TestFieldsFollowTheirGaps(t *testing.T) {
	k, v := gapText(t)
	for _, test := range []struct{ what, prompt, want string }{
		{"as it was", kind.Source(v), "date/7 person/8 number/9"},
		{"turned round", "For {{4}} hours {{Nikita Khrushchev}} spoke on {{25 February 1956}}.", "number/9 person/8 date/7"},
		{"one less", "On {{25 February 1956}} he spoke for {{4}} hours.", "date/7 number/9"},
		{"one more in front", "In {{Moscow}}, on {{25 February 1956}}, {{Nikita Khrushchev}} spoke for {{4}} hours.", "/0 date/7 person/8 number/9"},
		{"one worded anew", "On {{25 February 1956}} {{Khrushchev}} spoke for {{4}} hours.", "date/7 person/8 number/9"},
		{"one gone and two new", "{{Moscow}}, {{1956}}: {{Nikita Khrushchev}} spoke for {{12,000.5}} seconds.", "/0 date/0 person/8 number/0"},
		{"no gap", "He spoke.", ""},
	} {
		form := fields(t, draw(t, k.Edit(questions.Editing{Version: v, Say: words})))
		form.Set("prompt", test.prompt)
		var got []string
		for _, a := range k.Read(form).Answers {
			if a.Credit == 1 {
				got = append(got, a.Match+"/"+factOf(a))
			}
		}
		if strings.Join(got, " ") != test.want {
			t.Errorf("%s: got %q, want %q", test.what, strings.Join(got, " "), test.want)
		}
	}
}

func factOf(a questions.Answer) string { return string(rune('0' + int(a.Fact))) }

// A page that has facts to choose from lets each gap choose one.
func TestFactOfEachGap(t *testing.T) {
	k, v := gapText(t)
	e := questions.Editing{Version: v, Say: words, Facts: []questions.Known{{Text: "its own"}, {ID: 8, Text: "who spoke"}, {ID: 9, Text: "how <long>"}}}
	form := fields(t, draw(t, k.Edit(e)))
	if form.Get("fact-1") != "" || form.Get("fact-2") != "8" || form.Get("fact-3") != "9" {
		t.Errorf("the facts chosen are %q, %q and %q, want none, 8 and 9", form.Get("fact-1"), form.Get("fact-2"), form.Get("fact-3"))
	}
}
