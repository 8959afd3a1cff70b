package kind

import (
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/a-h/templ"

	"thaw/questions"
	"thaw/questions/grade"
)

// cloze is a text with gaps, which are typed. Each gap is a part with its own
// answers, and asks for a fact of its own. A response holds a text for each gap,
// in order; one that is left empty is wrong, and all empty is no answer.
type cloze struct{}

var _ Kind = cloze{}

func (cloze) Name() string { return questions.Cloze }

// Check finds what is unfit in the text, and in each gap what would be unfit in a
// question of its own.
func (cloze) Check(v questions.Version) []questions.Problem {
	found := checkFrame(v)
	n := len(gaps(v.Prompt))
	if n == 0 {
		found = append(found, problem("prompt", "problem.no_gap"))
	}
	if len(gap.FindAllString(v.Prompt, -1)) > MaxGaps {
		found = append(found, problem("prompt", "problem.many_gaps", strconv.Itoa(MaxGaps)))
	}
	if slices.ContainsFunc(v.Answers, func(a questions.Answer) bool { return a.Part < 1 || a.Part > n }) {
		found = append(found, problem("prompt", "problem.parts"))
	}
	for i := range n {
		found = append(found, checkGap(v, i+1)...)
	}
	return found
}

// checkGap finds what is unfit in one gap, at the gap's own fields.
func checkGap(v questions.Version, n int) []questions.Problem {
	part := questions.Version{Prompt: elided, Answers: answersOf(v, n)}
	found := typedBy(matchOf(part)).Check(part)
	for i, p := range found {
		if p.Code == "problem.no_match" && matchOf(part) == "" {
			found[i].Code = "problem.gap_match"
		}
		if p.Field == "key" {
			p.Field = "gap"
		}
		found[i].Field = gapName(p.Field, n)
	}
	return found
}

// Grade judges each gap as a typed answer.
func (cloze) Grade(v questions.Version, lex questions.Lexicon, r questions.Response) ([]questions.Mark, error) {
	if n := len(gaps(v.Prompt)); n == 0 || len(r) != n {
		return nil, ErrResponse
	}
	if !slices.ContainsFunc(r, func(given string) bool { return strings.TrimSpace(given) != "" }) {
		return nil, ErrNothing
	}
	marks := make([]questions.Mark, len(r))
	for i, given := range r {
		marks[i] = grade.Typed(answersOf(v, i+1), lex, given)
		marks[i].Part = i + 1
	}
	return marks, nil
}

func (cloze) Guess(questions.Version) float64 { return 0 }

func (cloze) Ask(a questions.Asked) templ.Component {
	return clozeAsk(a, gapHTML(a.Version.Prompt), gapsBefore(a))
}

func (cloze) Show(a questions.Asked, r questions.Response, marks []questions.Mark) templ.Component {
	return clozeShow(a, gapHTML(a.Version.Prompt), gapsAfter(a, r, marks))
}

// Words joins the gaps with semicolons; one that was left empty is a dash.
func (cloze) Words(a questions.Asked, r questions.Response) Words {
	var keys, given []string
	var w Words
	for i := range gaps(a.Version.Prompt) {
		said := typedWords(questions.Version{Answers: answersOf(a.Version, i+1)}, questions.Response{nth(r, i)})
		keys, w.Notes = append(keys, said.Key), append(w.Notes, said.Notes...)
		if said.Given == "" {
			said.Given = "–"
		}
		given = append(given, said.Given)
	}
	w.Key = strings.Join(keys, "; ")
	if strings.TrimSpace(strings.Join(r, "")) != "" {
		w.Given = strings.Join(given, "; ")
	}
	return w
}

func (cloze) Edit(e questions.Editing) templ.Component { return clozeEdit(e, gapKeys(e.Version)) }

// Read makes gaps of what stands in double braces. A gap keeps the fields that
// were shown for it, however the text around it has changed.
func (cloze) Read(form url.Values) questions.Version {
	v := readCommon(form, questions.Cloze)
	keys := gaps(v.Prompt)
	numbers := make([]string, len(keys))
	for i, fields := range gapFields(form, keys) {
		numbers[i] = "{{" + strconv.Itoa(i+1) + "}}"
		for _, a := range typedBy(fields.Get("match")).Read(fields).Answers {
			a.Part = i + 1
			v.Answers = append(v.Answers, a)
		}
	}
	v.Prompt = refill(v.Prompt, numbers)
	return v
}

// maxGapRows is how many gaps a form is read for.
const maxGapRows = 20

// gapFields finds for each gap the fields that a form has for it, as those of a
// typed question: by its answer, or else by its place, unless gaps have come or
// gone. A gap without fields is new.
func gapFields(form url.Values, keys []string) []url.Values {
	rows := gapRows(form)
	list := make([]url.Values, len(keys))
	taken := make([]bool, len(rows))
	take := func(i, row int) {
		if row >= 0 && !taken[row] && list[i] == nil {
			list[i], taken[row] = rows[row], true
		}
	}
	for i, key := range keys {
		for row := range rows {
			if list[i] == nil && questions.Fold(rows[row].Get("gap")) == questions.Fold(key) {
				take(i, row)
			}
		}
	}
	for i, key := range keys {
		if len(keys) == len(rows) {
			take(i, i)
		}
		if list[i] == nil {
			list[i] = url.Values{"match": {likelyMatch(key)}}
		}
		list[i].Set("key", key)
	}
	return list
}

// gapRows are the fields of each gap of a form, without the number in their names.
func gapRows(form url.Values) []url.Values {
	var rows []url.Values
	for n := 1; n <= maxGapRows && form.Has(gapName("gap", n)); n++ {
		row := url.Values{}
		for _, field := range []string{"gap", "match", "accept", "slack", "fact", "option", "why", "credit"} {
			if values, ok := form[gapName(field, n)]; ok {
				row[field] = values
			}
		}
		if !slices.Contains(gapMatches[:], row.Get("match")) {
			row.Del("match")
		}
		rows = append(rows, row)
	}
	return rows
}
