// Package element holds a part of an XML document as a tree, for formats in which the
// order of what stands inside matters and programs take liberties with what they write.
package element

import (
	"html"
	"strings"
)

// Node is an element, or a stretch of text, which has no name.
type Node struct {
	Name  string // without its prefix
	Attrs []Attr
	Text  string // of a stretch of text
	Kids  []*Node
	Line  int // of the document, from 1; 0 where it is not from one
}

// Attr is an attribute, named without its prefix but for xml:lang.
type Attr struct{ Name, Value string }

// New makes an element of attributes, of texts and of what stands inside, which may be
// nil: that is left out.
func New(name string, inside ...any) *Node {
	n := &Node{Name: name}
	for _, v := range inside {
		switch v := v.(type) {
		case Attr:
			n.Attrs = append(n.Attrs, v)
		case string:
			n.Kids = append(n.Kids, &Node{Text: v})
		case *Node:
			n.Add(v)
		case []*Node:
			n.Add(v...)
		}
	}
	return n
}

// Add puts elements behind those that stand inside already; nil is left out.
func (n *Node) Add(kids ...*Node) {
	for _, kid := range kids {
		if kid != nil {
			n.Kids = append(n.Kids, kid)
		}
	}
}

// Attr returns the value of an attribute, "" where there is none or no element.
func (n *Node) Attr(name string) string {
	if n == nil {
		return ""
	}
	for _, a := range n.Attrs {
		if a.Name == name {
			return a.Value
		}
	}
	return ""
}

// All returns the elements of a name that stand right inside.
func (n *Node) All(name string) []*Node {
	if n == nil {
		return nil
	}
	var found []*Node
	for _, kid := range n.Kids {
		if kid.Name == name {
			found = append(found, kid)
		}
	}
	return found
}

// At follows names inwards, to the first of each; nil where there is none.
func (n *Node) At(names ...string) *Node {
	for _, name := range names {
		inside := n.All(name)
		if len(inside) == 0 {
			return nil
		}
		n = inside[0]
	}
	return n
}

// Find returns the elements of some names however deep they stand inside, in the order
// of the document.
func (n *Node) Find(names ...string) []*Node {
	if n == nil {
		return nil
	}
	var found []*Node
	for _, kid := range n.Kids {
		for _, name := range names {
			if kid.Name == name {
				found = append(found, kid)
			}
		}
		found = append(found, kid.Find(names...)...)
	}
	return found
}

// Says is the text inside, of the whole depth, without blanks around it.
func (n *Node) Says() string {
	if n == nil {
		return ""
	}
	var b strings.Builder
	n.say(&b)
	return strings.TrimSpace(b.String())
}

func (n *Node) say(b *strings.Builder) {
	b.WriteString(n.Text)
	for _, kid := range n.Kids {
		kid.say(b)
	}
}

// Own is the text that stands right inside, without that of the elements there.
func (n *Node) Own() string {
	if n == nil {
		return ""
	}
	var b strings.Builder
	for _, kid := range n.Kids {
		b.WriteString(kid.Text)
	}
	return strings.TrimSpace(b.String())
}

// HTML is what stands inside as HTML: the text as it is, which is how programs keep
// HTML in XML, or elements that somebody left unescaped.
func (n *Node) HTML() string {
	if n == nil {
		return ""
	}
	bare := true
	for _, kid := range n.Kids {
		bare = bare && kid.Name == ""
	}
	if bare {
		return n.Says()
	}
	var b strings.Builder
	for _, kid := range n.Kids {
		kid.markup(&b)
	}
	return strings.TrimSpace(b.String())
}

func (n *Node) markup(b *strings.Builder) {
	if n.Name == "" {
		b.WriteString(html.EscapeString(n.Text))
		return
	}
	b.WriteString("<" + n.Name)
	for _, a := range n.Attrs {
		b.WriteString(" " + a.Name + `="` + html.EscapeString(a.Value) + `"`)
	}
	b.WriteString(">")
	for _, kid := range n.Kids {
		kid.markup(b)
	}
	if len(n.Kids) > 0 || n.Name != "br" && n.Name != "img" && n.Name != "hr" {
		b.WriteString("</" + n.Name + ">")
	}
}
