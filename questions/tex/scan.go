package tex

import (
	"strings"
	"unicode"
)

// parser reads a formula from the left to the right. After its first error it sees
// only the end.
type parser struct {
	src   []rune
	at    int
	depth int
	err   *Error
}

// fail keeps the first error, and goes to the end.
func (p *parser) fail(code, at string) string {
	if p.err == nil {
		p.err = &Error{Code: code, At: at}
	}
	p.at = len(p.src)
	return ""
}

func (p *parser) spaces() {
	for p.at < len(p.src) && unicode.IsSpace(p.src[p.at]) {
		p.at++
	}
}

// peek is the next token: a command with its backslash, or one character; "" is the
// end.
func (p *parser) peek() string {
	p.spaces()
	return p.token(p.at)
}

func (p *parser) token(at int) string {
	if at >= len(p.src) {
		return ""
	}
	end := at + 1
	if p.src[at] == '\\' && end < len(p.src) {
		end++
		for letter(p.src[at+1]) && end < len(p.src) && letter(p.src[end]) {
			end++
		}
	}
	return string(p.src[at:end])
}

func letter(r rune) bool { return r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' }

// next takes the next token.
func (p *parser) next() string {
	t := p.peek()
	p.at += len([]rune(t))
	return t
}

// takes takes the next token if it is this one.
func (p *parser) takes(token string) bool {
	if p.peek() != token {
		return false
	}
	p.next()
	return true
}

// raw takes the text of a group in braces as it stands, for a command that reads no
// mathematics.
func (p *parser) raw(of string) string {
	if !p.takes("{") {
		return p.fail("missing", of)
	}
	start, open := p.at, 1
	for ; p.at < len(p.src); p.at++ {
		switch p.src[p.at] {
		case '\\':
			p.at++
		case '{':
			open++
		case '}':
			open--
		}
		if open == 0 {
			p.at++
			return string(p.src[start : p.at-1])
		}
	}
	return p.fail("brace", "{")
}

// plain is the text of a group without the backslashes of its escaped signs.
func plain(text string) string {
	for _, sign := range []string{"$", "%", "&", "#", "_", "{", "}"} {
		text = strings.ReplaceAll(text, `\`+sign, sign)
	}
	return text
}

// number takes digits with their point; a comma in braces is one as well.
func (p *parser) number(first string) string {
	text := first
	for p.at < len(p.src) {
		rest := string(p.src[p.at:min(p.at+4, len(p.src))])
		switch {
		case digit(rest, 0):
			text, p.at = text+rest[:1], p.at+1
		case rest[0] == '.' && digit(rest, 1):
			text, p.at = text+rest[:2], p.at+2
		case strings.HasPrefix(rest, "{,}") && digit(rest, 3):
			text, p.at = text+","+rest[3:4], p.at+4
		default:
			return mn(text)
		}
	}
	return mn(text)
}

func digit(text string, at int) bool { return at < len(text) && text[at] >= '0' && text[at] <= '9' }
