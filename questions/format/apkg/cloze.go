package apkg

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// piece is a stretch of a text with deletions: plain text, or a deletion with its
// numbers, what is deleted, and a hint.
type piece struct {
	text    string
	numbers []int
	opened  string   // the signs that have opened it
	hints   []string // stretches of the hint
	inner   []piece
}

// braces finds where a deletion begins, {{c1:: or {{c1,2::, and where one ends.
var braces = regexp.MustCompile(`\{\{c(\d{1,3}(?:,\d{1,3}){0,9})::|\}\}`)

// maxClozes is how deep deletions may nest.
const maxClozes = 8

// parseCloze reads a text with deletions. One that is not closed is text.
func parseCloze(text string) []piece {
	open := []piece{{}} // those that are open, the whole first
	at := 0
	for _, m := range braces.FindAllStringSubmatchIndex(text, -1) {
		add(&open[len(open)-1], text[at:m[0]])
		at = m[1]
		begins := m[2] >= 0
		switch {
		case begins && len(open) <= maxClozes:
			open = append(open, piece{numbers: numbers(text[m[2]:m[3]]), opened: text[m[0]:m[1]]})
		case begins || len(open) == 1:
			add(&open[len(open)-1], text[m[0]:m[1]])
		default:
			open = closed(open)
		}
	}
	add(&open[len(open)-1], text[at:])
	return unclosed(open).inner
}

// add adds text to a deletion; what stands behind two colons is its hint.
func add(p *piece, text string) {
	if text == "" {
		return
	}
	if p.hints != nil {
		p.hints = append(p.hints, text)
		return
	}
	if before, hint, ok := strings.Cut(text, "::"); ok && p.numbers != nil {
		text, p.hints = before, []string{hint}
	}
	p.inner = append(p.inner, piece{text: text})
}

// closed puts the innermost deletion into that around it.
func closed(open []piece) []piece {
	last := len(open) - 1
	open[last-1].inner = append(open[last-1].inner, open[last])
	return open[:last]
}

// unclosed makes text of the deletions that are still open.
func unclosed(open []piece) piece {
	for last := len(open) - 1; last > 0; last-- {
		p := open[last]
		around := &open[last-1]
		around.inner = append(around.inner, piece{text: p.opened})
		around.inner = append(around.inner, p.inner...)
		if p.hints != nil {
			around.inner = append(around.inner, piece{text: "::" + p.hint()})
		}
	}
	return open[0]
}

func numbers(list string) []int {
	var all []int
	for _, one := range strings.Split(list, ",") {
		n, _ := strconv.Atoi(one)
		all = append(all, n)
	}
	return all
}

// shown is the text with every deletion shown, but for those of one number, which are
// what gap says. None has the number 0.
func shown(pieces []piece, number int, gap func(piece) string) string {
	var b strings.Builder
	for _, p := range pieces {
		switch {
		case p.numbers == nil:
			b.WriteString(p.text)
		case number > 0 && slices.Contains(p.numbers, number):
			b.WriteString(gap(p))
		default:
			b.WriteString(shown(p.inner, number, gap))
		}
	}
	return b.String()
}

// hint is what is said in the place of a deletion.
func (p piece) hint() string { return strings.Join(p.hints, "") }

// deleted is what a deletion hides.
func (p piece) deleted() string { return shown(p.inner, 0, nil) }
