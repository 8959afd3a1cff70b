package bank

import (
	"fmt"
	"strings"
	"testing"

	"thaw/questions"
)

func TestDifference(t *testing.T) {
	for _, c := range []struct{ before, after, want string }{
		{"", "", "x: "},
		{"the same words", "the same words", "x: the same words"},
		{"who spoke first", "who spoke last", "x: who spoke [-first-]{+last+}"},
		{"one two three", "one three", "x: one [-two -]three"},
		{"one three", "one two three", "x: one {+two +}three"},
		{"", "all new", "x: {+all new+}"},
		{"all gone", "", "x: [-all gone-]"},
		{"a b c d", "a x c y", "x: a [-b-]{+x+} c [-d-]{+y+}"},
		{"<b>x</b>", "<i>x</i>", "x: <[-b-]{+i+}>x</[-b-]{+i+}>"},
		{"Зима была долгой", "Зима была короткой", "x: Зима была [-долгой-]{+короткой+}"},
		{"line\nbreak", "line break", "x: line[-\n-]{+ +}break"},
	} {
		if got := fmt.Sprint(Changed{"x", Difference(c.before, c.after)}); got != c.want {
			t.Errorf("%q to %q:\n got %s\nwant %s", c.before, c.after, got, c.want)
		}
	}
}

func TestDifferenceOfHugeTextsEnds(t *testing.T) {
	before, after := strings.Repeat("a b ", 20000), strings.Repeat("c d ", 20000)
	got := Difference(before, after)
	if joined(got, Removed) != before || joined(got, Added) != after {
		t.Error("a huge difference loses words")
	}
}

// joined is the text before (with what was removed) or after (with what was added).
func joined(list []Stretch, with How) string {
	var b strings.Builder
	for _, s := range list {
		if s.How == Same || s.How == with {
			b.WriteString(s.Text)
		}
	}
	return b.String()
}

func FuzzDifference(f *testing.F) {
	f.Add("who spoke first", "who spoke last")
	f.Add("a\xff b", " b a")
	f.Fuzz(func(t *testing.T, before, after string) {
		got := Difference(before, after)
		if joined(got, Removed) != before || joined(got, Added) != after {
			t.Errorf("%q to %q: %v holds neither", before, after, got)
		}
	})
}

func TestCompare(t *testing.T) {
	say := func(key string, _ ...any) string { return key }
	before := questions.Version{Prompt: "Who gave the speech?", Explain: "He did.", Level: "remember", Lang: "en", Answers: []questions.Answer{
		{Text: "Nikita Khrushchev", Credit: 1}, {Text: "Malenkov", Feedback: "He had resigned."}, {Text: "Beria"}}}
	after := before
	after.Prompt, after.Fixed = "Who gave the Secret Speech?", true
	after.Answers = []questions.Answer{{Text: "Stalin"}, {Text: "Khrushchev", Credit: 1}, {Text: "Malenkov", Feedback: "He had resigned in 1955."}, {Text: "Beria", Credit: 1}}
	var got []string
	for _, c := range Compare(Lines(before, "The speech", say), Lines(after, "", say)) {
		if !c.Same() {
			got = append(got, c.String())
		}
	}
	want := []string{"prompt: Who gave the [-speech-]{+Secret Speech+}?", "wrong: {+Stalin+}", "right: [-Nikita -]Khrushchev",
		"wrong: Malenkov — He had resigned{+ in 1955+}.", "right: {+Beria+}", "wrong: [-Beria-]", "passage: [-The speech-]", "fixed: {+kind.edit.fixed+}"}
	if strings.Join(got, "\n") != strings.Join(want, "\n") {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
	for _, c := range Compare(Lines(before, "", say), Lines(before, "", say)) {
		if !c.Same() {
			t.Errorf("nothing changed, but %s", c)
		}
	}
}
