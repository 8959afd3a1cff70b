package quiz

import (
	"fmt"
	"math/rand/v2"
	"reflect"
	"testing"
	"time"

	"thaw/app/fault"
	"thaw/app/fsrs"
	"thaw/app/people"
	"thaw/app/study"
	"thaw/questions"
)

var ada = people.Person{ID: 1, Zone: "Europe/Berlin", DaysOff: people.Days(0).With(time.Sunday)}

// choiceOf is a choice about some facts, an option each, the first right.
func choiceOf(facts ...questions.FactID) questions.Version {
	v := questions.Version{Kind: questions.Choice, Prompt: "Who?"}
	for i, f := range facts {
		v.Answers = append(v.Answers, questions.Answer{Part: 1, Fact: f, Text: fmt.Sprint("option ", i), Credit: float64(1 - min(i, 1))})
	}
	return v
}

// exam is a paper of items about the facts, three of which were met before.
func exam(facts []questions.FactID) (Paper, []sheet) {
	p := Paper{Last: 41, Sitting: Sitting{Learner: 1, N: 3, Mode: Exam, Started: noon, Count: len(facts)}}
	var sheets []sheet
	for i, f := range facts {
		v := choiceOf(f, f, f)
		sheets = append(sheets, sheet{wording: study.Wording{Version: v}, twins: []questions.FactID{12}})
		p.Sitting.Items = append(p.Sitting.Items, Item{Pos: i + 1, State: Open, Facts: v.Facts(), Order: []int{1, 0, 2}})
	}
	for f := range questions.FactID(3) {
		last := noon.AddDate(0, 0, -20-int(f))
		p.Cards = append(p.Cards, study.Card{Learner: 1, Fact: 10 + f, Seq: int64(f) + 5, Card: fsrs.Card{Phase: fsrs.Reviewing,
			Memory: fsrs.Memory{Stability: 25, Difficulty: 5}, Last: last, Due: noon.AddDate(0, 0, int(f)-1)}})
	}
	return p, sheets
}

// TestHandInEqualsAnswers holds that an exam makes of cards and marks what the same answers
// make in a quiz that says its verdict at once, whatever is given, in whatever order; two
// questions about one fact included.
func TestHandInEqualsAnswers(t *testing.T) {
	for seed := range uint64(60) {
		rng := rand.New(rand.NewPCG(seed, 7))
		p, sheets := exam([]questions.FactID{10, 13, 11, 14, 12, 10, 15})
		cards, at := p.Cards, noon
		var past []study.Past
		var moved [][]study.Card // as decided, each on what the answers before it left
		for i := range p.Sitting.Items {
			it := &p.Sitting.Items[i]
			if at = at.Add(time.Duration(rng.IntN(900)) * time.Second); rng.IntN(4) == 0 {
				continue
			}
			it.State, it.Given, it.At = Given, questions.Response{fmt.Sprint(1 + rng.IntN(3))}, at
			it.Took, it.Token = 4*time.Second, fmt.Sprint("token", i)
			t0 := p.turn(*it, cards) // answered in a quiz
			e := eventAt(ada, *it, at)
			e.Response, e.Took, e.Sitting, e.Token = it.Given, it.Took, 3, fmt.Sprintf("token%d-3-%d", i, i+1)
			e = settled(t0, sheets[i].wording.Version, e)
			marks, _, err := grade(sheets[i].wording, t0, it.Given, at)
			if err != nil {
				t.Fatal(err)
			}
			if list, ok := study.Placings(study.Model(fsrs.Weights{}), e, study.Plain(marks), t0.Cards); ok {
				e.Places = study.Places(list, dueAmong(cards, list, sheets[i].twins), ada)
			}
			a := decide(t0, sheets[i].wording.Version, marks, e)
			cards = append([]study.Card(nil), cards...)
			a.Event.Seq = 42 + int64(len(past))
			moved = append(moved, a.Cards)
			for _, c := range a.Cards {
				c.Seq = a.Event.Seq
				cards = put(cards, c)
			}
			past = append(past, study.Past{Event: a.Event, Marks: a.Marks})
		}
		in := handIn(p, sheets, ada, at.Add(time.Hour))
		if len(in.Answers) != len(past) || len(in.Empty) != 7-len(past) || in.Last != 41 {
			t.Fatalf("%d answers and %d empty of %d given", len(in.Answers), len(in.Empty), len(past))
		}
		handed := append([]study.Card(nil), p.Cards...)
		for i, a := range in.Answers {
			a.Event.Seq = in.Last + int64(i) + 1
			if !reflect.DeepEqual(a.Event, past[i].Event) || !reflect.DeepEqual(a.Marks, past[i].Marks) || !reflect.DeepEqual(a.Cards, moved[i]) {
				t.Fatalf("answer %d\n got %+v %+v\nwant %+v %+v", i, a.Event, a.Marks, past[i].Event, past[i].Marks)
			}
			for _, c := range a.Cards {
				c.Seq = a.Event.Seq
				handed = put(handed, c)
			}
		}
		if !reflect.DeepEqual(handed, cards) {
			t.Fatalf("cards\n got %+v\nwant %+v", handed, cards)
		}
	}
}

// TestForecastsAreOfWhatWasAnswered: one of a sitting in which something was left empty is
// not held against what happened.
func TestForecastsAreOfWhatWasAnswered(t *testing.T) {
	s := Sitting{Started: noon, Finished: noon.Add(time.Minute)}
	s.Foretold.N = enoughItems
	if !s.Borne() {
		t.Error("a forecast of a whole sitting is not held against what happened")
	}
	if s.Empty = 1; s.Borne() {
		t.Error("a forecast is judged by what was left empty")
	}
}

func TestWhatIsLeftEmptyMovesNothing(t *testing.T) {
	p, sheets := exam([]questions.FactID{10, 11})
	p.Sitting.Mode, p.Sitting.Ends = Tutor, noon.Add(10*time.Minute)
	p.Sitting.Items[1].State = Closed
	in := handIn(p, sheets, ada, noon.Add(3*time.Hour))
	if len(in.Answers) != 0 || len(in.Empty) != 1 || in.Empty[0].Pos != 1 || !in.Finished.Equal(p.Sitting.Ends) {
		t.Errorf("handed in: %+v", in)
	}
}

// TestAFirstTryStandsWhenTimeIsOver: it was almost right, and nothing else came.
func TestAFirstTryStandsWhenTimeIsOver(t *testing.T) {
	p, sheets := exam([]questions.FactID{7, 7})
	p.Sitting.Mode, p.Sitting.Ends = Tutor, noon.Add(10*time.Minute)
	for i, v := range []questions.Version{date, flash} {
		sheets[i].wording.Version = v
		p.Sitting.Items[i] = Item{Pos: i + 1, State: Tried, Tried: questions.Response{"February 1956"}, Facts: v.Facts()}
	}
	in := handIn(p, sheets, ada, noon.Add(time.Hour))
	if len(in.Answers) != 1 || len(in.Empty) != 1 || in.Answers[0].Item.Verdict != questions.Almost || in.Answers[0].From != Tried || !in.Answers[0].Event.At.Equal(p.Sitting.Ends) {
		t.Errorf("handed in: %+v", in)
	}
}

// TestAnAnswerStandsWhenItWasGiven unless weights were adopted since.
func TestAnAnswerStandsWhenItWasGiven(t *testing.T) {
	p, _ := exam(nil)
	it, end := Item{At: noon}, noon.Add(48*time.Hour)
	if got := p.when(it, ada, end); !got.Equal(noon) {
		t.Errorf("given at noon: stands at %v", got)
	}
	p.Adopted, p.AdoptedOn = 9, study.Calendar(ada.Location()).Day(noon.Add(24*time.Hour))
	if got := p.when(it, ada, end); !got.Equal(end) {
		t.Errorf("given before weights were adopted: stands at %v", got)
	}
}

func TestWhatIsGivenCanBeChangedFlaggedAndTakenBack(t *testing.T) {
	w := study.Wording{Version: date}
	it := Item{Pos: 1, State: Open, Facts: date.Facts()}
	g := Giving{Submission: Submission{Token: "one", Response: questions.Response{"1956"}, Took: 3 * time.Second}}
	first, err := given(it, w, g, noon)
	if err != nil || first.State != Given || first.Given[0] != "1956" || first.Token != "one" || !first.At.Equal(noon) {
		t.Fatalf("given: %+v, %v", first, err)
	}
	g.Token, g.Response, g.Flag = "two", questions.Response{"25 February 1956"}, FlagPut
	second, err := given(first, w, g, noon.Add(time.Minute))
	if err != nil || second.Given[0] != "25 February 1956" || !second.Flagged || second.Took != 6*time.Second {
		t.Errorf("changed: %+v, %v", second, err)
	}
	g.Response, g.Flag = questions.Response{" "}, FlagGone
	third, err := given(second, w, g, noon.Add(time.Hour))
	if err != nil || third.Flagged || third.Given[0] != "25 February 1956" || !third.At.Equal(second.At) {
		t.Errorf("the flag taken away: %+v, %v", third, err)
	}
	g.Flag = FlagStays
	if _, err := given(second, w, g, noon); !fault.Is(err, fault.Invalid) {
		t.Errorf("an empty answer: %v, want invalid", err)
	}
	g.Leave = true
	left, err := given(second, w, g, noon)
	if err != nil || left.State != Open || left.Given != nil || !left.At.IsZero() || !left.Flagged {
		t.Errorf("taken back: %+v, %v", left, err)
	}
	if _, err := given(Item{Order: []int{0, 1, 2}}, study.Wording{Version: choice}, Giving{Submission: Submission{Response: questions.Response{"7"}}}, noon); !fault.Is(err, fault.Invalid) {
		t.Errorf("an option that is not there: %v, want invalid", err)
	}
}

func TestTimeIsOverAtItsEnd(t *testing.T) {
	s := Sitting{Mode: Exam, Ends: noon}
	for after, want := range map[time.Duration][2]bool{-time.Second: {false, false}, 0: {true, false}, 9 * time.Second: {true, false}, 10 * time.Second: {true, true}} {
		if got := [2]bool{s.Over(noon.Add(after)), s.Late(noon.Add(after))}; got != want {
			t.Errorf("%v after the end: over and late are %v, want %v", after, got, want)
		}
	}
	s.Finished = noon
	if s.Over(noon.Add(time.Hour)) || !s.RanOut() || (Sitting{Mode: Exam}).Over(noon) {
		t.Error("over once it is finished, or without a limit")
	}
	if (Sitting{Mode: Tutor, Ends: noon, Finished: noon.Add(time.Second)}).RanOut() {
		t.Error("every question was answered in time: nothing ran out")
	}
}
