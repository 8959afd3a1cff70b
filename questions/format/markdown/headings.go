package markdown

import (
	"strings"
)

// section is a heading with the text below it.
type section struct {
	line  int
	depth int
	title string
	body  []string
	size  int
}

// headings makes a card of each heading that has text: the heading is the front. Those
// above it are its topic; a single one above all is the title of the whole.
func (r *reader) headings(text string) {
	list := r.sections(text)
	top := 0
	for _, s := range list {
		if s.depth == 1 {
			top++
		}
	}
	for i, s := range list {
		if !r.more() {
			return
		}
		above := i+1 < len(list) && list[i+1].depth > s.depth
		body := strings.TrimSpace(strings.Join(s.body, "\n"))
		if i == 0 && top == 1 && s.depth == 1 && above {
			r.Title, r.About = s.title, body
			continue
		}
		r.under(s.depth, "")
		if !above || body != "" {
			r.add(card{line: s.line, source: s.source(), topic: r.path(), front: wiki(s.title), back: wiki(body), sign: "::", long: s.size > large})
		}
		r.under(s.depth, s.title)
	}
}

func (s section) source() string {
	return strings.TrimSpace(strings.Repeat("#", s.depth) + " " + s.title + "\n" + strings.Join(s.body, "\n"))
}

// sections parts a text at its headings. What stands above the first is prose.
func (r *reader) sections(text string) []section {
	var list []section
	fenced := false
	before := false
	for more := true; more && len(list) <= 100_000; {
		var one string
		one, text, more = strings.Cut(text, "\n")
		r.number++
		if trimmed := strings.TrimSpace(one); strings.HasPrefix(trimmed, "```") || strings.HasPrefix(trimmed, "~~~") {
			fenced = !fenced
		}
		m := heading.FindStringSubmatch(one)
		if m != nil && m[2] != "" && !fenced {
			list = append(list, section{line: r.number, depth: len(m[1]), title: m[2]})
			continue
		}
		if len(list) == 0 {
			before = before || strings.TrimSpace(one) != ""
			continue
		}
		last := &list[len(list)-1]
		if last.size += len(one) + 1; last.size <= large {
			last.body = append(last.body, one)
		}
	}
	if before {
		r.prose++
	}
	return list
}
