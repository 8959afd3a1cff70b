package grade

import "strings"

// germanUnits are the parts of German number words, folded; ae, oe and ue are
// written as a, o and u before.
var germanUnits = map[string]int{
	"null": 0, "ein": 1, "eins": 1, "eine": 1, "zwei": 2, "zwo": 2, "drei": 3, "vier": 4, "funf": 5, "sechs": 6, "sieben": 7,
	"acht": 8, "neun": 9, "zehn": 10, "elf": 11, "zwolf": 12, "dreizehn": 13, "vierzehn": 14, "funfzehn": 15, "sechzehn": 16,
	"siebzehn": 17, "achtzehn": 18, "neunzehn": 19, "zwanzig": 20, "dreissig": 30, "vierzig": 40, "funfzig": 50, "sechzig": 60,
	"siebzig": 70, "achtzig": 80, "neunzig": 90,
}

// germanStems are the ordinals that are not made of their number.
var germanStems = map[string]int{"erst": 1, "dritt": 3, "siebt": 7, "acht": 8}

var germanUmlauts = strings.NewReplacer("fuenf", "funf", "zwoelf", "zwolf")

// german reads a German number word below a million: dreizehn,
// achthundertzweiundsiebzig. An article (ein, eine) is none.
func german(word string) (int, bool) {
	if len(word) < 3 || word == "ein" || word == "eine" {
		return 0, false
	}
	return germanParts(germanUmlauts.Replace(word), 3)
}

func germanParts(s string, depth int) (int, bool) {
	if n, ok := germanUnits[s]; ok || depth == 0 {
		return n, ok
	}
	for _, scale := range []struct {
		word  string
		value int
	}{{"tausend", 1000}, {"hundert", 100}} {
		if left, right, ok := strings.Cut(s, scale.word); ok {
			times, okLeft := germanOr(left, 1, depth)
			rest, okRight := germanOr(strings.TrimPrefix(right, "und"), 0, depth)
			return times*scale.value + rest, okLeft && okRight
		}
	}
	one, ten, ok := strings.Cut(s, "und")
	if !ok {
		return 0, false
	}
	a, b := germanUnits[one], germanUnits[ten]
	return a + b, a > 0 && a < 10 && b >= 20
}

func germanOr(s string, empty, depth int) (int, bool) {
	if s == "" {
		return empty, true
	}
	return germanParts(s, depth-1)
}

// germanOrdinal reads a German ordinal: neunter, zwanzigste,
// fünfunddreißigster.
func germanOrdinal(word string) (int, bool) {
	stem, ended := germanUmlauts.Replace(word), false
	for _, end := range []string{"er", "es", "en", "em", "e"} {
		if stem, ended = strings.CutSuffix(stem, end); ended {
			break
		}
	}
	if n := germanStems[stem]; ended && n > 0 {
		return n, true
	}
	stem, ok := strings.CutSuffix(stem, "t")
	if !ok || !ended {
		return 0, false
	}
	if n, ok := germanParts(stem, 3); ok && n > 0 {
		return n, true
	}
	n, ok := germanParts(strings.TrimSuffix(stem, "s"), 3)
	return n, ok && n > 0
}
