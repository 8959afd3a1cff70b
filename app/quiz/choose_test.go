package quiz

import (
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"thaw/app/bank"
	"thaw/app/fault"
	"thaw/app/fsrs"
	"thaw/app/people"
	"thaw/app/study"
	"thaw/questions"
)

// remembered is a candidate whose fact was answered so many days ago with a stability; 0
// days: never.
func remembered(fact, days int, stability float64) candidate {
	id := questions.FactID(fact)
	c := candidate{question: bank.Question{ID: questions.QuestionID(fact), Topic: 1, Kind: questions.Choice, Facts: []questions.FactID{id}}}
	if c.card.Fact = id; days > 0 {
		c.card.Card = fsrs.Card{Memory: fsrs.Memory{Stability: stability, Difficulty: 5}, Last: noon.AddDate(0, 0, -days), Due: noon}
	}
	return c
}

func facts(picked []candidate) (list []questions.FactID) {
	for _, c := range picked {
		list = append(list, c.question.Facts...)
	}
	return list
}

// draws is what a quiz of n is drawn from at noon.
func draws(all []candidate, n int, rng *rand.Rand) drawing {
	return drawing{Preparing: study.Preparing{Now: noon, Who: people.Person{Zone: "UTC"}}, all: all, n: n, rng: rng}
}

func TestWeakestIsWhatIsRememberedLeast(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 1))
	all := []candidate{remembered(1, 2, 50), remembered(2, 9, 3), remembered(3, 0, 0), remembered(4, 9, 1), remembered(5, 9, 9)}
	typed := remembered(4, 9, 1)
	typed.question.ID, typed.question.Kind = 40, questions.Text
	all = append(all, typed) // asks for the same fact
	for range 20 {
		if got, want := facts(draws(all, 3, rng).weakest()), []questions.FactID{4, 2, 5}; !slices.Equal(got, want) {
			t.Fatalf("the weakest three are %v, want %v", got, want)
		}
	}
	if got := draws(all, 9, rng).weakest(); len(got) != 4 || got[0].question.Kind != questions.Choice {
		t.Errorf("of what was met %d are picked, the first a %s; want 4, each fact once, a shaky one by options", len(got), got[0].question.Kind)
	}
}

func TestOnlyWhatIsListedIsAskedAgain(t *testing.T) {
	all := []candidate{remembered(1, 1, 1), remembered(2, 1, 1), remembered(3, 1, 1)}
	got := facts(draws(all, 5, rand.New(rand.NewPCG(1, 1))).those(func(c candidate) bool { return c.question.ID != 2 }))
	slices.Sort(got)
	if !slices.Equal(got, []questions.FactID{1, 3}) {
		t.Errorf("picked %v, want 1 and 3", got)
	}
}

func TestChoicesThatCannotBe(t *testing.T) {
	for _, c := range []struct {
		choice Choice
		ok     bool
	}{
		{Choice{}, true}, {Choice{N: 20, Mode: Exam, Minutes: 40, From: Weak}, true}, {Choice{N: 7}, false}, {Choice{N: -1}, false}, {Choice{Mode: Review}, false},
		{Choice{Mode: "live"}, false}, {Choice{Minutes: 1}, false}, {Choice{Minutes: -1}, false}, {Choice{From: "starred?"}, false},
	} {
		w, err := c.choice.checked()
		if (err == nil) != c.ok || err != nil && !fault.Is(err, fault.Invalid) {
			t.Errorf("%+v: %v", c.choice, err)
		}
		if c.ok && (w.N == 0 || w.Mode == "") {
			t.Errorf("%+v is checked to %+v, want what is usual filled in", c.choice, w)
		}
	}
}

func TestAChoiceNamesWhatIsStudied(t *testing.T) {
	p := study.Preparing{Banks: []bank.Contents{{Topics: []bank.Topic{{ID: 4}}, Facts: []bank.Fact{{ID: 7}, {ID: 8}, {ID: 6}},
		Questions: []bank.Question{{ID: 1, Topic: 4, Kind: questions.Choice, Facts: []questions.FactID{7}}, {ID: 2, Topic: 4, Kind: questions.Choice, Facts: []questions.FactID{8}, Tags: []string{"Rome"}},
			{ID: 3, Topic: 4, Kind: questions.Flash, Facts: []questions.FactID{8}}, {ID: 5, Topic: 4, Kind: questions.Flash, Facts: []questions.FactID{6}, Tags: []string{"rome"}}}}}}
	for _, c := range []struct {
		choice Choice
		n      int // questions; -1: missing
	}{
		{Choice{}, 2}, {Choice{Topic: 4}, 2}, {Choice{Topic: 5}, -1}, {Choice{Topic: -1}, -1}, {Choice{Facts: []questions.FactID{8}}, 1},
		{Choice{Facts: []questions.FactID{6, 8}}, 2}, {Choice{Facts: []questions.FactID{6}, Mode: Exam}, 0},
		{Choice{Tags: []string{"ROME"}}, 1}, {Choice{Tags: []string{"rome", "x"}, Mode: Cram}, 2}, {Choice{Tags: []string{"x"}}, 0},
		{Choice{Facts: []questions.FactID{8, 9}}, -1}, {Choice{Facts: []questions.FactID{0}}, -1}, {Choice{Topic: 4, Facts: []questions.FactID{7, 8}}, 2},
	} {
		all, err := c.choice.among(p)
		if c.n < 0 && !fault.Is(err, fault.Missing) || c.n >= 0 && (err != nil || len(all) != c.n) {
			t.Errorf("%+v: %d questions, %v; want %d", c.choice, len(all), err, c.n)
		}
	}
}

// TestTimeLimitsAreStretched by a learner's own setting.
func TestTimeLimitsAreStretched(t *testing.T) {
	for more, want := range map[int]time.Duration{0: 10 * time.Minute, 50: 15 * time.Minute, 100: 20 * time.Minute} {
		if got := (people.Person{MoreTime: more}).Ends(noon, 10).Sub(noon); got != want {
			t.Errorf("ten minutes and %d %%: %v, want %v", more, got, want)
		}
	}
	if !(people.Person{MoreTime: people.NoLimits}).Ends(noon, 10).IsZero() || !(people.Person{MoreTime: 50}).Ends(noon, 0).IsZero() {
		t.Error("a limit where there is none")
	}
}

func TestAQuizOfWhatIsStarred(t *testing.T) {
	d := draws([]candidate{remembered(1, 1, 1), remembered(2, 1, 1), remembered(3, 1, 1)}, 5, rand.New(rand.NewPCG(1, 1)))
	d.Cares = map[questions.FactID]study.Care{2: {Starred: true}, 3: {Note: "only a note"}}
	picked, err := fromStarred(t.Context(), Host{}, d)
	if got := facts(picked); err != nil || !slices.Equal(got, []questions.FactID{2}) {
		t.Errorf("picked %v (%v), want 2", got, err)
	}
}

// TestWhatIsSetAsideIsOnlyAskedByName, and a flashcard only where a card can rate itself.
func TestWhatIsSetAsideIsOnlyAskedByName(t *testing.T) {
	b := bank.Contents{Topics: []bank.Topic{{ID: 1}}}
	for f := questions.FactID(1); f <= 4; f++ {
		kind := questions.Choice
		if f == 4 {
			kind = questions.Flash
		}
		b.Facts = append(b.Facts, bank.Fact{ID: f, Topic: 1})
		b.Questions = append(b.Questions, bank.Question{ID: questions.QuestionID(f), Topic: 1, Kind: kind, Facts: []questions.FactID{f}})
	}
	p := study.Preparing{Now: noon, Who: people.Person{Zone: "UTC"}, Banks: []bank.Contents{b}, Cares: map[questions.FactID]study.Care{2: {Suspended: true}}}
	for _, c := range []struct {
		choice Choice
		want   []questions.FactID
	}{
		{Choice{Mode: Tutor}, []questions.FactID{1, 3}}, {Choice{Mode: Cram}, []questions.FactID{1, 3, 4}},
		{Choice{Mode: Tutor, Facts: []questions.FactID{2, 4}}, []questions.FactID{2, 4}}, {Choice{Mode: Exam, Facts: []questions.FactID{2, 4}}, []questions.FactID{2}},
	} {
		all, err := c.choice.among(p)
		if got := facts(all); err != nil || !slices.Equal(got, c.want) {
			t.Errorf("%+v is about %v (%v), want %v", c.choice, got, err, c.want)
		}
	}
}
