package tex

import (
	"strings"
	"unicode"
)

// manner is how scripts are put at an atom, and what comes after it.
type manner int

const (
	ordinary manner = iota
	limits          // scripts go below and above
	function        // a word that is applied to what follows
	both            // a word whose scripts go below: lim, max
)

func (p *parser) whole() string {
	body := p.row("")
	if t := p.peek(); t != "" {
		return p.fail("brace", t)
	}
	return body
}

// row reads atoms up to what closes it, which stays unread.
func (p *parser) row(closer string) string {
	if p.depth++; p.depth > MaxDepth {
		return p.fail("deep", "")
	}
	defer func() { p.depth-- }()
	var b strings.Builder
	for {
		switch t := p.peek(); t {
		case "", "}", "&", `\\`, `\right`, `\end`, closer:
			return b.String()
		default:
			b.WriteString(p.scripted())
		}
	}
}

// group is a row as one thing.
func (p *parser) group(closer string) string { return mrow(p.row(closer)) }

// argument reads what a command is about: a group, or the next thing alone, of a
// number its first digit.
func (p *parser) argument(of string) string {
	t := p.peek()
	switch {
	case t == "" || t == "}" || t == "&" || t == `\\` || t == `\right` || t == `\end` || t == "^" || t == "_":
		return p.fail("missing", of)
	case digit(t, 0):
		return mn(p.next())
	}
	if p.depth++; p.depth > MaxDepth {
		return p.fail("deep", "")
	}
	defer func() { p.depth-- }()
	markup, _ := p.atom()
	return markup
}

// option reads what stands in brackets behind a command.
func (p *parser) option(of string) (string, bool) {
	if !p.takes("[") {
		return "", false
	}
	markup := p.group("]")
	if !p.takes("]") {
		p.fail("missing", of)
	}
	return markup, true
}

// scripted reads an atom with what stands at its right, below and above.
func (p *parser) scripted() string {
	base, how := mrow(""), ordinary
	if t := p.peek(); t != "^" && t != "_" && t != "'" {
		base, how = p.atom()
	}
	if p.takes(`\limits`) {
		how = limits
	}
	if p.takes(`\nolimits`) {
		how = ordinary
	}
	sub, sup := p.scripts()
	markup := attach(base, sub, sup, how)
	if how == function || how == both {
		markup += p.applied()
	}
	return markup
}

// scripts reads what stands below and above, each once; primes come first above.
func (p *parser) scripts() (sub, sup string) {
	for {
		switch {
		case p.takes("'"):
			mark := "′"
			for p.takes("'") {
				mark += "′"
			}
			if sup != "" {
				return sub, p.fail("missing", "'")
			}
			sup = mo(mark)
			if p.takes("^") {
				sup = mrow(sup + p.argument("^"))
			}
		case sub == "" && p.takes("_"):
			sub = p.argument("_")
		case sup == "" && p.takes("^"):
			sup = p.argument("^")
		case p.peek() == "_" || p.peek() == "^":
			return "", p.fail("missing", p.peek()) // a second one needs braces
		default:
			return sub, sup
		}
	}
}

func attach(base, sub, sup string, how manner) string {
	tags := [3]string{"msub", "msup", "msubsup"}
	if how == limits || how == both {
		tags = [3]string{"munder", "mover", "munderover"}
	}
	switch {
	case sub != "" && sup != "":
		return wrap(tags[2], base, sub, sup)
	case sub != "":
		return wrap(tags[0], base, sub)
	case sup != "":
		return wrap(tags[1], base, sup)
	}
	return base
}

// applied says that a function is applied to what follows, with a little room where no
// bracket makes it.
func (p *parser) applied() string {
	switch p.peek() {
	case "", "}", "&", `\\`, `\right`, `\end`, ",", "+", "-", "=":
		return ""
	case "(", "[", `\left`:
		return mo("\u2061")
	}
	return `<mo rspace="0.167em">` + "\u2061</mo>"
}

// atom reads one thing without its scripts.
func (p *parser) atom() (string, manner) {
	t := p.next()
	switch {
	case t == "{":
		return p.braced(), ordinary
	case strings.HasPrefix(t, `\`):
		return p.command(t)
	case digit(t, 0):
		return p.number(t), ordinary
	}
	return p.sign(t), ordinary
}

func (p *parser) braced() string {
	markup := p.group("")
	if !p.takes("}") {
		return p.fail("brace", "{")
	}
	return markup
}

// sign is a character that stands for itself.
func (p *parser) sign(t string) string {
	r := []rune(t)[0]
	switch {
	case strings.ContainsRune("()[]|/", r):
		return rigid(t)
	case r == '-':
		return mo("−")
	case r == '*':
		return mo("∗")
	case r == '~':
		return mtext("\u00a0")
	case strings.ContainsRune("#$%", r):
		return p.fail("sign", t)
	case unicode.IsLetter(r):
		return mi(t)
	case unicode.IsDigit(r):
		return mn(t)
	}
	return mo(t)
}
