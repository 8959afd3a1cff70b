// Package foreign has what the formats of other programs share: how an answer that is
// typed there is compared here and the other way round, which pictures a file brings,
// and what is unfinished.
package foreign

import (
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"thaw/questions"
	"thaw/questions/format/bundle"
	"thaw/questions/format/markup"
	"thaw/questions/kind"
)

// Limits of a file and of its questions.
const (
	Most     = 50_000   // questions
	MostText = 60_000   // bytes of one text: what is longer is no question
	AllText  = 16 << 20 // bytes of all texts
)

// Within tells whether a file has no more questions and text than it may have: so far,
// while it is read. Unreadable where it has.
func Within(questions, text int) error {
	switch {
	case questions > Most:
		return bundle.Bad("foreign.many", Most)
	case text > AllText:
		return bundle.Bad("foreign.text", AllText>>20)
	}
	return nil
}

var gaps = regexp.MustCompile(`\{\{\d+\}\}`)

// Titles is the path of a topic by what people call its parts: those that the bundle
// knows have a title, any other is one.
func Titles(b bundle.Bundle, topic []string) []string {
	path := slices.Clone(topic)
	for i, part := range topic {
		for _, t := range b.Topics {
			if t.Slug == part && t.Title != "" {
				path[i] = t.Title
			}
		}
	}
	return path
}

// Opening is the beginning of Markdown as plain text: enough of it for Beginning.
func Opening(source string) string {
	if len(source) > 400 {
		source = strings.ToValidUTF8(source[:400], "")
	}
	return markup.ToText(source)
}

// Beginning is what a person finds a question by: the first words of the first of some
// texts that says anything, on one line. Gaps are elided.
func Beginning(texts ...string) string {
	for _, text := range texts {
		text = gaps.ReplaceAllString(text, "…")
		if text = strings.Join(strings.Fields(text), " "); text != "" {
			return cut(text, 80)
		}
	}
	return ""
}

// cut shortens a text to so many characters.
func cut(text string, most int) string {
	if utf8.RuneCountInString(text) <= most {
		return text
	}
	return strings.TrimSpace(string([]rune(text)[:most-1])) + "…"
}

// Unfinished says what a question lacks that would have to be there in any format; ok is
// false where it lacks nothing. An order has no key and a text with gaps has one for
// each.
func Unfinished(v questions.Version) (why questions.Reason, ok bool) {
	if strings.TrimSpace(v.Prompt) == "" {
		return bundle.Because("foreign.no_prompt"), true
	}
	keys := map[int]int{}
	most := 1
	for _, a := range v.Answers {
		most = max(most, a.Part)
		if a.Credit == 1 && a.Text != "" {
			keys[a.Part]++
		}
	}
	for part := 1; part <= most; part++ {
		if keys[part] == 0 {
			return bundle.Because("foreign.no_key"), true
		}
	}
	if (v.Kind == questions.Choice || v.Kind == questions.Truth) && keys[1] > 1 {
		return bundle.Because("foreign.two_keys"), true
	}
	return questions.Reason{}, false
}

// Extra are the things on the right of a matching question that belong to nothing: as
// many as a question may have, and the texts of those that had to go.
func Extra(list []questions.Answer) (kept []questions.Answer, left []string) {
	for _, a := range list {
		if len(kept) < kind.MaxExtra {
			kept = append(kept, a)
			continue
		}
		left = append(left, a.Text)
	}
	return kept, left
}

var praise = regexp.MustCompile(`(?i)^(?:(?:yes|right|correct|correct answer|right answer|that'?s (?:right|correct)|that is (?:right|correct)|well done|excellent|excellent answer|very good|good|good job|great|ok|okay|indeed|exactly|perfect|congratulations|bravo|ja|richtig|genau|sehr gut|oui|bien|très bien|sí|si|correcto|muy bien|верно|правильно|да)[\s!.,;:]*)+$`)

// IsPraise tells whether what is said to a right answer says just that it is right, which
// a page says anyway.
func IsPraise(text string) bool {
	return len(text) < 100 && praise.MatchString(strings.Trim(text, "*! \n\\"))
}

// Praise moves what is said to right answers to why the key is right, which is said to
// all. What says just that they are right goes, and mere tells that there was such.
func Praise(v *questions.Version, answers []questions.Answer) (mere bool) {
	for i, a := range answers {
		if a.Credit != 1 || a.Feedback == "" {
			continue
		}
		answers[i].Feedback = ""
		switch {
		case IsPraise(a.Feedback):
			mere = true
		case !strings.Contains(v.Explain, a.Feedback):
			v.Explain = strings.TrimSpace(v.Explain + "\n\n" + a.Feedback)
		}
	}
	return mere
}

// Category is the path of a category of Moodle's, without what each of them begins with.
func Category(path string) []string {
	const slash = "\uE003"
	var parts []string
	for _, part := range strings.Split(strings.ReplaceAll(path, "//", slash), "/") {
		if part = strings.TrimSpace(strings.ReplaceAll(part, slash, "/")); part != "" {
			parts = append(parts, part)
		}
	}
	if len(parts) > 0 && strings.HasPrefix(parts[0], "$") && strings.HasSuffix(parts[0], "$") {
		parts = parts[1:]
	}
	if len(parts) > 0 && parts[0] == "top" {
		parts = parts[1:]
	}
	if len(parts) > 0 && strings.HasPrefix(parts[0], "Default for ") {
		parts = parts[1:]
	}
	return parts
}
