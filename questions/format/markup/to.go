package markup

import (
	"bytes"
	"html"
	"regexp"
	"strconv"
	"strings"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/util"
)

// markdown is what our questions are written in: no raw HTML, no headings.
var markdown = goldmark.New(goldmark.WithParser(parser.NewParser(
	parser.WithBlockParsers(
		util.Prioritized(parser.NewThematicBreakParser(), 200),
		util.Prioritized(parser.NewListParser(), 300),
		util.Prioritized(parser.NewListItemParser(), 400),
		util.Prioritized(parser.NewCodeBlockParser(), 500),
		util.Prioritized(parser.NewFencedCodeBlockParser(), 700),
		util.Prioritized(parser.NewBlockquoteParser(), 800),
		util.Prioritized(parser.NewParagraphParser(), 1000),
	),
	parser.WithInlineParsers(
		util.Prioritized(parser.NewCodeSpanParser(), 100),
		util.Prioritized(parser.NewLinkParser(), 200),
		util.Prioritized(parser.NewAutoLinkParser(), 300),
		util.Prioritized(parser.NewEmphasisParser(), 500),
	),
	parser.WithParagraphTransformers(parser.DefaultParagraphTransformers()...),
)))

// dollars finds what our Markdown takes for a formula, and code, in which there is none.
var dollars = regexp.MustCompile("(?s)`[^`]*`" + `|\\.|\$\$(.+?)\$\$|\$([^\s$](?:[^$]*[^\s$\\])?)\$`)

// held stands for a formula while the text around it becomes HTML.
const held = "\uE001"

// ToHTML makes HTML of Markdown: a line alone without a paragraph around it, formulas as
// \( \) and \[ \].
func ToHTML(source string) string {
	var formulas []string
	text := dollars.ReplaceAllStringFunc(strings.ReplaceAll(source, held, ""), func(m string) string {
		if m[0] != '$' {
			return m
		}
		open, end, inner := `\(`, `\)`, strings.Trim(m, "$")
		if strings.HasPrefix(m, "$$") {
			open, end = `\[`, `\]`
		}
		formulas = append(formulas, html.EscapeString(open+inner+end))
		return held + strconv.Itoa(len(formulas)-1) + held
	})
	var b bytes.Buffer
	if err := markdown.Convert([]byte(text), &b); err != nil {
		return html.EscapeString(source)
	}
	return refill(single(strings.TrimSpace(b.String())), formulas)
}

// single takes the paragraph away from around a text that has no other.
func single(s string) string {
	inner, ok := strings.CutPrefix(s, "<p>")
	if !ok || strings.Count(s, "<p>") > 1 || !strings.HasSuffix(inner, "</p>") {
		return s
	}
	return strings.TrimSuffix(inner, "</p>")
}

func refill(s string, formulas []string) string {
	for i, f := range formulas {
		s = strings.Replace(s, held+strconv.Itoa(i)+held, f, 1)
	}
	return s
}

// ToText is the text without markup: what a format shows that knows none. Formulas stay
// TeX, a picture becomes what it shows.
func ToText(source string) string {
	s := ToHTML(source)
	s = image.ReplaceAllString(s, "$1")
	s = paragraph.ReplaceAllString(s, "\n")
	return strings.TrimSpace(html.UnescapeString(tags.ReplaceAllString(s, "")))
}

var (
	image     = regexp.MustCompile(`<img [^>]*alt="([^"]*)"[^>]*>`)
	paragraph = regexp.MustCompile(`</(p|li|blockquote|pre)>\s*|<br ?/?>`)
	tags      = regexp.MustCompile(`<[^>]*>`)
)
