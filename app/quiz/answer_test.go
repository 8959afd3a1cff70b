package quiz

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"thaw/app/bank"
	"thaw/app/fault"
	"thaw/app/fsrs"
	"thaw/app/study"
	"thaw/questions"
)

var (
	noon   = time.Date(2026, 3, 2, 12, 0, 0, 0, time.UTC)
	choice = questions.Version{Kind: questions.Choice, Prompt: "Who gave the speech?", Answers: []questions.Answer{
		{Part: 1, Fact: 7, Text: "Khrushchev", Credit: 1}, {Part: 1, Fact: 7, Text: "Malenkov"}, {Part: 1, Fact: 7, Text: "Beria"}}}
	date = questions.Version{Kind: questions.Date, Prompt: "When?", Answers: []questions.Answer{
		{Part: 1, Fact: 7, Text: "1956-02-25", Match: questions.MatchDate, Credit: 1}}}
	flash = questions.Version{Kind: questions.Flash, Prompt: "Secret Speech", Answers: []questions.Answer{
		{Part: 1, Fact: 7, Text: "25 February 1956", Credit: 1}}}
)

// answerIn plays responses to one item and returns what would be stored last.
func answerIn(t *testing.T, mode Mode, v questions.Version, responses ...string) (Answered, Item) {
	t.Helper()
	all := make([]questions.Response, len(responses))
	for i, r := range responses {
		all[i] = questions.Response{r}
	}
	return answerBy(t, mode, v, all...)
}

func answerBy(t *testing.T, mode Mode, v questions.Version, responses ...questions.Response) (Answered, Item) {
	t.Helper()
	turn := Turn{Sitting: Sitting{Mode: mode, Count: 10}, Item: Item{Pos: 1, State: Open, Facts: v.Facts()}}
	var decided Answered
	for _, r := range responses {
		marks, open, err := grade(study.Wording{Version: v}, turn, r, noon)
		if err != nil {
			t.Fatalf("answer %q: %v", r, err)
		}
		if open {
			turn.Item.State, turn.Item.Tried = Tried, r
			continue
		}
		decided = decide(turn, v, marks, study.Event{Learner: 1, At: noon, Zone: "UTC", What: study.Answer,
			Day: study.Calendar(time.UTC).Day(noon), Response: r})
		turn.Item = decided.Item
	}
	return decided, turn.Item
}

func TestAnswersBecomeVerdictsAndCards(t *testing.T) {
	for _, c := range []struct {
		name      string
		version   questions.Version
		responses []string
		state     State
		credit    float64
		verdict   questions.Verdict
		days      int // until it comes back; 0: within the day
	}{
		{"right choice, perhaps by luck", choice, []string{"1"}, Closed, 1, questions.Right, 1},
		{"wrong choice", choice, []string{"2"}, Closed, 0, questions.Wrong, 0},
		{"typed date", date, []string{"25 Feb 1956"}, Closed, 1, questions.Right, 2},
		{"a year off", date, []string{"25 February 1957"}, Closed, 0, questions.Wrong, 0},
		{"almost leaves one more try", date, []string{"February 1956"}, Tried, 0, "", 0},
		{"right at the second try", date, []string{"February 1956", "25.2.1956"}, Closed, 1, questions.Right, 0},
		{"wrong at the second try", date, []string{"February 1956", "1901"}, Closed, .5, questions.Almost, 0},
		{"a turned flashcard", flash, []string{"show"}, Tried, 0, "", 0},
		{"a known flashcard", flash, []string{"show", "good"}, Closed, 1, questions.Right, 2},
		{"a forgotten flashcard", flash, []string{"show", "again"}, Closed, 0, questions.Wrong, 0},
	} {
		t.Run(c.name, func(t *testing.T) {
			a, item := answerIn(t, Tutor, c.version, c.responses...)
			if item.State != c.state || item.Credit != c.credit || item.Verdict != c.verdict {
				t.Errorf("item is %s, credit %v, %s; want %s, %v, %s", item.State, item.Credit, item.Verdict, c.state, c.credit, c.verdict)
			}
			if c.state != Closed {
				return
			}
			if len(a.Cards) != 1 {
				t.Fatalf("%d cards moved, want 1", len(a.Cards))
			}
			days := study.Calendar(time.UTC)
			if got := int(days.Day(a.Cards[0].Due) - days.Day(noon)); got != c.days {
				t.Errorf("comes back in %d days, want %d", got, c.days)
			}
		})
	}
}

func TestForgedResponsesAreInvalid(t *testing.T) {
	for _, c := range []struct {
		version questions.Version
		item    Item
		give    questions.Response
	}{
		{choice, Item{State: Open}, questions.Response{"4"}},
		{choice, Item{State: Open}, questions.Response{"1", "2"}},
		{choice, Item{State: Open}, nil},
		{flash, Item{State: Open}, questions.Response{"good"}},
		{flash, Item{State: Tried, Tried: questions.Response{"show"}}, questions.Response{"show"}},
	} {
		_, _, err := grade(study.Wording{Version: c.version}, Turn{Item: c.item}, c.give, noon)
		if !fault.Is(err, fault.Invalid) {
			t.Errorf("%s given %q: %v, want invalid", c.version.Kind, c.give, err)
		}
	}
}

func TestMissedFactsComeBackInAReview(t *testing.T) {
	a, _ := answerIn(t, Review, choice, "2")
	if len(a.Adds) != 1 || !a.Adds[0].Again {
		t.Errorf("%d items added, want the missed one again", len(a.Adds))
	}
	if a, _ := answerIn(t, Tutor, choice, "2"); len(a.Adds) != 0 {
		t.Errorf("%d items added to a quiz, want none", len(a.Adds))
	}
}

func TestNoEvidenceWhileTheKeyIsFresh(t *testing.T) {
	first, _ := answerIn(t, Tutor, choice, "1")
	turn := Turn{Item: Item{Pos: 1, State: Open}, Cards: first.Cards}
	event := study.Event{Learner: 1, At: noon.Add(5 * time.Minute), Zone: "UTC", What: study.Answer}
	marks, _, err := grade(study.Wording{Version: choice}, turn, questions.Response{"1"}, noon)
	if err != nil {
		t.Fatal(err)
	}
	again := decide(turn, choice, marks, event)
	if again.Event.What != study.Practice || len(again.Cards) != 0 {
		t.Errorf("five minutes later: %s moved %d cards, want practice and none", again.Event.What, len(again.Cards))
	}
	event.At = noon.Add(3 * 24 * time.Hour)
	later := decide(turn, choice, marks, event)
	if later.Event.What != study.Answer || len(later.Cards) != 1 || later.Cards[0].Stability <= first.Cards[0].Stability {
		t.Errorf("three days later: %s, cards %+v, want a stronger memory", later.Event.What, later.Cards)
	}
}

func TestAClockSetBackDoesNotTurnTheOrderRound(t *testing.T) {
	first, _ := answerIn(t, Tutor, choice, "1")
	marks, _, err := grade(study.Wording{Version: choice}, Turn{Item: Item{State: Open}}, questions.Response{"2"}, noon)
	if err != nil {
		t.Fatal(err)
	}
	first.Cards[0].Seq = 1
	early := study.Event{Learner: 1, Seq: 2, At: noon.Add(-time.Hour), Zone: "UTC", What: study.Answer}
	second := decide(Turn{Item: Item{State: Open}, Cards: first.Cards}, choice, marks, early)
	if second.Event.At.Before(first.Event.At) {
		t.Errorf("the second answer is stored at %v, before the first at %v", second.Event.At, first.Event.At)
	}
}

func TestUndoLeavesNoTrace(t *testing.T) {
	var past []study.Past
	var cards []study.Card
	at := noon
	for seq, give := range []string{"1", "2", "1"} {
		turn := Turn{Sitting: Sitting{Mode: Review, Count: 9}, Item: Item{State: Open}, Cards: cards}
		marks, _, err := grade(study.Wording{Version: choice}, turn, questions.Response{give}, noon)
		if err != nil {
			t.Fatal(err)
		}
		a := decide(turn, choice, marks, study.Event{Learner: 1, Seq: int64(seq + 1), At: at, Zone: "UTC", What: study.Answer})
		a.Cards[0].Seq = int64(seq + 1)
		past = append(past, study.Past{Event: a.Event, Marks: a.Marks})
		if seq == 2 {
			u := undo(past[2], past, at)
			if u.Cards[0] != cards[0] {
				t.Errorf("undo leaves %+v, want %+v", u.Cards[0], cards[0])
			}
		}
		cards = a.Cards
		at = at.Add(50 * time.Hour)
	}
	if u := undo(past[0], past[:1], at); u.Cards[0].Seen() || u.Cards[0].Seq != 0 {
		t.Errorf("undo of the first answer leaves %+v, want a fact never seen", u.Cards[0])
	}
}

func TestChooseKeepsTwinsApartAndMixesTopics(t *testing.T) {
	var all []candidate
	for i := range 12 {
		var twins []string
		if i < 6 {
			twins = []string{"pair"}
		}
		all = append(all, candidate{question: bank.Question{ID: questions.QuestionID(i + 1), Topic: questions.TopicID(i%2 + 1),
			Kind: questions.Choice, Facts: []questions.FactID{questions.FactID(i + 1)}}, twins: twins})
	}
	picked := choose(all, 6, share{now: noon, dawn: noon.Add(-8 * time.Hour), fresh: 12}, nil, rand.New(rand.NewPCG(1, 1)))
	if len(picked) != 6 {
		t.Fatalf("picked %d, want 6", len(picked))
	}
	twins, topics := 0, map[questions.TopicID]int{}
	for _, c := range picked {
		topics[c.question.Topic]++
		if len(c.twins) > 0 {
			twins++
		}
	}
	if twins > 1 {
		t.Errorf("%d of one twin group, want at most 1", twins)
	}
	if topics[1] != 3 || topics[2] != 3 {
		t.Errorf("topics %v, want three of each", topics)
	}
}

func TestChooseKeepsTheDaysShareOfNewFacts(t *testing.T) {
	var all []candidate
	add := func(fact int, stability float64, last, due time.Time) {
		id := questions.FactID(fact)
		card := study.Card{Fact: id, Card: fsrs.Card{Memory: fsrs.Memory{Stability: stability, Difficulty: 5}, Last: last, Due: due}}
		all = append(all, candidate{question: bank.Question{ID: questions.QuestionID(fact), Topic: 1, Kind: questions.Choice, Facts: []questions.FactID{id}}, card: card})
	}
	day := share{now: noon, dawn: noon.Add(-8 * time.Hour), fresh: 3}
	for fact := 1; fact <= 6; fact++ {
		add(fact, 0, time.Time{}, time.Time{}) // new
	}
	add(11, 5, noon.AddDate(0, 0, -9), noon.Add(-time.Hour))  // due
	add(12, 5, noon.AddDate(0, 0, -1), noon.AddDate(0, 0, 4)) // known
	add(13, 5, noon.Add(-time.Hour), noon.AddDate(0, 0, 4))   // met this morning
	for n, want := range map[int][3]int{4: {1, 3, 0}, 5: {1, 3, 1}, 8: {1, 6, 1}, 9: {1, 6, 2}} {
		var due, fresh, known int
		for _, c := range choose(all, n, day, nil, rand.New(rand.NewPCG(1, 1))) {
			switch {
			case !c.card.Seen():
				fresh++
			case c.card.IsDue(noon):
				due++
			default:
				known++
			}
		}
		if got := [3]int{due, fresh, known}; got != want {
			t.Errorf("of %d questions due, new and known are %v, want %v", n, got, want)
		}
	}
}

func TestTheLandingPageShowsThreeOptionsAndTheKey(t *testing.T) {
	v := questions.Version{Answers: []questions.Answer{{Text: "a"}, {Text: "b"}, {Text: "key", Credit: 1}, {Text: "c"}}}
	rng := rand.New(rand.NewPCG(1, 2))
	met, orders := map[string]int{}, map[string]bool{}
	for range 200 {
		order := few(v, 3, rng)
		shown := v.In(order)
		if _, ok := shown.Key(0); !ok || len(shown.Answers) != 3 {
			t.Fatalf("order %v shows %v, want three with the key", order, shown.Answers)
		}
		for _, a := range shown.Answers {
			met[a.Text]++
		}
		orders[fmt.Sprint(order)] = true
	}
	if len(met) != 4 || len(orders) < 18 {
		t.Errorf("met %v in %d orders, want every option and every order", met, len(orders))
	}
	v.Fixed = true
	if order := few(v, 3, rng); !slices.IsSorted(order) {
		t.Errorf("options that keep their order stand as %v", order)
	}
	if order := few(questions.Version{Answers: v.Answers[1:3]}, 3, rng); len(order) != 2 {
		t.Errorf("two options give %v", order)
	}
}
