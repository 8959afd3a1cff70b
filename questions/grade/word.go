package grade

import (
	"math/bits"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"thaw/questions"
)

// word is one word of a key or of an input, as it is compared.
type word struct {
	text string // folded
	raw  string // as it was written
	key  string // its spelling key, where it was needed before
	abbr bool   // an abbreviation, which is never fuzzy
	num  bool   // it holds a digit or is a Roman number, which is never fuzzy
	cyr  bool   // it is written in Cyrillic letters
	tied bool   // a hyphen ties it to the word before it
	owns bool   // a possessive 's was dropped
}

// closeness says how well two words agree; the lower, the better.
type closeness int

const (
	same closeness = iota // equal, or equal from another script
	slip                  // a spelling to mend
	near                  // too far to be right, too near to be wrong
	far
)

// negating prefixes turn a word into another one, however few letters they have.
var negating = []string{"de", "re", "in", "im", "un", "non", "anti", "dis", "counter", "pre", "post", "ir", "il", "ex", "mis", "neo", "pro", "under", "over"}

// splitWords cuts a text into folded words. A hyphen parts words, except after a
// negating prefix; a possessive 's is dropped.
func splitWords(s string) []word { return appendWords(make([]word, 0, 6), s) }

// appendWords adds the words of a text to words that stand before them.
func appendWords(words []word, s string) []word {
	s = strings.ToValidUTF8(s, "")
	for s != "" {
		start := strings.IndexFunc(s, isLetter)
		if start < 0 {
			break
		}
		tied := len(words) > 0 && hyphens[s[:start]]
		s = s[start:]
		end := wordEnd(s)
		if w := newWord(s[:end]); w.text != "" {
			w.tied = tied
			words = append(words, w)
		}
		s = s[end:]
	}
	return words
}

// hyphens are the dashes that tie two words when they stand between them alone.
var hyphens = map[string]bool{"-": true, "‐": true, "‑": true, "–": true}

func isLetter(r rune) bool {
	if r < utf8.RuneSelf {
		return 'a' <= r && r <= 'z' || 'A' <= r && r <= 'Z' || '0' <= r && r <= '9'
	}
	return unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r)
}

// wordEnd returns where the word at the start of s ends.
func wordEnd(s string) int {
	for i, r := range s {
		if isLetter(r) || r == '\u00ad' || r == '\u200b' {
			continue
		}
		next, _ := utf8.DecodeRuneInString(s[i+utf8.RuneLen(r):])
		joins := isApostrophe(r) && !elided(s[:i]) || r == '-' && oneOf(questions.Fold(s[:i]), negating)
		if !joins || !isLetter(next) {
			return i
		}
	}
	return len(s)
}

func isApostrophe(r rune) bool {
	return r == '\'' || r == '’' || r == '‘' || r == 'ʼ' || r == '`' || r == '´'
}

// elided tells whether a word is a French article before its apostrophe.
func elided(s string) bool { return s == "l" || s == "L" || s == "d" || s == "D" }

func newWord(raw string) word {
	w := word{text: questions.Fold(raw), raw: raw}
	upper := 0
	for _, r := range raw {
		w.cyr = w.cyr || r >= 0x400 && r < 0x530
		if unicode.IsLower(r) {
			continue
		}
		if unicode.IsUpper(r) {
			upper++
		}
		if unicode.IsDigit(r) {
			w.num = true
		}
	}
	w.abbr = upper >= 2 && upper == utf8.RuneCountInString(raw) && upper <= 6
	w.text, w.owns = strings.CutSuffix(w.text, "'s")
	if strings.ContainsAny(w.text, "'- ") {
		w.text = joints.Replace(w.text)
	}
	w.num = w.num || len(w.text) > 1 && strings.IndexByte("ivx", w.text[0]) >= 0 && romanNumbers[w.text] > 0
	return w
}

// joints stand inside a word and are not compared.
var joints = strings.NewReplacer("'", "", "-", "", " ", "")

func oneOf(s string, list []string) bool {
	for _, item := range list {
		if s == item {
			return true
		}
	}
	return false
}

// compare says how well the word given agrees with the key's word, and by how
// many edits they differ.
func compare(key, given word) (closeness, int) {
	if key.text == given.text {
		return same, 0
	}
	if key.owns && given.text == key.text+"s" || given.owns && key.text == given.text+"s" {
		return slip, 1 // Toms for Tom's
	}
	if key.num || given.num {
		return compareValues(key, given)
	}
	if key.abbr || apart(key.text, given.text) {
		return far, 0
	}
	how, edits := compareSpelling(key, given)
	if how != far && negated(key.text, given.text) {
		return far, 0
	}
	return how, edits
}

// compareValues compares words of which at least one is written in digits: II,
// 2 and second are one.
func compareValues(key, given word) (closeness, int) {
	if key.written() && given.written() {
		return far, 0
	}
	if value := key.value(); value > 0 && value == given.value() {
		return same, 0
	}
	return far, 0
}

// written tells that the word is written in digits, which are exact: 020 is not
// 20.
func (w word) written() bool { return strings.Trim(w.text, "0123456789") == "" }

// value is the whole number that a word stands for, 0 when it is none.
func (w word) value() int {
	for _, known := range []map[string]int{romanNumbers, units, tens, ordinals} {
		if n := known[w.text]; n > 0 {
			return n
		}
	}
	n, err := strconv.Atoi(strings.TrimRight(w.text, "stndrh"))
	if err != nil {
		return 0
	}
	return n
}

func compareSpelling(key, given word) (closeness, int) {
	keySound, givenSound := spell(key.text), given.sound()
	if keySound == givenSound && key.cyr != given.cyr {
		return same, 0
	}
	if keySound == givenSound {
		return slip, 0
	}
	keySound, givenSound = undouble(keySound), undouble(givenSound)
	if keySound == givenSound {
		return slip, 1
	}
	how, edits := band(key.text, given.text)
	if how == slip || keySound == key.text && givenSound == given.text {
		return how, edits
	}
	if strings.HasPrefix(given.text, "jo") && strings.HasPrefix(key.text, "io") { // Jossif, Iosif
		return compare(key, word{text: "i" + given.text[1:], raw: given.raw})
	}
	if heard, e := band(keySound, givenSound); heard < how {
		return heard, e
	}
	return how, edits
}

// apart tells, without counting edits, that two words cannot agree: their
// lengths or their letters differ too much.
func apart(key, given string) bool {
	if lengthApart(key, given) {
		return true
	}
	a, okA := lettersOf(key)
	b, okB := lettersOf(given)
	_, almost := allowed(max(len(key), len(given)))
	return okA && okB && bits.OnesCount32(uint32(calm(a, key)&^b)) > almost
}

// lengthApart tells that one word is longer than edits can mend. Only spellings
// with an h (schtsch for shch) are shortened by more letters.
func lengthApart(a, b string) bool {
	if len(a) < len(b) {
		a, b = b, a
	}
	d := len(a) - len(b)
	return d > 7 || d > 3 && strings.IndexByte(a, 'h') < 0
}

// band holds the distance against what the key's length allows.
func band(key, given string) (closeness, int) {
	length := len(key)
	if length <= 8 && !sameStart(key, given) {
		return far, 0
	}
	right, almost := allowed(length)
	edits := distance(key, given, almost)
	if edits <= right {
		return slip, edits
	}
	if edits <= almost {
		return near, edits
	}
	return far, edits
}

// allowed returns how many edits are right and how many almost.
func allowed(length int) (right, almost int) {
	if length <= 4 {
		return 0, 1
	}
	if length <= 6 {
		return 1, 1
	}
	if length <= 8 {
		return 1, 2
	}
	return 2, 3
}

// sameStart tells whether the first letters agree or are swapped with their
// neighbours.
func sameStart(a, b string) bool {
	if a == "" || b == "" {
		return false
	}
	if a[0] == b[0] {
		return true
	}
	return len(a) > 1 && len(b) > 1 && a[0] == b[1] && a[1] == b[0]
}

// negated tells whether two words differ in a negating prefix rather than in
// their spelling: what follows the prefixes agrees better than the whole.
func negated(a, b string) bool {
	headA, stemA := prefix(a)
	headB, stemB := prefix(b)
	if headA == headB {
		return false
	}
	whole := distance(a, b, 8)
	return opposed(stemA, stemB, whole) || opposed(a, stemB, whole) || opposed(stemA, b, whole)
}

func opposed(a, b string, whole int) bool {
	if len(a) < 4 || len(b) < 4 {
		return false
	}
	right, _ := allowed(len(a))
	edits := distance(a, b, right)
	return edits <= right && edits < whole
}

// prefix parts a word from its negating prefix, the longest that leaves a stem.
func prefix(s string) (head, stem string) {
	for _, p := range negating {
		if len(p) > len(head) && len(s) >= len(p)+4 && strings.HasPrefix(s, p) {
			head = p
		}
	}
	return head, s[len(head):]
}

// spellings are the letters that languages write differently for one sound, the
// longer ones first.
var spellings = strings.NewReplacer(
	"schtsch", "sh", "chtch", "sh", "shtsh", "sh", "shch", "sh", "schch", "sh",
	"tsch", "ch", "tch", "ch", "sch", "sh",
	"kh", "k", "ck", "k", "ph", "f", "w", "v", "x", "ks",
	"yo", "e", "jo", "e", "y", "i", "j", "i",
)

// sound returns the word's spelling key.
func (w word) sound() string {
	if w.key == "" {
		return spell(w.text)
	}
	return w.key
}

// spell returns the spelling key of a folded word. At its beginning ye and je
// are e: Yelena, Jelena, Elena.
func spell(s string) string {
	if len(s) > 4 && (s[0] == 'y' || s[0] == 'j') && s[1] == 'e' {
		s = s[1:]
	}
	for i := range len(s) {
		if c := s[i]; c == 'h' || c == 'w' || c == 'x' || c == 'y' || c == 'j' || c == 'k' && i > 0 && s[i-1] == 'c' {
			return spellings.Replace(s)
		}
	}
	return s // none of the spellings is in it
}

// undouble writes every doubled letter once.
func undouble(s string) string {
	for i := 1; i < len(s); i++ {
		if s[i] == s[i-1] {
			return undoubled(s)
		}
	}
	return s
}

func undoubled(s string) string {
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		if i == 0 || s[i] != s[i-1] {
			b.WriteByte(s[i])
		}
	}
	return b.String()
}

// maxWord is the longest word whose distance is counted, in bytes.
const maxWord = 64

// distance is the optimal string alignment distance of two folded words:
// insertions, deletions, changes and swaps of neighbours. It gives up above
// limit and returns limit+1.
func distance(a, b string, limit int) int {
	if len(a)-len(b) > limit || len(b)-len(a) > limit || len(a) > maxWord || len(b) > maxWord {
		return limit + 1
	}
	var rows [3][maxWord + 1]int
	before, last, row := &rows[0], &rows[1], &rows[2]
	for j := 0; j <= len(b); j++ {
		last[j] = j
	}
	for i := 1; i <= len(a); i++ {
		row[0] = i
		least := i
		for j := 1; j <= len(b); j++ {
			cost := 1
			if a[i-1] == b[j-1] {
				cost = 0
			}
			row[j] = min(last[j]+1, row[j-1]+1, last[j-1]+cost)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				row[j] = min(row[j], before[j-2]+1)
			}
			least = min(least, row[j])
		}
		if least > limit+1 {
			return limit + 1
		}
		before, last, row = last, row, before
	}
	return min(last[len(b)], limit+1)
}
