package apkg

import (
	"errors"
	"html"
	"regexp"
	"slices"
	"strings"
)

// template is one side of a card: HTML with fields in double braces, in the manner of
// Mustache.
type template struct{ nodes []node }

// node is a stretch of a template: text, a field, or a section that is there only where a
// field is filled, or where it is not.
type node struct {
	text    string
	field   string
	filters []string // in the order in which they work on the field
	unless  bool     // a section for an empty field
	section bool
	inner   []node
}

// errTemplate is a template that cannot be read: its sections are not closed, or close
// what is not open.
var errTemplate = errors.New("a template is not well formed")

// maxNested is how deep sections may nest.
const maxNested = 30

// other is what stands at the beginning of a template whose signs are <% and %>.
const other = "{{=<% %>=}}"

// signs find what is not plain text in a template: a comment, which is text whatever it
// holds, or a field.
var (
	signs      = regexp.MustCompile(`(?s)<!--.*?-->|\{\{\{?(.*?)\}?\}\}`)
	otherSigns = regexp.MustCompile(`(?s)<!--.*?-->|<%(.*?)%>`)
)

// parseTemplate reads a template.
func parseTemplate(source string) (*template, error) {
	by := signs
	if rest, ok := strings.CutPrefix(strings.TrimLeft(source, " \n"), other); ok {
		source, by = rest, otherSigns
	}
	p := templateReader{source: source, found: by.FindAllStringSubmatchIndex(source, -1)}
	nodes, err := p.until("", 0)
	return &template{nodes}, err
}

// templateReader reads a template from its beginning.
type templateReader struct {
	source string
	found  [][]int // the signs that are still to read
	at     int
}

// until reads up to the end of a section, or to that of the template.
func (p *templateReader) until(section string, depth int) ([]node, error) {
	var nodes []node
	for len(p.found) > 0 {
		m := p.found[0]
		p.found = p.found[1:]
		if m[2] < 0 {
			continue
		}
		nodes = append(nodes, node{text: p.source[p.at:m[0]]})
		p.at = m[1]
		n := newNode(p.source[m[2]:m[3]])
		if name, ends := strings.CutPrefix(n.field, "/"); ends {
			return nodes, wellFormed(depth > 0 && strings.TrimSpace(name) == section)
		}
		if n.section {
			var err error
			if n.inner, err = p.inside(n.field, depth+1); err != nil {
				return nodes, err
			}
		}
		nodes = append(nodes, n)
	}
	nodes = append(nodes, node{text: p.source[p.at:]})
	p.at = len(p.source)
	return nodes, wellFormed(depth == 0)
}

func (p *templateReader) inside(section string, depth int) ([]node, error) {
	if depth > maxNested {
		return nil, errTemplate
	}
	return p.until(section, depth)
}

func wellFormed(is bool) error {
	if is {
		return nil
	}
	return errTemplate
}

// newNode reads what stands between the signs.
func newNode(tag string) node {
	tag = strings.TrimSpace(strings.TrimLeft(tag, "{"))
	switch {
	case strings.HasPrefix(tag, "#"):
		return node{section: true, field: strings.TrimSpace(tag[1:])}
	case strings.HasPrefix(tag, "^"):
		return node{section: true, unless: true, field: strings.TrimSpace(tag[1:])}
	case strings.HasPrefix(tag, "/"), strings.HasPrefix(tag, "!"):
		return node{field: tag}
	}
	parts := strings.Split(tag, ":")
	n := node{field: strings.TrimSpace(parts[len(parts)-1])}
	for _, filter := range slices.Backward(parts[:len(parts)-1]) {
		n.filters = append(n.filters, strings.TrimSpace(filter))
	}
	return n
}

// uses tells whether a template has a field with a filter, and which it is first.
func (t *template) uses(filter string) (name string, found bool) { return uses(t.nodes, filter) }

func uses(nodes []node, filter string) (string, bool) {
	for _, n := range nodes {
		if slices.Contains(n.filters, filter) {
			return n.field, true
		}
		if name, found := uses(n.inner, filter); found {
			return name, true
		}
	}
	return "", false
}

// face is what a template is filled with.
type face struct {
	fields map[string]string // HTML, and what Anki knows of every card: its tags, its deck
	cloze  func(text string) string
	back   bool     // hints are open
	hints  []string // those that are closed
	broken bool     // it asks for a field that the note does not have
	size   int
}

// errLong is a side of a card that is longer than any.
var errLong = errors.New("a side of a card is too long")

// fill makes HTML of a template.
func (f *face) fill(t *template) (string, error) {
	var b strings.Builder
	err := f.write(&b, t.nodes)
	return b.String(), err
}

func (f *face) write(b *strings.Builder, nodes []node) error {
	for _, n := range nodes {
		if f.size++; b.Len() > maxNote || f.size > maxNote {
			return errLong
		}
		switch {
		case n.section:
			if blank(f.fields[n.field]) != n.unless {
				continue
			}
			if err := f.write(b, n.inner); err != nil {
				return err
			}
		case n.field == "" || n.field[0] == '!':
			b.WriteString(n.text)
		default:
			b.WriteString(f.value(n))
		}
	}
	return nil
}

// value is what a field shows through its filters.
func (f *face) value(n node) string {
	text, known := f.fields[n.field]
	f.broken = f.broken || !known
	if slices.ContainsFunc(n.filters, silent) {
		return ""
	}
	for _, filter := range n.filters {
		name, _, _ := strings.Cut(filter, " ")
		switch name {
		case "text":
			text = html.EscapeString(stripped(text))
		case "furigana":
			text = reading.ReplaceAllStringFunc(text, ruby("<ruby>$1<rt>$2</rt></ruby>"))
		case "kana":
			text = reading.ReplaceAllStringFunc(text, ruby("$2"))
		case "kanji":
			text = reading.ReplaceAllStringFunc(text, ruby("$1"))
		case "cloze":
			text = f.cloze(text)
		case "cloze-only":
			text = html.EscapeString(stripped(f.cloze(text)))
		case "hint":
			text = f.hint(n.field, text)
		}
	}
	return text
}

// silent tells the filters that show nothing of a field: it is typed, or spoken.
func silent(filter string) bool {
	return filter == "type" || filter == "tts" || strings.HasPrefix(filter, "tts ")
}

// hint is shown on the back alone; what the front hides is kept for it.
func (f *face) hint(field, text string) string {
	if f.back {
		return text
	}
	if !blank(text) {
		f.hints = append(f.hints, "<p>"+html.EscapeString(field)+": "+text+"</p>")
	}
	return ""
}

// reading finds signs with how they are read: 漢字[かんじ].
var reading = regexp.MustCompile(` ?([^ >\[\]]+?)\[([^\[\]]+)\]`)

// ruby is how a reading is shown. A sound is none.
func ruby(shown string) func(string) string {
	return func(found string) string {
		if strings.Contains(found, "[sound:") {
			return found
		}
		return reading.ReplaceAllString(found, shown)
	}
}

// blank tells whether a field holds nothing that can be seen.
func blank(field string) bool { return strings.TrimSpace(emptied.ReplaceAllString(field, "")) == "" }

var emptied = regexp.MustCompile(`(?i)</?(?:br|div|p) ?/?>|&nbsp;`)

// stripped is the text of HTML.
func stripped(source string) string { return html.UnescapeString(tags.ReplaceAllString(source, "")) }

var tags = regexp.MustCompile(`(?is)<!--.*?-->|<(?:script|style)\b.*?</(?:script|style)>|<[^>]*>`)
