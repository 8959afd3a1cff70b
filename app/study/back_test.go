package study

import (
	"cmp"
	"math"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"thaw/app/fsrs"
	"thaw/app/people"
	"thaw/questions"
)

// left is a learner who met n facts on twenty days, reviewed each once, and was away since.
func left(n, away, minutes int) Preparing {
	now := time.Date(2026, 11, 27, 9, 0, 0, 0, time.UTC)
	p := Preparing{Now: now, Who: people.Person{ID: 1, Minutes: minutes, Zone: "UTC"}, Queues: &Queues{}}
	m := Model(fsrs.Weights{})
	for i := range n {
		ago := i % 20
		first := m.Next(fsrs.Memory{}, 0, fsrs.Good)
		c := Card{Learner: 1, Fact: questions.FactID(i + 1), Card: fsrs.Card{Memory: first, Phase: fsrs.Reviewing, Reps: 1}}
		if i%3 > 0 {
			c.Memory = m.Next(first, 2, fsrs.Good)
		}
		c.Last = now.AddDate(0, 0, -away-ago)
		c.Due = c.Last.AddDate(0, 0, int(c.Stability)+1)
		p.Cards = append(p.Cards, c)
	}
	return p
}

func (p Preparing) back() (Back, bool) { return p.Back(p.Agenda()) }

func TestWhoComesBackAfterWeeks(t *testing.T) {
	answered := left(400, 60, 10)
	answered.Cards[0].Last = answered.Now.Add(-time.Hour)
	practised := left(400, 60, 10)
	practised.Days = []Tally{{Day: practised.day() - 3, Answers: 1}}
	for name, c := range map[string]struct {
		p    Preparing
		want bool
	}{
		"sixty days, much due":      {left(400, 60, 10), true},
		"fourteen days":             {left(400, 14, 10), true},
		"thirteen days":             {left(400, 13, 10), false},
		"sixty days, little due":    {left(20, 60, 10), false},
		"as much time as it takes":  {left(400, 60, 240), false},
		"nothing was met":           {left(0, 60, 10), false},
		"after the first answer":    {answered, false},
		"who practised these days":  {practised, false},
		"little, and little time":   {left(20, 60, 1), true},
		"every day is a day at it ": {left(400, 0, 10), false},
	} {
		b, ok := c.p.back()
		if ok != c.want {
			t.Errorf("%s: back after weeks is %v, want %v", name, ok, c.want)
		}
		if ok && (b.Days < Weeks || len(b.facts) != len(c.p.Cards)) {
			t.Errorf("%s: %d days away, %d facts of %d", name, b.Days, len(b.facts), len(c.p.Cards))
		}
	}
}

func TestMoreMinutesRegainSooner(t *testing.T) {
	for _, n := range []int{150, 400, 3000} {
		p := left(n, 60, 10)
		b, ok := p.back()
		if !ok {
			t.Fatal("not back after weeks")
		}
		last := fsrs.Day(1 << 20)
		for _, minutes := range []int{5, 10, 20, 60} {
			at, ok := b.Regained(minutes)
			day := Calendar(time.UTC).Day(at)
			if !ok {
				day = 1 << 20
			}
			t.Logf("%d facts, %d minutes a day: %v, in %d days", n, minutes, ok, day-p.day())
			if day > last || ok && (day <= p.day() || day-p.day() > furthestBack) || minutes == 60 && !ok {
				t.Errorf("%d facts: with %d minutes a day regained on day %d, with fewer on %d; today is %d", n, minutes, day, last, p.day())
			}
			last = day
			again, _ := b.Regained(minutes)
			if !again.Equal(at) {
				t.Errorf("the same return is forecast for %v and %v", at, again)
			}
		}
	}
}

// drawn is after how many days as much is known again when answers are drawn: who forgot a
// fact learns it anew at once. What comes first is what is least likely to be recalled.
func (b Back) drawn(minutes int, rng *rand.Rand) int {
	facts, _ := b.sample()
	goal := b.known(facts, 1-b.Days)
	for day := 0; ; day++ {
		if day > 0 && b.known(facts, day) >= goal {
			return day
		}
		slices.SortFunc(facts, func(x, y faded) int {
			return cmp.Compare(b.model.Retrievability(x.Memory, float64(day-x.last)), b.model.Retrievability(y.Memory, float64(day-y.last)))
		})
		left := Fits(minutes, b.pace)
		for i := range facts {
			f, since := &facts[i], day-facts[i].last
			if float64(since) < f.Stability || left <= 0 {
				continue
			}
			left--
			if rng.Float64() < b.model.Retrievability(f.Memory, float64(since)) {
				f.Memory = b.model.Next(f.Memory, since, fsrs.Good)
			} else {
				f.Memory = b.model.Next(b.model.Next(f.Memory, since, fsrs.Again), 0, fsrs.Good)
				left--
			}
			f.last = day
		}
	}
}

// TestRegainedIsWhatHappens: drawing the answers comes to about the day foretold.
func TestRegainedIsWhatHappens(t *testing.T) {
	p := left(400, 60, 10)
	b, _ := p.back()
	for _, minutes := range people.UsualMinutes {
		at, _ := b.Regained(minutes)
		foretold, mean := int(Calendar(time.UTC).Day(at)-p.day()), 0.
		for seed := range uint64(10) {
			mean += float64(b.drawn(minutes, rand.New(rand.NewPCG(seed, 1)))) / 10
		}
		t.Logf("%d minutes a day: %d days foretold, %.1f when drawn", minutes, foretold, mean)
		if math.Abs(mean-float64(foretold)) > max(1.5, .2*mean) {
			t.Errorf("%d minutes a day: %d days foretold, %.1f when drawn", minutes, foretold, mean)
		}
	}
}

func TestDaysOffRegainLater(t *testing.T) {
	p := left(400, 60, 10)
	b, _ := p.back()
	soon, _ := b.Regained(10)
	for day := time.Sunday; day < time.Friday; day++ {
		p.Who.DaysOff = p.Who.DaysOff.With(day)
	}
	b, _ = p.back()
	if late, ok := b.Regained(10); ok && !late.After(soon) {
		t.Errorf("on two days a week it is regained by %v, on seven by %v", late, soon)
	}
}

func TestTheEasiestComeFirst(t *testing.T) {
	tasks := []Task{{Fact: 1, Now: .4, Card: Card{Card: fsrs.Card{Memory: fsrs.Memory{Stability: 1}}}}, {Fact: 2}, {Fact: 3, Now: .8, Card: Card{Card: fsrs.Card{Memory: fsrs.Memory{Stability: 9}}}}}
	if got := Easiest(tasks); len(got) != 2 || got[0].Fact != 3 {
		t.Errorf("got %v, want the fact met that is best known first, and none that is new", got)
	}
}

// BenchmarkRegained is the three dates of a page for 400 cards.
func BenchmarkRegained(b *testing.B) {
	back, ok := left(400, 60, 10).back()
	if !ok {
		b.Fatal("not back")
	}
	for b.Loop() {
		for _, minutes := range people.UsualMinutes {
			back.Regained(minutes)
		}
	}
}
