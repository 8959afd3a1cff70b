package grade

import (
	"math"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"thaw/questions"
)

// digit is one token of a number: what it means, and the values it may have.
type digit struct {
	role   digitRole
	values []float64
}

type digitRole int

const (
	figure   digitRole = iota // written in digits
	unit                      // a word below a hundred
	times                     // hundred, thousand, million
	fraction                  // a half, 1/2
	dashed                    // a dash between two numbers
	negative                  // minus
	ignored                   // and, a
	thing                     // anything else, as a unit of measure
)

// How many readings of one text are followed, and of how many tokens.
const (
	mostReadings = 8
	mostTokens   = 24
)

// readNumbers returns the readings of a text, the English one first; each has
// the numbers that stand there, mostly one. Words beside them, such as a unit,
// say nothing.
func readNumbers(text string) [][]float64 {
	var readings [][]float64
	tokens := slices.DeleteFunc(scanDigits(unhyphen(phrases.Replace(questions.Fold(vulgar.Replace(mixed(text)))))), func(d digit) bool { return d.role >= ignored })
	if len(tokens) > mostTokens {
		return nil
	}
	for _, tokens := range spread(tokens) {
		if numbers := sum(tokens); len(numbers) > 0 {
			readings = append(readings, numbers)
		}
	}
	if len(tokens) == 0 {
		return readRoman(text)
	}
	return readings
}

// unhyphen parts words at hyphens: twenty-second, 22-year.
func unhyphen(s string) string {
	b := []byte(s)
	for i := 1; i+1 < len(b); i++ {
		if b[i] == '-' && isLetter(rune(b[i-1])) && isWordByte(b[i+1]) {
			b[i] = ' '
		}
	}
	return string(b)
}

// vulgar parts fractions and raised figures from what stands before them, which
// folding would run together.
var vulgar = strings.NewReplacer("½", " 1/2", "¼", " 1/4", "¾", " 3/4", "⅓", " 1/3", "⅔", " 2/3",
	"⁰", "^0", "¹", "^1", "²", "^2", "³", "^3", "⁴", "^4", "⁵", "^5", "⁶", "^6", "⁷", "^7", "⁸", "^8", "⁹", "^9")

// phrases are read as one: the cent of per cent is no hundred, the third of one
// third no three.
var phrases = strings.NewReplacer("per cent", "percent", "pour cent", "percent", "por ciento", "percent",
	"one third", "1/3", "one-third", "1/3", "a third of", "1/3 of")

// mixed parts the whole from a fraction whose sign was decomposed: 1½ is 11⁄2
// then.
func mixed(text string) string {
	if !strings.Contains(text, "⁄") {
		return text
	}
	return mixedShape.ReplaceAllString(text, "$1 $2")
}

var mixedShape = regexp.MustCompile(`(\d)(\d⁄\d)`)

// shapes are the tokens of a folded text: figures with their separators, with a
// power of ten or as a fraction; words; a sign.
var shapes = regexp.MustCompile(`(\d+)/(\d+)|((?:\d{1,3}(?:[ '_]\d{3})+(?:[.,]\d+)?|\d+(?:[.,]\d+)*|[.,]\d+))(?:e([+-]?\d{1,3})\b| ?[x*×·] ?10 ?\^ ?(-?\d{1,3}))?|\pL+|[^\s\pL\d]`)

func scanDigits(s string) []digit {
	var tokens []digit
	for _, at := range shapes.FindAllStringSubmatchIndex(s, -1) {
		part := func(n int) string {
			if at[2*n] < 0 {
				return ""
			}
			return s[at[2*n]:at[2*n+1]]
		}
		switch {
		case part(1) != "":
			tokens = append(tokens, slashed(part(1), part(2)))
		case part(3) != "":
			tokens = append(tokens, figures(part(3), part(4)+part(5)))
		default:
			glued := at[0] > 0 && isDigit(s[at[0]-1])
			tokens = append(tokens, scanSign(tokens, part(0), glued))
		}
	}
	return tokens
}

func slashed(over, under string) digit {
	a, _ := strconv.ParseFloat(over, 64)
	b, _ := strconv.ParseFloat(under, 64)
	if b == 0 {
		return digit{role: figure} // no number
	}
	return digit{fraction, []float64{a / b}}
}

// figures reads a number in digits. A text that is none, such as 1.2.3, has no
// value.
func figures(text, power string) digit {
	scale := 1.0
	if power != "" {
		n, _ := strconv.Atoi(power)
		scale = math.Pow(10, float64(n))
	}
	d := digit{role: figure}
	for _, plain := range plainReadings(text) {
		if value, err := strconv.ParseFloat(plain, 64); err == nil {
			d.values = append(d.values, value*scale)
		}
	}
	return d
}

// plainReadings returns what separated digits may mean, with a point for
// decimals and nothing between the thousands; the English reading first.
func plainReadings(text string) []string {
	marked := strings.ContainsAny(text, " '_")
	text = strings.NewReplacer(" ", "", "'", "", "_", "").Replace(text)
	commas, points := strings.Count(text, ","), strings.Count(text, ".")
	asThousands := func(mark string) []string { return thousands(text, mark) }
	asDecimal := func(mark string) string { return strings.Replace(text, mark, ".", 1) }
	switch {
	case commas+points == 0:
		return []string{text}
	case commas > 0 && points > 0:
		return bothMarks(text)
	case commas > 1:
		return asThousands(",")
	case points > 1:
		return asThousands(".")
	case marked:
		return []string{asDecimal(",")}
	case commas == 1:
		return append(asThousands(","), asDecimal(","))
	}
	return append([]string{text}, asThousands(".")...)
}

// thousands reads a mark as standing between groups of three digits.
func thousands(text, mark string) []string {
	groups := strings.Split(text, mark)
	if n := len(groups[0]); n < 1 || n > 3 || groups[0] == "0" {
		return nil
	}
	for _, g := range groups[1:] {
		if len(g) != 3 {
			return nil
		}
	}
	return []string{strings.Join(groups, "")}
}

// bothMarks reads 1,920.5 and 1.920,5: the last mark is the decimal one.
func bothMarks(text string) []string {
	last := strings.LastIndexAny(text, ".,")
	whole, decimals := text[:last], text[last+1:]
	mark := ","
	if text[last] == ',' {
		mark = "."
	}
	if strings.Contains(whole, text[last:last+1]) {
		return nil
	}
	groups := thousands(whole, mark)
	if groups == nil {
		return nil
	}
	return []string{groups[0] + "." + decimals}
}

// plainDigits returns a key that is written in digits alone as plain as
// possible.
func plainDigits(text string) (string, bool) {
	sign := ""
	folded := questions.Fold(text)
	if rest, ok := strings.CutPrefix(folded, "-"); ok {
		sign, folded = "-", strings.TrimSpace(rest)
	}
	found := shapes.FindStringSubmatch(folded)
	if found == nil || found[0] != folded || found[3] != folded {
		return "", false
	}
	readings := plainReadings(folded)
	if len(readings) == 0 {
		return "", false
	}
	return sign + readings[0], true
}

// scanSign reads a word or a sign. A letter glued to figures is a unit or a
// short form: 90k, 1.9m, 22nd.
func scanSign(before []digit, s string, glued bool) digit {
	after := len(before) > 0 && before[len(before)-1].role <= fraction
	if s == "-" && after {
		return digit{role: dashed}
	}
	if s == "-" && !glued {
		return digit{role: negative}
	}
	if d, ok := numberWords[s]; ok {
		return d
	}
	if d, ok := shortScales[s]; ok && (glued || after) {
		return d
	}
	if n, _, ok := otherNumberWord(s); ok && !glued {
		return digit{unit, []float64{float64(n)}}
	}
	if n, ok := halved(s); ok {
		return digit{unit, []float64{n}}
	}
	return digit{role: thing}
}

// halved reads a German number with a half: anderthalb, zweieinhalb.
func halved(s string) (float64, bool) {
	if s == "anderthalb" {
		return 1.5, true
	}
	head, ok := strings.CutSuffix(s, "einhalb")
	n, known := germanUnits[head]
	return float64(n) + .5, ok && known
}

// shortScales count only behind a number, and may be a unit as well.
var shortScales = map[string]digit{
	"k": {times, []float64{1e3, 1}}, "m": {times, []float64{1e6, 1}}, "b": {times, []float64{1e9, 1}}, "t": {times, []float64{1e12, 1e3, 1}},
	"bn": {times, []float64{1e9}}, "mn": {times, []float64{1e6}}, "mill": {times, []float64{1e6}}, "mln": {times, []float64{1e6}}, "mio": {times, []float64{1e6}},
	"mrd": {times, []float64{1e9}}, "mld": {times, []float64{1e9}}, "tsd": {times, []float64{1e3}}, "tys": {times, []float64{1e3}},
}

// numberWords holds the number words of English, and the great numbers in the
// languages of the banks.
var numberWords = newNumberWords()

func newNumberWords() map[string]digit {
	words := map[string]digit{}
	for _, list := range []map[string]int{units, tens, ordinals} {
		for w, value := range list {
			words[w] = digit{unit, []float64{float64(value)}}
		}
	}
	delete(words, "oh")
	add := func(role digitRole, list string, values ...float64) {
		for _, w := range strings.Fields(list) {
			words[questions.Fold(w)] = digit{role, values}
		}
	}
	add(fraction, "half halb halbe demi", .5)
	add(fraction, "quarter", .25)
	add(times, "halves", .5)
	add(times, "quarters viertel", .25)
	add(times, "thirds drittel tiers", 1.0/3)
	add(times, "fifths fünftel", .2)
	add(times, "tenths zehntel", .1)
	add(times, "dozen dutzend douzaine", 12)
	add(times, "hundred hundreds hundredth hundert cent сто", 100)
	add(times, "thousand thousands thousandth tausend mille тысяча тысячи тысяч тыс", 1e3)
	add(times, "mil", 1e3, 1e6)
	add(times, "million millions millionth millionen миллион миллиона миллионов млн millón millones", 1e6)
	add(times, "milliard milliards milliarde milliarden миллиард миллиарда миллиардов млрд", 1e9)
	add(times, "billion billions billionen", 1e9, 1e12)
	add(times, "trillion trillions trillionen", 1e12, 1e18)
	add(negative, "minus negative")
	add(ignored, "and a an und et y и of")
	return words
}

// spread returns the readings of tokens that have several values, the first
// values first.
func spread(tokens []digit) [][]digit {
	readings := [][]digit{nil}
	for _, t := range tokens {
		var next [][]digit
		for i := range max(len(t.values), 1) {
			for _, r := range readings {
				one := t
				if len(t.values) > 0 {
					one.values = t.values[i : i+1]
				}
				next = append(next, append(r[:len(r):len(r)], one))
			}
		}
		readings = next[:min(len(next), mostReadings)]
	}
	return readings
}

// adder sums up tokens. 2 million 500 thousand is a total of groups, each
// multiplied by its scale; what does not go on with a number begins another.
type adder struct {
	done         []float64
	total, group float64
	last         float64 // the last scale, 0 before the first
	word         float64 // the last word's value, so that twenty takes one
	begun        bool
	filled       bool // the group has a value
	minus        bool
}

// sum returns the numbers that tokens with one value each stand for; none if
// one of the figures cannot be read.
func sum(tokens []digit) []float64 {
	var a adder
	for _, t := range tokens {
		if len(t.values) == 0 && t.role == figure {
			return nil
		}
		a.take(t)
	}
	a.flush()
	for _, n := range a.done {
		if math.IsInf(n, 0) {
			return nil
		}
	}
	return a.done
}

func (a *adder) take(t digit) {
	switch t.role {
	case dashed:
		a.flush()
	case negative:
		a.flush()
		a.minus = true
	case figure, unit:
		if a.begun && !a.fits(t) {
			a.flush()
		}
		a.add(t.values[0])
		a.word = t.values[0]
	case fraction:
		a.add(t.values[0])
	case times:
		a.multiply(t.values[0])
	}
}

func (a *adder) flush() {
	value := a.total + a.group
	if a.minus {
		value = -value
	}
	if a.begun {
		*a = adder{done: append(a.done, value)}
	}
}

func (a *adder) add(value float64) {
	a.group += value
	a.begun, a.filled, a.word = true, true, 0
}

// fits tells whether a value goes on with the number that has begun: a unit
// behind tens or hundreds, or a group behind a greater scale.
func (a *adder) fits(t digit) bool {
	value := t.values[0]
	if a.last > 0 && value >= a.last {
		return false
	}
	if !a.filled {
		return true
	}
	tens := a.word >= 20 && a.word < 100 && value > 0 && value < 10
	return t.role == unit && (tens || a.word == 100 && value < 100)
}

func (a *adder) multiply(scale float64) {
	switch {
	case scale == 100:
		a.group, a.filled, a.word = math.Max(a.group, 1)*100, true, 100
	case a.filled:
		a.total, a.group, a.filled, a.last = a.total+a.group*scale, 0, false, scale
	case a.total > 0:
		a.total, a.last = a.total*scale, scale // a thousand million
	default:
		a.total, a.last = scale, scale
	}
	a.begun = true
}

// readRoman reads the one Roman number of two letters or more in a text.
func readRoman(text string) [][]float64 {
	var readings [][]float64
	for _, w := range splitWords(text) {
		if value, ok := roman(w.text); ok {
			readings = append(readings, []float64{value})
		}
	}
	if len(readings) > 1 {
		return nil
	}
	return readings
}

func roman(word string) (float64, bool) {
	if len(word) < 2 || strings.Trim(word, "ivxlcdm") != "" {
		return 0, false
	}
	value, last := 0, 0
	for i := len(word) - 1; i >= 0; i-- {
		n := romanLetters[word[i]]
		if n < last {
			value -= n
			continue
		}
		value, last = value+n, n
	}
	return float64(value), romanText(value) == word
}

var romanLetters = map[byte]int{'i': 1, 'v': 5, 'x': 10, 'l': 50, 'c': 100, 'd': 500, 'm': 1000}

func romanText(n int) string {
	var b strings.Builder
	for _, step := range []struct {
		value int
		text  string
	}{{1000, "m"}, {900, "cm"}, {500, "d"}, {400, "cd"}, {100, "c"}, {90, "xc"}, {50, "l"}, {40, "xl"}, {10, "x"}, {9, "ix"}, {5, "v"}, {4, "iv"}, {1, "i"}} {
		for ; n >= step.value; n -= step.value {
			b.WriteString(step.text)
		}
	}
	return b.String()
}
