package bank

import (
	"regexp"
	"strings"

	"github.com/clipperhouse/uax29/v2/sentences"

	"thaw/questions"
)

// Sentences splits a text into its sentences (Unicode Standard Annex 29), those that end
// in an abbreviation joined with what follows.
func Sentences(text string) []string {
	var list []string
	for it := sentences.FromString(strings.Join(strings.Fields(text), " ")); it.Next(); {
		s := strings.TrimSpace(it.Value())
		switch n := len(list); {
		case s == "":
		case n > 0 && shortened.MatchString(list[n-1]):
			list[n-1] += " " + s
		default:
			list = append(list, s)
		}
	}
	return list
}

// shortened finds an abbreviation at the end of what is then no sentence.
var shortened = regexp.MustCompile(`(^|[\s(])(\pL|Dr|Mr|Mrs|Ms|Prof|St|No|Nr|vs|etc|ca|bzw|z\. ?B|e\.g|i\.e|Jr|Sr|Gen|Col|Lt|Jan|Feb|Mar|Apr|Aug|Sept|Oct|Nov|Dec)\.$`)

// has tells whether a text holds a quotation, whatever the blanks, case and markup of
// both.
func has(text, quote string) bool {
	return strings.Contains(loose(text), loose(quote))
}

func loose(text string) string { return questions.Fold(Plain(text)) }
