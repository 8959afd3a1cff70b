package web

import (
	"slices"
	"strings"

	"thaw/questions"
	"thaw/questions/kind"
	"thaw/views/text"
)

// line is the first line of the verdict, in the words of the kind if it has some,
// and the key as it stands there. What is a sentence or half of one is quoted, so
// that the line can be read.
func (s shown) line(marks []questions.Mark, words kind.Words) (line, key string) {
	m := kind.Sum(s.version, marks)
	key, said := words.Key, shortened(words.Given)
	area := "verdict.line."
	switch {
	case s.clause(key) || s.clause(said):
		area = "verdict.clause."
	default:
		key, said = s.inside(key), s.inside(said)
	}
	if own := "verdict." + s.version.Kind + "."; text.Has(own + string(m.Verdict)) {
		right, all := kind.Right(s.version, marks)
		return s.say(own+string(m.Verdict), key, said, right, all), key
	}
	if m.Verdict == questions.Wrong && unsaid(m, said) {
		return s.say("verdict.nothing", key), key
	}
	return s.say(area+string(m.Verdict), key, said), key
}

// unsaid tells that no answer was given, in words or without.
func unsaid(m questions.Mark, said string) bool {
	return said == "" || m.Reason.Code == "reason.dont_know"
}

// longestLine is how many letters of an answer stand in the verdict's line; the
// whole of it stands above.
const longestLine = 60

func shortened(said string) string {
	if letters := []rune(said); len(letters) > longestLine {
		return strings.TrimSpace(string(letters[:longestLine])) + "…"
	}
	return said
}

// articles begin what can stand in a sentence as it is, however long.
var articles = []string{"The", "A", "An"}

// openers are the small words with which an option begins and which inside a
// sentence are written small.
var openers = append([]string{"It", "He", "She", "They", "By", "To", "In", "On", "At", "For", "Because", "That", "His", "Its", "Their", "From", "With"}, articles...)

// phrase is how many words make a phrase; more of them are a clause.
const phrase = 4

// clause tells whether a text is too much of a sentence to stand in one.
func (s shown) clause(option string) bool {
	words := strings.Fields(option)
	return len(words) > phrase && (!s.english() || !slices.Contains(articles, words[0]))
}

// inside makes the texts of options fit into a sentence.
func (s shown) inside(options string) string {
	if !s.english() {
		return options
	}
	list := strings.Split(options, "; ")
	for i, option := range list {
		first, rest, _ := strings.Cut(option, " ")
		if rest != "" && slices.Contains(openers, first) {
			list[i] = strings.ToLower(first) + " " + rest
		}
	}
	return strings.Join(list, "; ")
}

func (s shown) english() bool { return strings.HasPrefix(s.version.Lang, "en") }
