package tex

import (
	"strings"
	"unicode"
)

// command reads what belongs to a command.
func (p *parser) command(name string) (string, manner) {
	if s, ok := signs[name]; ok {
		return s.markup, s.manner
	}
	if mark, ok := accents[name]; ok {
		return `<mover accent="true">` + p.argument(name) + rigid(mark) + "</mover>", ordinary
	}
	if s, ok := stretched[name]; ok {
		return wrap(s.tag, p.argument(name), mo(s.mark)), limits
	}
	if letters, ok := alphabets[name]; ok {
		return p.lettered(name, letters), ordinary
	}
	return p.built(name)
}

// built reads a command that puts several things together.
func (p *parser) built(name string) (string, manner) {
	switch name {
	case `\frac`, `\dfrac`, `\tfrac`, `\binom`:
		return p.fraction(name), ordinary
	case `\sqrt`:
		return p.root(), ordinary
	case `\left`:
		return p.fenced(), ordinary
	case `\begin`:
		return p.environment(), ordinary
	case `\text`, `\textrm`, `\mbox`:
		return mtext(strings.ReplaceAll(plain(p.raw(name)), " ", "\u00a0")), ordinary
	case `\mathrm`:
		return p.word(name), ordinary
	case `\operatorname`:
		return p.word(name), function
	case `\ce`:
		return p.chemistry(), ordinary
	case `\overset`, `\underset`, `\stackrel`:
		return p.stacked(name), ordinary
	case `\xrightarrow`, `\xleftarrow`:
		return p.labelled(name), ordinary
	case `\not`:
		return p.negated(), ordinary
	case `\pmod`:
		return mrow(rigid("(") + mi("mod") + `<mspace width="0.333em"/>` + p.argument(name) + rigid(")")), ordinary
	}
	return p.fail("command", name), ordinary
}

func (p *parser) fraction(name string) string {
	over, under := p.argument(name), p.argument(name)
	switch name {
	case `\dfrac`:
		return `<mstyle displaystyle="true">` + wrap("mfrac", over, under) + "</mstyle>"
	case `\tfrac`:
		return `<mstyle displaystyle="false">` + wrap("mfrac", over, under) + "</mstyle>"
	case `\binom`:
		return mrow(mo("(") + `<mfrac linethickness="0">` + over + under + "</mfrac>" + mo(")"))
	}
	return wrap("mfrac", over, under)
}

func (p *parser) root() string {
	if degree, ok := p.option(`\sqrt`); ok {
		return wrap("mroot", p.argument(`\sqrt`), degree)
	}
	return wrap("msqrt", p.argument(`\sqrt`))
}

// fenced reads \left( ... \right), whose brackets grow with what they hold. A point is
// no bracket.
func (p *parser) fenced() string {
	left := p.fence(`\left`)
	body := p.row("")
	if !p.takes(`\right`) {
		return p.fail("missing", `\right`)
	}
	return mrow(left + body + p.fence(`\right`))
}

func (p *parser) fence(of string) string {
	t := p.next()
	if t == "." {
		return ""
	}
	if mark, ok := fences[t]; ok {
		return `<mo stretchy="true">` + escape(mark) + "</mo>"
	}
	return p.fail("missing", of)
}

// word reads letters that are one upright word.
func (p *parser) word(of string) string {
	if p.peek() != "{" {
		return upright(p.next())
	}
	text := strings.TrimSpace(plain(p.raw(of)))
	if text == "" || strings.ContainsAny(text, `\$^_{}`) {
		return p.fail("missing", of)
	}
	return upright(text)
}

// lettered reads letters of another alphabet.
func (p *parser) lettered(name string, letters alphabet) string {
	text := p.next()
	if text == "{" {
		p.at--
		text = p.raw(name)
	}
	var b strings.Builder
	for _, r := range text {
		switch {
		case unicode.IsSpace(r):
		case unicode.IsDigit(r):
			b.WriteString(mn(letters.of(r)))
		case unicode.IsLetter(r):
			b.WriteString(mi(letters.of(r)))
		default:
			return p.fail("sign", string(r))
		}
	}
	return mrow(b.String())
}

func (p *parser) stacked(name string) string {
	mark, base := p.argument(name), p.argument(name)
	if name == `\underset` {
		return wrap("munder", base, mark)
	}
	return wrap("mover", base, mark)
}

// labelled is an arrow with a text above and, in brackets, below.
func (p *parser) labelled(name string) string {
	arrow := mo("→")
	if name == `\xleftarrow` {
		arrow = mo("←")
	}
	if under, ok := p.option(name); ok {
		return wrap("munderover", arrow, under, p.argument(name))
	}
	return wrap("mover", arrow, p.argument(name))
}

// negated is the next sign with a stroke through it.
func (p *parser) negated() string {
	markup := p.argument(`\not`)
	if inner, ok := strings.CutSuffix(markup, "</mo>"); ok {
		return inner + "\u0338</mo>"
	}
	return p.fail("missing", `\not`)
}

// environment reads a table between \begin and \end.
func (p *parser) environment() string {
	name := p.raw(`\begin`)
	e, ok := environments[name]
	if !ok {
		return p.fail("environment", name)
	}
	if name == "array" {
		p.raw("array") // how its columns stand: all are centred
	}
	table := "<mtable" + e.attrs + ">" + p.rows() + "</mtable>"
	if !p.takes(`\end`) || p.raw(`\end`) != name {
		return p.fail("missing", `\end{`+name+"}")
	}
	return mrow(e.left + table + e.right)
}

func (p *parser) rows() string {
	var rows, cells strings.Builder
	for {
		cells.WriteString(wrap("mtd", p.row("")))
		switch {
		case p.takes("&"):
			continue
		case p.takes(`\\`) && p.peek() != `\end`:
		default:
			return rows.String() + wrap("mtr", cells.String())
		}
		rows.WriteString(wrap("mtr", cells.String()))
		cells.Reset()
	}
}
