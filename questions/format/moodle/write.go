package moodle

import (
	"bufio"
	"context"
	"encoding/base64"
	"io"
	"math"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"thaw/questions"
	"thaw/questions/format/bundle"
	"thaw/questions/format/element"
	"thaw/questions/format/foreign"
	"thaw/questions/format/markup"
)

// Write writes the items with their pictures and sounds. What Moodle cannot hold of an
// item is returned; only an item of a kind that is none is left out.
func Write(ctx context.Context, w io.Writer, b bundle.Bundle, _ bundle.Options) ([]bundle.Problem, error) {
	to := &writer{w: bufio.NewWriter(w), media: foreign.Of(b)}
	quiz := element.New("quiz")
	if b.Lang != "" {
		quiz.Attrs = append(quiz.Attrs, element.Attr{Name: "xml:lang", Value: b.Lang})
	}
	to.print(element.Head + element.Begin(quiz))
	for i, it := range b.Items {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		to.category(foreign.Titles(b, it.Topic))
		to.item(i+1, it)
	}
	to.print("</quiz>\n")
	if to.err == nil {
		to.err = to.w.Flush()
	}
	return to.problems, to.err
}

// writer writes one item after the other.
type writer struct {
	w        *bufio.Writer
	err      error
	media    map[string]bundle.Media
	topic    []string
	problems []bundle.Problem
}

func (w *writer) print(text string) {
	if w.err == nil {
		_, w.err = w.w.WriteString(text)
	}
}

func (w *writer) node(n *element.Node) {
	if w.err == nil {
		w.err = element.Print(w.w, n, 1, true)
	}
}

// category writes the category of the items that follow, where it is another one. Those
// of no topic stand in the category that Moodle has for them.
func (w *writer) category(topic []string) {
	if slices.Equal(topic, w.topic) {
		return
	}
	w.topic = topic
	path := []string{"$course$", "top"}
	for _, part := range topic {
		path = append(path, strings.ReplaceAll(part, "/", "//"))
	}
	if len(topic) == 0 {
		path = append(path, "Default for Thaw")
	}
	w.node(element.New("question", element.Attr{Name: "type", Value: "category"},
		element.New("category", text(strings.Join(path, "/")))))
}

// text is what Moodle puts every text into.
func text(s string) *element.Node { return element.New("text", s) }

// out is a question that is being written.
type out struct {
	*writer
	v     questions.Version
	line  int
	item  bundle.Item
	n     *element.Node
	marks []string // tags of ours, without what they begin with

	before int // problems of the items before it
}

// lost says what Moodle cannot hold, once.
func (o *out) lost(code string, args ...any) {
	if slices.ContainsFunc(o.problems[o.before:], func(p bundle.Problem) bool { return p.Reason.Code == code }) {
		return
	}
	o.problems = append(o.problems, bundle.Problem{Line: o.line, Item: foreign.Beginning(o.item.Name, foreign.Opening(o.v.Prompt)),
		Reason: bundle.Because(code, args...), Kind: o.v.Kind})
}

func (w *writer) item(line int, it bundle.Item) {
	o := &out{writer: w, v: it.Version, line: line, item: it, before: len(w.problems)}
	kind, write := types(it.Version)
	if write == nil {
		o.lost("moodle.kind", it.Version.Kind)
		return
	}
	if _, unfinished := foreign.Unfinished(it.Version); unfinished {
		o.lost("moodle.unfinished")
	}
	o.n = element.New("question", element.Attr{Name: "type", Value: kind})
	if o.v.Lang != "" {
		o.n.Attrs = append(o.n.Attrs, element.Attr{Name: "xml:lang", Value: o.v.Lang})
	}
	o.head(kind)
	write(o)
	o.tags()
	w.node(o.n)
}

// types says what a question is there, and how it is written.
func types(v questions.Version) (string, func(*out)) {
	switch v.Kind {
	case questions.Choice, questions.Several:
		return "multichoice", (*out).choice
	case questions.Truth:
		return "truefalse", (*out).truth
	case questions.Text, questions.Date:
		return "shortanswer", (*out).short
	case questions.Number:
		return "numerical", (*out).number
	case questions.Order:
		return "ordering", (*out).order
	case questions.Match:
		return "matching", (*out).match
	case questions.Cloze:
		return "cloze", func(*out) {}
	case questions.Flash:
		if key, _ := v.Key(1); foreign.PlainBack(key.Text) {
			return "shortanswer", (*out).card
		}
		return "essay", (*out).longCard
	}
	return "", nil
}

// head writes what all types have.
func (o *out) head(kind string) {
	name := foreign.Beginning(o.item.Name, foreign.Opening(o.v.Prompt), "?")
	prompt := o.html(o.v.Prompt)
	if kind == "cloze" {
		prompt = o.gapped()
	}
	hidden := "0"
	if o.item.State == "retired" {
		hidden = "1"
	}
	o.n.Add(element.New("name", text(name)), o.rich("questiontext", prompt), o.rich("generalfeedback", o.html(o.v.Explain)))
	if kind != "cloze" {
		o.leaf("defaultgrade", "1")
	}
	o.leaf("penalty", "0")
	o.leaf("hidden", hidden)
	o.leaf("idnumber", o.item.ID)
}

func (o *out) leaf(name, value string) { o.n.Add(element.New(name, value)) }

// html is Markdown as HTML, its files not yet placed.
func (o *out) html(source string) string { return markup.ToHTML(source) }

// rich is an element of HTML with the files that it shows.
func (o *out) rich(name, html string, attrs ...element.Attr) *element.Node {
	n := element.New(name)
	n.Attrs = append(attrs, element.Attr{Name: "format", Value: "html"})
	var files []*element.Node
	seen := map[string]bool{}
	html = foreign.Place(html, o.media, func(name string) string { return plugin + url.PathEscape(name) }, func(m bundle.Media) {
		if !seen[m.Name] {
			seen[m.Name] = true
			files = append(files, file(m))
		}
	})
	n.Add(text(html))
	n.Add(files...)
	return n
}

func file(m bundle.Media) *element.Node {
	return element.New("file", element.Attr{Name: "name", Value: m.Name}, element.Attr{Name: "path", Value: "/"}, element.Attr{Name: "encoding", Value: "base64"},
		base64.StdEncoding.EncodeToString(m.Data))
}

// grades are the parts of the full credit that Moodle knows, in percent.
var grades = []float64{100, 90, 83.33333, 80, 75, 70, 66.66667, 60, 50, 40, 33.33333, 30, 25, 20, 16.66667, 14.28571, 12.5, 11.11111, 10, 5, 0}

// percentOf is a credit as Moodle writes it, with the nearest that it knows.
func (o *out) percentOf(credit float64) string {
	best := grades[0]
	for _, g := range grades {
		if math.Abs(g-100*credit) < math.Abs(best-100*credit) {
			best = g
		}
	}
	if math.Abs(best-100*credit) > .01 {
		o.lost("moodle.credit")
	}
	return strconv.FormatFloat(best, 'f', -1, 64)
}

// tags writes the author's tags, and ours.
func (o *out) tags() {
	if o.v.Level != "" {
		o.marks = append(o.marks, "level:"+o.v.Level)
	}
	if o.v.Back != "" {
		o.marks = append(o.marks, "back:"+o.v.Back)
	}
	if o.item.State == "draft" {
		o.marks = append(o.marks, "draft")
	}
	list := element.New("tags")
	for _, tag := range o.item.Tags {
		list.Add(element.New("tag", text(tag)))
	}
	for _, mark := range o.marks {
		list.Add(element.New("tag", text(ours+mark)))
	}
	if len(list.Kids) > 0 {
		o.n.Add(list)
	}
}
