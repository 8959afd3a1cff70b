package lint

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"golang.org/x/text/language"

	"thaw/questions"
	"thaw/questions/grade"
)

// item is a question made ready for the rules.
type item struct {
	Question
	stem    string // the prompt without markup, a gap as …
	keys    []questions.Answer
	wrong   []questions.Answer
	english bool // the rules about words hold
	spaced  bool // its language puts blanks between words
}

var (
	gap    = regexp.MustCompile(`\{\{([^{}]*)\}\}`)
	markup = regexp.MustCompile("[*_`]+")
	quoted = regexp.MustCompile(`["“][^"“”]*["”]`)
)

func newLinter(b Bank) *linter {
	l := &linter{bank: b, twins: map[questions.FactID]string{}, names: map[string]questions.Entity{}, keys: map[string][]told{}}
	for _, f := range b.Facts {
		l.twins[f.ID] = f.Twin
	}
	for _, e := range b.Lexicon.Entities {
		for _, form := range append([]string{e.Name}, e.Spellings...) {
			l.names[questions.Fold(form)] = e
		}
	}
	for _, q := range b.Questions {
		l.items = append(l.items, newItem(q))
	}
	l.index()
	return l
}

func newItem(q Question) item {
	i := item{Question: q, stem: strings.TrimSpace(markup.ReplaceAllString(gap.ReplaceAllString(q.Prompt, "…"), ""))}
	tag, _ := language.Make(q.Lang).Base()
	i.english = tag.String() == "en"
	i.spaced = !slices.Contains([]string{"zh", "ja", "th", "lo", "km", "my"}, tag.String())
	for _, a := range q.Answers {
		switch {
		case a.Credit == 1:
			i.keys = append(i.keys, a)
		case a.Credit == 0 && (q.Kind != questions.Match || a.Part == 0):
			i.wrong = append(i.wrong, a)
		}
	}
	return i
}

// is tells whether the question is of one of these kinds.
func (q item) is(kinds ...string) bool { return slices.Contains(kinds, q.Kind) }

// picked tells whether there are options that were written for the question.
func (q item) picked() bool { return q.is(questions.Choice, questions.Several) }

// quiz tells whether it is no flashcard.
func (q item) quiz() bool { return q.Kind != questions.Flash }

// said tells whether the text of a key is a text of its own: those of a truth are not,
// nor are things that are put where they belong.
func (q item) said() bool { return !q.is(questions.Truth, questions.Order, questions.Match) }

// line is the stem with its gaps filled.
func (q item) line() string {
	n := 0
	return markup.ReplaceAllString(gap.ReplaceAllStringFunc(q.Prompt, func(string) string {
		n++
		key, _ := q.Key(n)
		return grade.Canonical(key)
	}), "")
}

// entity is the entity that an answer names.
func (l *linter) entity(a questions.Answer) (questions.Entity, bool) {
	if e, ok := l.bank.Lexicon.Entity(a.Entity); ok {
		return e, true
	}
	e, ok := l.names[questions.Fold(a.Text)]
	return e, ok
}

// person tells whether an answer is a person: a name that stands everywhere.
func (l *linter) person(a questions.Answer) bool {
	e, ok := l.entity(a)
	return a.Match == questions.MatchPerson || ok && e.Kind == questions.MatchPerson
}

// words counts the words of a text: what stands between blanks and has a letter, a
// digit or a gap.
func words(text string) int {
	n := 0
	for _, w := range strings.Fields(text) {
		if strings.ContainsFunc(w, func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) || r == '…' }) {
			n++
		}
	}
	return n
}

// bare is a text as rules compare it: folded words with one blank between, without
// other signs.
func bare(text string) string {
	return strings.Join(strings.FieldsFunc(questions.Fold(text), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }), " ")
}

// holds tells whether a text has another one in it, word by word; both are bare.
func holds(text, part string) bool {
	return part != "" && strings.Contains(" "+text+" ", " "+part+" ")
}

func length(text string) int { return len([]rune(text)) }

func count(n int) string { return strconv.Itoa(n) }
