// Package gift reads and writes questions as GIFT, the plain text format of Moodle, by
// the rules of Moodle 4.5's importer.
//
// What GIFT has no sign for stands in tags of ours that begin with "thaw:", which go
// through Moodle and back: how an answer is compared (thaw:person), the level, languages,
// a draft, options in a fixed order. A flashcard is a question with a short answer, or an
// essay whose back is the general feedback; the tag thaw:flash makes it a card again. A
// text with one gap is a missing word. Pictures and sounds stand in the text itself, as
// data. Texts with more gaps, and things to put in order, have no form in GIFT.
package gift

import (
	"regexp"
	"strings"

	"thaw/questions/format/bundle"
	"thaw/questions/format/charset"
)

// Limits: bytes of a file, and of a question with its pictures.
const (
	most  = 10 << 20
	large = 4 << 20
)

// ours begins the tags that say what GIFT cannot.
const ours = "thaw:"

// Each escaped sign is held by a character that no text has, until the text is parted.
const (
	escapable = `\:#={}~n`
	holding   = "\uE010\uE011\uE012\uE013\uE014\uE015\uE016\uE017"
)

// hold replaces escaped signs; any other backslash stays.
func hold(text string) string {
	var b strings.Builder
	for i := 0; i < len(text); i++ {
		if text[i] == '\\' && i+1 < len(text) {
			if held, ok := holders[text[i+1]]; ok {
				b.WriteString(held)
				i++
				continue
			}
		}
		b.WriteByte(text[i])
	}
	return b.String()
}

// holders are the characters that hold signs.
var holders = func() map[byte]string {
	held := map[byte]string{}
	for i, c := range []byte(escapable) {
		held[c] = string([]rune(holding)[i])
	}
	return held
}()

// clean takes out the characters that hold signs.
func clean(text string) string {
	return strings.Map(func(r rune) rune {
		if strings.ContainsRune(holding, r) {
			return -1
		}
		return r
	}, text)
}

// free puts the signs back that were held.
func free(text string) string { return freed.Replace(text) }

var freed = func() *strings.Replacer {
	var pairs []string
	for c, held := range holders {
		sign := string(c)
		if c == 'n' {
			sign = "\n"
		}
		pairs = append(pairs, held, sign)
	}
	return strings.NewReplacer(pairs...)
}()

// escape writes a text so that it is read as it is.
func escape(text string) string { return escaped.Replace(text) }

var escaped = strings.NewReplacer(`\`, `\\`, ":", `\:`, "#", `\#`, "=", `\=`, "{", `\{`, "}", `\}`, "~", `\~`, "\n", `\n`)

var (
	category = regexp.MustCompile(`(?m)^\s*\$CATEGORY:`)
	named    = regexp.MustCompile(`(?m)^\s*::[^\n]+::`)
	answered = regexp.MustCompile(`(?s)[^{}\\]\{\s*(?:[=~#][^{}]+|T|F|TRUE|FALSE)[^{}]*[^\\{}]?\}`)
)

// Sniff looks for categories and for answers in braces.
func Sniff(in bundle.Input) int {
	head := in.Head(32 << 10)
	if charset.Binary(head) {
		return 0
	}
	text, _ := charset.Decode(head)
	if strings.HasPrefix(strings.TrimSpace(text), "<") {
		return 0
	}
	found := answered.MatchString(text)
	switch {
	case category.MatchString(text):
		return 95
	case found && named.MatchString(text):
		return 90
	case found:
		return 70
	}
	return 0
}
