package kind_test

import (
	"errors"
	"fmt"
	"math"
	"net/url"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/a-h/templ"
	"golang.org/x/net/html"

	"thaw/questions"
	"thaw/questions/kind"
)

// sample is what the contract test knows of one kind.
type sample struct {
	version questions.Version
	right   questions.Response
	wrong   []questions.Response
	secret  string // what the widget must not hold before the answer
}

var samples = map[string]sample{
	questions.Choice: {
		version: version(questions.Choice, "Who gave the speech?",
			answer("Georgi Malenkov", "", 0, "He gave up the premiership in 1955."), answer("Nikita Khrushchev", "", 1, ""), answer("Lavrentiy Beria", "", 0, "He was dead.")),
		right: questions.Response{"2"},
		wrong: []questions.Response{{"1"}, {"3"}},
	},
	questions.Several: {
		version: version(questions.Several, "What happened in 1961?",
			answer("Stalin was moved", "", 1, ""), answer("The Secret Speech was given", "", 0, "That was in 1956."),
			answer("Stalingrad was renamed", "", 1, ""), answer("Beria was shot", "", 0, "That was in 1953.")),
		right: questions.Response{"1", "3"},
		wrong: []questions.Response{{"2"}, {"2", "4"}, {"1", "2"}, {"1", "2", "3", "4"}},
	},
	questions.Truth: {
		version: fixed(version(questions.Truth, "Stalin's body lies in the mausoleum.",
			answer("true", "", 0, "It was moved in 1961."), answer("false", "", 1, ""))),
		right: questions.Response{"2"},
		wrong: []questions.Response{{"1"}},
	},
	questions.Order: {
		version: version(questions.Order, "What came first?",
			part(1, answer("Stalin's death", "", 1, "")), part(2, answer("Secret Speech", "", 1, "")), part(3, answer("Revolt in Hungary", "", 1, "")), part(4, answer("Stalin moved", "", 1, ""))),
		right: questions.Response{"1", "2", "3", "4"},
		wrong: []questions.Response{{"4", "3", "2", "1"}},
	},
	questions.Match: {
		version: version(questions.Match, "What was it before?",
			answer("Volgograd", "", 0, ""), answer("Stalingrad", "", 1, "That is on the Volga."),
			part(2, answer("Donetsk", "", 0, "")), part(2, answer("Stalino", "", 1, "")), part(3, answer("Dushanbe", "", 0, "")), part(3, answer("Stalinabad", "", 1, "")),
			questions.Answer{Text: "Leningrad", Feedback: "That is Saint Petersburg."}),
		right: questions.Response{"1", "2", "3"},
		wrong: []questions.Response{{"2", "4", "2"}, {"3", "1", "2"}},
	},
	questions.Number: {
		version: version(questions.Number, "How many people were put to death, by the report?",
			slack(answer("688,503", questions.MatchNumber, 1, ""), 1000), answer("1,920,635", questions.MatchNumber, 0, "So many were arrested.")),
		right:  questions.Response{"688 thousand"},
		wrong:  []questions.Response{{"1920635"}, {"many"}, {"68850.3"}},
		secret: "503",
	},
	questions.Text: {
		version: version(questions.Text, "Who gave the *Secret Speech*?",
			answer("Nikita Khrushchev", questions.MatchPerson, 1, ""), answer("Chruschtschow", questions.MatchPerson, 1, ""), answer("Malenkov", questions.MatchPerson, 0, "He had resigned.")),
		right:  questions.Response{"khrushchev"},
		wrong:  []questions.Response{{"Malenkov"}, {"Beria"}, {""}},
		secret: "hrushchev",
	},
	questions.Date: {
		version: version(questions.Date, "When was the Secret Speech?", answer("1956-02-25", questions.MatchDate, 1, "")),
		right:   questions.Response{"25 Feb 1956"},
		wrong:   []questions.Response{{"25 Feb 1953"}, {"1955"}, {"?"}},
		secret:  "1956",
	},
	questions.Cloze: {
		version: version(questions.Cloze, "The *Secret Speech* was given by {{1}} on **{{2}}**.",
			answer("Nikita Khrushchev", questions.MatchPerson, 1, ""), answer("Chruschtschow", questions.MatchPerson, 1, ""),
			answer("Malenkov", questions.MatchPerson, 0, "He had resigned."), of(2, 8, answer("1956-02-25", questions.MatchDate, 1, ""))),
		right:  questions.Response{"khrushchev", "25 Feb 1956"},
		wrong:  []questions.Response{{"Malenkov", "1953"}, {"Beria", ""}, {"", "?"}},
		secret: "hrushchev",
	},
	questions.Flash: {
		version: version(questions.Flash, "The **Secret Speech**: when?", answer("On *25 February* 1956", "", 1, "")),
		right:   questions.Response{"good"},
		wrong:   []questions.Response{{"again"}},
		secret:  "February",
	},
}

func version(kind, prompt string, answers ...questions.Answer) questions.Version {
	return questions.Version{Kind: kind, Lang: "en", Prompt: prompt, Explain: "It *was* so.", Level: "remember", Passage: 4, Answers: answers}
}

func fixed(v questions.Version) questions.Version {
	v.Fixed = true
	return v
}

func part(n int, a questions.Answer) questions.Answer {
	a.Part, a.Fact = n, questions.FactID(6+n)
	return a
}

func slack(a questions.Answer, by float64) questions.Answer {
	a.Slack = by
	return a
}

func answer(text, match string, credit float64, why string) questions.Answer {
	return questions.Answer{Part: 1, Fact: 7, Text: text, Match: match, Credit: credit, Feedback: why}
}

// of makes an answer one of another part, which asks for another fact.
func of(part int, fact questions.FactID, a questions.Answer) questions.Answer {
	a.Part, a.Fact = part, fact
	return a
}

// fits tells whether marks are one for each part, with its fact.
func (s sample) fits(marks []questions.Mark) bool {
	for i, m := range marks {
		key, _ := s.version.Key(i + 1)
		if m.Part != i+1 || m.Fact != key.Fact || m.Fact == 0 || m.Canonical == "" {
			return false
		}
	}
	return len(marks) == partsOf(s.version)
}

// words stands for the catalogue.
func words(key string, args ...any) string { return fmt.Sprint("«", key, "» ", fmt.Sprint(args...)) }

func asked(v questions.Version) questions.Asked { return questions.Asked{Version: v, Say: words} }

// each runs a test over every kind of the table.
func each(t *testing.T, test func(t *testing.T, k kind.Kind, s sample)) {
	t.Helper()
	for _, k := range kind.All() {
		s, ok := samples[k.Name()]
		if !ok {
			t.Errorf("the kind %q has no sample", k.Name())
			continue
		}
		t.Run(k.Name(), func(t *testing.T) { test(t, k, s) })
	}
}

func TestTable(t *testing.T) {
	each(t, func(t *testing.T, k kind.Kind, _ sample) {
		if got, ok := kind.Of(k.Name()); !ok || got != k {
			t.Errorf("Of(%q) = %v %v, want the kind itself", k.Name(), got, ok)
		}
	})
	if _, ok := kind.Of("riddle"); ok {
		t.Error("Of(riddle): got a kind, want none")
	}
}

func TestCheckSample(t *testing.T) {
	each(t, func(t *testing.T, k kind.Kind, s sample) {
		if got := k.Check(s.version); len(got) > 0 {
			t.Errorf("got %v, want no problem", got)
		}
	})
}

func TestCheckFindsProblems(t *testing.T) {
	each(t, func(t *testing.T, k kind.Kind, s sample) {
		for code, spoil := range spoilers {
			if code == "problem.one_part" && kind.Parts(s.version) > 1 {
				continue
			}
			v := s.version
			v.Answers = append([]questions.Answer(nil), v.Answers...)
			spoil(&v)
			if code == "problem.one_part" && kind.Arranged(k.Name()) {
				code = "problem.parts"
			}
			if got := k.Check(v); !holds(got, code) {
				t.Errorf("got %v, want %s", got, code)
			}
			showsAll(t, k, v)
		}
	})
}

var spoilers = map[string]func(*questions.Version){
	"problem.no_prompt":    func(v *questions.Version) { v.Prompt = " \n" },
	"problem.prompt_long":  func(v *questions.Version) { v.Prompt = strings.Repeat("é", 2001) },
	"problem.no_key":       func(v *questions.Version) { v.Answers = nil },
	"problem.empty_answer": func(v *questions.Version) { v.Answers[0].Text = " " },
	"problem.same_answers": func(v *questions.Version) {
		same := v.Answers[0]
		same.Text = strings.ToUpper(same.Text)
		v.Answers = append(v.Answers, same)
	},
	"problem.answer_long":  func(v *questions.Version) { v.Answers[0].Text = strings.Repeat("a", 2001) },
	"problem.one_part":     func(v *questions.Version) { v.Answers[0].Part = 2 },
	"problem.credit":       func(v *questions.Version) { v.Answers[0].Credit = 2 },
	"problem.explain_long": func(v *questions.Version) { v.Explain = strings.Repeat("é", 4001) },
	"problem.why_long":     func(v *questions.Version) { v.Answers[0].Feedback = strings.Repeat("é", 1001) },
	"problem.level":        func(v *questions.Version) { v.Level = "guess" },
	"problem.lang":         func(v *questions.Version) { v.Lang = "no language" },
}

// showsAll demands that the editor has an element for each problem and says it
// there.
func showsAll(t *testing.T, k kind.Kind, v questions.Version) {
	t.Helper()
	problems := k.Check(v)
	page := draw(t, k.Edit(questions.Editing{Version: v, Say: words, Problems: problems}))
	for _, p := range problems {
		for _, want := range []string{`id="` + p.ID() + `"`, `id="` + p.ID() + `-error"`, "«" + p.Code + "»"} {
			if !strings.Contains(page, want) {
				t.Errorf("%+v: %s is missing in the editor", p, want)
			}
		}
	}
}

func holds(problems []questions.Problem, code string) bool {
	for _, p := range problems {
		if p.Code == code {
			return true
		}
	}
	return false
}

func TestCheckOfOneKind(t *testing.T) {
	tests := []struct {
		kind, code string
		spoil      func(*questions.Version)
	}{
		{questions.Choice, "problem.few_options", func(v *questions.Version) { v.Answers = v.Answers[1:2] }},
		{questions.Choice, "problem.two_keys", func(v *questions.Version) { v.Answers[0].Credit = 1 }},
		{questions.Several, "problem.few_options", func(v *questions.Version) { v.Answers = v.Answers[:1] }},
		{questions.Several, "problem.no_key", func(v *questions.Version) { v.Answers[0].Credit, v.Answers[2].Credit = 0, 0 }},
		{questions.Several, "problem.all_keys", func(v *questions.Version) { v.Answers[1].Credit, v.Answers[3].Credit = 1, 1 }},
		{questions.Several, "problem.many_options", func(v *questions.Version) {
			for i := range 6 {
				v.Answers = append(v.Answers, answer(fmt.Sprint("more ", i), "", 0, ""))
			}
		}},
		{questions.Truth, "problem.two_keys", func(v *questions.Version) { v.Answers[0].Credit = 1 }},
		{questions.Truth, "problem.no_key", func(v *questions.Version) { v.Answers[1].Credit = 0 }},
		{questions.Truth, "problem.not_truth", func(v *questions.Version) { v.Answers[0], v.Answers[1] = v.Answers[1], v.Answers[0] }},
		{questions.Truth, "problem.not_truth", func(v *questions.Version) { v.Answers[0].Text = "yes" }},
		{questions.Order, "problem.few_items", func(v *questions.Version) { v.Answers = v.Answers[:2] }},
		{questions.Order, "problem.many_items", func(v *questions.Version) {
			for n := range 5 {
				v.Answers = append(v.Answers, part(5+n, answer(fmt.Sprint("more ", n), "", 1, "")))
			}
		}},
		{questions.Order, "problem.bad_date", func(v *questions.Version) { v.Answers[2].Feedback = "31 February 1956" }},
		{questions.Order, "problem.too_early", func(v *questions.Version) { v.Answers[0].Feedback, v.Answers[2].Feedback = "1953-03", "1952" }},
		{questions.Order, "problem.any_order", func(v *questions.Version) { v.Answers[1].Slack, v.Answers[2].Slack, v.Answers[3].Slack = 1, 1, 1 }},
		{questions.Order, "problem.parts", func(v *questions.Version) { v.Answers[0], v.Answers[1] = v.Answers[1], v.Answers[0] }},
		{questions.Order, "problem.parts", func(v *questions.Version) { v.Answers[1].Credit = .5 }},
		{questions.Match, "problem.few_pairs", func(v *questions.Version) { v.Answers = v.Answers[:2] }},
		{questions.Match, "problem.many_pairs", func(v *questions.Version) {
			for n := range 6 {
				v.Answers = append(v.Answers, part(4+n, answer(fmt.Sprint("left ", n), "", 0, "")), part(4+n, answer("Stalino", "", 1, "")))
			}
		}},
		{questions.Match, "problem.many_extra", func(v *questions.Version) {
			for n := range 3 {
				v.Answers = append(v.Answers, questions.Answer{Text: fmt.Sprint("extra ", n)})
			}
		}},
		{questions.Match, "problem.one_right", func(v *questions.Version) {
			v.Answers[3].Text, v.Answers[5].Text, v.Answers = "Stalingrad", "Stalingrad", v.Answers[:6]
		}},
		{questions.Match, "problem.same_answers", func(v *questions.Version) { v.Answers[6].Text = "Stalino" }},
		{questions.Match, "problem.empty_answer", func(v *questions.Version) { v.Answers[3].Text = "" }},
		{questions.Match, "problem.parts", func(v *questions.Version) { v.Answers = append(v.Answers[:3:3], v.Answers[4:]...) }},
		{questions.Match, "problem.parts", func(v *questions.Version) { v.Answers[1].Fact = 99 }},
		{questions.Number, "problem.slack", func(v *questions.Version) { v.Answers[0].Slack = -1 }},
		{questions.Number, "problem.slack", func(v *questions.Version) { v.Answers[0].Slack = math.Inf(1) }},
		{questions.Number, "problem.slack", func(v *questions.Version) { v.Answers[0].Slack = math.NaN() }},
		{questions.Number, "problem.bad_number", func(v *questions.Version) { v.Answers[0].Text = "many" }},
		{questions.Number, "problem.bad_number", func(v *questions.Version) { v.Answers[1].Text = "1.2.3" }},
		{questions.Number, "problem.no_match", func(v *questions.Version) { v.Answers[0].Match = "" }},
		{questions.Number, "problem.counts_already", func(v *questions.Version) { v.Answers[1].Text = "688 thousand" }},
		{questions.Number, "problem.counts_already", func(v *questions.Version) { v.Answers[1].Text, v.Answers[1].Credit = "688 503.0", 1 }},
		{questions.Date, "problem.bad_date", func(v *questions.Version) { v.Answers[0].Text = "1956-02-30" }},
		{questions.Date, "problem.bad_date", func(v *questions.Version) { v.Answers[0].Text = "25.2.1956" }},
		{questions.Date, "problem.no_match", func(v *questions.Version) { v.Answers[0].Match = "" }},
		{questions.Text, "problem.no_match", func(v *questions.Version) { v.Answers[0].Match = "guess" }},
		{questions.Text, "problem.no_match", func(v *questions.Version) { v.Answers[0].Match = questions.MatchNumber }},
		{questions.Text, "problem.key_not_right", func(v *questions.Version) { v.Answers[0].Text = "???" }},
		{questions.Cloze, "problem.no_gap", func(v *questions.Version) { v.Prompt = "The {Secret} Speech { {1} }" }},
		{questions.Cloze, "problem.many_gaps", func(v *questions.Version) { v.Prompt = strings.Repeat("{{1}} ", 9) }},
		{questions.Cloze, "problem.no_key", func(v *questions.Version) { v.Prompt += " {{3}}" }},
		{questions.Cloze, "problem.no_key", func(v *questions.Version) { v.Answers[3].Part = 1 }},
		{questions.Cloze, "problem.parts", func(v *questions.Version) { v.Answers[3].Part = 3 }},
		{questions.Cloze, "problem.parts", func(v *questions.Version) { v.Answers[3].Part = 0 }},
		{questions.Cloze, "problem.gap_match", func(v *questions.Version) { v.Answers[3].Match = "" }},
		{questions.Cloze, "problem.no_match", func(v *questions.Version) { v.Answers[3].Match = "guess" }},
		{questions.Cloze, "problem.bad_date", func(v *questions.Version) { v.Answers[3].Text = "1956-02-30" }},
		{questions.Cloze, "problem.slack", func(v *questions.Version) {
			v.Answers[3].Text, v.Answers[3].Match, v.Answers[3].Slack = "20", questions.MatchNumber, -1
		}},
		{questions.Cloze, "problem.key_not_right", func(v *questions.Version) { v.Answers[0].Text = "???" }},
		{questions.Flash, "problem.one_back", func(v *questions.Version) { v.Answers = append(v.Answers, answer("x", "", 0, "")) }},
	}
	for _, test := range tests {
		v := samples[test.kind].version
		v.Answers = append([]questions.Answer(nil), v.Answers...)
		test.spoil(&v)
		k, _ := kind.Of(test.kind)
		if got := k.Check(v); !holds(got, test.code) {
			t.Errorf("%s: got %v, want %s", test.kind, got, test.code)
		}
		showsAll(t, k, v)
	}
}

func TestGrade(t *testing.T) {
	each(t, func(t *testing.T, k kind.Kind, s sample) {
		expect(t, k, s, s.right, questions.Right, 1)
		for _, r := range s.wrong {
			expect(t, k, s, r, questions.Wrong, 0)
		}
	})
}

func expect(t *testing.T, k kind.Kind, s sample, r questions.Response, want questions.Verdict, credit float64) {
	t.Helper()
	marks, err := k.Grade(s.version, questions.Lexicon{}, r)
	if err != nil || len(marks) != partsOf(s.version) {
		t.Fatalf("%q: got %v, %v, want %d marks", r, marks, err, partsOf(s.version))
	}
	if got, verdict := questions.Worth(marks); verdict != want || got != credit {
		t.Errorf("%q: got %s with credit %v, want %s with %v", r, verdict, got, want, credit)
	}
	for i, got := range marks {
		if got.Part != i+1 || got.Fact != questions.FactID(7+i) || got.Canonical == "" {
			t.Errorf("%q: got %+v, want part %d and fact %d", r, got, i+1, 7+i)
		}
	}
}

// partsOf is how many parts a version has.
func partsOf(v questions.Version) (n int) {
	for _, a := range v.Answers {
		n = max(n, a.Part)
	}
	return n
}

func TestGradeOfHostileResponses(t *testing.T) {
	many := make(questions.Response, 1000)
	hostile := []questions.Response{nil, {}, {""}, {"0"}, {"-1"}, {"4"}, {"+1"}, {"01"}, {"1", "2"}, {"\xff\xfe"}, {strings.Repeat("9", 1<<20)}, {"99999999999999999999"}, many, {"<script>"}}
	each(t, func(t *testing.T, k kind.Kind, s sample) {
		for _, r := range hostile {
			marks, err := k.Grade(s.version, questions.Lexicon{}, r)
			if err != nil && !errors.Is(err, kind.ErrResponse) {
				t.Errorf("%.20q: got %v, want ErrResponse", r, err)
			}
			for _, m := range marks {
				if m.Credit != 0 {
					t.Errorf("%.20q: got credit %v, want none", r, m.Credit)
				}
			}
			draw(t, k.Show(asked(s.version), r, marks))
			if _, err := k.Grade(questions.Version{}, questions.Lexicon{}, r); err != nil && !errors.Is(err, kind.ErrResponse) {
				t.Errorf("%.20q for an empty version: got %v, want ErrResponse", r, err)
			}
		}
	})
}

func TestTurningLeavesTheFlashcardOpen(t *testing.T) {
	k, _ := kind.Of(questions.Flash)
	marks, err := k.Grade(samples[questions.Flash].version, questions.Lexicon{}, questions.Response{"show"})
	if len(marks) != 0 || err != nil {
		t.Errorf("got %v, %v, want no marks and no error", marks, err)
	}
	for i, name := range []string{"again", "hard", "good", "easy"} {
		marks, _ := k.Grade(samples[questions.Flash].version, questions.Lexicon{}, questions.Response{name})
		if len(marks) != 1 || marks[0].Self != i+1 {
			t.Errorf("%s: got %v, want own rating %d", name, marks, i+1)
		}
	}
}

func draw(t *testing.T, page templ.Component) string {
	t.Helper()
	var b strings.Builder
	if err := page.Render(t.Context(), &b); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestAskHoldsNoKey(t *testing.T) {
	each(t, func(t *testing.T, k kind.Kind, s sample) {
		page := draw(t, k.Ask(asked(s.version)))
		if s.secret != "" && strings.Contains(page, s.secret) {
			t.Errorf("the page holds %q:\n%s", s.secret, page)
		}
		if !strings.Contains(page, `name="answer"`) || !strings.Contains(page, `type="submit"`) {
			t.Errorf("the page has no answer field or no button:\n%s", page)
		}
	})
}

// An attribute that tells the key would change with it.
func TestOptionsTellNothing(t *testing.T) {
	for _, name := range []string{questions.Choice, questions.Several, questions.Truth} {
		k, _ := kind.Of(name)
		v := samples[name].version
		page := draw(t, k.Ask(asked(v)))
		other := v
		other.Answers = append([]questions.Answer(nil), v.Answers...)
		for i, a := range other.Answers {
			other.Answers[i].Credit, other.Answers[i].Feedback = 1-a.Credit, ""
		}
		if got := draw(t, k.Ask(asked(other))); got != page {
			t.Errorf("%s: with another key the page differs:\n%s\n%s", name, got, page)
		}
		if name == questions.Truth {
			continue // always in the same order
		}
		order := []int{2, 0, 1, 3}[:len(v.Answers)]
		turned := draw(t, k.Ask(asked(v.In(order))))
		if got, want := blank(turned, v), blank(page, v); got != want {
			t.Errorf("%s: in another order the page differs in more than its texts:\n%s\n%s", name, got, want)
		}
	}
}

func blank(page string, v questions.Version) string {
	for _, a := range v.Answers {
		page = strings.ReplaceAll(page, a.Text, "*")
	}
	return page
}

func TestSecondTryKeepsTheInput(t *testing.T) {
	for _, name := range []string{questions.Text, questions.Date, questions.Number} {
		k, _ := kind.Of(name)
		a := asked(samples[name].version)
		a.Tried, a.Reason = questions.Response{`my "first" try`}, questions.Reason{Code: "reason.part_missing"}
		page := draw(t, k.Ask(a))
		for _, want := range []string{`value="my &#34;first&#34; try"`, "reason.part_missing", `aria-describedby="answer-reason`} {
			if !strings.Contains(page, want) {
				t.Errorf("%s: %s is missing in\n%s", name, want, page)
			}
		}
		if strings.Contains(page, samples[name].secret) {
			t.Errorf("%s: the key shows in the second try:\n%s", name, page)
		}
	}
}

func TestTurnedFlashcard(t *testing.T) {
	k, _ := kind.Of(questions.Flash)
	for buttons, values := range map[int][]string{2: {"again", "good"}, 4: {"again", "hard", "good", "easy"}} {
		a := asked(samples[questions.Flash].version)
		a.Tried, a.Buttons, a.Back = questions.Response{"show"}, buttons, []string{"in 1 day", "in 2 days", "in 3 days", "in 4 days"}
		page := draw(t, k.Ask(a))
		if !strings.Contains(page, "<em>25 February</em>") {
			t.Errorf("the back is missing in\n%s", page)
		}
		if got := strings.Count(page, "<button"); got != buttons {
			t.Errorf("got %d buttons, want %d", got, buttons)
		}
		for i, value := range values {
			if !strings.Contains(page, `value="`+value+`"`) || !strings.Contains(page, a.Back[i]) {
				t.Errorf("%s or %q is missing in\n%s", value, a.Back[i], page)
			}
		}
	}
}

func TestShowSaysItInWords(t *testing.T) {
	said := map[string][2]string{ // for a right and for a wrong answer
		questions.Choice:  {"kind.right_answer", "kind.not»"},
		questions.Several: {"kind.right_answer", "kind.not»"},
		questions.Truth:   {"kind.right_answer", "kind.not»"},
		questions.Order:   {"kind.right»", "kind.not»"},
		questions.Match:   {"kind.right_answer", "kind.not»"},
		questions.Number:  {"kind.right»", "kind.not»"},
		questions.Text:    {"kind.right»", "kind.not»"},
		questions.Date:    {"kind.right»", "kind.not»"},
		questions.Cloze:   {"kind.right»", "kind.not»"},
		questions.Flash:   {"kind.known", "kind.not_known"},
	}
	each(t, func(t *testing.T, k kind.Kind, s sample) {
		for i, r := range []questions.Response{s.right, s.wrong[0]} {
			marks, _ := k.Grade(s.version, questions.Lexicon{}, r)
			page := draw(t, k.Show(asked(s.version), r, marks))
			if !strings.Contains(page, said[k.Name()][i]) {
				t.Errorf("%q: the words %s are missing in\n%s", r, said[k.Name()][i], page)
			}
			if i == 0 && strings.Contains(page, said[k.Name()][1]) {
				t.Errorf("%q is right, but the page says %s:\n%s", r, said[k.Name()][1], page)
			}
		}
	})
}

func TestEditReadRoundTrip(t *testing.T) {
	each(t, func(t *testing.T, k kind.Kind, s sample) {
		page := draw(t, k.Edit(questions.Editing{Version: s.version, Say: words}))
		if got := k.Read(fields(t, page)); !reflect.DeepEqual(got, s.version) {
			t.Errorf("got %+v\nwant %+v", got, s.version)
		}
	})
}

// What an author typed is read as what it means.
func TestReadMends(t *testing.T) {
	tests := []struct {
		kind string
		form url.Values
		want func(questions.Version) bool
	}{
		{questions.Date, url.Values{"key": {" 25 Feb 1956 "}, "accept": {"26.2.1956\r\n1956-02-30"}}, func(v questions.Version) bool {
			return len(v.Answers) == 3 && v.Answers[0].Text == "1956-02-25" && v.Answers[1].Text == "1956-02-26" && v.Answers[2].Text == "1956-02-30"
		}},
		{questions.Number, url.Values{"key": {"90,000"}, "slack": {"0,5"}}, func(v questions.Version) bool { return v.Answers[0].Slack == .5 }},
		{questions.Number, url.Values{"key": {"90,000"}, "slack": {"-3"}}, func(v questions.Version) bool { return v.Answers[0].Slack == -3 }},
		{questions.Number, url.Values{"key": {"90,000"}, "slack": {"a bit"}}, func(v questions.Version) bool { return v.Answers[0].Slack < 0 }},
		{questions.Text, url.Values{"match": {"place"}, "accept": {"Wolgograd"}}, func(v questions.Version) bool {
			return v.Answers[0].Text == "" && v.Answers[0].Match == "place" && v.Answers[1].Text == "Wolgograd"
		}},
		{questions.Choice, url.Values{"option": {"a", "", "b", ""}, "why": {"", "", "", "left"}, "key": {"3"}}, func(v questions.Version) bool {
			return len(v.Answers) == 3 && v.Answers[1].Text == "b" && v.Answers[1].Credit == 1 && v.Answers[2].Feedback == "left"
		}},
		{questions.Several, url.Values{"option": {"a", "b", "c"}, "key": {"3", "1", "7"}}, func(v questions.Version) bool {
			return v.Answers[0].Credit == 1 && v.Answers[1].Credit == 0 && v.Answers[2].Credit == 1
		}},
		{questions.Truth, url.Values{"key": {"true"}, "why": {"no"}}, func(v questions.Version) bool {
			return v.Answers[0].Credit == 1 && v.Answers[0].Feedback == "" && v.Answers[1].Feedback == "no"
		}},
		{questions.Truth, url.Values{"why": {"no"}}, func(v questions.Version) bool { return len(v.Answers) == 2 && v.Answers[0].Credit == 0 }},
		{questions.Order, url.Values{"option": {"", " a ", "b", "c"}, "when": {"", "25 Feb 1956", "", ""}, "tie": {"2", "4"}, "feed": {"5", "6", "", "7"}}, func(v questions.Version) bool {
			a := v.Answers
			return len(a) == 3 && a[0].Part == 1 && a[0].Text == "a" && a[0].Feedback == "1956-02-25" && a[0].Slack == 0 && a[1].Slack == 0 && a[2].Slack == 1 && a[2].Fact == 7
		}},
		{questions.Order, url.Values{"option": {"a", "b", "c", "d"}, "place": {"1", "2", "3", "1"}, "tie": {"2"}, "when": {"", "1956", "", ""}, "feed": {"7", "8", "9", "10"}}, func(v questions.Version) bool {
			return v.Answers[0].Text+v.Answers[1].Text+v.Answers[2].Text+v.Answers[3].Text == "dabc" && v.Answers[0].Fact == 10 && v.Answers[0].Part == 1 && v.Answers[2].Slack == 1 && v.Answers[2].Feedback == "1956"
		}},
		{questions.Order, url.Values{"option": {"a", "b", "c", "d"}, "place": {"3", "2", "x", "4"}}, func(v questions.Version) bool {
			return v.Answers[0].Text+v.Answers[1].Text+v.Answers[2].Text+v.Answers[3].Text == "bcad"
		}},
		{questions.Order, url.Values{"option": {"a", "b", "c"}, "feed": {"7", "", "x"}}, func(v questions.Version) bool {
			return v.Answers[0].Fact == 7 && v.Answers[1].Fact == 0 && v.Answers[2].Fact == 0
		}},
		{questions.Match, url.Values{"option": {"a", "", "b"}, "belongs": {"A", "C", ""}, "why": {"", "", "hm"}, "feed": {"8", "9", "10"}}, func(v questions.Version) bool {
			return reflect.DeepEqual(v.Answers, []questions.Answer{{Part: 1, Fact: 8, Text: "a"}, {Part: 1, Fact: 8, Text: "A", Credit: 1},
				{Part: 2, Fact: 10, Text: "b"}, {Part: 2, Fact: 10, Credit: 1, Feedback: "hm"}, {Text: "C"}})
		}},
	}
	for i, test := range tests {
		k, _ := kind.Of(test.kind)
		if got := k.Read(test.form); !test.want(got) {
			t.Errorf("%d, %s of %v: got %+v", i, test.kind, test.form, got.Answers)
		}
	}
}

func TestMoreRows(t *testing.T) {
	each(t, func(t *testing.T, k kind.Kind, s sample) {
		form := fields(t, draw(t, k.Edit(questions.Editing{Version: s.version, Say: words})))
		rows := len(form["option"])
		if got := kind.Rows(form); got != rows {
			t.Errorf("got %d rows, want the %d that were sent", got, rows)
		}
		if rows == 0 {
			return
		}
		form.Set("do", "more")
		page := draw(t, k.Edit(questions.Editing{Version: k.Read(form), Say: words, Rows: kind.Rows(form)}))
		if got := len(fields(t, page)["option"]); got != rows+1 {
			t.Errorf("got %d rows after More options, want %d", got, rows+1)
		}
		if got := k.Read(fields(t, page)); !reflect.DeepEqual(got, s.version) {
			t.Errorf("More options lost something: got %+v\nwant %+v", got, s.version)
		}
	})
}

// fields returns what a browser would send of a form.
func fields(t *testing.T, page string) url.Values {
	t.Helper()
	root, err := html.Parse(strings.NewReader(page))
	if err != nil {
		t.Fatal(err)
	}
	form := url.Values{}
	for n := range root.Descendants() {
		if name := attr(n, "name"); name != "" && sent(n) {
			form.Add(name, valueOf(n))
		}
	}
	return form
}

func sent(n *html.Node) bool {
	toggles := attr(n, "type") == "radio" || attr(n, "type") == "checkbox"
	return n.Data != "button" && (!toggles || has(n, "checked"))
}

func valueOf(n *html.Node) string {
	switch n.Data {
	case "textarea":
		if n.FirstChild == nil {
			return ""
		}
		return n.FirstChild.Data
	case "select":
		for c := range n.Descendants() {
			if has(c, "selected") {
				return attr(c, "value")
			}
		}
	}
	return attr(n, "value")
}

func attr(n *html.Node, name string) string {
	for _, a := range n.Attr {
		if a.Key == name {
			return a.Val
		}
	}
	return ""
}

func has(n *html.Node, name string) bool {
	for _, a := range n.Attr {
		if a.Key == name {
			return true
		}
	}
	return false
}

func TestTextsAreEscaped(t *testing.T) {
	const evil = `<script>alert(1)</script><img src=x onerror=alert(1)> [x](javascript:alert(1)) "'`
	each(t, func(t *testing.T, k kind.Kind, s sample) {
		v := s.version
		v.Prompt, v.Explain, v.Lang, v.Level = evil, evil, evil, evil
		v.Answers = append([]questions.Answer(nil), v.Answers...)
		for i := range v.Answers {
			v.Answers[i].Text, v.Answers[i].Feedback = evil, evil
		}
		a := asked(v)
		a.Say = func(string, ...any) string { return evil }
		turned := a
		turned.Tried, turned.Back, turned.Reason = questions.Response{"show"}, []string{evil, evil}, questions.Reason{Code: "x", Args: []string{evil}}
		tried := a
		tried.Tried = questions.Response{evil}
		marks := []questions.Mark{{Canonical: evil, Verdict: questions.Wrong}}
		pages := []string{
			draw(t, k.Ask(a)), draw(t, k.Ask(turned)), draw(t, k.Ask(tried)),
			draw(t, k.Show(a, questions.Response{evil}, marks)), draw(t, k.Edit(questions.Editing{Version: v, Say: a.Say, Problems: k.Check(v)})),
		}
		for i, page := range pages {
			if strings.Contains(page, "<script") || strings.Contains(page, "<img") || strings.Contains(page, "href=\"javascript") {
				t.Errorf("page %d lets markup through:\n%s", i, page)
			}
		}
	})
}

func TestMarkup(t *testing.T) {
	const (
		picture = "/media/0123456789abcdef0123456789abcdef-640x480.png"
		tune    = "/media/0123456789abcdef0123456789abcdef.mp3"
		drawn   = `<img src="` + picture + `" alt="A &#39;map&#39;" width="640" height="480">`
		played  = `<audio controls="controls" preload="none" src="` + tune + `" aria-label="Anthem"></audio>`
	)
	tests := []struct{ in, block, inline string }{
		{"one *two* **three**", "<p>one <em>two</em> <strong>three</strong></p>\n", "one <em>two</em> <strong>three</strong>"},
		{"a < b & c", "<p>a &lt; b &amp; c</p>\n", "a &lt; b &amp; c"},
		{"<b>bold</b>", "<p>&lt;b&gt;bold&lt;/b&gt;</p>\n", "&lt;b&gt;bold&lt;/b&gt;"},
		{"one\n\ntwo", "<p>one</p>\n<p>two</p>\n", "one<br>two"},
		{"![Map](/media/ab12.png)", "<p>Map</p>\n", "Map"}, // not one of ours
		{"![A \"map\"](" + picture + ")", "<p>" + drawn + "</p>\n", drawn},
		{"![Anthem](" + tune + ")", "<p>" + played + "</p>\n", played},
		{"![Map](https://example.org/a.png)", "<p>Map</p>\n", "Map"},
		{"", "", ""},
	}
	for _, test := range tests {
		if got := draw(t, kind.Markup(test.in)); got != test.block {
			t.Errorf("Markup(%q) = %q, want %q", test.in, got, test.block)
		}
		if got := draw(t, kind.Inline(test.in)); got != test.inline {
			t.Errorf("Inline(%q) = %q, want %q", test.in, got, test.inline)
		}
	}
}

func TestWords(t *testing.T) {
	each(t, func(t *testing.T, k kind.Kind, s sample) {
		a := asked(s.version)
		right := k.Words(a, s.right)
		if right.Key == "" || len(right.Notes) > 0 || (right.Given == "") != (k.Name() == questions.Flash) {
			t.Errorf("right: got %+v, want the key, what was given and no note", right)
		}
		if got := k.Words(a, nil); got.Key != right.Key || got.Given != "" || len(got.Notes) > 0 {
			t.Errorf("no response: got %+v, want the key alone", got)
		}
		foreseen := ""
		for _, option := range s.version.Answers {
			foreseen += option.Feedback
		}
		wrong := k.Words(a, s.wrong[0])
		if foreseen != "" && (len(wrong.Notes) != 1 || !strings.Contains(foreseen, wrong.Notes[0])) {
			t.Errorf("%q: got %+v, want what the author says to it", s.wrong[0], wrong)
		}
	})
}

func TestWordsOfOneKind(t *testing.T) {
	tests := []struct {
		kind string
		r    questions.Response
		want kind.Words
	}{
		{questions.Several, questions.Response{"4", "1", "2"}, kind.Words{Key: "Stalin was moved; Stalingrad was renamed",
			Given: "Stalin was moved; The Secret Speech was given; Beria was shot", Notes: []string{"That was in 1956.", "That was in 1953."}}},
		{questions.Truth, questions.Response{"1"}, kind.Words{Key: "«kind.is_false» ", Given: "«kind.is_true» ", Notes: []string{"It was moved in 1961."}}},
		{questions.Order, questions.Response{"2", "1", "3", "4"}, kind.Words{Key: "Stalin's death → Secret Speech → Revolt in Hungary → Stalin moved",
			Given: "Secret Speech → Stalin's death → Revolt in Hungary → Stalin moved"}},
		{questions.Match, questions.Response{"4", "2", "4"}, kind.Words{Key: "Volgograd: Stalingrad; Donetsk: Stalino; Dushanbe: Stalinabad",
			Given: "Volgograd: Leningrad; Donetsk: Stalino; Dushanbe: Leningrad", Notes: []string{"That is Saint Petersburg."}}},
		{questions.Number, questions.Response{" 1,920,635 "}, kind.Words{Key: "688,503", Given: "1,920,635", Notes: []string{"So many were arrested."}}},
		{questions.Date, questions.Response{"1955"}, kind.Words{Key: "25 February 1956", Given: "1955"}},
		{questions.Cloze, questions.Response{" malenkov", ""}, kind.Words{Key: "Nikita Khrushchev; 25 February 1956", Given: "malenkov; –", Notes: []string{"He had resigned."}}},
		{questions.Text, questions.Response{"malenkov"}, kind.Words{Key: "Nikita Khrushchev", Given: "malenkov", Notes: []string{"He had resigned."}}},
	}
	for _, test := range tests {
		k, _ := kind.Of(test.kind)
		if got := k.Words(asked(samples[test.kind].version), test.r); !reflect.DeepEqual(got, test.want) {
			t.Errorf("%s: got %+v\nwant %+v", test.kind, got, test.want)
		}
	}
}

// Words hold no markup, however the texts are set.
func TestWordsAreBare(t *testing.T) {
	for _, name := range []string{questions.Choice, questions.Several, questions.Order, questions.Match, questions.Flash} {
		k, _ := kind.Of(name)
		v := samples[name].version
		for _, r := range []questions.Response{samples[name].right, samples[name].wrong[0]} {
			want := k.Words(asked(v), r)
			set := v
			set.Answers = slices.Clone(v.Answers)
			for i, a := range set.Answers {
				set.Answers[i].Text = "*" + strings.ReplaceAll(a.Text, "*", "") + "*"
			}
			if got := k.Words(asked(set), r); !reflect.DeepEqual(got, want) {
				t.Errorf("%s: in italics got %+v, want %+v", name, got, want)
			}
		}
	}
}

func TestGuess(t *testing.T) {
	want := map[string]float64{questions.Choice: 1. / 3, questions.Several: 1. / 15, questions.Truth: .5, questions.Order: .25, questions.Match: .25}
	each(t, func(t *testing.T, k kind.Kind, s sample) {
		if got := k.Guess(s.version); got != want[k.Name()] {
			t.Errorf("got %v, want %v", got, want[k.Name()])
		}
	})
}
