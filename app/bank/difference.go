package bank

import (
	"slices"
	"strings"
	"unicode"

	"thaw/questions"
	"thaw/questions/grade"
	"thaw/questions/kind"
)

// How says what became of a stretch of a text.
type How string

// What becomes of it.
const (
	Same    How = "same"
	Added   How = "added"
	Removed How = "removed"
)

// Stretch is a part of a text with what became of it.
type Stretch struct {
	How  How
	Text string
}

// tooMuch bounds the work of a comparison; beyond it all is replaced.
const tooMuch = 4_000_000

// Difference compares two texts word by word.
func Difference(before, after string) []Stretch {
	a, b := tokens(before), tokens(after)
	if len(a)*len(b) > tooMuch {
		return []Stretch{{Removed, before}, {Added, after}}
	}
	var list []Stretch
	for _, s := range align(a, b) {
		list = grow(list, s.how, s.item)
	}
	return list
}

// grow adds a text to a list of stretches; what was removed stands before what
// was added in its place.
func grow(list []Stretch, how How, text string) []Stretch {
	n := len(list)
	switch {
	case n > 0 && list[n-1].How == how:
		list[n-1].Text += text
		return list
	case how == Removed && n > 1 && list[n-1].How == Added && list[n-2].How == Removed:
		list[n-2].Text += text
		return list
	case how == Removed && n > 0 && list[n-1].How == Added:
		return slices.Insert(list, n-1, Stretch{how, text})
	}
	return append(list, Stretch{how, text})
}

// tokens splits a text into words, blanks and single signs.
func tokens(text string) []string {
	var list []string
	start, last := 0, sign
	for i, r := range text {
		now := classOf(r)
		if i > start && (now != last || now == sign) {
			list = append(list, text[start:i])
			start = i
		}
		last = now
	}
	if start < len(text) {
		list = append(list, text[start:])
	}
	return list
}

// class tells what a letter belongs to.
type class int

const (
	sign class = iota
	blank
	word
)

func classOf(r rune) class {
	switch {
	case unicode.IsSpace(r):
		return blank
	case unicode.IsLetter(r), unicode.IsNumber(r), unicode.IsMark(r):
		return word
	}
	return sign
}

// step is one item of an alignment.
type step[T any] struct {
	how  How
	item T
}

// align lists the items of two sequences in order, those of their longest common
// part once.
func align[T comparable](a, b []T) []step[T] {
	head := 0
	for head < min(len(a), len(b)) && a[head] == b[head] {
		head++
	}
	tail := 0
	for tail < min(len(a), len(b))-head && a[len(a)-1-tail] == b[len(b)-1-tail] {
		tail++
	}
	list := steps(Same, a[:head])
	list = append(list, between(a[head:len(a)-tail], b[head:len(b)-tail])...)
	return append(list, steps(Same, a[len(a)-tail:])...)
}

func steps[T any](how How, items []T) []step[T] {
	list := make([]step[T], len(items))
	for i, item := range items {
		list[i] = step[T]{how, item}
	}
	return list
}

func between[T comparable](a, b []T) []step[T] {
	// common[i][j] is the length of the longest common part of a[i:] and b[j:].
	common := make([][]int, len(a)+1)
	for i := range common {
		common[i] = make([]int, len(b)+1)
	}
	for i := len(a) - 1; i >= 0; i-- {
		for j := len(b) - 1; j >= 0; j-- {
			common[i][j] = max(common[i+1][j], common[i][j+1])
			if a[i] == b[j] {
				common[i][j] = common[i+1][j+1] + 1
			}
		}
	}
	var list []step[T]
	i, j := 0, 0
	for i < len(a) && j < len(b) {
		switch {
		case a[i] == b[j]:
			list = append(list, step[T]{Same, a[i]})
			i, j = i+1, j+1
		case common[i+1][j] >= common[i][j+1]:
			list = append(list, step[T]{Removed, a[i]})
			i++
		default:
			list = append(list, step[T]{Added, b[j]})
			j++
		}
	}
	return append(append(list, steps(Removed, a[i:])...), steps(Added, b[j:])...)
}

// Line is one field of a wording as a reader sees it.
type Line struct {
	Field string // prompt, right, wrong, explain, passage, level, lang, back, fixed
	Text  string
}

// Lines is a wording field by field; say gives the words for its settings,
// passage the name of the passage that it points to.
func Lines(v questions.Version, passage string, say questions.Say) []Line {
	list := []Line{{"prompt", kind.Source(v)}}
	for _, a := range answers(v) {
		list = append(list, answerLine(a))
	}
	list = append(list, Line{"explain", v.Explain}, Line{"passage", passage}, Line{"level", say("kind.level." + v.Level)}, Line{"lang", v.Lang})
	if v.Back != "" {
		list = append(list, Line{"back", v.Back})
	}
	if v.Fixed {
		list = append(list, Line{"fixed", say("kind.edit.fixed")})
	}
	return list
}

// answers are those of a wording as a reader sees them: pairs in one, and when
// something was as people write it.
func answers(v questions.Version) []questions.Answer {
	list := slices.Clone(v.Answers)
	switch v.Kind {
	case questions.Order:
		for i, a := range list {
			list[i].Feedback = grade.DateText(a.Feedback)
		}
	case questions.Match:
		list = nil
		for _, p := range kind.Pairs(v) {
			if p.Left.Text != "" {
				p.Right.Text = p.Left.Text + ": " + p.Right.Text
			}
			list = append(list, p.Right)
		}
	}
	return list
}

func answerLine(a questions.Answer) Line {
	line := Line{"wrong", grade.Canonical(a)}
	if a.Credit == 1 {
		line.Field = "right"
	}
	if a.Feedback != "" {
		line.Text += " — " + a.Feedback
	}
	return line
}

// Changed is one field of a wording with what became of it.
type Changed struct {
	Field     string
	Stretches []Stretch
}

// Same tells whether nothing became of it.
func (c Changed) Same() bool {
	return !slices.ContainsFunc(c.Stretches, func(s Stretch) bool { return s.How != Same })
}

// Compare says what became of each field from one wording to the next. A field
// that is empty in both is left out.
func Compare(before, after []Line) []Changed {
	var list []Changed
	var gone []Line // removed, and not yet met by what came in their place
	flush := func() {
		for _, l := range gone {
			list = add(list, l.Field, Difference(l.Text, ""))
		}
		gone = nil
	}
	for _, s := range align(before, after) {
		switch s.how {
		case Removed:
			gone = append(gone, s.item)
		case Added:
			var old Line
			old, gone = replaced(gone, s.item)
			list = add(list, s.item.Field, Difference(old.Text, s.item.Text))
		default:
			flush()
			list = add(list, s.item.Field, Difference(s.item.Text, s.item.Text))
		}
	}
	flush()
	return list
}

// replaced takes out of what is gone the line in whose place a new one came: of
// several answers the most like it, if any is.
func replaced(gone []Line, by Line) (Line, []Line) {
	best, most := -1, 0
	for i, l := range gone {
		if l.Field != by.Field {
			continue
		}
		n := alike(l.Text, by.Text)
		if by.Field != "right" && by.Field != "wrong" {
			n++ // there is only one
		}
		if n > most {
			best, most = i, n
		}
	}
	if best < 0 {
		return Line{}, gone
	}
	return gone[best], slices.Delete(slices.Clone(gone), best, best+1)
}

// alike counts the words that two texts share, in order.
func alike(a, b string) int {
	n := 0
	for _, s := range Difference(a, b) {
		if s.How == Same {
			n += len(strings.Fields(s.Text))
		}
	}
	return n
}

func add(list []Changed, field string, stretches []Stretch) []Changed {
	if len(stretches) == 0 {
		return list
	}
	return append(list, Changed{field, stretches})
}

// String writes a difference with [-removed-] and {+added+}, for logs and tests.
func (c Changed) String() string {
	var b strings.Builder
	b.WriteString(c.Field + ": ")
	for _, s := range c.Stretches {
		switch s.How {
		case Removed:
			b.WriteString("[-" + s.Text + "-]")
		case Added:
			b.WriteString("{+" + s.Text + "+}")
		default:
			b.WriteString(s.Text)
		}
	}
	return b.String()
}
