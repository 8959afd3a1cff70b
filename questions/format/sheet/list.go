package sheet

import "strings"

// split parts a list at any of the separators. An element in quotes may have them inside,
// and a quote twice.
func split(cell string, separators ...string) []string {
	var list []string
	for rest := cell; ; {
		text, after, more := element(rest, separators)
		if text != "" {
			list = append(list, text)
		}
		if rest = after; !more {
			return list
		}
	}
}

// element cuts the first element off a list.
func element(list string, separators []string) (text, after string, more bool) {
	if inner, rest, ok := quoted(strings.TrimSpace(list)); ok {
		if rest == "" {
			return inner, "", false
		}
		for _, s := range separators {
			if after, ok := strings.CutPrefix(rest, s); ok {
				return inner, after, true
			}
		}
	}
	for i := range list {
		for _, s := range separators {
			if after, ok := strings.CutPrefix(list[i:], s); ok {
				return strings.TrimSpace(list[:i]), after, true
			}
		}
	}
	return strings.TrimSpace(list), "", false
}

// quoted reads an element in quotes, and what follows it without blanks.
func quoted(list string) (inner, rest string, ok bool) {
	if !strings.HasPrefix(list, `"`) {
		return "", "", false
	}
	var b strings.Builder
	for rest = list[1:]; ; {
		at := strings.IndexByte(rest, '"')
		if at < 0 {
			return "", "", false
		}
		b.WriteString(rest[:at])
		if rest = rest[at+1:]; !strings.HasPrefix(rest, `"`) {
			return b.String(), strings.TrimLeft(rest, " "), true
		}
		b.WriteByte('"')
		rest = rest[1:]
	}
}

// join writes a list that split reads. Elements with one of the marks get quotes.
func join(list []string, separator, marks string) string {
	quoted := make([]string, len(list))
	for i, text := range list {
		quoted[i] = text
		if strings.ContainsAny(text, marks+`"`) || text != strings.TrimSpace(text) {
			quoted[i] = `"` + strings.ReplaceAll(text, `"`, `""`) + `"`
		}
	}
	return strings.Join(quoted, separator)
}

// tags reads tags with commas or semicolons between them, or with blanks where there
// are none of these.
func tags(cell string) []string {
	list := split(cell, ",", ";", "\n")
	if len(list) == 1 && list[0] == strings.TrimSpace(cell) {
		return split(cell, " ", "\t", "\u3000")
	}
	return list
}

// tagCell writes tags for tags to read: one alone may have blanks in it.
func tagCell(list []string) string {
	if len(list) == 1 {
		return join(list, "", ",; \t\u3000\n")
	}
	return join(list, ", ", ",;\n")
}

func topic(cell string) []string { return split(cell, "::") }

func topicCell(list []string) string { return join(list, "::", ":") }

// said puts words into a row for a message.
func said(words []string) string { return strings.Join(words, ", ") }

// beginning is what a person finds a row by.
func beginning(cells []string) string {
	for _, c := range cells {
		if c = strings.Join(strings.Fields(c[:min(len(c), 1000)]), " "); c != "" {
			return cut(c, 80)
		}
	}
	return ""
}

// cut shortens a text to some letters.
func cut(text string, letters int) string {
	n := 0
	for i := range text {
		if n++; n > letters {
			return text[:i] + "…"
		}
	}
	return text
}
