package grade

import (
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"thaw/questions"
)

// item is one word, number or mark of a date.
type item struct {
	role    role
	value   int
	digits  int  // how many a number was written with; 0 for words
	ordinal bool // 25th
	plural  bool // 1950s
	short   bool // '67
	roman   bool
	spaced  bool // a dash with a blank before it
	letter  int  // of an I or V that may be a word: its value as a number
	mended  [2]string
}

// scan cuts a text into the items of a date.
func scan(text string) []item {
	s := eras.Replace(questions.Fold(text))
	var items []item
	for i := 0; i < len(s); {
		switch {
		case isDigit(s[i]) && run(s[i:], isDigit) == 8:
			items, i = append(items, scanBasic(s[i:i+8])...), i+8
		case isDigit(s[i]):
			it, n := scanNumber(s[i:])
			it.short = i > 0 && s[i-1] == '\''
			items, i = append(items, it), i+n
		case isWordByte(s[i]):
			n := run(s[i:], isWordByte)
			items, i = scanWord(items, s[i:i+n]), i+n
		default:
			items = scanMark(items, s, i)
			i++
		}
	}
	return resolve(joinNumbers(items))
}

// scanBasic reads ISO's basic form: 17890714.
func scanBasic(s string) []item {
	var items []item
	for _, part := range []string{s[:4], s[4:6], s[6:]} {
		value, _ := digits(part, len(part))
		items = append(items, item{role: number, value: value, digits: len(part)})
	}
	return items
}

func isDigit(c byte) bool    { return c >= '0' && c <= '9' }
func isWordByte(c byte) bool { return c >= 'a' && c <= 'z' || c >= 0x80 }

func run(s string, is func(byte) bool) int {
	n := 0
	for n < len(s) && is(s[n]) {
		n++
	}
	return n
}

func scanMark(items []item, s string, i int) []item {
	spaced := i > 0 && s[i-1] == ' ' || i+1 < len(s) && s[i+1] == ' '
	switch s[i] {
	case '-':
		return append(items, item{role: dash, spaced: spaced})
	case '/':
		return append(items, item{role: slash, spaced: spaced})
	case '\n', ' ', ',', '.', ';', ':', '\'', '"', '(', ')', '?', '!', '~':
		return items
	}
	return append(items, item{role: unknown})
}

// scanNumber reads a number with its ending: 25th, 1950s, 1950's, 1950er.
func scanNumber(s string) (item, int) {
	n := run(s, isDigit)
	if n > 4 {
		return item{role: unknown}, n
	}
	value, _ := strconv.Atoi(s[:n])
	it := item{role: number, value: value, digits: n}
	skip := 0
	if n < len(s) && (s[n] == '\'' || s[n] == '-') {
		skip = 1
	}
	end := s[n+skip : n+skip+run(s[n+skip:], isWordByte)]
	if !it.takeEnding(end) {
		return it, n
	}
	if skip > 0 && s[n] == '-' && end == "e" && value%10 == 0 {
		it.plural, it.ordinal = true, false // Russian 20-е
	}
	return it, n + skip + len(end)
}

func (it *item) takeEnding(end string) bool {
	switch end {
	case "st", "nd", "rd", "th", "go", "ogo", "eme", "o", "oe", "oye":
		it.ordinal = true
	case "s", "ies", "kh", "ye":
		it.plural = true
	case "er":
		it.plural = it.value >= 20 && it.value%10 == 0
		it.ordinal = !it.plural
	case "e", "y":
		it.plural = it.value > 31 && it.value%10 == 0
		it.ordinal = !it.plural
	default:
		return false
	}
	return true
}

// scanWord adds what a word means; a word that means nothing is unknown, which
// makes the whole text no date.
func scanWord(items []item, w string) []item {
	if afterNumber(items) && (w == "c" || w == "v" || w == "st") {
		return append(items, item{role: hundred})
	}
	if value, ok := numberWord(w); ok {
		return append(items, value)
	}
	if value, ok := romanWord(w); ok && w != "v" && w != "i" {
		return append(items, item{role: number, value: value, roman: true, ordinal: true})
	}
	if it, ok := dateWords[w]; ok {
		if w == "i" || w == "v" {
			it.letter = romanNumbers[w]
		}
		return append(items, it)
	}
	if value, ok := romanNumbers[w]; ok {
		return append(items, item{role: number, value: value, roman: true, ordinal: true})
	}
	if value, isOrdinal, ok := otherNumberWord(w); ok {
		return append(items, item{role: number, value: value, ordinal: isOrdinal})
	}
	if year, ok := roman(w); ok && len(w) > 3 && year >= 1000 {
		return append(items, item{role: number, value: int(year), digits: 4})
	}
	return append(items, misspelt(w))
}

// afterNumber tells whether the last item may be the number of a century.
func afterNumber(items []item) bool {
	if len(items) == 0 {
		return false
	}
	last := items[len(items)-1]
	return last.role == number && (last.ordinal || last.roman)
}

func romanWord(w string) (int, bool) {
	for _, end := range []string{"", "e", "eme", "th"} {
		if value, ok := romanNumbers[strings.TrimSuffix(w, end)]; ok && strings.HasSuffix(w, end) {
			return value, true
		}
	}
	return 0, false
}

// numberWord reads an English number word; digits stays 0, so that it is told
// from a written number.
func numberWord(w string) (item, bool) {
	if v, ok := units[w]; ok {
		return item{role: number, value: v}, true
	}
	if v, ok := tens[w]; ok {
		return item{role: number, value: v}, true
	}
	if v, ok := ordinals[w]; ok {
		return item{role: number, value: v, ordinal: true}, true
	}
	switch w {
	case "hundred":
		return item{role: number, value: 100}, true
	case "thousand":
		return item{role: number, value: 1000}, true
	}
	return item{}, false
}

// misspelt finds the one month or season that a word nearly spells.
func misspelt(w string) item {
	found := item{role: unknown}
	if len(w) < 5 {
		return found
	}
	for _, name := range longNames {
		if how, _ := compare(word{text: name.folded}, word{text: w}); how > slip {
			continue
		}
		near := dateWords[name.folded]
		if found.role != unknown && (near.role != found.role || near.value != found.value) {
			return item{role: unknown}
		}
		if found.role == unknown {
			found = near
			found.mended = [2]string{name.text, w}
		}
	}
	if n, ok := misspeltOrdinal(word{text: w, raw: w}); ok && found.role == unknown && len(w) > 5 && len(n.maybe) == 1 {
		return item{role: number, value: n.value, ordinal: true, mended: [2]string{n.maybe[0], w}}
	}
	return found
}

// longName is a month or season whose name is long enough to be misspelt.
type longName struct{ text, folded string }

var longNames = newLongNames()

func newLongNames() []longName {
	var names []longName
	for _, list := range append(append([]string{}, monthWords[:]...), seasonWords[:]...) {
		for i, name := range strings.Fields(list) {
			if length := utf8.RuneCountInString(name); length < 4 || i > 0 && length < 5 {
				continue
			}
			first, n := utf8.DecodeRuneInString(name)
			names = append(names, longName{string(unicode.ToUpper(first)) + name[n:], questions.Fold(name)})
		}
	}
	return names
}

// joinNumbers makes one number of number words that follow each other:
// nineteen sixty-seven, twenty-fifth, nineteen hundred and five.
func joinNumbers(items []item) []item {
	joined := make([]item, 0, len(items))
	for i := 0; i < len(items); i++ {
		it := items[i]
		if !spelledOut(it) {
			joined = append(joined, it)
			continue
		}
		for {
			next, at := nextWord(items, i+1, it)
			sum, ok := joinTwo(it, next)
			if !ok {
				break
			}
			it, i = sum, at
		}
		joined = append(joined, it)
	}
	return joined
}

func spelledOut(it item) bool { return it.role == number && it.digits == 0 && !it.roman }

// nextWord returns the number word that follows, over a dash or an "and".
func nextWord(items []item, from int, before item) (item, int) {
	for i := from; i < len(items); i++ {
		skipped := items[i].role == dash || items[i].role == andWord && before.value%100 == 0
		if !skipped {
			return items[i], i
		}
	}
	return item{}, 0
}

// joinTwo joins a number with the number word behind it.
func joinTwo(a, b item) (item, bool) {
	if b.role == decadeName && a.value >= 10 && a.value <= 20 && !a.ordinal {
		return item{role: number, value: a.value*100 + b.value, digits: 4, plural: true}, true
	}
	if !spelledOut(b) || a.ordinal {
		return item{}, false
	}
	sum := item{role: number, ordinal: b.ordinal}
	switch {
	case b.value >= 100:
		if a.value == 0 || a.value >= b.value {
			return item{}, false
		}
		sum.value = a.value * b.value
	case a.value%100 == 0 && a.value > 0, a.value%10 == 0 && a.value%100 >= 20 && b.value < 10 && b.value > 0:
		sum.value = a.value + b.value
	case a.value >= 10 && a.value <= 20 && b.value >= 10, a.value >= 1000 && a.value%100 == 0 && b.value < 10:
		sum.value = a.value*100 + b.value
	default:
		return item{}, false
	}
	return sum, true
}

// resolve drops what says nothing and gives number words their digits.
func resolve(items []item) []item {
	kept := make([]item, 0, len(items))
	for i, it := range items {
		if it.letter > 0 && counts(items, i) {
			it = item{role: number, value: it.letter, roman: true, ordinal: true}
		}
		if it.role == filler || it.role == andWord && !hasRole(items, betweenWord) && (it.letter > 0 || touching(items, i)) {
			continue
		}
		if spelledOut(it) {
			it.digits = len(strconv.Itoa(it.value))
		}
		kept = append(kept, it)
	}
	return kept
}

// counts tells that a lone I or V is the number of a century.
func counts(items []item, i int) bool {
	return i+1 < len(items) && items[i+1].role == hundred || i > 0 && items[i-1].role == hundred
}

// touching tells that an "and" stands at an end, where it joins nothing.
func touching(items []item, i int) bool { return i == 0 || i == len(items)-1 }

func hasRole(items []item, r role) bool {
	for _, it := range items {
		if it.role == r {
			return true
		}
	}
	return false
}
