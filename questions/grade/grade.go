// Package grade judges typed answers: names, places, terms, dates and numbers.
// There is no single string rule; the answer's match says which one holds. It is
// pure, never panics, and takes well under a millisecond.
package grade

import (
	"strings"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"thaw/questions"
)

// MaxInput is the longest input that is judged, in characters.
const MaxInput = 200

// Revision numbers the rules of this package, so that a stored mark says by
// which of them it was made.
const Revision = 2

// task is what a matcher works on.
type task struct {
	key     questions.Answer // the canonical one
	forms   []string         // every accepted form, the canonical one first
	lexicon questions.Lexicon
	own     map[int]bool // the places of the key's own entities in the lexicon
	input   string
}

// verdict is what a matcher says.
type verdict struct {
	match
	given questions.EntityID
}

// matchers is the table of all ways to compare a typed answer.
var matchers = []struct {
	name  string
	judge func(task) verdict
}{
	{questions.MatchPerson, judgeName},
	{questions.MatchPlace, judgeName},
	{questions.MatchOrg, judgeName},
	{questions.MatchTitle, judgeName},
	{questions.MatchTerm, judgeName},
	{questions.MatchDate, judgeDate},
	{questions.MatchNumber, judgeNumber},
	{questions.MatchOrdinal, judgeOrdinal},
	{questions.MatchSet, judgeSet},
}

// Matches returns the names of all ways to compare, in the order of the table.
func Matches() []string {
	names := make([]string, len(matchers))
	for i, m := range matchers {
		names[i] = m.name
	}
	return names
}

// Typed judges what was typed against the answers of one part: the first one
// with full credit is canonical, the others with full credit are accepted too,
// and one with less is a known wrong answer, worth what it says. Credit is 1
// for right and slip, one half for almost, 0 for wrong.
func Typed(answers []questions.Answer, lex questions.Lexicon, input string) questions.Mark {
	key, ok := canonical(answers)
	if !ok {
		return questions.Mark{Verdict: questions.Wrong, Reason: questions.Reason{Code: "reason.wrong"}}
	}
	mark := questions.Mark{Part: key.Part, Fact: key.Fact, Canonical: Canonical(key)}
	if m, done := unfit(input); done {
		return fill(mark, verdict{match: m})
	}
	input = strings.TrimSpace(norm.NFC.String(strings.ToValidUTF8(input, "")))
	if known, ok := Foreseen(answers, input); ok {
		return listed(mark, known)
	}
	t := task{key: key, lexicon: lex, input: input}
	t.forms, t.own = accepted(answers, key, lex)
	return fill(mark, matcher(key.Match)(t))
}

// Canonical returns the key as a person writes it.
func Canonical(key questions.Answer) string {
	switch key.Match {
	case questions.MatchDate:
		return DateText(key.Text)
	case questions.MatchNumber:
		return NumberText(key.Text)
	}
	return key.Text
}

func canonical(answers []questions.Answer) (questions.Answer, bool) {
	for _, a := range answers {
		if a.Credit == 1 {
			return a, true
		}
	}
	return questions.Answer{}, false
}

func matcher(name string) func(task) verdict {
	for _, m := range matchers {
		if m.name == name {
			return m.judge
		}
	}
	return judgeEqual
}

// judgeEqual is the rule for matches that have no other.
func judgeEqual(t task) verdict {
	for _, form := range t.forms {
		if questions.Fold(form) == questions.Fold(t.input) {
			return verdict{match: match{verdict: questions.Right}}
		}
	}
	return verdict{match: wrong("reason.wrong")}
}

// unfit tells that an input needs no comparing.
func unfit(input string) (match, bool) {
	// A character has at most a few code points in decomposed form.
	if len(input) > 40*MaxInput || utf8.RuneCountInString(norm.NFC.String(input)) > MaxInput {
		return wrong("reason.too_long"), true
	}
	folded := questions.Fold(input)
	if strings.IndexFunc(folded, isLetter) < 0 {
		return wrong("reason.empty"), true
	}
	if oneOf(strings.Trim(strings.ReplaceAll(folded, "'", ""), " .?!"), unknowing) {
		return wrong("reason.dont_know"), true
	}
	return match{}, false
}

var unknowing = []string{
	"dont know", "i dont know", "do not know", "i do not know", "idk", "no idea", "dunno", "pass", "not sure", "n/a", "no clue",
	"weiss nicht", "weiss ich nicht", "ich weiss nicht", "ich weiss es nicht", "keine ahnung", "ne znayu", "ya ne znayu",
	"je ne sais pas", "sais pas", "no se", "no lo se",
}

// Foreseen returns the known wrong answer that was typed.
func Foreseen(answers []questions.Answer, input string) (questions.Answer, bool) {
	folded := questions.Fold(input)
	for _, a := range answers {
		if a.Credit != 1 && (questions.Fold(a.Text) == folded || questions.Fold(Canonical(a)) == folded || equalNumber(a, input)) {
			return a, true
		}
	}
	return questions.Answer{}, false
}

func equalNumber(a questions.Answer, input string) bool {
	if a.Match != questions.MatchNumber {
		return false
	}
	known, ok := NumberOf(a.Text)
	given, read := NumberOf(input)
	return ok && read && sameNumber(known, given)
}

func listed(mark questions.Mark, known questions.Answer) questions.Mark {
	mark.Verdict, mark.Credit, mark.Given = questions.Wrong, known.Credit, known.Entity
	mark.Reason = questions.Reason{Code: "reason.foreseen", Args: []string{Canonical(known)}}
	if known.Credit > 0 {
		mark.Verdict, mark.Reason.Code = questions.Almost, "reason.partly"
	}
	return mark
}

func fill(mark questions.Mark, v verdict) questions.Mark {
	mark.Verdict, mark.Reason, mark.Given = v.verdict, v.reason, v.given
	switch v.verdict {
	case questions.Right, questions.Slip:
		mark.Credit = 1
	case questions.Almost:
		mark.Credit = .5
	}
	return mark
}

// accepted returns every form that is right, and which entities of the lexicon
// are the key itself.
func accepted(answers []questions.Answer, key questions.Answer, lex questions.Lexicon) ([]string, map[int]bool) {
	var forms []string
	known := map[string]bool{}
	add := func(form string) {
		if folded := questions.Fold(form); folded != "" && !known[folded] {
			known[folded] = true
			forms = append(forms, form)
		}
	}
	add(key.Text)
	for _, a := range answers {
		if a.Credit == 1 {
			add(a.Text)
		}
	}
	listed := len(forms)
	own := map[int]bool{}
	for i, e := range lex.Entities {
		if !itself(e, key, forms[:listed]) {
			continue
		}
		own[i] = true
		if e.ID == key.Entity && e.ID != 0 {
			add(e.Name)
			for _, s := range e.Spellings {
				add(s)
			}
		}
	}
	return forms, own
}

// itself tells whether an entity is the key, or is written just like it.
func itself(e questions.Entity, key questions.Answer, forms []string) bool {
	if e.ID != 0 && e.ID == key.Entity {
		return true
	}
	for _, form := range forms {
		if strings.EqualFold(e.Name, form) {
			return true
		}
		for _, spelling := range e.Spellings {
			if strings.EqualFold(spelling, form) {
				return true
			}
		}
	}
	return false
}

// Form is a text as the key of an answer is stored: a date in EDTF, a number as it
// stands. ok is false where it is no such thing.
func Form(match, text string) (form string, ok bool) {
	text = strings.TrimSpace(text)
	switch match {
	case questions.MatchDate:
		text = EDTF(text)
		return text, ValidDate(text)
	case questions.MatchNumber:
		_, ok := NumberOf(text)
		return text, ok
	}
	return text, strings.IndexFunc(questions.Fold(text), isLetter) >= 0
}
