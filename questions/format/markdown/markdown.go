// Package markdown reads and writes flashcards in Markdown.
//
// Three dialects are read. Of hashcards: Q: and A: begin the sides of a card, C: a text
// with its gaps in brackets; a line of three dashes ends a card, and a heading behind it
// is the topic of what follows. Of Obsidian's spaced repetition: front::back in a line,
// ::: for both directions, lines with ? or ?? between the sides, ==gaps==, decks by the
// tag #flashcards/deck, and what was scheduled. And headings whose text is the back.
//
// Written is the first. What it has no place for stands below a card in a comment, which
// other programs do not show, as lines of our own notation (package plain):
//
//	Q: Who gave the Secret Speech?
//	A: Khrushchev
//	<!--thaw
//	= Khrushchev | Nikita Khrushchev
//	as: person
//	-->
package markdown

import (
	"context"
	"path"
	"regexp"
	"slices"
	"strings"

	"thaw/questions"
	"thaw/questions/format/bundle"
	"thaw/questions/format/charset"
	"thaw/questions/format/foreign"
	"thaw/questions/format/plain"
)

// The dialects.
const (
	Hashcards = "hashcards"
	Obsidian  = "obsidian"
	Headings  = "headings"
)

// Limits: bytes of a file and of a card.
const (
	most  = 10 << 20
	large = 64 << 10
)

var (
	asked     = regexp.MustCompile(`(?m)^Q:`)
	answered  = regexp.MustCompile(`(?m)^A:`)
	bracketed = regexp.MustCompile(`(?m)^C:.*\[`)
	deck      = regexp.MustCompile(`(?m)(?:^|\s)#flashcards(/[\pL\pN_/-]+)?(?:\s|$)`)
	schedule  = regexp.MustCompile(`<!--SR:([^>]*)-->`)
	inline    = regexp.MustCompile(`(?m)^[^\n` + "`" + `]*\S[ \t]*::+[ \t]*\S`)
	parting   = regexp.MustCompile(`(?m)^\?\??[ \t]*$`)
	heading   = regexp.MustCompile(`^(#{1,6})(?:[ \t]+(.*?))?[ \t]*$`)
	headed    = regexp.MustCompile(`(?m)^#{1,6}[ \t]+\S`)
)

// Dialect is the one that a text is written in, by its first 256 KiB; "" for none.
func Dialect(text string) string {
	text = text[:min(len(text), 256<<10)]
	switch {
	case asked.MatchString(text) && answered.MatchString(text) || bracketed.MatchString(text):
		return Hashcards
	case deck.MatchString(text) || schedule.MatchString(text) || inline.MatchString(text) || parting.MatchString(text):
		return Obsidian
	case headed.MatchString(text):
		return Headings
	}
	return ""
}

// Sniff looks for what is a dialect's own. Headings and :: are in other texts as well:
// only a name tells that they are Markdown.
func Sniff(in bundle.Input) int {
	head := in.Head(32 << 10)
	if charset.Binary(head) {
		return 0
	}
	text, _ := charset.Decode(head)
	ext := strings.ToLower(path.Ext(in.Name))
	own := ext == ".md" || ext == ".markdown"
	switch d := Dialect(text); {
	case d == Hashcards && asked.MatchString(text):
		return 85
	case d == Hashcards || d == Obsidian && (deck.MatchString(text) || schedule.MatchString(text)):
		return 80
	case d == Obsidian && own:
		return 60
	case d == Headings && own:
		return 40
	case d != "":
		return 5
	}
	return 0
}

// Read reads a file in the dialect that it looks like.
func Read(ctx context.Context, in bundle.Input) (bundle.Bundle, error) { return ReadAs(ctx, in, "") }

// ReadAs reads a file in a dialect, or for "" in the one that it looks like. It is
// Unreadable where it is no text, is larger than it may be, has too many cards or none.
func ReadAs(ctx context.Context, in bundle.Input, dialect string) (bundle.Bundle, error) {
	text, notes, err := charset.Text(in, most)
	if err != nil {
		return bundle.Bundle{}, err
	}
	r := &reader{Bundle: bundle.Bundle{Notes: notes}, ctx: ctx}
	text = r.front(text)
	if dialect == "" {
		dialect = Dialect(text)
	}
	switch dialect {
	case Hashcards:
		r.hashcards(text)
	case Obsidian:
		r.obsidian(text)
	case Headings:
		r.headings(text)
	}
	switch {
	case ctx.Err() != nil:
		return bundle.Bundle{}, ctx.Err()
	case r.Total() > foreign.Most:
		return bundle.Bundle{}, bundle.Bad("foreign.many", foreign.Most)
	case r.Total() == 0:
		return bundle.Bundle{}, bundle.Bad("markdown.none")
	}
	if r.prose > 0 {
		r.Notes = append(r.Notes, bundle.Problem{Reason: bundle.Because("markdown.prose", r.prose)})
	}
	return r.Bundle, nil
}

// reader is what was read of a file so far.
type reader struct {
	bundle.Bundle
	ctx    context.Context
	number int // of the line
	above  []level
	topic  []string // of a deck
	quiet  bool     // says nothing of pictures that are not there
	prose  int      // paragraphs that belong to no card
}

// more tells whether to go on.
func (r *reader) more() bool { return r.Total() <= foreign.Most && r.ctx.Err() == nil }

var setting = regexp.MustCompile(`^\s*(name|title|lang|tags|tag)\s*[:=]\s*(.*)$`)

// front reads what stands between dashes before all else, and returns the rest.
func (r *reader) front(text string) string {
	rest, ok := strings.CutPrefix(text, "---\n")
	if !ok {
		return text
	}
	matter, body, ok := strings.Cut(rest, "\n---\n")
	if !ok || strings.Contains(matter, "\n\n") || !setting.MatchString(strings.SplitN(matter, "\n", 2)[0]) {
		return text
	}
	for _, line := range strings.Split(matter, "\n") {
		m := setting.FindStringSubmatch(line)
		if m == nil {
			continue
		}
		value := unquoted(strings.TrimSpace(m[2]))
		switch m[1] {
		case "name", "title":
			r.Title = value
		case "lang":
			r.Lang = value
		}
	}
	r.number = strings.Count(matter, "\n") + 3
	if d := deck.FindStringSubmatch(strings.NewReplacer("- flashcards", " #flashcards", "[", " ", "]", " ", ",", " ").Replace(matter)); d != nil {
		r.topic = decks(d[1])
	}
	return body
}

// unquoted is a value without the quotes around it.
func unquoted(s string) string {
	for _, quote := range []string{`"`, "'"} {
		if inner, ok := strings.CutPrefix(s, quote); ok && strings.HasSuffix(inner, quote) {
			return strings.NewReplacer(`\\`, `\`, `\"`, `"`).Replace(strings.TrimSuffix(inner, quote))
		}
	}
	return s
}

// decks are the parts of a deck's name.
func decks(name string) []string {
	var parts []string
	for _, part := range strings.Split(name, "/") {
		if part != "" {
			parts = append(parts, part)
		}
	}
	return parts
}

// level is a heading above what is read.
type level struct {
	depth int
	title string
}

// under goes on below a heading; one without a title ends those of its depth.
func (r *reader) under(depth int, title string) {
	for len(r.above) > 0 && r.above[len(r.above)-1].depth >= depth {
		r.above = r.above[:len(r.above)-1]
	}
	if title != "" {
		r.above = append(r.above, level{depth, title})
	}
}

// path is the headings above what is read.
func (r *reader) path() []string {
	var titles []string
	for _, l := range r.above {
		titles = append(titles, l.title)
	}
	return titles
}

// card is a question as it is written.
type card struct {
	line   int
	source string
	topic  []string
	front  string
	back   string
	sign   string   // of the back in our notation; "" where there is none
	below  []string // lines in our notation
	whole  string   // all of it in our notation
	long   bool     // it has more text than is kept
}

// add keeps a card, or says why not.
func (r *reader) add(c card) {
	if c.long {
		r.refuse(c, "markdown.long")
		return
	}
	text := c.whole
	if text == "" {
		below := c.below
		if c.sign != "" {
			below = append([]string{plain.Indent(c.sign + " " + c.back)}, below...)
		}
		text = plain.Text(c.front, below)
	}
	if r.Lang != "" {
		text = "lang: " + r.Lang + "\n" + text
	}
	blocks := plain.Blocks(text)
	if len(blocks) != 1 || blocks[0].Problem != nil {
		r.broken(c, blocks)
		return
	}
	for _, it := range blocks[0].Items {
		it.Line, it.Topic = c.line, slices.Clone(c.topic)
		r.picture(it)
		r.Items = append(r.Items, it)
	}
}

var pictures = regexp.MustCompile(`!\[[^\]]*\]\(([^):\s]+)\)`)

// picture notes the pictures and sounds of an item: they lie beside the file.
func (r *reader) picture(it bundle.Item) {
	texts := it.Version.Prompt + it.Version.Explain
	for _, a := range it.Version.Answers {
		texts += a.Text + a.Feedback
	}
	for _, m := range pictures.FindAllStringSubmatch(texts, -1) {
		if !r.quiet {
			r.Notes = append(r.Notes, bundle.Problem{Line: it.Line, Item: foreign.Beginning(it.Version.Prompt), Reason: bundle.Because("foreign.picture_missing", m[1])})
		}
	}
}

// broken says what is wrong with a card in words of ours or of our notation.
func (r *reader) broken(c card, blocks []plain.Block) {
	switch {
	case len(blocks) == 1 && c.front == "" && c.whole == "":
		r.refuse(c, "markdown.front")
	case len(blocks) == 1 && c.sign != "" && c.back == "":
		r.refuse(c, "markdown.back")
	case len(blocks) == 1:
		r.Problems = append(r.Problems, r.problem(c, blocks[0].Problem.Reason))
	default:
		r.refuse(c, "markdown.comment")
	}
}

func (r *reader) refuse(c card, code string) {
	r.Problems = append(r.Problems, r.problem(c, bundle.Because(code)))
}

func (r *reader) problem(c card, why questions.Reason) bundle.Problem {
	source := strings.ToValidUTF8(c.source[:min(len(c.source), large)], "")
	return bundle.Problem{Line: c.line, Item: foreign.Beginning(c.front, source), Reason: why, Text: source}
}
