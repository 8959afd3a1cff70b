package kind_test

import (
	"slices"
	"strconv"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"thaw/questions"
	"thaw/questions/kind"
)

// options is a version whose right options are upper case: "ABcd".
func options(letters string) questions.Version {
	v := version(questions.Several, "Which?")
	for _, letter := range letters {
		a := answer(string(letter), "", 0, "")
		if letter < 'a' {
			a.Credit = 1
		}
		v.Answers = append(v.Answers, a)
	}
	return v
}

// mark answers with the letters that are picked.
func mark(t interface{ Fatalf(string, ...any) }, letters, picked string) questions.Mark {
	var r questions.Response
	for _, letter := range picked {
		r = append(r, strconv.Itoa(strings.IndexRune(letters, letter)+1))
	}
	k, _ := kind.Of(questions.Several)
	marks, err := k.Grade(options(letters), questions.Lexicon{}, r)
	if err != nil || len(marks) != 1 {
		t.Fatalf("%s of %s: got %v, %v", picked, letters, marks, err)
	}
	return marks[0]
}

func TestGradeSeveral(t *testing.T) {
	tests := []struct {
		options, picked string
		want            questions.Verdict
		credit          float64
		reason          string
	}{
		{"ABcd", "AB", questions.Right, 1, ""},
		{"ABcd", "BA", questions.Right, 1, ""},
		{"ABcd", "A", questions.Wrong, .5, "reason.found"},
		{"ABcd", "Ac", questions.Wrong, 0, "reason.found_extra"},
		{"ABcd", "ABc", questions.Almost, .5, "reason.one_extra"},
		{"ABcd", "ABcd", questions.Wrong, 0, "reason.found_extra"},
		{"ABcd", "c", questions.Wrong, 0, "reason.found_extra"},
		{"ABc", "ABc", questions.Wrong, 0, "reason.found_extra"},
		{"ABCd", "AB", questions.Almost, .5, "reason.one_missing"},
		{"ABCd", "A", questions.Wrong, 1. / 3, "reason.found"},
		{"ABCd", "ABd", questions.Wrong, 0, "reason.found_extra"},
		{"ABCde", "ABd", questions.Almost, .5, "reason.one_swapped"},
		{"ABCde", "ABCd", questions.Almost, .5, "reason.one_extra"},
		{"ABCde", "ABde", questions.Wrong, 0, "reason.found_extra"},
		{"ABCDEf", "ABC", questions.Wrong, .5, "reason.found"},
		{"Abcd", "A", questions.Right, 1, ""},
		{"Abcd", "Ab", questions.Wrong, .5, "reason.found_extra"},
	}
	for _, test := range tests {
		got := mark(t, test.options, test.picked)
		if got.Verdict != test.want || got.Credit != test.credit || got.Reason.Code != test.reason {
			t.Errorf("%s of %s: got %s, %v (%v), want %s, %v (%s)", test.picked, test.options, got.Verdict, got.Credit, got.Reason, test.want, test.credit, test.reason)
		}
	}
}

func TestSeveralRefusesWhatItsWidgetCannotSend(t *testing.T) {
	k, _ := kind.Of(questions.Several)
	for _, r := range []questions.Response{nil, {}, {"1", "1"}, {"0"}, {"5"}, {"1", "x"}, {"01"}, {"1,2"}, {""}} {
		if marks, err := k.Grade(options("ABcd"), questions.Lexicon{}, r); err == nil {
			t.Errorf("%q: got %v, want ErrResponse", r, marks)
		}
	}
}

// Neither everything nor blind chance earns anything, more knowledge never earns
// less, and full credit takes exactly the right ones.
func TestCreditOfSeveral(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		right, wrong := rapid.IntRange(1, 5).Draw(t, "right"), rapid.IntRange(1, 4).Draw(t, "wrong")
		letters := "ABCDE"[:right] + "fghi"[:wrong]
		picked := rapid.StringMatching("["+letters+"]{1,9}").Draw(t, "picked")
		picked = string(slices.Compact(slices.Sorted(slices.Values([]rune(picked)))))
		got := mark(t, letters, picked)
		if exactly := picked == letters[:right]; (got.Credit == 1) != exactly || (got.Verdict == questions.Right) != exactly {
			t.Fatalf("%s of %s: got %s with %v", picked, letters, got.Verdict, got.Credit)
		}
		if all := mark(t, letters, letters); all.Credit != 0 || all.Verdict != questions.Wrong {
			t.Fatalf("everything of %s: got %s with %v", letters, all.Verdict, all.Credit)
		}
		for i, letter := range letters {
			if i < right && !strings.ContainsRune(picked, letter) {
				if more := mark(t, letters, picked+string(letter)); more.Credit < got.Credit {
					t.Fatalf("%s of %s is worth %v, with %c %v", picked, letters, got.Credit, letter, more.Credit)
				}
			}
			if i >= right && !strings.ContainsRune(picked, letter) {
				if less := mark(t, letters, picked+string(letter)); less.Credit > got.Credit {
					t.Fatalf("%s of %s is worth %v, with the wrong %c %v", picked, letters, got.Credit, letter, less.Credit)
				}
			}
		}
	})
}

func TestSecondTryOfSeveralKeepsTheMarks(t *testing.T) {
	k, _ := kind.Of(questions.Several)
	a := asked(options("ABCd"))
	a.Tried, a.Reason = questions.Response{"1", "2"}, questions.Reason{Code: "reason.one_missing"}
	page := draw(t, k.Ask(a))
	if got := strings.Count(page, " checked"); got != 2 || !strings.Contains(page, "reason.one_missing") || !strings.Contains(page, `aria-describedby="answer-reason answer-hint"`) {
		t.Errorf("got %d marks, want both of the first try, and its reason:\n%s", got, page)
	}
}
