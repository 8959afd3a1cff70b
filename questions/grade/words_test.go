package grade_test

import (
	"fmt"
	"strings"
	"testing"

	"thaw/questions"
	"thaw/questions/grade"
)

// germanWord writes a number from 1 to 999,999 as a German word.
func germanWord(n int) string {
	units := strings.Fields("- ein zwei drei vier fünf sechs sieben acht neun zehn elf zwölf dreizehn vierzehn fünfzehn sechzehn siebzehn achtzehn neunzehn")
	tens := strings.Fields("- - zwanzig dreißig vierzig fünfzig sechzig siebzig achtzig neunzig")
	switch {
	case n >= 1000 && n%1000 == 0:
		return germanWord(n/1000) + "tausend"
	case n >= 1000:
		return germanWord(n/1000) + "tausend" + germanWord(n%1000)
	case n >= 100 && n%100 == 0:
		return units[n/100] + "hundert"
	case n >= 100:
		return units[n/100] + "hundert" + germanWord(n%100)
	case n >= 20 && n%10 == 0:
		return tens[n/10]
	case n > 20:
		return units[n%10] + "und" + tens[n/10]
	}
	return units[n]
}

// Every German number word is read as its number, also with ue for ü.
func TestGermanNumbers(t *testing.T) {
	for n := 2; n < 1000000; n += 1 + n/40 {
		word := germanWord(n)
		if n%100 == 1 {
			word += "s"
		}
		for _, form := range []string{word, strings.NewReplacer("ü", "ue", "ö", "oe", "ß", "ss").Replace(word), strings.ToUpper(word)} {
			if got := grade.Typed(answers(questions.MatchNumber, fmt.Sprint(n)), questions.Lexicon{}, form); got.Verdict != questions.Right {
				t.Errorf("%s for %d: got %s (%s)", form, n, got.Verdict, got.Reason.Code)
			}
		}
	}
}

// Every German ordinal is read as its number, and as no other.
func TestGermanOrdinals(t *testing.T) {
	irregular := map[int]string{1: "erste", 3: "dritte", 7: "siebte", 8: "achte"}
	for n := 1; n < 200; n++ {
		word := germanWord(n) + "te"
		if n%100 >= 20 || n%100 == 0 {
			word = germanWord(n) + "ste"
		}
		if n < 10 && irregular[n] != "" {
			word = irregular[n]
		}
		if n > 100 && n%100 < 9 && irregular[n%100] != "" {
			continue // einhundertdritte: rare
		}
		for off, want := range map[int]questions.Verdict{0: questions.Right, 1: questions.Wrong} {
			got := grade.Typed(answers(questions.MatchOrdinal, fmt.Sprintf("%dth", n+off)), questions.Lexicon{}, "der "+word)
			if got.Verdict != want {
				t.Errorf("%s for %d: got %s (%s), want %s", word, n+off, got.Verdict, got.Reason.Code, want)
			}
		}
	}
}
