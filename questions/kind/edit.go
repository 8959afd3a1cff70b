package kind

import (
	"net/url"
	"strconv"
	"strings"

	"thaw/questions"
)

// Levels say how much thinking a question asks for. stored: never rename
var Levels = [...]string{"remember", "understand", "apply", "analyse"}

// readCommon reads the fields that every editor has.
func readCommon(form url.Values, kind string) questions.Version {
	passage, _ := strconv.ParseInt(form.Get("passage"), 10, 64)
	return questions.Version{
		Kind:    kind,
		Lang:    field(form, "lang"),
		Prompt:  field(form, "prompt"),
		Explain: field(form, "explain"),
		Level:   field(form, "level"),
		Passage: questions.PassageID(passage),
	}
}

func factOf(form url.Values) questions.FactID {
	n, _ := strconv.ParseInt(form.Get("fact"), 10, 64)
	return questions.FactID(n)
}

func field(form url.Values, name string) string { return tidy(form.Get(name)) }

// tidy trims a text and gives it the line ends we keep.
func tidy(s string) string {
	return strings.TrimSpace(strings.ReplaceAll(s, "\r\n", "\n"))
}

// readOptions reads the rows of options; an empty row is left out. The key names
// a row, counted from 1.
func readOptions(form url.Values, key, match string) []questions.Answer {
	var answers []questions.Answer
	for i, text := range form["option"] {
		text = tidy(text)
		if text == "" || i >= 100 {
			continue
		}
		a := questions.Answer{Part: 1, Fact: factOf(form), Text: text, Match: match, Feedback: tidy(nth(form["why"], i))}
		a.Credit = partCredit(nth(form["credit"], i))
		if key == strconv.Itoa(i+1) {
			a.Credit = 1
		}
		answers = append(answers, a)
	}
	return answers
}

// partCredit reads the credit of an option that is not the key.
func partCredit(s string) float64 {
	c, err := strconv.ParseFloat(s, 64)
	if err != nil || !(c > 0 && c < 1) {
		return 0
	}
	return c
}

func nth(list []string, i int) string {
	if i < len(list) {
		return list[i]
	}
	return ""
}

// readTyped reads the key, the accepted forms (one a line) and the known wrong
// answers of a question that is typed.
func readTyped(form url.Values, match string) []questions.Answer {
	var answers []questions.Answer
	lines := append([]string{field(form, "key")}, strings.Split(tidy(form.Get("accept")), "\n")...)
	for i, line := range lines {
		line = strings.TrimSpace(line)
		if line == "" || i >= 100 {
			continue
		}
		answers = append(answers, questions.Answer{Part: 1, Fact: factOf(form), Text: line, Match: match, Credit: 1})
	}
	return append(answers, readOptions(form, "", match)...)
}

// optionRows returns the answers with empty rows behind them, at least so many
// in all and at least one.
func optionRows(answers []questions.Answer, least int) []questions.Answer {
	rows := append([]questions.Answer(nil), answers...)
	rows = append(rows, questions.Answer{})
	for len(rows) < least {
		rows = append(rows, questions.Answer{})
	}
	return rows
}

func keyText(v questions.Version) string {
	key, _ := v.Key(1)
	return key.Text
}

// acceptText returns the accepted forms beside the key, one a line.
func acceptText(v questions.Version) string {
	var lines []string
	first := true
	for _, a := range v.Answers {
		if a.Credit != 1 {
			continue
		}
		if !first {
			lines = append(lines, a.Text)
		}
		first = false
	}
	return strings.Join(lines, "\n")
}

func matchOf(v questions.Version) string {
	key, _ := v.Key(1)
	return key.Match
}

// foreseen returns the known wrong answers.
func foreseen(v questions.Version) []questions.Answer {
	var answers []questions.Answer
	for _, a := range v.Answers {
		if a.Credit != 1 {
			answers = append(answers, a)
		}
	}
	return answers
}

func firstFact(v questions.Version) string {
	facts := v.Facts()
	if len(facts) == 0 {
		return ""
	}
	return strconv.FormatInt(int64(facts[0]), 10)
}

func passageText(v questions.Version) string {
	if v.Passage == 0 {
		return ""
	}
	return strconv.FormatInt(int64(v.Passage), 10)
}

func creditText(a questions.Answer) string {
	if a.Credit == 1 || a.Credit == 0 {
		return ""
	}
	return strconv.FormatFloat(a.Credit, 'g', -1, 64)
}

func rowID(name string, row int) string { return name + "-" + strconv.Itoa(row) }
