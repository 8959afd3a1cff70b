package bank

import (
	"crypto/sha256"
	"encoding/hex"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"thaw/questions"
	"thaw/questions/kind"
)

// sameText is a text as two files may have it: without case, emphasis, escapes and the
// shapes of blanks, quotation marks and dashes. Accents and alphabets stay, since they may
// be what is asked.
func sameText(s string) string {
	var b strings.Builder
	blank, escaped := false, false
	for _, r := range norm.NFC.String(s) {
		switch {
		case unicode.IsSpace(r):
			blank, escaped = b.Len() > 0, false
			continue
		case r == '*' || r == '`' || r == '_':
			escaped = false
			continue
		case r == '\\' && !escaped:
			escaped = true
			continue
		}
		if escaped && (unicode.IsLetter(r) || unicode.IsDigit(r)) {
			b.WriteByte('\\') // of a formula
		}
		if blank {
			b.WriteByte(' ')
		}
		blank, escaped = false, false
		if plain, ok := shapes[r]; ok {
			r = plain
		}
		b.WriteRune(unicode.ToLower(r))
	}
	return b.String()
}

var shapes = map[rune]rune{'‘': '\'', '’': '\'', '‚': '\'', 'ʼ': '\'', '“': '"', '”': '"', '„': '"', '«': '"', '»': '"',
	'‐': '-', '‑': '-', '–': '-', '—': '-', '−': '-', '…': '.'}

// sameKey is the same for two wordings that ask the same in the same way: their kind,
// prompt and answers, whatever is said to them.
func sameKey(v questions.Version) [16]byte {
	lines := make([]string, 0, len(v.Answers)+2)
	for _, a := range v.Answers {
		lines = append(lines, strconv.Itoa(a.Part)+" "+strconv.FormatFloat(a.Credit, 'g', 6, 64)+" "+sameText(a.Text))
	}
	slices.Sort(lines)
	sum := sha256.Sum256([]byte(strings.Join(append(lines, v.Kind, sameText(v.Prompt)), "\n")))
	return [16]byte(sum[:16])
}

// nothingNew tells whether a wording of a file says nothing that the stored one does not:
// what a format has no place for takes nothing away.
func nothingNew(v, stored questions.Version) bool {
	if sameKey(v) != sameKey(stored) || adds(v.Explain, stored.Explain) {
		return false
	}
	said := map[string]string{}
	for _, a := range stored.Answers {
		said[answerKey(a)] = a.Feedback
	}
	return !slices.ContainsFunc(v.Answers, func(a questions.Answer) bool { return adds(a.Feedback, said[answerKey(a)]) })
}

func adds(text, stored string) bool { return text != "" && sameText(text) != sameText(stored) }

func answerKey(a questions.Answer) string { return strconv.Itoa(a.Part) + " " + sameText(a.Text) }

// carryOver is the wording of a file with what its format has no place for, as it was
// stored: how an answer is compared, what is said to it, where it belongs.
func carryOver(v, stored questions.Version) questions.Version {
	for to, from := range map[*string]string{&v.Explain: stored.Explain, &v.Level: stored.Level, &v.Lang: stored.Lang, &v.Back: stored.Back, &v.Quote: stored.Quote} {
		if *to == "" {
			*to = from
		}
	}
	if v.Passage == 0 {
		v.Passage = stored.Passage
	}
	was := map[string]questions.Answer{}
	for _, a := range stored.Answers {
		was[answerKey(a)] = a
	}
	v.Answers = slices.Clone(v.Answers)
	for i, a := range v.Answers {
		old, ok := was[answerKey(a)]
		if a.Fact == 0 {
			v.Answers[i].Fact = factOf(stored, a.Part)
		}
		if !ok || v.Kind != stored.Kind {
			continue
		}
		if a.Feedback == "" {
			v.Answers[i].Feedback = old.Feedback
		}
		if a.Slack == 0 {
			v.Answers[i].Slack = old.Slack
		}
		if a.Match == questions.MatchTerm && old.Match != "" {
			v.Answers[i].Match = old.Match // a file says no more than that it is a text
		}
	}
	return v
}

// shaped is what a slug of ours may be.
var shaped = regexp.MustCompile(`^[\pL\pN][\pL\pN._-]{0,79}$`)

// importSlug is the slug of what has a name for ever in the world that it comes from: that
// name itself, where it can be one.
func importSlug(what, id string) string {
	if shaped.MatchString(id) {
		return id
	}
	return slug(what, id)
}

// contentSlug is the slug of what has no name: it follows from what it says, and of
// repeats in one file from which it is.
func contentSlug(key [16]byte, repeat int) string {
	s := "q-" + hex.EncodeToString(key[:10])
	if repeat > 0 {
		s += "-" + strconv.Itoa(repeat+1)
	}
	return s
}

// promptWords are the words by which two prompts are likened to each other.
func promptWords(v questions.Version) []string {
	words := strings.FieldsFunc(sameText(kind.Line(v)), func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsNumber(r) && !unicode.IsMark(r)
	})
	slices.Sort(words)
	return slices.Compact(words)
}
