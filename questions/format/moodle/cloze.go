package moodle

import (
	"fmt"
	"html"
	"math"
	"regexp"
	"slices"
	"strings"

	"thaw/questions"
	"thaw/questions/format/bundle"
	"thaw/questions/format/element"
	"thaw/questions/format/foreign"
	"thaw/questions/format/markup"
)

// gap begins a gap of a cloze: its weight and its type. (The syntax is that of Moodle's
// documentation, "Embedded answers (Cloze)".)
var gap = regexp.MustCompile(`\{([0-9]*):(NUMERICAL|NM|(?:MULTICHOICE|MC)(?:_?(?:VS|HS|V|H|S))?|(?:MULTIRESPONSE|MR)(?:_?(?:HS|H|S))?|(?:SHORTANSWER|SA|MW)_?C?):`)

// slot stands for a gap while the text around it becomes Markdown: a character that
// nobody's text has.
const slot = "\uE002"

// field is a gap as it is written.
type field struct {
	weight, kind string
	entries      []entry
}

// entry is one answer of a gap.
type entry struct {
	fraction       float64
	text, feedback string // as they are written
}

// Limits of what is read of a question.
const (
	mostGaps    = 100
	mostAnswers = 500
)

// fields finds the gaps of a text, and returns it with a slot for each of them.
func fields(text string) (string, []field) {
	text = strings.ReplaceAll(text, slot, "")
	var b strings.Builder
	var list []field
	for {
		m := gap.FindStringSubmatchIndex(text)
		if m == nil {
			break
		}
		end := closing(text[m[1]:])
		if end < 0 {
			break
		}
		f := field{weight: text[m[2]:m[3]], kind: text[m[4]:m[5]]}
		f.entries = entries(text[m[1] : m[1]+end])
		list = append(list, f)
		b.WriteString(text[:m[0]] + slot)
		text = text[m[1]+end+1:]
	}
	return b.String() + text, list
}

// closing is where a gap ends: at the first brace that is not escaped.
func closing(text string) int {
	for i := 0; i < len(text); i++ {
		switch text[i] {
		case '\\':
			i++
		case '}':
			return i
		}
	}
	return -1
}

// entries parts what stands in a gap at its tildes.
func entries(text string) []entry {
	var list []entry
	for _, part := range apart(text, '~') {
		answer := apart(part, '#')
		e := entry{text: answer[0]}
		if len(answer) > 1 {
			e.feedback = strings.Join(answer[1:], "#")
		}
		e.fraction, e.text = weighed(strings.TrimSpace(e.text))
		list = append(list, e)
	}
	return list
}

// shown is a text of a gap that is shown there, in Markdown.
func shown(text string) string { return markup.FromHTML(unescaped(text)) }

var tags = regexp.MustCompile(`<[/a-zA-Z][^<>]*>`)

// plain is a text of a gap that is typed there. A tag is what an editor has left.
func plain(text string) string {
	return strings.Join(strings.Fields(unescaped(tags.ReplaceAllString(text, " "))), " ")
}

// apart parts a text at a sign, but not where that is escaped or part of an entity.
func apart(text string, sign byte) []string {
	var parts []string
	begin := 0
	for i := 0; i < len(text); i++ {
		switch {
		case text[i] == '\\':
			i++
		case text[i] == sign && !number(text[:i], sign):
			parts = append(parts, text[begin:i])
			begin = i + 1
		}
	}
	return append(parts, text[begin:])
}

// number tells whether a sign is that of an entity with a number, by what stands before it.
func number(before string, sign byte) bool {
	return sign == '#' && (strings.HasSuffix(before, "&") || strings.HasSuffix(before, "&amp;"))
}

var percent = regexp.MustCompile(`^%(-?[0-9]+(?:[.,][0-9]*)?)%`)

// weighed takes the weight from the beginning of an answer: = is all of it.
func weighed(text string) (float64, string) {
	if rest, ok := strings.CutPrefix(text, "="); ok {
		return 1, rest
	}
	if m := percent.FindStringSubmatch(text); m != nil {
		return float(m[1]) / 100, text[len(m[0]):]
	}
	return 0, text
}

var backslash = regexp.MustCompile(`\\([}{#~/"\\=%])`)

// unescaped is a text of a gap as it is meant. Editors have made entities of its signs.
func unescaped(text string) string {
	return strings.TrimSpace(html.UnescapeString(backslash.ReplaceAllString(text, "$1")))
}

// cloze reads a text with gaps. A text behind which a single menu stands is a choice.
func (q *question) cloze() (questions.Reason, bool) {
	n := q.n.At("questiontext")
	whole := q.files.Inline(source(n))
	if len(whole) > foreign.MostText {
		q.long = true
		return bundle.Because("moodle.long"), false
	}
	text, list := fields(whole)
	if len(list) == 0 {
		return bundle.Because("moodle.no_gap"), false
	}
	if len(list) > mostGaps || slices.ContainsFunc(list, func(f field) bool { return len(f.entries) > mostAnswers }) {
		return bundle.Because("moodle.wide"), false
	}
	q.v().Prompt = q.prompt(n, text)
	before, last := strings.CutSuffix(q.v().Prompt, slot)
	if before = strings.TrimSpace(before); len(list) == 1 && menu(list[0]) && last && before != "" {
		q.menu(before, list[0])
		return questions.Reason{}, true
	}
	q.v().Kind = questions.Cloze
	for i, f := range list {
		q.gap(i+1, f)
		if f.weight != list[0].weight {
			q.note("moodle.weights")
		}
	}
	q.fill(len(list))
	return questions.Reason{}, true
}

// prompt is the Markdown of a text with slots.
func (q *question) prompt(n *element.Node, text string) string {
	prompt := q.marked(n, "html", text)
	if old := q.oldPicture(); old != "" {
		prompt += "\n\n" + old
	}
	return prompt
}

// fill numbers the slots of the prompt.
func (q *question) fill(n int) {
	for i := range n {
		q.v().Prompt = strings.Replace(q.v().Prompt, slot, fmt.Sprintf("{{%d}}", i+1), 1)
	}
}

func menu(f field) bool {
	return strings.HasPrefix(f.kind, "M") && f.kind != "MW" && f.kind != "MWC" && f.kind != "MW_C"
}

// responses tells whether several entries of a menu can be ticked.
func responses(f field) bool {
	return strings.HasPrefix(f.kind, "MULTIRESPONSE") || strings.HasPrefix(f.kind, "MR")
}

// menu makes a choice of a single menu.
func (q *question) menu(prompt string, f field) {
	v := q.v()
	v.Kind, v.Prompt = questions.Choice, prompt
	v.Fixed = !strings.HasSuffix(f.kind, "S")
	fractions := make([]float64, len(f.entries))
	for i, e := range f.entries {
		fractions[i] = e.fraction
		v.Answers = append(v.Answers, questions.Answer{Part: 1, Text: shown(e.text), Credit: credit(e.fraction), Feedback: shown(e.feedback)})
	}
	if responses(f) {
		q.several(fractions)
	}
}

// gap reads the answers of one gap.
func (q *question) gap(part int, f field) {
	match := q.compared(part)
	if f.kind == "NUMERICAL" || f.kind == "NM" {
		match = questions.MatchNumber
	}
	if menu(f) {
		q.note("moodle.menu")
	}
	var list []questions.Answer
	for _, e := range f.entries {
		a := questions.Answer{Text: plain(e.text), Credit: credit(e.fraction), Feedback: shown(e.feedback)}
		switch {
		case f.kind == "NUMERICAL" || f.kind == "NM":
			text, tolerance, _ := strings.Cut(a.Text, ":")
			a.Text, a.Slack = strings.TrimSpace(strings.Trim(text, "*")), slack(a, tolerance)
		case menu(f):
			a.Text = markup.ToText(shown(e.text))
		default:
			a.Text = q.unstarred(a.Text)
		}
		list = append(list, a)
	}
	if responses(f) {
		list, match = together(list), questions.MatchSet
	}
	q.praise(list)
	q.v().Answers = append(q.v().Answers, q.answered(match, part, list)...)
}

// together makes one answer of all the entries that have to be ticked.
func together(list []questions.Answer) []questions.Answer {
	var texts []string
	for _, a := range list {
		if a.Credit > 0 {
			texts = append(texts, a.Text)
		}
	}
	return []questions.Answer{{Text: strings.Join(texts, "; "), Credit: math.Min(1, float64(len(texts)))}}
}

var place = regexp.MustCompile(`\[\[([0-9]{1,3})\]\]`)

// menus reads a text with places into which something is drawn or chosen from a menu:
// a gap each, for which the others of its group are foreseen.
func (q *question) menus() (questions.Reason, bool) {
	choices := append(q.n.All("dragbox"), q.n.All("selectoption")...)
	n := q.n.At("questiontext")
	v := q.v()
	text := strings.ReplaceAll(source(n), slot, "")
	part := 0
	text = place.ReplaceAllStringFunc(text, func(found string) string {
		at := int(float(place.FindStringSubmatch(found)[1])) - 1
		if at < 0 || at >= len(choices) || part > mostGaps {
			return found
		}
		part++
		v.Answers = append(v.Answers, q.chosen(part, at, choices)...)
		return slot
	})
	switch {
	case part == 0:
		return bundle.Because("moodle.no_gap"), false
	case part > mostGaps:
		return bundle.Because("moodle.wide"), false
	}
	q.note("moodle.menu")
	v.Kind, v.Prompt = questions.Cloze, q.prompt(n, text)
	q.fill(part)
	return questions.Reason{}, true
}

// chosen are the answers of a place: what belongs there, and what else could be chosen.
func (q *question) chosen(part, at int, choices []*element.Node) []questions.Answer {
	list := []questions.Answer{{Text: q.choiceText(choices[at]), Credit: 1}}
	for i, c := range choices {
		if i != at && said(c.At("group")) == said(choices[at].At("group")) && len(list) < mostForeseen {
			list = append(list, questions.Answer{Text: q.choiceText(c)})
		}
	}
	return q.answered("", part, list)
}

// mostForeseen is how many answers of a menu are foreseen in a gap.
const mostForeseen = 20

func (q *question) choiceText(n *element.Node) string {
	if q.kind == "gapselect" {
		return strings.Join(strings.Fields(q.typedText(n)), " ")
	}
	return markup.ToText(q.markdown(n, "html"))
}
