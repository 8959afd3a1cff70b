package plain

import (
	"regexp"
	"slices"
	"strconv"
	"strings"

	"thaw/questions"
	"thaw/questions/grade"
)

// typed reads a question whose answer is typed, or a statement that is true or false.
func (r *reading) typed() {
	r.only(equals, wrong)
	v := &r.item.Version
	list := r.all(equals, wrong)
	v.Kind, v.Answers = questions.Text, r.part(1, nil, list)
	if r.way(1) == "" && r.kind != questions.Text && r.truth(v.Answers) {
		return
	}
	r.compared(1, list[0].line, v.Answers)
	if match := v.Answers[0].Match; match == questions.MatchDate || match == questions.MatchNumber {
		v.Kind = match // they have the same names
	}
}

// part reads the answers of a part: those of its gap, and those of its lines.
func (r *reading) part(n int, inGap []string, lines []element) []questions.Answer {
	var list []questions.Answer
	for _, text := range inGap {
		list = append(list, questions.Answer{Part: n, Text: text, Credit: 1})
	}
	for _, e := range lines {
		text, feedback := r.said(e)
		if strings.Contains(text, "\n") {
			r.wrong(e.line, "line")
		}
		a := questions.Answer{Part: n, Text: unguard(text, why, arrow), Feedback: feedback, Credit: r.credit(e)}
		if e.sign == wrong {
			list = append(list, a)
			continue
		}
		for _, one := range split(a.Text, or) {
			if one == "" {
				r.wrong(e.line, "empty", or)
			}
			a.Text, a.Credit = one, 1
			list = append(list, a)
			a.Feedback = ""
		}
	}
	return list
}

// truth makes the two answers of a statement, if that is what the answers are.
func (r *reading) truth(list []questions.Answer) bool {
	said := func(a questions.Answer) string { return strings.ToLower(strings.TrimRight(a.Text, ".")) }
	key := said(list[0])
	if key != "true" && key != "false" || list[0].Credit != 1 || len(list) > 2 {
		return false
	}
	answers := []questions.Answer{{Part: 1, Text: "true"}, {Part: 1, Text: "false"}}
	for _, a := range list {
		at := slices.IndexFunc(answers, func(t questions.Answer) bool { return t.Text == said(a) })
		if at < 0 || a.Credit != 1 && said(a) == key || a.Credit == 1 && said(a) != key {
			return false
		}
		answers[at].Credit, answers[at].Feedback = a.Credit, a.Feedback
	}
	v := &r.item.Version
	v.Kind, v.Fixed, v.Answers = questions.Truth, !r.loose, answers
	return true
}

// gapped tells whether the question is a text with gaps: it has some, and no answer that
// is for none of them.
func (r *reading) gapped() bool {
	gaps := gap.FindAllStringSubmatch(r.item.Version.Prompt, -1)
	if len(gaps) == 0 {
		return false
	}
	loose := func(e element) bool { return e.sign == equals && e.arg == "" }
	return strings.TrimSpace(gaps[0][1]) == "" || !slices.ContainsFunc(r.elements, loose)
}

func (r *reading) cloze() {
	r.only(equals, wrong)
	v := &r.item.Version
	v.Kind = questions.Cloze
	n := len(gap.FindAllString(v.Prompt, -1))
	lines := map[int][]element{}
	for _, e := range r.all(equals, wrong) {
		at := max(number(e.arg), 1)
		if at > n {
			r.wrong(e.line, "no_gap", at)
		}
		lines[at] = append(lines[at], e)
	}
	part := 0
	v.Prompt = gap.ReplaceAllStringFunc(v.Prompt, func(found string) string {
		part++
		var inGap []string
		if inner := strings.TrimSpace(found[2 : len(found)-2]); inner != "" {
			inGap = split(strings.Join(strings.Fields(inner), " "), or)
		}
		list := r.part(part, inGap, lines[part])
		if (len(list) == 0 || slices.ContainsFunc(list, func(a questions.Answer) bool { return a.Text == "" })) && r.item.State != "draft" {
			r.wrong(0, "gap", part)
		}
		r.compared(part, r.first, list)
		v.Answers = append(v.Answers, list...)
		return "{{" + strconv.Itoa(part) + "}}"
	})
}

// off is how far a number may be off, behind it.
var off = regexp.MustCompile(`^(.*?\S)\s*(?:±|\+/?-)\s*(\S.*)$`)

// compared says how the answers of a part are compared, and makes dates and numbers of
// them where they are that.
func (r *reading) compared(part, line int, list []questions.Answer) {
	way := r.way(part)
	if way == "" {
		way = guess(list, r.item.Version)
	}
	for i := range list {
		a := &list[i]
		a.Match = way
		switch way {
		case questions.MatchDate:
			if a.Text = grade.EDTF(a.Text); a.Credit == 1 && !grade.ValidDate(a.Text) {
				r.wrong(line, "date", a.Text)
			}
		case questions.MatchNumber:
			r.number(a, line)
		}
	}
}

func (r *reading) number(a *questions.Answer, line int) {
	text, slack, ok := tolerance(a.Text)
	if a.Credit == 1 && ok {
		a.Text, a.Slack = text, slack
	}
	if _, ok := grade.NumberOf(a.Text); !ok {
		r.wrong(line, "number", a.Text)
	}
}

// tolerance parts a number and how far off it may be.
func tolerance(text string) (number string, slack float64, ok bool) {
	m := off.FindStringSubmatch(text)
	if m == nil {
		return text, 0, false
	}
	slack, ok = grade.NumberOf(m[2])
	if _, number := grade.NumberOf(m[1]); !number || slack < 0 {
		return text, 0, false
	}
	return m[1], slack, ok
}

var (
	year   = regexp.MustCompile(`(^|\D)\d{4}(\D|$)`)
	digits = regexp.MustCompile(`^-?\d[\d., ]*$`)
	four   = regexp.MustCompile(`^-?\d{4}$`)
	bare   = regexp.MustCompile(`^(1\d|20)\d\d$`)
	many   = regexp.MustCompile(`(?i)\bhow (many|much)\b`)
)

// guess says how answers are compared where their author does not: all that are right
// must be dates, or numbers, to be compared as such.
func guess(list []questions.Answer, v questions.Version) string {
	dates, numbers := len(list) > 0, len(list) > 0
	for _, a := range list {
		if a.Credit != 1 {
			continue
		}
		dates = dates && isDate(a.Text, v)
		numbers = numbers && isNumber(a.Text)
	}
	switch {
	case dates:
		return questions.MatchDate
	case numbers:
		return questions.MatchNumber
	}
	return questions.MatchTerm
}

func isDate(text string, v questions.Version) bool {
	if !year.MatchString(text) || !grade.ValidDate(grade.EDTF(text)) {
		return false
	}
	if four.MatchString(text) {
		return bare.MatchString(text) && (v.Kind == questions.Cloze || !many.MatchString(v.Prompt))
	}
	return true
}

func isNumber(text string) bool {
	text, _, off := tolerance(text)
	_, ok := grade.NumberOf(text)
	return ok && (off || digits.MatchString(text))
}
