package report

import (
	"encoding/csv"
	"encoding/json"
	"math"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"thaw/questions"
)

// four is a choice of four options, the first of them right.
func four(id int) questions.Version {
	v := questions.Version{Ref: questions.Ref{Question: questions.QuestionID(id), Version: 1}, Kind: questions.Choice}
	for i, text := range []string{"key", "b", "c", "d"} {
		v.Answers = append(v.Answers, questions.Answer{Part: 1, Text: text, Credit: float64(1 - min(i, 1))})
	}
	return v
}

// took is a first answer to a choice.
func took(learner, question, place int) Attempt {
	a := Attempt{Learner: questions.LearnerID(learner), Ref: questions.Ref{Question: questions.QuestionID(question), Version: 1},
		Response: questions.Response{strconv.Itoa(place)}, Guess: .25, Credit: 1}
	if place != 1 {
		a.Credit, a.Missed = 0, []int{1}
	}
	return a
}

// computed is what testdata/lens.py says of a question.
type computed struct {
	Item           int
	N, Right       int
	Facility       []float64
	Placed         int
	Discrimination []float64
	QuartilesS     []float64 `json:"quartiles_s"`
	SureAndWrong   int       `json:"sure_and_wrong"`
	Options        []struct {
		Taken             int
		All, Upper, Lower []float64
	}
}

func fixture(t *testing.T) (versions []questions.Version, attempts []Attempt, want []computed) {
	t.Helper()
	file, err := os.Open("testdata/lens.csv")
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	rows, err := csv.NewReader(file).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	for _, row := range rows[1:] {
		var n [5]int
		for i, cell := range row {
			if n[i], err = strconv.Atoi(cell); err != nil {
				t.Fatal(err)
			}
		}
		a := took(n[0], n[1], n[2])
		a.Took, a.Sure = time.Duration(n[3])*time.Millisecond, n[4] == 1
		attempts = append(attempts, a)
	}
	raw, err := os.ReadFile("testdata/lens.json")
	if err == nil {
		err = json.Unmarshal(raw, &want)
	}
	if err != nil {
		t.Fatal(err)
	}
	for _, w := range want {
		versions = append(versions, four(w.Item))
	}
	return versions, attempts, want
}

// TestTheLensAgreesWithAnIndependentComputation on first answers that were drawn from a
// two-parameter model (testdata/lens.py), to the ninth decimal.
func TestTheLensAgreesWithAnIndependentComputation(t *testing.T) {
	versions, attempts, want := fixture(t)
	items := Items(versions, attempts, nil)
	near := func(what string, item int, got []float64, want []float64) {
		t.Helper()
		for i := range want {
			if math.Abs(got[i]-want[i]) > 1e-9 {
				t.Errorf("question %d: %s is %v, want %v", item, what, got, want)
				return
			}
		}
	}
	shares := func(s Share) []float64 { return []float64{s.Share, s.Low, s.High} }
	half := func(s Share) []float64 { return append([]float64{float64(s.Hits), float64(s.Of)}, shares(s)...) }
	for i, w := range want {
		got := items[i]
		if got.First.Of != w.N || got.First.Hits != w.Right || got.Tells.N != w.Placed || got.SureWrong != w.SureAndWrong {
			t.Errorf("question %d: %d of %d right, %d placed, %d sure and wrong; want %d of %d, %d, %d", w.Item, got.First.Hits, got.First.Of, got.Tells.N,
				got.SureWrong, w.Right, w.N, w.Placed, w.SureAndWrong)
		}
		near("facility", w.Item, shares(got.First), w.Facility)
		near("discrimination", w.Item, []float64{got.Tells.R, got.Tells.Low, got.Tells.High}, w.Discrimination)
		q := got.Time
		near("the time", w.Item, []float64{q.Low.Seconds(), q.Median.Seconds(), q.Upper.Seconds()}, w.QuartilesS)
		for j, o := range w.Options {
			if got.Options[j].Taken.Hits != o.Taken {
				t.Errorf("question %d: option %d was taken %d times, want %d", w.Item, j, got.Options[j].Taken.Hits, o.Taken)
			}
			near("an option for all", w.Item, shares(got.Options[j].Taken), o.All)
			near("an option for the upper half", w.Item, half(got.Options[j].Upper), o.Upper)
			near("an option for the lower half", w.Item, half(got.Options[j].Lower), o.Lower)
		}
	}
	suspects, others := Suspects(items)
	var found []string
	for _, s := range suspects {
		for _, f := range s.Findings() {
			found = append(found, s.Version.Question.String()+" "+string(f.Sign)+" "+strings.Join(f.Options, ", "))
		}
	}
	if want := []string{"12 key b", "12 harder ", "3 unused d"}; !slices.Equal(found, want) || len(others) != len(items)-2 {
		t.Errorf("the signs are %q, and %d others; want %q: the key of 12 is wrong, and nobody takes an option of 3", found, len(others), want)
	}
}

// TestCorrelationByHand: of (1,1) (2,3) (3,2) (4,4) the deviations multiply to 4, their
// squares sum to 5 each: r = .8, and z = artanh .8 = 1.0986 is as far as one standard
// deviation, since n-3 = 1.
func TestCorrelationByHand(t *testing.T) {
	c := correlate([]float64{1, 2, 3, 4}, []float64{1, 3, 2, 4})
	low, high := math.Tanh(math.Log(3)-z90), math.Tanh(math.Log(3)+z90)
	if math.Abs(c.R-.8) > 1e-12 || math.Abs(c.Low-low) > 1e-12 || math.Abs(c.High-high) > 1e-12 || !c.Known {
		t.Errorf("got %+v, want .8 from %v to %v", c, low, high)
	}
	for name, xy := range map[string][2][]float64{"three": {{1, 2, 3}, {1, 2, 3}}, "nothing": {}, "all the same": {{1, 1, 1, 1}, {1, 2, 3, 4}}, "rests the same": {{0, 1, 0, 1}, {.1, .1, .1, .1}}} {
		if c := correlate(xy[0], xy[1]); c.Known || math.IsNaN(c.R) {
			t.Errorf("%s: %+v, want nothing known", name, c)
		}
	}
	if c := correlate([]float64{0, 0, 1, 1}, []float64{0, 0, 1, 1}); c.R != 1 || c.Low != 1 || c.High != 1 {
		t.Errorf("the same numbers: %+v", c)
	}
}

func TestQuartilesByHand(t *testing.T) {
	if q := quartiles([]time.Duration{4, 8, 1, 2}); q != (Quartiles{4, 1, 3, 5}) { // at 0.75, 1.5 and 2.25 of 1 2 4 8
		t.Errorf("got %+v", q)
	}
	if q := quartiles([]time.Duration{7}); q != (Quartiles{1, 7, 7, 7}) || quartiles(nil) != (Quartiles{}) {
		t.Errorf("of one time: %+v", q)
	}
}

// TestAScoreLeavesTheQuestionOut, and wants five others.
func TestAScoreLeavesTheQuestionOut(t *testing.T) {
	var attempts []Attempt
	for q := range 6 {
		attempts = append(attempts, took(1, q+1, 1+min(q, 1))) // the first is right, the others are not
	}
	for q := range 5 {
		attempts = append(attempts, took(2, q+1, 1))
	}
	list := place(attempts)
	if list[0].rest != 0 || list[1].rest != .2 || !list[0].ranked {
		t.Errorf("of six with the first right the others make %v for the first, %v for the second; want 0 and .2", list[0].rest, list[1].rest)
	}
	if list[6].ranked {
		t.Error("four others place a learner")
	}
}

// TestOnlyTheSameAnswersAreTheSameQuestion: a wording with another key, or other options,
// is counted apart; one with the options in another order counts, option by option.
func TestOnlyTheSameAnswersAreTheSameQuestion(t *testing.T) {
	now, turned, other := four(1), four(1), four(1)
	now.Version = 3
	turned.Version, turned.Answers = 2, []questions.Answer{now.Answers[3], now.Answers[0], now.Answers[2], now.Answers[1]}
	other.Answers = slices.Clone(other.Answers)
	other.Answers[0].Credit, other.Answers[1].Credit = 0, 1
	a, b, c := took(1, 1, 2), took(2, 1, 1), took(3, 1, 2)
	a.Ref, b.Ref, c.Ref = now.Ref, turned.Ref, other.Ref
	b.Order = []int{3, 1, 0} // b, key, d
	i := Items([]questions.Version{now}, []Attempt{a, b, c}, map[questions.Ref]questions.Version{turned.Ref: turned, other.Ref: other})[0]
	if i.First.Of != 2 || i.Apart != 1 || i.Options[1].Taken.Hits != 2 || i.Options[1].Taken.Of != 2 || i.Options[2].Taken.Of != 1 {
		t.Errorf("%d count, %d stand apart, and the second option was taken %d times of %d; the third was shown %d times", i.First.Of, i.Apart,
			i.Options[1].Taken.Hits, i.Options[1].Taken.Of, i.Options[2].Taken.Of)
	}
	typed := questions.Version{Kind: questions.Text, Answers: []questions.Answer{{Part: 1, Text: "Khrushchev", Match: questions.MatchPerson, Credit: 1}}}
	more := typed
	more.Answers = append(slices.Clone(typed.Answers), questions.Answer{Part: 1, Text: "the corn man", Match: questions.MatchPerson, Credit: 1})
	if !sameAnswers(typed, more) {
		t.Error("one more spelling that counts makes another question")
	}
}

// TestOnlyWhatSeveralTypedIsShown, whatever the case, most first.
func TestOnlyWhatSeveralTypedIsShown(t *testing.T) {
	v := questions.Version{Ref: questions.Ref{Question: 1, Version: 1}, Kind: questions.Text,
		Answers: []questions.Answer{{Part: 1, Text: "Khrushchev", Match: questions.MatchPerson, Credit: 1}}}
	var attempts []Attempt
	for i, text := range []string{"malenkov", "Malenkov", "Malenkov", "my own name", "Beria", "BERIA ", "", " ", "Khrushchev", "Khrushchev"} {
		a := Attempt{Learner: questions.LearnerID(i + 1), Ref: v.Ref, Response: questions.Response{text}, Missed: []int{1}}
		if text == "Khrushchev" {
			a.Missed = nil
		}
		attempts = append(attempts, a)
	}
	i := Items([]questions.Version{v}, attempts, nil)[0]
	if want := []Miss{{1, "Malenkov", 3}, {1, "BERIA ", 2}}; !slices.Equal(i.Misses, want) || i.Options != nil {
		t.Errorf("the wrong answers are %+v, want %+v", i.Misses, want)
	}
}

// TestVerdicts go by the interval: one answer less, and nothing is said.
func TestVerdicts(t *testing.T) {
	tells := func(n int, low, high float64) Correlation { return Correlation{n, (low + high) / 2, low, high, true} }
	good := tells(40, .2, .6)
	options := func(key, wrong Share) []Option {
		return []Option{{Text: "k", Key: true, Upper: key}, {Text: "b", Upper: wrong}}
	}
	untaken := []Option{{Text: "k", Key: true, Taken: share(0, 40)}, {Text: "b", Taken: share(0, 30)}, {Text: "c", Taken: share(0, 29)}, {Text: "d", Taken: share(1, 40)}}
	for _, c := range []struct {
		name string
		item Item
		want []Sign
	}{
		{"a good question", Item{First: share(25, 40), Tells: good}, nil},
		{"too few to say anything", Item{First: share(0, 4), Guess: .9, Tells: tells(40, -.5, -.4)}, nil},
		{"7 of 40 where a third would be right by chance", Item{First: share(7, 40), Guess: 1. / 3, Tells: good}, []Sign{Harder}},
		{"7 of 40 where a quarter would be", Item{First: share(7, 40), Guess: .25, Tells: good}, nil},
		{"3 of 40 typed", Item{First: share(3, 40), Tells: good}, []Sign{Harder}},
		{"6 of 40 typed", Item{First: share(6, 40), Tells: good}, nil},
		{"it does not tell", Item{First: share(20, 40), Tells: tells(30, -.2, .09)}, []Sign{Flat}},
		{"it tells a little", Item{First: share(20, 40), Tells: tells(30, -.2, .11)}, nil},
		{"it tells the wrong way", Item{First: share(20, 40), Tells: tells(30, -.5, -.01)}, []Sign{Backward}},
		{"29 who can be placed", Item{First: share(20, 40), Tells: tells(29, -.9, -.5)}, nil},
		{"nothing varies", Item{First: share(40, 40), Tells: Correlation{N: 40}}, nil},
		{"88 of 88", Item{First: share(88, 88), Tells: good}, []Sign{Easy}},
		{"87 of 87", Item{First: share(87, 87), Tells: good}, nil},
		{"the upper half prefers another", Item{First: share(12, 40), Tells: good, Options: options(share(4, 20), share(12, 20))}, []Sign{WrongKey}},
		{"perhaps it does", Item{First: share(12, 40), Tells: good, Options: options(share(6, 20), share(11, 20))}, nil},
		{"of four in the upper half", Item{First: share(12, 40), Tells: good, Options: options(share(0, 4), share(4, 4))}, nil},
		{"an option that four of them saw", Item{First: share(12, 40), Tells: good, Options: options(share(4, 20), share(4, 4))}, nil},
		{"a key that none of them saw", Item{First: share(12, 40), Tells: good, Options: options(share(0, 0), share(15, 20))}, nil},
		{"of several that are right", Item{Version: questions.Version{Kind: questions.Several}, First: share(12, 40), Tells: good, Options: options(share(4, 20), share(12, 20))}, nil},
		{"an option that nobody takes", Item{First: share(25, 40), Tells: good, Options: untaken}, []Sign{Unused}},
		{"all at once, the worst first", Item{First: share(1, 40), Guess: .25, Tells: tells(40, -.5, -.1), Options: options(share(0, 20), share(15, 20))}, []Sign{WrongKey, Backward, Harder}},
	} {
		var got []Sign
		for _, f := range c.item.Findings() {
			if got = append(got, f.Sign); f.Sign == Unused && !slices.Equal(f.Options, []string{"b"}) {
				t.Errorf("%s: nobody takes %q, want b alone, which thirty saw", c.name, f.Options)
			}
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
}

// TestNotesOnOptions are made of wrong options alone, where the interval says it.
func TestNotesOnOptions(t *testing.T) {
	key := Option{Text: "k", Key: true, Taken: share(8, 40), Upper: share(15, 20), Lower: share(2, 20)}
	for _, c := range []struct {
		name string
		kind string
		o    Option
		want Note
	}{
		{"the key", questions.Choice, key, ""},
		{"never taken by thirty", questions.Choice, Option{Taken: share(0, 30)}, Never},
		{"never taken by twenty-nine", questions.Choice, Option{Taken: share(0, 29)}, ""},
		{"taken by the strong", questions.Choice, Option{Taken: share(12, 40), Upper: share(10, 20), Lower: share(2, 20)}, Strong},
		{"perhaps taken by the strong", questions.Choice, Option{Taken: share(12, 40), Upper: share(7, 20), Lower: share(5, 20)}, ""},
		{"taken by the weak", questions.Choice, Option{Taken: share(12, 40), Upper: share(2, 20), Lower: share(10, 20)}, ""},
		{"taken more than the key", questions.Choice, Option{Taken: share(20, 40)}, More},
		{"perhaps taken more", questions.Choice, Option{Taken: share(12, 40)}, ""},
		{"of several that may be taken", questions.Several, Option{Taken: share(20, 40)}, ""},
	} {
		i := Item{Version: questions.Version{Kind: c.kind}, Options: []Option{key, c.o}}
		if got := i.Note(c.o); got != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
}
