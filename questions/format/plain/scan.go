package plain

import (
	"regexp"
	"strconv"
	"strings"
	"unicode/utf8"
)

// element is a line of a question with all lines that go on with it.
type element struct {
	line  int
	sign  string // what it begins with; thing, pair or row where that is no sign
	arg   string // the number of a thing or a gap, the name of a property
	worth string // of a wrong option, in hundredths; "" for nothing
	text  string
}

// Elements that begin with no sign of their own.
const (
	prompt   = "?"
	right    = "*"
	wrong    = "-"
	explain  = ">"
	thing    = "1."
	pair     = "a -> b"
	row      = "tab"
	property = "property"
)

// block is a question as it is written.
type block struct {
	first, last int
	source      []string // its lines
	topic       []string
	lang        string
	numbered    bool
	size        int // bytes so far
	elements    []element
}

// answered tells whether the block has what answers a question, other than the signs.
func (b *block) answered(but ...string) bool {
	for _, e := range b.elements {
		if e.sign == prompt || e.sign == property || e.sign == explain {
			continue
		}
		if len(but) == 0 || e.sign != but[0] {
			return true
		}
	}
	return false
}

// has tells whether the block has elements of a sign.
func (b *block) has(sign string) bool {
	for _, e := range b.elements {
		if e.sign == sign {
			return true
		}
	}
	return false
}

// large is how many bytes a question may have: twice what all its texts may have. What is
// beyond is not kept.
const large = 64 << 10

// scanner parts a text into blocks.
type scanner struct {
	number int
	empty  int // lines before this one
	topic  []string
	lang   string
	open   *block
	yield  func(block) bool
	done   bool
}

// scan calls yield with each block of a text, until it returns false.
func scan(text string, yield func(block) bool) {
	s := scanner{yield: yield}
	indent := common(text)
	for more := true; more && !s.done; {
		var line string
		line, text, more = strings.Cut(text, "\n")
		s.number++
		s.take(strings.TrimPrefix(line, indent))
	}
	s.close()
}

// common is the indentation that every line has.
func common(text string) string {
	indent, first := "", true
	for more := true; more && (first || indent != ""); {
		var line string
		line, text, more = strings.Cut(text, "\n")
		if strings.TrimSpace(line) == "" {
			continue
		}
		own := line[:len(line)-len(strings.TrimLeft(line, " "))]
		if first || len(own) < len(indent) {
			indent, first = own, false
		}
	}
	return indent
}

func (s *scanner) close() {
	if s.open != nil && !s.done {
		s.done = !s.yield(*s.open)
	}
	s.open = nil
}

// begin opens a block with its first elements.
func (s *scanner) begin(line string, elements ...element) {
	s.close()
	s.empty = 0
	s.open = &block{first: s.number, topic: s.topic, lang: s.lang}
	s.add(line, elements...)
}

func (s *scanner) add(line string, elements ...element) {
	if !s.grow(line) {
		return
	}
	for i := range elements {
		elements[i].line = s.number
	}
	s.open.elements = append(s.open.elements, elements...)
}

// grow makes a line part of the open block, unless that is too large already.
func (s *scanner) grow(line string) bool {
	s.open.last = s.number
	s.open.size += s.empty + len(line) + 1 + elementSize
	if s.open.size > large {
		return false
	}
	for range s.empty {
		s.open.source = append(s.open.source, "")
	}
	s.open.source = append(s.open.source, line)
	return true
}

// elementSize lets a question of very many short lines be too large as well.
const elementSize = 32

func (s *scanner) take(line string) {
	switch {
	case strings.TrimSpace(line) == "":
		s.empty++
		return
	case len(line) > large:
		s.close()
		s.open = &block{first: s.number, last: s.number, topic: s.topic, size: len(line), elements: []element{{line: s.number, sign: prompt, text: line[:100]}}}
	case strings.HasPrefix(line, "//"):
	case s.open != nil && s.empty == 0 && s.open.size > large:
		s.grow(line)
	case strings.HasPrefix(line, "  ") && s.open != nil:
		s.goOn(line, line[2:])
	default:
		s.line(strings.Trim(line, " "))
	}
	s.empty = 0
}

// goOn adds a line to the last element.
func (s *scanner) goOn(line, text string) {
	if s.grow(line) {
		last := &s.open.elements[len(s.open.elements)-1]
		last.text += strings.Repeat("\n", s.empty+1) + text
	}
}

// line reads a line that is not indented: by its sign, by what parts it, else as text.
func (s *scanner) line(line string) {
	if e, ok := signed(line); ok && !s.columns(line) {
		s.signed(line, e)
		return
	}
	if s.property(line) || s.arranged(line) || s.whole(line) {
		return
	}
	if strings.HasPrefix(line, "#") {
		s.heading(line)
		return
	}
	text, numbered := unnumbered(line)
	if s.open != nil && s.empty == 0 && !numbered && s.unfinished() {
		s.goOn(line, line)
		return
	}
	s.begin(line, element{sign: prompt, text: text})
	s.open.numbered = numbered
}

// columns tells whether a line is one of two columns, though its first looks like a
// sign: under a question it is one.
func (s *scanner) columns(line string) bool {
	first, _, _ := strings.Cut(line, " ")
	return strings.Contains(first, "\t") && (s.open == nil || s.open.has(row))
}

// unfinished tells whether a line of text goes on with the question above it.
func (s *scanner) unfinished() bool {
	last := s.open.elements[len(s.open.elements)-1]
	return last.sign == prompt && !gap.MatchString(last.text)
}

// mark is the sign that a line begins with, and the number that belongs to it.
var mark = regexp.MustCompile(`^(?:(\?|\*|=|>>|>|:::?)|([-–])(?:([0-9.]+)%)?|([=-])([1-9][0-9]?)(?::([0-9.]+)%)?)(?:[ \t]+|$)`)

func signed(line string) (element, bool) {
	if line == "" || line[0] < utf8.RuneSelf && strings.IndexByte("?*=>:-", line[0]) < 0 {
		return element{}, false
	}
	m := mark.FindStringSubmatch(line)
	if m == nil {
		return element{}, false
	}
	e := element{sign: m[1] + m[4], arg: m[5], worth: m[3] + m[6], text: line[len(m[0]):]}
	if m[2] != "" {
		e.sign = wrong
	}
	return e, true
}

// signed adds an element to the question above, or begins one.
func (s *scanner) signed(line string, e element) {
	switch {
	case e.sign == prompt || s.open == nil:
		s.begin(line, e)
	case e.sign == why:
		s.goOn(line, why+" "+e.text)
	default:
		s.add(line, e)
	}
}

var named = regexp.MustCompile(`^(?i)(as|tags|level|lang|back|fixed|state)[ \t]*:(.*)$`)

// property adds a property to the question above. A language without a question is that
// of all that follow.
func (s *scanner) property(line string) bool {
	if !strings.Contains(line, ":") {
		return false
	}
	m := named.FindStringSubmatch(line)
	if m == nil {
		return false
	}
	name, value := strings.ToLower(m[1]), strings.TrimSpace(m[2])
	if s.open != nil {
		s.add(line, element{sign: property, arg: name, text: value})
		return true
	}
	if name == "lang" {
		s.lang = value
		return true
	}
	return false
}

var counted = regexp.MustCompile(`^([0-9]{1,3})[.)][ \t]+(.*)$`)

// unnumbered takes the number of a question away.
func unnumbered(line string) (string, bool) {
	if m := counted.FindStringSubmatch(line); m != nil && m[2] != "" {
		return m[2], true
	}
	return line, false
}

// arranged adds a thing to put in order or a pair to match to the question above, unless
// that has other answers.
func (s *scanner) arranged(line string) bool {
	if s.open == nil || !s.open.has(prompt) {
		return false
	}
	if m := counted.FindStringSubmatch(line); m != nil && !s.open.answered(thing) {
		n, _ := strconv.Atoi(m[1])
		if s.open.has(thing) || !complete(line) && (n == 1 || !s.open.numbered) {
			s.add(line, element{sign: thing, arg: m[1], text: m[2]})
			return true
		}
		return false
	}
	line = strings.ReplaceAll(line, " → ", " -> ")
	if !has(line, arrow) || complete(line) && !s.open.has(pair) || s.open.answered(pair) && !onlyMatch(s.open) || gap.MatchString(s.open.elements[0].text) {
		return false
	}
	s.add(line, element{sign: pair, text: line})
	return true
}

// complete tells whether a line has its answer in it.
func complete(line string) bool {
	_, _, whole := asked(line)
	return whole || has(line, back) || has(line, both) || strings.Contains(strings.TrimRight(line, "\t"), "\t")
}

// onlyMatch tells whether a block holds a match, and nothing else.
func onlyMatch(b *block) bool {
	for _, e := range b.elements {
		if e.sign == right || e.sign == thing || e.sign == back || e.sign == both || e.sign == row || e.sign == equals && !has(e.text, arrow) {
			return false
		}
	}
	return b.has(pair) || b.has(equals)
}

// whole reads a line that is a question with its answer.
func (s *scanner) whole(line string) bool {
	if cells := strings.TrimRight(line, "\t"); strings.Contains(cells, "\t") {
		s.begin(line, element{sign: row, text: cells})
		return true
	}
	for _, sign := range []string{both, back} {
		if front, behind, ok := cut(line, sign); ok {
			front, _ = unnumbered(front)
			s.begin(line, element{sign: prompt, text: front}, element{sign: sign, text: behind})
			return true
		}
	}
	if question, answer, ok := asked(line); ok {
		question, _ = unnumbered(question)
		s.begin(line, element{sign: prompt, text: question}, element{sign: equals, text: answer})
		return true
	}
	return false
}

// heading sets the topic of what follows.
func (s *scanner) heading(line string) {
	s.close()
	title := strings.TrimLeft(line, "#")
	depth := len(line) - len(title)
	path := append([]string(nil), s.topic[:min(depth-1, len(s.topic))]...)
	if title = unguard(strings.TrimSpace(title), equals, back, both); title != "" {
		path = append(path, title)
	}
	s.topic = path
}
