package kind

import (
	"net/url"

	"github.com/a-h/templ"

	"thaw/questions"
	"thaw/questions/grade"
)

// date asks when something was. Its keys are written in EDTF.
type date struct{}

var _ Kind = date{}

func (date) Name() string { return questions.Date }

func (date) Check(v questions.Version) []questions.Problem {
	places := typedPlaces(v)
	found := append(checkCommon(v, places), checkLength(v, places, grade.MaxInput)...)
	for i, a := range v.Answers {
		if a.Match != questions.MatchDate {
			found = append(found, places[i].problem("problem.no_match"))
		}
		if a.Text != "" && a.Credit == 1 && !grade.ValidDate(a.Text) {
			found = append(found, places[i].problem("problem.bad_date", a.Text))
		}
	}
	return found
}

func (date) Grade(v questions.Version, lex questions.Lexicon, r questions.Response) ([]questions.Mark, error) {
	return gradeTyped(v, lex, r)
}

func (date) Guess(questions.Version) float64 { return 0 }

func (date) Ask(a questions.Asked) templ.Component { return typedAsk(a, say(a, "kind.date_hint")) }

func (date) Show(a questions.Asked, r questions.Response, marks []questions.Mark) templ.Component {
	return typedShow(a, typedAfter(a, r, marks))
}

func (date) Words(a questions.Asked, r questions.Response) Words { return typedWords(a.Version, r) }

func (date) Edit(e questions.Editing) templ.Component {
	return typedEdit(e, "kind.edit.date_hint", "kind.edit.accept_date", noField())
}

func (date) Read(form url.Values) questions.Version {
	v := readCommon(form, questions.Date)
	v.Answers = readTyped(form, questions.MatchDate)
	for i, a := range v.Answers {
		v.Answers[i].Text = grade.EDTF(a.Text)
	}
	return v
}
