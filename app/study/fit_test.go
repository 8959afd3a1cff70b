package study

import (
	"fmt"
	"math/rand/v2"
	"testing"
	"time"

	"thaw/app/fsrs"
	"thaw/questions"
)

// lived is the past of somebody with a memory of their own, which the model does
// not know: facts are answered on the days they fall due.
func lived(memory fsrs.Weights, facts, days int) []Past {
	truth, usual := fsrs.New(memory), Model(fsrs.Weights{})
	rng := rand.New(rand.NewPCG(5, 1))
	cards := map[questions.FactID]Card{}
	minds := map[questions.FactID]fsrs.Memory{}
	start := time.Date(2026, 3, 2, 12, 0, 0, 0, time.UTC)
	var past []Past
	for day := range days {
		at := start.AddDate(0, 0, day)
		for f := range facts {
			fact := questions.FactID(f + 1)
			card, mind := cards[fact], minds[fact]
			if f%days > day || card.Seen() && card.Due.After(at.Add(8*time.Hour)) {
				continue
			}
			at = at.Add(time.Minute)
			elapsed := 0
			verdict := questions.Right
			if card.Seen() {
				elapsed = int(Calendar(time.UTC).Day(at) - Calendar(time.UTC).Day(card.Last))
			}
			if mind.Seen() && rng.Float64() > truth.Retrievability(mind, float64(elapsed)) {
				verdict = questions.Wrong
			}
			e := Event{Learner: 5, Seq: int64(len(past) + 1), At: at, Day: Calendar(time.UTC).Day(at), Zone: "UTC", What: Answer,
				Ref: questions.Ref{Question: 1, Version: 1}, Token: fmt.Sprint(len(past))}
			mark := questions.Mark{Part: 1, Fact: fact, Verdict: verdict}
			moved, met := Apply(usual, e, []questions.Mark{mark}, []Card{card})
			moved[0].Seq = e.Seq
			cards[fact], minds[fact] = moved[0], truth.Next(mind, elapsed, Rate(mark))
			past = append(past, Past{Event: e, Marks: met})
		}
	}
	return past
}

// forgetful are the weights of somebody who forgets much sooner than most.
var forgetful = fsrs.Weights{.1, .3, .5, 2, 7.5, .8, 3, .02, 1.1, .1, .5, 1.2, .06, .25, 1.6, .5, 1.6, .5, .09, .07, .4}

func TestAFitSuitsItsLearner(t *testing.T) {
	past := lived(forgetful, 80, 60)
	now := past[len(past)-1].At.Add(time.Hour)
	f, err := fit(t.Context(), past, now)
	if err != nil {
		t.Fatal(err)
	}
	if !f.Better || f.After >= f.Before || f.Tested < 50 || f.Reviews < 5*f.Tested-5 || f.Was != fsrs.Default() || f.Last != int64(len(past)) {
		t.Fatalf("the fit of somebody forgetful: %+v", f.Fit)
	}
	if w, adopted := InForce(append(past, Past{Event: f.Event})); w != f.Weights || adopted != f.Last+1 {
		t.Errorf("after the adoption %v is in force by event %d, want %v", w, adopted, f.Weights)
	}
	sooner := 0
	old := Fold(past)
	for i, c := range f.Cards {
		if c.Seq != old[i].Seq || c.Reps != old[i].Reps || c.Decay != f.Weights[20] {
			t.Fatalf("a replayed card is %+v, was %+v", c, old[i])
		}
		if c.Due.Before(old[i].Due) {
			sooner++
		}
	}
	if sooner < len(old)/2 {
		t.Errorf("%d of %d facts of somebody forgetful come back sooner, want most", sooner, len(old))
	}
}

func TestAFitThatIsNoBetterChangesNothing(t *testing.T) {
	past := lived(fsrs.Default(), 20, 30)
	f, err := fit(t.Context(), past, past[len(past)-1].At)
	if err != nil {
		t.Fatal(err)
	}
	if f.Better && f.After >= f.Before || !f.Better && f.Cards != nil {
		t.Errorf("the fit of somebody usual: %+v with %d cards", f.Fit, len(f.Cards))
	}
}

// What the log says moves memories as the answers moved the cards, choices and partly
// right answers included.
func TestTheLogMovesMemoriesAsTheCards(t *testing.T) {
	past := lived(fsrs.Default(), 40, 60)
	for i := range past {
		m := &past[i].Marks[0].Mark
		switch m.Credit = 1; {
		case m.Verdict == questions.Wrong:
			m.Credit, m.Guess = 0, 1./3
		case i%3 == 0:
			m.Guess = 1. / 3
		case i%7 == 0:
			m.Guess, m.Credit, m.Verdict = 1./15, .5, questions.Almost
		}
	}
	model := Model(fsrs.Weights{})
	minds, lucky := map[int64]fsrs.Memory{}, 0
	for _, r := range Log(past) {
		minds[r.Card] = model.Weigh(minds[r.Card], int(r.Days), r.Rating, r.Guess, 1-r.Lost)
		if r.Guess > 0 && r.Lost > 0 && r.Rating > fsrs.Again {
			lucky++
		}
	}
	for _, c := range Fold(past) {
		if minds[int64(c.Fact)] != c.Memory {
			t.Errorf("fact %d: the log leaves %v, the answers %v", c.Fact, minds[int64(c.Fact)], c.Memory)
		}
	}
	if lucky == 0 || len(minds) != 40 {
		t.Errorf("%d partly right answers of %d facts: want some", lucky, len(minds))
	}
}

func TestTheLogIsWhatFedTheCards(t *testing.T) {
	day := func(n int) time.Time { return time.Date(2026, 3, 2+n, 12, 0, 0, 0, time.UTC) }
	event := func(seq int64, n int, what What, voids int64) Event {
		return Event{Learner: 5, Seq: seq, At: day(n), Day: Calendar(time.UTC).Day(day(n)), Zone: "UTC", What: what, Voids: voids}
	}
	right, wrong := questions.Mark{Part: 1, Fact: 1, Verdict: questions.Right}, questions.Mark{Part: 2, Fact: 1, Verdict: questions.Wrong}
	past := []Past{
		{event(1, 0, Answer, 0), []Mark{{Mark: right}}},
		{event(2, 1, Practice, 0), []Mark{{Mark: right}}},
		{event(3, 2, Answer, 0), []Mark{{Mark: right}, {Mark: wrong}, {Mark: questions.Mark{Fact: 2, Verdict: questions.Right}}}},
		{event(4, 3, Answer, 0), []Mark{{Mark: wrong}}},
		{event(5, 3, Undo, 4), nil},
		{event(6, 5, Answer, 0), []Mark{{Mark: right}}},
	}
	var got []string
	for _, r := range Log(past) {
		got = append(got, fmt.Sprintf("%d after %d: %v", r.Card, r.Days, r.Rating))
	}
	want := "[1 after 0: good 1 after 2: again 2 after 0: good 1 after 3: good]"
	if fmt.Sprint(got) != want {
		t.Errorf("the log is %v, want %s", got, want)
	}
}
