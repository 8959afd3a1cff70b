package builtin

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// typeset puts the quotation marks of print into the English texts that are
// shown; what is typed and compared stays as it is written.
func (b *Bank) typeset() {
	if b.Lang != "en" {
		return
	}
	set(&b.About)
	for i := range b.Entities {
		set(&b.Entities[i].About)
	}
	for i := range b.Sections {
		for j := range b.Sections[i].Passages {
			set(&b.Sections[i].Passages[j].Text)
		}
	}
	for i, topic := range b.Topics {
		set(&b.Topics[i].About)
		for i := range topic.Facts {
			set(&topic.Facts[i].Text)
		}
		for i := range topic.Questions {
			topic.Questions[i].typeset()
		}
	}
}

func (q *Question) typeset() {
	set(&q.Prompt)
	set(&q.Explain)
	for i := range q.Keys {
		set(&q.Keys[i])
	}
	for i := range q.Wrong {
		set(&q.Wrong[i].Text)
		set(&q.Wrong[i].Why)
	}
	for i := range q.Items {
		set(&q.Items[i].Text)
		set(&q.Items[i].Belongs)
		set(&q.Items[i].Why)
	}
	if q.Kind == Choice || q.Kind == Flash {
		set(&q.Key)
	}
}

func set(text *string) { *text = curled(*text) }

// curled replaces straight quotation marks: one at the beginning of a word
// opens, any other closes.
func curled(text string) string {
	if !strings.ContainsAny(text, `"'`) {
		return text
	}
	var b strings.Builder
	before := ' '
	for i, r := range text {
		after, _ := utf8.DecodeRuneInString(text[i+utf8.RuneLen(r):])
		opens := (unicode.IsSpace(before) || strings.ContainsRune("([–—“‘", before)) && !unicode.IsSpace(after)
		switch {
		case r == '"' && opens:
			r = '“'
		case r == '"':
			r = '”'
		case r == '\'' && opens && !unicode.IsDigit(after):
			r = '‘'
		case r == '\'':
			r = '’'
		}
		b.WriteRune(r)
		before = r
	}
	return b.String()
}
