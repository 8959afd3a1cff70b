package kind

import (
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/a-h/templ"
	"golang.org/x/text/language"

	"thaw/questions"
)

// Levels say how much thinking a question asks for. stored: never rename
var Levels = [...]string{"remember", "understand", "apply", "analyse"}

// maxRows is how many rows of options a form may have.
const maxRows = 100

// Rows returns how many rows of options a form of the editor has, and one more
// where its button *More options* was pressed (do=more): what Editing.Rows wants
// when the form is shown again.
func Rows(form url.Values) int {
	n := len(form["option"])
	if form.Get("do") == "more" {
		n++
	}
	return min(n, maxRows)
}

// readCommon reads the fields that every editor has.
func readCommon(form url.Values, kind string) questions.Version {
	passage, _ := strconv.ParseInt(form.Get("passage"), 10, 64)
	return questions.Version{
		Kind:    kind,
		Lang:    field(form, "lang"),
		Back:    field(form, "back"),
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

// oneLine makes one line of what was typed into a field that only looks taller.
func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }

// readOptions reads the rows of options; a row of which nothing is filled is
// left out. The keys name rows, counted from 1.
func readOptions(form url.Values, keys []string, match string) []questions.Answer {
	var answers []questions.Answer
	for i, text := range form["option"] {
		if i >= maxRows {
			break
		}
		a := questions.Answer{Part: 1, Fact: factOf(form), Text: oneLine(text), Match: match, Feedback: oneLine(nth(form["why"], i))}
		a.Credit = partCredit(nth(form["credit"], i))
		if slices.Contains(keys, strconv.Itoa(i+1)) {
			a.Credit = 1
		}
		if a.Text != "" || a.Feedback != "" || a.Credit == 1 {
			answers = append(answers, a)
		}
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
// answers of a question that is typed. The key is there even when it is empty,
// so that no accepted form takes its place and the match is kept.
func readTyped(form url.Values, match string) []questions.Answer {
	right := questions.Answer{Part: 1, Fact: factOf(form), Match: match, Credit: 1, Text: field(form, "key")}
	answers := []questions.Answer{right}
	for i, line := range strings.Split(form.Get("accept"), "\n") {
		if right.Text = strings.TrimSpace(line); right.Text != "" && i < maxRows {
			answers = append(answers, right)
		}
	}
	return append(answers, readOptions(form, nil, match)...)
}

// optionRows returns the answers with empty rows behind them, at least as many
// as the kind begins with and as the editing wants.
func optionRows(e questions.Editing, answers []questions.Answer, least int) []questions.Answer {
	rows := slices.Clone(answers)
	for len(rows) < min(max(least, e.Rows), maxRows) {
		rows = append(rows, questions.Answer{})
	}
	return rows
}

func slackText(v questions.Version) string {
	key, _ := v.Key(1)
	if key.Slack == 0 {
		return ""
	}
	return strconv.FormatFloat(key.Slack, 'f', -1, 64)
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
	for _, a := range v.Answers {
		return a.Match
	}
	return ""
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

// firstFact is the fact that a question, or a part of one, asks for, as it stands in a
// form.
func firstFact(v questions.Version) string {
	return factText(v.Fact())
}

// factText is a fact's id as it stands in a form; one of the question's own has
// none.
func factText(id questions.FactID) string {
	if id == 0 {
		return ""
	}
	return strconv.FormatInt(int64(id), 10)
}

// sourced is an editing whose prompt is as its author writes it.
func sourced(e questions.Editing) questions.Editing {
	e.Version.Prompt = Source(e.Version)
	return e
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

// rowID is the id of a field, or of one of those that share a name.
func rowID(name string, row int) string { return questions.Problem{Field: name, Row: row}.ID() }

// faults returns what is wrong with one field, in words.
func faults(e questions.Editing, name string, row int) []string {
	var said []string
	for _, p := range e.Problems {
		if p.Field == name && p.Row == row {
			said = append(said, because(questions.Asked{Say: e.Say}, questions.Reason{Code: p.Code, Args: p.Args}))
		}
	}
	return said
}

// tied ties a field to its hint and to what is wrong with it.
func tied(e questions.Editing, name string, row int, hinted bool) templ.OrderedAttributes {
	var by []string
	if hinted {
		by = append(by, rowID(name, row)+"-hint")
	}
	wrong := len(faults(e, name, row)) > 0
	if wrong {
		by = append(by, rowID(name, row)+"-error")
	}
	var attrs templ.OrderedAttributes
	if len(by) > 0 {
		attrs = append(attrs, templ.KV[string, any]("aria-describedby", strings.Join(by, " ")))
	}
	if wrong {
		attrs = append(attrs, templ.KV[string, any]("aria-invalid", "true"))
	}
	return attrs
}

// tongue is the language of a field; one that is none yet says nothing.
func tongue(lang string) string {
	if _, err := language.Parse(lang); err != nil {
		return ""
	}
	return lang
}

// expects tells whether the editor shows the wrong answers that are foreseen
// from the start.
func expects(e questions.Editing) bool { return e.Rows > 2 || len(foreseen(e.Version)) > 0 }
