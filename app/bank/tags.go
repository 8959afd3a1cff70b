package bank

import (
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"thaw/questions"
)

// Bounds of the tags of a question.
const (
	MaxTags = 20
	MaxTag  = 50 // characters
)

// CleanTags are tags as they are kept: without surplus blanks, each once however it is
// written, in their order. A comma within one parts it in two, as in the field where they
// are typed.
func CleanTags(list []string) []string {
	var tags []string
	seen := map[string]bool{"": true}
	for _, tag := range strings.FieldsFunc(strings.Join(list, ","), partsTags) {
		tag = strings.Join(strings.Fields(tag), " ")
		if folded := questions.Fold(tag); !seen[folded] {
			seen[folded] = true
			tags = append(tags, tag)
		}
	}
	return tags
}

// partsTags tells the signs that stand between tags.
func partsTags(r rune) bool { return r == ',' || unicode.IsControl(r) }

// CheckTags says what keeps tags from being kept.
func CheckTags(tags []string) []questions.Problem {
	if len(tags) > MaxTags {
		return []questions.Problem{{Field: "tags", Code: "problem.tags_many", Args: []string{strconv.Itoa(MaxTags)}}}
	}
	for _, tag := range tags {
		if utf8.RuneCountInString(tag) > MaxTag {
			return []questions.Problem{{Field: "tags", Code: "problem.tag_long", Args: []string{strconv.Itoa(MaxTag)}}}
		}
	}
	return nil
}

// SortTags are tags as they are listed: each once, by the alphabet.
func SortTags(tags []string) []string {
	tags = CleanTags(tags)
	slices.SortFunc(tags, func(a, b string) int { return strings.Compare(questions.Fold(a), questions.Fold(b)) })
	return tags
}

// TagSet is tags that are looked for, folded.
type TagSet map[string]bool

// AnyOf looks for questions with any of the tags, and for all where there is none.
func AnyOf(tags []string) TagSet {
	set := TagSet{}
	for _, tag := range CleanTags(tags) {
		set[questions.Fold(tag)] = true
	}
	return set
}

// Has tells whether one of the tags is looked for, or nothing is.
func (s TagSet) Has(tags []string) bool {
	return len(s) == 0 || slices.ContainsFunc(tags, func(tag string) bool { return s[questions.Fold(tag)] })
}

// Tags lists the tags of what can be asked.
func (c Contents) Tags() []string {
	var tags []string
	for _, q := range c.Questions {
		tags = append(tags, q.Tags...)
	}
	return SortTags(tags)
}
