package kind_test

import (
	"errors"
	"math"
	"slices"
	"strconv"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"thaw/questions"
	"thaw/questions/grade"
	"thaw/questions/kind"
)

// sequence is an order of letters, "A B~C D@1956": ~ ties a letter to the one
// before, @ gives it a date.
func sequence(letters string) questions.Version {
	v := version(questions.Order, "Which first?")
	for i, word := range strings.Fields(strings.ReplaceAll(letters, "~", " ~")) {
		text, date, _ := strings.Cut(strings.TrimPrefix(word, "~"), "@")
		a := part(i+1, answer(text, "", 1, date))
		if strings.HasPrefix(word, "~") {
			a.Slack = 1
		}
		v.Answers = append(v.Answers, a)
	}
	return v
}

// placed is the response that puts the letters in the given order.
func placed(v questions.Version, letters string) questions.Response {
	var r questions.Response
	for _, a := range v.Answers {
		r = append(r, strconv.Itoa(strings.Index(letters, a.Text)+1))
	}
	return r
}

func TestGradeOrder(t *testing.T) {
	tests := []struct {
		key, given string
		credit     float64
		wrong      string // the items that do not stand rightly
		sum        string
	}{
		{"A B C D", "ABCD", 1, "", ""},
		{"A B C D", "BACD", 5. / 6, "AB", "5 of 6"},
		{"A B C D", "BCDA", .5, "ABCD", "3 of 6"},
		{"A B C D", "DCBA", 0, "ABCD", "0 of 6"},
		{"A B C", "CAB", 1. / 3, "ABC", "1 of 3"},
		{"A B C D E", "ABDCE", .9, "CD", "9 of 10"},
		{"A B~C D", "ACBD", 1, "", ""},
		{"A B~C D", "ACDB", 5. / 6, "BD", "5 of 6"},
		{"A B~C~D", "ADCB", 1, "", ""},
		{"A B~C~D", "BACD", 5. / 6, "AB", "5 of 6"},
		{"A@1953 B@1956-02 C@1956 D@1961", "ACBD", 1, "", ""},
		{"A@1953 B@1956-02 C@1956 D@1961", "CABD", 5. / 6, "AC", "5 of 6"},
		{"A@1953/1955 B@1954/1960 C@1957", "BAC", 1, "", ""},
		{"A@1953/1955 B@1954/1960 C@1957", "ACB", 1, "", ""},
		{"A@1953/1955 B@1954/1960 C@1957", "CAB", 2. / 3, "AC", "2 of 3"},
		{"A B@1956 C", "BAC", 2. / 3, "AB", "2 of 3"},
	}
	k, _ := kind.Of(questions.Order)
	for _, test := range tests {
		v := sequence(test.key)
		if got := k.Check(v); len(got) > 0 {
			t.Errorf("%s: unfit: %v", test.key, got)
		}
		for _, shown := range [][]int{{0, 1, 2, 3, 4}, {2, 0, 1, 4, 3}} {
			seen := v.In(slices.DeleteFunc(shown, func(i int) bool { return i >= len(v.Answers) }))
			marks, err := k.Grade(seen, questions.Lexicon{}, placed(seen, test.given))
			if err != nil {
				t.Fatal(err)
			}
			sum, wrong := kind.Sum(seen, marks), ""
			for i, m := range marks {
				if m.Part != i+1 || m.Fact != questions.FactID(7+i) {
					t.Errorf("%s as %s: mark %d is of part %d and fact %d", test.given, test.key, i, m.Part, m.Fact)
				}
				if m.Verdict == questions.Wrong {
					wrong += m.Canonical
				}
			}
			if math.Abs(sum.Credit-test.credit) > 1e-12 || wrong != test.wrong || strings.Join(sum.Reason.Args, " of ") != test.sum {
				t.Errorf("%s as %s: credit %v, wrong %q, %v; want %v, %q, %s", test.given, test.key, sum.Credit, wrong, sum.Reason, test.credit, test.wrong, test.sum)
			}
		}
	}
}

func TestOrderAsksAgainWhatIsUnfinished(t *testing.T) {
	k, _ := kind.Of(questions.Order)
	v := sequence("A B C")
	for r, want := range map[string]error{"1 1 2": kind.ErrUnfinished, "1 _ 2": kind.ErrUnfinished, "_ _ _": kind.ErrUnfinished,
		"0 1 2": kind.ErrResponse, "1 2 4": kind.ErrResponse, "1 2": kind.ErrResponse, "1 2 3 4": kind.ErrResponse, "1 02 3": kind.ErrResponse, "1 x 3": kind.ErrResponse} {
		given := strings.Fields(r)
		for i := range given {
			given[i] = strings.Trim(given[i], "_")
		}
		_, err := k.Grade(v, questions.Lexicon{}, given)
		if !errors.Is(err, want) || errors.Is(err, kind.ErrUnfinished) != errors.Is(want, kind.ErrUnfinished) {
			t.Errorf("%q: got %v, want %v", r, err, want)
		}
	}
}

// The credit is 1 less the share of inversions, whatever the order and however it
// is shown.
func TestCreditOfAnOrderCountsInversions(t *testing.T) {
	k, _ := kind.Of(questions.Order)
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(3, 8).Draw(t, "n")
		letters := strings.Split("ABCDEFGH"[:n], "")
		v := sequence(strings.Join(letters, " "))
		places := make([]int, n)
		for i := range places {
			places[i] = i
		}
		v = v.In(rapid.Permutation(places).Draw(t, "shown"))
		given := strings.Join(rapid.Permutation(letters).Draw(t, "given"), "")
		marks, err := k.Grade(v, questions.Lexicon{}, placed(v, given))
		if err != nil {
			t.Fatal(err)
		}
		inversions := 0
		for i := range given {
			for j := range i {
				if given[j] > given[i] {
					inversions++
				}
			}
		}
		credit, verdict := questions.Worth(marks)
		if want := 1 - float64(inversions)/float64(n*(n-1)/2); math.Abs(credit-want) > 1e-12 || (verdict == questions.Right) != (inversions == 0) {
			t.Fatalf("%s has %d inversions: got %s with %v, want %v", given, inversions, verdict, credit, want)
		}
		if inversions == 0 && credit != 1 {
			t.Fatalf("the right order is worth %v", credit)
		}
	})
}

// Blind orders are right about a part no more often than Guess says.
func TestGuessOfAnOrder(t *testing.T) {
	k, _ := kind.Of(questions.Order)
	for key, want := range map[string]float64{"A B C": 1. / 3, "A B C D E": .2, "A B~C": (1./3 + .5 + .5) / 3} {
		v := sequence(key)
		if got := k.Guess(v); math.Abs(got-want) > 1e-12 {
			t.Errorf("%s: got %v, want %v", key, got, want)
		}
		right, all := make([]float64, len(v.Answers)), 0.
		for _, given := range permutations("ABCDE"[:len(v.Answers)]) {
			all++
			marks, _ := k.Grade(v, questions.Lexicon{}, placed(v, given))
			for i, m := range marks {
				right[i] += map[bool]float64{true: 1}[m.Verdict == questions.Right]
			}
		}
		first, mean := right[0]/all, 0.
		for _, n := range right {
			mean += n / all / float64(len(right))
		}
		if math.Abs(first-1/float64(len(right))) > 1e-12 || mean > k.Guess(v)+1e-12 {
			t.Errorf("%s: by chance the first is right in %v, any in %v; Guess is %v", key, first, mean, k.Guess(v))
		}
	}
}

func permutations(letters string) []string {
	if letters == "" {
		return []string{""}
	}
	var all []string
	for i := range letters {
		for _, rest := range permutations(letters[:i] + letters[i+1:]) {
			all = append(all, letters[i:i+1]+rest)
		}
	}
	return all
}

// Nothing in the widgets of order and match changes with the key.
func TestArrangingTellsNothing(t *testing.T) {
	for _, name := range []string{questions.Order, questions.Match} {
		k, _ := kind.Of(name)
		v := samples[name].version
		v.Answers = slices.Clone(v.Answers)
		page := draw(t, k.Ask(asked(v)))
		n := len(v.Answers)
		if name == questions.Order {
			v.Answers[0].Part, v.Answers[n-1].Part = v.Answers[n-1].Part, v.Answers[0].Part
			v.Answers[1].Feedback, v.Answers[2].Slack = "1956", 1
		} else {
			v.Answers[1].Part, v.Answers[3].Part = v.Answers[3].Part, v.Answers[1].Part
			v.Answers[5].Part, v.Answers[5].Credit, v.Answers[6].Part, v.Answers[6].Credit = 0, 0, 3, 1
		}
		if got := draw(t, k.Ask(asked(v))); got != page {
			t.Errorf("%s: with another key the page differs:\n%s\n%s", name, got, page)
		}
	}
}

func TestOrderShowsBothOrders(t *testing.T) {
	k, _ := kind.Of(questions.Order)
	v := sequence("A@1953 B@1956-02-25 C@1961")
	for given, want := range map[string][2]int{"ABC": {1, 0}, "ACB": {1, 1}, "": {0, 1}} {
		var r questions.Response
		if given != "" {
			r = placed(v, given)
		}
		page := draw(t, k.Show(asked(v), r, nil))
		if got := [2]int{strings.Count(page, "kind.order_given"), strings.Count(page, "kind.order_right")}; got != want {
			t.Errorf("%q: %d orders given and %d right ones are shown, want %v", given, got[0], got[1], want)
		}
		if !strings.Contains(page, "25 February 1956") {
			t.Errorf("%q: the date is missing", given)
		}
	}
	if strings.Contains(draw(t, k.Ask(asked(v))), "1956") {
		t.Error("the date shows before the answer")
	}
}

func TestBefore(t *testing.T) {
	for _, test := range []struct {
		one, other string
		want       bool
	}{{"1953", "1956", true}, {"1956", "1953", false}, {"1956-02", "1956", false}, {"1955/1956", "1956-01", false}, {"195X", "1960", true},
		{"1962-21", "1962-23", true}, {"-0043", "0001", true}, {"", "1956", false}, {"1956", "soon", false}} {
		if got := grade.Before(test.one, test.other); got != test.want {
			t.Errorf("%q before %q: got %v", test.one, test.other, got)
		}
	}
}

// A page that has facts to choose from lets each thing and each pair choose one.
func TestFactOfEachRow(t *testing.T) {
	known := []questions.Known{{Text: "its own"}}
	for n := range 12 {
		known = append(known, questions.Known{ID: questions.FactID(n + 1), Text: "a <fact>"})
	}
	for _, name := range []string{questions.Order, questions.Match} {
		k, _ := kind.Of(name)
		v := samples[name].version
		form := fields(t, draw(t, k.Edit(questions.Editing{Version: v, Say: words, Facts: known})))
		var want []string
		for n := range kind.Parts(v) {
			key, _ := v.Key(n + 1)
			want = append(want, strconv.Itoa(int(key.Fact)))
		}
		if got := form["feed"][:len(want)]; !slices.Equal(got, want) {
			t.Errorf("%s: the facts chosen are %q, want %q", name, got, want)
		}
		form["feed"][1] = "9"
		if key, _ := k.Read(form).Key(2); key.Fact != 9 {
			t.Errorf("%s: the second part asks for %d, and 9 was chosen", name, key.Fact)
		}
	}
}
