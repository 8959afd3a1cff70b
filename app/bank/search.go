package bank

import (
	"regexp"
	"slices"
	"strings"
	"unicode"

	"thaw/questions"
	"thaw/questions/grade"
	"thaw/questions/kind"
)

// Limits of what is searched and of what is looked for.
const (
	maxSearchable = 10000 // characters of a question
	maxWords      = 8
	maxWord       = 60 // characters
	maxGrams      = 8  // of all words together
	run           = 3  // characters of a gram
)

// Searchable is what a search looks in: prompt, answers, explanation and tags, folded,
// a line each. Only questions that somebody owns have it: the built-in bank is
// not searched, what is copied from it is.
func Searchable(v questions.Version, tags []string) string {
	lines := []string{Plain(kind.Line(v))}
	for _, a := range v.Answers {
		lines = append(lines, Plain(a.Text))
		if written := grade.Canonical(a); written != a.Text {
			lines = append(lines, written)
		}
	}
	lines = append(lines, Plain(v.Explain))
	lines = append(lines, tags...)
	for i, line := range lines {
		lines[i] = questions.Fold(line)
	}
	all := []rune(strings.Join(lines, "\n"))
	return string(all[:min(len(all), maxSearchable)])
}

var (
	link     = regexp.MustCompile(`\[([^\]\n]*)\]\([^)\n]*\)`)
	emphasis = regexp.MustCompile("\\$\\$[^$]+\\$\\$|\\$[^\\s$](?:[^$]*[^\\s$])?\\$(?:\\D|$)|[*`]") // or a formula, in which a star is a sign
)

// Plain is a Markdown text without its marks, on one line. Formulas stay TeX.
func Plain(text string) string {
	text = emphasis.ReplaceAllStringFunc(link.ReplaceAllString(text, "$1"), func(found string) string {
		return strings.Trim(found, "*`")
	})
	return strings.Join(strings.Fields(text), " ")
}

// Grams are the runs of three letters inside the words of a folded text, each
// once, sorted.
func Grams(folded string) []string {
	var grams []string
	for _, word := range strings.Fields(folded) {
		grams = append(grams, runs(word)...)
	}
	slices.Sort(grams)
	return slices.Compact(grams)
}

func runs(word string) []string {
	letters := []rune(word)
	var list []string
	for i := 0; i+run <= len(letters); i++ {
		list = append(list, string(letters[i:i+run]))
	}
	return list
}

// Terms are what somebody looks for: every word must be there. Grams narrow the
// search down; words of fewer than three letters have none.
type Terms struct {
	Words []string // folded
	Grams []string
}

// ReadTerms reads what was typed into a search.
func ReadTerms(typed string) Terms {
	var t Terms
	for _, word := range strings.Fields(questions.Fold(typed)) {
		if len(t.Words) == maxWords {
			break
		}
		letters := []rune(word)
		t.Words = append(t.Words, string(letters[:min(len(letters), maxWord)]))
	}
	for _, word := range t.Words {
		list := runs(word)
		if n := len(list); n > 2 { // three of a word tell it from others well enough
			list = []string{list[0], list[n/2], list[n-1]}
		}
		t.Grams = append(t.Grams, list...)
	}
	slices.Sort(t.Grams)
	t.Grams = slices.Compact(t.Grams)
	t.Grams = t.Grams[:min(len(t.Grams), maxGrams)]
	return t
}

// Piece is a stretch of a text, marked where it was looked for.
type Piece struct {
	Text   string
	Marked bool
}

// Mark marks each word that was looked for in a text, however it is written
// there.
func Mark(text string, words []string) []Piece {
	folded, from := foldedRunes(text)
	marked := make([]bool, len(text))
	for _, word := range words {
		for at := 0; word != ""; {
			i := strings.Index(folded[at:], word)
			if i < 0 {
				break
			}
			start, end := at+i, at+i+len(word)
			for b := from[start]; b < from[end]; b++ {
				marked[b] = true
			}
			at = end
		}
	}
	return pieces(text, marked)
}

// foldedRunes folds rune by rune and tells for each byte of the result, and for
// its end, at which byte of the text its rune begins.
func foldedRunes(text string) (string, []int) {
	var b strings.Builder
	var from []int
	for i, r := range text {
		plain := questions.Fold(string(r))
		if unicode.IsSpace(r) {
			plain = " "
		}
		b.WriteString(plain)
		for range len(plain) {
			from = append(from, i)
		}
	}
	return b.String(), append(from, len(text))
}

func pieces(text string, marked []bool) []Piece {
	var list []Piece
	start := 0
	for i := 1; i <= len(text); i++ {
		if i == len(text) || marked[i] != marked[start] {
			list = append(list, Piece{text[start:i], marked[start]})
			start = i
		}
	}
	return list
}

// Snippet is the surroundings of the first word found in a text, marked; none
// when nothing is found.
func Snippet(text string, words []string, around int) []Piece {
	list := Mark(text, words)
	at := slices.IndexFunc(list, func(p Piece) bool { return p.Marked })
	if at < 0 {
		return nil
	}
	var before string
	for _, p := range list[:at] {
		before += p.Text
	}
	lead := []rune(before)
	if len(lead) > around {
		before = "…" + strings.TrimLeft(string(lead[len(lead)-around:]), " ")
	}
	cut := []Piece{{Text: before}}
	for _, p := range list[at:] {
		tail := []rune(p.Text)
		if around -= len(tail); around < 0 && !p.Marked {
			return append(cut, Piece{Text: strings.TrimRight(string(tail[:max(len(tail)+around, 0)]), " ") + "…"})
		}
		cut = append(cut, p)
	}
	return cut
}
