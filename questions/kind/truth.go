package kind

import (
	"net/url"
	"slices"

	"github.com/a-h/templ"

	"thaw/questions"
)

// truth asks whether a statement is true. Its two answers are stored as truths,
// always in this order; the page says them in the reader's language. A response
// is the place of the answer, as in a choice.
type truth struct{}

var _ Kind = truth{}

// truths are the texts of the two answers. stored: never rename
var truths = [...]string{"true", "false"}

func (truth) Name() string { return questions.Truth }

func (truth) Check(v questions.Version) []questions.Problem {
	places := slices.Repeat([]place{{"key", 0, "why"}}, len(v.Answers))
	found := append(checkCommon(v, places), checkLength(v, places, MaxOption)...)
	if keys(v) > 1 {
		found = append(found, problem("key", "problem.two_keys"))
	}
	if len(v.Answers) != len(truths) || v.Answers[0].Text != truths[0] || v.Answers[1].Text != truths[1] {
		found = append(found, problem("key", "problem.not_truth"))
	}
	return found
}

func (truth) Grade(v questions.Version, _ questions.Lexicon, r questions.Response) ([]questions.Mark, error) {
	return gradeOne(v, questions.Lexicon{}, r)
}

func (truth) Guess(questions.Version) float64 { return .5 }

func (truth) Ask(a questions.Asked) templ.Component { return truthAsk(a) }

func (truth) Show(a questions.Asked, r questions.Response, _ []questions.Mark) templ.Component {
	rows := optionsAfter(a, r)
	for i := range rows {
		rows[i].Text = truthSaid(a, "kind.", rows[i].Text)
	}
	return truthShow(a, rows)
}

// truthSaid says a truth in the reader's language, by the words of an area of the
// catalogue; what is no truth stays as it is.
func truthSaid(a questions.Asked, area, text string) string {
	if slices.Contains(truths[:], text) {
		return say(a, area+text)
	}
	return text
}

func (truth) Words(a questions.Asked, r questions.Response) Words {
	w := optionWords(a.Version, r)
	w.Key = truthSaid(a, "kind.is_", w.Key)
	w.Given = truthSaid(a, "kind.is_", w.Given)
	return w
}

func (truth) Edit(e questions.Editing) templ.Component { return truthEdit(e) }

func (truth) Read(form url.Values) questions.Version {
	v := readCommon(form, questions.Truth)
	v.Fixed = true
	for _, text := range truths {
		a := questions.Answer{Part: 1, Fact: factOf(form), Text: text}
		if form.Get("key") == text {
			a.Credit = 1
		} else if slices.Contains(truths[:], form.Get("key")) {
			a.Feedback = oneLine(form.Get("why"))
		}
		v.Answers = append(v.Answers, a)
	}
	return v
}

// whyNot is what is said to the wrong one of two truths.
func whyNot(v questions.Version) string {
	for _, a := range foreseen(v) {
		if a.Feedback != "" {
			return a.Feedback
		}
	}
	return ""
}
