package kind

import (
	"net/url"
	"strconv"

	"github.com/a-h/templ"

	"thaw/questions"
)

// choice asks to pick one of several options. A response is the place of the
// option, from 1, in the order shown; so its form tells nothing about the key.
type choice struct{}

var _ Kind = choice{}

func (choice) Name() string { return questions.Choice }

func (choice) Check(v questions.Version) []questions.Problem {
	found := append(checkCommon(v), checkLength(v, MaxOption)...)
	if len(v.Answers) < 2 {
		found = append(found, problem("answers", "problem.few_options"))
	}
	if len(v.Answers) > MaxOptions {
		found = append(found, problem("answers", "problem.many_options", strconv.Itoa(MaxOptions)))
	}
	if keys(v) > 1 {
		found = append(found, problem("answers", "problem.two_keys"))
	}
	return found
}

func keys(v questions.Version) int {
	n := 0
	for _, a := range v.Answers {
		if a.Credit == 1 {
			n++
		}
	}
	return n
}

func (choice) Grade(v questions.Version, _ questions.Lexicon, r questions.Response) ([]questions.Mark, error) {
	at, ok := picked(v, r)
	if !ok {
		return nil, ErrResponse
	}
	key, _ := v.Key(1)
	option := v.Answers[at]
	mark := questions.Mark{Part: 1, Fact: key.Fact, Canonical: key.Text, Credit: option.Credit, Verdict: questions.Right}
	if option.Credit == 1 {
		return []questions.Mark{mark}, nil
	}
	mark.Verdict, mark.Given = questions.Wrong, option.Entity
	mark.Reason = questions.Reason{Code: "reason.chosen", Args: []string{option.Text}}
	return []questions.Mark{mark}, nil
}

// picked returns the index of the option that was picked.
func picked(v questions.Version, r questions.Response) (int, bool) {
	if len(r) != 1 || len(r[0]) > 4 {
		return 0, false
	}
	n, err := strconv.Atoi(r[0])
	if err != nil || strconv.Itoa(n) != r[0] || n < 1 || n > len(v.Answers) {
		return 0, false
	}
	return n - 1, true
}

func (choice) Guess(v questions.Version) float64 {
	if len(v.Answers) == 0 {
		return 0
	}
	return float64(keys(v)) / float64(len(v.Answers))
}

func (choice) Ask(a questions.Asked) templ.Component { return choiceAsk(a) }

func (choice) Show(a questions.Asked, r questions.Response, _ []questions.Mark) templ.Component {
	return choiceShow(a, optionsAfter(a, r))
}

func (choice) Edit(v questions.Version, say questions.Say) templ.Component {
	return choiceEdit(v, optionRows(v.Answers, 4), say)
}

func (choice) Read(form url.Values) questions.Version {
	v := readCommon(form, questions.Choice)
	v.Fixed = form.Get("fixed") != ""
	v.Answers = readOptions(form, form.Get("key"), "")
	return v
}

// shown is an option after the verdict.
type shown struct {
	questions.Answer
	class  string
	sign   string // ✓ or the word Not; none for the others
	word   string // what the sign says
	chosen string // "your answer" on the one that was picked
}

func optionsAfter(a questions.Asked, r questions.Response) []shown {
	at, ok := picked(a.Version, r)
	rows := make([]shown, len(a.Version.Answers))
	for i, option := range a.Version.Answers {
		rows[i] = shown{Answer: option, class: "is-other"}
		if option.Credit == 1 {
			rows[i].class, rows[i].sign, rows[i].word = "is-right", "✓", say(a, "kind.right_answer")
		}
		if !ok || i != at {
			continue
		}
		rows[i].chosen = say(a, "kind.your_answer")
		if option.Credit != 1 {
			rows[i].class, rows[i].sign = "is-wrong", say(a, "kind.not")
		}
	}
	return rows
}

// gave tells whether the answer shown again is the value.
func gave(a questions.Asked, value string) bool { return len(a.Given) == 1 && a.Given[0] == value }

// say looks a text up; a page without a catalogue shows the key.
func say(a questions.Asked, key string, args ...any) string { return speak(a.Say, key, args...) }

func speak(s questions.Say, key string, args ...any) string {
	if s == nil {
		return key
	}
	return s(key, args...)
}

// because says a reason.
func because(a questions.Asked, r questions.Reason) string {
	args := make([]any, len(r.Args))
	for i, arg := range r.Args {
		args[i] = arg
	}
	return say(a, r.Code, args...)
}
