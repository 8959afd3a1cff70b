package qti12

import (
	"fmt"
	"math"
	"regexp"
	"strconv"
	"strings"

	"thaw/questions"
	"thaw/questions/format/element"
	"thaw/questions/format/foreign"
	"thaw/questions/format/markup"
	"thaw/questions/kind"
)

// writer says what a question is in the words of Canvas, and how its answers are
// written; none where it cannot be.
func (o *out) writer() (func(*out), string) {
	if _, unfinished := foreign.Unfinished(o.v); unfinished {
		o.lost("qti.unfinished")
		return nil, ""
	}
	switch o.v.Kind {
	case questions.Choice:
		return (*out).choice, "multiple_choice_question"
	case questions.Truth:
		return (*out).choice, "true_false_question"
	case questions.Several:
		return (*out).choice, "multiple_answers_question"
	case questions.Text, questions.Date:
		return (*out).short, "short_answer_question"
	case questions.Number:
		return (*out).number, "numerical_question"
	case questions.Order:
		return (*out).order, "matching_question"
	case questions.Match:
		return (*out).match, "matching_question"
	case questions.Cloze:
		return (*out).cloze, "fill_in_multiple_blanks_question"
	case questions.Flash:
		if key, _ := o.v.Key(1); foreign.PlainBack(key.Text) {
			return (*out).card, "short_answer_question"
		}
		o.lost("qti.flash")
		return nil, ""
	}
	o.lost("qti.kind", o.v.Kind)
	return nil, ""
}

// mattextOf is a text as an element.
func mattextOf(text string, html bool) *element.Node {
	kind := "text/plain"
	if html {
		kind = "text/html"
	}
	return element.New("mattext", attr("texttype", kind), text)
}

// bareText is plain text as Canvas writes it where there is nothing else. One that looks
// like HTML says that it is none.
func bareText(text string) *element.Node {
	if tag.MatchString(text) {
		return mattextOf(text, false)
	}
	return element.New("mattext", text)
}

// material is Markdown as an element: as plain text where it has no markup.
func (o *out) material(source string) *element.Node {
	shown := o.show(source)
	if plain := markup.ToText(source); markup.FromText(plain) == source && !strings.Contains(plain, "\n") {
		return element.New("material", mattextOf(plain, false))
	}
	return element.New("material", mattextOf(shown, true))
}

// reply shows the feedback of a name.
func reply(ident string) *element.Node {
	return element.New("displayfeedback", attr("feedbacktype", "Response"), attr("linkrefid", ident))
}

// said is what a reply shows.
func said(ident, html string) *element.Node {
	return element.New("itemfeedback", attr("ident", ident), element.New("flow_mat", element.New("material", mattextOf(html, true))))
}

// id is the name of the next answer.
func (o *out) id() string {
	o.count++
	id := strconv.Itoa(1000 + o.count)
	o.ids = append(o.ids, id)
	return id
}

func equal(respident, value string) *element.Node {
	return element.New("varequal", attr("respident", respident), value)
}

// scores is a condition that is worth all.
func scores(condition ...any) *element.Node {
	return element.New("respcondition", attr("continue", "No"), element.New("conditionvar", condition...),
		element.New("setvar", attr("action", "Set"), attr("varname", "SCORE"), "100"))
}

// adds is a condition that is worth a part of it.
func adds(respident, value, score string) *element.Node {
	return element.New("respcondition", element.New("conditionvar", equal(respident, value)),
		element.New("setvar", attr("varname", "SCORE"), attr("action", "Add"), score))
}

// shares parts a hundred, to two decimals: the last gets what is left, so that all
// together are exactly that.
func shares(n int) []string {
	list := make([]string, n)
	each := math.Floor(10000 / float64(n))
	for i := range list {
		list[i] = fmt.Sprintf("%.2f", each/100)
	}
	if n > 0 {
		list[n-1] = fmt.Sprintf("%.2f", (10000-each*float64(n-1))/100)
	}
	return list
}

// truths are how Canvas writes them.
var truths = map[string]string{"true": "True", "false": "False"}

// choice writes options, and one condition for what is right: of several, exactly the
// right ones.
func (o *out) choice() {
	cardinality := "Single"
	if o.v.Kind == questions.Several {
		cardinality = "Multiple"
	}
	render := element.New("render_choice")
	if o.v.Fixed && o.v.Kind != questions.Truth {
		render.Attrs = append(render.Attrs, attr("shuffle", "No"))
	}
	wanted := element.New("and")
	var right *element.Node
	for _, a := range o.v.Answers {
		id, text := o.id(), a.Text
		if o.v.Kind == questions.Truth {
			text = truths[a.Text]
		}
		render.Add(element.New("response_label", attr("ident", id), o.material(text)))
		o.remark(id, a.Feedback)
		switch {
		case a.Credit == 1:
			right = equal("response1", id)
			wanted.Add(right)
		case a.Credit > 0 && o.v.Kind == questions.Choice:
			o.lost("qti.credit")
			fallthrough
		default:
			wanted.Add(element.New("not", equal("response1", id)))
		}
	}
	o.pose.Add(element.New("response_lid", attr("ident", "response1"), attr("rcardinality", cardinality), render))
	if o.v.Kind == questions.Several {
		right = wanted
	}
	o.process.Add(scores(right))
}

// remark says something to an option that was chosen.
func (o *out) remark(id, feedback string) {
	if html := o.show(feedback); html != "" {
		o.process.Add(element.New("respcondition", attr("continue", "Yes"), element.New("conditionvar", equal("response1", id)), reply(id+"_fb")))
		o.replies = append(o.replies, said(id+"_fb", html))
	}
}

// note adds metadata of ours.
func (o *out) note(label, value string) { o.meta = append(o.meta, field(label, value)) }

// typed lists the forms of the right answers of a part, and says how they are compared
// where that would not be guessed.
func (o *out) typed(part int, label string) []string {
	var forms []string
	match := ""
	for _, a := range o.v.Answers {
		if a.Part != part {
			continue
		}
		if match = a.Match; a.Credit != 1 {
			o.lost("qti.foreseen")
			continue
		}
		forms = append(forms, foreign.Forms(a)...)
	}
	if match != "" && match != foreign.Guess(forms) {
		o.note(label, match)
	}
	return forms
}

// blankResponse is a field in which something is typed.
func blankResponse(attrs ...any) *element.Node {
	return element.New("response_str", attr("ident", "response1"), attr("rcardinality", "Single"), element.New("render_fib", attrs...))
}

func (o *out) short() { o.accepts(o.typed(1, "thaw_match")) }

// accepts writes texts of which each is right.
func (o *out) accepts(forms []string) {
	o.pose.Add(blankResponse(element.New("response_label", attr("ident", "answer1"), attr("rshuffle", "No"))))
	var values []any
	for _, form := range forms {
		o.id()
		values = append(values, equal("response1", form))
	}
	o.process.Add(scores(values...))
}

func (o *out) card() {
	key, _ := o.v.Key(1)
	o.note("thaw_kind", questions.Flash)
	o.accepts([]string{markup.ToText(key.Text)})
}

// number writes each right number with what is as good as it.
func (o *out) number() {
	o.pose.Add(blankResponse(attr("fibtype", "Decimal"), element.New("response_label", attr("ident", "answer1"))))
	for _, a := range o.v.Answers {
		if a.Credit != 1 {
			o.lost("qti.foreseen")
			continue
		}
		o.id()
		value := float(foreign.Digits(a.Text))
		o.process.Add(scores(element.New("or", equal("response1", pointed(value)), element.New("and",
			element.New("vargte", attr("respident", "response1"), pointed(plus(value, -a.Slack))),
			element.New("varlte", attr("respident", "response1"), pointed(plus(value, a.Slack)))))))
	}
}

// pointed is a number as Canvas writes it, with a point always.
func pointed(x float64) string {
	text := decimal(x)
	if !strings.Contains(text, ".") {
		text += ".0"
	}
	return text
}

// gaps finds the gaps of our prompts.
var gaps = regexp.MustCompile(`\{\{[^{}]*\}\}`)

// stem is the prompt; its gaps are names in brackets that stand nowhere else in it.
func (o *out) stem() string {
	if o.v.Kind != questions.Cloze {
		return o.show(o.v.Prompt)
	}
	source := strings.ReplaceAll(o.v.Prompt, slot, "")
	n := len(gaps.FindAllString(source, -1))
	html := o.show(gaps.ReplaceAllLiteralString(source, slot))
	name := "gap"
	for strings.Contains(html, "["+name) {
		name += "_"
	}
	for i := range n {
		o.blanks = append(o.blanks, name+strconv.Itoa(i+1))
		html = strings.Replace(html, slot, "["+o.blanks[i]+"]", 1)
	}
	return html
}

// cloze writes each gap with all that is right in it.
func (o *out) cloze() {
	share := shares(len(o.blanks))
	for i, name := range o.blanks {
		part := strconv.Itoa(i + 1)
		key, _ := o.v.Key(i + 1)
		if key.Slack != 0 {
			o.lost("qti.slack")
			o.note("thaw_slack_"+part, decimal(key.Slack))
		}
		render := element.New("render_choice")
		for _, form := range o.typed(i+1, "thaw_match_"+part) {
			id := o.id()
			render.Add(element.New("response_label", attr("ident", id), element.New("material", mattextOf(form, false))))
			o.process.Add(adds("response_"+name, id, share[i]))
		}
		o.pose.Add(element.New("response_lid", attr("ident", "response_"+name), element.New("material", element.New("mattext", name)), render))
	}
}

func (o *out) match() {
	var rows [][2]string
	var extra []string
	for _, p := range kind.Pairs(o.v) {
		right := markup.ToText(p.Right.Text)
		if markup.ToHTML(markup.FromText(right)) != markup.ToHTML(p.Right.Text) {
			o.lost("qti.plain")
		}
		if p.Right.Feedback != "" {
			o.lost("qti.pair_feedback")
		}
		if p.Left.Part == 0 {
			extra = append(extra, right)
			continue
		}
		rows = append(rows, [2]string{p.Left.Text, right})
	}
	o.pairs(rows, extra)
}

// order pairs things with their places, for Canvas has no other way.
func (o *out) order() {
	o.note("thaw_kind", questions.Order)
	var rows [][2]string
	for i, a := range o.v.Answers {
		place := strconv.Itoa(i + 1)
		rows = append(rows, [2]string{a.Text, place})
		if a.Feedback != "" {
			o.note("thaw_when_"+place, a.Feedback)
		}
		if a.Slack != 0 {
			o.note("thaw_tie_"+place, "1")
		}
	}
	o.pairs(rows, nil)
}

// pairs writes rows of a left and a right side, each of which can be chosen for each
// left one, and what else can be chosen.
func (o *out) pairs(rows [][2]string, extra []string) {
	ids := map[string]string{}
	var labels []*element.Node
	offer := func(text string) {
		if ids[text] == "" {
			o.count++
			ids[text] = strconv.Itoa(1000 + o.count)
			labels = append(labels, element.New("response_label", attr("ident", ids[text]), element.New("material", bareText(text))))
		}
	}
	for _, row := range rows {
		offer(row[1])
	}
	for _, text := range extra {
		offer(text)
	}
	share := shares(len(rows))
	for i, row := range rows {
		response := "response_" + o.id()
		o.pose.Add(element.New("response_lid", attr("ident", response), o.material(row[0]), element.New("render_choice", labels)))
		o.process.Add(adds(response, ids[row[1]], share[i]))
	}
}
