package tex

import (
	"strings"
	"unicode"
)

// arrows of reactions, the longest first.
var arrows = []struct{ written, sign string }{{"<=>", "⇌"}, {"<->", "↔"}, {"->", "→"}, {"<-", "←"}}

// chemistry reads the formula of \ce: symbols of elements upright, digits behind them
// below, charges above, arrows and plus signs between.
func (p *parser) chemistry() string {
	text := p.raw(`\ce`)
	if strings.TrimSpace(text) == "" {
		return p.fail("missing", `\ce`)
	}
	c := chemist{rest: text}
	for c.rest != "" {
		if !c.step() {
			return p.fail("sign", string([]rune(c.rest)[0]))
		}
	}
	return mrow(c.out.String())
}

type chemist struct {
	rest  string
	out   strings.Builder
	after bool // an element or a bracket stands before: a digit is below it
}

// step reads one thing, and tells whether it could.
func (c *chemist) step() bool {
	for _, a := range arrows {
		if c.cut(a.written) {
			c.put(mo(a.sign), false)
			return true
		}
	}
	switch r := []rune(c.rest)[0]; {
	case unicode.IsSpace(r):
		c.cut(string(r))
		c.after = false
	case letter(r):
		c.element()
	case digit(c.rest, 0):
		c.put(mn(c.digits()), false)
	case strings.ContainsRune("()[]", r):
		c.cut(string(r))
		c.atom(rigid(string(r)), r == ')' || r == ']')
	case r == '+' || r == '=' || r == '-' || r == '.' || r == '*':
		c.cut(string(r))
		c.put(mo(strings.NewReplacer("-", "−", ".", "⋅", "*", "⋅").Replace(string(r))), false)
	default:
		return false
	}
	return true
}

func (c *chemist) cut(prefix string) bool {
	rest, ok := strings.CutPrefix(c.rest, prefix)
	c.rest = rest
	return ok
}

func (c *chemist) put(markup string, after bool) {
	c.out.WriteString(markup)
	c.after = after
}

// element is a capital with the small letters behind it; of small letters alone, each.
func (c *chemist) element() {
	n := 1
	for unicode.IsUpper(rune(c.rest[0])) && n < len(c.rest) && c.rest[n] >= 'a' && c.rest[n] <= 'z' {
		n++
	}
	name := c.rest[:n]
	c.rest = c.rest[n:]
	c.atom(upright(name), true)
}

// atom puts what may have a count below and a charge above.
func (c *chemist) atom(markup string, counted bool) {
	if !counted {
		c.put(markup, false)
		return
	}
	sub, sup := "", ""
	if c.cut("_") || digit(c.rest, 0) {
		sub = mn(c.digits())
	}
	if charge := c.charge(); charge != "" {
		sup = charge
	}
	c.put(attach(markup, sub, sup, ordinary), true)
}

// charge is 2+ or - behind a caret, or a plus or minus at the end of a formula.
func (c *chemist) charge() string {
	marked := c.cut("^")
	braced := marked && c.cut("{")
	count := ""
	if marked {
		count = c.digits()
	}
	sign := ""
	if strings.HasPrefix(c.rest, "+") || strings.HasPrefix(c.rest, "-") && !strings.HasPrefix(c.rest, "->") {
		if marked || ends(c.rest[1:]) {
			sign, c.rest = strings.ReplaceAll(c.rest[:1], "-", "−"), c.rest[1:]
		}
	}
	if braced {
		c.cut("}")
	}
	switch {
	case count != "" && sign != "":
		return mrow(mn(count) + mo(sign))
	case sign != "":
		return mo(sign)
	case count != "":
		return mn(count)
	}
	return ""
}

// ends tells whether a formula ends here: nothing follows, a space, a bracket.
func ends(rest string) bool { return rest == "" || strings.ContainsRune(" )]", rune(rest[0])) }

func (c *chemist) digits() string {
	n := 0
	for digit(c.rest, n) {
		n++
	}
	text := c.rest[:n]
	c.rest = c.rest[n:]
	return text
}
