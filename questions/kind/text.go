package kind

import (
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/a-h/templ"

	"thaw/questions"
	"thaw/questions/grade"
)

// text asks for a name, a place or a term, which is typed.
type text struct{}

var _ Kind = text{}

func (text) Name() string { return questions.Text }

func (text) Check(v questions.Version) []questions.Problem {
	places := typedPlaces(v)
	found := append(checkCommon(v, places), checkLength(v, places, grade.MaxInput)...)
	for _, a := range v.Answers {
		if !slices.Contains(nameMatches[:], a.Match) {
			return append(found, problem("match", "problem.no_match"))
		}
	}
	return append(found, checkKeyRight(v)...)
}

// nameMatches are the ways to compare that a text has; dates and numbers are
// kinds of their own.
var nameMatches = [...]string{questions.MatchPerson, questions.MatchPlace, questions.MatchOrg, questions.MatchTitle, questions.MatchTerm, questions.MatchOrdinal, questions.MatchSet}

// checkKeyRight finds a key that would itself be marked wrong: one of signs
// only, or one that says "I don't know".
func checkKeyRight(v questions.Version) []questions.Problem {
	key, ok := v.Key(1)
	if !ok || key.Text == "" {
		return nil
	}
	mark := grade.Typed(v.Answers, questions.Lexicon{}, grade.Canonical(key))
	if mark.Verdict != questions.Right {
		return []questions.Problem{problem("key", "problem.key_not_right", key.Text)}
	}
	return nil
}

func (text) Grade(v questions.Version, lex questions.Lexicon, r questions.Response) ([]questions.Mark, error) {
	return gradeTyped(v, lex, r)
}

func gradeTyped(v questions.Version, lex questions.Lexicon, r questions.Response) ([]questions.Mark, error) {
	if len(r) != 1 {
		return nil, ErrResponse
	}
	mark := grade.Typed(v.Answers, lex, r[0])
	mark.Part = 1
	return []questions.Mark{mark}, nil
}

func (text) Guess(questions.Version) float64 { return 0 }

func (text) Ask(a questions.Asked) templ.Component { return typedAsk(a, "") }

func (text) Show(a questions.Asked, r questions.Response, marks []questions.Mark) templ.Component {
	return typedShow(a, typedAfter(a, r, marks))
}

func (text) Words(a questions.Asked, r questions.Response) Words { return typedWords(a.Version, r) }

// typedWords puts a typed answer into words, with what the author foresaw of it.
func typedWords(v questions.Version, r questions.Response) Words {
	key, _ := v.Key(1)
	w := Words{Key: grade.Canonical(key)}
	if len(r) != 1 {
		return w
	}
	w.Given = cap200(strings.TrimSpace(r[0]))
	if known, ok := grade.Foreseen(v.Answers, w.Given); ok && known.Feedback != "" {
		w.Notes = []string{bare(known.Feedback)}
	}
	return w
}

func (text) Edit(e questions.Editing) templ.Component {
	return typedEdit(e, "", "kind.edit.accept_text", editMatch(e))
}

func (text) Read(form url.Values) questions.Version {
	v := readCommon(form, questions.Text)
	v.Answers = readTyped(form, field(form, "match"))
	return v
}

// typed is a typed answer after the verdict.
type typed struct {
	given string
	class string
	sign  string
	word  string
	key   string // empty when the answer was just the key
}

func typedAfter(a questions.Asked, r questions.Response, marks []questions.Mark) typed {
	var mark questions.Mark
	if len(marks) > 0 {
		mark = marks[0]
	}
	after := typed{class: "is-wrong", sign: say(a, "kind.not"), key: mark.Canonical}
	if len(r) > 0 {
		after.given = cap200(r[0])
	}
	if strings.TrimSpace(after.given) == after.key {
		after.key = ""
	}
	if mark.Verdict == questions.Almost {
		after.class, after.sign, after.word = "is-almost", "◐", say(a, "kind.almost")
	}
	if questions.Fold(after.given) == questions.Fold(after.key) {
		after.key = ""
	}
	if mark.Verdict == questions.Right || mark.Verdict == questions.Slip {
		after.class, after.sign, after.word = "is-right", "✓", say(a, "kind.right")
	}
	return after
}

// cap200 shortens what nobody could have typed into the field.
func cap200(s string) string {
	n := 0
	for i := range s {
		if n == grade.MaxInput {
			return s[:i] + "…"
		}
		n++
	}
	return s
}

// typedBefore is what stands in the field again: an answer that could not be
// kept, or the first try.
func typedBefore(a questions.Asked) string {
	for _, r := range []questions.Response{a.Given, a.Tried} {
		if len(r) > 0 {
			return cap200(r[0])
		}
	}
	return ""
}

// describes names the lines that a field is described by.
func describes(a questions.Asked, hint string) string {
	if hint != "" && len(a.Tried) > 0 {
		return "answer-reason answer-hint"
	}
	if len(a.Tried) > 0 {
		return "answer-reason"
	}
	if hint != "" {
		return "answer-hint"
	}
	return ""
}

func maxInput() string { return strconv.Itoa(grade.MaxInput) }
