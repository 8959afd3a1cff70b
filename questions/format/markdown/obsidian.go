package markdown

import (
	"regexp"
	"strconv"
	"strings"
	"time"

	"thaw/questions/format/bundle"
)

// line is a line with its number.
type line struct {
	number int
	text   string
	code   bool
}

// obsidian reads paragraph by paragraph: empty lines part cards.
func (r *reader) obsidian(text string) {
	var block []line
	fenced, size := false, 0
	for more := true; more && r.more(); {
		var one string
		one, text, more = strings.Cut(text, "\n")
		r.number++
		trimmed := strings.TrimSpace(one)
		if strings.HasPrefix(trimmed, "```") || strings.HasPrefix(trimmed, "~~~") {
			fenced = !fenced
		}
		if size += len(one) + 1; size > large { // a long list of cards, in pieces
			r.paragraph(block)
			block, size, fenced = nil, len(one), false
		}
		m := heading.FindStringSubmatch(one)
		switch {
		case fenced:
			block = append(block, line{r.number, one, true})
		case trimmed == "":
			r.paragraph(block)
			block, size = nil, 0
		case m != nil && len(block) == 0 && m[2] != "" && !isCard(one):
			r.under(len(m[1]), deckless(m[2]))
			r.decks(one)
		default:
			block = append(block, line{r.number, one, false})
		}
	}
	r.paragraph(block)
}

// isCard tells whether a line is a card by itself.
func isCard(text string) bool {
	_, _, sign := parted(text)
	return sign != ""
}

// deckless is a text without the tags of decks.
func deckless(text string) string { return strings.TrimSpace(deck.ReplaceAllString(text, " ")) }

// decks lets a tag of a deck say the topic of what follows.
func (r *reader) decks(text string) {
	if m := deck.FindStringSubmatch(text); m != nil {
		r.topic = decks(m[1])
	}
}

// under a deck its name is the topic, else the headings are.
func (r *reader) at(own []string) []string {
	switch {
	case own != nil:
		return own
	case r.topic != nil:
		return r.topic
	}
	return r.path()
}

var anchor = regexp.MustCompile(`[ \t]+\^[A-Za-z0-9-]+[ \t]*$`)

// paragraph reads the cards of a paragraph.
func (r *reader) paragraph(block []line) {
	var learned []*bundle.Learned
	var source []string
	var lines []line
	for _, l := range block {
		source = append(source, l.text)
		if strings.ContainsAny(l.text, "<^") {
			learned = append(learned, learnedOf(l.text)...)
			l.text = anchor.ReplaceAllString(schedule.ReplaceAllString(l.text, ""), "")
		}
		if strings.Contains(l.text, "#") && deckless(l.text) == "" && deck.MatchString(l.text) {
			r.decks(l.text)
			continue
		}
		if strings.TrimSpace(l.text) != "" {
			lines = append(lines, l)
		}
	}
	if len(lines) == 0 {
		return
	}
	c := card{line: lines[0].number, source: strings.Join(source, "\n")}
	r.cards(c, lines, learned)
}

func (r *reader) cards(c card, lines []line, learned []*bundle.Learned) {
	for i, l := range lines {
		if sign := strings.TrimSpace(l.text); sign == "?" || sign == "??" {
			c.front, c.topic = r.tagged(joined(lines[:i]))
			c.back, c.sign = joined(lines[i+1:]), map[string]string{"?": "::", "??": ":::"}[sign]
			r.put(c, learned)
			return
		}
	}
	if r.singles(lines, learned) > 0 {
		return
	}
	text, topic := r.tagged(joined(lines))
	if found := highlights.FindAllStringSubmatchIndex(text, -1); len(found) > 0 && !strings.Contains(text, "```") {
		c.topic = topic
		c.front, c.below = gapped(wiki(text), highlights.FindAllStringSubmatchIndex(wiki(text), -1))
		r.put(c, learned)
		return
	}
	r.prose++
}

var highlights = regexp.MustCompile(`==([^=\n]+)==`)

// singles reads the cards of a line each. What else stands in the paragraph is prose.
func (r *reader) singles(lines []line, learned []*bundle.Learned) int {
	n, prose := 0, false
	for _, l := range lines {
		text, topic := r.tagged(l.text)
		front, back, sign := parted(text)
		if sign == "" || l.code {
			prose = true
			continue
		}
		n++
		c := card{line: l.number, source: l.text, topic: topic, front: front, back: back, sign: sign}
		var own []*bundle.Learned
		if len(learned) > 0 {
			take := min(len(sign)-1, len(learned))
			own, learned = learned[:take], learned[take:]
		}
		r.put(c, own)
	}
	if n > 0 && prose {
		r.prose++
	}
	return n
}

var code = regexp.MustCompile("`[^`]*`")

// parted finds the sides of a card in a line; a sign in code is none.
func parted(text string) (front, back, sign string) {
	masked := code.ReplaceAllStringFunc(text, func(s string) string { return strings.Repeat("`", len(s)) })
	at := strings.Index(masked, "::")
	if at < 0 {
		return "", "", ""
	}
	sign = "::"
	if strings.HasPrefix(masked[at:], ":::") {
		sign = ":::"
	}
	return strings.TrimSpace(bullet.ReplaceAllString(text[:at], "")), strings.TrimSpace(text[at+len(sign):]), sign
}

var bullet = regexp.MustCompile(`^\s*(?:[-*+]|\d+[.)])\s+`)

// tagged is a text without the tag of a deck at its beginning or end, and that deck.
func (r *reader) tagged(text string) (string, []string) {
	m := deck.FindStringSubmatch(text)
	if m == nil {
		return text, r.at(nil)
	}
	own := decks(m[1])
	if own == nil {
		own = []string{}
	}
	return deckless(text), r.at(own)
}

func joined(lines []line) string {
	var texts []string
	for _, l := range lines {
		texts = append(texts, l.text)
	}
	return strings.TrimSpace(strings.Join(texts, "\n"))
}

// put keeps a card with what is known of its memory: the first of its directions or gaps
// that comes back.
func (r *reader) put(c card, learned []*bundle.Learned) {
	c.front, c.back = wiki(c.front), wiki(c.back)
	before := len(r.Items)
	r.add(c)
	for i := before; i < len(r.Items); i++ {
		if at := i - before; at < len(learned) {
			r.Items[i].Learned = learned[at]
		}
	}
}

var (
	embed = regexp.MustCompile(`!\[\[([^\]|]+)(?:\|[^\]]*)?\]\]`)
	named = regexp.MustCompile(`\[\[([^\]|]+)\|([^\]]+)\]\]`)
	link  = regexp.MustCompile(`\[\[([^\]|]+)\]\]`)
)

// wiki makes pictures and words of Obsidian's links.
func wiki(text string) string {
	if !strings.Contains(text, "[[") {
		return text
	}
	text = embed.ReplaceAllStringFunc(text, func(s string) string {
		return "![](" + strings.ReplaceAll(embed.FindStringSubmatch(s)[1], " ", "%20") + ")"
	})
	return link.ReplaceAllString(named.ReplaceAllString(text, "$2"), "$1")
}

// learnedOf reads what was scheduled: !2024-01-01,3,250 is when the card comes back, the
// days between, and its ease in hundredths.
func learnedOf(text string) []*bundle.Learned {
	m := schedule.FindStringSubmatch(text)
	if m == nil {
		return nil
	}
	var list []*bundle.Learned
	for _, one := range strings.Split(strings.TrimPrefix(m[1], "!"), "!") {
		parts := strings.Split(one, ",")
		due, err := time.Parse(time.DateOnly, strings.TrimSpace(parts[0]))
		if err != nil || len(parts) < 2 {
			continue
		}
		days, _ := strconv.ParseFloat(strings.TrimSpace(parts[1]), 64)
		list = append(list, &bundle.Learned{Due: due, Interval: int(days), Reps: 1})
	}
	return list
}
