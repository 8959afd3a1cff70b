package lint

import (
	"strings"

	"thaw/questions"
	"thaw/questions/grade"
)

// shortKey is how many characters a key needs to be looked for in other stems; one
// that is typed is looked for whatever its length.
const shortKey = 6

// told is a key with the question and the fact whose it is.
type told struct {
	item item
	fact questions.FactID
	text string
}

// Rule 11: no stem holds the key of another fact that may stand in the same session,
// and facts with one answer are twins. Persons are named everywhere and give nothing
// away, nor do a year or a month, of which much is said, nor what else stands in many
// stems. That a stem gives a key away in other words is seen by a person.
func giveAways(l *linter, q item) {
	for _, text := range runs(strings.Fields(bare(q.stem)), l.most) {
		for _, k := range l.keys[text] {
			if l.mayMeet(q, k.fact) && !l.everywhere(text) {
				l.say(q, "lint.gives_away", k.item.line(), text)
				break
			}
		}
	}
	for _, k := range l.toldBy(q) {
		l.oneAnswerTwice(k, l.keys[k.text])
	}
}

// index notes every key that another question could give away.
func (l *linter) index() {
	for _, q := range l.items {
		for _, k := range l.toldBy(q) {
			l.keys[k.text] = append(l.keys[k.text], k)
			l.most = max(l.most, len(strings.Fields(k.text)))
		}
	}
}

// toldBy lists the keys of a question that another one could give away.
func (l *linter) toldBy(q item) []told {
	if !q.is(questions.Choice, questions.Text, questions.Date, questions.Cloze, questions.Flash) {
		return nil
	}
	var list []told
	seen := map[int]bool{}
	for _, a := range q.keys {
		if seen[a.Part] || l.person(a) || a.Match == questions.MatchNumber {
			continue
		}
		seen[a.Part] = true
		text := strings.TrimPrefix(bare(grade.Canonical(a)), "the ")
		_, day := dayOf(a)
		if _, valued := valueOf(a); valued && !day || !day && q.Kind != questions.Text && l.common(q, a, text) {
			continue
		}
		list = append(list, told{q, a.Fact, text})
	}
	return list
}

// common tells whether a key is a word that stands in stems by chance: short, or one
// word that is no name but at most a term. In a gap no more words are one either.
func (l *linter) common(q item, a questions.Answer, text string) bool {
	e, named := l.entity(a)
	named = named && e.Kind != questions.MatchTerm
	return length(text) < shortKey || !named && (q.Kind == questions.Cloze || !strings.Contains(text, " "))
}

// many is in how many stems a name stands that gives nothing away any more: it is what
// the bank is about.
const many = 5

// everywhere tells whether many stems hold a text, which is bare.
func (l *linter) everywhere(text string) bool {
	n := 0
	for _, q := range l.items {
		if holds(bare(q.stem), text) {
			n++
		}
	}
	return n >= many
}

// mayMeet tells whether a question and a fact may stand in one session.
func (l *linter) mayMeet(q item, fact questions.FactID) bool {
	for _, f := range q.Facts() {
		if !l.apart(f, fact) {
			return false
		}
	}
	return true
}

// oneAnswerTwice notes that the answer of a question is that of an earlier one whose
// fact is no twin. A gap may well repeat another answer.
func (l *linter) oneAnswerTwice(k told, others []told) {
	if k.item.Kind == questions.Cloze {
		return
	}
	for _, other := range others {
		if other.item.Question.Question == k.item.Question.Question {
			return
		}
		if other.item.Kind != questions.Cloze && l.apart(k.fact, other.fact) {
			l.say(k.item, "lint.no_twin", k.text, other.item.line())
			return
		}
	}
}

// runs lists the runs of one to most words.
func runs(words []string, most int) []string {
	var list []string
	for i := range words {
		for n := 1; n <= most && i+n <= len(words); n++ {
			list = append(list, strings.Join(words[i:i+n], " "))
		}
	}
	return list
}
