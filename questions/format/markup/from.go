// Package markup carries text between HTML, as other programs keep it, and the Markdown
// of our questions. Formulas are TeX on both sides.
package markup

import (
	"regexp"
	"strconv"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// FromHTML makes Markdown of HTML: paragraphs, lists, quotations, code, emphasis, links,
// and pictures and sounds by the name they have there. Formulas between \( \), \[ \],
// [$] [/$] or [latex] [/latex] become $…$ and $$…$$. What has no place in a question
// (scripts, styles, forms) is left out; a table becomes a line for each row.
func FromHTML(source string) string {
	w := &writer{}
	if !strings.ContainsAny(source, "<&\x00") {
		w.text(source)
		return tidy(w.out.String())
	}
	nodes, err := html.ParseFragment(strings.NewReader(source), &html.Node{Type: html.ElementNode, Data: "div", DataAtom: atom.Div})
	if err != nil {
		return FromText(source)
	}
	for _, n := range nodes {
		w.node(n)
	}
	return tidy(w.out.String())
}

// FromText makes Markdown of plain text: signs that would be markup are escaped, a line
// stays a line.
func FromText(text string) string {
	var paragraphs []string
	for _, line := range strings.Split(text, "\n") {
		if line = strings.TrimSpace(line); line != "" {
			paragraphs = append(paragraphs, atStart(escape(line)))
		}
	}
	return strings.Join(paragraphs, "\n\n")
}

// writer collects Markdown. Blocks are set apart by an empty line.
type writer struct {
	out strings.Builder
	pre bool
}

// apart begins a new paragraph.
func (w *writer) apart() {
	if w.out.Len() > 0 {
		w.out.WriteString("\n\n")
	}
}

func (w *writer) children(n *html.Node) {
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		w.node(c)
	}
}

// inner is the Markdown of what stands inside.
func (w *writer) inner(n *html.Node) string {
	in := &writer{pre: w.pre}
	in.children(n)
	return tidy(in.out.String())
}

func (w *writer) node(n *html.Node) {
	if n.Type == html.TextNode {
		w.text(n.Data)
	}
	if n.Type != html.ElementNode {
		return
	}
	if sign := around[n.DataAtom]; sign != "" {
		w.wrap(n, sign)
		return
	}
	switch n.DataAtom {
	case atom.Script, atom.Style, atom.Head, atom.Template, atom.Iframe, atom.Object, atom.Noscript, atom.Rp:
	case atom.Br:
		w.apart()
	case atom.Hr:
		w.apart()
		w.out.WriteString("---\n\n")
	case atom.Img, atom.Audio, atom.Video, atom.Embed, atom.Source:
		w.picture(n)
	case atom.A:
		w.link(n)
	case atom.Code, atom.Kbd, atom.Samp, atom.Tt:
		w.code(n)
	case atom.Sub:
		w.out.WriteString(lowered.Replace(w.inner(n)))
	case atom.Sup:
		w.out.WriteString(raised.Replace(w.inner(n)))
	case atom.Rt:
		w.out.WriteString(" (" + w.inner(n) + ")")
	default:
		w.block(n)
	}
}

// around are the signs of emphasis.
var around = map[atom.Atom]string{atom.B: "**", atom.Strong: "**", atom.I: "*", atom.Em: "*", atom.Cite: "*", atom.Dfn: "*", atom.U: "*"}

func (w *writer) block(n *html.Node) {
	switch n.DataAtom {
	case atom.P, atom.Div, atom.Section, atom.Article, atom.Dl, atom.Dd, atom.Dt, atom.Figure, atom.Figcaption, atom.Table, atom.Center, atom.Form, atom.Fieldset:
		w.apart()
		w.children(n)
		w.apart()
	case atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6, atom.Caption:
		w.apart()
		w.wrap(n, "**")
		w.apart()
	case atom.Ul, atom.Ol:
		w.list(n)
	case atom.Blockquote:
		w.indent(w.inner(n), "> ", "> ")
	case atom.Pre:
		w.apart()
		w.out.WriteString("```\n" + strings.Trim(plain(n), "\n") + "\n```\n\n")
	case atom.Tr:
		w.row(n)
	default:
		w.children(n)
	}
}

// wrap puts signs around what stands inside, blanks left outside of them.
func (w *writer) wrap(n *html.Node, sign string) {
	in := &writer{}
	in.children(n)
	raw := in.out.String()
	inner := tidy(raw)
	if inner == "" || strings.Contains(inner, "\n") || strings.HasPrefix(inner, "*") || strings.HasSuffix(inner, "*") {
		w.out.WriteString(raw)
		return
	}
	left := len(raw) - len(strings.TrimLeft(raw, " \n"))
	right := len(raw) - len(strings.TrimRight(raw, " \n"))
	w.out.WriteString(strings.Repeat(" ", min(left, 1)) + sign + inner + sign + strings.Repeat(" ", min(right, 1)))
}

func (w *writer) list(n *html.Node) {
	count := 0
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		if c.DataAtom != atom.Li {
			continue
		}
		count++
		sign := "- "
		if n.DataAtom == atom.Ol {
			sign = strconv.Itoa(count) + ". "
		}
		w.indent(w.inner(c), sign, strings.Repeat(" ", len(sign)))
	}
	w.apart()
}

// indent writes a block whose first line begins otherwise than the rest.
func (w *writer) indent(text, first, rest string) {
	w.apart()
	lines := strings.Split(text, "\n")
	for i, line := range lines {
		if i > 0 {
			w.out.WriteString("\n")
			first = rest
		}
		w.out.WriteString(strings.TrimRight(first+line, " "))
	}
}

func (w *writer) row(n *html.Node) {
	var cells []string
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		if c.DataAtom == atom.Td || c.DataAtom == atom.Th {
			cells = append(cells, strings.Join(strings.Fields(w.inner(c)), " "))
		}
	}
	w.apart()
	w.out.WriteString(strings.Join(cells, " | "))
}

func (w *writer) picture(n *html.Node) {
	src := attr(n, "src")
	if src == "" {
		w.children(n)
		return
	}
	w.out.WriteString("![" + escape(strings.Join(strings.Fields(attr(n, "alt")), " ")) + "](" + address(src) + ")")
}

func (w *writer) link(n *html.Node) {
	href, inner := attr(n, "href"), w.inner(n)
	if !strings.HasPrefix(href, "http://") && !strings.HasPrefix(href, "https://") || inner == "" || strings.Contains(inner, "\n") {
		w.children(n)
		return
	}
	w.out.WriteString("[" + inner + "](" + address(href) + ")")
}

func (w *writer) code(n *html.Node) {
	text := strings.Join(strings.Fields(plain(n)), " ")
	if text == "" || strings.Contains(text, "`") {
		w.out.WriteString(escape(text))
		return
	}
	w.out.WriteString("`" + text + "`")
}

// address is where a link leads, so that Markdown reads all of it.
func address(to string) string {
	return strings.NewReplacer(" ", "%20", "(", "%28", ")", "%29", "<", "%3C", ">", "%3E", "\n", "", "\\", "%5C").Replace(strings.TrimSpace(to))
}

func attr(n *html.Node, name string) string {
	for _, a := range n.Attr {
		if a.Key == name {
			return a.Val
		}
	}
	return ""
}

// plain is the text inside, without markup.
func plain(n *html.Node) string {
	if n.Type == html.TextNode {
		return n.Data
	}
	var b strings.Builder
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		b.WriteString(plain(c))
	}
	if n.DataAtom == atom.Br {
		return "\n"
	}
	return b.String()
}

// formula finds TeX as Moodle, Canvas and Anki mark it.
var formula = regexp.MustCompile(`(?s)\\\((.+?)\\\)|\\\[(.+?)\\\]|\[\$\](.+?)\[/\$\]|\[\$\$\](.+?)\[/\$\$\]|\[latex\](.+?)\[/latex\]`)

// text writes a stretch of text, its formulas as they are and the rest escaped.
func (w *writer) text(s string) {
	at := 0
	for _, m := range formula.FindAllStringSubmatchIndex(s, -1) {
		w.escaped(s[at:m[0]])
		w.formula(s, m)
		at = m[1]
	}
	w.escaped(s[at:])
}

// formula writes the group that was found: the second and the last two stand on a line
// of their own.
func (w *writer) formula(s string, m []int) {
	for group := 1; group <= 5; group++ {
		if m[2*group] < 0 {
			continue
		}
		source := strings.Join(strings.Fields(s[m[2*group]:m[2*group+1]]), " ")
		sign := "$"
		if group == 2 || group == 4 {
			sign = "$$"
		}
		w.out.WriteString(sign + strings.Trim(source, "$") + sign)
	}
}

// escaped writes text whose blanks and line ends are one blank each. What begins a line
// is no sign of a list there.
func (w *writer) escaped(s string) {
	s = escape(blanks.ReplaceAllString(s, " "))
	if before := w.out.String(); before == "" || strings.HasSuffix(before, "\n") {
		s = atStart(strings.TrimLeft(s, " "))
	}
	w.out.WriteString(s)
}

var blanks = regexp.MustCompile(`[ \t\n\f\r\x{A0}]+`)

// lowered and raised are the signs that stand below and above the line.
var (
	lowered = strings.NewReplacer("0", "₀", "1", "₁", "2", "₂", "3", "₃", "4", "₄", "5", "₅", "6", "₆", "7", "₇", "8", "₈", "9", "₉", "+", "₊", "-", "₋", "=", "₌", "(", "₍", ")", "₎")
	raised  = strings.NewReplacer("0", "⁰", "1", "¹", "2", "²", "3", "³", "4", "⁴", "5", "⁵", "6", "⁶", "7", "⁷", "8", "⁸", "9", "⁹", "+", "⁺", "-", "⁻", "=", "⁼", "(", "⁽", ")", "⁾", "n", "ⁿ", "i", "ⁱ")
)
