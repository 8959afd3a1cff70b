package element

import (
	"io"
	"strings"
)

// Head is the first line of a document.
const Head = `<?xml version="1.0" encoding="UTF-8"?>` + "\n"

// Print writes an element on lines of its own, so many steps to the right. Markup in its
// text stands in CDATA where that is asked for, so that people can read it, and is
// escaped otherwise. What has no place in XML (control characters) is left out.
func Print(w io.Writer, n *Node, step int, cdata bool) error {
	p := &printer{cdata: cdata}
	p.node(n, step)
	_, err := io.WriteString(w, p.out.String())
	return err
}

// Begin is the first half of an element that others stand in, which are written one by
// one.
func Begin(n *Node) string {
	p := &printer{}
	p.tag(n)
	return p.out.String() + ">\n"
}

type printer struct {
	out   strings.Builder
	cdata bool
}

func (p *printer) node(n *Node, step int) {
	indent := strings.Repeat("  ", step)
	p.out.WriteString(indent)
	p.tag(n)
	if len(n.Kids) == 0 {
		p.out.WriteString("/>\n")
		return
	}
	p.out.WriteString(">")
	if n.Kids[0].Name == "" {
		p.text(n.Kids)
	} else {
		p.out.WriteString("\n")
		for _, kid := range n.Kids {
			p.node(kid, step+1)
		}
		p.out.WriteString(indent)
	}
	p.out.WriteString("</" + n.Name + ">\n")
}

func (p *printer) tag(n *Node) {
	p.out.WriteString("<" + n.Name)
	for _, a := range n.Attrs {
		p.out.WriteString(" " + a.Name + `="` + quoted.Replace(clean(a.Value)) + `"`)
	}
}

func (p *printer) text(kids []*Node) {
	for _, kid := range kids {
		text := clean(kid.Text)
		if p.cdata && strings.Contains(text, "<") {
			p.out.WriteString("<![CDATA[" + strings.ReplaceAll(text, "]]>", "]]]]><![CDATA[>") + "]]>")
			continue
		}
		p.out.WriteString(escaped.Replace(text))
	}
}

var (
	escaped = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;")
	quoted  = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;", `"`, "&quot;", "\n", "&#10;", "\t", "&#9;")
)

// clean leaves the characters that XML 1.0 has.
func clean(s string) string {
	return strings.Map(func(r rune) rune {
		if r == '\t' || r == '\n' || r >= ' ' && r < 0xFFFE || r > 0xFFFF {
			return r
		}
		return -1
	}, strings.ToValidUTF8(s, "\uFFFD"))
}
