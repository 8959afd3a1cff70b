package lint

import (
	"math"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"thaw/questions"
	"thaw/questions/grade"
)

// Reading grades (years of school) of stems: at most maxGrade in the mean of a bank,
// and maxStemGrade in each. A single sentence swings more than a text: the formula is
// made for passages of a hundred words, and in a stem of ten words one syllable more
// is a year more. A quotation that is asked about can bring a good stem to 14.
const (
	maxGrade     = 10
	maxStemGrade = 15
	fewGrades    = 20 // below that the mean says nothing
)

// readingGrade is the Flesch-Kincaid grade of a sentence or a few: .39 words per
// sentence + 11.8 syllables per word - 15.59 (Kincaid et al. 1975).
func readingGrade(text string) float64 {
	sentences, words, sounds := 0.0, 0.0, 0.0
	for i, w := range strings.Fields(text) {
		word := strings.TrimFunc(w, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
		if word != "" {
			words++
			sounds += float64(heard(word, i > 0))
		}
		if strings.ContainsAny(w[len(w)-1:], ".?!") {
			sentences++
		}
	}
	if words == 0 {
		return 0
	}
	return .39*words/max(sentences, 1) + 11.8*sounds/words - 15.59
}

// heard counts the syllables of a word. A name (a capital within the sentence, as in
// de-Stalinization) counts as two at most, and so does a number: neither is hard to
// read for its length.
func heard(word string, within bool) int {
	if unicode.IsDigit([]rune(word)[0]) {
		return 2
	}
	if within && strings.ContainsFunc(word, unicode.IsUpper) {
		return min(syllables(word), 2)
	}
	return syllables(word)
}

// syllables counts the groups of vowels of an English word, y among them, without a
// silent e, es or ed at its end; at least one. It is right for nine words in ten,
// and wrong by one for the others.
func syllables(word string) int {
	letters := []rune(strings.ToLower(questions.Fold(word)))
	n, before := 0, false
	for _, r := range letters {
		vowel := strings.ContainsRune("aeiouy", r)
		if vowel && !before {
			n++
		}
		before = vowel
	}
	if silent(string(letters)) {
		n--
	}
	return max(n, 1)
}

// An e, es or ed behind a consonant is silent, but not in table, wanted, houses.
var (
	ending = regexp.MustCompile(`[^aeiouy](e|es|ed)$`)
	voiced = regexp.MustCompile(`([^aeiouy]le|[td]ed|([szxcg]|ch|sh)es)$`)
)

func silent(w string) bool { return ending.MatchString(w) && !voiced.MatchString(w) }

// grades tells whether a question has a stem that can be graded.
func (q item) grades() bool {
	return q.english && q.Kind != questions.Flash && words(q.stem) >= minStem
}

// Rule 15, of one question: its stem is plain; a typed answer has other spellings and
// cannot be taken for another one.
func plainWords(l *linter, q item) {
	if g := readingGrade(q.line()); q.grades() && g > maxStemGrade {
		l.say(q, "lint.grade", strconv.FormatFloat(g, 'f', 0, 64), count(maxStemGrade))
	}
	if q.Kind == questions.Text {
		l.spellings(q)
		l.collisions(q)
	}
}

// spellings wants a typed answer to have others that count: of the entity that it
// names, or listed. A name of another entity is not one of them.
func (l *linter) spellings(q item) {
	if len(q.keys) == 0 {
		return
	}
	own, ok := l.entity(q.keys[0])
	if !ok && len(q.keys) < 2 {
		l.say(q, "lint.spellings", q.keys[0].Text)
	}
	for _, a := range q.keys {
		if other, named := l.names[questions.Fold(a.Text)]; ok && named && other.ID != own.ID {
			l.say(q, "lint.other_name", a.Text, other.Name)
		}
	}
}

// collisions finds later questions whose typed answers cannot be told from the key.
// While one question is written, its author sees them elsewhere.
func (l *linter) collisions(q item) {
	if l.single {
		return
	}
	var others [][]questions.Answer
	later := slices.IndexFunc(l.items, func(other item) bool { return other.Question.Question == q.Question.Question }) + 1
	for _, other := range l.items[later:] {
		if other.Kind == questions.Text {
			others = append(others, other.Answers)
		}
	}
	for _, c := range grade.Collisions(q.Answers, others, l.bank.Lexicon) {
		l.say(q, "lint.collides", q.keys[0].Text, c.Text)
	}
}

// Rule 15, of the bank: stems are read easily in the mean.
func plainBank(l *linter) {
	sum, n := 0.0, 0
	for _, q := range l.items {
		if q.grades() {
			sum, n = sum+readingGrade(q.line()), n+1
		}
	}
	if mean := sum / math.Max(float64(n), 1); n >= fewGrades && mean > maxGrade {
		l.sayBank("lint.mean_grade", strconv.FormatFloat(mean, 'f', 1, 64), count(maxGrade))
	}
}
