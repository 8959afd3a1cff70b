package apkg

import (
	"cmp"
	"errors"
	"html"
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"thaw/questions"
	"thaw/questions/format/bundle"
	"thaw/questions/format/markup"
)

// note is what Anki keeps of one thing to learn; its cards ask for it.
type note struct {
	guid   string
	kind   *noteType
	tags   []string
	fields []string
	data   string
	text   string // all fields, once it was asked for
}

// reader makes items of notes and cards.
type reader struct {
	collection
	reviews map[int64][]look // by card
	b       bundle.Bundle
	left    int // bytes of text that may still come
	work    int // bytes of fields that may still be gone through
}

// note adds the cards of a note.
func (r *reader) note(n *note, cards []card) error {
	slices.SortFunc(cards, func(a, b card) int { return cmp.Or(cmp.Compare(a.ord, b.ord), cmp.Compare(a.id, b.id)) })
	own := r.kept(n)
	first := len(r.b.Items)
	for _, c := range cards {
		r.work -= n.size()
		if r.left < 0 || r.work < 0 {
			return bundle.Bad("format.apkg_large", maxText>>20)
		}
		it, why := r.item(n, c, own)
		if why.Code != "" {
			r.report(n, why)
			continue
		}
		r.add(n, c, it)
	}
	siblings(r.b.Items[first:], n.guid, len(cards))
	return nil
}

// size is how many bytes a note has.
func (n *note) size() int {
	size := 0
	for _, f := range n.fields {
		size += len(f)
	}
	return size
}

// add adds the item of a card, with what is the same for every card.
func (r *reader) add(n *note, c card, it bundle.Item) {
	it.Line = r.b.Total() + 1
	it.Learned = r.learned(c)
	if it.ID == "" {
		it.ID = n.guid + ":" + strconv.Itoa(c.ord)
	}
	if it.Tags == nil {
		it.Tags = n.tags
	}
	it.Topic = r.topic(r.decks[c.home()], it.Topic)
	r.left -= len(it.Version.Prompt) + len(it.Version.Explain)
	for _, a := range it.Version.Answers {
		r.left -= len(a.Text)
	}
	r.b.Items = append(r.b.Items, it)
}

// topic is the way to a deck, without the bank in a package of ours; it is what it was
// called where the deck has just the name of that.
func (r *reader) topic(deck, was []string) []string {
	if slices.Equal(deck, deckOf(r.title, was)) {
		return was
	}
	if root := deckOf(r.title, nil); len(root) > 0 && len(deck) > 0 && deck[0] == root[0] {
		deck = deck[1:]
	}
	if len(deck) == 0 {
		return nil
	}
	return deck
}

// report adds a card that could not be read.
func (r *reader) report(n *note, why questions.Reason) {
	if n.text == "" {
		n.text = strings.TrimSpace(strings.Join(n.fields, "\n"))
	}
	r.left -= len(n.text)
	r.b.Problems = append(r.b.Problems, bundle.Problem{Line: r.b.Total() + 1, Item: beginning(n), Reason: why, Text: n.text, Kind: n.kind.name})
}

// remark adds a note to the card that is read next.
func (r *reader) remark(n *note, code string, args ...any) {
	r.b.Notes = append(r.b.Notes, bundle.Problem{Line: r.b.Total() + 1, Item: beginning(n), Reason: bundle.Because(code, args...), Kind: n.kind.name})
}

// beginning is the begin of a note's text, for a person to find it.
func beginning(n *note) string {
	for _, f := range n.fields {
		text := strings.Join(strings.Fields(stripped(shown(parseCloze(f), 0, nil))), " ")
		if text == "" {
			continue
		}
		if utf8.RuneCountInString(text) > 80 {
			return string([]rune(text)[:79]) + "…"
		}
		return text
	}
	return n.guid
}

// siblings says of the cards of one note that they belong together, and of flashcards
// that one is the other's back.
func siblings(items []bundle.Item, guid string, cards int) {
	for _, it := range items {
		if it.Twin != "" {
			guid = it.Twin
		}
	}
	for i := range items {
		if items[i].Twin == "" && cards > 1 {
			items[i].Twin = guid
		}
		for j := range min(i, 10) {
			if a, b := items[j], items[i]; items[i].Mirrors == "" && a.Mirrors == "" && mirrored(a.Version, b.Version) {
				items[i].Mirrors = a.ID
			}
		}
	}
}

// mirrored tells whether two flashcards are each other's backs.
func mirrored(a, b questions.Version) bool {
	return a.Kind == questions.Flash && b.Kind == questions.Flash && len(a.Answers) == 1 && len(b.Answers) == 1 &&
		a.Prompt == b.Answers[0].Text && b.Prompt == a.Answers[0].Text
}

// item makes an item of a card, or says why it cannot be.
func (r *reader) item(n *note, c card, own *token) (bundle.Item, questions.Reason) {
	if it, ok := own.item(c.ord); ok {
		return it, questions.Reason{}
	}
	if occluded(n) {
		return bundle.Item{}, bundle.Because("format.apkg_occlusion")
	}
	v, err := r.ask(n, c)
	switch {
	case errors.Is(err, errLong):
		return bundle.Item{}, bundle.Because("format.apkg_card_long", maxNote>>10)
	case errors.Is(err, errNoCloze):
		return bundle.Item{}, bundle.Because("format.apkg_no_cloze", c.ord+1)
	case v.Prompt == "":
		return bundle.Item{}, bundle.Because("format.apkg_no_front")
	}
	it := bundle.Item{Version: v}
	if len(v.Answers) == 0 {
		it.State = "draft"
		r.remark(n, "format.apkg_no_back")
	}
	return it, questions.Reason{}
}

// occluded tells whether a note covers parts of a picture, which no kind of question does.
func occluded(n *note) bool {
	if slices.Contains(n.kind.fields, "Question Mask") && slices.Contains(n.kind.fields, "Answer Mask") {
		return true
	}
	return n.kind.cloze && slices.ContainsFunc(n.fields, func(f string) bool { return strings.Contains(f, "::image-occlusion:") })
}

// ask makes a question of a card by the templates of its note's type.
func (r *reader) ask(n *note, c card) (questions.Version, error) {
	t, ok := n.kind.card(c.ord)
	if !ok || t.broken {
		r.remark(n, "format.apkg_template", n.kind.name)
		return plain(n), nil
	}
	s := sides{reader: r, note: n, card: c, cardType: t}
	v, err := s.version()
	if s.odd {
		r.remark(n, "format.apkg_template", n.kind.name)
	}
	return v, err
}

// card is the way in which the card of a place asks: of deletions, there is only one.
func (t *noteType) card(ord int) (cardType, bool) {
	if t.cloze {
		ord = 0
	}
	if ord < 0 || ord >= len(t.cards) {
		return cardType{}, false
	}
	return t.cards[ord], true
}

// plain is the question of a note whose templates cannot be read: the first field in
// front, the others on the back.
func plain(n *note) questions.Version {
	if len(n.fields) == 0 {
		return questions.Version{}
	}
	back := ""
	for _, f := range n.fields[1:] {
		back += "<p>" + f + "</p>"
	}
	return flash(markdown(n.fields[0]), markdown(back), "")
}

// flash is a flashcard; without a back it has no answer.
func flash(front, back, explain string) questions.Version {
	v := questions.Version{Kind: questions.Flash, Prompt: front, Explain: explain}
	if back != "" {
		v.Answers = []questions.Answer{{Part: 1, Text: back, Credit: 1}}
	}
	return v
}

// markdown makes Markdown of a field; of HTML that nobody has written by hand, of its
// text alone. Sounds stand in brackets there; pictures and
// sounds are named as the list of media names them.
func markdown(source string) string {
	source = played.ReplaceAllString(source, "")
	source = sound.ReplaceAllStringFunc(source, func(s string) string {
		name := html.UnescapeString(strings.TrimSuffix(strings.TrimPrefix(s, "[sound:"), "]"))
		return `<img alt="" src="` + html.EscapeString(url.PathEscape(norm.NFC.String(name))) + `">`
	})
	if !tame(source) {
		return norm.NFC.String(markup.FromText(stripped(source)))
	}
	return norm.NFC.String(markup.FromHTML(source))
}

var (
	sound  = regexp.MustCompile(`\[sound:[^\[\]]+\]`)
	played = regexp.MustCompile(`(?s)\[anki:(?:tts|play)[^\]]*\](?:.*?\[/anki:tts\])?`)
)

// clean makes valid text of what a database gives.
func clean(s string) string {
	return strings.ReplaceAll(strings.ToValidUTF8(s, "\uFFFD"), "\x00", " ")
}
