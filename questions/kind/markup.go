package kind

import (
	"bytes"
	"regexp"
	"strings"

	"github.com/microcosm-cc/bluemonday"
	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/renderer"
	"github.com/yuin/goldmark/util"
)

// safeHTML is markup that has passed a policy.
type safeHTML string

// markdown draws formulas, spelled says them in signs.
var markdown, spelled = newMarkdown(false), newMarkdown(true)

// newMarkdown knows no raw HTML: a tag that somebody writes stays visible as text. What
// is not text is drawn, or said in words.
func newMarkdown(said bool) goldmark.Markdown {
	return goldmark.New(goldmark.WithParser(parser.NewParser(
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
			util.Prioritized(dollars{}, 150),
			util.Prioritized(parser.NewLinkParser(), 200),
			util.Prioritized(parser.NewAutoLinkParser(), 300),
			util.Prioritized(parser.NewEmphasisParser(), 500),
		),
		parser.WithParagraphTransformers(parser.DefaultParagraphTransformers()...),
	)), goldmark.WithRendererOptions(renderer.WithNodeRenderers(util.Prioritized(formulas{said}, 500), util.Prioritized(pictures{said}, 500))))
}

var blockPolicy, inlinePolicy = newBlockPolicy(), newInlinePolicy()

func newInlinePolicy() *bluemonday.Policy {
	p := bluemonday.NewPolicy()
	p.AllowElements("em", "strong", "code", "sub", "sup", "br")
	allowMath(p)
	allowMedia(p)
	return p
}

// allowMath lets the MathML through that package tex writes: no links, no styles, no
// actions, no other markup inside.
func allowMath(p *bluemonday.Policy) {
	p.AllowNoAttrs().OnElements("math", "mrow", "mi", "mn", "mo", "mtext", "mspace", "mfrac", "msqrt", "mroot", "msub", "msup",
		"msubsup", "munder", "mover", "munderover", "mtable", "mtr", "mtd", "mstyle")
	yes := regexp.MustCompile(`^(true|false)$`)
	p.AllowAttrs("class").Matching(regexp.MustCompile(`^formula( is-inline)?$`)).OnElements("span")
	p.AllowAttrs("tabindex").Matching(regexp.MustCompile(`^0$`)).OnElements("span")
	p.AllowAttrs("aria-label").OnElements("math")
	p.AllowAttrs("display").Matching(regexp.MustCompile(`^block$`)).OnElements("math")
	p.AllowAttrs("stretchy", "movablelimits").Matching(yes).OnElements("mo")
	p.AllowAttrs("accent").Matching(yes).OnElements("mover")
	p.AllowAttrs("displaystyle").Matching(yes).OnElements("mstyle", "mtable")
	p.AllowAttrs("mathvariant").Matching(regexp.MustCompile(`^normal$`)).OnElements("mi")
	p.AllowAttrs("width", "rspace").Matching(regexp.MustCompile(`^[0-9.]+em$`)).OnElements("mspace", "mo")
	p.AllowAttrs("linethickness").Matching(regexp.MustCompile(`^0$`)).OnElements("mfrac")
	p.AllowAttrs("class").Matching(regexp.MustCompile(`^tex-(cases|aligned)$`)).OnElements("mtable")
}

func newBlockPolicy() *bluemonday.Policy {
	p := newInlinePolicy()
	p.AllowElements("p", "ul", "ol", "li", "blockquote", "pre", "hr")
	p.AllowAttrs("href").OnElements("a")
	p.AllowURLSchemes("http", "https")
	p.AllowRelativeURLs(true)
	p.RequireNoFollowOnLinks(true)
	p.RequireNoReferrerOnLinks(true)
	return p
}

func blockHTML(text string) safeHTML {
	return safeHTML(blockPolicy.Sanitize(render(markdown, text)))
}

func inlineHTML(text string) safeHTML { return inlined(markdown, text) }

func inlined(by goldmark.Markdown, text string) safeHTML {
	html := strings.ReplaceAll(strings.TrimSpace(render(by, text)), "</p>\n<p>", "<br>")
	return safeHTML(strings.TrimSpace(inlinePolicy.Sanitize(html)))
}

// slot stands for a gap while the text around it becomes markup: a character that
// nobody's text has, for it is taken out before.
const slot = "\uE000"

// gapHTML is the markup around the gaps of a prompt, one stretch more than there
// are gaps. Where Markdown has no place for a gap, as in the address of a link or in
// what a picture shows, all is shown as it was written.
func gapHTML(prompt string) []safeHTML {
	text := slotted(prompt)
	html := string(inlineHTML(text))
	if strings.Count(html, slot) != strings.Count(text, slot) || slotInTag.MatchString(html) {
		html = inlinePolicy.Sanitize(templEscape(text))
	}
	var stretches []safeHTML
	for _, stretch := range strings.Split(html, slot) {
		stretches = append(stretches, safeHTML(stretch))
	}
	return stretches
}

// slotInTag finds a gap that would stand in an attribute.
var slotInTag = regexp.MustCompile(`<[^>]*` + slot)

// slotted is a prompt with a slot for each gap.
func slotted(prompt string) string {
	return gap.ReplaceAllLiteralString(strings.ReplaceAll(prompt, slot, ""), slot)
}

func render(by goldmark.Markdown, text string) string {
	var b bytes.Buffer
	if err := by.Convert([]byte(strings.ToValidUTF8(text, "\uFFFD")), &b); err != nil {
		return templEscape(text)
	}
	return b.String()
}

func templEscape(text string) string {
	return strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;").Replace(text)
}
