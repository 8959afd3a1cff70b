package bank

import (
	"cmp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"thaw/questions"
	"thaw/questions/grade"
)

// Dated lists the facts that have a date, by when it begins.
func (c Contents) Dated() []Fact {
	var dated []Fact
	for _, f := range c.Facts {
		if _, _, ok := grade.Begins(f.When); ok {
			dated = append(dated, f)
		}
	}
	slices.SortStableFunc(dated, func(a, b Fact) int {
		first, _, _ := grade.Begins(a.When)
		second, _, _ := grade.Begins(b.When)
		return cmp.Compare(first, second)
	})
	return dated
}

// Names returns the slug of the section's first passage that names an entity: by its name,
// one of its spellings, or, of a person, the last part of the name.
func (s Section) Names(e questions.Entity) (slug string, ok bool) {
	forms := append([]string{e.Name}, e.Spellings...)
	if parts := strings.Fields(e.Name); e.Kind == "person" && len(parts) > 1 {
		forms = append(forms, parts[len(parts)-1])
	}
	for _, p := range s.Passages {
		for _, form := range forms {
			if says(p.Text, form) {
				return p.Slug, true
			}
		}
	}
	return "", false
}

// says tells whether a text has a name in it that is no part of a longer word.
func says(text, name string) bool {
	for rest := text; name != ""; {
		before, after, ok := strings.Cut(rest, name)
		if !ok {
			return false
		}
		last, _ := utf8.DecodeLastRuneInString(before)
		next, _ := utf8.DecodeRuneInString(after)
		if !joins(last) && !joins(next) {
			return true
		}
		rest = after
	}
	return false
}

// joins tells what makes a name a part of a longer word: Marx is not in Karl-Marx-Allee.
func joins(r rune) bool { return unicode.IsLetter(r) || r == '-' }
