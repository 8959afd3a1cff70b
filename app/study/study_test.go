package study_test

import (
	"math/rand/v2"
	"testing"
	"time"

	"thaw/app/fsrs"
	"thaw/app/people"
	"thaw/app/study"
	"thaw/questions"
)

var monday = time.Date(2026, 3, 2, 12, 0, 0, 0, time.UTC)

// live answers a random course of questions as the app does and returns what
// was stored.
func live(seed uint64, undo bool) (past []study.Past, cards map[questions.FactID]study.Card) {
	rng := rand.New(rand.NewPCG(seed, 1))
	cards = map[questions.FactID]study.Card{}
	before := map[questions.FactID]study.Card{}
	verdicts := []questions.Verdict{questions.Right, questions.Slip, questions.Almost, questions.Wrong}
	now := monday
	seq := int64(0)
	for range 200 {
		seq++
		fact := questions.FactID(1 + rng.IntN(12))
		mark := questions.Mark{Part: 1, Fact: fact, Verdict: verdicts[rng.IntN(4)], Self: rng.IntN(5), Credit: rng.Float64(), Guess: float64(rng.IntN(3)) / 4}
		event := study.Event{Learner: 5, Seq: seq, At: now, Zone: "Europe/Berlin", What: study.Answer}
		event.Day = study.Calendar(time.UTC).Day(now)
		moved, met := study.Apply(study.Model(fsrs.Weights{}), event, []questions.Mark{mark}, []study.Card{cards[fact]})
		past = append(past, study.Past{Event: event, Marks: met})
		before[fact] = cards[fact]
		for _, c := range moved {
			c.Seq = seq
			cards[fact] = c
		}
		if undo && rng.IntN(6) == 0 {
			seq++
			past = append(past, study.Past{Event: study.Event{Learner: 5, Seq: seq, At: now, What: study.Undo, Voids: seq - 1}})
			cards[fact] = before[fact]
			if !before[fact].Seen() {
				delete(cards, fact)
			}
		}
		now = now.Add(time.Duration(1+rng.IntN(40*3600)) * time.Second)
	}
	return past, cards
}

func TestFoldEqualsWhatWasLived(t *testing.T) {
	for seed := range uint64(20) {
		past, cards := live(seed, true)
		rand.New(rand.NewPCG(seed, 2)).Shuffle(len(past), func(i, j int) { past[i], past[j] = past[j], past[i] })
		folded := study.Fold(past)
		if len(folded) != len(cards) {
			t.Fatalf("folded %d cards, lived %d", len(folded), len(cards))
		}
		for _, c := range folded {
			want := cards[c.Fact]
			want.Learner, want.Fact = 5, c.Fact
			if c != want {
				t.Fatalf("seed %d: folded %+v, lived %+v", seed, c, want)
			}
		}
	}
}

func TestFoldTakesEventsInTheOrderOfTime(t *testing.T) {
	right := []study.Mark{{Mark: questions.Mark{Part: 1, Fact: 1, Verdict: questions.Right}}}
	event := func(seq int64, days int) study.Past {
		at := monday.AddDate(0, 0, days)
		return study.Past{Marks: right, Event: study.Event{Learner: 5, Seq: seq, At: at, Day: study.Calendar(time.UTC).Day(at), Zone: "UTC", What: study.Answer}}
	}
	cards := study.Fold([]study.Past{event(1, 0), event(2, 20), event(3, 9)}) // the last came by a claim
	if len(cards) != 1 || cards[0].Seq != 2 || !cards[0].Last.Equal(monday.AddDate(0, 0, 20)) {
		t.Errorf("folded %+v, want a card fed last by event 2", cards)
	}
}

func TestAnEventFollowsWhatItStandsOn(t *testing.T) {
	late := study.Card{Learner: 5, Fact: 1}
	late.Last = monday.AddDate(0, 0, 1)
	e := study.Event{At: monday, Day: study.Calendar(time.UTC).Day(monday), Zone: "UTC"}
	if got := e.Follow([]study.Card{{}, late}); !got.At.Equal(late.Last) || got.Day != e.Day+1 {
		t.Errorf("with a clock set back at %v, day %v; want %v and the day after", got.At, got.Day, late.Last)
	}
	e.At = late.Last.Add(time.Second)
	if got := e.Follow([]study.Card{late}); !got.At.Equal(e.At) || got.Day != e.Day {
		t.Errorf("later at %v, want as it was, %v", got.At, e.At)
	}
}

func TestRatingsComeFromWhatHappened(t *testing.T) {
	for _, c := range []struct {
		mark questions.Mark
		want fsrs.Rating
	}{
		{questions.Mark{Verdict: questions.Right}, fsrs.Good},
		{questions.Mark{Verdict: questions.Slip}, fsrs.Good},
		{questions.Mark{Verdict: questions.Almost}, fsrs.Hard},
		{questions.Mark{Verdict: questions.Wrong}, fsrs.Again},
		{questions.Mark{Verdict: questions.Wrong, Credit: .5, Guess: .1}, fsrs.Hard},
		{questions.Mark{Verdict: questions.Wrong, Credit: .4, Guess: .1}, fsrs.Again},
		{questions.Mark{Verdict: questions.Wrong, Credit: .5}, fsrs.Again},
		{questions.Mark{Verdict: questions.Right, Self: 2}, fsrs.Hard},
		{questions.Mark{Verdict: questions.Right, Self: 4}, fsrs.Easy},
		{questions.Mark{}, fsrs.Again},
	} {
		if got := study.Rate(c.mark); got != c.want {
			t.Errorf("%+v rates %v, want %v", c.mark, got, c.want)
		}
	}
}

// TestLuckSpeaksLessForMemory: what can be guessed moves a card less, half of it
// less still; what is typed counts by its rating alone.
func TestLuckSpeaksLessForMemory(t *testing.T) {
	stability := func(m questions.Mark) float64 {
		m.Part, m.Fact = 1, 1
		cards, _ := study.Apply(study.Model(fsrs.Weights{}), study.Event{Learner: 5, At: monday, What: study.Answer}, []questions.Mark{m}, nil)
		return cards[0].Stability
	}
	typed := stability(questions.Mark{Verdict: questions.Right, Credit: 1})
	picked := stability(questions.Mark{Verdict: questions.Right, Credit: 1, Guess: .25})
	if picked >= typed {
		t.Errorf("picked leaves a stability of %v, typed %v", picked, typed)
	}
	if half := stability(questions.Mark{Verdict: questions.Right, Credit: .5, Guess: .25}); half >= picked {
		t.Errorf("half right leaves %v, all right %v", half, picked)
	}
	whole, half := stability(questions.Mark{Verdict: questions.Almost, Credit: 1}), stability(questions.Mark{Verdict: questions.Almost, Credit: .5})
	if want := fsrs.Default()[1]; whole != want || half != want {
		t.Errorf("almost, typed: %v and %v, want that of Hard, %v", whole, half, want)
	}
}

// TestPartlyRightLiesBetween: of several options, half of what is right leaves a memory
// between that of a lapse and that of Hard, and the card out of its learning steps.
func TestPartlyRightLiesBetween(t *testing.T) {
	model := study.Model(fsrs.Weights{})
	event := study.Event{Learner: 5, At: monday, Zone: "UTC", What: study.Answer}
	answer := func(cards []study.Card, days int, m questions.Mark) study.Card {
		m.Part, m.Fact, m.Guess = 1, 1, 1./31
		e := event
		e.At = e.At.AddDate(0, 0, days)
		e.Day = study.Calendar(time.UTC).Day(e.At)
		next, _ := study.Apply(model, e, []questions.Mark{m}, cards)
		return next[0]
	}
	right := questions.Mark{Verdict: questions.Right, Credit: 1}
	known := []study.Card{answer([]study.Card{answer(nil, 0, right)}, 3, right)}
	last := 0.0
	for _, m := range []questions.Mark{{Verdict: questions.Wrong}, {Verdict: questions.Wrong, Credit: 1. / 3}, {Verdict: questions.Wrong, Credit: .5}, {Verdict: questions.Almost, Credit: 1}, right} {
		card := answer(known, 13, m)
		t.Logf("%-6s with %.2f: stability %.2f days, due in %.2f", m.Verdict, m.Credit, card.Stability, card.Due.Sub(event.At.AddDate(0, 0, 13)).Hours()/24)
		if lapsed := m.Verdict == questions.Wrong && m.Credit < .5; !lapsed && card.Stability <= last || lapsed && card.Stability != answer(known, 13, questions.Mark{Verdict: questions.Wrong}).Stability {
			t.Errorf("%s with %.2f leaves a stability of %.2f days after %.2f for less", m.Verdict, m.Credit, card.Stability, last)
		}
		last = card.Stability
	}
}

func TestWorstPartOfAFactCounts(t *testing.T) {
	event := study.Event{Learner: 1, At: monday, Zone: "UTC", What: study.Answer}
	cards, _ := study.Apply(study.Model(fsrs.Weights{}), event, []questions.Mark{
		{Part: 1, Fact: 1, Verdict: questions.Right}, {Part: 2, Fact: 1, Verdict: questions.Wrong}, {Part: 3, Fact: 2, Verdict: questions.Right},
	}, nil)
	if len(cards) != 2 {
		t.Fatalf("%d cards moved, want one for each fact", len(cards))
	}
	if cards[0].Phase != fsrs.Learning || cards[1].Phase == fsrs.Learning {
		t.Errorf("phases %q and %q, want the missed fact learning", cards[0].Phase, cards[1].Phase)
	}
}

// Of several facts the one whose key was seen a moment ago says nothing, the others do.
func TestFreshPartsSayNothing(t *testing.T) {
	marks := []questions.Mark{{Part: 1, Fact: 1, Verdict: questions.Right, Credit: 1}, {Part: 2, Fact: 2, Verdict: questions.Wrong}}
	event := study.Event{Learner: 1, At: monday, Zone: "UTC", What: study.Answer}
	before, _ := study.Apply(study.Model(fsrs.Weights{}), event, marks[:1], nil)
	event.At = monday.Add(5 * time.Minute)
	after, met := study.Apply(study.Model(fsrs.Weights{}), event, marks, before)
	if len(after) != 1 || after[0].Fact != 2 || len(met) != 2 {
		t.Errorf("the cards moved are %+v, want that of fact 2 alone", after)
	}
	both := []questions.FactID{1, 2}
	if !study.Evidence(both, before, event.At) || study.Evidence(both[:1], before, event.At) || study.Evidence(both, append(before, after...), event.At.Add(20*time.Second)) {
		t.Error("an answer says something as long as one of its facts is not fresh in mind, and only then")
	}
}

func TestTallyCountsReviewsOfEarlierDays(t *testing.T) {
	marks := []study.Mark{
		{Mark: questions.Mark{Verdict: questions.Right, Guess: .5}, Stability: 3, Recall: .9, Elapsed: 2}, // right by luck in one of twenty
		{Mark: questions.Mark{Verdict: questions.Wrong}, Stability: 3, Recall: .8, Elapsed: 2},
		{Mark: questions.Mark{Verdict: questions.Right}},
	}
	got := study.Count(study.Event{What: study.Answer, Took: time.Second}, marks)
	want := study.Tally{Answers: 1, Reviews: 2, Recalled: 1, Expected: 1_750_000, Took: time.Second}
	if got != want {
		t.Errorf("tally %+v, want %+v", got, want)
	}
	if practice := study.Count(study.Event{What: study.Practice}, marks); practice.Reviews != 0 {
		t.Errorf("practice counts %d reviews, want 0", practice.Reviews)
	}
}

func TestDueNowPutsTheMostEndangeredFirst(t *testing.T) {
	card := func(fact int, stability float64, due time.Time) study.Card {
		return study.Card{Fact: questions.FactID(fact), Card: fsrs.Card{Memory: fsrs.Memory{Stability: stability, Difficulty: 5},
			Last: monday.AddDate(0, 0, -5), Due: due}}
	}
	past, future := monday.Add(-time.Hour), monday.Add(time.Hour)
	cards := []study.Card{card(1, 9, past), card(2, 2, past), card(3, 5, future), {Fact: 4}}
	due := study.DueNow(cards, monday, 0)
	if len(due) != 2 || due[0].Fact != 2 || due[1].Fact != 1 {
		t.Errorf("due %+v, want facts 2 and 1", due)
	}
	at, n, ok := study.NextTime(cards, monday, time.UTC, 0)
	if !ok || !at.Equal(future) || n != 1 {
		t.Errorf("next time %v, %d, %v; want %v and 1", at, n, ok, future)
	}
}

func TestNextTimeSkipsDaysOff(t *testing.T) {
	card := func(due time.Time) study.Card {
		return study.Card{Fact: 1, Card: fsrs.Card{Memory: fsrs.Memory{Stability: 5, Difficulty: 5}, Last: monday.AddDate(0, 0, -5), Due: due}}
	}
	dawn := func(days int) time.Time {
		return monday.AddDate(0, 0, days).Truncate(24 * time.Hour).Add(4 * time.Hour)
	}
	off := func(list ...time.Weekday) (d people.Days) {
		for _, day := range list {
			d = d.With(day)
		}
		return d
	}
	for _, c := range []struct {
		name  string
		cards []study.Card
		off   people.Days
		at    time.Time
		n     int
	}{
		{"falls due on a day off", []study.Card{card(dawn(1)), card(dawn(3)), card(dawn(4))}, off(time.Tuesday, time.Wednesday), dawn(3), 2},
		{"today is off", []study.Card{card(monday.Add(-time.Hour)), card(monday.Add(time.Hour)), card(dawn(9))}, off(time.Monday), dawn(1), 2},
		{"no day is off", []study.Card{card(monday.Add(-time.Hour)), card(dawn(2))}, 0, dawn(2), 1},
		{"every day is off", []study.Card{card(dawn(2))}, people.Every, dawn(2), 1},
	} {
		t.Run(c.name, func(t *testing.T) {
			at, n, ok := study.NextTime(c.cards, monday, time.UTC, c.off)
			if !ok || !at.Equal(c.at) || n != c.n {
				t.Errorf("next time %v with %d cards, %v; want %v with %d", at, n, ok, c.at, c.n)
			}
		})
	}
}
