package moodle

import (
	"math"
	"strconv"
	"strings"

	"thaw/questions"
	"thaw/questions/format/element"
	"thaw/questions/format/foreign"
	"thaw/questions/format/markup"
	"thaw/questions/grade"
)

// fractions are the parts of the full credit that answers have, 1 the whole. In old files
// they are written as that, since 1.9 as percent.
func fractions(answers []*element.Node) []float64 {
	list := make([]float64, len(answers))
	highest := 0.0
	for i, a := range answers {
		list[i] = float(a.Attr("fraction"))
		highest = max(highest, list[i])
	}
	for i := range list {
		if highest > 1 {
			list[i] /= 100
		}
	}
	return list
}

// float reads a number of Moodle's, 0 where it is none.
func float(text string) float64 {
	n, err := strconv.ParseFloat(strings.ReplaceAll(strings.TrimSpace(text), ",", "."), 64)
	if err != nil || math.IsNaN(n) || math.IsInf(n, 0) {
		return 0
	}
	return n
}

// credit is what a fraction is worth here: no penalties, and the whole is the whole
// however it was rounded.
func credit(fraction float64) float64 {
	if fraction > 0.9999 {
		return 1
	}
	return max(fraction, 0)
}

// options reads the answers of a question in which some are ticked.
func (q *question) options() ([]questions.Answer, []float64) {
	nodes := q.n.All("answer")
	fractions := fractions(nodes)
	list := make([]questions.Answer, len(nodes))
	for i, n := range nodes {
		list[i] = questions.Answer{Part: 1, Text: q.markdown(n, q.format()), Credit: credit(fractions[i])}
		list[i].Feedback = q.markdown(n.At("feedback"), q.format())
	}
	return list, fractions
}

func (q *question) choice() (questions.Reason, bool) {
	v := q.v()
	list, fractions := q.options()
	v.Kind, v.Fixed, v.Answers = questions.Choice, !flag(q.n.At("shuffleanswers"), true), list
	if !flag(q.n.At("single"), true) || q.kind == "multichoiceset" {
		q.several(fractions)
		return questions.Reason{}, true
	}
	for _, f := range fractions {
		if f < 0 {
			q.note("moodle.penalty")
		}
	}
	return questions.Reason{}, true
}

// several makes each option right that brings credit. What each is worth follows from
// their numbers here.
func (q *question) several(fractions []float64) {
	v := q.v()
	v.Kind = questions.Several
	worth := 0.0
	for i, f := range fractions {
		v.Answers[i].Credit = 0
		if f <= 0 {
			continue
		}
		v.Answers[i].Credit = 1
		if worth != 0 && math.Abs(f-worth) > .02 {
			q.note("moodle.weights")
		}
		worth = f
	}
}

func (q *question) truth() (questions.Reason, bool) {
	v := q.v()
	v.Kind, v.Fixed = questions.Truth, true
	v.Answers = []questions.Answer{{Part: 1, Text: "true"}, {Part: 1, Text: "false"}}
	nodes := q.n.All("answer")
	fractions := fractions(nodes)
	for i, n := range nodes {
		at := 1
		if text := strings.ToLower(said(n)); text == "true" || text == "t" {
			at = 0
		}
		v.Answers[at].Credit = credit(fractions[i])
		v.Answers[at].Feedback = q.markdown(n.At("feedback"), q.format())
	}
	q.praise(v.Answers)
	return questions.Reason{}, true
}

func (q *question) short() (questions.Reason, bool) {
	nodes := q.n.All("answer")
	fractions := fractions(nodes)
	if flag(q.n.At("usecase"), false) {
		q.note("moodle.case")
	}
	var list []questions.Answer
	for i, n := range nodes {
		a := questions.Answer{Part: 1, Text: q.unstarred(q.typedText(n)), Credit: credit(fractions[i])}
		a.Feedback = q.markdown(n.At("feedback"), q.format())
		list = append(list, a)
	}
	q.typed(q.compared(0), list)
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

// answered are the answers of a part that is typed, as we compare them. One that stands
// for any other answer is left out.
func (q *question) answered(match string, part int, list []questions.Answer) []questions.Answer {
	var named []questions.Answer
	for _, a := range list {
		a.Part = part
		if a.Text != "" {
			named = append(named, a)
		} else if a.Feedback != "" || a.Credit > 0 {
			q.note("moodle.any", foreign.Beginning(a.Feedback, "*"))
		}
	}
	if match == "" {
		match = foreign.Guess(foreign.Rights(named))
	}
	kept, dropped := foreign.Typed(match, named)
	for _, a := range dropped {
		q.note("moodle.dropped", foreign.Beginning(a.Text))
	}
	return kept
}

// unstarred is a text without its wild cards. One of nothing but that is empty.
func (q *question) unstarred(text string) string {
	const literal = "\uE003"
	held := strings.ReplaceAll(text, `\*`, literal)
	plain := strings.ReplaceAll(strings.ReplaceAll(held, "*", " "), literal, "*")
	plain = strings.Join(strings.Fields(plain), " ")
	if plain != "" && strings.Contains(held, "*") {
		q.note("moodle.wild", foreign.Beginning(text))
	}
	return plain
}

func (q *question) number() (questions.Reason, bool) {
	nodes := q.n.All("answer")
	fractions := fractions(nodes)
	if len(q.n.Find("unit_name")) > 0 {
		q.note("moodle.unit", foreign.Beginning(q.n.Find("unit_name")[0].Says()))
	}
	var list []questions.Answer
	for i, n := range nodes {
		a := questions.Answer{Part: 1, Text: q.typedText(n), Credit: credit(fractions[i])}
		a.Feedback = q.markdown(n.At("feedback"), q.format())
		a.Slack = slack(a, said(n.At("tolerance")))
		if a.Text == "*" {
			a.Text = ""
		}
		list = append(list, a)
	}
	q.typed(questions.MatchNumber, list)
	return questions.Reason{}, true
}

// slack is the tolerance of a right answer.
func slack(a questions.Answer, text string) float64 {
	if a.Credit != 1 {
		return 0
	}
	return math.Abs(float(text))
}

func (q *question) match() (questions.Reason, bool) {
	v := q.v()
	v.Kind = questions.Match
	var extra []questions.Answer
	part := 0
	for _, n := range q.n.All("subquestion") {
		left := q.markdown(n, q.format())
		right := questions.Answer{Text: markup.FromText(q.typedText(n.At("answer")))}
		if q.kind == "ddmatch" {
			right.Text = q.markdown(n.At("answer"), "html")
		}
		if left == "" && right.Text != "" {
			extra = append(extra, right)
			continue
		}
		if left == "" {
			continue
		}
		part++
		right.Part, right.Credit = part, 1
		v.Answers = append(v.Answers, questions.Answer{Part: part, Text: left}, right)
	}
	extra, left := foreign.Extra(extra)
	if len(left) > 0 {
		q.note("foreign.extra", foreign.Beginning(strings.Join(left, ", ")))
	}
	v.Answers = append(v.Answers, extra...)
	return questions.Reason{}, true
}

// order takes the answers as they stand in the file, as Moodle does.
func (q *question) order() (questions.Reason, bool) {
	v := q.v()
	v.Kind = questions.Order
	for i, n := range q.n.All("answer") {
		a := questions.Answer{Part: i + 1, Text: q.markdown(n, q.format()), Credit: 1}
		said := q.typedText(n.At("feedback"))
		if a.Feedback = grade.EDTF(markup.ToText(markup.FromHTML(said))); !grade.ValidDate(a.Feedback) {
			a.Feedback = ""
			if said != "" {
				q.note("moodle.dropped", foreign.Beginning(said))
			}
		}
		if q.is("tie:" + strconv.Itoa(i+1)) {
			a.Slack = 1
		}
		v.Answers = append(v.Answers, a)
	}
	return questions.Reason{}, true
}

// flash makes a flashcard of what we wrote as something else.
func (q *question) flash() (questions.Reason, bool) {
	v := q.v()
	v.Kind = questions.Flash
	back := q.markdown(q.n.At("graderinfo"), "html")
	for _, n := range q.n.All("answer") {
		if back == "" {
			back = markup.FromText(strings.ReplaceAll(q.typedText(n), `\*`, "*"))
		}
	}
	v.Answers = []questions.Answer{{Part: 1, Text: back, Credit: 1}}
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
