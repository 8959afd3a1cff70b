package moodle

import (
	"fmt"
	"html"
	"regexp"
	"strconv"
	"strings"

	"thaw/questions"
	"thaw/questions/format/element"
	"thaw/questions/format/foreign"
	"thaw/questions/format/markup"
	"thaw/questions/grade"
	"thaw/questions/kind"
)

// answer is an element of an answer: HTML, or plain text where people type it.
func (o *out) answer(fraction, content string, plain bool, feedback string) *element.Node {
	worth := element.Attr{Name: "fraction", Value: fraction}
	if !plain {
		n := o.rich("answer", content, worth)
		n.Add(o.rich("feedback", feedback))
		return n
	}
	return element.New("answer", worth, element.Attr{Name: "format", Value: "moodle_auto_format"}, text(content), o.rich("feedback", feedback))
}

func (o *out) choice() {
	single, right, wrong := o.v.Kind == questions.Choice, 0, 0
	for _, a := range o.v.Answers {
		if a.Credit == 1 {
			right++
		} else {
			wrong++
		}
	}
	o.leaf("single", strconv.FormatBool(single))
	o.leaf("shuffleanswers", strconv.FormatBool(!o.v.Fixed))
	o.leaf("answernumbering", "none")
	for _, a := range o.v.Answers {
		var fraction string
		switch {
		case single:
			fraction = o.percentOf(a.Credit)
		case a.Credit == 1:
			fraction = o.percentOf(1 / float64(right))
		default:
			fraction = "-" + o.percentOf(1/float64(wrong))
		}
		o.n.Add(o.answer(fraction, o.html(a.Text), false, o.html(a.Feedback)))
	}
}

func (o *out) truth() {
	for _, a := range o.v.Answers {
		o.n.Add(o.answer(o.percentOf(a.Credit), a.Text, true, o.html(a.Feedback)))
	}
}

// short writes answers that are typed, each in all its forms.
func (o *out) short() {
	o.leaf("usecase", "0")
	var rights []string
	for _, a := range o.v.Answers {
		for _, form := range foreign.Forms(a) {
			if a.Credit == 1 {
				rights = append(rights, form)
			}
			o.n.Add(o.answer(o.percentOf(a.Credit), strings.ReplaceAll(form, "*", `\*`), true, o.html(a.Feedback)))
		}
	}
	o.mark(0, rights)
}

// mark says by a tag how the answers of a part are compared, where that would not be
// guessed.
func (o *out) mark(part int, rights []string) {
	match := ""
	for _, a := range o.v.Answers {
		if part == 0 || a.Part == part {
			match = a.Match
		}
	}
	if match == "" || match == foreign.Guess(rights) {
		return
	}
	if part > 0 {
		match = strconv.Itoa(part) + ":" + match
	}
	o.marks = append(o.marks, match)
}

func (o *out) number() {
	for _, a := range o.v.Answers {
		n := o.answer(o.percentOf(a.Credit), foreign.Digits(a.Text), true, o.html(a.Feedback))
		n.Add(element.New("tolerance", strconv.FormatFloat(a.Slack, 'f', -1, 64)))
		o.n.Add(n)
	}
}

// order writes the things in their order; when each of them was is what is said to it.
func (o *out) order() {
	o.leaf("layouttype", "VERTICAL")
	o.leaf("selecttype", "ALL")
	o.leaf("selectcount", strconv.Itoa(len(o.v.Answers)))
	o.leaf("gradingtype", "RELATIVE_ALL_PREVIOUS_AND_NEXT")
	o.leaf("showgrading", "SHOW")
	o.leaf("numberingstyle", "none")
	for i, a := range o.v.Answers {
		when := grade.DateText(a.Feedback)
		if grade.EDTF(when) != a.Feedback {
			when = a.Feedback
		}
		o.n.Add(o.answer(fmt.Sprintf("%d.0000000", i+1), o.html(a.Text), false, html.EscapeString(when)))
		if a.Slack != 0 {
			o.marks = append(o.marks, "tie:"+strconv.Itoa(i+1))
		}
	}
}

func (o *out) match() {
	o.leaf("shuffleanswers", "true")
	feedback, rich := false, false
	for _, p := range kind.Pairs(o.v) {
		right := markup.ToText(p.Right.Text)
		rich = rich || markup.ToHTML(markup.FromText(right)) != markup.ToHTML(p.Right.Text)
		feedback = feedback || p.Right.Feedback != ""
		n := o.rich("subquestion", o.html(p.Left.Text))
		n.Add(element.New("answer", text(right)))
		o.n.Add(n)
	}
	if rich {
		o.lost("moodle.plain")
	}
	if feedback {
		o.lost("moodle.feedback")
	}
}

func (o *out) card() {
	key, _ := o.v.Key(1)
	o.leaf("usecase", "0")
	o.n.Add(o.answer("100", strings.ReplaceAll(markup.ToText(key.Text), "*", `\*`), true, ""))
	o.marks = append(o.marks, "flash")
}

func (o *out) longCard() {
	key, _ := o.v.Key(1)
	o.leaf("responseformat", "editor")
	o.leaf("responserequired", "0")
	o.leaf("responsefieldlines", "5")
	o.leaf("attachments", "0")
	o.n.Add(o.rich("graderinfo", o.html(key.Text)))
	o.marks = append(o.marks, "flash")
}

// gaps finds the gaps of our prompts.
var gaps = regexp.MustCompile(`\{\{[^{}]*\}\}`)

// gapped is the prompt of a text with gaps as Moodle writes it.
func (o *out) gapped() string {
	source := strings.ReplaceAll(o.v.Prompt, slot, "")
	n := len(gaps.FindAllString(source, -1))
	html := markup.ToHTML(gaps.ReplaceAllLiteralString(source, slot))
	html = start.ReplaceAllString(html, "&#123;$1")
	for i := range n {
		html = strings.Replace(html, slot, o.gap(i+1), 1)
	}
	return html
}

// start is what Moodle would take for the beginning of a gap.
var start = regexp.MustCompile(`\{([0-9]*:[A-Z])`)

// gap writes one gap. What Moodle would take for its signs is written as entities.
func (o *out) gap(part int) string {
	var entries, rights []string
	kind := "SHORTANSWER"
	for _, a := range o.v.Answers {
		if a.Part != part {
			continue
		}
		forms := foreign.Forms(a)
		if a.Match == questions.MatchNumber {
			kind, forms = "NUMERICAL", []string{foreign.Digits(a.Text) + ":" + strconv.FormatFloat(a.Slack, 'f', -1, 64)}
		}
		for _, form := range forms {
			if a.Credit == 1 {
				rights = append(rights, form)
			}
			entries = append(entries, o.entry(a, form))
		}
	}
	if kind == "SHORTANSWER" {
		o.mark(part, rights)
	}
	return "{1:" + kind + ":" + strings.Join(entries, "~") + "}"
}

func (o *out) entry(a questions.Answer, form string) string {
	text := "=" + entities(strings.ReplaceAll(form, "*", `\*`))
	if a.Credit != 1 {
		text = "%" + o.percentOf(a.Credit) + "%" + text[1:]
	}
	if why := markup.ToHTML(a.Feedback); why != "" {
		text += "#" + entities(why)
		if strings.Contains(why, "<img ") {
			o.lost("moodle.gap_picture")
		}
	}
	return text
}

// entities writes a text of a gap so that none of its signs means anything.
func entities(text string) string { return signs.Replace(html.EscapeString(text)) }

var signs = strings.NewReplacer("{", "&#123;", "}", "&#125;", "#", "&#35;", "~", "&#126;", `\`, "&#92;", "=", "&#61;", "%", "&#37;", "&#", "&#")
