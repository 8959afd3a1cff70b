package fsrs

import (
	"math"
	"math/rand/v2"
	"testing"
	"time"

	gofsrs "github.com/open-spaced-repetition/go-fsrs/v4"
	"pgregory.net/rapid"
)

// dueDays answers a new card with the ratings, each at its due time, and
// returns the days until each due.
func dueDays(s Scheduler, ratings string) []int {
	now := time.Date(2022, 11, 29, 12, 30, 0, 0, time.UTC)
	var card Card
	var days []int
	for _, letter := range ratings {
		card = s.Answer(card, map[rune]Rating{'A': Again, 'H': Hard, 'G': Good, 'E': Easy}[letter], now, 0)
		days = append(days, int(s.Days.Day(card.Due)-s.Days.Day(now)))
		now = card.Due
	}
	return days
}

func TestDueDaysOfPeers(t *testing.T) {
	s := Config(New(Default()))
	for ratings, want := range map[string][]int{
		"GGGGGGAAGGGGG": {0, 2, 11, 46, 163, 498, 0, 0, 2, 4, 7, 12, 21},
	} {
		if got := dueDays(s, ratings); !equal(got, want) {
			t.Errorf("%s is due after %v days, want %v", ratings, got, want)
		}
	}
}

// TestFourGoodIntervals reviews after 0, 4 and 11 days, whatever was due.
func TestFourGoodIntervals(t *testing.T) {
	stepless := Config(New(Default()))
	stepless.Learning, stepless.Relearning = nil, nil
	for name, c := range map[string]struct {
		scheduler Scheduler
		want      []int
	}{
		"with steps":    {Config(New(Default())), []int{0, 2, 16, 53}},
		"without steps": {stepless, []int{3, 3, 16, 53}},
	} {
		now, card := morning, Card{}
		var got []int
		for _, days := range []int{0, 0, 4, 11} {
			now = now.AddDate(0, 0, days)
			card = c.scheduler.Answer(card, Good, now, 0)
			got = append(got, int(c.scheduler.Days.Day(card.Due)-c.scheduler.Days.Day(now)))
		}
		if !equal(got, c.want) {
			t.Errorf("%s: four Good are due after %v days, want %v", name, got, c.want)
		}
	}
}

func equal(a, b []int) bool {
	if len(a) != len(b) {
		return false
	}
	for i := range a {
		if a[i] != b[i] {
			return false
		}
	}
	return true
}

func TestSteps(t *testing.T) {
	m := time.Minute
	three := []time.Duration{1 * m, 10 * m, 60 * m}
	for _, c := range []struct {
		steps []time.Duration
		at    int
		want  [4]time.Duration // 0: graduates
	}{
		{nil, 0, [4]time.Duration{}},
		{three[:1], 0, [4]time.Duration{1 * m, 90 * time.Second, 0, 0}},
		{three[:2], 0, [4]time.Duration{1 * m, 330 * time.Second, 10 * m, 0}},
		{three[:2], 1, [4]time.Duration{1 * m, 10 * m, 0, 0}},
		{three, 1, [4]time.Duration{1 * m, 10 * m, 60 * m, 0}},
		{three, 2, [4]time.Duration{1 * m, 60 * m, 0, 0}},
		{three[:2], 7, [4]time.Duration{1 * m, 10 * m, 0, 0}}, // steps were taken away
	} {
		s := Config(New(Default()))
		s.Learning = c.steps
		card := Card{Memory: Memory{2, 5}, Phase: Learning, Step: c.at, Reps: 1, Last: morning}
		for i, next := range s.Preview(card, morning, 0) {
			if got := next.Phase == Reviewing; got != (c.want[i] == 0) {
				t.Errorf("step %d of %v: %v graduates %v", c.at, c.steps, Rating(i+1), got)
			}
			if got := next.Due.Sub(morning); c.want[i] != 0 && got != c.want[i] {
				t.Errorf("step %d of %v: %v waits %v, want %v", c.at, c.steps, Rating(i+1), got, c.want[i])
			}
		}
	}
}

func TestLifeOfACard(t *testing.T) {
	s := Config(New(Default()))
	now, card := morning, Card{}
	for i, want := range []struct {
		rating Rating
		phase  Phase
		step   int
		lapses int
	}{
		{Again, Learning, 0, 0},
		{Good, Learning, 1, 0},
		{Hard, Learning, 1, 0},
		{Good, Reviewing, 0, 0},
		{Good, Reviewing, 0, 0},
		{Again, Relearning, 0, 1},
		{Again, Relearning, 0, 1},
		{Good, Reviewing, 0, 1},
		{Again, Relearning, 0, 2},
		{Easy, Reviewing, 0, 2},
	} {
		card = s.Answer(card, want.rating, now, 0)
		if card.Phase != want.phase || card.Step != want.step || card.Lapses != want.lapses {
			t.Errorf("after review %d (%v): %q step %d, %d lapses, want %q step %d, %d",
				i+1, want.rating, card.Phase, card.Step, card.Lapses, want.phase, want.step, want.lapses)
		}
		if card.Reps != i+1 || !card.Last.Equal(now) {
			t.Errorf("after review %d: %d reviews, the last at %v", i+1, card.Reps, card.Last)
		}
		now = card.Due
	}
}

func TestClockThatWentBackIsTheSameDay(t *testing.T) {
	s := Config(New(Default()))
	card := s.Answer(Card{}, Easy, morning, 0)
	got := s.Answer(card, Good, morning.AddDate(0, 0, -3), 0)
	want := s.Answer(card, Good, morning, 0)
	if got.Memory != want.Memory {
		t.Errorf("memory %+v, want %+v", got.Memory, want.Memory)
	}
}

// TestTimesAreAsReadBack holds that a card equals itself after a round through
// a database: UTC, and no monotonic reading.
func TestTimesAreAsReadBack(t *testing.T) {
	s := Config(New(Default()))
	now := time.Now() // has a monotonic reading
	card := s.Answer(Card{}, Again, now, 0)
	if want := time.Unix(0, now.UnixNano()).UTC(); card.Last != want || card.Due != want.Add(time.Minute) {
		t.Errorf("last %v, due %v, want plain UTC times", card.Last, card.Due)
	}
}

func TestFuzzSpreadsCardsAndRepeats(t *testing.T) {
	s, _ := busy(t)
	card := Card{Memory: Memory{50, 5}, Phase: Reviewing, Reps: 3, Last: morning.AddDate(0, 0, -50)}
	due := map[time.Time]int{}
	for seed := range uint64(200) {
		next := s.Answer(card, Good, morning, seed)
		due[next.Due]++
		if next != s.Answer(card, Good, morning, seed) {
			t.Fatal("two due times for one answer")
		}
	}
	if len(due) < 8 {
		t.Errorf("200 cards fall due on %d days, want them spread", len(due))
	}
	clear(due)
	for card.Reps = range 50 {
		due[s.Answer(card, Good, morning, 7).Due]++
	}
	if len(due) < 5 {
		t.Errorf("50 repetitions are due after %d intervals, want each fuzzed anew", len(due))
	}
}

func schedulers(t *rapid.T) Scheduler {
	s := Config(New(weightsWithin(t)))
	s.Fuzz = rapid.Bool().Draw(t, "fuzz")
	s.Retention = rapid.Float64Range(.7, .99).Draw(t, "retention")
	s.MaxDays = rapid.SampledFrom([]int{1, 2, 30, 365, MaxStability}).Draw(t, "most")
	if rapid.Bool().Draw(t, "stepless") {
		s.Learning, s.Relearning = nil, nil
	}
	return s
}

// TestOrderOfTheRatings also holds that Preview shows what Answer does.
func TestOrderOfTheRatings(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := schedulers(t)
		now, card := morning, Card{}
		for range rapid.IntRange(1, 20).Draw(t, "reviews") {
			seed := rapid.Uint64().Draw(t, "seed")
			next := s.Preview(card, now, seed)
			if card.Phase == Reviewing || s.Learning == nil {
				ordered(t, s, now, next)
			}
			rating := Rating(rapid.IntRange(1, 4).Draw(t, "rating"))
			card = s.Answer(card, rating, now, seed)
			if card != next[rating-1] {
				t.Fatalf("Preview shows %+v, Answer gives %+v", next[rating-1], card)
			}
			now = now.Add(time.Duration(rapid.IntRange(0, 90*24).Draw(t, "hours")) * time.Hour)
		}
	})
}

func ordered(t *rapid.T, s Scheduler, now time.Time, next [4]Card) {
	var days [4]Day
	for i, c := range next {
		days[i] = s.Days.Day(c.Due) - s.Days.Day(now)
		if days[i] > Day(s.MaxDays) {
			t.Fatalf("%v is due in %v days, want at most %d", Rating(i+1), days[i], s.MaxDays)
		}
	}
	again, hard, good, easy, most := days[0], days[1], days[2], days[3], Day(s.MaxDays)
	if again > hard || hard > good || good > easy || hard == good && good < most || good == easy && good < most {
		t.Fatalf("due in %v days, want again <= hard < good < easy", days)
	}
	if s.Relearning == nil && again == hard && hard < most {
		t.Fatalf("due in %v days, want again < hard without steps", days)
	}
}

// states are the peer's names of the phases.
var states = map[Phase]gofsrs.State{Unseen: gofsrs.New, Learning: gofsrs.Learning,
	Reviewing: gofsrs.Review, Relearning: gofsrs.Relearning}

// TestDueDaysEqualGoFSRS holds the schedule, with fuzz off and UTC days, to the
// peer's on generated reviews.
func TestDueDaysEqualGoFSRS(t *testing.T) {
	peer := gofsrs.NewFSRS(gofsrs.DefaultParam())
	s := Config(New(Default()))
	rng := rand.New(rand.NewPCG(1, 2))
	for reviews := 0; reviews < 100_000; {
		now := notLate(morning.Add(time.Duration(rng.IntN(86400)) * time.Second))
		theirs, ours := gofsrs.NewCard(), Card{}
		for range 2 + rng.IntN(12) {
			rating := Rating(1 + rng.IntN(4))
			info, err := peer.Next(theirs, now, gofsrs.Rating(rating))
			if err != nil {
				t.Fatal(err)
			}
			theirs = info.Card
			ours = s.Answer(ours, rating, now, 0)
			reviews++
			agree(t, ours, theirs)
			now = notLate(theirs.Due.Add(time.Duration(rng.IntN(3*86400)) * time.Second))
		}
	}
}

func agree(t *testing.T, ours Card, theirs gofsrs.Card) {
	t.Helper()
	var utc Calendar
	if got, want := utc.Day(ours.Due), utc.Day(theirs.Due); got != want {
		t.Fatalf("%+v is due on %v, go-fsrs has %v", ours, got, want)
	}
	if !same(ours.Memory, Memory{theirs.Stability, theirs.Difficulty}, 1e-9) {
		t.Fatalf("memory %+v, go-fsrs has %+v", ours.Memory, theirs)
	}
	if states[ours.Phase] != theirs.State || ours.Reps != int(theirs.Reps) || ours.Lapses != int(theirs.Lapses) {
		t.Fatalf("%+v, go-fsrs has %+v", ours, theirs)
	}
}

// notLate moves the last minutes of a day past midnight: the peers' Hard steps
// differ by minutes.
func notLate(now time.Time) time.Time {
	if left := 24*time.Hour - now.Sub(now.Truncate(24*time.Hour)); left < 20*time.Minute {
		return now.Add(left)
	}
	return now
}

func TestRecallOnADate(t *testing.T) {
	s := Config(New(Default()))
	at := time.Date(2026, 3, 2, 12, 0, 0, 0, time.UTC)
	card := Card{Memory: Memory{Stability: 8, Difficulty: 5}, Last: at}
	for days, want := range map[float64]float64{-1: 1, 0: 1, 8: .9} {
		if got := s.Recall(card, at.Add(time.Duration(days*24)*time.Hour)); math.Abs(got-want) > 1e-12 {
			t.Errorf("after %v days %v, want %v", days, got, want)
		}
	}
	noon, evening := s.Recall(card, at.AddDate(0, 0, 3)), s.Recall(card, at.AddDate(0, 0, 3).Add(8*time.Hour))
	if !(evening < noon) || s.Recall(Card{}, at) != 0 {
		t.Errorf("at noon %v, in the evening %v, never seen %v", noon, evening, s.Recall(Card{}, at))
	}
}
