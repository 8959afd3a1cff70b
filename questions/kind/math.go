package kind

import (
	"bytes"
	"errors"
	"strings"
	"unicode/utf8"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/renderer"
	gm "github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"

	"thaw/questions"
	"thaw/questions/tex"
)

// formula is mathematics in a text, as TeX.
type formula struct {
	ast.BaseInline
	source  string // without its dollars
	display bool   // between two dollars: on a line of its own
}

var formulaKind = ast.NewNodeKind("Formula")

// Kind is for goldmark.
func (f *formula) Kind() ast.NodeKind { return formulaKind }

// Dump is for goldmark.
func (f *formula) Dump(source []byte, level int) { ast.DumpHelper(f, source, level, nil, nil) }

// written is the formula as it stands in the text.
func (f *formula) written() string {
	if f.display {
		return "$$" + f.source + "$$"
	}
	return "$" + f.source + "$"
}

// dollars reads formulas. As in Pandoc, a single dollar opens only before what is no
// space, and closes only behind what is no space and before what is no digit, so that
// prices stay prices.
type dollars struct{}

// Trigger is for goldmark.
func (dollars) Trigger() []byte { return []byte{'$'} }

// Parse reads a formula up to its closing dollars, on this line or a later one of the
// paragraph; without them nothing is read.
func (dollars) Parse(_ ast.Node, block gm.Reader, _ parser.Context) ast.Node {
	start, at := block.Position()
	line, _ := block.PeekLine()
	mark := "$"
	if bytes.HasPrefix(line, []byte("$$")) {
		mark = "$$"
	}
	block.Advance(len(mark))
	var source strings.Builder
	for end := goesOn; end != isNone; block.AdvanceLine() {
		line, _ := block.PeekLine()
		if line == nil {
			break
		}
		if end = closing(source.String(), string(line), mark); end >= 0 {
			source.Write(line[:end])
			block.Advance(end + len(mark))
			return &formula{source: source.String(), display: mark == "$$"}
		}
		source.Write(line)
	}
	block.SetPosition(start, at)
	return nil
}

// What a line says about the end of a formula.
const (
	goesOn = -1 // it goes on
	isNone = -2 // this is no formula
)

// closing is where in a line a formula ends, of which some stands before. A dollar that
// cannot close says that none was opened.
func closing(before, line, mark string) int {
	for i := 0; i < len(line); i++ {
		switch {
		case line[i] == '\\':
			i++
		case !strings.HasPrefix(line[i:], mark):
		case closes(before+line[:i], line[i+len(mark):], mark):
			return i
		default:
			return isNone
		}
	}
	return goesOn
}

func closes(inside, after, mark string) bool {
	if mark == "$$" {
		return inside != ""
	}
	priced := after != "" && after[0] >= '0' && after[0] <= '9'
	return inside != "" && strings.TrimSpace(inside) == inside && !priced
}

// formulas draws formulas, or says them in a line of signs, for where no markup can
// stand.
type formulas struct{ said bool }

// RegisterFuncs is for goldmark.
func (f formulas) RegisterFuncs(r renderer.NodeRendererFuncRegisterer) {
	r.Register(formulaKind, f.draw)
}

// narrow is how many signs of a formula fit on the smallest screen in any size.
const narrow = 16

// draw writes MathML, what may be wide for a screen in a box that scrolls. A formula that
// cannot be drawn stands there as it was written.
func (f formulas) draw(w util.BufWriter, _ []byte, n ast.Node, entering bool) (ast.WalkStatus, error) {
	if !entering {
		return ast.WalkContinue, nil
	}
	m := n.(*formula)
	drawn, err := tex.MathML(m.source, m.display)
	markup := drawn.Markup
	switch {
	case err != nil:
		markup = "<code>" + templEscape(m.written()) + "</code>"
	case f.said:
		markup = templEscape(drawn.Said)
	case utf8.RuneCountInString(drawn.Said) > narrow && m.display:
		markup = `<span class="formula" tabindex="0">` + markup + "</span>"
	case utf8.RuneCountInString(drawn.Said) > narrow:
		markup = `<span class="formula is-inline" tabindex="0">` + markup + "</span>"
	}
	_, err = w.WriteString(markup)
	return ast.WalkSkipChildren, err
}

// checkFormulas finds the formulas of a text that cannot be drawn.
func checkFormulas(p place, written string) []questions.Problem {
	if !strings.Contains(written, "$") {
		return nil
	}
	var found []questions.Problem
	doc := markdown.Parser().Parse(gm.NewReader([]byte(written)))
	_ = ast.Walk(doc, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if m, ok := n.(*formula); ok && entering {
			found = append(found, m.check(p)...)
		}
		return ast.WalkContinue, nil
	})
	return found
}

func (f *formula) check(p place) []questions.Problem {
	var bad *tex.Error
	_, err := tex.MathML(f.source, f.display)
	switch {
	case !errors.As(err, &bad):
		return nil
	case strings.Contains(f.source, slot):
		return []questions.Problem{p.problem("problem.tex_gap", "", strings.ReplaceAll(f.written(), slot, elided))}
	}
	return []questions.Problem{p.problem("problem.tex_"+bad.Code, bad.At, f.written())}
}

// checkDrawn finds the formulas of answers that cannot be drawn, of a kind whose answers
// are Markdown.
func checkDrawn(v questions.Version, places []place) []questions.Problem {
	var found []questions.Problem
	for i, a := range v.Answers {
		found = append(found, checkFormulas(places[i], a.Text)...)
	}
	return found
}
