package quiz

import (
	"errors"
	"math/rand/v2"
	"slices"
	"testing"

	"thaw/app/bank"
	"thaw/app/fsrs"
	"thaw/app/study"
	"thaw/questions"
	"thaw/questions/kind"
)

var (
	several = questions.Version{Kind: questions.Several, Prompt: "Which?", Answers: []questions.Answer{
		{Part: 1, Fact: 7, Text: "A", Credit: 1}, {Part: 1, Fact: 7, Text: "B", Credit: 1}, {Part: 1, Fact: 7, Text: "C", Credit: 1},
		{Part: 1, Fact: 7, Text: "d"}, {Part: 1, Fact: 7, Text: "e"}}}
	truth = questions.Version{Kind: questions.Truth, Prompt: "So it was.", Fixed: true, Answers: []questions.Answer{
		{Part: 1, Fact: 7, Text: "true", Credit: 1}, {Part: 1, Fact: 7, Text: "false"}}}
	gaps = questions.Version{Kind: questions.Cloze, Prompt: "In {{1}} the speech was given by {{2}}.", Answers: []questions.Answer{
		{Part: 1, Fact: 7, Text: "1956", Match: questions.MatchDate, Credit: 1}, {Part: 2, Fact: 8, Text: "Khrushchev", Match: questions.MatchPerson, Credit: 1}}}
)

func TestSeveralGetsASecondTryWhenNearlyAllIsThere(t *testing.T) {
	for _, c := range []struct {
		name      string
		responses []questions.Response
		state     State
		credit    float64
		verdict   questions.Verdict
	}{
		{"all", []questions.Response{{"1", "2", "3"}}, Closed, 1, questions.Right},
		{"one missing", []questions.Response{{"1", "2"}}, Tried, 0, ""},
		{"one missing, then all", []questions.Response{{"1", "2"}, {"1", "2", "3"}}, Closed, 1, questions.Right},
		{"one missing, then one wrong", []questions.Response{{"1", "2"}, {"1", "2", "4"}}, Closed, .5, questions.Almost},
		{"everything", []questions.Response{{"1", "2", "3", "4", "5"}}, Closed, 0, questions.Wrong},
		{"a third", []questions.Response{{"2"}}, Closed, 1. / 3, questions.Wrong},
	} {
		item := Item{Pos: 1, State: Open, Facts: several.Facts()}
		for _, r := range c.responses {
			marks, open, err := grade(several, questions.Lexicon{}, item, r)
			if err != nil {
				t.Fatal(err)
			}
			if open {
				item.State, item.Tried = Tried, r
				continue
			}
			item = decide(Turn{Sitting: Sitting{Count: 10}, Item: item}, several, marks, study.Event{At: noon, Zone: "UTC", What: study.Answer}).Item
		}
		if item.State != c.state || item.Credit != c.credit || item.Verdict != c.verdict {
			t.Errorf("%s: %s, %v, %s; want %s, %v, %s", c.name, item.State, item.Credit, item.Verdict, c.state, c.credit, c.verdict)
		}
	}
}

// Each gap has its own second try: what was right at first stays right and is rated
// Good, what was almost right is full or half credit and rated Hard.
func TestSecondTryOfGaps(t *testing.T) {
	for _, c := range []struct {
		name      string
		responses []questions.Response
		state     State
		credit    float64
		verdict   questions.Verdict
		ratings   []fsrs.Rating
	}{
		{"all right", []questions.Response{{"1956", "Khrushchev"}}, Closed, 1, questions.Right, []fsrs.Rating{fsrs.Good, fsrs.Good}},
		{"one wrong", []questions.Response{{"1953", "Khrushchev"}}, Closed, .5, questions.Wrong, []fsrs.Rating{fsrs.Again, fsrs.Good}},
		{"one almost, one wrong", []questions.Response{{"the 1950s", "Stalin"}}, Closed, .25, questions.Wrong, []fsrs.Rating{fsrs.Hard, fsrs.Again}},
		{"one almost, one empty", []questions.Response{{"the 1950s", ""}}, Closed, .25, questions.Wrong, []fsrs.Rating{fsrs.Hard, fsrs.Again}},
		{"one almost", []questions.Response{{"the 1950s", "Khrushchev"}}, Tried, 0, "", nil},
		{"then right", []questions.Response{{"the 1950s", "Khrushchev"}, {"1956", "Khrushchev"}}, Closed, 1, questions.Right, []fsrs.Rating{fsrs.Hard, fsrs.Good}},
		{"then wrong", []questions.Response{{"the 1950s", "Khrushchev"}, {"1953", "Khrushchev"}}, Closed, .75, questions.Almost, []fsrs.Rating{fsrs.Hard, fsrs.Good}},
		{"what was right is not lost", []questions.Response{{"the 1950s", "Khrushchev"}, {"1956", "Stalin"}}, Closed, 1, questions.Right, []fsrs.Rating{fsrs.Hard, fsrs.Good}},
		{"a slip stays one", []questions.Response{{"the 1950s", "Kruschev"}, {"1956", "Khrushchev"}}, Closed, 1, questions.Slip, []fsrs.Rating{fsrs.Hard, fsrs.Good}},
	} {
		item := Item{Pos: 1, State: Open, Facts: gaps.Facts()}
		var ratings []fsrs.Rating
		for _, r := range c.responses {
			marks, open, err := grade(gaps, questions.Lexicon{}, item, r)
			if err != nil {
				t.Fatal(err)
			}
			if open {
				item.State, item.Tried = Tried, r
				continue
			}
			for _, m := range marks {
				ratings = append(ratings, study.Rate(m))
			}
			a := decide(Turn{Sitting: Sitting{Count: 10}, Item: item}, gaps, marks, study.Event{At: noon, Zone: "UTC", What: study.Answer})
			if item = a.Item; len(a.Cards) != 2 || a.Cards[0].Fact != 7 || a.Cards[1].Fact != 8 {
				t.Errorf("%s: the cards %+v move, want one for each gap's fact", c.name, a.Cards)
			}
		}
		if item.State != c.state || item.Credit != c.credit || item.Verdict != c.verdict || !slices.Equal(ratings, c.ratings) {
			t.Errorf("%s: %s, %v, %s, rated %v; want %s, %v, %s, rated %v", c.name, item.State, item.Credit, item.Verdict, ratings, c.state, c.credit, c.verdict, c.ratings)
		}
	}
}

func TestFormsClimbFromOptionsOverGapsToTyping(t *testing.T) {
	last := -1
	for _, name := range []string{questions.Choice, questions.Cloze, questions.Text, questions.Flash} {
		if got := demand(name); got <= last {
			t.Errorf("%s asks %d of memory, want more than %d", name, got, last)
		}
		last = demand(name)
	}
}

func TestPartlyRightIsAskedAgainInAReview(t *testing.T) {
	half := several
	half.Answers = several.Answers[1:4] // B, C and d
	if a, item := answerIn(t, Review, half, "1"); len(a.Adds) != 1 || item.Credit != .5 {
		t.Errorf("%d items added after a credit of %v, want the question again", len(a.Adds), item.Credit)
	}
}

func TestNothingMarkedIsNoAnswer(t *testing.T) {
	_, _, err := grade(several, questions.Lexicon{}, Item{State: Open}, nil)
	if !errors.Is(err, kind.ErrNothing) {
		t.Errorf("got %v, want ErrNothing", err)
	}
}

func TestOptionsAreShuffledButTruthsAreNot(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 1))
	if got := order(several, rng); len(got) != 5 || slices.IsSorted(got) {
		t.Errorf("several in the order %v, want it shuffled", got)
	}
	loose := truth
	loose.Fixed = false
	fixed := several
	fixed.Fixed = true
	for _, v := range []questions.Version{truth, loose, fixed, date} {
		if got := order(v, rng); got != nil {
			t.Errorf("%s, fixed %v: shuffled to %v", v.Kind, v.Fixed, got)
		}
	}
}

// New facts are asked by picking, facts that hold by typing.
func TestKindsClimbWithMemory(t *testing.T) {
	for _, name := range []string{questions.Choice, questions.Several, questions.Truth, questions.Text, questions.Number, questions.Date} {
		c := candidate{question: bank.Question{Kind: name}}
		picks := slices.Contains([]string{questions.Choice, questions.Several, questions.Truth}, name)
		if first := climb(c) == 0; first != picks {
			t.Errorf("%s of a new fact comes first: %v, want %v", name, first, picks)
		}
		c.card.Card = fsrs.Card{Memory: fsrs.Memory{Stability: 9, Difficulty: 5}}
		if first := climb(c) == 0; first == picks {
			t.Errorf("%s of a firm fact comes first: %v, want %v", name, first, !picks)
		}
		if got := demand(name) == 0; got != picks {
			t.Errorf("%s asks least of memory: %v, want %v", name, got, picks)
		}
	}
}
