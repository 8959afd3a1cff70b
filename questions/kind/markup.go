package kind

import (
	"bytes"
	"regexp"
	"strings"

	"github.com/microcosm-cc/bluemonday"
	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/util"
)

// safeHTML is markup that has passed a policy.
type safeHTML string

// markdown knows no raw HTML: a tag that somebody writes stays visible as text.
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

var blockPolicy, inlinePolicy = newBlockPolicy(), newInlinePolicy()

func newInlinePolicy() *bluemonday.Policy {
	p := bluemonday.NewPolicy()
	p.AllowElements("em", "strong", "code", "sub", "sup", "br")
	return p
}

func newBlockPolicy() *bluemonday.Policy {
	p := newInlinePolicy()
	p.AllowElements("p", "ul", "ol", "li", "blockquote", "pre", "hr")
	p.AllowAttrs("href").OnElements("a")
	p.AllowURLSchemes("http", "https")
	p.AllowRelativeURLs(true)
	p.RequireNoFollowOnLinks(true)
	p.RequireNoReferrerOnLinks(true)
	p.AllowAttrs("alt").OnElements("img")
	p.AllowAttrs("src").Matching(ownPicture).OnElements("img")
	return p
}

// ownPicture is the address of a picture that the bank itself keeps: a page asks
// nothing of other servers.
var ownPicture = regexp.MustCompile(`^/media/[A-Za-z0-9._-]+$`)

func blockHTML(text string) safeHTML {
	return safeHTML(blockPolicy.Sanitize(render(text)))
}

func inlineHTML(text string) safeHTML {
	html := strings.ReplaceAll(strings.TrimSpace(render(text)), "</p>\n<p>", "<br>")
	return safeHTML(strings.TrimSpace(inlinePolicy.Sanitize(html)))
}

// slot stands for a gap while the text around it becomes markup: a character that
// nobody's text has, for it is taken out before.
const slot = "\uE000"

// gapHTML is the markup around the gaps of a prompt, one stretch more than there
// are gaps. What the inline policy lets through has no attributes, so a gap always
// stands in the text; where Markdown has no place for it, as in the address of a
// link, all is shown as it was written.
func gapHTML(prompt string) []safeHTML {
	text := gap.ReplaceAllLiteralString(strings.ReplaceAll(prompt, slot, ""), slot)
	html := string(inlineHTML(text))
	if strings.Count(html, slot) != strings.Count(text, slot) {
		html = inlinePolicy.Sanitize(templEscape(text))
	}
	var stretches []safeHTML
	for _, stretch := range strings.Split(html, slot) {
		stretches = append(stretches, safeHTML(stretch))
	}
	return stretches
}

func render(text string) string {
	var b bytes.Buffer
	if err := markdown.Convert([]byte(strings.ToValidUTF8(text, "\uFFFD")), &b); err != nil {
		return templEscape(text)
	}
	return b.String()
}

func templEscape(text string) string {
	return strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;").Replace(text)
}
