package grade

import (
	"thaw/questions"
)

// veto turns an answer down that equals, or is nearer to, another entity of the
// bank, and names that entity.
func veto(t task, forms []form, given []word, best match) verdict {
	nearest, which := wrong(""), -1
	sift := newSieve(given)
	given = withSounds(given)
	scratch := make([]word, 0, 12) // for the words of one spelling after the other
	for i, e := range t.lexicon.Entities {
		if t.own[i] {
			continue
		}
		if m := judgeEntity(e, given, best, sift, scratch); m.better(nearest) {
			nearest, which = m, i
		}
	}
	if which < 0 || !vetoes(nearest, best) {
		return verdict{match: best}
	}
	other := t.lexicon.Entities[which]
	if best.part && other.Kind != t.key.Match && within(other, forms) {
		return verdict{match: best}
	}
	return verdict{match: wrong("reason.other_entity", other.Name), given: other.ID}
}

// withSounds keeps the spelling keys of words that are compared very often.
func withSounds(words []word) []word {
	heard := make([]word, len(words))
	for i, w := range words {
		heard[i] = w
		heard[i].key = spell(w.text)
	}
	return heard
}

// vetoes tells whether what agrees with another entity outweighs what agrees
// with the key.
func vetoes(other, best match) bool {
	if rank(other.verdict) > rank(questions.Slip) {
		return false
	}
	if best.verdict == questions.Wrong || best.verdict == questions.Almost {
		return true
	}
	return other.whole || other.edits < best.edits
}

// judgeEntity says how well an input agrees with an entity, in any of its
// spellings.
func judgeEntity(e questions.Entity, given []word, best match, sift sieve, scratch []word) match {
	nearest := wrong("")
	if !sift.drops(e.Name) {
		nearest = judgeSpelling(e, e.Name, given, best, scratch)
	}
	for _, s := range e.Spellings {
		if sift.drops(s) {
			continue
		}
		if m := judgeSpelling(e, s, given, best, scratch); m.better(nearest) {
			nearest = m
		}
	}
	return nearest
}

func judgeSpelling(e questions.Entity, spelling string, given []word, best match, scratch []word) match {
	if len(spelling) > 40*MaxInput {
		return wrong("")
	}
	words := appendWords(scratch, spelling)
	if sameWords(words, given) {
		return match{verdict: questions.Right, whole: true}
	}
	if best.verdict == questions.Right || best.verdict == questions.Slip && best.edits == 0 {
		return wrong("")
	}
	if e.Kind != questions.MatchPerson {
		return judgePhrase(words, given)
	}
	f := form{words: words, name: parsePerson(words)}
	if f.name.surname.text == "" {
		return judgePhrase(words, given)
	}
	forms := []form{f}
	return judgeNamed(task{}, forms, dropParticles(withoutTitles(given, forms)))
}

// within tells whether every word of an entity stands in one form of the key.
func within(e questions.Entity, forms []form) bool {
	for _, f := range forms {
		if m := judgeWords(content(f.words), content(splitWords(e.Name))); m.part {
			return true
		}
	}
	return false
}
