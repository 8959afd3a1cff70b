package lint

import (
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"thaw/questions"
)

// Words that a stem may have.
const minStem, maxStem = 6, 30

// Rule 2: the stem is a full question of 6 to 30 words; of a truth or a cloze a full
// statement. A flashcard of two languages is no sentence.
func stems(l *linter, q item) {
	if q.stem == "" || q.Kind == questions.Flash && q.Back != "" && q.Back != q.Lang {
		return
	}
	if n := words(q.stem); q.spaced && (n < minStem || n > maxStem) {
		l.say(q, "lint.stem_words", count(n), count(minStem), count(maxStem))
	}
	end := strings.TrimRight(q.stem, "\"'”’)»")
	switch {
	case q.is(questions.Truth, questions.Cloze):
		if !endsWith(end, ".!。।…") {
			l.say(q, "lint.statement")
		}
	case !endsWith(end, "?？;؟।？"):
		l.say(q, "lint.question")
	}
}

func endsWith(text, signs string) bool {
	last, _ := utf8.DecodeLastRuneInString(text)
	return strings.ContainsRune(signs, last)
}

var article = regexp.MustCompile(`(?i)\b(an?) *(?:…|\.\.\.|_+)|\b(an?)[ ?:.…_]*$`)

// Rule 7: grammar does not tell the key, nor does a word that stands in the stem and
// in the key alone. Singular and plural are left to a person: what ends in s is
// not always many.
func cues(l *linter, q item) {
	if found := article.FindStringSubmatch(q.stem); q.english && found != nil {
		l.say(q, "lint.article", strings.ToLower(found[1]+found[2]))
	}
	if !q.said() {
		return
	}
	stem := bare(q.stem)
	for _, key := range q.keys {
		if text := bare(key.Text); text != "" && holds(stem, text) {
			l.say(q, "lint.stem_has_key", key.Text)
		} else if word := q.echo(key); word != "" {
			l.say(q, "lint.echo", word)
		}
	}
}

// echo returns a word of the key that stands in the stem and in no wrong option.
func (q item) echo(key questions.Answer) string {
	if q.Kind != questions.Choice {
		return ""
	}
	wrong := ""
	for _, w := range q.wrong {
		wrong += " " + bare(w.Text)
	}
	stem := strings.Fields(bare(q.stem))
	for _, word := range strings.Fields(bare(key.Text)) {
		same := func(w string) bool { return beginning(w) == beginning(word) }
		if utf8.RuneCountInString(word) >= 5 && slices.ContainsFunc(stem, same) && !strings.Contains(wrong, beginning(word)) {
			return word
		}
	}
	return ""
}

// beginning are the first five letters of a word, so that its forms are one.
func beginning(word string) string {
	letters := []rune(word)
	return string(letters[:min(len(letters), 5)])
}

var (
	catchAlls  = regexp.MustCompile(`(?i)^(all|none|both|neither|any) of (the (above|others?|options|answers)|these|them|those)\b|\b(all|none|both|any)( the)? above\b`)
	negations  = regexp.MustCompile(`\b(not|except)\b|n['’]t\b`)
	contrasts  = regexp.MustCompile(`\bnot (just|merely|yet)\b`)
	capitals   = regexp.MustCompile(`\b(NOT|EXCEPT)\b`)
	absolutely = regexp.MustCompile(`(?i)\b(always|never|only|usually)\b`)
)

// Rule 8, of one question: a NOT stands in capitals, and no option is all or none of
// the others. What is quoted is as it was said, and not yet denies little.
func negatives(l *linter, q item) {
	if !q.english {
		return
	}
	if word := negations.FindString(contrasts.ReplaceAllString(quoted.ReplaceAllString(q.stem, ""), "")); word != "" {
		l.say(q, "lint.negative", word)
	}
	for _, a := range q.Answers {
		if word := catchAlls.FindString(a.Text); word != "" {
			l.say(q, "lint.catch_all", word)
		}
	}
}

// Rule 9: stems and answers have no absolutes: few things are so, and who knows it
// knows the key.
func absolutes(l *linter, q item) {
	if !q.english {
		return
	}
	texts := []string{q.stem}
	for _, a := range q.Answers {
		texts = append(texts, a.Text)
	}
	for _, text := range texts {
		if word := absolutely.FindString(quoted.ReplaceAllString(text, "")); word != "" {
			l.say(q, "lint.absolute", word)
			return
		}
	}
}
