package plain

import (
	"regexp"
	"strings"
)

// Signs that part a line. Between words they part it; behind a backslash they are text.
const (
	equals = "="
	back   = "::"
	both   = ":::" // a card in both directions
	arrow  = "->"
	why    = ">>"
	or     = "|" // within words as well
	comma  = "," // of tags, within words as well
)

// word is what a sign between words may be.
var word = regexp.MustCompile(`[^ \t\n]+`)

// guard puts a backslash before each of the signs that stand in a text, so that they
// are read as text.
func guard(text string, signs ...string) string {
	return word.ReplaceAllStringFunc(text, func(w string) string {
		for _, sign := range signs {
			if strings.TrimLeft(w, `\`) == sign {
				return `\` + w
			}
		}
		return w
	})
}

// unguard takes that backslash away again.
func unguard(text string, signs ...string) string {
	if !strings.Contains(text, `\`) {
		return text
	}
	return word.ReplaceAllStringFunc(text, func(w string) string {
		for _, sign := range signs {
			if strings.HasPrefix(w, `\`) && strings.TrimLeft(w, `\`) == sign {
				return w[1:]
			}
		}
		return w
	})
}

// cut parts a text at the first of a sign.
func cut(text, sign string) (before, after string, ok bool) {
	for _, at := range word.FindAllStringIndex(text, -1) {
		if text[at[0]:at[1]] == sign {
			return strings.TrimSpace(text[:at[0]]), strings.TrimSpace(text[at[1]:]), true
		}
	}
	return strings.TrimSpace(text), "", false
}

// has tells whether a sign stands between the words of a text.
func has(text, sign string) bool {
	if !strings.Contains(text, sign) {
		return false
	}
	_, _, ok := cut(text, sign)
	return ok
}

// guardIn puts a backslash before a sign of one character wherever it stands.
func guardIn(text, sign string) string { return strings.ReplaceAll(text, sign, `\`+sign) }

// split parts a text at a sign of one character wherever it stands without a backslash.
func split(text, sign string) []string {
	var parts []string
	part := ""
	for {
		before, after, ok := strings.Cut(text, sign)
		switch {
		case ok && strings.HasSuffix(before, `\`):
			part += before[:len(before)-1] + sign
		default:
			parts = append(parts, strings.TrimSpace(part+before))
			part = ""
		}
		if !ok {
			return parts
		}
		text = after
	}
}

// asked parts a line into a question and the answer behind it: at the first sign of
// equality behind the end of a sentence, or else at the first.
func asked(line string) (question, answer string, ok bool) {
	if !strings.Contains(line, equals) {
		return "", "", false
	}
	for _, at := range word.FindAllStringIndex(line, -1) {
		if line[at[0]:at[1]] != equals {
			continue
		}
		before := strings.TrimSpace(line[:at[0]])
		if sentence := ends(before); sentence || !ok {
			question, answer, ok = before, strings.TrimSpace(line[at[1]:]), true
			if sentence {
				break
			}
		}
	}
	return question, answer, ok
}

// ends tells whether a text ends like a sentence.
func ends(text string) bool {
	text = strings.TrimRight(text, `"'”’»)*_`)
	return text != "" && strings.ContainsAny(text[len(text)-1:], "?.!:") || strings.HasSuffix(text, "…")
}
