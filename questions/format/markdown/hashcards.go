package markdown

import (
	"regexp"
	"strconv"
	"strings"

	"thaw/questions"
	"thaw/questions/format/bundle"
	"thaw/questions/format/foreign"
	"thaw/questions/format/markup"
)

// Comments of ours.
const (
	opening = "<!--thaw"
	closing = "-->"
)

// shielded and bared write what would end a comment otherwise, and read it again.
var (
	shielded = strings.NewReplacer("&", "&amp;", closing, "--&gt;")
	bared    = strings.NewReplacer("&amp;", "&", "--&gt;", closing)
)

// sides is a card of hashcards that is being read.
type sides struct {
	card
	open    byte // Q, A or C: the side that goes on; 0: none
	begun   bool
	q, a, c strings.Builder
	comment []string
	inside  bool // the comment
	size    int
	source  []string
}

// hashcards reads cards that begin with Q: or C:.
func (r *reader) hashcards(text string) {
	s := &sides{}
	empty := true
	for more := true; more && r.more(); {
		var line string
		line, text, more = strings.Cut(text, "\n")
		r.number++
		if !s.inside && starts(line) {
			s = r.side(s, line)
		} else {
			s = r.line(s, line, empty)
		}
		empty = strings.TrimSpace(line) == ""
	}
	r.finish(s)
}

// starts tells whether a line begins a side.
func starts(line string) bool {
	return strings.HasPrefix(line, "Q:") || strings.HasPrefix(line, "A:") || strings.HasPrefix(line, "C:")
}

// side begins a side, and with it a card where it is not the answer of the one before.
func (r *reader) side(s *sides, line string) *sides {
	if line[0] != 'A' || s.open != 'Q' {
		r.finish(s)
		s = &sides{}
		s.line, s.begun = r.number, true
	}
	s.open = line[0]
	s.keep(line, line[2:])
	return s
}

func (s *sides) keep(line, text string) {
	s.size += len(line) + 1
	if s.size > large {
		return
	}
	s.source = append(s.source, line)
	side := map[byte]*strings.Builder{'Q': &s.q, 'A': &s.a, 'C': &s.c}[s.open]
	if side != nil {
		side.WriteString(text + "\n")
	}
}

// line reads a line that goes on with a card, or stands between cards.
func (r *reader) line(s *sides, line string, empty bool) *sides {
	m := heading.FindStringSubmatch(line)
	switch {
	case s.inside && strings.TrimSpace(line) == closing:
		s.inside, s.open = false, 0
	case s.inside:
		if s.size += len(line) + 1; s.size <= large {
			s.comment = append(s.comment, line)
		}
	case s.begun && strings.TrimSpace(line) == opening:
		s.inside, s.open = true, 0
	case strings.TrimRight(line, " \t") == "---":
		r.finish(s)
		return &sides{}
	case s.open != 0:
		s.keep(line, line)
	case m != nil:
		r.finish(s)
		r.under(len(m[1]), m[2])
		return &sides{}
	case strings.TrimSpace(line) != "" && empty:
		r.prose++
	}
	return s
}

// finish keeps the card.
func (r *reader) finish(s *sides) {
	if !s.begun {
		return
	}
	c := s.card
	c.topic, c.source, c.long = r.path(), strings.Join(s.source, "\n"), s.size > large
	c.front, c.back = strings.TrimSpace(s.q.String()), strings.TrimSpace(s.a.String())
	said := bared.Replace(strings.Join(s.comment, "\n"))
	cloze := strings.TrimSpace(s.c.String())
	switch {
	case strings.HasPrefix(said, "? "):
		c.whole = said
	case cloze != "":
		c.front, c.below = gapped(cloze, brackets(cloze))
		if len(s.comment) > 0 {
			c.below = append(c.below, said)
		}
		if c.front == cloze {
			r.refuse(c, "markdown.gap")
			return
		}
	case len(s.comment) > 0:
		c.below = []string{said}
	}
	if cloze == "" && c.whole == "" && !answers(said) {
		c.sign = "::"
	}
	before := len(r.Items)
	r.add(c)
	r.beside(c, cloze, r.Items[before:])
}

var answering = regexp.MustCompile(`(?m)^(=|\*|-\S*|[0-9]+\.|::) `)

// answers tells whether lines in our notation have an answer in them.
func answers(lines string) bool { return answering.MatchString(lines) }

// beside notes that a card says something else than the comment that was taken.
func (r *reader) beside(c card, cloze string, items []bundle.Item) {
	if len(items) != 1 || c.sign != "" || cloze != "" {
		return
	}
	front, back := visible(items[0].Version)
	if c.back != shown(back) || c.whole != "" && c.front != shown(front) {
		r.Notes = append(r.Notes, bundle.Problem{Line: c.line, Item: foreign.Beginning(c.front), Reason: bundle.Because("markdown.beside")})
	}
}

// brackets finds the gaps of hashcards: what stands in brackets and is no picture, no
// link and not escaped.
func brackets(text string) [][]int {
	var found [][]int
	for i := 0; i < len(text); i++ {
		switch text[i] {
		case '\\':
			i++
		case '[':
			n := strings.IndexByte(text[i:], ']')
			if n < 0 {
				return found
			}
			if n > 1 && (i == 0 || text[i-1] != '!') && !links.MatchString(text[i+n:]) {
				found = append(found, []int{i, i + n + 1, i + 1, i + n})
			}
			i += n
		}
	}
	return found
}

var links = regexp.MustCompile(`^\]\([^)\s]*[./][^)\s]*\)`)

// gapped makes a text of our notation with gaps of the stretches that were found: each
// with its ends, and those of its answer. Answers that have no place in a gap stand below.
func gapped(text string, found [][]int) (prompt string, below []string) {
	var b strings.Builder
	at := 0
	for i, f := range found {
		b.WriteString(strings.ReplaceAll(text[at:f[0]], "{{", `{\{`))
		answer := strings.Join(strings.Fields(markup.ToText(text[f[2]:f[3]])), " ")
		if strings.ContainsAny(answer, "{}|") {
			below = append(below, "="+strconv.Itoa(i+1)+" "+strings.ReplaceAll(answer, "|", `\|`))
			answer = ""
		}
		b.WriteString("{{" + answer + "}}")
		at = f[1]
	}
	if at == 0 {
		return text, nil
	}
	return b.String() + strings.ReplaceAll(text[at:], "{{", `{\{`), below
}

// visible are the sides of a card for other programs.
func visible(v questions.Version) (front, back string) {
	key, _ := v.Key(1)
	front = v.Prompt
	var list, right []string
	for _, a := range v.Answers {
		list = append(list, "- "+a.Text)
		if a.Credit == 1 {
			right = append(right, a.Text)
		}
	}
	switch v.Kind {
	case questions.Choice, questions.Several:
		return front + "\n\n" + strings.Join(list, "\n"), strings.Join(right, "\n\n")
	case questions.Order:
		return front, strings.Join(right, " → ")
	case questions.Match:
		return front, pairs(v)
	case questions.Cloze:
		return gap.ReplaceAllString(front, "…"), keys(v)
	case questions.Flash:
		return front, key.Text
	}
	return front, markup.FromText(canonical(key))
}

func pairs(v questions.Version) string {
	var list []string
	for _, a := range v.Answers {
		if right, ok := v.Key(a.Part); ok && a.Credit != 1 {
			list = append(list, "- "+a.Text+": "+right.Text)
		}
	}
	return strings.Join(list, "\n")
}

// shown is a side without lines that would begin another.
func shown(text string) string {
	lines := strings.Split(strings.TrimSpace(text), "\n")
	for i, line := range lines {
		if starts(line) || strings.TrimSpace(line) == "---" || strings.TrimSpace(line) == opening {
			lines[i] = `\` + line
		}
	}
	return strings.TrimSpace(strings.Join(lines, "\n"))
}

var gap = regexp.MustCompile(`\{\{([^{}]*)\}\}`)

// unbroken tells whether a side can be written as it is.
func unbroken(text string) bool { return shown(text) == text }
