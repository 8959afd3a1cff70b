package people

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/cases"
	"golang.org/x/text/unicode/norm"

	"thaw/app/fault"
)

// longestName is in letters.
const longestName = 40

// Fold makes names that a person would take for the same one equal: by case,
// blanks and the width of letters.
func Fold(name string) string {
	return strings.Join(strings.Fields(cases.Fold().String(norm.NFKC.String(name))), " ")
}

// cleanName trims a name and says what is wrong with it.
func cleanName(name string) (string, []fault.Field) {
	name = strings.Join(strings.Fields(norm.NFC.String(name)), " ")
	n := utf8.RuneCountInString(name)
	switch {
	case n == 0:
		return "", []fault.Field{{Name: "name", Key: "people.name_empty"}}
	case n > longestName:
		return "", []fault.Field{{Name: "name", Key: "people.name_long", Args: []any{longestName}}}
	case !utf8.ValidString(name) || strings.ContainsFunc(name, unprintable):
		return "", []fault.Field{{Name: "name", Key: "people.name_signs"}}
	}
	return name, nil
}

func unprintable(r rune) bool { return !unicode.IsPrint(r) || r == utf8.RuneError }
