package grade_test

import (
	"fmt"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
	"pgregory.net/rapid"

	"thaw/questions"
	"thaw/questions/grade"
)

func typed(match, input string, keys ...string) questions.Mark {
	return grade.Typed(answers(match, keys...), bank, input)
}

func answers(match string, keys ...string) []questions.Answer {
	list := make([]questions.Answer, len(keys))
	for i, key := range keys {
		list[i] = questions.Answer{Part: 1, Fact: 5, Text: key, Match: match, Credit: 1}
	}
	return list
}

// bank is a small lexicon beside every key of these tests.
var bank = questions.Lexicon{Entities: []questions.Entity{
	{ID: 1, Kind: "person", Name: "Georgi Malenkov"},
	{ID: 2, Kind: "person", Name: "Vladimir Lenin"},
	{ID: 3, Kind: "person", Name: "Nikita Khrushchev", Spellings: []string{"Chruschtschow", "Никита Хрущёв"}},
	{ID: 4, Kind: "person", Name: "Georgy Zhukov"},
	{ID: 5, Kind: "place", Name: "Leningrad"},
	{ID: 6, Kind: "place", Name: "Stalingrad"},
	{ID: 7, Kind: "term", Name: "re-Stalinization"},
	{ID: 8, Kind: "place", Name: "Volgograd"},
	{ID: 9, Kind: "date", Name: "1956-02-14"},
}}

func TestNames(t *testing.T) {
	tests := []struct {
		match, key, input string
		want              questions.Verdict
		reason            string
	}{
		{"person", "Nikita Khrushchev", "Nikita Sergeyevich Khrushchev", questions.Right, ""},
		{"person", "Nikita Khrushchev", "Khrushchev, N. S.", questions.Right, ""},
		{"person", "Nikita Khrushchev", "comrade Khrushchev", questions.Right, ""},
		{"person", "Nikita Khrushchev", "Хрущёв", questions.Right, ""},
		{"person", "Nikita Khrushchev", "Никита Сергеевич Хрущев", questions.Right, ""},
		{"person", "Nikita Khrushchev", "Kruschev", questions.Slip, "reason.spelled"},
		{"person", "Nikita Khrushchev", "Nikta Khrushchev", questions.Slip, "reason.spelled"},
		{"person", "P. Jones", "Polly Jones", questions.Right, ""},
		{"person", "Nikita Khrushchev", "Ivan Khrushchev", questions.Almost, "reason.other_given_name"},
		{"person", "Nikita Khrushchev", "Nikita", questions.Almost, "reason.given_name_only"},
		{"person", "Nikita Khrushchev", "Malenkov", questions.Wrong, "reason.other_entity"},
		{"person", "Nikita Khrushchev", "Malenkow", questions.Wrong, "reason.other_entity"},
		{"person", "Nikita Khrushchev", "not Khrushchev", questions.Wrong, "reason.negated"},
		{"person", "Nikita Khrushchev", "Khrushchev or Malenkov", questions.Wrong, "reason.two_answers"},
		{"person", "Nikita Khrushchev", "Khrushchev/Lenin", questions.Wrong, "reason.two_answers"},
		{"person", "Nikita Khrushchev", "Khrushchev or Kruschev", questions.Slip, "reason.spelled"},
		{"person", "Georgi Malenkov", "Georgi", questions.Wrong, "reason.given_name_shared"},
		{"person", "Georgi Malenkov", "G. Malenkov", questions.Right, ""},
		{"person", "Georgi Malenkov", "K. Malenkov", questions.Almost, "reason.other_given_name"},
		{"person", "Nicholas II", "Nicholas II", questions.Right, ""},
		{"person", "Nicholas II", "Nicholas III", questions.Wrong, "reason.wrong"},
		{"person", "Martin McCauley", "Martin Mc Cauley", questions.Right, ""},
		{"place", "Volgograd", "Wolgograd", questions.Slip, "reason.spelled"},
		{"place", "Volgograd", "Stalingrad", questions.Wrong, "reason.other_entity"},
		{"place", "Leningrad", "Leningard", questions.Slip, "reason.spelled"},
		{"place", "Tschad", "Chad", questions.Slip, "reason.spelled"},
		{"place", "Rome", "Roma", questions.Almost, "reason.spelling"},
		{"place", "Karl-Marx-Allee", "Karlmarxallee", questions.Right, ""},
		{"org", "CPSU", "C.P.S.U.", questions.Right, ""},
		{"org", "CPSU", "CPSV", questions.Wrong, "reason.wrong"},
		{"term", "de-Stalinization", "destalinization", questions.Right, ""},
		{"term", "de-Stalinization", "de Stalinisation", questions.Slip, "reason.spelled"},
		{"term", "de-Stalinization", "restalinisation", questions.Wrong, "reason.other_entity"},
		{"term", "de-Stalinization", "Stalinisation", questions.Wrong, ""},
		{"term", "Leningrad Affair", "Leningrad", questions.Almost, "reason.part_missing"},
		{"term", "Article 58", "Article 85", questions.Wrong, "reason.wrong"},
		{"title", "MVD order No 020", "№ 020", questions.Almost, "reason.part_missing"},
		{"title", "MVD order No 020", "MVD order №020", questions.Right, ""},
		{"term", "international", "internationl", questions.Slip, "reason.spelled"},
		{"term", "World War I", "World War One", questions.Right, ""},
		{"term", "World War I", "World War II", questions.Wrong, ""},
		{"term", "World War I", "World War", questions.Almost, "reason.part_missing"},
		{"title", "MVD order No 020", "MVD order No 20", questions.Wrong, ""},
		{"term", "inexpedient", "in expedient", questions.Right, ""},
		{"org", "CPSU", "CPSU (C.P.S.U.)", questions.Right, ""},
		{"place", "Volgograd", "Volgograd, formerly Stalingrad", questions.Right, ""},
		{"person", "Nikita S. Khrushchev", "Sergei Khrushchev", questions.Almost, "reason.other_given_name"},
		{"person", "Nikita S. Khrushchev", "Nikita Sergeyevich Khrushchev", questions.Right, ""},
		{"person", "Daniel Cohn-Bendit", "Bendit", questions.Almost, "reason.part_missing"},
		{"person", "Martin Luther King", "King", questions.Right, ""},
		{"person", "Nicholas II", "Tsar Nicholas 2", questions.Right, ""},
		{"person", "George Orwell", "I'm not sure, but Orwell", questions.Right, ""},
	}
	for _, test := range tests {
		got := typed(test.match, test.input, test.key)
		if got.Verdict != test.want {
			t.Errorf("%q for %q: got %s (%s %v), want %s", test.input, test.key, got.Verdict, got.Reason.Code, got.Reason.Args, test.want)
		}
		if test.reason != "" && got.Reason.Code != test.reason {
			t.Errorf("%q for %q: got reason %s, want %s", test.input, test.key, got.Reason.Code, test.reason)
		}
	}
}

func TestDates(t *testing.T) {
	tests := []struct {
		key, input string
		want       questions.Verdict
		reason     string
	}{
		{"1956-02-25", "25 February 1956", questions.Right, ""},
		{"1956-02-25", "Feb 25, 1956", questions.Right, ""},
		{"1956-02-25", "25.2.1956", questions.Right, ""},
		{"1956-02-25", "02/25/1956", questions.Right, ""},
		{"1956-02-25", "1956-02-25", questions.Right, ""},
		{"1956-02-25", "25 Feb 56", questions.Right, ""},
		{"1956-02-25", "25. Februar 1956", questions.Right, ""},
		{"1956-02-25", "am 25. Februar 1956", questions.Right, ""},
		{"1956-02-25", "25 февраля 1956 года", questions.Right, ""},
		{"1956-02-25", "le 25 février 1956", questions.Right, ""},
		{"1956-02-25", "25 de febrero de 1956", questions.Right, ""},
		{"1956-02-25", "25.II.1956", questions.Right, ""},
		{"1956-02-25", "Saturday, 25th of Feb. '56", questions.Right, ""},
		{"1956-02-25", "the twenty-fifth of February nineteen fifty-six", questions.Right, ""},
		{"1956-02-25", "25 Febuary 1956", questions.Slip, "reason.spelled"},
		{"1956-02-25", "25 February", questions.Almost, "reason.year_missing"},
		{"1956-02-25", "25 1956", questions.Almost, "reason.month_missing"},
		{"1956-02-25", "February 1956", questions.Almost, "reason.day_missing"},
		{"1956-02-25", "1956", questions.Almost, "reason.only_the_year"},
		{"1956-02-25", "1950s", questions.Almost, "reason.too_coarse"},
		{"1956-02-25", "20th century", questions.Almost, "reason.too_coarse"},
		{"1956-02-25", "24 February 1956", questions.Almost, "reason.right_month_wrong_day"},
		{"1956-02-25", "14 February 1956", questions.Wrong, "reason.other_entity"},
		{"1956-02-25", "25 March 1956", questions.Wrong, "reason.right_year_wrong_month"},
		{"1956-02-25", "25 February 1953", questions.Wrong, "reason.year_off"},
		{"1956-02-25", "25 February 1955 or 1956", questions.Wrong, ""},
		{"1956-02-25", "not 25 February 1956", questions.Wrong, "reason.negated"},
		{"1956-02-25", "31 February 1956", questions.Wrong, "reason.not_a_date"},
		{"1956-02-25", "a Saturday in winter", questions.Wrong, ""},
		{"1956-02", "February 1956", questions.Right, ""},
		{"1956-02", "2/1956", questions.Right, ""},
		{"1956-02", "1956-02", questions.Right, ""},
		{"1956-02", "early 1956", questions.Almost, "reason.too_coarse"},
		{"1956-02", "winter 1956", questions.Almost, ""},
		{"1956-02", "late 1956", questions.Wrong, ""},
		{"1956", "around 1956", questions.Right, ""},
		{"1956", "March 1956", questions.Right, ""},
		{"1956", "'56", questions.Right, ""},
		{"1956", "1955", questions.Wrong, "reason.one_year_off"},
		{"1956", "1955 or 1956", questions.Wrong, "reason.two_answers"},
		{"193X", "1930s", questions.Right, ""},
		{"193x", "the thirties", questions.Right, ""},
		{"193X", "nineteen-thirties", questions.Right, ""},
		{"193X", "die 1930er Jahre", questions.Right, ""},
		{"193X", "1930-е годы", questions.Right, ""},
		{"193X", "les années 30", questions.Right, ""},
		{"193X", "1935", questions.Almost, "reason.only_a_part"},
		{"193X", "1940s", questions.Wrong, ""},
		{"1962-21", "spring 1962", questions.Right, ""},
		{"1962-21", "Frühjahr 1962", questions.Right, ""},
		{"1962-21", "March 1962", questions.Right, ""},
		{"1962-21", "autumn 1962", questions.Wrong, "reason.right_year_wrong_season"},
		{"1962-21", "spring", questions.Almost, "reason.year_missing"},
		{"1962-24", "winter 1962", questions.Right, ""},
		{"1962-24", "winter 1962/63", questions.Right, ""},
		{"1962-24", "1962", questions.Almost, "reason.only_the_year"},
		{"1953/1955", "1953-55", questions.Right, ""},
		{"1953/1955", "from 1953 to 1955", questions.Right, ""},
		{"1953/1955", "between 1953 and 1955", questions.Right, ""},
		{"1953/1955", "1953 – 1955", questions.Right, ""},
		{"1953/1955", "с 1953 по 1955", questions.Right, ""},
		{"1953/1955", "von 1953 bis 1955", questions.Right, ""},
		{"1953/1955", "1953-1956", questions.Almost, "reason.one_end_right"},
		{"1953/1955", "1955-1953", questions.Almost, "reason.reversed"},
		{"1953/1955", "1954", questions.Almost, "reason.only_a_part"},
		{"1953/1955", "1956-1957", questions.Wrong, ""},
		{"1953/1955", "1952-1956", questions.Wrong, ""},
		{"1961-10-17/1961-10-31", "17–31 October 1961", questions.Right, ""},
		{"1961-10-17/1961-10-31", "October 17-31, 1961", questions.Right, ""},
		{"1961-10-17/1961-10-31", "17 October to 31 October 1961", questions.Right, ""},
		{"1953/1955", "53-55", questions.Right, ""},
		{"1904-05", "May 1904", questions.Right, ""},
		{"1904/1905", "1904-05", questions.Right, ""},
		{"11XX", "12th century", questions.Right, ""},
		{"11XX", "XII век", questions.Right, ""},
		{"11XX", "12. Jahrhundert", questions.Right, ""},
		{"11XX", "XIIe siècle", questions.Right, ""},
		{"11XX", "1100s", questions.Right, ""},
		{"11XX", "1200s", questions.Wrong, ""},
		{"-0043", "44 BC", questions.Right, ""},
		{"-0043", "44 v. Chr.", questions.Right, ""},
		{"-0043", "44 до н. э.", questions.Right, ""},
		{"-0043", "44", questions.Almost, "reason.era_missing"},
		{"-0043", "44 AD", questions.Wrong, ""},
		{"-0043", "45 BC", questions.Wrong, "reason.one_year_off"},
		{"-0043", "44 AD", questions.Wrong, "reason.wrong_era"},
		{"-0043", "40s BC", questions.Almost, "reason.too_coarse"},
		{"1956-02-25", "56-02-25", questions.Right, ""},
		{"1956-02-25", "25-ое февраля 1956", questions.Right, ""},
		{"1956-02-25", "19560225", questions.Right, ""},
		{"193X", "die 30er", questions.Right, ""},
		{"11XX", "12th", questions.Almost, "reason.century_missing"},
		{"10XX/12XX", "XI–XIII века", questions.Right, ""},
		{"1967", "MCMLXVII", questions.Right, ""},
		{"1710-07-04", "4 July 1710 (Old Style)", questions.Right, ""},
		{"4 July 1710 (Old Style)", "4 July 1710 (New Style)", questions.Wrong, "reason.other_calendar"},
		{"1941-24", "winter 1941/42", questions.Right, ""},
		{"1941-24", "winter 1942", questions.Wrong, "reason.one_year_off"},
	}
	for _, test := range tests {
		got := typed(questions.MatchDate, test.input, test.key)
		if got.Verdict != test.want {
			t.Errorf("%q for %q: got %s (%s %v), want %s", test.input, test.key, got.Verdict, got.Reason.Code, got.Reason.Args, test.want)
		}
		if test.reason != "" && got.Reason.Code != test.reason {
			t.Errorf("%q for %q: got reason %s, want %s", test.input, test.key, got.Reason.Code, test.reason)
		}
	}
}

func TestUnfit(t *testing.T) {
	tests := []struct{ input, want string }{
		{"", "reason.empty"},
		{" \t", "reason.empty"},
		{"?!", "reason.empty"},
		{"\xff\xfe", "reason.empty"},
		{strings.Repeat("é", 201), "reason.too_long"},
		{strings.Repeat("x", 100000), "reason.too_long"},
		{"I don’t know", "reason.dont_know"},
		{"не знаю", "reason.dont_know"},
	}
	for _, test := range tests {
		for _, match := range grade.Matches() {
			got := typed(match, test.input, "1956")
			if got.Reason.Code != test.want || got.Verdict != questions.Wrong {
				t.Errorf("%s %.20q: got %s %s, want wrong %s", match, test.input, got.Verdict, got.Reason.Code, test.want)
			}
		}
	}
	if got := typed("term", strings.Repeat("e\u0301", 200), strings.Repeat("é", 200)); got.Verdict != questions.Right {
		t.Errorf("200 decomposed characters: got %s, want right", got.Verdict)
	}
}

// What is written as in another language is still another entity of the bank.
func TestTheBankIsKnownInOtherSpellings(t *testing.T) {
	lex := questions.Lexicon{Entities: []questions.Entity{
		{ID: 1, Kind: "place", Name: "Chad"}, {ID: 2, Kind: "person", Name: "Nicholas I"}, {ID: 3, Kind: "person", Name: "Tchaikovsky"}}}
	tests := []struct {
		match, key, input string
		given             questions.EntityID
		reason            string
	}{
		{"place", "Mali", "Tschad", 1, "reason.other_entity"},
		{"person", "Rimsky-Korsakov", "Tschaikowski", 3, "reason.other_entity"},
		{"person", "Nicholas II", "Nicholas I", 2, "reason.other_entity"},
		{"person", "Nicholas II", "Nicholas", 0, "reason.given_name_shared"},
	}
	for _, test := range tests {
		got := grade.Typed(answers(test.match, test.key), lex, test.input)
		if got.Verdict != questions.Wrong || got.Given != test.given || got.Reason.Code != test.reason {
			t.Errorf("%q for %q: got %s, entity %d (%s), want wrong, %d (%s)", test.input, test.key, got.Verdict, got.Given, got.Reason.Code, test.given, test.reason)
		}
	}
}

func TestCredit(t *testing.T) {
	tests := []struct {
		input string
		want  float64
	}{{"Khrushchev", 1}, {"Kruschev", 1}, {"Nikita", .5}, {"Malenkov", 0}}
	for _, test := range tests {
		got := typed("person", test.input, "Nikita Khrushchev")
		if got.Credit != test.want || got.Part != 1 || got.Fact != 5 || got.Canonical != "Nikita Khrushchev" {
			t.Errorf("%q: got %+v, want credit %v", test.input, got, test.want)
		}
	}
	if got := typed("person", "Malenkov", "Nikita Khrushchev").Given; got != 1 {
		t.Errorf("Malenkov for Khrushchev: got entity %d, want 1", got)
	}
}

func TestForeseenWrongAnswer(t *testing.T) {
	list := append(answers("date", "1956-02-25"), questions.Answer{Part: 1, Text: "1953-03-05", Match: "date", Credit: 0, Feedback: "Stalin died then."})
	got := grade.Typed(list, questions.Lexicon{}, "5 March 1953")
	if got.Verdict != questions.Wrong || got.Reason.Code != "reason.foreseen" {
		t.Errorf("got %s %s, want wrong reason.foreseen", got.Verdict, got.Reason.Code)
	}
}

func TestDateText(t *testing.T) {
	tests := []struct{ in, want string }{
		{"1956-02-25", "25 February 1956"},
		{"1956-02", "February 1956"},
		{"1956", "1956"},
		{"1956~", "about 1956"},
		{"193X", "the 1930s"},
		{"11XX", "12th century"},
		{"1962-21", "spring 1962"},
		{"1953/1955", "1953–1955"},
		{"1961-10-17/1961-10-31", "17–31 October 1961"},
		{"1961-10-17/1961-11-11", "17 October – 11 November 1961"},
		{"-0043", "44 BC"},
		{"someday", "someday"},
	}
	for _, test := range tests {
		if got := grade.DateText(test.in); got != test.want {
			t.Errorf("DateText(%q) = %q, want %q", test.in, got, test.want)
		}
	}
}

func TestValidDate(t *testing.T) {
	for _, bad := range []string{"", "1956-13", "1956-02-30", "56", "1956-25", "1955/1953", "25.2.1956", "1956-2", "19x6", "XXXX", "1956/"} {
		if grade.ValidDate(bad) {
			t.Errorf("ValidDate(%q) = true, want false", bad)
		}
	}
}

// layouts are ways to write a date, for the test of years.
var layouts = []string{"%[3]d %[4]s %[1]d", "%[4]s %[3]d, %[1]d", "%[3]d.%[2]d.%[1]d", "%[2]d/%[3]d/%[1]d", "%[1]d-%02[2]d-%02[3]d", "%[4]s %[1]d", "%[1]d", "c. %[1]d"}

func TestYearOffIsNeverRight(t *testing.T) {
	months := []string{"", "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"}
	rapid.Check(t, func(t *rapid.T) {
		y := rapid.IntRange(1001, 2099).Draw(t, "year")
		off := rapid.SampledFrom([]int{1, 2, 10, 100, -1, -2, -10, -100}).Draw(t, "off")
		m, d := rapid.IntRange(1, 12).Draw(t, "month"), rapid.IntRange(1, 28).Draw(t, "day")
		key := rapid.SampledFrom([]string{"%04d", "%04d-%02d", "%04d-%02d-%02d"}).Draw(t, "key")
		key = fmt.Sprintf(key, []any{y, m, d}[:strings.Count(key, "d")]...)
		layout := rapid.SampledFrom(layouts).Draw(t, "layout")
		input := fmt.Sprintf(layout+"%[5]s", y+off, m, d, months[m], "")
		got := typed(questions.MatchDate, input, key)
		if got.Verdict != questions.Wrong {
			t.Fatalf("%q for %q: got %s, want wrong", input, key, got.Verdict)
		}
		input = fmt.Sprintf(layout+"%[5]s", y, m, d, months[m], "")
		if got := typed(questions.MatchDate, input, key); got.Verdict == questions.Wrong {
			t.Fatalf("%q for %q: got wrong (%s), want it true", input, key, got.Reason.Code)
		}
	})
}

// Every judged pair keeps its verdict in capitals, in small letters, composed,
// decomposed, with more blanks, with accents and with a full stop.
func TestWritingChangesNoVerdict(t *testing.T) {
	for _, e := range append(append(examples(t, "examples.tsv"), examples(t, "rules.tsv")...), examples(t, "heldout.tsv")...) {
		want := grade.Typed(e.answers, e.lexicon, e.input)
		for name, change := range changes {
			input := change(e.input)
			if got := grade.Typed(e.answers, e.lexicon, input); got.Credit != want.Credit {
				t.Errorf("%s %s: %q for %q: got %s (%s), want %s (%s) as for %q", e.id, name, input, e.key, got.Verdict, got.Reason.Code, want.Verdict, want.Reason.Code, e.input)
			}
		}
	}
}

var changes = map[string]func(string) string{
	"upper":   strings.ToUpper,
	"lower":   strings.ToLower,
	"nfd":     norm.NFD.String,
	"nfkd":    norm.NFKD.String,
	"blanks":  func(s string) string { return "  " + strings.ReplaceAll(s, " ", " \t ") + "\u00a0" },
	"accents": accented,
	"stop":    func(s string) string { return s + "." },
}

// accented puts an accent over every Latin vowel.
func accented(s string) string {
	var b strings.Builder
	for _, r := range s {
		b.WriteRune(r)
		if strings.ContainsRune("aeiou", unicode.ToLower(r)) {
			b.WriteRune('\u0301')
		}
	}
	return b.String()
}

func fuzz(f *testing.F, match string, keys ...string) {
	for _, seed := range []string{"", "Khrushchev", "25 February 1956", "1953-55", "X or Y", "№ 020", "\xff'\xfe", "l'", "XX в.", strings.Repeat("a ", 99)} {
		f.Add(keys[0], seed)
	}
	f.Fuzz(func(t *testing.T, key, input string) {
		list := answers(match, append([]string{key}, keys...)...)
		grade.Typed(list, bank, input)
		input = strings.ToValidUTF8(input, "")
		got := grade.Typed(list, bank, input)
		again := grade.Typed(list, bank, norm.NFD.String(input))
		if credit := map[questions.Verdict]float64{questions.Right: 1, questions.Slip: 1, questions.Almost: .5}[got.Verdict]; got.Credit != credit {
			t.Errorf("%q for %q: %s with a credit of %v", input, key, got.Verdict, got.Credit)
		}
		if got.Verdict != questions.Right && got.Reason.Code == "" {
			t.Errorf("%q for %q: %s without a reason", input, key, got.Verdict)
		}
		if long := utf8.RuneCountInString(norm.NFC.String(input)) > grade.MaxInput; long && got.Verdict != questions.Wrong {
			t.Errorf("%q: an input over %d characters is %s", input, grade.MaxInput, got.Verdict)
		}
		if got.Verdict != again.Verdict {
			t.Errorf("%q for %q: composed %s, decomposed %s", input, key, got.Verdict, again.Verdict)
		}
	})
}

func FuzzPerson(f *testing.F) {
	fuzz(f, questions.MatchPerson, "Nikita Khrushchev", "N. S. Khrushchev")
}
func FuzzPlace(f *testing.F) { fuzz(f, questions.MatchPlace, "Lenin's Mausoleum") }
func FuzzOrg(f *testing.F)   { fuzz(f, questions.MatchOrg, "MVD", "Ministry of the Interior") }
func FuzzTitle(f *testing.F) { fuzz(f, questions.MatchTitle, "MVD order No 020") }
func FuzzTerm(f *testing.F)  { fuzz(f, questions.MatchTerm, "de-Stalinization") }
func FuzzOrdinal(f *testing.F) {
	fuzz(f, questions.MatchOrdinal, "20th", "20th Party Congress")
}
func FuzzSet(f *testing.F) {
	fuzz(f, questions.MatchSet, "Malenkov; Beria; Khrushchev", "Stalingrad → Volgograd")
}
func FuzzDate(f *testing.F) { fuzz(f, questions.MatchDate, "1956-02-25", "1953/1955") }

// largeBank is a lexicon of a thousand spellings.
func largeBank() questions.Lexicon {
	given := []string{"Georgi", "Lazar", "Anna", "Mikhail", "Robert", "Imre", "Władysław", "Ekaterina", "Pavel", "Jānis", "Walter", "Rosa"}
	heads := []string{"Mal", "Kag", "Tukhach", "Bulg", "Nag", "Gom", "Fursh", "Pospel", "Shep", "Ulbr", "Rak", "Zhuk", "Sver", "Bukh", "Krup", "Ordzhon", "Mik", "Andr"}
	tails := []string{"enkov", "anovich", "evsky", "anin", "ulka", "ilov", "icht", "osi"}
	cyrillic := []string{"Георгий Маленков", "Лазарь Каганович", "Анастас Микоян", "Михаил Тухачевский", "Будапешт", "Волгоград", "оттепель"}
	lex := questions.Lexicon{}
	for i := range 250 {
		kind := []string{"person", "person", "place", "term", "date"}[i%5]
		last := heads[i%len(heads)] + tails[i%len(tails)]
		e := questions.Entity{ID: questions.EntityID(i + 1), Kind: kind, Name: given[i%len(given)] + " " + last}
		e.Spellings = []string{last, given[i%len(given)][:1] + ". " + last, cyrillic[i%len(cyrillic)]}
		if kind == "date" {
			e.Name, e.Spellings = fmt.Sprintf("%d-02-%02d", 1900+i/4, 1+i%28), nil
		}
		lex.Entities = append(lex.Entities, e)
	}
	return lex
}

// BenchmarkTyped judges answers that are not plainly right, the slow ones,
// against a large bank.
func BenchmarkTyped(b *testing.B) {
	lex := largeBank()
	for _, test := range []struct{ match, key, input string }{
		{"person", "Nikita Khrushchev", "Ivan Kruschev"},
		{"place", "Lenin's Mausoleum", "the tomb of the unknown soldier"},
		{"term", "de-Stalinization", "destalinisatoin"},
		{"term", "appeasement", "appeasment"},
		{"date", "1956-02-25", "24 February 1956"},
		{"date", "1956-02-25", "between 17 March and 24 February 1956"},
		{"number", "688503", "about 690 thousand"},
		{"number", "688503", strings.Repeat("1,000k ", 12)},
	} {
		list := answers(test.match, test.key)
		b.Run(test.match+"/"+test.input, func(b *testing.B) {
			for range b.N {
				grade.Typed(list, lex, test.input)
			}
		})
	}
}
