package qti12

import (
	"math"
	"math/big"
	"strconv"
	"strings"

	"thaw/questions"
	"thaw/questions/format/bundle"
	"thaw/questions/format/element"
	"thaw/questions/format/foreign"
	"thaw/questions/format/markup"
)

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

// said counts the question among those whose general replies are left out, once.
func (q *question) said() {
	if !q.replied {
		q.replied = true
		q.replies++
	}
}

// praise moves what is said to right answers, and counts the question where some of it
// goes.
func (q *question) praise(answers []questions.Answer) {
	if foreign.Praise(q.v(), answers) {
		q.said()
	}
}
