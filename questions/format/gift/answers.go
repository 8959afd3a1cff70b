package gift

import (
	"math"
	"regexp"
	"strconv"
	"strings"

	"thaw/questions"
	"thaw/questions/format/foreign"
	"thaw/questions/format/markup"
	"thaw/questions/grade"
)

// typed is the type of a question by its answers, in the words of Moodle. The order of
// the rules is Moodle's.
func typed(answers string) string {
	head, _, _ := strings.Cut(answers, "#")
	switch head = strings.TrimSpace(head); {
	case answers == "":
		return "essay"
	case strings.HasPrefix(answers, "#"):
		return "numerical"
	case strings.Contains(answers, "~"):
		return "multichoice"
	case strings.Contains(answers, "=") && strings.Contains(answers, "->"):
		return "match"
	case head == "T" || head == "TRUE" || head == "F" || head == "FALSE":
		return "truefalse"
	}
	return "shortanswer"
}

// answers reads the answers; why is the reason for which they cannot be.
func (q *question) answers(text string) (why string) {
	switch q.kind {
	case "numerical":
		return q.numerical(text[1:])
	case "multichoice":
		q.multichoice(text)
	case "match":
		return q.match(text)
	case "truefalse":
		q.truefalse(text)
	default:
		q.short(text)
	}
	return ""
}

// option is one answer as it is written.
type option struct {
	right    bool    // it begins with =
	weight   float64 // 0..100 or below
	weighted bool
	text     string
	feedback string
}

var weight = regexp.MustCompile(`^%\s*([+-]?[0-9]*[.,]?[0-9]+)\s*%`)

// options parts answers at = and ~.
func options(text string) []option {
	var list []option
	for text != "" {
		sign := text[0]
		if sign == '=' || sign == '~' {
			text = text[1:]
		}
		next := strings.IndexAny(text, "=~")
		if next < 0 {
			next = len(text)
		}
		if o := read(sign, strings.TrimSpace(text[:next])); o.text != "" || o.feedback != "" {
			list = append(list, o)
		}
		text = text[next:]
	}
	return list
}

func read(sign byte, text string) option {
	o := option{right: sign != '~'}
	if o.right {
		o.weight = 100
	}
	if m := weight.FindStringSubmatch(text); m != nil {
		o.weight, _ = strconv.ParseFloat(strings.Replace(m[1], ",", ".", 1), 64)
		o.weighted, text = true, text[len(m[0]):]
	}
	o.text, o.feedback, _ = strings.Cut(text, "#")
	o.text, o.feedback = strings.TrimSpace(o.text), strings.TrimSpace(o.feedback)
	return o
}

// credit is what an answer is worth of the one that is right.
func (q *question) credit(o option) float64 {
	if o.weight < 0 {
		q.note("gift.penalty")
	}
	return exact(math.Min(math.Max(o.weight/100, 0), 1))
}

// exact is a share as it was meant: a third is written as 33.33333.
func exact(c float64) float64 {
	for of := 1.0; of <= 20; of++ {
		if n := math.Round(c * of); math.Abs(n/of-c) < 1e-4 {
			return n / of
		}
	}
	return c
}

func (q *question) multichoice(text string) {
	list, v := options(text), &q.item.Version
	single, weighted := false, false
	for _, o := range list {
		single = single || o.right
		weighted = weighted || o.weight > 0
	}
	v.Kind = questions.Choice
	if !single && weighted {
		v.Kind = questions.Several
		q.even(list)
	}
	for _, o := range list {
		a := questions.Answer{Part: 1, Text: q.markdown(o.text), Feedback: q.markdown(o.feedback)}
		if v.Kind == questions.Choice {
			a.Credit = q.credit(o)
		} else if o.weight > 0 {
			a.Credit = 1
		}
		v.Answers = append(v.Answers, a)
	}
	q.praise(v.Answers)
}

// even notes that the options that are right count differently.
func (q *question) even(list []option) {
	share := 0.0
	for _, o := range list {
		if o.weight > 0 && share != 0 && math.Abs(o.weight-share) > .01 {
			q.note("gift.weights")
		}
		if o.weight > 0 {
			share = o.weight
		}
	}
}

// praise moves what is said to right answers to why the key is right: nothing is said
// to those here.
func (q *question) praise(list []questions.Answer) {
	v := &q.item.Version
	for i, a := range list {
		if a.Credit != 1 || a.Feedback == "" {
			continue
		}
		list[i].Feedback = ""
		if !strings.Contains(v.Explain, a.Feedback) {
			v.Explain = strings.TrimSpace(v.Explain + "\n\n" + a.Feedback)
		}
	}
}

// truefalse reads the key, what is said to the wrong answer, and to the right one.
func (q *question) truefalse(text string) {
	parts := strings.SplitN(text, "#", 3)
	v := &q.item.Version
	v.Kind, v.Fixed = questions.Truth, true
	v.Answers = []questions.Answer{{Part: 1, Text: "true"}, {Part: 1, Text: "false"}}
	key := 0
	if strings.HasPrefix(strings.TrimSpace(parts[0]), "F") {
		key = 1
	}
	v.Answers[key].Credit = 1
	if len(parts) > 1 {
		v.Answers[1-key].Feedback = q.markdown(parts[1])
	}
	if len(parts) > 2 {
		v.Answers[key].Feedback = q.markdown(parts[2])
	}
	q.praise(v.Answers)
}

func (q *question) short(text string) {
	var list []questions.Answer
	for _, o := range options(text) {
		_, answer := formatted(o.text, "")
		a := questions.Answer{Part: 1, Text: q.unstarred(oneLine(free(answer))), Credit: q.credit(o), Feedback: q.markdown(o.feedback)}
		if a.Text == "" {
			q.note("gift.any", foreign.Beginning(a.Feedback, "*"))
			continue
		}
		list = append(list, a)
	}
	match := q.compared()
	if match == "" {
		match = foreign.Guess(foreign.Rights(list))
	}
	q.keep(match, list)
}

// keep makes answers that are typed the question's own.
func (q *question) keep(match string, list []questions.Answer) {
	q.praise(list)
	kept, dropped := foreign.Typed(match, list)
	for _, a := range dropped {
		q.note("gift.dropped", foreign.Beginning(a.Text))
	}
	q.item.Version.Kind, q.item.Version.Answers = foreign.KindOf(match), kept
}

// compared is how the answers are compared by a tag of ours, or "".
func (q *question) compared() string {
	for _, match := range grade.Matches() {
		if q.is(match) {
			return match
		}
	}
	return ""
}

// unstarred is a text without its wild cards. One of nothing but that is empty.
func (q *question) unstarred(text string) string {
	const literal = "\uE003"
	held := strings.ReplaceAll(text, `\*`, literal)
	plain := strings.ReplaceAll(strings.ReplaceAll(held, "*", " "), literal, "*")
	if plain = oneLine(plain); plain != "" && strings.Contains(held, "*") {
		q.note("gift.wild", foreign.Beginning(text))
	}
	return plain
}

// numerical reads numbers with how far off they may be.
func (q *question) numerical(text string) (why string) {
	var list []questions.Answer
	for _, o := range options(text) {
		if o.text == "" || o.text == "*" {
			q.note("gift.any", foreign.Beginning(q.markdown(o.feedback), "*"))
			continue
		}
		number, slack, ok := ranged(oneLine(free(o.text)))
		if !ok {
			return "gift.number"
		}
		list = append(list, questions.Answer{Part: 1, Text: number, Slack: slack, Credit: q.credit(o), Feedback: q.markdown(o.feedback)})
	}
	q.keep(questions.MatchNumber, list)
	return ""
}

// ranged reads a number: alone, with how far off it may be behind a colon, or the two
// ends of a range.
func ranged(text string) (number string, slack float64, ok bool) {
	if low, high, is := strings.Cut(text, ".."); is {
		a, one := grade.NumberOf(strings.TrimSpace(low))
		b, two := grade.NumberOf(strings.TrimSpace(high))
		return rounded((a + b) / 2), parsed(rounded(math.Abs(b-a) / 2)), one && two
	}
	number, off, is := strings.Cut(text, ":")
	number = strings.TrimSpace(number)
	if _, ok = grade.NumberOf(number); ok && is {
		slack, ok = grade.NumberOf(strings.TrimSpace(off))
	}
	return number, math.Abs(slack), ok
}

// rounded is a number without the noise of its computing.
func rounded(n float64) string {
	return strconv.FormatFloat(parsed(strconv.FormatFloat(n, 'g', 12, 64)), 'f', -1, 64)
}

func parsed(s string) float64 {
	n, _ := strconv.ParseFloat(s, 64)
	return n
}

func (q *question) match(text string) (why string) {
	v := &q.item.Version
	v.Kind = questions.Match
	var extra []questions.Answer
	part := 0
	for _, pair := range strings.Split(text, "=") {
		if pair = strings.TrimSpace(pair); pair == "" {
			continue
		}
		left, right, ok := strings.Cut(pair, "->")
		right = markup.FromText(oneLine(free(right)))
		if !ok || right == "" {
			return "gift.pair"
		}
		if left = q.markdown(left); left == "" {
			extra = append(extra, questions.Answer{Text: right})
			continue
		}
		part++
		v.Answers = append(v.Answers, questions.Answer{Part: part, Text: left}, questions.Answer{Part: part, Text: right, Credit: 1})
	}
	extra, left := foreign.Extra(extra)
	if len(left) > 0 {
		q.note("foreign.extra", foreign.Beginning(strings.Join(left, ", ")))
	}
	v.Answers = append(v.Answers, extra...)
	return ""
}
