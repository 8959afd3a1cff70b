package kind

import (
	"math"
	"net/url"
	"slices"

	"github.com/a-h/templ"

	"thaw/questions"
	"thaw/questions/grade"
)

// number asks for a number, which is typed in digits or in words. How far off an
// answer may be stands on the key, in its own unit.
type number struct{}

var _ Kind = number{}

func (number) Name() string { return questions.Number }

func (number) Check(v questions.Version) []questions.Problem {
	places := typedPlaces(v)
	found := append(checkCommon(v, places), checkLength(v, places, grade.MaxInput)...)
	for i, a := range v.Answers {
		if a.Match != questions.MatchNumber {
			found = append(found, places[i].problem("problem.no_match"))
		}
		if _, ok := grade.NumberOf(a.Text); a.Text != "" && !ok {
			found = append(found, places[i].problem("problem.bad_number", a.Text))
		}
		if countsAlready(v.Answers[:i], a) {
			found = append(found, places[i].problem("problem.counts_already", a.Text))
		}
	}
	if slices.ContainsFunc(v.Answers, func(a questions.Answer) bool { return !(a.Slack >= 0 && a.Slack <= math.MaxFloat64) }) {
		found = append(found, problem("slack", "problem.slack"))
	}
	return found
}

// countsAlready tells whether a number is right by one of the answers before it:
// the same number in another form, or a wrong one within the tolerance.
func countsAlready(before []questions.Answer, a questions.Answer) bool {
	n, ok := grade.NumberOf(a.Text)
	for _, b := range before {
		key, read := grade.NumberOf(b.Text)
		if !ok || !read || b.Credit != 1 || questions.Fold(a.Text) == questions.Fold(b.Text) {
			continue
		}
		if n == key || a.Credit != 1 && math.Abs(n-key) <= b.Slack {
			return true
		}
	}
	return false
}

func (number) Grade(v questions.Version, lex questions.Lexicon, r questions.Response) ([]questions.Mark, error) {
	return gradeTyped(v, lex, r)
}

func (number) Guess(questions.Version) float64 { return 0 }

func (number) Ask(a questions.Asked) templ.Component { return typedAsk(a, say(a, "kind.number_hint")) }

func (number) Show(a questions.Asked, r questions.Response, marks []questions.Mark) templ.Component {
	return typedShow(a, typedAfter(a, r, marks))
}

func (number) Words(a questions.Asked, r questions.Response) Words { return typedWords(a.Version, r) }

func (number) Edit(e questions.Editing) templ.Component {
	return typedEdit(e, "kind.edit.number_hint", "kind.edit.accept_number", editSlack(e))
}

func (number) Read(form url.Values) questions.Version {
	v := readCommon(form, questions.Number)
	v.Answers = readTyped(form, questions.MatchNumber)
	slack := readSlack(field(form, "slack"))
	for i, a := range v.Answers {
		if a.Credit == 1 {
			v.Answers[i].Slack = slack
		}
	}
	return v
}

// readSlack reads a tolerance. What is no number is read as one below zero,
// which the check refuses.
func readSlack(text string) float64 {
	if text == "" {
		return 0
	}
	n, ok := grade.NumberOf(text)
	if !ok {
		return -1
	}
	return n
}
