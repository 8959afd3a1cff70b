package kind_test

import (
	"errors"
	"math"
	"strconv"
	"strings"
	"testing"

	"thaw/questions"
	"thaw/questions/kind"
)

// pairs is a matching question of letters: "aA bB cB X", where X belongs to nothing.
func pairs(words string) questions.Version {
	v := version(questions.Match, "What belongs together?")
	n := 0
	for _, word := range strings.Fields(words) {
		if len(word) == 1 {
			v.Answers = append(v.Answers, questions.Answer{Text: word})
			continue
		}
		n++
		v.Answers = append(v.Answers, part(n, answer(word[:1], "", 0, "")), part(n, answer(word[1:], "", 1, "")))
	}
	return v
}

func TestGradeMatch(t *testing.T) {
	tests := []struct {
		key, given string // given: the right sides for the left ones, in their order
		credit     float64
		wrong      string
		sum        string
	}{
		{"aA bB cC", "ABC", 1, "", ""},
		{"aA bB cC", "ACB", 1. / 3, "BC", "1 of 3"},
		{"aA bB cC", "AAA", 1. / 3, "BC", "1 of 3"},
		{"aA bB cC", "BCA", 0, "ABC", "0 of 3"},
		{"aA bB X Y", "AX", .5, "B", "1 of 2"},
		{"aA bB cB", "ABB", 1, "", ""},
		{"aA bB cB", "ABA", 2. / 3, "B", "2 of 3"},
	}
	k, _ := kind.Of(questions.Match)
	for _, test := range tests {
		v := pairs(test.key)
		if got := k.Check(v); len(got) > 0 {
			t.Errorf("%s: unfit: %v", test.key, got)
		}
		for _, shown := range [][]int{nil, {5, 2, 4, 1, 3, 0}} {
			seen := v.In(shown)
			page := draw(t, k.Ask(asked(seen)))
			var r questions.Response
			for _, given := range test.given {
				r = append(r, placeIn(page, string(given)))
			}
			marks, err := k.Grade(seen, questions.Lexicon{}, r)
			if err != nil {
				t.Fatalf("%s as %q of %s: %v", test.given, r, test.key, err)
			}
			sum, wrong := kind.Sum(seen, marks), ""
			for i, m := range marks {
				if m.Part != i+1 || m.Fact != questions.FactID(7+i) {
					t.Errorf("%s of %s: mark %d is of part %d and fact %d", test.given, test.key, i, m.Part, m.Fact)
				}
				if m.Verdict == questions.Wrong {
					wrong += m.Canonical
				}
			}
			if math.Abs(sum.Credit-test.credit) > 1e-12 || wrong != test.wrong || strings.Join(sum.Reason.Args, " of ") != test.sum {
				t.Errorf("%s of %s: credit %v, wrong %q, %v; want %v, %q, %s", test.given, test.key, sum.Credit, wrong, sum.Reason, test.credit, test.wrong, test.sum)
			}
		}
	}
}

// placeIn finds the number that a right side has on the page.
func placeIn(page, text string) string {
	for n := 1; n < 12; n++ {
		if strings.Contains(page, ">"+strconv.Itoa(n)+". "+text+"<") {
			return strconv.Itoa(n)
		}
	}
	return "none"
}

func TestMatchOffersEachTextOnce(t *testing.T) {
	k, _ := kind.Of(questions.Match)
	v := pairs("aA bB cB X")
	if page := draw(t, k.Ask(asked(v))); strings.Count(page, ". B<") != 3 || strings.Contains(page, `value="4"`) {
		t.Errorf("three lists of three are wanted:\n%s", page)
	}
	if got := k.Guess(v); got != 1./3 {
		t.Errorf("Guess is %v, want 1 of 3", got)
	}
}

func TestMatchAsksAgainWhatIsUnfinished(t *testing.T) {
	k, _ := kind.Of(questions.Match)
	v := pairs("aA bB")
	for _, r := range []questions.Response{{"", "1"}, {"", ""}} {
		if _, err := k.Grade(v, questions.Lexicon{}, r); !errors.Is(err, kind.ErrUnfinished) {
			t.Errorf("%q: got %v, want ErrUnfinished", r, err)
		}
	}
	for _, r := range []questions.Response{nil, {"1"}, {"1", "3"}, {"0", "1"}, {"1", "1", "1"}, {"A", "B"}} {
		if _, err := k.Grade(v, questions.Lexicon{}, r); !errors.Is(err, kind.ErrResponse) || errors.Is(err, kind.ErrUnfinished) {
			t.Errorf("%q: got %v, want ErrResponse", r, err)
		}
	}
	a := asked(v)
	a.Given = questions.Response{"", "2"}
	if page := draw(t, k.Ask(a)); strings.Count(page, " selected") != 1 || !strings.Contains(page, `value="2" selected`) {
		t.Errorf("what was chosen is lost:\n%s", page)
	}
}
