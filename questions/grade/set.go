package grade

import (
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"thaw/questions"
)

// member is one of the things that a set has.
type member struct {
	forms  []form
	person bool
	begin  map[byte]bool // letters that a name of it may begin with
}

// begins tells whether words may name the member, by their first letter. Long
// words may be misspelt in it.
func (m member) begins(words []word) bool {
	return slices.ContainsFunc(words, func(w word) bool { return len(w.text) >= 8 || m.begin[firstSound(w.text)] })
}

// setKey is one accepted set.
type setKey struct {
	members []member
	ordered bool
}

// judgeSet compares sets. Their order is free unless the key has arrows; one
// thing missing or one wrong of three is almost right.
func judgeSet(t task) verdict {
	given := splitWords(t.input)
	if deny(given, formsOf(t.forms, false)) {
		return verdict{match: wrong("reason.negated")}
	}
	if len(splitAnswers(t.input, formsOf(t.forms, false))) > 1 {
		return verdict{match: wrong("reason.two_answers")}
	}
	best := match{verdict: questions.Wrong, edits: 1 << 20}
	for _, form := range t.forms {
		if m := judgeMembers(t, newSetKey(t, form)); m.better(best) {
			best = m
		}
	}
	return verdict{match: best}
}

func newSetKey(t task, text string) setKey {
	key := setKey{ordered: strings.Contains(arrows.Replace(text), "→")}
	for _, part := range keyParts(text) {
		key.members = append(key.members, newMember(t, part))
	}
	return key
}

var arrows = strings.NewReplacer("->", "→", "=>", "→", "⇒", "→", "⟶", "→", ">", "→")

// keyParts parts a key at the strongest of its marks.
func keyParts(text string) []string {
	text = arrows.Replace(text)
	for _, mark := range []string{"→", ";", "\n", ","} {
		if strings.Contains(text, mark) {
			return slices.DeleteFunc(strings.Split(text, mark), func(s string) bool { return strings.IndexFunc(s, isLetter) < 0 })
		}
	}
	return []string{text}
}

// newMember joins a thing with the spellings that the bank has for it.
func newMember(t task, text string) member {
	text = strings.TrimSpace(text)
	texts, kind := []string{text}, ""
	for _, e := range t.lexicon.Entities {
		if strings.EqualFold(e.Name, text) || slices.ContainsFunc(e.Spellings, func(s string) bool { return strings.EqualFold(s, text) }) {
			texts, kind = append(append(texts, e.Name), e.Spellings...), e.Kind
		}
	}
	person := kind == questions.MatchPerson || (kind == "" || kind == questions.MatchSet) && looksLikePerson(text)
	m := member{formsOf(texts, person), person, map[byte]bool{}}
	for _, f := range m.forms {
		for _, w := range f.words {
			for i := range min(len(w.text), 2) { // the second, as they may be swapped
				m.begin[firstSound(w.text[i:])] = true
			}
		}
	}
	return m
}

// general are last words of names that are no persons.
var general = []string{"union", "states", "kingdom", "empire", "republic", "party", "war", "pact", "square", "gate", "wall", "sea", "city",
	"island", "islands", "river", "canal", "revolution", "germany", "korea", "vietnam", "africa", "america", "berlin", "act", "treaty",
	"movement", "front", "league", "army", "committee", "council", "plan", "policy", "spring", "affair", "zealand", "europe", "asia", "york"}

// looksLikePerson guesses that two to four words with capitals name a person.
func looksLikePerson(text string) bool {
	words := splitWords(text)
	if len(words) < 2 || len(words) > 4 || oneOf(words[len(words)-1].text, general) {
		return false
	}
	for _, w := range words {
		first, _ := utf8.DecodeRuneInString(w.raw)
		if !unicode.IsUpper(first) && !oneOf(w.text, particles) || w.num || w.abbr && utf8.RuneCountInString(w.raw) > 2 {
			return false
		}
	}
	return true
}

// sorting is what an input has of a set.
type sorting struct {
	task    task
	key     setKey
	used    []bool
	order   []int // members in the order given
	near    int   // members that are almost right
	foreign int   // things that are none
	budget  int   // comparisons left, so that no input takes long
	total   match
}

// mostComparisons is more than twenty things named for twenty members take.
const mostComparisons = 300

func judgeMembers(t task, key setKey) match {
	s := sorting{task: t, key: key, used: make([]bool, len(key.members)), budget: mostComparisons, total: match{verdict: questions.Right}}
	input := arrows.Replace(t.input)
	if key.ordered && len(key.members) == 2 {
		input = forward(input)
	}
	for _, segment := range strings.FieldsFunc(input, func(r rune) bool { return strings.ContainsRune(",;\n→", r) }) {
		s.takeSegment(segment)
	}
	return s.verdict()
}

// backward words name what comes later first: Volgograd, formerly Stalingrad.
var backward = []string{"formerly", "previously", "once", "earlier", "after", "from", "fruher", "ehemals", "nach"}

// forward puts what stands behind a backward word first.
func forward(input string) string {
	fields := strings.Fields(input)
	for i, f := range fields {
		if i > 0 && oneOf(questions.Fold(strings.Trim(f, "(,")), backward) {
			return strings.Join(fields[i+1:], " ") + ", " + strings.Join(fields[:i], " ")
		}
	}
	return input
}

// takeSegment takes what stands between two commas: one thing, or several with
// "and" between them.
func (s *sorting) takeSegment(segment string) {
	words := withoutFillers(splitWords(segment))
	if len(words) == 0 || s.take(words, slip) || s.takeAll(words) {
		return
	}
	for _, part := range softParts(segment) {
		words := withoutFillers(splitWords(part))
		if len(words) == 0 || s.take(words, slip) || s.takeRuns(words) || s.take(words, near) {
			continue
		}
		s.foreign++
	}
}

// joiners part the things of a set as a comma does.
var joiners = []string{"and", "und", "et", "y", "i", "then", "to", "dann", "puis", "became", "becomes", "was", "renamed", "into", "plus", "also", "finally", "later", "now", "with"}

// softParts parts a text at joining words, signs, dashes with blanks and numbers
// such as "2.".
func softParts(segment string) []string {
	parts := []string{""}
	for _, field := range strings.Fields(strings.NewReplacer("/", " / ", "&", " & ", "+", " + ", "•", " • ").Replace(segment)) {
		w := questions.Fold(field)
		sign := strings.IndexFunc(w, isLetter) < 0
		numbering := len(w) > 1 && run(w, isDigit) == len(w)-1 && (strings.HasSuffix(w, ".") || strings.HasSuffix(w, ")"))
		if sign || numbering || oneOf(w, joiners) && parts[len(parts)-1] != "" {
			parts = append(parts, "")
			continue
		}
		parts[len(parts)-1] += " " + field
	}
	return slices.DeleteFunc(parts, func(s string) bool { return s == "" })
}

// take finds the member that the words name, at least as close as wanted. One
// that was named before counts once.
func (s *sorting) take(words []word, want closeness) bool {
	best, at := s.find(words)
	if at < 0 || want == slip && rank(best.verdict) > rank(questions.Slip) {
		return false
	}
	if s.used[at] {
		return true
	}
	s.used[at] = true
	s.order = append(s.order, at)
	if best.verdict == questions.Almost {
		s.near++
	}
	if best.better(s.total) {
		return true
	}
	s.total = best
	return true
}

// find returns the member that the words name best, -1 when there is none.
func (s *sorting) find(words []word) (best match, at int) {
	best, at = wrong(""), -1
	for i := range s.key.members {
		if !s.key.members[i].begins(words) {
			continue
		}
		if s.budget--; s.budget < 0 {
			break
		}
		if m := s.judge(s.key.members[i], words); m.better(best) {
			best, at = m, i
		}
	}
	return best, at
}

func (s *sorting) judge(m member, words []word) match {
	t := s.task
	t.lexicon = questions.Lexicon{}
	t.key.Match = questions.MatchTerm
	if m.person {
		t.key.Match = questions.MatchPerson
	}
	return judgeForms(t, m.forms, words)
}

// takeAll takes members that only blanks and joining words part, if nothing else
// is there.
func (s *sorting) takeAll(words []word) bool {
	runs, rest := s.runs(words)
	if len(runs) == 0 || slices.ContainsFunc(rest, func(w word) bool { return !oneOf(w.text, joiners) && !small[w.text] }) {
		return false
	}
	s.takeEach(runs)
	return true
}

// takeRuns takes members that only blanks part; what else is there is one thing
// too many.
func (s *sorting) takeRuns(words []word) bool {
	runs, rest := s.runs(words)
	s.takeEach(runs)
	if len(runs) > 0 && slices.ContainsFunc(rest, func(w word) bool { return !small[w.text] }) {
		s.foreign++
	}
	return len(runs) > 0
}

func (s *sorting) takeEach(runs [][]word) {
	for _, run := range runs {
		s.take(run, slip)
	}
}

// runs finds the names of members in a text, the longer ones first, and the
// words that are none's.
func (s *sorting) runs(words []word) (runs [][]word, rest []word) {
	for len(words) > 0 {
		n := s.longest(words)
		if n == 0 {
			rest, words = append(rest, words[0]), words[1:]
			continue
		}
		runs, words = append(runs, words[:n]), words[n:]
	}
	return runs, rest
}

// longest returns how many of the first words name one member.
func (s *sorting) longest(words []word) int {
	for n := min(len(words), 6); n > 0; n-- {
		if m, _ := s.find(words[:n]); rank(m.verdict) <= rank(questions.Slip) {
			return n
		}
	}
	return 0
}

func (s *sorting) verdict() match {
	n, found := len(s.key.members), len(s.order)
	if s.key.ordered && !slices.IsSorted(s.order) {
		return wrong("reason.wrong_order")
	}
	missing := n - found
	switch errors := max(missing, s.foreign); {
	case errors > 0 && (3*errors > n || s.near > 0) && s.foreign > 0:
		return wrong("reason.found_extra", strconv.Itoa(found-s.near), strconv.Itoa(n), strconv.Itoa(s.foreign))
	case errors > 0 && (3*errors > n || s.near > 0):
		return wrong("reason.found", strconv.Itoa(found-s.near), strconv.Itoa(n))
	case errors > 1:
		return almost("reason.found", strconv.Itoa(found), strconv.Itoa(n))
	case errors == 0:
		return s.total
	case s.foreign == 0:
		return almost("reason.one_missing")
	case missing == 0:
		return almost("reason.one_extra")
	}
	return almost("reason.one_swapped")
}
