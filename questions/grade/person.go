package grade

import (
	"slices"
	"strings"

	"thaw/questions"
)

// person is a name in its parts. A name that cannot be parted (Nicholas II,
// Peter the Great) has no surname and is compared as a phrase.
type person struct {
	surname word
	double  word // what a hyphen ties to the surname: Cohn-Bendit
	given   []word
}

// titles may stand before any name.
var titles = []string{
	"professor", "prof", "dr", "doctor", "mr", "mrs", "ms", "miss", "sir", "lord", "lady", "comrade", "marshal", "field", "general", "gen",
	"generalissimo", "colonel", "captain", "admiral", "president", "premier", "chairman", "minister", "prime", "secretary", "tsar", "czar",
	"king", "queen", "emperor", "empress", "prince", "princess", "count", "baron", "duke", "pope", "saint", "st", "reverend", "father",
	"chancellor", "senator", "governor", "sultan", "shah", "caliph", "emir", "cardinal", "bishop", "archbishop", "rabbi", "ayatollah",
	"lieutenant", "major", "commander", "commissar", "chief", "justice", "ambassador", "herr", "frau", "genosse", "genossin", "tovarishch", "marschall", "kaiser", "konig", "zar",
	"kanzler", "furst", "graf", "monsieur", "madame", "mme", "roi", "reine", "don", "dona", "senor", "senora",
	"der", "die", "the", "leader", "dictator",
}

var romans = []string{"i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii", "xiii", "xiv", "xv", "xvi", "jr", "sr"}

// particles belong to the surname that follows them.
var particles = []string{"von", "van", "de", "di", "da", "du", "del", "der", "den", "zu", "la", "le", "al", "bin", "ibn", "ben"}

func parsePerson(words []word) person {
	if len(words) > 1 && words[0].text == "the" {
		words = words[1:]
	}
	if len(words) == 0 || oneOf(words[len(words)-1].text, romans) && len(words) > 1 || hasArticle(words) {
		return person{}
	}
	abbr := len(words) == 1 && len(words[0].text) <= 4 // FDR
	words = untitled(words)
	last := len(words) - 1
	name := person{surname: words[last]}
	name.surname.abbr = name.surname.abbr && abbr
	if name.surname.tied && last > 0 {
		last--
		name.double = words[last]
	}
	for _, w := range words[:last] {
		if !oneOf(w.text, particles) {
			name.given = append(name.given, w)
		}
	}
	return name
}

func hasArticle(words []word) bool {
	for _, w := range words {
		if w.text == "the" || w.text == "of" || w.num {
			return true
		}
	}
	return false
}

// untitled drops titles before a name, whose last word is none: Martin Luther King.
func untitled(words []word) []word {
	for len(words) > 1 && oneOf(words[0].text, titles) {
		words = words[1:]
	}
	return words
}

// withoutTitles drops the titles of an input, but no word of the key.
func withoutTitles(words []word, forms []form) []word {
	if !slices.ContainsFunc(words, func(w word) bool { return oneOf(w.text, titles) }) {
		return words
	}
	kept := make([]word, 0, len(words))
	for _, w := range words {
		if !oneOf(w.text, titles) || anyHas(forms, w) {
			kept = append(kept, w)
		}
	}
	if len(kept) == 0 {
		return words
	}
	return kept
}

// judgePerson compares an input with all forms of a person's name together, so
// that a surname of one form goes with a given name of another.
func judgePerson(t task, forms []form, given []word) match {
	return judgeNamed(t, parted(forms), dropParticles(withoutTitles(given, forms)))
}

// judgeNamed compares an input without titles and particles with forms that have
// a surname.
func judgeNamed(t task, forms []form, given []word) match {
	best := wrong("reason.wrong")
	for _, f := range forms {
		for i := range given {
			if m := judgeSurname(t, forms, f.name, given, i); m.better(best) {
				best = m
			}
		}
	}
	if best.verdict == questions.Right || best.verdict == questions.Slip || best.verdict == questions.Almost && !best.part {
		return best
	}
	if m := judgeGluedName(forms, given); m.better(best) {
		return m
	}
	if best.verdict == questions.Almost {
		return best
	}
	return judgeGivenOnly(t, forms, given, best)
}

// parted returns the forms that have a surname.
func parted(forms []form) []form {
	return slices.DeleteFunc(slices.Clone(forms), func(f form) bool { return f.name.surname.text == "" })
}

// judgeGluedName compares names written without a blank, and surnames written
// with one: Mc Cauley.
func judgeGluedName(forms []form, given []word) match {
	best := wrong("reason.wrong")
	for _, f := range forms {
		if len(f.words) == len(given) {
			continue
		}
		if m := judgeGlued(f.words, given); m.better(best) {
			best = m
		}
	}
	return best
}

func dropParticles(words []word) []word {
	if !slices.ContainsFunc(words, func(w word) bool { return oneOf(w.text, particles) }) {
		return words
	}
	kept := make([]word, 0, len(words))
	for _, w := range words {
		if !oneOf(w.text, particles) {
			kept = append(kept, w)
		}
	}
	if len(kept) == 0 {
		return words
	}
	return kept
}

// judgeSurname takes the word at a place for the surname and the others for
// given names.
func judgeSurname(t task, forms []form, name person, given []word, at int) match {
	if name.double.text != "" && len(given) == 1 {
		return judgeHalf(name, given[0])
	}
	surname := name.surname
	how, edits := compare(surname, given[at])
	if how == far || len(given[at].text) == 1 {
		return wrong("reason.wrong")
	}
	total := match{verdict: questions.Right}.and(how, edits, surname, given[at])
	rest := make([]word, 0, len(given))
	rest = append(append(rest, given[:at]...), given[at+1:]...)
	if len(rest) == 0 {
		return total
	}
	return judgeGiven(t, forms, rest, total)
}

// judgeHalf judges one word as a part of a compound surname.
func judgeHalf(name person, given word) match {
	for _, half := range []word{name.surname, name.double} {
		if how, _ := compare(half, given); how <= slip {
			return match{verdict: questions.Almost, part: true, edits: 1, reason: questions.Reason{Code: "reason.part_missing"}}
		}
	}
	return wrong("reason.wrong")
}

// judgeGiven judges the given names beside a surname that was found.
func judgeGiven(t task, forms []form, rest []word, total match) match {
	unknown := word{}
	for i, w := range rest {
		name, how, edits := givenName(forms, w, i == 0)
		if how <= slip {
			total = total.and(how, edits, name, w)
			continue
		}
		if i > 0 && len(w.text) == 1 || patronymic(w.text) {
			continue
		}
		if surnameOfOther(t, w) {
			return wrong("reason.two_answers")
		}
		unknown = w
	}
	if unknown.text == "" {
		return total
	}
	if total.verdict == questions.Almost || len(rest) > 4 {
		return wrong("reason.wrong")
	}
	m := almost("reason.other_given_name", unknown.raw)
	m.edits = total.edits + 2
	return m
}

// givenName finds the given name of the person that a word is, or begins. The
// first word is no middle name's initial. Where no given name is known, any
// initial will do.
func givenName(forms []form, w word, first bool) (name word, how closeness, edits int) {
	how = far
	known := false
	spelledOut := slices.ContainsFunc(forms, func(f form) bool { return len(f.name.given) > 0 && len(f.name.given[0].text) > 1 })
	for _, f := range forms {
		for at, g := range f.name.given {
			known = true
			if first && initials(g, w) && (at > 0 || len(w.text) > 1 && spelledOut) {
				continue
			}
			if initials(g, w) && firstSound(g.text) == firstSound(w.text) || shortened(g.text, w.text) {
				return g, same, 0
			}
			if h, e := compare(g, w); h < how {
				name, how, edits = g, h, e
			}
		}
		if repeats(f.words, w) {
			return w, same, 0
		}
	}
	if !known && len(w.text) == 1 {
		return w, same, 0
	}
	return name, how, edits
}

// initials tells that two given names can only be compared by their first
// letters.
func initials(g, w word) bool { return len(w.text) == 1 || len(g.text) == 1 }

// shortened tells a given name of which only the beginning is written: Ch. for
// Charles.
func shortened(name, w string) bool { return len(w) <= 3 && strings.HasPrefix(name, w) }

// firstSound returns the first letter by its spelling key: Yu. and J. are one.
func firstSound(s string) byte {
	key := spell(s[:1])
	return key[0]
}

func patronymic(s string) bool {
	if len(s) < 6 {
		return false
	}
	for _, end := range []string{"ovich", "evich", "yich", "ovna", "evna", "ichna", "owitsch", "ewitsch", "ovitch", "evitch", "ovic", "evic"} {
		if strings.HasSuffix(s, end) {
			return true
		}
	}
	return false
}

func surnameOfOther(t task, w word) bool {
	for i, e := range t.lexicon.Entities {
		if t.own[i] || e.Kind != questions.MatchPerson {
			continue
		}
		last := e.Name[strings.LastIndexByte(e.Name, ' ')+1:]
		if len(last) >= 3 && questions.Fold(last) == w.text {
			return true
		}
	}
	return false
}

// judgeGivenOnly finds an input that is only the person's given name.
func judgeGivenOnly(t task, forms []form, given []word, otherwise match) match {
	named := false
	for _, w := range given {
		if patronymic(w.text) {
			continue
		}
		if _, how, _ := givenName(forms, w, false); how > slip || len(w.text) == 1 {
			return otherwise
		}
		named = true
	}
	if !named {
		return otherwise
	}
	if !uniqueGivenName(t, given) {
		return wrong("reason.given_name_shared")
	}
	return match{verdict: questions.Almost, part: true, edits: 1, reason: questions.Reason{Code: "reason.given_name_only"}}
}

// uniqueGivenName tells that no other person of the bank has the given name.
func uniqueGivenName(t task, given []word) bool {
	for i, e := range t.lexicon.Entities {
		if t.own[i] || e.Kind != questions.MatchPerson {
			continue
		}
		name := parsePerson(splitWords(e.Name))
		for _, g := range name.given {
			if how, _ := compare(g, given[0]); how <= slip {
				return false
			}
		}
	}
	return true
}
