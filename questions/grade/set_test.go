package grade_test

import (
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"thaw/questions"
	"thaw/questions/grade"
)

func TestSets(t *testing.T) {
	const right, slip, almost, wrong = questions.Right, questions.Slip, questions.Almost, questions.Wrong
	three, arrow := "Georgi Malenkov; Lavrentiy Beria; Nikita Khrushchev", "Stalingrad → Volgograd"
	tests := []struct {
		key, input string
		want       questions.Verdict
		reason     string
	}{
		{three, "Malenkov\nBeria\nKhrushchev", right, ""},
		{three, "1) Malenkov 2) Beria 3) Khrushchev", right, ""},
		{three, "I think it was Malenkov, Beria and Khrushchev", right, ""},
		{three, "Malenkov, Beria, Kruschev", slip, "reason.spelled"},
		{three, "Malenkov, Beria, Nikita", almost, "reason.given_name_only"},
		{three, "Malenkov, Beria", almost, "reason.one_missing"},
		{three, "Malenkov, Beria, Zhukov", almost, "reason.one_swapped"},
		{three, "Malenkov, Beria, Khrushchev, Zhukov", almost, "reason.one_extra"},
		{three, "Malenkov, Nikita", wrong, "reason.found"},
		{three, "Malenkov, Zhukov", wrong, "reason.found_extra"},
		{three, "not Malenkov, Beria and Khrushchev", wrong, "reason.negated"},
		{three, "Malenkov or Beria", wrong, "reason.two_answers"},
		{arrow, "Volgograd, formerly Stalingrad", right, ""},
		{arrow, "Volgograd → Stalingrad", wrong, "reason.wrong_order"},
		{"Trinidad and Tobago; Cuba; Haiti", "Cuba, Haiti and Trinidad and Tobago", right, ""},
		{"Poland; Hungary", "Poland", wrong, "reason.found"},
		{"Lenin; Stalin; Khrushchev; Brezhnev", "Lenin, Stalin", wrong, "reason.found"},
		{"Lenin; Stalin; Khrushchev; Brezhnev", "Lenin, Stalin, Brezhnev", almost, "reason.one_missing"},
		{"Soviet Union; United States", "States, Union", almost, "reason.part_missing"},
		{"a; b; c; d; e; f", "a, b, c, d", almost, "reason.found"},
		{"a; b; c; d; e; f", "a, b, c", wrong, "reason.found"},
	}
	for _, test := range tests {
		got := grade.Typed(answers(questions.MatchSet, test.key), questions.Lexicon{}, test.input)
		if got.Verdict != test.want || test.reason != "" && got.Reason.Code != test.reason {
			t.Errorf("%q for %q: got %s (%s %v), want %s (%s)", test.input, test.key, got.Verdict, got.Reason.Code, got.Reason.Args, test.want, test.reason)
		}
	}
}

// A spelling that the bank has for a member counts.
func TestSetKnowsTheBanksSpellings(t *testing.T) {
	if got := typed(questions.MatchSet, "Никита Хрущёв, Lenin", "Nikita Khrushchev; Vladimir Lenin"); got.Verdict != questions.Right {
		t.Errorf("got %s (%s %v), want right", got.Verdict, got.Reason.Code, got.Reason.Args)
	}
}

// The order of a set is free, and that of a row with arrows is not.
func TestOrderOfASet(t *testing.T) {
	all := []string{"Lenin", "Stalin", "Khrushchev", "Brezhnev", "Andropov", "Chernenko", "Gorbachev"}
	marks := []string{", ", "; ", "\n", " and ", " & ", " "}
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(2, len(all)).Draw(t, "members")
		given := slices.Clone(all[:n])
		random := rand.New(rand.NewPCG(rapid.Uint64().Draw(t, "order"), 1)) // #nosec G404 -- an order, no secret
		random.Shuffle(n, func(i, j int) { given[i], given[j] = given[j], given[i] })
		input := strings.Join(given, rapid.SampledFrom(marks).Draw(t, "mark"))
		if got := grade.Typed(answers(questions.MatchSet, strings.Join(all[:n], "; ")), questions.Lexicon{}, input); got.Verdict != questions.Right {
			t.Fatalf("%q: got %s (%s), want right", input, got.Verdict, got.Reason.Code)
		}
		want := questions.Wrong
		if slices.Equal(given, all[:n]) {
			want = questions.Right
		}
		if got := grade.Typed(answers(questions.MatchSet, strings.Join(all[:n], " → ")), questions.Lexicon{}, input); got.Verdict != want {
			t.Fatalf("%q in order: got %s (%s), want %s", input, got.Verdict, got.Reason.Code, want)
		}
	})
}

func TestOrdinals(t *testing.T) {
	tests := []struct {
		input  string
		want   questions.Verdict
		reason string
	}{
		{"XX", questions.Right, ""},
		{"twentyth", questions.Slip, "reason.spelled"},
		{"21st", questions.Wrong, "reason.ordinal_high"},
		{"2nd", questions.Wrong, "reason.ordinal_low"},
		{"22nd", questions.Wrong, "reason.other_entity"},
		{"19th or 20th", questions.Wrong, "reason.two_answers"},
		{"not the 20th", questions.Wrong, "reason.negated"},
		{"Congress", questions.Wrong, "reason.not_a_number"},
		{"20th Party Conference", questions.Wrong, "reason.wrong"},
		{"the XX congress of the CPSU", questions.Right, ""},
	}
	lex := questions.Lexicon{Entities: []questions.Entity{{ID: 7, Kind: questions.MatchOrdinal, Name: "22nd"}}}
	for _, test := range tests {
		got := grade.Typed(answers(questions.MatchOrdinal, "20th", "20th Party Congress"), lex, test.input)
		if got.Verdict != test.want || test.reason != "" && got.Reason.Code != test.reason {
			t.Errorf("%q: got %s (%s %v), want %s (%s)", test.input, got.Verdict, got.Reason.Code, got.Reason.Args, test.want, test.reason)
		}
		if named := test.reason == "reason.other_entity"; named != (got.Given == 7) {
			t.Errorf("%q names entity %d", test.input, got.Given)
		}
	}
	for _, input := range []string{"sixteeth", "sixteenth"} { // the one may also be sixtieth
		if got := typed(questions.MatchOrdinal, input, "16th"); got.Credit != 1 {
			t.Errorf("%q for 16th: got %s (%s)", input, got.Verdict, got.Reason.Code)
		}
	}
}

// A date that can be read in two ways, of which one is almost right, is asked
// back; the second try decides.
func TestAmbiguousDatesAskBack(t *testing.T) {
	tests := []struct {
		key, input string
		want       questions.Verdict
		reason     string
	}{
		{"1956-04-10", "03/04/1956", questions.Almost, "reason.which_date"},
		{"1956-04-10", "04.03.56", questions.Almost, "reason.which_date"},
		{"1956-04-10", "3 April 1956", questions.Almost, "reason.right_month_wrong_day"},
		{"1956-04-10", "4 March 1956", questions.Wrong, "reason.right_year_wrong_month"},
		{"1956-04-10", "04/10/1956", questions.Right, ""},
		{"1956-04-10", "03/05/1956", questions.Wrong, ""},
		{"1956-04-10", "03/04/1955", questions.Wrong, "reason.one_year_off"},
		{"1956-04-10", "13/04/1956", questions.Almost, "reason.right_month_wrong_day"},
		{"1956-02-25", "02/14/1956", questions.Wrong, "reason.other_entity"},
	}
	for _, test := range tests {
		got := typed(questions.MatchDate, test.input, test.key)
		if got.Verdict != test.want || test.reason != "" && got.Reason.Code != test.reason {
			t.Errorf("%q for %q: got %s (%s %v), want %s (%s)", test.input, test.key, got.Verdict, got.Reason.Code, got.Reason.Args, test.want, test.reason)
		}
	}
	if got := typed(questions.MatchDate, "03/04/1956", "1956-04-10").Reason.Args; !slices.Equal(got, []string{"3 April", "4 March"}) {
		t.Errorf("asks for %v", got)
	}
}
