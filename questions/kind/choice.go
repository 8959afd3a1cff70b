package kind

import (
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/a-h/templ"

	"thaw/questions"
)

// choice asks to pick one of several options. A response is the place of the
// option, from 1, in the order shown; so its form tells nothing about the key.
type choice struct{}

var _ Kind = choice{}

func (choice) Name() string { return questions.Choice }

func (choice) Check(v questions.Version) []questions.Problem {
	found := checkOptions(v)
	if keys(v) > 1 {
		found = append(found, problem("key", "problem.two_keys"))
	}
	return found
}

// checkOptions finds what is unfit in options of which some are to be picked.
func checkOptions(v questions.Version) []questions.Problem {
	places := optionPlaces(v)
	found := append(checkCommon(v, places), checkLength(v, places, MaxOption)...)
	found = append(found, checkDrawn(v, places)...)
	if len(v.Answers) < 2 {
		found = append(found, problem("option", "problem.few_options"))
	}
	if len(v.Answers) > MaxOptions {
		found = append(found, problem("option", "problem.many_options", strconv.Itoa(MaxOptions)))
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

func (choice) Grade(v questions.Version, lex questions.Lexicon, r questions.Response) ([]questions.Mark, error) {
	return gradeOne(v, lex, r)
}

func gradeOne(v questions.Version, lex questions.Lexicon, r questions.Response) ([]questions.Mark, error) {
	picks, ok := picked(v, r)
	if !ok || len(r) != 1 {
		return nil, ErrResponse
	}
	key, _ := v.Key(1)
	option := v.Answers[picks[0]]
	mark := questions.Mark{Part: 1, Fact: key.Fact, Canonical: key.Text, Credit: option.Credit, Verdict: questions.Right}
	if option.Credit == 1 {
		return []questions.Mark{mark}, nil
	}
	mark.Verdict, mark.Given = questions.Wrong, lex.Of(option)
	mark.Reason = questions.Reason{Code: "reason.chosen", Args: []string{option.Text}}
	return []questions.Mark{mark}, nil
}

// picked returns the indices of the options that were picked, each once.
func picked(v questions.Version, r questions.Response) ([]int, bool) {
	var picks []int
	for _, given := range r {
		n, err := strconv.Atoi(given)
		if err != nil || strconv.Itoa(n) != given || n < 1 || n > len(v.Answers) || slices.Contains(picks, n-1) {
			return nil, false
		}
		picks = append(picks, n-1)
	}
	return picks, len(picks) > 0
}

func (choice) Guess(v questions.Version) float64 {
	if len(v.Answers) == 0 {
		return 0
	}
	return float64(keys(v)) / float64(len(v.Answers))
}

func (choice) Ask(a questions.Asked) templ.Component { return optionsAsk(a, "radio", "") }

func (choice) Show(a questions.Asked, r questions.Response, _ []questions.Mark) templ.Component {
	return optionsShow(a, optionsAfter(a, r))
}

func (choice) Words(a questions.Asked, r questions.Response) Words { return optionWords(a.Version, r) }

// optionWords puts picked options into words, several with semicolons.
func optionWords(v questions.Version, r questions.Response) Words {
	var keys, given []string
	var w Words
	for _, a := range v.Answers {
		if a.Credit == 1 {
			keys = append(keys, bare(a.Text))
		}
	}
	picks, _ := picked(v, r)
	slices.Sort(picks)
	for _, i := range picks {
		option := v.Answers[i]
		given = append(given, bare(option.Text))
		if option.Credit != 1 && option.Feedback != "" {
			w.Notes = append(w.Notes, bare(option.Feedback))
		}
	}
	w.Key, w.Given = strings.Join(keys, "; "), strings.Join(given, "; ")
	return w
}

func (choice) Edit(e questions.Editing) templ.Component {
	return optionsEdit(e, "radio", "kind.edit.choice_hint")
}

func (choice) Read(form url.Values) questions.Version {
	v := readCommon(form, questions.Choice)
	v.Fixed = form.Get("fixed") != ""
	v.Answers = readOptions(form, form["key"], "")
	return v
}

// shown is an option after the verdict.
type shown struct {
	questions.Answer
	class string
	sign  string // ✓ or the word Not; none for the others
	word  string // what the sign says
	note  string // "your answer" on what was picked, "missed" on what should have been
}

func optionsAfter(a questions.Asked, r questions.Response) []shown {
	picks, _ := picked(a.Version, r)
	several := keys(a.Version) > 1
	rows := make([]shown, len(a.Version.Answers))
	for i, option := range a.Version.Answers {
		rows[i] = shown{Answer: option, class: "is-other"}
		if option.Credit == 1 {
			rows[i].class, rows[i].sign, rows[i].word = "is-right", "✓", say(a, "kind.right_answer")
		}
		if !slices.Contains(picks, i) {
			if several && option.Credit == 1 {
				rows[i].note = say(a, "kind.missed")
			}
			continue
		}
		rows[i].note = say(a, "kind.your_answer")
		if option.Credit != 1 {
			rows[i].class, rows[i].sign = "is-wrong", say(a, "kind.not")
		}
	}
	return rows
}

// gave tells whether a value was given before: in the answer that is shown again,
// or in the first try.
func gave(a questions.Asked, value string) bool {
	if len(a.Given) > 0 {
		return slices.Contains(a.Given, value)
	}
	return slices.Contains(a.Tried, value)
}

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
