// Package tex turns the mathematics of TeX into MathML Core, which browsers draw
// and screen readers read without any script. It knows what schools write:
// fractions, roots, scripts, sums, limits, fences, tables, accents, letters and
// signs, and the chemistry of \ce. It is strict: what it does not know is an error
// that says what, never a formula that looks right and is not.
package tex

import (
	"fmt"
	"slices"
	"strings"
	"unicode"
)

// Limits of one formula: its length in characters, and how deep its parts may lie
// in each other.
const (
	MaxLength = 1000
	MaxDepth  = 32
)

// Error says what of a formula cannot be drawn.
type Error struct {
	Code string // command, missing, brace, environment, sign, long, deep: stable, keys of texts
	At   string // what it is about: the command, the sign; "" for the whole formula
}

// Error is the text for a log.
func (e *Error) Error() string { return fmt.Sprintf("tex: %s %q", e.Code, e.At) }

// Formula is mathematics, drawn and in words.
type Formula struct {
	Markup string // one math element, whose label is Said
	Said   string // in one line of signs: (a+b)/2
}

// MathML draws a formula, written without its dollars; display is one that stands on a
// line of its own. What cannot be drawn is an *Error. The markup holds elements of MathML
// Core with attributes of its own making, and no text that is not escaped.
func MathML(source string, display bool) (Formula, error) {
	p := &parser{src: []rune(source)}
	if len(p.src) > MaxLength {
		return Formula{}, &Error{Code: "long"}
	}
	if at := slices.IndexFunc(p.src, unseen); at >= 0 {
		return Formula{}, &Error{Code: "sign", At: string(p.src[at])}
	}
	body := p.whole()
	if p.err != nil {
		return Formula{}, p.err
	}
	f := Formula{Said: said(body)}
	attrs := ` aria-label="` + escape(f.Said) + `"`
	if display {
		attrs += ` display="block"`
	}
	f.Markup = "<math" + attrs + ">" + body + "</math>"
	return f, nil
}

// unseen tells a character that is nowhere drawn, or that no document may hold.
func unseen(r rune) bool {
	return !unicode.IsPrint(r) && !strings.ContainsRune(" \t\r\n\u00a0", r) || r == unicode.ReplacementChar
}

var escape = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;", `"`, "&#34;").Replace

func mi(text string) string    { return "<mi>" + escape(text) + "</mi>" }
func mn(text string) string    { return "<mn>" + escape(text) + "</mn>" }
func mo(text string) string    { return "<mo>" + escape(text) + "</mo>" }
func mtext(text string) string { return "<mtext>" + escape(text) + "</mtext>" }
func mrow(body string) string  { return "<mrow>" + body + "</mrow>" }

// rigid is a fence or sign that keeps its size beside tall things.
func rigid(text string) string { return `<mo stretchy="false">` + escape(text) + "</mo>" }

// upright is a word or letter that stands straight: a function, a chemical element.
func upright(text string) string {
	if len([]rune(text)) == 1 {
		return `<mi mathvariant="normal">` + escape(text) + "</mi>"
	}
	return mi(text)
}

func wrap(tag string, parts ...string) string {
	return "<" + tag + ">" + strings.Join(parts, "") + "</" + tag + ">"
}
