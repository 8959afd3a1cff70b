package questions

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Fold returns the text as it is compared: without case, diacritics and
// surplus blanks, Cyrillic in Latin letters, quotes and dashes as their plain
// forms. Composed and decomposed Unicode give the same text, and folding twice
// changes nothing.
func Fold(s string) string {
	if folded, ok := foldASCII(s); ok {
		return folded
	}
	if folded, ok := foldKnown(s); ok {
		return folded
	}
	s = norm.NFC.String(strings.ToValidUTF8(s, "")) // of signs that are one: the Greek oxia is this accent
	s = strings.ReplaceAll(s, "´", "'")             // its compatibility form is a blank
	var b strings.Builder
	for _, r := range norm.NFKC.String(s) {
		b.WriteString(foldRune(unicode.ToLower(r)))
	}
	var plain strings.Builder
	for _, r := range norm.NFKD.String(b.String()) {
		if !unicode.In(r, unicode.Mn, unicode.Me, unicode.Cf) {
			plain.WriteString(foldRune(unicode.ToLower(r)))
		}
	}
	return strings.Join(strings.Fields(plain.String()), " ")
}

// foldASCII folds a text of plain ASCII letters, which most are, quickly.
func foldASCII(s string) (string, bool) {
	upper, blanks := false, false
	for i := 0; i < len(s); i++ {
		c := s[i]
		if c >= utf8.RuneSelf || c == '`' {
			return "", false
		}
		upper = upper || ('A' <= c && c <= 'Z')
		blanks = blanks || c <= ' '
	}
	if upper {
		s = strings.ToLower(s)
	}
	if blanks {
		s = strings.Join(strings.Fields(s), " ")
	}
	return s, true
}

// foldKnown folds a text of ASCII and of letters and marks of the table, which
// need no Unicode normalising.
func foldKnown(s string) (string, bool) {
	plain := make([]byte, 0, len(s))
	for _, r := range s {
		r = unicode.ToLower(r)
		if known, ok := foldings[r]; ok {
			plain = append(plain, known...)
			continue
		}
		if r >= utf8.RuneSelf {
			return "", false
		}
		plain = append(plain, byte(r)) // #nosec G115 -- ASCII
	}
	return strings.Join(strings.Fields(string(plain)), " "), true
}

func foldRune(r rune) string {
	if plain, ok := foldings[r]; ok {
		return plain
	}
	return string(r)
}

// foldings holds what a lower-case rune becomes. Cyrillic follows the English
// tables (BGN/PCGN) without apostrophes for the signs.
var foldings = map[rune]string{
	'а': "a", 'б': "b", 'в': "v", 'г': "g", 'д': "d", 'е': "e", 'ё': "yo",
	'ж': "zh", 'з': "z", 'и': "i", 'й': "y", 'к': "k", 'л': "l", 'м': "m",
	'н': "n", 'о': "o", 'п': "p", 'р': "r", 'с': "s", 'т': "t", 'у': "u",
	'ф': "f", 'х': "kh", 'ц': "ts", 'ч': "ch", 'ш': "sh", 'щ': "shch",
	'ъ': "", 'ы': "y", 'ь': "", 'э': "e", 'ю': "yu", 'я': "ya",
	'і': "i", 'ї': "yi", 'є': "ye", 'ґ': "g", 'ў': "u", 'ј': "j", 'љ': "lj",
	'њ': "nj", 'ћ': "c", 'ђ': "dj", 'џ': "dz", 'ѣ': "e", 'ѳ': "f",
	'ß': "ss", 'æ': "ae", 'œ': "oe", 'ø': "o", 'ł': "l", 'đ': "d", 'ð': "d",
	'þ': "th", 'ı': "i", 'ŋ': "n", 'ħ': "h",
	'‘': "'", '’': "'", '‚': "'", '‛': "'", 'ʼ': "'", 'ʹ': "'", '′': "'",
	'`': "'", '“': "\"", '”': "\"", '„': "\"", '«': "\"", '»': "\"",
	'‹': "'", '›': "'", '″': "\"",
	'‐': "-", '‑': "-", '‒': "-", '–': "-", '—': "-", '―': "-", '−': "-",
	'⁄': "/",
}
