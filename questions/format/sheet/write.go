package sheet

import (
	"context"
	"reflect"
	"slices"
	"strconv"
	"strings"

	"thaw/questions"
	"thaw/questions/format/bundle"
	"thaw/questions/kind"
)

// Table writes a bundle as rows of cells below one of headings. Each row is read again:
// what does not come back as it was is returned, and so is what a sheet has no place
// for.
func Table(ctx context.Context, b bundle.Bundle, o bundle.Options) ([][]string, []bundle.Problem, error) {
	w := writer{columns: columnsOf(b.Items)}
	h, _ := named(w.columns)
	table := [][]string{w.columns}
	problems := Lost(b, o)
	for i, it := range b.Items {
		if err := ctx.Err(); err != nil {
			return nil, nil, err
		}
		row := w.row(it)
		table = append(table, row)
		problems = append(problems, problemsOf(i, it, h.under(row, Options{}))...)
	}
	return table, problems, nil
}

// Lost is what of a whole bundle no sheet has a place for.
func Lost(b bundle.Bundle, o bundle.Options) []bundle.Problem {
	var found []bundle.Problem
	if len(b.Sections) > 0 {
		found = append(found, bundle.Problem{Reason: bundle.Because("format.sheet_no_reading")})
	}
	if len(b.Entities) > 0 {
		found = append(found, bundle.Problem{Reason: bundle.Because("format.sheet_no_names")})
	}
	if o.Learned && slices.ContainsFunc(b.Items, func(it bundle.Item) bool { return it.Learned != nil }) {
		found = append(found, bundle.Problem{Reason: bundle.Because("format.sheet_no_memory")})
	}
	return found
}

// problemsOf finds what of an item is not in its row.
func problemsOf(i int, it bundle.Item, l *line) []bundle.Problem {
	var found []bundle.Problem
	for _, name := range Pictures(it.Version) {
		found = append(found, Left(i, it, "format.sheet_no_picture", name))
	}
	again := l.item(0)
	again.Version, _ = l.version()
	if !same(it, again) {
		found = append(found, Left(i, it, "format.sheet_changed"))
	}
	return found
}

// Left is the problem of an item that is not written, or not wholly. The item is the
// i-th from 0.
func Left(i int, it bundle.Item, code string, args ...any) bundle.Problem {
	line := it.Line
	if line == 0 {
		line = i + 1
	}
	prompt := kind.Line(it.Version)
	return bundle.Problem{Line: line, Item: cut(strings.Join(strings.Fields(prompt), " "), 80), Reason: bundle.Because(code, args...), Text: prompt, Kind: it.Version.Kind}
}

// same tells whether two items say the same, whatever their ids in a database.
func same(a, b bundle.Item) bool {
	if a.State == "" {
		b.State = ""
	}
	return a.ID == b.ID && a.Name == b.Name && a.State == b.State && a.Passage == b.Passage && a.Twin == b.Twin && a.Mirrors == b.Mirrors &&
		slices.Equal(a.Topic, b.Topic) && slices.Equal(a.Tags, b.Tags) && reflect.DeepEqual(content(a.Version), content(b.Version))
}

// Back tells whether a row of another program's form, whose columns have these roles,
// says all that an item says.
func Back(it bundle.Item, roles, row []string) bool {
	l := given(roles).under(row, Options{Filled: true})
	again := l.item(0)
	again.Version, _ = l.version()
	again.ID, it.ID = "", "" // no form has a place for it
	return same(it, again)
}

// content is a version without ids, its texts without blanks at their ends.
func content(v questions.Version) questions.Version {
	v.Ref, v.Passage = questions.Ref{}, 0
	v.Prompt, v.Explain = strings.TrimSpace(v.Prompt), strings.TrimSpace(v.Explain)
	answers := make([]questions.Answer, len(v.Answers))
	for i, a := range v.Answers {
		a.Fact, a.Entity = 0, 0
		a.Text, a.Feedback = strings.TrimSpace(a.Text), strings.TrimSpace(a.Feedback)
		answers[i] = a
	}
	v.Answers = answers
	return v
}

// writer writes items under its columns.
type writer struct{ columns []string }

// columnsOf are the columns that the items need: those that every sheet has, and of the
// others those in which something stands.
func columnsOf(items []bundle.Item) []string {
	most := map[string]int{"option": 2}
	used := map[string]bool{"id": true, "type": true, "question": true, "correct": true, "explanation": true, "tags": true, "topic": true, "markup": true}
	for _, it := range items {
		for role, cells := range cellsOf(it) {
			n := width(cells)
			most[role] = max(most[role], n)
			used[role] = used[role] || n > 0
		}
	}
	var columns []string
	for _, role := range inOrder {
		if !several(role) {
			if used[role] {
				columns = append(columns, role)
			}
			continue
		}
		for n := range most[role] {
			columns = append(columns, role+strconv.Itoa(n+1))
		}
	}
	return columns
}

// inOrder are the columns as they stand in a sheet.
var inOrder = []string{"id", "type", "question", "option", "correct", "pair", "feedback", "match", "slack", "credit", "part", "explanation", "tags", "topic",
	"lang", "answerlang", "level", "fixed", "state", "name", "passage", "twin", "mirrors", "markup"}

func several(role string) bool { return role == "option" || role == "pair" || role == "feedback" }

// row is an item under the columns.
func (w writer) row(it bundle.Item) []string {
	cells := cellsOf(it)
	row := make([]string, len(w.columns))
	for i, column := range w.columns {
		role, n := roleOf(column, false)
		row[i] = Defuse(strings.ReplaceAll(nth(cells[role], n-1), "\r\n", "\n"))
	}
	return row
}

// cellsOf is what stands in the columns of each role.
func cellsOf(it bundle.Item) map[string][]string {
	v := it.Version
	cells := map[string][]string{
		"id": {it.ID}, "type": {v.Kind}, "question": {v.Prompt}, "explanation": {v.Explain},
		"tags": {tagCell(it.Tags)}, "topic": {topicCell(it.Topic)}, "lang": {v.Lang}, "answerlang": {v.Back}, "level": {v.Level},
		"state": {it.State}, "name": {it.Name}, "passage": {it.Passage}, "twin": {it.Twin}, "mirrors": {it.Mirrors}, "markup": {"markdown"},
	}
	if v.Fixed && v.Kind != questions.Truth {
		cells["fixed"] = []string{"yes"}
	}
	switch v.Kind {
	case questions.Truth:
		truthCells(v, cells)
	case questions.Match:
		for _, p := range kind.Pairs(v) {
			add(cells, "option", p.Left.Text)
			add(cells, "pair", p.Right.Text)
			add(cells, "feedback", p.Right.Feedback)
		}
	default:
		answerCells(v, cells)
	}
	return cells
}

func add(cells map[string][]string, role, text string) { cells[role] = append(cells[role], text) }

func truthCells(v questions.Version, cells map[string][]string) {
	for _, a := range v.Answers {
		add(cells, "feedback", a.Feedback)
		if a.Credit == 1 {
			add(cells, "correct", a.Text)
		}
	}
}

// answerCells writes the options, what is said to them, and what differs among them.
func answerCells(v questions.Version, cells map[string][]string) {
	var keys, match, slack, credit, part []string
	plain := true // each is worth all or nothing
	for i, a := range v.Answers {
		add(cells, "option", a.Text)
		add(cells, "feedback", a.Feedback)
		if a.Credit == 1 {
			keys = append(keys, strconv.Itoa(i+1))
		}
		plain = plain && (a.Credit == 0 || a.Credit == 1)
		match, part = append(match, a.Match), append(part, strconv.Itoa(a.Part))
		slack, credit = append(slack, short(a.Slack)), append(credit, short(a.Credit))
	}
	if len(keys) == 0 && !picks(v.Kind) && len(v.Answers) > 0 {
		keys = []string{"0"}
	}
	if len(keys) < len(v.Answers) || picks(v.Kind) {
		add(cells, "correct", strings.Join(keys, ", "))
	}
	if !plain {
		add(cells, "credit", strings.Join(credit, ", "))
	}
	if v.Kind == questions.Cloze {
		add(cells, "part", strings.Join(part, ", "))
	}
	if v.Kind == questions.Cloze || v.Kind == questions.Text {
		add(cells, "match", once(match))
	}
	if s := tolerance(v, slack); s != "" {
		add(cells, "slack", s)
	}
}

// once writes a list whose elements are all the same as one.
func once(list []string) string {
	if len(slices.Compact(slices.Clone(list))) == 1 {
		return list[0]
	}
	return strings.Join(list, ", ")
}

// tolerance writes how far off the answers may be: once where it is the same for every
// key and for them alone; not at all where it is nothing.
func tolerance(v questions.Version, slack []string) string {
	key, _ := v.Key(1)
	same, none := true, true
	for _, a := range v.Answers {
		none = none && a.Slack == 0
		same = same && (a.Credit == 1 && a.Slack == key.Slack || a.Credit != 1 && a.Slack == 0)
	}
	if none {
		return ""
	}
	if same && v.Kind == questions.Number {
		return short(key.Slack)
	}
	return strings.Join(slack, ", ")
}

func short(f float64) string { return strconv.FormatFloat(f, 'g', -1, 64) }

// Picked are the options of a question of which some are picked, and the numbers of those
// that are right, as other programs write them: 1,3. A statement has the options True and
// False.
func Picked(v questions.Version) (options []string, correct string) {
	var keys []string
	for i, a := range v.Answers {
		if a.Credit == 1 {
			keys = append(keys, strconv.Itoa(i+1))
		}
		options = append(options, a.Text)
	}
	if v.Kind == questions.Truth {
		options = []string{"True", "False"}
	}
	return options, strings.Join(keys, ",")
}
