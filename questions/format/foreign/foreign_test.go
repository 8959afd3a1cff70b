package foreign_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"thaw/questions"
	"thaw/questions/format/foreign"
)

func TestGuess(t *testing.T) {
	for _, c := range []struct{ texts, want string }{
		{"1956", questions.MatchDate}, {"25 February 1956|25.2.1956", questions.MatchDate}, {"1956|the thaw", questions.MatchTerm},
		{"42", questions.MatchNumber}, {"-3.5|1,436", questions.MatchNumber}, {"four|4", questions.MatchTerm}, {"Moscow", questions.MatchTerm},
		{"5 people", questions.MatchTerm},
	} {
		if got := foreign.Guess(strings.Split(c.texts, "|")); got != c.want {
			t.Errorf("%s: got %s, want %s", c.texts, got, c.want)
		}
	}
	if got := foreign.Guess(nil); got != questions.MatchTerm {
		t.Errorf("nothing: got %s, want a term", got)
	}
}

// answers are texts with their credits, "=" before one that is right.
func answers(list string) []questions.Answer {
	var all []questions.Answer
	for _, text := range strings.Split(list, "|") {
		right, is := strings.CutPrefix(text, "=")
		a := questions.Answer{Part: 1, Text: right}
		if is {
			a.Credit = 1
		}
		all = append(all, a)
	}
	return all
}

func listed(list []questions.Answer) string {
	var all []string
	for _, a := range list {
		all = append(all, fmt.Sprintf("%.0f%s", a.Credit, a.Text))
	}
	return strings.Join(all, "|")
}

func TestTyped(t *testing.T) {
	for _, c := range []struct{ match, in, kept, dropped string }{
		{questions.MatchTerm, "=Blank|=blank|wrong|WRONG", "1Blank|0wrong", ""},
		{questions.MatchDate, "=25 February 1956|=25.2.1956|=1956-02-25|5 March 1953|long ago", "11956-02-25|01953-03-05|0long ago", ""},
		{questions.MatchDate, "=about 1956|=1956|=1956~", "11956~", ""},
		{questions.MatchDate, "=44 BC|=-0043|=whenever", "1-0043", "1whenever"},
		{questions.MatchNumber, "=4|=four|=5|4.0", "14|15", "04.0"},
	} {
		kept, dropped := foreign.Typed(c.match, answers(c.in))
		if listed(kept) != c.kept || listed(dropped) != c.dropped {
			t.Errorf("%s: got %s, dropped %s; want %s, dropped %s", c.in, listed(kept), listed(dropped), c.kept, c.dropped)
		}
		if slices.ContainsFunc(kept, func(a questions.Answer) bool { return a.Match != c.match }) {
			t.Errorf("%s: got %v, want each compared as a %s", c.in, kept, c.match)
		}
	}
}

func TestMediaHaveNamesOfTheirOwn(t *testing.T) {
	var m foreign.Media
	for _, c := range []struct{ name, data, want string }{
		{"image.png", "a", "image.png"}, {"image.png", "b", "image-2.png"}, {"other.png", "a", "image.png"}, {`..\dir/a "b" c.png`, "c", "a-b-c.png"},
		{"", "d", "file"}, {"e\u0301.jpg", "e", "é.jpg"}, {strings.Repeat("я", 100) + ".png", "f", strings.Repeat("я", 35) + ".png"},
	} {
		if got := m.Add(c.name, []byte(c.data)); got != c.want {
			t.Errorf("%q: got %q, want %q", c.name, got, c.want)
		}
	}
	if got, want := m.Inline(`<img src="data:image/jpeg;base64,YWJj"> data:image/png;base64,?`), `<img src="image.jpg"> data:image/png;base64,?`; got != want {
		t.Errorf("inline: got %s, want %s", got, want)
	}
	if n := len(m.List()); n != 7 {
		t.Errorf("got %d files, want 7", n)
	}
}

func TestIsPraise(t *testing.T) {
	for text, want := range map[string]bool{"Yes! That's right!": true, "**Correct!**": true, "Sehr gut.": true, "": false, "Right, it was secret.": false, "Good old Moscow": false} {
		if got := foreign.IsPraise(text); got != want {
			t.Errorf("%q: got %v, want %v", text, got, want)
		}
	}
}
