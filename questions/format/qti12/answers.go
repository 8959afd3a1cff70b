package qti12

import (
	"fmt"
	"math"
	"math/big"
	"slices"
	"strconv"
	"strings"

	"thaw/questions"
	"thaw/questions/format/bundle"
	"thaw/questions/format/element"
	"thaw/questions/format/foreign"
	"thaw/questions/format/markup"
)

// rule is one condition of how responses are judged.
type rule struct {
	score   float64
	equal   []*element.Node // the values that have to be given
	n       *element.Node
	replies []string // names of the feedback that it shows
}

// rules are the conditions of a question, with the values that stand in each but those
// that must not be given.
func (q *question) rules() []rule {
	if q.judged != nil {
		return q.judged
	}
	for _, n := range q.n.Find("respcondition") {
		r := rule{n: n, equal: wanted(n.At("conditionvar"))}
		for _, set := range n.All("setvar") {
			r.score = max(r.score, float(set.Says()))
		}
		for _, f := range n.All("displayfeedback") {
			if ident := f.Attr("linkrefid"); ident != "correct_fb" && ident != "general_incorrect_fb" && ident != "general_fb" {
				r.replies = append(r.replies, ident)
			}
		}
		q.judged = append(q.judged, r)
	}
	return q.judged
}

// wanted are the values in a condition, without those below a not.
func wanted(n *element.Node) []*element.Node {
	var found []*element.Node
	if n == nil {
		return nil
	}
	for _, kid := range n.Kids {
		switch kid.Name {
		case "not":
		case "varequal", "varsubstring":
			found = append(found, kid)
		default:
			found = append(found, wanted(kid)...)
		}
	}
	return found
}

// float reads a number, 0 where it is none.
func float(text string) float64 {
	n, err := strconv.ParseFloat(strings.TrimSpace(strings.TrimSuffix(text, "%")), 64)
	if err != nil || math.IsNaN(n) || math.IsInf(n, 0) {
		return 0
	}
	return n
}

// worth is what each value that is given to a response is worth, 1 the most of them, and
// what is said to it. A response without a name is any.
type worth struct {
	credit map[string]float64
	reply  map[string]string
}

func (q *question) worth(respident string) worth {
	w := worth{map[string]float64{}, map[string]string{}}
	highest := 0.0
	for _, r := range q.rules() {
		for _, e := range r.equal {
			if ident := e.Attr("respident"); respident != "" && ident != "" && ident != respident {
				continue
			}
			value := e.Says()
			w.credit[value] = max(w.credit[value], r.score)
			highest = max(highest, r.score)
			for _, ident := range r.replies {
				if w.reply[value] == "" && (len(r.equal) == 1 || r.score == 0) {
					w.reply[value] = q.feedback(ident)
				}
			}
		}
	}
	for value := range w.credit {
		if highest > 0 {
			w.credit[value] = math.Round(w.credit[value]/highest*1e6) / 1e6
		}
	}
	return w
}

// listed are the options of a question as answers.
func (q *question) listed() []questions.Answer {
	lids := q.n.Find("response_lid")
	if len(lids) == 0 {
		return nil
	}
	w := q.worth("")
	var list []questions.Answer
	for _, label := range lids[0].Find("response_label") {
		ident := label.Attr("ident")
		a := questions.Answer{Part: 1, Text: q.markdown(q.flow(label)), Credit: w.credit[ident], Feedback: w.reply[ident]}
		if a.Feedback == "" {
			a.Feedback = q.feedback(ident + "_fb")
		}
		if a.Text == "" && a.Feedback == "" && a.Credit == 0 {
			q.note("qti.empty")
			continue
		}
		list = append(list, a)
	}
	for _, render := range lids[0].Find("render_choice") {
		q.v().Fixed = strings.EqualFold(render.Attr("shuffle"), "No")
	}
	return list
}

func (q *question) choice() (questions.Reason, bool) {
	q.v().Kind, q.v().Answers = questions.Choice, q.listed()
	return questions.Reason{}, true
}

// several makes each option right that is wanted. What each is worth follows from their
// numbers here.
func (q *question) several() (questions.Reason, bool) {
	q.v().Kind, q.v().Answers = questions.Several, q.listed()
	for i, a := range q.v().Answers {
		q.v().Answers[i].Credit = math.Ceil(a.Credit)
	}
	return questions.Reason{}, true
}

// saysTruth is "true" or "false" where an option is one of them, in the languages in
// which Canvas and its like write it.
func saysTruth(label *element.Node) string {
	if len(label.Says()) > 100 {
		return ""
	}
	switch questions.Fold(strings.Trim(markup.ToText(markup.FromHTML(label.Says())), " .")) {
	case "true", "wahr", "vrai", "verdadero", "verdadeiro", "vero", "verno", "richtig", "waar":
		return "true"
	case "false", "falsch", "faux", "falso", "neverno", "onwaar", "niet waar":
		return "false"
	}
	return ""
}

func (q *question) truth() (questions.Reason, bool) {
	v := q.v()
	v.Kind, v.Fixed = questions.Truth, true
	v.Answers = []questions.Answer{{Part: 1, Text: "true"}, {Part: 1, Text: "false"}}
	w := q.worth("")
	for i, label := range q.n.Find("response_label") {
		at := min(i, 1)
		switch saysTruth(label) {
		case "true":
			at = 0
		case "false":
			at = 1
		}
		ident := label.Attr("ident")
		v.Answers[at].Credit, v.Answers[at].Feedback = w.credit[ident], w.reply[ident]
	}
	q.praise(v.Answers)
	return questions.Reason{}, true
}

// praise moves what is said to a right answer to what is said to all: a page says there
// why it is right. What says just that it is goes.
func (q *question) praise(answers []questions.Answer) {
	v := q.v()
	for i, a := range answers {
		if a.Credit != 1 || a.Feedback == "" {
			continue
		}
		answers[i].Feedback = ""
		switch {
		case foreign.IsPraise(a.Feedback):
			q.said()
		case !strings.Contains(v.Explain, a.Feedback):
			v.Explain = strings.TrimSpace(v.Explain + "\n\n" + a.Feedback)
		}
	}
}

// mostTyped is how many bytes a text has at most that people type.
const mostTyped = 2000

// given are the values of a response that are typed, in the order of the file.
func (q *question) given(respident string) []questions.Answer {
	w := q.worth(respident)
	var list []questions.Answer
	seen := map[string]bool{}
	for _, r := range q.rules() {
		for _, e := range r.equal {
			value, ident := e.Says(), e.Attr("respident")
			if respident != "" && ident != "" && ident != respident || seen[value] || value == "" {
				continue
			}
			if seen[value] = true; len(value) > mostTyped {
				q.long = true
				continue
			}
			list = append(list, questions.Answer{Part: 1, Text: strings.Join(strings.Fields(value), " "), Credit: w.credit[value], Feedback: w.reply[value]})
		}
	}
	return list
}

func (q *question) short() (questions.Reason, bool) {
	if q.meta["thaw_kind"] == questions.Flash {
		return q.flash()
	}
	q.typed(q.meta["thaw_match"], q.given(""))
	return questions.Reason{}, true
}

// typed keeps answers of the one part of a question that are typed.
func (q *question) typed(match string, list []questions.Answer) {
	q.praise(list)
	list = q.answered(match, 1, list)
	q.v().Kind = questions.Text
	if len(list) > 0 {
		q.v().Kind = foreign.KindOf(list[0].Match)
	}
	q.v().Answers = list
}

// answered are the answers of a part that is typed, as we compare them.
func (q *question) answered(match string, part int, list []questions.Answer) []questions.Answer {
	for i := range list {
		list[i].Part = part
	}
	if match == "" {
		match = foreign.Guess(foreign.Rights(list))
	}
	kept, dropped := foreign.Typed(match, list)
	for _, a := range dropped {
		q.note("qti.dropped", foreign.Beginning(a.Text))
	}
	return kept
}

func (q *question) flash() (questions.Reason, bool) {
	q.v().Kind = questions.Flash
	for _, a := range q.given("") {
		if len(q.v().Answers) == 0 {
			q.v().Answers = []questions.Answer{{Part: 1, Text: markup.FromText(a.Text), Credit: 1}}
		}
	}
	return questions.Reason{}, true
}

// number reads numbers: each condition that scores is one, exact or in a range.
func (q *question) number() (questions.Reason, bool) {
	var list []questions.Answer
	for _, r := range q.rules() {
		a, ok := ranged(r.n)
		if r.score <= 0 || !ok {
			continue
		}
		a.Credit = 1
		for _, ident := range r.replies {
			a.Feedback = q.feedback(ident)
		}
		list = append(list, a)
	}
	q.typed(questions.MatchNumber, list)
	return questions.Reason{}, true
}

// ranged is the number that a condition asks for: the middle of a range, or what it says
// exactly with as much on either side.
func ranged(n *element.Node) (questions.Answer, bool) {
	equal, low, high := n.Find("varequal"), n.Find("vargte", "vargt"), n.Find("varlte", "varlt")
	a := questions.Answer{Part: 1}
	switch {
	case len(equal) > 0:
		value := float(equal[0].Says())
		a.Text = decimal(value)
		if len(low) > 0 && len(high) > 0 {
			a.Slack = max(plus(value, -float(low[0].Says())), plus(float(high[0].Says()), -value), 0)
		}
	case len(low) > 0 && len(high) > 0:
		from, to := float(low[0].Says()), float(high[0].Says())
		a.Text, a.Slack = decimal(part(plus(from, to), 2)), math.Abs(part(plus(to, -from), 2))
	default:
		return a, false
	}
	return a, true
}

// exact is a number as it is written, so that adding leaves nothing behind that comes of
// counting in binary.
func exact(x float64) *big.Rat {
	r, ok := new(big.Rat).SetString(decimal(x))
	if !ok {
		return new(big.Rat)
	}
	return r
}

// plus adds numbers as they are written.
func plus(a, b float64) float64 {
	sum, _ := new(big.Rat).Add(exact(a), exact(b)).Float64()
	return sum
}

// part is a number divided by another.
func part(a, by float64) float64 {
	quotient, _ := new(big.Rat).Quo(exact(a), exact(by)).Float64()
	return quotient
}

func decimal(x float64) string { return strconv.FormatFloat(x, 'f', -1, 64) }

// calculated asks with the first of the sets of numbers that Canvas has drawn.
func (q *question) calculated() (questions.Reason, bool) {
	sets := q.n.Find("var_set")
	if len(sets) == 0 || sets[0].At("answer") == nil {
		return bundle.Because("qti.calculated"), false
	}
	stem := q.stem
	for _, v := range sets[0].All("var") {
		stem = strings.ReplaceAll(stem, "["+v.Attr("name")+"]", v.Says())
	}
	q.v().Prompt = q.markdown(strings.ReplaceAll(stem, slot, " "))
	value := float(sets[0].At("answer").Says())
	a := questions.Answer{Part: 1, Text: decimal(value), Credit: 1}
	for _, n := range q.n.Find("answer_tolerance") {
		a.Slack = math.Abs(float(n.Says()))
		if strings.Contains(n.Says(), "%") {
			a.Slack = part(math.Abs(value)*a.Slack, 100)
		}
	}
	q.note("qti.first_set")
	q.typed(questions.MatchNumber, []questions.Answer{a})
	return questions.Reason{}, true
}

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

// said counts the question among those whose general replies are left out, once.
func (q *question) said() {
	if !q.replied {
		q.replied = true
		q.replies++
	}
}
