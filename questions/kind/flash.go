package kind

import (
	"net/url"
	"slices"

	"github.com/a-h/templ"

	"thaw/questions"
)

// flash is a flashcard: its back is shown on demand, and the learner says how
// well it was known.
type flash struct{}

var _ Kind = flash{}

// turn is the response that shows the back.
const turn = "show"

// ratings are the buttons under a turned flashcard. stored: never rename
var ratings = []struct {
	name string
	self int
	two  string // its label among two buttons; none when it is not among them
	four string
}{
	{"again", 1, "kind.forgot", "kind.again"},
	{"hard", 2, "", "kind.hard"},
	{"good", 3, "kind.knew", "kind.good"},
	{"easy", 4, "", "kind.easy"},
}

func (flash) Name() string { return questions.Flash }

func (flash) Check(v questions.Version) []questions.Problem {
	places := slices.Repeat([]place{{"key", 0, "key"}}, len(v.Answers))
	found := append(checkCommon(v, places), checkLength(v, places, MaxPrompt)...)
	found = append(found, checkDrawn(v, places)...)
	if len(v.Answers) > 1 {
		found = append(found, problem("key", "problem.one_back"))
	}
	return found
}

func (flash) Grade(v questions.Version, _ questions.Lexicon, r questions.Response) ([]questions.Mark, error) {
	if len(r) != 1 {
		return nil, ErrResponse
	}
	if r[0] == turn {
		return nil, nil
	}
	for _, rating := range ratings {
		if rating.name == r[0] {
			return []questions.Mark{rated(v, rating.self)}, nil
		}
	}
	return nil, ErrResponse
}

func rated(v questions.Version, self int) questions.Mark {
	key, _ := v.Key(1)
	mark := questions.Mark{Part: 1, Fact: key.Fact, Canonical: key.Text, Self: self, Verdict: questions.Right, Credit: 1}
	if self == 1 {
		mark.Verdict, mark.Credit = questions.Wrong, 0
		mark.Reason = questions.Reason{Code: "reason.forgot"}
	}
	return mark
}

func (flash) Guess(questions.Version) float64 { return 0 }

func (flash) Ask(a questions.Asked) templ.Component {
	if len(a.Tried) == 1 && a.Tried[0] == turn {
		return flashTurned(a, rateButtons(a))
	}
	return flashFront(a)
}

func (flash) Show(a questions.Asked, _ questions.Response, marks []questions.Mark) templ.Component {
	said := say(a, "kind.not_known")
	sign := "✗"
	if len(marks) > 0 && marks[0].Credit == 1 {
		said, sign = say(a, "kind.known"), "✓"
	}
	return flashShow(a, sign, said)
}

func (flash) Words(a questions.Asked, _ questions.Response) Words {
	return Words{Key: bare(keyText(a.Version))}
}

func (flash) Edit(e questions.Editing) templ.Component { return flashEdit(e) }

func (flash) Read(form url.Values) questions.Version {
	v := readCommon(form, questions.Flash)
	if back := field(form, "key"); back != "" {
		v.Answers = []questions.Answer{{Part: 1, Fact: factOf(form), Text: back, Credit: 1}}
	}
	return v
}

// rateButton is one button under a turned flashcard.
type rateButton struct {
	value, label, back string
	primary            bool
}

func rateButtons(a questions.Asked) []rateButton {
	var buttons []rateButton
	for _, rating := range ratings {
		label := rating.four
		if a.Buttons != 4 {
			label = rating.two
		}
		if label == "" {
			continue
		}
		b := rateButton{value: rating.name, label: say(a, label), primary: rating.name == "good"}
		b.back = nth(a.Back, len(buttons))
		buttons = append(buttons, b)
	}
	return buttons
}
