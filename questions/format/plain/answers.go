package plain

import (
	"crypto/sha256"
	"encoding/hex"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"thaw/questions"
	"thaw/questions/format/bundle"
	"thaw/questions/grade"
)

// gap finds the gaps of a text, as package kind does.
var gap = regexp.MustCompile(`\{\{([^{}]*)\}\}`)

// answers reads what answers the question, and by it what kind it is of.
func (r *reading) answers() {
	if first := r.elements[0].sign; first != prompt && first != row {
		r.wrong(0, "orphan", first)
		return
	}
	if r.has(row) {
		r.row()
	}
	if r.item.Version.Prompt == "" {
		r.wrong(0, "front")
	}
	switch {
	case r.has(row):
		r.only(row)
	case r.has(back) || r.has(both):
		r.card()
	case r.has(thing):
		r.order()
	case r.has(pair) || r.arrows():
		r.match()
	case r.has(right):
		r.options()
	case r.gapped():
		r.cloze()
	case r.has(equals):
		r.typed()
	default:
		r.unanswered()
	}
}

// only finds answers that do not belong with the others.
func (r *reading) only(signs ...string) {
	for _, e := range r.elements {
		if e.sign != prompt && e.sign != explain && e.sign != property && !slices.Contains(signs, e.sign) {
			r.wrong(e.line, "mixed", e.sign, signs[0])
		}
	}
}

// unanswered is a question that has no right answer. A draft may be one.
func (r *reading) unanswered() {
	if r.item.State == "draft" {
		r.options()
		if r.item.Version.Kind = r.kind; r.kind == "" {
			r.item.Version.Kind = questions.Choice
		}
		return
	}
	switch {
	case r.has(wrong):
		r.wrong(0, "no_right")
	case tight.MatchString(r.item.Version.Prompt):
		r.wrong(0, "sign")
	default:
		r.wrong(0, "unanswered")
	}
}

// tight is an option whose sign has no blank behind it.
var tight = regexp.MustCompile(`\n[*=-][^\s*=-]`)

// said is an answer's text and what is said to it.
func (r *reading) said(e element) (text, feedback string) {
	text, feedback, _ = cut(e.text, why)
	if text == "" {
		r.wrong(e.line, "empty", e.sign)
	}
	return text, feedback
}

// credit is what a wrong option is worth all the same.
func (r *reading) credit(e element) float64 {
	if e.worth == "" {
		return 0
	}
	c, err := strconv.ParseFloat(e.worth+"e-2", 64)
	if err != nil || !(c > 0 && c < 1) {
		r.wrong(e.line, "credit", e.worth)
	}
	return c
}

func (r *reading) row() {
	e := r.elements[0]
	cells := strings.Split(e.text, "\t")
	if len(cells) > 2 {
		r.wrong(e.line, "columns", len(cells))
		return
	}
	r.item.Version.Prompt = strings.TrimSpace(cells[0])
	r.back(element{line: e.line, sign: back, text: cells[1]})
}

func (r *reading) back(e element) {
	text := strings.TrimSpace(e.text)
	if text == "" {
		r.wrong(e.line, "empty", e.sign)
	}
	r.item.Version.Kind = questions.Flash
	r.item.Version.Answers = []questions.Answer{{Part: 1, Text: text, Credit: 1}}
}

func (r *reading) card() {
	r.only(back, both)
	backs := r.all(back, both)
	if len(backs) > 1 {
		r.wrong(backs[1].line, "one_back")
	}
	r.back(backs[0])
}

// mirrored are a card and its other direction. They are named by what they say.
func mirrored(card bundle.Item) []bundle.Item {
	v := card.Version
	sum := sha256.Sum256([]byte(v.Prompt + "\x00" + v.Answers[0].Text))
	card.ID = hex.EncodeToString(sum[:8])
	card.Twin = card.ID
	other := card
	other.ID, other.Mirrors = card.ID+"-back", card.ID
	other.Version.Prompt, other.Version.Answers = v.Answers[0].Text, slices.Clone(v.Answers)
	other.Version.Answers[0].Text = v.Prompt
	if v.Back != "" {
		other.Version.Lang, other.Version.Back = v.Back, v.Lang
	}
	return []bundle.Item{card, other}
}

func (r *reading) options() {
	r.only(right, wrong)
	v := &r.item.Version
	keys := 0
	for _, e := range r.all(right, wrong) {
		text, feedback := r.said(e)
		a := questions.Answer{Part: 1, Text: unguard(text, why), Feedback: feedback, Credit: r.credit(e)}
		if e.sign == right {
			a.Credit = 1
			keys++
		}
		v.Answers = append(v.Answers, a)
	}
	v.Kind = questions.Choice
	if keys > 1 {
		v.Kind = questions.Several
	}
	if r.kind == questions.Choice || r.kind == questions.Several {
		v.Kind = r.kind
	}
	if keys > 0 && keys == len(v.Answers) && r.item.State != "draft" {
		r.wrong(0, "no_wrong")
	}
}

func (r *reading) order() {
	r.only(thing)
	v := &r.item.Version
	v.Kind = questions.Order
	list := r.all(thing)
	slices.SortStableFunc(list, func(a, b element) int { return number(a.arg) - number(b.arg) })
	for i, e := range list {
		text, when := r.said(e)
		a := questions.Answer{Part: i + 1, Text: unguard(text, why, equals, back, both), Feedback: grade.EDTF(when), Credit: 1}
		if when != "" && !grade.ValidDate(a.Feedback) {
			r.wrong(e.line, "date", when)
		}
		if i > 0 && number(e.arg) == number(list[i-1].arg) {
			a.Slack = 1
		}
		v.Answers = append(v.Answers, a)
	}
}

func number(s string) int {
	n, _ := strconv.Atoi(s)
	return n
}

// arrows tells whether every answer is a pair.
func (r *reading) arrows() bool {
	list := r.all(equals)
	return len(list) > 0 && !slices.ContainsFunc(list, func(e element) bool { return e.arg != "" || !has(e.text, arrow) })
}

func (r *reading) match() {
	r.only(pair, equals, wrong)
	v := &r.item.Version
	v.Kind = questions.Match
	var extra []questions.Answer
	part := 0
	for _, e := range r.all(pair, equals, wrong) {
		text, feedback := r.said(e)
		left, belongs, ok := cut(text, arrow)
		if !ok {
			left, belongs = "", text
		}
		if !ok && e.sign != wrong || belongs == "" {
			r.wrong(e.line, "pair")
		}
		left, belongs = unguard(left, why, arrow), unguard(belongs, why, arrow)
		if e.sign == wrong || left == "" {
			extra = append(extra, questions.Answer{Text: belongs, Feedback: feedback})
			continue
		}
		part++
		v.Answers = append(v.Answers, questions.Answer{Part: part, Text: left}, questions.Answer{Part: part, Text: belongs, Credit: 1, Feedback: feedback})
	}
	v.Answers = append(v.Answers, extra...)
}
