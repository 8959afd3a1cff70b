package qti12

import (
	"regexp"
	"slices"
	"strings"

	"thaw/questions"
	"thaw/questions/format/bundle"
	"thaw/questions/format/element"
	"thaw/questions/format/foreign"
	"thaw/questions/format/markup"
)

// question is one question that is being read.
type question struct {
	*reader
	n       *element.Node
	meta    map[string]string
	kind    string // in the words of Canvas
	item    bundle.Item
	stem    string // HTML, with a slot for each response that stands in it
	judged  []rule
	notes   []questions.Reason
	replied bool // it is counted among those whose general replies are left out
	long    bool // one of its texts is longer than a text may be
}

func (q *question) v() *questions.Version { return &q.item.Version }

// note says that something was not taken wholly, once.
func (q *question) note(code string, args ...any) {
	why := bundle.Because(code, args...)
	if !slices.ContainsFunc(q.notes, func(r questions.Reason) bool { return r.Code == code && slices.Equal(r.Args, why.Args) }) {
		q.notes = append(q.notes, why)
	}
}

// head reads what all types have.
func (q *question) head(above []*element.Node) {
	q.item.Line, q.item.ID, q.item.Name = q.count, q.n.Attr("ident"), q.n.Attr("title")
	q.item.Topic = []string{q.title}
	for _, a := range above {
		if title := a.Attr("title"); a.Name == "section" && title != "" {
			q.item.Topic = append(q.item.Topic, title)
		}
	}
	q.item.Topic = append(q.item.Topic, all(q.n.At("itemmetadata"), "thaw_topic")...)
	q.item.Tags = all(q.n.At("itemmetadata"), "thaw_tag")
	q.item.State = q.meta["thaw_state"]
	v := q.v()
	v.Lang, v.Back, v.Level = q.n.Attr("xml:lang"), q.meta["thaw_back"], q.meta["thaw_level"]
	q.stem = q.flow(q.n.At("presentation"))
	v.Prompt = q.markdown(strings.ReplaceAll(q.stem, slot, " "))
	v.Explain = q.feedback("general_fb")
	for _, n := range q.n.All("itemfeedback") {
		if ident := n.Attr("ident"); len(n.Find("solution")) > 0 && ident != "general_fb" {
			v.Explain = strings.TrimSpace(v.Explain + "\n\n" + q.feedback(ident))
		}
	}
	if q.feedback("correct_fb")+q.feedback("general_incorrect_fb") != "" {
		q.said()
	}
}

// feedback is what is said by an itemfeedback of that name.
func (q *question) feedback(ident string) string {
	for _, n := range q.n.All("itemfeedback") {
		if n.Attr("ident") == ident {
			return q.markdown(q.flow(n))
		}
	}
	return ""
}

// profiles are the types of Common Cartridge.
var profiles = map[string]string{
	"cc.multiple_choice.v0p1":   "multiple_choice_question",
	"cc.multiple_response.v0p1": "multiple_answers_question",
	"cc.true_false.v0p1":        "true_false_question",
	"cc.fib.v0p1":               "short_answer_question",
	"cc.pattern_match.v0p1":     "short_answer_question",
	"cc.essay.v0p1":             "essay_question",
}

// typeOf is the type of the question: what it says, or what it looks like.
func (q *question) typeOf() string {
	if kind := q.meta["question_type"]; kind != "" {
		return kind
	}
	if kind := profiles[q.meta["cc_profile"]]; kind != "" {
		return kind
	}
	lids, strs := q.n.Find("response_lid"), q.n.Find("response_str", "response_num")
	switch {
	case len(q.n.Find("calculated")) > 0:
		return "calculated_question"
	case len(q.n.Find("response_xy", "response_grp", "render_hotspot", "render_slider")) > 0 || len(lids) > 0 && len(strs) > 0:
		return "drawn_question"
	case len(lids) > 1 && named(q.stem, lids):
		return "multiple_dropdowns_question"
	case len(lids) > 1:
		return "matching_question"
	case len(lids) == 1:
		return chosen(lids[0])
	case len(strs) > 1:
		return "fill_in_multiple_blanks_question"
	case len(strs) == 1:
		return q.typedType(strs[0])
	}
	return "text_only_question"
}

// chosen is the type of a question whose answers are listed.
func chosen(lid *element.Node) string {
	switch strings.ToLower(lid.Attr("rcardinality")) {
	case "multiple":
		return "multiple_answers_question"
	case "ordered":
		return "ordering_question"
	}
	labels := lid.Find("response_label")
	if len(labels) == 2 && saysTruth(labels[0]) != "" && saysTruth(labels[1]) != "" && saysTruth(labels[0]) != saysTruth(labels[1]) {
		return "true_false_question"
	}
	return "multiple_choice_question"
}

// typedType is the type of a question whose answer is typed.
func (q *question) typedType(n *element.Node) string {
	compared := len(q.n.Find("vargte", "vargt", "varlte", "varlt")) > 0
	if fib := n.Find("render_fib"); n.Name == "response_num" || compared || len(fib) > 0 && slices.Contains([]string{"decimal", "integer", "scientific"}, strings.ToLower(fib[0].Attr("fibtype"))) {
		return "numerical_question"
	}
	if len(q.n.Find("varequal")) > 0 {
		return "short_answer_question"
	}
	return "essay_question"
}

// named tells whether all responses are named in the text, in brackets.
func named(stem string, responses []*element.Node) bool {
	return !slices.ContainsFunc(responses, func(n *element.Node) bool { return !strings.Contains(stem, "["+blank(n)+"]") })
}

// blank is the name of a gap.
func blank(response *element.Node) string {
	return strings.TrimPrefix(response.Attr("ident"), "response_")
}

// done keeps what was read. What lacks something is a draft.
func (q *question) done() {
	if why, unfinished := foreign.Unfinished(q.item.Version); unfinished {
		q.item.State = "draft"
		q.notes = append(q.notes, why)
	}
	q.Items = append(q.Items, q.item)
	for _, why := range q.notes {
		q.Notes = append(q.Notes, bundle.Problem{Line: q.item.Line, Item: q.beginning(), Reason: why, Kind: q.kind})
	}
}

// refuse reports a question with all that it says.
func (q *question) refuse(why questions.Reason) {
	texts := []string{q.v().Prompt}
	for _, n := range q.n.Find("response_label", "formula") {
		if text := q.markdown(q.flow(n)) + markup.FromText(n.Own()); text != "" {
			texts = append(texts, text)
		}
	}
	texts = append(texts, q.v().Explain)
	q.Problems = append(q.Problems, bundle.Problem{Line: q.item.Line, Item: q.beginning(), Reason: why, Kind: q.kind,
		Text: strings.TrimSpace(strings.Join(texts, "\n\n"))})
}

var numbered = regexp.MustCompile(`^Question( \d+)?$`)

// beginning is the question's title, unless that is just a number.
func (q *question) beginning() string {
	if numbered.MatchString(q.item.Name) {
		return foreign.Beginning(foreign.Opening(q.v().Prompt), q.item.Name)
	}
	return foreign.Beginning(q.item.Name, foreign.Opening(q.v().Prompt))
}
