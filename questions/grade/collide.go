package grade

import (
	"slices"

	"thaw/questions"
)

// Collision is another answer of the bank that cannot be told from a key when it
// is typed.
type Collision struct {
	Text  string // the other answer, as a person writes it
	Takes bool   // the key is marked right by the other answer
	Taken bool   // the other answer is marked right by the key
}

// Collisions judges the key of answers against those of other questions, both
// ways, and returns those that one of them accepts for the other. The same
// answer again is none, nor is one that truly contains the other: a day in its
// year, a name with a word more. Each text comes once.
func Collisions(answers []questions.Answer, others [][]questions.Answer, lex questions.Lexicon) []Collision {
	key, ok := canonical(answers)
	if !ok || key.Match == "" {
		return nil
	}
	var found []Collision
	for _, other := range others {
		theirs, ok := canonical(other)
		if !ok || !alike(key.Match, theirs.Match) || sameAnswer(answers, other) || contains(key, theirs) {
			continue
		}
		c := Collision{Canonical(theirs), accepts(answers, theirs, lex), accepts(other, key, lex)}
		known := slices.ContainsFunc(found, func(f Collision) bool { return questions.Fold(f.Text) == questions.Fold(c.Text) })
		if (c.Takes || c.Taken) && !known {
			found = append(found, c)
		}
	}
	return found
}

// alike tells that answers of two matches may be typed for each other: names of
// any kind, else those of the same.
func alike(a, b string) bool { return a == b || a != "" && b != "" && isName(a) && isName(b) }

func isName(match string) bool {
	return match == questions.MatchPerson || match == questions.MatchPlace || match == questions.MatchOrg || match == questions.MatchTitle || match == questions.MatchTerm
}

// accepts tells whether a key counts as right for other answers. Most do not
// even without the bank, which is the quicker to say.
func accepts(answers []questions.Answer, key questions.Answer, lex questions.Lexicon) bool {
	for _, bank := range []questions.Lexicon{{}, lex} {
		if Typed(answers, bank, Canonical(key)).Credit < 1 {
			return false
		}
	}
	return true
}

// sameAnswer tells that two questions have one answer: they name one entity, or
// one form is right for both.
func sameAnswer(a, b []questions.Answer) bool {
	for _, x := range a {
		for _, y := range b {
			same := x.Entity != 0 && x.Entity == y.Entity || questions.Fold(x.Text) == questions.Fold(y.Text)
			if x.Credit == 1 && y.Credit == 1 && same {
				return true
			}
		}
	}
	return false
}

// contains tells that one key is a true part of the other.
func contains(a, b questions.Answer) bool {
	switch {
	case a.Match == questions.MatchDate:
		for _, x := range keyDates(a.Text) {
			for _, y := range keyDates(b.Text) {
				if x.within(y) || y.within(x) {
					return true
				}
			}
		}
		return false
	case isName(a.Match):
		x, y := splitWords(a.Text), splitWords(b.Text)
		return wordsWithin(x, y) || wordsWithin(y, x)
	}
	return false
}

func wordsWithin(part, whole []word) bool {
	if len(part) >= len(whole) {
		return false
	}
	return !slices.ContainsFunc(part, func(w word) bool { return !repeats(whole, w) })
}
