package gift

import (
	"bufio"
	"context"
	"encoding/base64"
	"io"
	"math"
	"mime"
	"path"
	"slices"
	"strconv"
	"strings"

	"thaw/questions"
	"thaw/questions/format/bundle"
	"thaw/questions/format/foreign"
	"thaw/questions/format/markup"
)

// Write writes the items with their pictures and sounds, and returns what GIFT cannot
// hold of each. Things to put in order, and texts with several gaps, are left out.
func Write(ctx context.Context, w io.Writer, b bundle.Bundle, _ bundle.Options) ([]bundle.Problem, error) {
	to := &writer{w: bufio.NewWriter(w), b: b, media: foreign.Of(b)}
	if b.Lang != "" {
		to.print("// [lang:" + told1(b.Lang) + "]\n\n")
	}
	for i, it := range b.Items {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		o := &out{writer: to, line: i + 1, item: it, v: it.Version}
		if block, ok := o.block(); ok {
			to.category(b.Titles(it.Topic))
			to.print(block + "\n")
		}
	}
	return to.problems, to.w.Flush()
}

// writer writes one item after the other.
type writer struct {
	w        *bufio.Writer
	b        bundle.Bundle
	media    map[string]bundle.Media
	topic    []string
	problems []bundle.Problem
}

func (w *writer) print(s string) { _, _ = w.w.WriteString(s) } // Flush returns the error

// category writes the category of the items that follow, where it is another one. Those
// of no topic stand in the category that Moodle has for them.
func (w *writer) category(topic []string) {
	if slices.Equal(topic, w.topic) {
		return
	}
	w.topic = topic
	parts := []string{"$course$", "top"}
	for _, part := range topic {
		parts = append(parts, strings.ReplaceAll(oneLine(part), "/", "//"))
	}
	if len(topic) == 0 {
		parts = append(parts, "Default for Thaw")
	}
	w.print("$CATEGORY: " + strings.Join(parts, "/") + "\n\n")
}

// out is a question that is being written.
type out struct {
	*writer
	line  int
	item  bundle.Item
	v     questions.Version
	marks []string // tags of ours, without what they begin with
}

func (o *out) lost(code string, args ...any) {
	o.problems = append(o.problems, bundle.Problem{Line: o.line, Item: foreign.Beginning(o.item.Name, markup.ToText(o.v.Prompt)),
		Reason: bundle.Because(code, args...), Kind: o.v.Kind})
}

// block is the question as it is written; ok is false where it has no form.
func (o *out) block() (text string, ok bool) {
	before, after := o.raw(o.v.Prompt), ""
	var answers []string
	switch o.v.Kind {
	case questions.Choice:
		answers = o.choice()
	case questions.Several:
		answers = o.several()
	case questions.Truth:
		answers = o.truth()
	case questions.Text, questions.Date, questions.Number:
		answers = o.typed()
	case questions.Match:
		answers = o.match()
	case questions.Cloze:
		before, after, ok = o.gap()
		if answers = o.typed(); !ok {
			answers = nil
		}
	case questions.Flash:
		answers = o.card()
	}
	if len(answers) == 0 {
		o.lost(o.unwritten())
		return "", false
	}
	if _, unfinished := foreign.Unfinished(o.v); unfinished {
		o.lost("gift.unfinished")
	}
	if o.v.Explain != "" {
		answers = append(answers, "####"+o.html(o.v.Explain))
	}
	name := ""
	if o.item.Name != "" {
		name = "::" + escape(oneLine(o.item.Name)) + "::"
	}
	return o.remarks() + name + "[html]" + before + "{" + strings.Join(answers, "\n\t") + "\n}" + after + "\n", true
}

// unwritten says why a question is left out.
func (o *out) unwritten() string {
	switch {
	case o.v.Kind == questions.Cloze && len(o.v.Answers) > 0:
		return "gift.gaps"
	case o.v.Kind == questions.Order:
		return "gift.order"
	}
	return "gift.empty"
}

// html is Markdown as it is written behind the prompt. It begins with no format, or with
// one more.
func (o *out) html(text string) string {
	text = o.raw(text)
	if prefix.MatchString(text) {
		return "[html]" + text
	}
	return text
}

// raw is Markdown as it is written, with its pictures in it.
func (o *out) raw(text string) string {
	source := foreign.Place(markup.ToHTML(text), o.media, func(name string) string {
		kind := mime.TypeByExtension(path.Ext(name))
		if kind == "" {
			kind = "image/png"
		}
		return "data:" + kind + ";base64," + base64.StdEncoding.EncodeToString(o.media[name].Data)
	}, func(bundle.Media) {})
	return escape(source)
}

// told1 is a value in a remark.
func told1(s string) string {
	s = strings.ReplaceAll(oneLine(s), "]", `\]`)
	if strings.HasSuffix(s, `\`) {
		s += " "
	}
	return s
}

// remarks are the lines above a question, with its id and its tags.
func (o *out) remarks() string {
	var parts []string
	if o.item.ID != "" {
		parts = append(parts, "[id:"+told1(o.item.ID)+"]")
	}
	for _, tag := range o.item.Tags {
		parts = append(parts, "[tag:"+told1(tag)+"]")
	}
	for _, mark := range o.ours() {
		parts = append(parts, "[tag:"+ours+told1(mark)+"]")
	}
	if len(parts) == 0 {
		return ""
	}
	return "// " + strings.Join(parts, " ") + "\n"
}

// ours are the tags that say what GIFT cannot.
func (o *out) ours() []string {
	marks := o.marks
	add := func(mark string, when bool) {
		if when {
			marks = append(marks, mark)
		}
	}
	add("level:"+o.v.Level, o.v.Level != "")
	add("lang:"+o.v.Lang, o.v.Lang != "" && o.v.Lang != o.b.Lang)
	add("back:"+o.v.Back, o.v.Back != "")
	add("fixed", o.v.Fixed && o.v.Kind != questions.Truth)
	add(o.item.State, o.item.State == "draft" || o.item.State == "retired")
	return marks
}

// said is an answer with its weight and what is said to it. A text that could be taken
// for a weight has one.
func said(sign, weight, text, feedback string) string {
	if weight != "" {
		sign += "%" + weight + "%"
	}
	if feedback != "" {
		feedback = "#" + feedback
	}
	return sign + text + feedback
}

func (o *out) choice() []string {
	var lines []string
	for _, a := range o.v.Answers {
		text, sign, weight := o.html(a.Text), "~", ""
		if a.Credit == 1 {
			sign = "="
		} else if a.Credit != 0 {
			weight = o.percent(a.Credit)
		}
		if weight == "" && strings.HasPrefix(text, "%") {
			weight = o.percent(a.Credit)
		}
		lines = append(lines, said(sign, weight, text, o.html(a.Feedback)))
	}
	return lines
}

func (o *out) several() []string {
	right := 0
	for _, a := range o.v.Answers {
		if a.Credit == 1 {
			right++
		}
	}
	var lines []string
	for _, a := range o.v.Answers {
		share := 1 / float64(max(right, 1))
		if a.Credit != 1 {
			share = -1 / float64(max(len(o.v.Answers)-right, 1))
		}
		lines = append(lines, said("~", o.percent(share), o.html(a.Text), o.html(a.Feedback)))
	}
	return lines
}

// shares are the parts of the full credit that Moodle knows.
var shares = [...]float64{1, .9, 5. / 6, .8, .75, .7, 2. / 3, .6, .5, .4, 1. / 3, .3, .25, .2, 1. / 6, 1. / 7, .125, 1. / 9, .1, .05, 0}

// percent is a share in hundredths, the nearest that Moodle knows.
func (o *out) percent(c float64) string {
	nearest := shares[0]
	for _, s := range shares {
		if math.Abs(s-math.Abs(c)) < math.Abs(nearest-math.Abs(c)) {
			nearest = s
		}
	}
	if math.Abs(nearest-math.Abs(c)) > 1e-4 {
		o.lost("gift.credit")
	}
	return strconv.FormatFloat(math.Round(math.Copysign(nearest, c)*1e7)/1e5, 'f', -1, 64)
}

func (o *out) truth() []string {
	key, _ := o.v.Key(1)
	sign := "FALSE"
	if key.Text == "true" {
		sign = "TRUE"
	}
	for _, a := range o.v.Answers {
		if a.Credit != 1 && a.Feedback != "" && key.Text != "" {
			return []string{sign + "#" + o.html(a.Feedback)}
		}
	}
	if key.Text == "" {
		return nil
	}
	return []string{sign}
}

// typed are answers that are typed: numbers, or texts in all their forms.
func (o *out) typed() []string {
	var lines, rights []string
	numbers := false
	for _, a := range o.v.Answers {
		weight := ""
		if a.Credit != 1 {
			weight = o.percent(a.Credit)
		}
		if numbers = a.Match == questions.MatchNumber; numbers {
			lines = append(lines, said("=", weight, foreign.Digits(a.Text)+":"+strconv.FormatFloat(a.Slack, 'f', -1, 64), o.html(a.Feedback)))
			continue
		}
		for _, form := range foreign.Forms(a) {
			if strings.Contains(form, "->") {
				form = strings.ReplaceAll(form, "->", "→") // would make a pair of it
				o.lost("gift.arrow")
			}
			if a.Credit == 1 {
				rights = append(rights, form)
			}
			lines = append(lines, said("=", weighed(weight, form), plain(form), o.html(a.Feedback)))
		}
	}
	if numbers {
		lines[0] = "#\n\t" + lines[0]
	} else if match := o.match1(); match != "" && match != foreign.Guess(rights) {
		o.marks = append(o.marks, match)
	}
	return lines
}

// weighed is a weight; there is one before a text that could be taken for one.
func weighed(weight, text string) string {
	if weight == "" && strings.HasPrefix(text, "%") {
		return "100"
	}
	return weight
}

// match1 is how the answers of the one part are compared.
func (o *out) match1() string {
	for _, a := range o.v.Answers {
		return a.Match
	}
	return ""
}

// plain is an answer that is typed: no markup, no wild cards. One that could be taken for
// something else has its format before it.
func plain(text string) string {
	text = escape(strings.ReplaceAll(oneLine(text), "*", `\*`))
	if prefix.MatchString(text) {
		return "[plain]" + text
	}
	return text
}

// match writes pairs. The right sides are plain text, and nothing is said to them.
func (o *out) match() []string {
	var lines []string
	markedUp, feedback := false, false
	pair := func(left string, right questions.Answer) {
		text := markup.ToText(right.Text)
		markedUp = markedUp || markup.FromText(oneLine(text)) != right.Text
		feedback = feedback || right.Feedback != ""
		lines = append(lines, "="+left+" -> "+escape(oneLine(text)))
	}
	for _, a := range o.v.Answers {
		if a.Part != 0 && a.Credit != 1 {
			right, _ := o.v.Key(a.Part)
			pair(o.html(a.Text), right)
		}
	}
	for _, a := range o.v.Answers {
		if a.Part == 0 {
			pair("", a)
		}
	}
	if markedUp {
		o.lost("gift.plain")
	}
	if feedback {
		o.lost("gift.feedback")
	}
	return lines
}

// gap is the text before and behind the one gap.
func (o *out) gap() (before, after string, ok bool) {
	const gap = "\uE00F"
	if strings.Count(o.v.Prompt, "{{") != 1 || !strings.Contains(o.v.Prompt, "{{1}}") {
		return "", "", false
	}
	before, after, ok = strings.Cut(o.raw(strings.Replace(o.v.Prompt, "{{1}}", gap, 1)), gap)
	o.marks = append(o.marks, "cloze")
	return before, after, ok
}

// card is a flashcard: its back is a short answer, or all that an essay says afterwards.
func (o *out) card() []string {
	key, ok := o.v.Key(1)
	if !ok {
		return nil
	}
	o.marks = append(o.marks, "flash")
	text := markup.ToText(key.Text)
	if foreign.PlainBack(key.Text) && oneLine(text) == text && !strings.Contains(text, "->") {
		return []string{said("=", weighed("", text), plain(text), "")}
	}
	if o.v.Explain != "" {
		o.lost("gift.explain")
		o.v.Explain = ""
	}
	return []string{"####" + o.html(key.Text)}
}
