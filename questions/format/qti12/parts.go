package qti12

import (
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"

	"thaw/questions"
	"thaw/questions/format/bundle"
	"thaw/questions/format/element"
	"thaw/questions/format/foreign"
	"thaw/questions/format/markup"
)

// hole is a gap that a text has, where it stands.
type hole struct {
	response *element.Node
	at       int
}

// blanks reads a text with gaps: those named in brackets, or those that stand amid the
// text. One that stands nowhere is put at its end.
func (q *question) blanks() (questions.Reason, bool) {
	responses := q.n.Find("response_lid", "response_str", "response_num")
	if len(responses) == 0 {
		return bundle.Because("qti.no_gap"), false
	}
	if q.n.At("presentation", "response_lid") != nil || named(q.stem, responses) {
		q.bracketed(responses)
	}
	for i := strings.Count(q.stem, slot); i < len(responses); i++ {
		q.stem += " " + slot
	}
	v := q.v()
	v.Kind, v.Prompt = questions.Cloze, q.markdown(q.stem)
	for i, response := range responses {
		v.Prompt = strings.Replace(v.Prompt, slot, fmt.Sprintf("{{%d}}", i+1), 1)
		v.Answers = append(v.Answers, q.blank(i+1, response)...)
	}
	v.Prompt = strings.ReplaceAll(v.Prompt, slot, "")
	return questions.Reason{}, true
}

// bracketed makes slots of the names in the text, and sorts the responses by them.
func (q *question) bracketed(responses []*element.Node) {
	q.stem = strings.ReplaceAll(q.stem, slot, "")
	holes := make([]hole, len(responses))
	for i, r := range responses {
		at := strings.Index(q.stem, "["+blank(r)+"]")
		if at < 0 {
			at = len(q.stem) + i
		}
		holes[i] = hole{r, at}
	}
	slices.SortStableFunc(holes, func(a, b hole) int { return a.at - b.at })
	for i, h := range holes {
		responses[i] = h.response
		q.stem = strings.Replace(q.stem, "["+blank(h.response)+"]", slot, 1)
	}
}

// blank reads the answers of one gap: all that are listed, or those that score where it
// is a menu.
func (q *question) blank(part int, response *element.Node) []questions.Answer {
	list := q.given(response.Attr("ident"))
	if labels := response.Find("response_label"); response.Name == "response_lid" {
		w := q.worth(response.Attr("ident"))
		list = nil
		for _, label := range labels {
			ident := label.Attr("ident")
			a := questions.Answer{Text: markup.ToText(q.markdown(q.flow(label))), Credit: 1, Feedback: w.reply[ident]}
			if q.kind == "multiple_dropdowns" {
				a.Credit = w.credit[ident]
				q.note("qti.menu")
			}
			if a.Text != "" {
				list = append(list, a)
			}
		}
	}
	q.praise(list)
	list = q.answered(q.meta["thaw_match_"+strconv.Itoa(part)], part, list)
	for i := range list {
		if slack := q.meta["thaw_slack_"+strconv.Itoa(part)]; list[i].Credit == 1 && slack != "" {
			list[i].Slack = math.Abs(float(slack))
		}
	}
	return list
}

// match reads pairs. Rows that are empty on one side, and pairs that stand there twice,
// are left out.
func (q *question) match() (questions.Reason, bool) {
	v := q.v()
	v.Kind = questions.Match
	texts, order := map[string]string{}, []string{}
	var pairs [][2]string
	for _, lid := range q.n.Find("response_lid") {
		left, right := q.markdown(q.flow(lid)), ""
		w := q.worth(lid.Attr("ident"))
		for _, label := range lid.Find("response_label") {
			ident := label.Attr("ident")
			if _, known := texts[ident]; !known {
				texts[ident] = q.markdown(q.flow(label))
				order = append(order, ident)
			}
			if w.credit[ident] > 0 {
				right = texts[ident]
			}
		}
		if q.feedback(blank(lid)+"_fb") != "" {
			q.note("qti.feedback")
		}
		if pair := [2]string{left, right}; left == "" || slices.Contains(pairs, pair) {
			q.note("qti.empty")
		} else {
			pairs = append(pairs, pair)
		}
	}
	if q.meta["thaw_kind"] == questions.Order {
		return q.placedOrder(pairs)
	}
	q.paired(pairs, texts, order)
	return questions.Reason{}, true
}

// paired makes the answers of pairs, and of what is left on the right.
func (q *question) paired(pairs [][2]string, texts map[string]string, order []string) {
	v := q.v()
	used := map[string]bool{"": true}
	for i, p := range pairs {
		used[p[1]] = true
		v.Answers = append(v.Answers, questions.Answer{Part: i + 1, Text: p[0]}, questions.Answer{Part: i + 1, Text: p[1], Credit: 1})
	}
	var extra []questions.Answer
	for _, ident := range order {
		if text := texts[ident]; !used[text] {
			used[text] = true
			extra = append(extra, questions.Answer{Text: text})
		}
	}
	extra, left := foreign.Extra(extra)
	if len(left) > 0 {
		q.note("foreign.extra", foreign.Beginning(strings.Join(left, ", ")))
	}
	v.Answers = append(v.Answers, extra...)
}

// placedOrder makes an order again of things that we paired with their places.
func (q *question) placedOrder(pairs [][2]string) (questions.Reason, bool) {
	v := q.v()
	v.Kind = questions.Order
	slices.SortStableFunc(pairs, func(a, b [2]string) int { return int(float(a[1]) - float(b[1])) })
	for i, p := range pairs {
		a := questions.Answer{Part: i + 1, Text: p[0], Credit: 1, Feedback: q.meta["thaw_when_"+strconv.Itoa(i+1)]}
		if q.meta["thaw_tie_"+strconv.Itoa(i+1)] != "" {
			a.Slack = 1
		}
		v.Answers = append(v.Answers, a)
	}
	return questions.Reason{}, true
}

// order reads things by the order in which the condition that scores most names them.
func (q *question) order() (questions.Reason, bool) {
	v := q.v()
	v.Kind = questions.Order
	texts := map[string]string{}
	for _, label := range q.n.Find("response_label") {
		texts[label.Attr("ident")] = q.markdown(q.flow(label))
	}
	best := rule{}
	for _, r := range q.rules() {
		if r.score > best.score {
			best = r
		}
	}
	slices.SortStableFunc(best.equal, func(a, b *element.Node) int { return int(float(a.Attr("index")) - float(b.Attr("index"))) })
	for i, e := range best.equal {
		v.Answers = append(v.Answers, questions.Answer{Part: i + 1, Text: texts[e.Says()], Credit: 1})
	}
	return questions.Reason{}, true
}
