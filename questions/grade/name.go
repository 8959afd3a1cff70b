package grade

import (
	"strings"

	"thaw/questions"
)

// form is one way to write an answer, in words.
type form struct {
	words []word
	name  person // of a person: its parts
}

// judgeName compares names of any kind: persons, places, organisations, titles
// and terms. What is not plainly right may still be another entity of the bank.
func judgeName(t task) verdict {
	given := splitWords(withoutTail(t.input))
	forms := formsOf(t.forms, t.key.Match == questions.MatchPerson)
	if m, done := judgeWhole(forms, given); done {
		return verdict{match: m}
	}
	given = withoutFillers(given)
	if deny(given, forms) {
		return verdict{match: wrong("reason.negated")}
	}
	if v, done := judgeSeveral(t, forms); done {
		return v
	}
	if m, done := judgeWhole(forms, given); done {
		return verdict{match: m}
	}
	if len(given) > 2*longest(forms)+4 {
		return verdict{match: wrong("reason.wrong")}
	}
	best := judgeForms(t, forms, given)
	return veto(t, forms, given, best)
}

// withoutTail drops what a thing was called before: Volgograd, formerly
// Stalingrad.
func withoutTail(input string) string {
	fields := strings.Fields(input)
	for i, f := range fields {
		if i > 0 && oneOf(questions.Fold(strings.Trim(f, "(,")), formerNames) {
			return strings.Join(fields[:i], " ")
		}
	}
	return input
}

var formerNames = []string{"formerly", "previously", "fruher", "ehemals", "anciennement", "ranee"}

// longest returns how many words the longest form has.
func longest(forms []form) int {
	n := 0
	for _, f := range forms {
		n = max(n, len(f.words))
	}
	return n
}

func formsOf(texts []string, isPerson bool) []form {
	forms := make([]form, len(texts))
	for i, text := range texts {
		forms[i].words = splitWords(text)
		if isPerson {
			forms[i].name = parsePerson(forms[i].words)
		}
	}
	return forms
}

// judgeWhole finds an input that is just one of the forms.
func judgeWhole(forms []form, given []word) (match, bool) {
	for _, f := range forms {
		if sameWords(f.words, given) || len(f.words) != len(given) && sameLetters(f.words, given) {
			return match{verdict: questions.Right}, true
		}
	}
	return match{}, false
}

// sameLetters tells that two texts differ in blanks and hyphens alone.
func sameLetters(a, b []word) bool {
	return letterCount(a) == letterCount(b) && letterCount(a) > 0 && glue(a).text == glue(b).text
}

func sameWords(a, b []word) bool {
	if len(a) != len(b) || len(a) == 0 {
		return false
	}
	for i := range a {
		if a[i].text != b[i].text {
			return false
		}
	}
	return true
}

// denials turn an answer into its opposite.
var denials = []string{"not", "isnt", "wasnt", "never", "except", "but", "nicht", "kein", "keine", "keiner", "pas", "ne", "nie"}

// deny tells whether the input says what the answer is not.
func deny(given []word, forms []form) bool {
	for _, w := range given {
		if oneOf(w.text, denials) && !anyHas(forms, w) {
			return true
		}
	}
	return false
}

func anyHas(forms []form, w word) bool {
	for _, f := range forms {
		if repeats(f.words, w) {
			return true
		}
	}
	return false
}

// alternatives part two answers given at once.
var alternatives = []string{"or", "oder", "ou", "ili", "vs", "versus"}

// judgeSeveral judges an input that gives several answers: right only when they
// all are.
func judgeSeveral(t task, forms []form) (verdict, bool) {
	if head, rest, ok := strings.Cut(t.input, "("); ok {
		if m, ok := judgeAll(t, forms, []string{head, rest}); ok {
			return verdict{match: m}, true
		}
	}
	parts := splitAnswers(strings.ReplaceAll(t.input, "/", " or "), forms)
	if len(parts) < 2 {
		return verdict{}, false
	}
	m, ok := judgeAll(t, forms, parts)
	if !ok {
		m = wrong("reason.two_answers")
	}
	return verdict{match: m}, true
}

// judgeAll judges answers that all have to be right.
func judgeAll(t task, forms []form, parts []string) (match, bool) {
	best := match{verdict: questions.Wrong}
	for _, part := range parts {
		best = judgeForms(t, forms, withoutFillers(splitWords(part)))
		if rank(best.verdict) > rank(questions.Slip) {
			return best, false
		}
	}
	return best, true
}

func splitAnswers(input string, forms []form) []string {
	var parts []string
	var current []string
	for _, field := range strings.Fields(input) {
		w := newWord(strings.Trim(field, ",.;?!"))
		if oneOf(w.text, alternatives) && !anyHas(forms, w) {
			parts, current = cut(parts, current), nil
			continue
		}
		current = append(current, field)
	}
	return cut(parts, current)
}

func cut(parts, current []string) []string {
	part := strings.Join(current, " ")
	if strings.IndexFunc(part, isLetter) < 0 {
		return parts
	}
	return append(parts, part)
}

func judgeForms(t task, forms []form, given []word) match {
	best := wrong("reason.wrong")
	if t.key.Match == questions.MatchPerson {
		best = judgePerson(t, forms, given)
	}
	for _, f := range forms {
		if f.name.surname.text != "" {
			continue
		}
		m := judgePhrase(f.words, given)
		if t.key.Match == questions.MatchPerson {
			m = judgeRuler(t, forms, f, given, m)
		}
		if m.better(best) || best.verdict == questions.Wrong && m.reason.Code == "reason.given_name_shared" {
			best = m
		}
	}
	return best
}

// judgeRuler compares a name that has no surname (Nicholas II) without titles. A
// part of it must be nobody else's: Nicholas.
func judgeRuler(t task, forms []form, f form, given []word, m match) match {
	given = withoutTitles(given, forms)
	if plain := judgePhrase(untitled(f.words), given); plain.better(m) {
		m = plain
	}
	if !m.part {
		return m
	}
	sift := newSieve(given)
	for i, e := range t.lexicon.Entities {
		if t.own[i] || e.Kind != questions.MatchPerson || sift.drops(e.Name) {
			continue
		}
		if other := judgePhrase(splitWords(e.Name), given); other.verdict != questions.Wrong {
			return wrong("reason.given_name_shared")
		}
	}
	return m
}

// fillers stand before or after an answer and say nothing. Longer ones first.
var fillers = wordsOf(
	"im not sure but", "i am not sure but", "not sure but", "im not sure", "i am not sure", "not sure", "of course", "definitely", "certainly", "obviously", "it must have been", "must have been", "it must be", "it could be", "the city of", "the town of", "the village of", "the term", "the word", "could be", "might be",
	"my answer is", "my guess is", "id say", "i would say", "i suppose", "i think it was", "i think it is", "i think that", "i think its", "i think", "i believe it was", "i believe", "i guess",
	"the answer is", "answer is", "the answer", "answer", "this was", "this is", "that was", "thats", "it was", "it is", "its",
	"he was", "she was", "they were", "was it", "is it", "maybe", "perhaps", "probably", "surely", "called", "named", "known as", "by", "in", "at", "on", "from",
	"ich glaube es war", "ich glaube", "ich denke", "ich meine", "es war", "das war", "es ist", "das ist", "vielleicht", "wohl",
	"je pense que cetait", "je pense", "je crois", "cetait", "cest", "c etait", "c est", "peut etre",
	"ya dumayu", "eto byl", "eto byla", "eto bylo", "eto", "naverno", "naverno", "mozhet byt",
	"creo que", "creo", "fue", "era",
)

func wordsOf(phrases ...string) [][]string {
	all := make([][]string, len(phrases))
	for i, p := range phrases {
		all[i] = strings.Fields(p)
	}
	return all
}

// withoutFillers drops fillers from both ends, as long as something is left.
func withoutFillers(words []word) []word {
	for {
		shorter := dropFiller(words)
		if len(shorter) == len(words) {
			return words
		}
		words = shorter
	}
}

func dropFiller(words []word) []word {
	for _, f := range fillers {
		if len(f) >= len(words) {
			continue
		}
		if starts(words, f) {
			return words[len(f):]
		}
		if len(f) > 1 && starts(words[len(words)-len(f):], f) || trailing(words, f) {
			return words[:len(words)-len(f)]
		}
	}
	return words
}

func trailing(words []word, f []string) bool {
	return len(f) == 1 && f[0] == words[len(words)-1].text && (f[0] == "maybe" || f[0] == "perhaps" || f[0] == "probably" || f[0] == "definitely" || f[0] == "certainly" || f[0] == "obviously")
}

func starts(words []word, f []string) bool {
	for i, text := range f {
		if words[i].text != text {
			return false
		}
	}
	return true
}
