package bank

import (
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"thaw/questions"
)

func TestSearchableFoldsWhatASearchLooksIn(t *testing.T) {
	v := questions.Version{Prompt: "Who gave the *Secret*  Speech?\nSee [there](http://x.example)", Explain: "Хрущёв **did**.",
		Answers: []questions.Answer{{Text: "Nikita Khrushchëv"}, {Text: "1956-02-25", Match: questions.MatchDate}}}
	want := "who gave the secret speech? see there\nnikita khrushchev\n1956-02-25\n25 february 1956\nkhrushchyov did."
	if got := Searchable(v, nil); got != want {
		t.Errorf("got  %q\nwant %q", got, want)
	}
	v.Explain = strings.Repeat("é ", 20000)
	if n := utf8.RuneCountInString(Searchable(v, nil)); n != maxSearchable {
		t.Errorf("%d characters of a long question, want %d", n, maxSearchable)
	}
}

func TestGrams(t *testing.T) {
	for text, want := range map[string]string{
		"":            "",
		"to be":       "",
		"the then":    "hen the",
		"speech":      "ech eec pee spe",
		"зима":        "зим има",
		"a\nb 25.\n%": "25.",
	} {
		if got := strings.Join(Grams(text), " "); got != want {
			t.Errorf("Grams(%q) = %q, want %q", text, got, want)
		}
	}
}

func TestReadTerms(t *testing.T) {
	terms := ReadTerms("  Die  KHRUSHCHËV of 5_% ")
	if want := []string{"die", "khrushchev", "of", "5_%"}; !slices.Equal(terms.Words, want) {
		t.Errorf("words %q, want %q", terms.Words, want)
	}
	if want := []string{"5_%", "die", "hev", "khr", "shc"}; !slices.Equal(terms.Grams, want) {
		t.Errorf("grams %q, want %q", terms.Grams, want)
	}
	many := ReadTerms(strings.Repeat("abcdefgh ijklmnop ", 100) + strings.Repeat("x", 1000))
	if len(many.Words) > maxWords || len(many.Grams) > maxGrams {
		t.Errorf("%d words and %d grams, want at most %d and %d", len(many.Words), len(many.Grams), maxWords, maxGrams)
	}
}

// Every gram that a search wants is one that the question has.
func TestTermsAreGramsOfWhatHoldsThem(t *testing.T) {
	text := questions.Fold("On 25 February 1956 Khrushchev spoke behind closed doors")
	have := Grams(text)
	for _, typed := range []string{"khrushchev", "behind closed", "ebru", "1956", "doors 25"} {
		for _, g := range ReadTerms(typed).Grams {
			if !slices.Contains(have, g) {
				t.Errorf("%q wants %q, which the text has not", typed, g)
			}
		}
	}
}

// show writes marked stretches in brackets.
func show(list []Piece) string {
	var b strings.Builder
	for _, p := range list {
		if p.Marked {
			b.WriteString("[" + p.Text + "]")
		} else {
			b.WriteString(p.Text)
		}
	}
	return b.String()
}

func TestMark(t *testing.T) {
	for _, c := range []struct{ text, words, want string }{
		{"Who gave the speech?", "speech", "Who gave the [speech]?"},
		{"Speech, speeches", "speech", "[Speech], [speech]es"},
		{"Khrushchëv spoke", "khrushchev", "[Khrushchëv] spoke"},
		{"Хрущёв spoke", "khrushch", "[Хрущ]ёв spoke"},
		{"aaaa", "aa", "[aaaa]"},
		{"nothing", "x", "nothing"},
		{"", "x", ""},
		{"<script>", "script", "<[script]>"},
		{"one two", "two one", "[one] [two]"},
		{"straße", "strasse", "[straße]"},
		{"e\u0301te", "ete", "[e\u0301te]"},
	} {
		if got := show(Mark(c.text, strings.Fields(c.words))); got != c.want {
			t.Errorf("Mark(%q, %q) = %q, want %q", c.text, c.words, got, c.want)
		}
	}
}

func TestSnippet(t *testing.T) {
	long := strings.Repeat("before ", 20) + "the speech itself" + strings.Repeat(" after", 20)
	if got, want := show(Snippet(long, []string{"speech"}, 12)), "…before the [speech] itsel…"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	if got := Snippet(long, []string{"nothing"}, 12); got != nil {
		t.Errorf("got %v for what is not there", got)
	}
	if got, want := show(Snippet("a speech", []string{"speech"}, 12)), "a [speech]"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

func FuzzMark(f *testing.F) {
	f.Add("Khrushchëv spoke", "khrushchev")
	f.Add("e\u0301\xffß", "s")
	f.Fuzz(func(t *testing.T, text, typed string) {
		var b strings.Builder
		for _, p := range Mark(text, ReadTerms(typed).Words) {
			b.WriteString(p.Text)
		}
		if b.String() != text {
			t.Errorf("the pieces of %q are %q", text, b.String())
		}
	})
}

func TestPlainLeavesFormulas(t *testing.T) {
	for written, want := range map[string]string{
		"*a* `b`\n[c](/d)": "a b c", `*a* $x^*$ **b**`: `a $x^*$ b`, "$$a * b$$": "$$a * b$$", "$5 and *$6*": "$5 and $6",
	} {
		if got := Plain(written); got != want {
			t.Errorf("%q: got %q, want %q", written, got, want)
		}
	}
}
