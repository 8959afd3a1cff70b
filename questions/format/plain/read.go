package plain

import (
	"context"
	"slices"
	"strings"

	"thaw/questions"
	"thaw/questions/format/bundle"
	"thaw/questions/format/charset"
)

// Limits of a text: bytes and questions.
const (
	most  = 10 << 20
	count = 50_000
)

// Block is a question of a text: what became of some of its lines. It has items or a
// problem; a card in both directions has two.
type Block struct {
	First, Last int // lines, from 1
	Items       []bundle.Item
	Problem     *bundle.Problem
}

// Blocks reads a text in the notation, question by question in its order. Of one with
// more than 50,000 questions it reads so many.
func Blocks(text string) []Block {
	var list []Block
	scan(text, func(b block) bool {
		list = append(list, b.block())
		return len(list) < count
	})
	return list
}

func (b block) block() Block {
	items, problem := b.items()
	if problem == nil {
		return Block{First: b.first, Last: b.last, Items: items}
	}
	problem.Text = strings.Join(b.source, "\n")
	problem.Item = beginning(b.elements[0].text)
	if problem.Line == 0 {
		problem.Line = b.first
	}
	return Block{First: b.first, Last: b.last, Problem: problem}
}

// beginning is as much of a text as finds it again.
func beginning(text string) string {
	text, _, _ = strings.Cut(strings.ToValidUTF8(text, ""), "\n")
	n := 0
	for i := range text {
		if n++; n > 60 {
			return text[:i] + "…"
		}
	}
	return text
}

// Read reads a text in the notation.
func Read(ctx context.Context, in bundle.Input) (bundle.Bundle, error) {
	text, notes, err := charset.Text(in, most)
	if err != nil {
		return bundle.Bundle{}, err
	}
	b := bundle.Bundle{Notes: notes}
	scan(text, func(read block) bool {
		one := read.block()
		b.Items = append(b.Items, one.Items...)
		if one.Problem != nil {
			b.Problems = append(b.Problems, *one.Problem)
		}
		if b.Total() == 1 {
			b.Lang = read.lang
		}
		return b.Total() <= count && ctx.Err() == nil
	})
	if b.Total() > count {
		return bundle.Bundle{}, bundle.Bad("format.many", count)
	}
	return b, ctx.Err()
}

// Sniff says that any text could be in the notation if a question can be read at its
// beginning. It is never sure: other formats that know their own come first.
func Sniff(in bundle.Input) int {
	head := in.Head(8 << 10)
	if charset.Binary(head) {
		return 0
	}
	text, _ := charset.Decode(head)
	sure := 1
	scan(text, func(b block) bool {
		if b.block().Problem == nil {
			sure = 10
		}
		return sure < 10
	})
	return sure
}

// items reads what the block says.
func (b block) items() ([]bundle.Item, *bundle.Problem) {
	if b.size > large {
		return nil, &bundle.Problem{Reason: bundle.Because("format.plain_large")}
	}
	r := reading{block: b, item: bundle.Item{Line: b.first, Topic: b.topic, Version: questions.Version{Lang: b.lang}}}
	r.properties()
	r.frame()
	r.answers()
	if r.problem != nil {
		return nil, r.problem
	}
	if b.has(both) {
		return mirrored(r.item), nil
	}
	return []bundle.Item{r.item}, nil
}

// reading is a block on its way to an item.
type reading struct {
	block
	item    bundle.Item
	as      []string        // how the parts are compared, as it is written
	kind    string          // the kind, where it is written
	loose   bool            // the options may stand in any order, though they are truths
	problem *bundle.Problem // the first
}

// wrong keeps the first problem; a line of 0 is that of the block.
func (r *reading) wrong(line int, code string, args ...any) {
	if r.problem == nil {
		r.problem = &bundle.Problem{Line: line, Reason: bundle.Because("format.plain_"+code, args...)}
	}
}

// all are the elements of some signs, in their order.
func (r *reading) all(signs ...string) []element {
	var list []element
	for _, e := range r.elements {
		if slices.Contains(signs, e.sign) {
			list = append(list, e)
		}
	}
	return list
}

// frame reads what is not an answer.
func (r *reading) frame() {
	v := &r.item.Version
	for _, e := range r.all(prompt) {
		v.Prompt = strings.TrimSpace(e.text)
	}
	var said []string
	for _, e := range r.all(explain) {
		said = append(said, e.text)
	}
	v.Explain = strings.TrimSpace(strings.Join(said, "\n"))
}

// properties reads the lines of a name and a value.
func (r *reading) properties() {
	for _, e := range r.all(property) {
		value := strings.Join(strings.Fields(e.text), " ")
		switch e.arg {
		case "as":
			r.readAs(e, value)
		case "tags":
			for _, tag := range split(value, comma) {
				if tag != "" {
					r.item.Tags = append(r.item.Tags, tag)
				}
			}
		case "lang":
			r.item.Version.Lang = value
		case "back":
			r.item.Version.Back = value
		default:
			r.readWord(e, strings.ToLower(value))
		}
	}
}

// words are what may stand behind a property that has a word of its own.
var words = map[string][]string{
	"level": {"remember", "understand", "apply", "analyse"},
	"fixed": {"yes", "no"},
	"state": {"draft", "live", "retired"},
}

func (r *reading) readWord(e element, value string) {
	if !slices.Contains(words[e.arg], value) {
		r.wrong(e.line, "property", e.arg, value, strings.Join(words[e.arg], ", "))
		return
	}
	switch e.arg {
	case "level":
		r.item.Version.Level = value
	case "fixed":
		r.item.Version.Fixed, r.loose = value == "yes", value == "no"
	case "state":
		r.item.State = value
	}
}

var (
	kinds = []string{questions.Choice, questions.Several, questions.Truth, questions.Text, questions.Order, questions.Match, questions.Cloze, questions.Flash}
	// ways are how an answer may be compared, by what people write.
	ways = []string{questions.MatchPerson, questions.MatchPlace, questions.MatchOrg, questions.MatchTitle, questions.MatchTerm, questions.MatchOrdinal,
		questions.MatchSet, questions.MatchDate, questions.MatchNumber}
)

func (r *reading) readAs(e element, value string) {
	if slices.Contains(kinds, value) {
		r.kind = value
		return
	}
	for _, way := range strings.Split(value, comma) {
		way = strings.ToLower(strings.TrimSpace(way))
		if way == "organisation" || way == "organization" {
			way = questions.MatchOrg
		}
		if way != "" && !slices.Contains(ways, way) {
			r.wrong(e.line, "as", way, strings.Join(append(append([]string(nil), ways...), kinds...), ", "))
		}
		r.as = append(r.as, way)
	}
}

// way is how a part is compared, "" where that is to be guessed.
func (r *reading) way(part int) string {
	if part <= len(r.as) {
		return r.as[part-1]
	}
	return ""
}
