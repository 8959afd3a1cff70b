package grade

import (
	"math/bits"
	"strings"
	"unicode/utf8"

	"thaw/questions"
)

// letters is the set of the letters of a text that spelling keys leave alone,
// with v, w, f, p as one, i, j, y as one, e, o as one and x as an s. It sorts
// most entities out without folding them.
type letters uint32

// hissing are the letters that stand for one sound together with an h (schtsch,
// tch), so that a word with an h may lack them.
const hissing = letters(1)<<14 | letters(1)<<15

// latinLetters and cyrillicLetters hold the set of one letter.
var latinLetters, cyrillicLetters = newLatinLetters(), newCyrillicLetters()

func newLatinLetters() [256]letters {
	var table [256]letters
	for bit, class := range []string{"a", "b", "d", "g", "l", "m", "n", "q", "r", "u", "z", "vwfp", "ijy", "eo", "sx", "t"} {
		for _, c := range []byte(class) {
			table[c], table[c-'a'+'A'] = 1<<bit, 1<<bit
		}
	}
	return table
}

func newCyrillicLetters() [0x60]letters {
	var table [0x60]letters
	for i := range table {
		for _, c := range []byte(questions.Fold(string(rune(0x400 + i)))) {
			table[i] |= latinLetters[c]
		}
	}
	return table
}

// lettersOf returns the letters of a text, and false when it holds others than
// Latin without diacritics and Cyrillic.
func lettersOf(s string) (letters, bool) {
	var set letters
	for i := 0; i < len(s); {
		if s[i] < utf8.RuneSelf {
			set |= latinLetters[s[i]]
			i++
			continue
		}
		r, n := utf8.DecodeRuneInString(s[i:])
		if r >= 0x400 && r < 0x460 {
			set |= cyrillicLetters[r-0x400]
		}
		if (r < 0x400 || r >= 0x460) && (r < 0x2010 || r > 0x201f) {
			return 0, false
		}
		i += n
	}
	return set, true
}

// sieve sorts out spellings that an input cannot fully agree with.
type sieve struct {
	words []sieveWord
}

type sieveWord struct {
	set     letters
	allowed int // letters that edits may have put in
	least   int // letters that a spelling of it has
}

func newSieve(given []word) sieve {
	var s sieve
	for _, w := range given {
		if small[w.text] || len(w.text) < 2 || patronymic(w.text) || oneOf(w.text, titles) || oneOf(w.text, particles) {
			continue
		}
		set, ok := lettersOf(w.text)
		if !ok {
			return sieve{}
		}
		set = calm(set, w.text)
		right, _ := allowed(len(w.text) + 2)
		s.words = append(s.words, sieveWord{set, right, shortest(w.text)})
	}
	return s
}

// calm leaves the hissing letters out of a word with an h.
func calm(set letters, word string) letters {
	if strings.IndexByte(word, 'h') < 0 {
		return set
	}
	return set &^ hissing
}

// shortest is the length below which nothing agrees with a word; lengthApart
// holds the same numbers.
func shortest(s string) int {
	if strings.IndexByte(s, 'h') < 0 {
		return len(s) - 3
	}
	return len(s) - 7
}

// drops tells that some word of the input is too long for the spelling, or has
// too many letters which it lacks.
func (s sieve) drops(spelling string) bool {
	set, ok := lettersOf(spelling)
	if !ok {
		return false
	}
	for _, w := range s.words {
		if len(spelling) < w.least || bits.OnesCount32(uint32(w.set&^set)) > w.allowed {
			return true
		}
	}
	return false
}
