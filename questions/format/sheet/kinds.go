package sheet

import (
	"regexp"
	"strings"

	"thaw/questions"
	"thaw/questions/grade"
)

// types are the words that people and programs have for the kinds.
var types = byName(map[string]string{
	questions.Choice:  "choice multiplechoice mc mcq single singlechoice singleselect radio quiz einfachauswahl auswahl",
	questions.Several: "several checkbox checkboxes multipleresponse multipleanswer multipleanswers multipleselect multiselect multipleselection ma mr mehrfachauswahl",
	questions.Truth:   "truth truefalse trueorfalse tf boolean yesno wahrfalsch richtigfalsch",
	questions.Text:    "text shortanswer short sa typed fillintheblank fillintheblanks fillin fillblank fib open typeanswer kurzantwort freitext",
	questions.Number:  "number numeric numerical num zahl numerisch",
	questions.Date:    "date datum",
	questions.Order:   "order ordering ord sequence sequencing ranking jumble puzzle reorder reihenfolge",
	questions.Match:   "match matching mat pairs zuordnung",
	questions.Cloze:   "cloze gap gaps gapfill lückentext",
	questions.Flash:   "flash flashcard card basic flashcards karteikarte karte",
})

// kindOf is the kind that a row says, or that its cells look like; false where it says
// one that we do not have.
func (l *line) kindOf() (string, bool) {
	if !l.typed {
		if gaps.MatchString(l.one("question")) && strings.Contains(l.one("question"), "{{c") {
			return questions.Cloze, true
		}
		return questions.Flash, true
	}
	cell := l.one("type")
	if cell == "" {
		return l.looks(), true
	}
	of, ok := types[bare(cell)]
	if !ok {
		return "", false
	}
	if cell != of && (of == questions.Choice || of == questions.Several) && truthful(l.options()) {
		return questions.Truth, true
	}
	if of == questions.Text && l.one("match") == "" && len(l.options()) > 0 {
		return l.saying(), true
	}
	return of, true
}

// looks guesses the kind of a row that does not say it.
func (l *line) looks() string {
	options, correct := l.options(), l.correct()
	switch {
	case truthful(options):
		return questions.Truth
	case len(l.many("pair")) > 0:
		return questions.Match
	case l.hasOptions():
		if keys, _ := l.picked(correct, options); len(keys) > 1 {
			return questions.Several
		}
		return questions.Choice
	case gaps.MatchString(l.one("question")):
		return questions.Cloze
	}
	if _, ok := truthOf(correct); ok {
		return questions.Truth
	}
	return l.saying()
}

// hasOptions tells that the options stand in cells of their own.
func (l *line) hasOptions() bool { return len(l.many("option")) > 0 || l.one("options") != "" }

// options are the texts of the options; of a row without them what is correct, where
// that is what is to be typed.
func (l *line) options() []string {
	if list := l.many("option"); len(list) > 0 {
		return list
	}
	for _, separator := range []string{"\n", "|", ";"} {
		if cell := l.one("options"); strings.Contains(cell, separator) {
			return split(cell, separator)
		}
	}
	return split(l.correct(), "|", ";", "\n")
}

// correct is the cell that says what is right.
func (l *line) correct() string {
	if cell := l.one("correct"); cell != "" {
		return cell
	}
	return l.one("answer")
}

// truthOf reads a truth.
func truthOf(text string) (truth, ok bool) {
	switch bare(text) {
	case "true", "t", "yes", "y", "wahr", "richtig", "ja", "vrai", "oui", "verdadero", "sí", "vero", "правда", "верно", "да":
		return true, true
	case "false", "f", "no", "n", "falsch", "nein", "faux", "non", "falso", "ложь", "неверно", "нет":
		return false, true
	}
	return false, false
}

// truthful tells that options are a truth and an untruth.
func truthful(options []string) bool {
	if len(options) != 2 {
		return false
	}
	one, ok := truthOf(options[0])
	other, too := truthOf(options[1])
	return ok && too && one != other
}

var (
	year   = regexp.MustCompile(`(^|\D)\d{4}(\D|$)`)
	digits = regexp.MustCompile(`^-?\d[\d., ]*$`)
)

// matchOf is how a text that is typed is compared, by what it looks like.
func matchOf(text string) string {
	if year.MatchString(text) && grade.ValidDate(grade.EDTF(text)) {
		return questions.MatchDate
	}
	if _, ok := grade.NumberOf(text); ok && digits.MatchString(text) {
		return questions.MatchNumber
	}
	return questions.MatchTerm
}

// counting begins a question whose answer is a number, though it may look like a year.
var counting = regexp.MustCompile(`(?i)^(how (many|much)|wie ?viel|combien|cuánt|quant|сколько)`)

// saying is the kind of question to which what is typed is right: a number or a date
// where all of it says so.
func (l *line) saying() string {
	kinds := map[string]string{questions.MatchDate: questions.Date, questions.MatchNumber: questions.Number, questions.MatchTerm: questions.Text}
	counts := counting.MatchString(l.one("question"))
	found := ""
	for _, text := range l.options() {
		of := kinds[matchOf(text)]
		if of == questions.Date && counts && digits.MatchString(text) {
			of = questions.Number
		}
		if found != "" && found != of {
			return questions.Text
		}
		found = of
	}
	if found == "" {
		return questions.Text
	}
	return found
}
