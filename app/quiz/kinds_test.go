package quiz

import (
	"errors"
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

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
			marks, open, err := grade(study.Wording{Version: several}, Turn{Item: item}, r, noon)
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
			marks, open, err := grade(study.Wording{Version: gaps}, Turn{Item: item}, r, noon)
			if err != nil {
				t.Fatal(err)
			}
			if open {
				item.State, item.Tried = Tried, r
				continue
			}
			for _, m := range marks {
				ratings = append(ratings, study.Rate(m.Mark))
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

func TestPartlyRightIsAskedAgainInAReview(t *testing.T) {
	half := several
	half.Answers = several.Answers[1:4] // B, C and d
	if a, item := answerIn(t, Review, half, "1"); len(a.Adds) != 1 || item.Credit != .5 {
		t.Errorf("%d items added after a credit of %v, want the question again", len(a.Adds), item.Credit)
	}
}

func TestNothingMarkedIsNoAnswer(t *testing.T) {
	_, _, err := grade(study.Wording{Version: several}, Turn{Item: Item{State: Open}}, nil, noon)
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

var (
	sequence = questions.Version{Kind: questions.Order, Prompt: "Which first?", Fixed: true, Answers: []questions.Answer{
		{Part: 1, Fact: 7, Text: "A", Credit: 1}, {Part: 2, Fact: 8, Text: "B", Credit: 1}, {Part: 3, Fact: 9, Text: "C", Credit: 1}}}
	tied = questions.Version{Kind: questions.Order, Prompt: "Which first?", Answers: []questions.Answer{
		{Part: 1, Fact: 7, Text: "A", Credit: 1}, {Part: 2, Fact: 8, Text: "B", Credit: 1, Slack: 1}, {Part: 3, Fact: 9, Text: "C", Credit: 1}}}
	pairs = questions.Version{Kind: questions.Match, Prompt: "What belongs together?", Fixed: true, Answers: []questions.Answer{
		{Part: 1, Fact: 7, Text: "a"}, {Part: 1, Fact: 7, Text: "A", Credit: 1}, {Part: 2, Fact: 8, Text: "b"}, {Part: 2, Fact: 8, Text: "B", Credit: 1}, {Text: "C"}}}
)

// What is to be arranged is shuffled whatever its author says, and an order is
// never right as it stands; all that is wrong comes first equally often.
func TestWhatIsToBeArrangedIsShuffled(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 1))
	k, _ := kind.Of(questions.Order)
	for _, v := range []questions.Version{sequence, tied} {
		drawn := map[string]int{}
		for range 1000 {
			shown := v.In(order(v, rng))
			marks, err := k.Grade(shown, questions.Lexicon{}, questions.Response{"1", "2", "3"})
			if _, verdict := questions.Worth(marks); err != nil || verdict == questions.Right {
				t.Fatalf("an order comes out solved: %v (%v)", shown.Answers, err)
			}
			drawn[shown.Answers[0].Text+shown.Answers[1].Text]++
		}
		for which, n := range drawn {
			if n < 800/len(drawn) || len(drawn) < 4 {
				t.Errorf("%s is drawn %d times of 1000 among %d", which, n, len(drawn))
			}
		}
	}
	if got := order(pairs, rng); len(got) != 5 {
		t.Errorf("pairs are shown in the order %v, want it shuffled", got)
	}
	if a, b := Mixed(sequence), Mixed(sequence); solved(a) || a.Answers[0].Text != b.Answers[0].Text {
		t.Errorf("previews show %v and %v, want the same twice, unsolved", a.Answers, b.Answers)
	}
}

// A partly right order counts by its pairs, has no second try, and feeds each of
// its facts.
func TestPartsFeedTheirFacts(t *testing.T) {
	a, item := answerBy(t, Review, sequence, questions.Response{"1", "3", "2"})
	if item.State != Closed || item.Verdict != questions.Wrong || math.Abs(item.Credit-2./3) > 1e-12 {
		t.Errorf("the item is %s, %s with %v; want it closed, wrong with 2 of 3", item.State, item.Verdict, item.Credit)
	}
	if len(a.Marks) != 3 || len(a.Cards) != 3 || len(a.Adds) != 1 {
		t.Fatalf("%d marks, %d cards, %d items added; want 3, 3, 1", len(a.Marks), len(a.Cards), len(a.Adds))
	}
	for i, c := range a.Cards {
		m := a.Marks[i]
		if c.Fact != questions.FactID(7+i) || m.Fact != c.Fact || m.Guess != 1./3 {
			t.Errorf("card %d is of fact %d, its mark of %d with a guess of %v", i, c.Fact, m.Fact, m.Guess)
		}
	}
	if a.Cards[0].Stability <= a.Cards[1].Stability || a.Cards[1].Stability != a.Cards[2].Stability {
		t.Errorf("stabilities %v, %v, %v; want the one that stands rightly firmer than the two swapped", a.Cards[0].Stability, a.Cards[1].Stability, a.Cards[2].Stability)
	}
	u := undo(study.Past{Event: a.Event, Marks: a.Marks}, []study.Past{{Event: a.Event, Marks: a.Marks}}, noon)
	if len(u.Cards) != 3 || u.Cards[0].Seen() || u.Cards[2].Seen() || u.Tally.Met != -3 {
		t.Errorf("undone: %+v, %+v; want three facts unseen again", u.Cards, u.Tally)
	}
}

func TestWhatHasNoPlaceYetIsNoAnswer(t *testing.T) {
	for _, r := range []questions.Response{{"1", "1", "2"}, {"1", "", "2"}} {
		if _, _, err := grade(study.Wording{Version: sequence}, Turn{Item: Item{State: Open}}, r, noon); !errors.Is(err, kind.ErrUnfinished) || refusal(err) != "fault.unfinished" {
			t.Errorf("%q: got %v", r, err)
		}
	}
}

// A question of several facts stands for the one answered last.
func TestSeveralFactsInPicks(t *testing.T) {
	day := func(n int) time.Time { return noon.AddDate(0, 0, n) }
	seen := func(f questions.FactID, last, due int) study.Card {
		return study.Card{Fact: f, Card: fsrs.Card{Memory: fsrs.Memory{Stability: 3, Difficulty: 5}, Last: day(last), Due: day(due), Reps: 1}}
	}
	for name, c := range map[string]struct {
		cards []study.Card
		want  questions.FactID
	}{
		"none seen":           {nil, 7},
		"one seen":            {[]study.Card{seen(8, -3, 4)}, 8},
		"the last one":        {[]study.Card{seen(7, -9, -1), seen(9, -1, 5)}, 9},
		"the first one due":   {[]study.Card{seen(7, -3, 2), seen(8, -3, 1), seen(9, -3, 4)}, 8},
		"the first one, then": {[]study.Card{seen(7, -1, 2), seen(8, -3, 1)}, 7},
	} {
		cards := map[questions.FactID]study.Card{}
		for _, card := range c.cards {
			cards[card.Fact] = card
		}
		if got := latest([]questions.FactID{7, 8, 9}, cards); got.Fact != c.want || got.Seen() != (len(c.cards) > 0) {
			t.Errorf("%s: fact %d, want %d", name, got.Fact, c.want)
		}
	}
}

// A review asks a question of several facts when all of them are wanted, or when
// nothing else asks.
func TestReviewAsksSeveralFactsTogether(t *testing.T) {
	c := bank.Contents{Facts: []bank.Fact{{ID: 7}, {ID: 8}, {ID: 9}}, Questions: []bank.Question{
		{ID: 1, Kind: questions.Choice, Facts: []questions.FactID{7, 8}}, {ID: 2, Kind: questions.Text, Facts: []questions.FactID{7}}, {ID: 3, Kind: questions.Order, Facts: []questions.FactID{8, 9}}}}
	for want, facts := range map[string][]questions.FactID{"2": {7}, "2 3": {7, 9}, "1": {8, 7, 9}, "3": {9}} {
		var tasks []study.Task
		for _, f := range facts {
			tasks = append(tasks, study.Task{Fact: f, Card: study.Card{Fact: f}})
		}
		var got []string
		for _, p := range reviews([]bank.Contents{c}, tasks, climbing(noon)) {
			got = append(got, p.question.ID.String())
		}
		if strings.Join(got, " ") != want {
			t.Errorf("facts %v are asked by the questions %v, want %s", facts, got, want)
		}
	}
}
