package tex

import (
	"encoding/xml"
	"strings"
)

// node is an element of the markup with its text or its parts.
type node struct {
	XMLName xml.Name
	Text    string `xml:",chardata"`
	Parts   []node `xml:",any"`
}

// said is a formula in one line of signs, for where its markup is not read: (a+b)/2,
// x^2, √(x).
func said(markup string) string {
	var n node
	if err := xml.Unmarshal([]byte("<mrow>"+markup+"</mrow>"), &n); err != nil {
		return ""
	}
	return strings.Join(strings.Fields(n.said()), " ")
}

func (n node) said() string {
	switch n.XMLName.Local {
	case "mi", "mn", "mo", "mtext":
		return strings.ReplaceAll(n.Text, "\u2061", " ")
	case "mspace":
		return " "
	case "mfrac":
		return n.Parts[0].closed() + "/" + n.Parts[1].closed()
	case "msqrt":
		return "√(" + n.joined("") + ")"
	case "mroot":
		return n.Parts[1].closed() + "√(" + n.Parts[0].said() + ")"
	case "msub", "munder":
		return n.Parts[0].said() + "_" + n.Parts[1].closed()
	case "msup", "mover":
		return n.Parts[0].said() + n.Parts[1].raised()
	case "msubsup", "munderover":
		return n.Parts[0].said() + "_" + n.Parts[1].closed() + n.Parts[2].raised()
	case "mtable":
		return n.joined("; ")
	case "mtr":
		return n.joined(", ")
	}
	return n.joined("")
}

func (n node) joined(between string) string {
	texts := make([]string, len(n.Parts))
	for i, p := range n.Parts {
		texts[i] = p.said()
	}
	return strings.Join(texts, between)
}

// closed is a part in brackets where it is more than one sign.
func (n node) closed() string {
	text := n.said()
	if len([]rune(text)) > 1 && n.XMLName.Local != "mn" && n.XMLName.Local != "mi" {
		return "(" + text + ")"
	}
	return text
}

// raised is what stands above: a prime or a mark as it is.
func (n node) raised() string {
	text := n.closed()
	if n.XMLName.Local == "mo" && text != "+" && text != "−" && text != "∗" {
		return text
	}
	return "^" + text
}
