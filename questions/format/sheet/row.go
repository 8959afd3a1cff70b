package sheet

import (
	"regexp"
	"slices"
	"strings"

	"thaw/questions"
	"thaw/questions/format/bundle"
	"thaw/questions/format/markup"
	"thaw/questions/kind"
)

// line is a row under its headings.
type line struct {
	*header
	cells    []string
	markup   string
	numbered bool               // what is correct are numbers
	notes    []questions.Reason // what was not taken wholly, or by a guess
}

// under puts a row under its headings.
func (h *header) under(cells []string, o Options) *line {
	l := &line{header: h, cells: make([]string, len(cells))}
	for i, c := range cells {
		if c = strings.TrimSpace(c); !o.Filled {
			c = strings.TrimSpace(fuse(c))
		}
		l.cells[i] = c
	}
	if l.markup = bare(l.one("markup")); l.markup == "" {
		l.markup = o.Markup
	}
	l.numbered = o.Filled || l.markup == "markdown"
	return l
}

// one is the cell of a role; of several with that role the first.
func (l *line) one(role string) string {
	if list := l.many(role); len(list) > 0 {
		return list[0]
	}
	return ""
}

// many are the cells of a role by their number, empty ones at their end left out.
func (l *line) many(role string) []string {
	list := make([]string, len(l.at[role]))
	for i, column := range l.at[role] {
		if column >= 0 && column < len(l.cells) {
			list[i] = l.cells[column]
		}
	}
	return list[:width(list)]
}

// text is what a cell says, in Markdown.
func (l *line) text(cell string) string {
	switch l.markup {
	case "markdown":
		return cell
	case "html":
		return markup.FromHTML(cell)
	}
	return markup.FromText(cell)
}

// inline is the same for what stands on one line.
func (l *line) inline(cell string) string {
	if l.markup == "markdown" {
		return cell
	}
	return strings.Join(strings.Fields(l.text(strings.Join(strings.Fields(cell), " "))), " ")
}

func (l *line) note(code string, args ...any) {
	l.notes = append(l.notes, bundle.Because(code, args...))
}

// row reads a row that is not blank.
func (r *reader) row(row Row) {
	l := r.header.under(row.Cells, r.options)
	if slices.ContainsFunc(l.cells, func(c string) bool { return len(c) > MaxCell }) {
		r.problem(row, l, bundle.Because("format.sheet_cell"))
		return
	}
	if r.options.Swap && !l.typed {
		l.swap()
	}
	if l.one("question") == "" {
		r.problem(row, l, bundle.Because("format.sheet_no_question"))
		return
	}
	it := l.item(row.Line)
	it.Tags = append(it.Tags, r.options.Tags...)
	if len(it.Topic) == 0 {
		it.Topic = r.options.Topic
	}
	v, ok := l.version()
	if !ok {
		r.problem(row, l, bundle.Because("format.sheet_type", l.one("type")))
		return
	}
	if it.Version = v; strings.TrimSpace(v.Prompt) == "" { // there was nothing but signs in it
		r.problem(row, l, bundle.Because("format.sheet_no_question"))
		return
	}
	l.spare()
	l.check(&it)
	r.keep(it, l)
}

// keep adds an item with what is to say about it; what all its fellows have in common is
// said once.
func (r *reader) keep(it bundle.Item, l *line) {
	item := beginning([]string{l.one("question")})
	r.bundle.Items = append(r.bundle.Items, it)
	r.answers += len(it.Version.Answers)
	for _, reason := range l.notes {
		if html := reason.Code == "format.sheet_html"; html && r.tagged {
			continue
		} else if html {
			r.tagged = true
		}
		r.bundle.Notes = append(r.bundle.Notes, bundle.Problem{Line: it.Line, Item: item, Reason: reason})
	}
}

// problem reports a row that is no question, with all that it says, or the beginning of
// it where that is more than a question could have.
func (r *reader) problem(row Row, l *line, reason questions.Reason) {
	text := slices.DeleteFunc(slices.Clone(l.cells), func(c string) bool { return c == "" })
	r.bundle.Problems = append(r.bundle.Problems, bundle.Problem{
		Line: row.Line, Item: beginning(row.Cells), Reason: reason, Text: cut(strings.Join(text, "\n"), MaxCell), Kind: l.one("type"),
	})
}

// swap exchanges the two sides of a flashcard.
func (l *line) swap() {
	front, back := l.at["question"][0], -1
	if l.has("answer") {
		back = l.at["answer"][0]
	}
	if back < 0 {
		return
	}
	for len(l.cells) <= max(front, back) {
		l.cells = append(l.cells, "")
	}
	l.cells[front], l.cells[back] = l.cells[back], l.cells[front]
}

// item is what a row says beside its question.
func (l *line) item(at int) bundle.Item {
	it := bundle.Item{Line: at, ID: l.one("id"), Name: l.one("name"), Passage: l.one("passage"), Twin: l.one("twin"), Mirrors: l.one("mirrors")}
	it.Topic, it.Tags = l.few(topic(l.one("topic"))), l.few(tags(l.one("tags")))
	switch state := strings.ToLower(l.one("state")); state {
	case "draft", "live", "retired":
		it.State = state
	}
	return it
}

// few is a list that a person can have meant; what is beyond that is noted.
func (l *line) few(list []string) []string {
	if len(list) <= MaxTags {
		return list
	}
	l.note("format.sheet_extra", cut(said(list[MaxTags:]), 200))
	return slices.Clone(list[:MaxTags])
}

// spare notes what stands under no heading; a number there counts the rows.
func (l *line) spare() {
	var extra []string
	for i, c := range l.cells {
		if c != "" && (i >= l.width || slices.Contains(l.nameless, i) && !places.MatchString(c)) {
			extra = append(extra, c)
		}
	}
	if len(extra) > 0 {
		l.note("format.sheet_extra", cut(said(extra), 200))
	}
}

// check makes a draft of a question that cannot be asked as it is, and notes what it
// lacks.
func (l *line) check(it *bundle.Item) {
	l.pictures(it.Version)
	k, ok := kind.Of(it.Version.Kind)
	if !ok {
		return
	}
	problems := k.Check(it.Version)
	if len(problems) == 0 {
		return
	}
	if it.State != "retired" {
		it.State = "draft"
	}
	explained := slices.ContainsFunc(l.notes, func(r questions.Reason) bool { return r.Code == "format.sheet_correct" })
	if explained && problems[0].Code == "problem.no_key" {
		return
	}
	l.notes = append(l.notes, questions.Reason{Code: problems[0].Code, Args: problems[0].Args})
}

// shown finds the pictures and sounds of a text by their names.
var shown = regexp.MustCompile(`!\[[^\]]*\]\(([^)\s]+)\)`)

// pictures notes what the texts show and a sheet does not have.
func (l *line) pictures(v questions.Version) {
	for _, name := range Pictures(v) {
		l.note("format.sheet_picture", name)
	}
	if link := l.one("link"); link != "" {
		l.note("format.sheet_link", cut(link, 200))
	}
	if cell := l.one("question"); l.markup != "html" && l.markup != "markdown" && tagged.MatchString(cell) {
		l.note("format.sheet_html", tagged.FindString(cell))
	}
}

// tagged finds what looks like HTML that a program has written.
var tagged = regexp.MustCompile(`(?i)<br ?/?>|<div>|&nbsp;|<img [^>]*>|\[sound:[^\]]*\]`)

// Pictures are the names of the pictures and sounds that the texts of a question show.
func Pictures(v questions.Version) []string {
	texts := []string{v.Prompt, v.Explain}
	for _, a := range v.Answers {
		texts = append(texts, a.Text, a.Feedback)
	}
	var found []string
	for _, text := range texts {
		for _, m := range shown.FindAllStringSubmatch(text, -1) {
			found = append(found, m[1])
		}
	}
	return found
}
