package apkg

import (
	"errors"
	"html"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/text/unicode/norm"

	"thaw/questions"
	"thaw/questions/format/markup"
	"thaw/questions/grade"
	"thaw/questions/kind"
)

// sides is a card with what its two sides show.
type sides struct {
	reader   *reader
	note     *note
	card     card
	cardType cardType
	odd      bool // a template asks for what the note does not have
}

// errNoCloze is a card for a deletion that the text does not have.
var errNoCloze = errors.New("no deletion of this number")

// version makes a question of the card: one that is typed where its answer can be, else
// a flashcard.
func (s *sides) version() (questions.Version, error) {
	if s.note.kind.cloze {
		return s.cloze()
	}
	front, back, err := s.fill(shownText, shownText)
	if err != nil {
		return questions.Version{}, err
	}
	answer, explain := apart(back)
	key, prompt := s.typed(), markdown(front)
	if key != "" && typable(prompt, key) {
		if v := typed(prompt, key); fit(v) {
			v.Explain = beside(markdown(answer), key, markdown(explain))
			return v, nil
		}
	}
	if back = markdown(answer); back == "" {
		back = markup.FromText(key)
	}
	return flash(prompt, back, markdown(explain)), nil
}

// typable tells whether a question is short enough to be looked at for being typed, and
// its keys for being dates or numbers.
func typable(prompt string, keys ...string) bool {
	return len(prompt) <= 8*kind.MaxPrompt && len(keys) <= kind.MaxGaps &&
		!slices.ContainsFunc(keys, func(key string) bool { return len(key) > 4*grade.MaxInput })
}

// shownText is a text with all its deletions shown: what the filter cloze means where
// none is asked for.
func shownText(text string) string { return shown(parseCloze(text), 0, nil) }

// cloze makes a text with gaps of the card, one for each deletion of its number, or a
// flashcard where what is deleted cannot be typed.
func (s *sides) cloze() (questions.Version, error) {
	var keys []string
	number := s.card.ord + 1
	gaps := func(text string) string {
		return shown(parseCloze(text), number, func(p piece) string {
			if len(keys) <= kind.MaxGaps {
				keys = append(keys, plainText(p.deleted()))
			}
			return slot + hinted(p)
		})
	}
	front, back, err := s.fill(gaps, func(string) string { return "" })
	if err != nil {
		return questions.Version{}, err
	}
	if len(keys) == 0 {
		return questions.Version{}, errNoCloze
	}
	answer, explain := apart(back)
	if prompt := markdown(front); typable(prompt, keys...) {
		v := gapped(prompt, keys)
		if v.Explain = joined(markdown(answer), markdown(explain)); fit(v) {
			return v, nil
		}
	}
	hidden := func(text string) string {
		return shown(parseCloze(text), number, func(p piece) string { return "[" + hintOr(p, "...") + "]" })
	}
	front, back, err = s.fill(hidden, shownText)
	answer, explain = apart(back)
	return flash(markdown(front), markdown(answer), markdown(explain)), err
}

// slot stands for a gap while the text around it becomes Markdown.
const slot = "\uE010"

// gapped makes a text with gaps of Markdown with slots.
func gapped(prompt string, keys []string) questions.Version {
	v := questions.Version{Kind: questions.Cloze}
	for i, key := range keys {
		number := "{{" + strconv.Itoa(i+1) + "}}"
		prompt = strings.Replace(prompt, slot, number, 1)
		v.Answers = append(v.Answers, answer(i+1, key))
	}
	v.Prompt = strings.ReplaceAll(prompt, slot, "…")
	return v
}

// hinted is a hint as it stands behind its gap.
func hinted(p piece) string {
	if hint := hintOr(p, ""); hint != "" {
		return " [" + hint + "]"
	}
	return ""
}

func hintOr(p piece, none string) string {
	if hint := strings.TrimSpace(p.hint()); hint != "" {
		return hint
	}
	return none
}

// fill makes both sides of the card, HTML: the back without what repeats the front.
func (s *sides) fill(front, back func(string) string) (ask, tell string, err error) {
	f := face{fields: s.fields(), cloze: front}
	if ask, err = f.fill(s.cardType.front); err != nil {
		return "", "", err
	}
	s.odd = s.odd || f.broken
	hints := strings.Join(f.hints, "")
	f = face{fields: f.fields, cloze: back, back: true}
	f.fields["FrontSide"] = ""
	if tell, err = f.fill(s.cardType.back); err != nil {
		return "", "", err
	}
	s.odd = s.odd || f.broken
	return ask, behind(tell, ask) + hints, nil
}

// fields are what the templates can ask for: the note's fields, and what Anki knows of
// every card.
func (s *sides) fields() map[string]string {
	deck := s.reader.decks[s.card.home()]
	fields := map[string]string{
		"Tags": html.EscapeString(strings.Join(s.note.tags, " ")), "Type": html.EscapeString(s.note.kind.name),
		"Card": html.EscapeString(s.cardType.name), "CardFlag": "", "CardID": strconv.FormatInt(s.card.id, 10),
		"Deck": html.EscapeString(strings.Join(deck, "::")), "Subdeck": "", "FrontSide": "",
	}
	if len(deck) > 0 {
		fields["Subdeck"] = html.EscapeString(deck[len(deck)-1])
	}
	if s.note.kind.cloze {
		fields["c"+strconv.Itoa(s.card.ord+1)] = "1"
	}
	for i, name := range s.note.kind.fields {
		fields[name] = ""
		if i < len(s.note.fields) {
			fields[name] = s.note.fields[i]
		}
	}
	return fields
}

// rule is the line between what the back repeats of the front and the answer.
var rule = regexp.MustCompile(`(?i)<hr\b[^>]*\bid *= *["']?answer\b[^>]*>`)

// behind is the back without the front that it repeats. Whatever else stands before the
// line stays.
func behind(back, front string) string {
	before, after := "", back
	if at := rule.FindStringIndex(back); at != nil {
		before, after = back[:at[0]], back[at[1]:]
	}
	if front = strings.TrimSpace(front); front != "" {
		before = strings.TrimPrefix(strings.TrimSpace(before), front)
		if rest, repeats := strings.CutPrefix(strings.TrimSpace(after), front); repeats && strings.TrimSpace(rest) != "" && before == "" {
			after = rest
		}
	}
	return before + after
}

// explaining finds the explanation on the back of a card of ours.
var explaining = regexp.MustCompile(`(?s)<div class="explain">(.*)</div>\s*$`)

// apart takes the explanation from the answer on the back of a card of ours.
func apart(back string) (answer, explain string) {
	if m := explaining.FindStringSubmatchIndex(back); m != nil {
		return back[:m[0]], back[m[2]:m[3]]
	}
	return back, ""
}

// typed is what is to be typed at the card; "" where nothing is.
func (s *sides) typed() string {
	field, ok := s.cardType.front.uses("type")
	if !ok {
		return ""
	}
	return plainText(s.fields()[field])
}

// typed makes a typed question, of the kind that its key is.
func typed(prompt, key string) questions.Version {
	a := answer(1, key)
	v := questions.Version{Kind: questions.Text, Prompt: prompt, Answers: []questions.Answer{a}}
	switch a.Match {
	case questions.MatchDate:
		v.Kind = questions.Date
	case questions.MatchNumber:
		v.Kind = questions.Number
	}
	return v
}

var (
	year   = regexp.MustCompile(`(^|\D)\d{4}(\D|$)`)
	digits = regexp.MustCompile(`^-?\d[\d., ]*$`)
)

// answer is the key of a part, compared as what it looks like: a date, a number or a
// term.
func answer(part int, key string) questions.Answer {
	a := questions.Answer{Part: part, Text: key, Match: questions.MatchTerm, Credit: 1}
	if year.MatchString(key) {
		if date := grade.EDTF(key); grade.ValidDate(date) {
			a.Text, a.Match = date, questions.MatchDate
			return a
		}
	}
	if _, ok := grade.NumberOf(key); ok && digits.MatchString(key) {
		a.Match = questions.MatchNumber
	}
	return a
}

// fit tells whether a question can be asked, but for its length.
func fit(v questions.Version) bool {
	k, ok := kind.Of(v.Kind)
	if !ok {
		return false
	}
	for _, p := range k.Check(v) {
		if p.Code != "problem.prompt_long" && p.Code != "problem.explain_long" {
			return false
		}
	}
	return true
}

// beside is what stands on the back beside the key.
func beside(back, key, explain string) string {
	if questions.Fold(markup.ToText(back)) == questions.Fold(key) {
		back = ""
	}
	return joined(back, explain)
}

// joined puts two texts under each other.
func joined(a, b string) string { return strings.TrimSpace(a + "\n\n" + b) }

// plainText is one line of text of a field.
func plainText(source string) string {
	if !strings.ContainsAny(source, `<&[\`) { // most have no markup
		return norm.NFC.String(strings.Join(strings.Fields(source), " "))
	}
	return strings.Join(strings.Fields(markup.ToText(markdown(source))), " ")
}
