package grade_test

import (
	"fmt"
	"math"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"thaw/questions"
	"thaw/questions/grade"
)

func TestNumbers(t *testing.T) {
	const right, almost, wrong = questions.Right, questions.Almost, questions.Wrong
	tests := []struct {
		key    string
		slack  float64
		input  string
		want   questions.Verdict
		reason string
	}{
		{"688503", 0, "688503", right, ""},
		{"688503", 0, "688,503", right, ""},
		{"688503", 0, "688.503", right, ""},
		{"688503", 0, "688 503", right, ""},
		{"688503", 0, "688\u202f503", right, ""},
		{"688503", 0, "688'503", right, ""},
		{"688503", 0, "it was 688,503 people.", right, ""},
		{"688,503", 0, "six hundred and eighty-eight thousand five hundred and three", right, ""},
		{"688,503", 0, "688 thousand 503", right, ""},
		{"688503", 0, "not 688,503", wrong, "reason.negated"},
		{"688503", 0, "688,503 or 688,504", wrong, "reason.two_answers"},
		{"688503", 0, "more than 688,503", almost, "reason.bound"},
		{"688503", 0, "690 000", almost, "reason.number_near_high"},
		{"688503", 0, "0,69 Mio.", almost, "reason.number_near_high"},
		{"688503", 0, "680k", almost, "reason.number_near_low"},
		{"688503", 0, "6,885,030", wrong, "reason.number_size"},
		{"688503", 0, "600,000", wrong, "reason.number_low"},
		{"688503", 0, "700,000 people more or less", almost, ""},
		{"688503", 0, "many", wrong, "reason.not_a_number"},
		{"688503", 0, "1.2.3", wrong, "reason.not_a_number"},
		{"688503", 0, "-688503", wrong, "reason.number_low"},
		{"688503", 0, "", wrong, "reason.empty"},
		{"688503", 0, "no idea", wrong, "reason.dont_know"},
		{"1.9 million", 0, "1.9m", right, ""},
		{"1.9 million", 0, "1,9 Millionen", right, ""},
		{"1.9 million", 0, "1900000", right, ""},
		{"1.9 million", 0, "1.9e6", right, ""},
		{"1.9 million", 0, "1.9 × 10⁶", right, ""},
		{"1.9 million", 0, "nineteen hundred thousand", right, ""},
		{"1.9 million", 0, "1 million 900 thousand", right, ""},
		{"1.9 million", 0, "1,9 миллиона", right, ""},
		{"1.9 million", 0, "1.9", wrong, "reason.number_size"},
		{"500000", 0, "half a million", right, ""},
		{"750000", 0, "three quarters of a million", right, ""},
		{"250000", 0, "a quarter of a million", right, ""},
		{"2500000", 0, "two and a half million", right, ""},
		{"1000000000", 0, "a thousand million", right, ""},
		{"24", 0, "two dozen", right, ""},
		{"22", 0, "22nd", right, ""},
		{"22", 0, "the twenty-second", right, ""},
		{"22", 0, "XXII", right, ""},
		{"22", 0, "XXII.", right, ""},
		{"22", 0, "the XXII congress", right, ""},
		{"22", 0, "XX or XXII", wrong, ""},
		{"22", 0, "IIXX", wrong, "reason.not_a_number"},
		{"22", 0, "No. 22", right, ""},
		{"22", 0, "21", wrong, "reason.number_low"},
		{"22", 0, "22 October", right, ""},
		{"22", 0, "22 October 1961", wrong, "reason.two_answers"},
		{"8.5", .5, "8", right, ""},
		{"8.5", .5, "9", right, ""},
		{"8.5", .5, "eight and a half years", right, ""},
		{"8.5", .5, "8½", right, ""},
		{"8.5", .5, "8 1/2", right, ""},
		{"8.5", .5, "8 or 9", right, ""},
		{"8.5", .5, "between 8 and 9", right, ""},
		{"8.5", .5, "8–9 years", right, ""},
		{"8.5", .5, "7-9", wrong, "reason.two_answers"},
		{"8.5", .5, "7.9", almost, "reason.number_near_low"},
		{"8.5", .5, "9.18", wrong, "reason.number_high"},
		{"8.5", .5, "8,6", right, ""},
		{"1500", 0, "1.500", right, ""},
		{"1.5", 0, "1.500", right, ""},
		{"1.5", 0, "1,5", right, ""},
		{"1,920.5", 0, "1.920,5", right, ""},
		{"300", 0, "300 K", right, ""},
		{"300", 0, "300m", right, ""},
		{"20", 0, "20 %", right, ""},
		{"-40", 0, "−40 °C", right, ""},
		{"-40", 0, "minus forty", right, ""},
		{"-40", 0, "40", wrong, "reason.number_high"},
		{"0", 0, "zero", right, ""},
		{"2/3", 0, "two thirds", right, ""},
		{"2/3", 0, "zwei Drittel", right, ""},
		{"1/3", 0, "one third of them", right, ""},
		{"33 %", 0, "33 per cent", right, ""},
		{"1500000", 0, "anderthalb Millionen", right, ""},
		{"0", 0, "1", wrong, "reason.number_high"},
	}
	for _, test := range tests {
		list := answers(questions.MatchNumber, test.key)
		list[0].Slack = test.slack
		got := grade.Typed(list, bank, test.input)
		if got.Verdict != test.want || test.reason != "" && got.Reason.Code != test.reason {
			t.Errorf("%q for %s ± %v: got %s (%s), want %s (%s)", test.input, test.key, test.slack, got.Verdict, got.Reason.Code, test.want, test.reason)
		}
	}
}

func TestNumberOfTheBankVetoes(t *testing.T) {
	lex := questions.Lexicon{Entities: []questions.Entity{{ID: 1, Kind: "number", Name: "90000"}, {ID: 2, Kind: "number", Name: "91,000"}, {ID: 3, Kind: "place", Name: "89500"}}}
	list := answers(questions.MatchNumber, "90000")
	for input, want := range map[string]questions.Verdict{"91 000": questions.Wrong, "90,900": questions.Wrong, "90,400": questions.Almost, "89500": questions.Almost, "90,000": questions.Right} {
		got := grade.Typed(list, lex, input)
		if got.Verdict != want {
			t.Errorf("%s: got %s (%s), want %s", input, got.Verdict, got.Reason.Code, want)
		}
		if want == questions.Wrong && (got.Given != 2 || got.Reason.Args[0] != "91,000") {
			t.Errorf("%s: got %+v, want the other number named", input, got)
		}
	}
}

// A reading that is not meant names no other number: 1.92m is no length.
func TestOnlyTheReadingThatIsMeantVetoes(t *testing.T) {
	lex := questions.Lexicon{Entities: []questions.Entity{{ID: 1, Kind: "number", Name: "688,503"}}}
	if got := grade.Typed(answers(questions.MatchNumber, "1920635"), lex, "1.92m"); got.Verdict != questions.Almost || got.Given != 0 {
		t.Errorf("got %s (%s %v), want almost", got.Verdict, got.Reason.Code, got.Reason.Args)
	}
}

func TestForeseenNumber(t *testing.T) {
	list := append(answers(questions.MatchNumber, "90000"), questions.Answer{Part: 1, Match: questions.MatchNumber, Text: "90,500"})
	if got := grade.Typed(list, questions.Lexicon{}, "90.5 thousand"); got.Verdict != questions.Wrong || got.Reason.Code != "reason.foreseen" {
		t.Errorf("got %s (%s), want the foreseen wrong answer", got.Verdict, got.Reason.Code)
	}
}

func TestNumberText(t *testing.T) {
	for in, want := range map[string]string{
		"1920635": "1,920,635", "1,920,635": "1,920,635", "1 920 635": "1,920,635", "90000": "90,000", "1500": "1,500", "999": "999",
		"8.5": "8.5", "1234.5": "1,234.5", "1.920,5": "1,920.5", "-1500": "-1,500", "−40": "-40", "1.9 million": "1.9 million", "ninety": "ninety",
		"20 %": "20 %", "": "", "1.2.3": "1.2.3",
	} {
		if got := grade.NumberText(in); got != want {
			t.Errorf("NumberText(%q) = %q, want %q", in, got, want)
		}
	}
}

// A number is understood in every way in which we would write it.
func TestNumberIsReadAsItIsWritten(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.Int64Range(0, 1e12).Draw(t, "number")
		plain := fmt.Sprint(n)
		text := grade.NumberText(plain)
		for _, form := range []string{plain, text, strings.ReplaceAll(text, ",", " "), strings.ReplaceAll(text, ",", "."), strings.ReplaceAll(text, ",", "'"), "about " + text + " people"} {
			if got := grade.Typed(answers(questions.MatchNumber, plain), questions.Lexicon{}, form); got.Verdict != questions.Right {
				t.Fatalf("%q for %s: got %s (%s), want right", form, plain, got.Verdict, got.Reason.Code)
			}
		}
	})
}

// Beyond the tolerance and two per cent of the key nothing is right or almost.
func TestToleranceHasAnEnd(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		key := rapid.Int64Range(1, 1e9).Draw(t, "key")
		slack := rapid.Int64Range(0, 1e6).Draw(t, "slack")
		given := rapid.Int64Range(max(0, key-2*slack-key/10), key+2*slack+key/10).Draw(t, "given")
		list := answers(questions.MatchNumber, fmt.Sprint(key))
		list[0].Slack = float64(slack)
		got := grade.Typed(list, questions.Lexicon{}, fmt.Sprint(given)).Verdict
		off := math.Abs(float64(given - key))
		want := questions.Wrong
		if off <= float64(slack)+.02*float64(key) {
			want = questions.Almost
		}
		if off <= float64(slack) {
			want = questions.Right
		}
		if got != want {
			t.Fatalf("%d for %d ± %d: got %s, want %s", given, key, slack, got, want)
		}
	})
}

func FuzzNumber(f *testing.F) {
	f.Add("688503", "688,503")
	f.Add("1,9", "half a million and 1.9e308 k m t billion × 10^300")
	fuzz(f, questions.MatchNumber, "688503", "1.9 million")
}
