package fsrs_test

import (
	"bytes"
	"compress/gzip"
	"encoding/csv"
	"math"
	"os"
	"strconv"
	"testing"
	"time"
	_ "time/tzdata"

	gofsrs "github.com/open-spaced-repetition/go-fsrs/v4"
	"math/rand/v2"
	"pgregory.net/rapid"

	. "thaw/app/fsrs"
)

// near tells whether two numbers agree to a relative error.
func near(a, b, relative float64) bool {
	return math.Abs(a-b) <= relative*max(math.Abs(a), math.Abs(b))
}

func TestReplayAgreesWithReference(t *testing.T) {
	for name, weights := range map[string]Weights{
		"testdata/replay_default.csv.gz": Default(),
		"testdata/replay_other_weights.csv.gz": {0.6, 1.9, 4.1, 12.5, 6.9, 0.75, 2.6, 0.02, 1.45, 0.12, 0.95,
			1.65, 0.09, 0.3, 1.9, 0.35, 2.4, 0.5, 0.15, 0.09, 0.22},
	} {
		t.Run(name, func(t *testing.T) { replay(t, name, New(weights)) })
	}
}

func replay(t *testing.T, name string, model Model) {
	retentions := []float64{.7, .8, .9, .95, .97}
	var mem Memory
	rows := readReplay(t, name)
	if len(rows) != 3590 {
		t.Fatalf("%d rows, want 3590", len(rows))
	}
	for _, row := range rows {
		if row[1] == 0 {
			mem = Memory{}
		}
		mem = model.Next(mem, int(row[2]), Rating(row[3]))
		got := []float64{mem.Stability, mem.Difficulty, mem.Stability, mem.Difficulty}
		want := []float64{row[4], row[5], row[11], row[12]}
		for i, tolerance := range []float64{4e-5, 4e-5, 1e-9, 1e-9} {
			if !near(got[i], want[i], tolerance) {
				t.Fatalf("card %v review %v: column %d is %v, want %v", row[0], row[1], i, got[i], want[i])
			}
		}
		for i, r := range retentions {
			if got, want := model.Interval(mem.Stability, r), row[6+i]; !near(got, want, 4e-5) {
				t.Fatalf("card %v review %v: interval at %v is %v, want %v", row[0], row[1], r, got, want)
			}
		}
	}
}

func readReplay(t *testing.T, name string) [][]float64 {
	t.Helper()
	raw, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	zip, err := gzip.NewReader(bytes.NewReader(raw))
	if err != nil {
		t.Fatal(err)
	}
	reader := csv.NewReader(zip)
	reader.Comment = '#'
	records, err := reader.ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	rows := make([][]float64, 0, len(records))
	for _, record := range records[1:] {
		row := make([]float64, len(record))
		for i, cell := range record {
			if row[i], err = strconv.ParseFloat(cell, 64); err != nil {
				t.Fatal(err)
			}
		}
		rows = append(rows, row)
	}
	return rows
}

func TestFirstAndLaterReviewsOnTime(t *testing.T) {
	for _, c := range []struct {
		ratings string
		want    []int
	}{
		{"GGGGGGAAGGGGG", []int{0, 2, 11, 46, 163, 498, 0, 0, 2, 4, 7, 12, 21}},
	} {
		s := Config(New(Default()))
		now := time.Date(2022, 11, 29, 12, 30, 0, 0, time.UTC)
		var card Card
		for i, letter := range c.ratings {
			rating := map[rune]Rating{'G': Good, 'A': Again}[letter]
			card = s.Answer(card, rating, now, 0)
			got := int(s.Days.Day(card.Due) - s.Days.Day(now))
			if got != c.want[i] {
				t.Errorf("%s: after review %d due in %d days, want %d", c.ratings, i+1, got, c.want[i])
			}
			now = card.Due.Add(12 * time.Hour)
			if got == 0 {
				now = card.Due
			}
		}
	}
}

func TestFourGood(t *testing.T) {
	s := Config(New(Default()))
	start := time.Date(2024, 9, 13, 0, 0, 0, 0, time.UTC)
	var card Card
	days := []int{0, 0, 4, 11}
	wantS := []float64{2.3065, 2.3065, 16.18802274, 52.76325584}
	wantDays := []int{0, 2, 16, 53}
	for i := range days {
		start = start.AddDate(0, 0, days[i])
		card = s.Answer(card, Good, start, 0)
		if got := int(s.Days.Day(card.Due) - s.Days.Day(start)); got != wantDays[i] {
			t.Errorf("interval %d is %d days, want %d", i+1, got, wantDays[i])
		}
		if !near(card.Stability, wantS[i], 1e-7) {
			t.Errorf("stability %d is %v, want %v", i+1, card.Stability, wantS[i])
		}
	}
}

func TestHistories(t *testing.T) {
	m := New(Default())
	got := m.History([]Review{{0, Again}, {0, Good}, {1, Good}, {3, Good}, {8, Good}, {21, Good}})
	if want := (Memory{53.62691, 6.3574867}); !near(got.Stability, want.Stability, 1e-6) || !near(got.Difficulty, want.Difficulty, 1e-6) {
		t.Errorf("A G G G G G leaves %+v, want %+v", got, want)
	}
	got = m.History([]Review{{0, Good}, {0, Good}, {4, Good}, {11, Good}})
	if want := 52.76325584; !near(got.Stability, want, 1e-6) {
		t.Errorf("four Good leave S %v, want %v", got.Stability, want)
	}
}

func TestNextInterval(t *testing.T) {
	m := New(Default())
	want := []float64{3116769, 34793, 2508, 387, 90, 27, 9, 3, 1, 0}
	for i, w := range want {
		if got := math.Round(m.Interval(1, float64(i+1)/10)); got != w {
			t.Errorf("interval at retention %.1f is %v, want %v", float64(i+1)/10, got, w)
		}
	}
	if got := m.Days(1, 1, MaxStability); got != 1 {
		t.Errorf("rounded interval at retention 1 is %d, want 1", got)
	}
}

func TestForgettingCurve(t *testing.T) {
	m := New(Default())
	stabilities := []float64{1, 2, 3, 4, 4, 2}
	for i, want := range []float64{1, .9403443, .9253786, .9185229, .9, .8261359} {
		if got := m.Retrievability(Memory{Stability: stabilities[i], Difficulty: 5}, float64(i)); !near(got, want, 1e-6) {
			t.Errorf("R(%d, %v) = %v, want %v", i, stabilities[i], got, want)
		}
	}
}

func TestDifficulty(t *testing.T) {
	m := New(Default())
	for i, want := range []float64{8.34176237, 6.66599536, 4.99022837, 3.31446137} {
		if got := m.Next(Memory{5, 5}, 1, Rating(i+1)).Difficulty; !near(got, want, 1e-8) {
			t.Errorf("difficulty 5 after %v: %v, want %v", Rating(i+1), got, want)
		}
	}
}

func TestSameDay(t *testing.T) {
	m := New(Default())
	for i, want := range []float64{1.596818, 5, 5, 8.12961} {
		if got := m.Next(Memory{5, 5}, 0, Rating(i+1)).Stability; !near(got, want, 1e-6) {
			t.Errorf("S 5 on the same day after %v: %v, want %v", Rating(i+1), got, want)
		}
	}
}

func TestMigrate(t *testing.T) {
	old := []float64{.4, .6, 2.4, 5.8, 4.93, .94, .86, .01, 1.49, .14, .94, 2.18, .05, .34, 1.26, .29, 2.61}
	want := Weights{.4, .6, 2.4, 5.8, 6.81, .44675013, 1.36, .01, 1.49, .14, .94, 2.18, .05, .34, 1.26, .29, 2.61, 0, 0, 0, .5}
	got, err := Migrate(old)
	if err != nil {
		t.Fatal(err)
	}
	for i := range got {
		if !near(got[i], want[i], 1e-7) {
			t.Errorf("weight %d is %v, want %v", i, got[i], want[i])
		}
	}
	nineteen, err := Migrate(append(old, .5, .1))
	if err != nil || nineteen[19] != 0 || nineteen[20] != .5 {
		t.Errorf("19 weights became %v, %v", nineteen, err)
	}
	for name, bad := range map[string][]float64{
		"length": old[:5], "range": append([]float64{-1}, old[1:]...), "NaN": append([]float64{math.NaN()}, old[1:]...),
	} {
		if _, err := Migrate(bad); err == nil {
			t.Errorf("%s: migrated, want an error", name)
		}
	}
}

// TestDueDaysEqualGoFSRS holds the schedule, with fuzz off and UTC days, to the
// peer's on generated reviews.
func TestDueDaysEqualGoFSRS(t *testing.T) {
	peer := gofsrs.NewFSRS(gofsrs.DefaultParam())
	s := Config(New(Default()))
	rng := rand.New(rand.NewPCG(1, 2))
	reviews := 0
	for card := 0; reviews < 100_000; card++ {
		now := time.Date(2024, 1, 1, 0, 0, 0, 0, time.UTC).Add(time.Duration(rng.IntN(86400)) * time.Second)
		now = notLate(now)
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
			if got, want := s.Days.Day(ours.Due), s.Days.Day(theirs.Due); got != want {
				t.Fatalf("card %d, review %d (%v): due %v, go-fsrs %v", card, reviews, rating, got, want)
			}
			now = theirs.Due.Add(time.Duration(rng.IntN(3*86400)) * time.Second)
			now = notLate(now)
		}
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

func weightsWithin(t *rapid.T) Weights {
	low, high := Limits()
	var w Weights
	for i := range w {
		w[i] = rapid.Float64Range(low[i], high[i]).Draw(t, "w"+strconv.Itoa(i))
	}
	return w
}

func TestProperties(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := Config(New(weightsWithin(t)))
		s.Fuzz = rapid.Bool().Draw(t, "fuzz")
		now := time.Date(2025, 3, 1, 9, 0, 0, 0, time.UTC)
		var card Card
		for range rapid.IntRange(1, 20).Draw(t, "reviews") {
			seed := rapid.Uint64().Draw(t, "seed")
			p := s.Preview(card, now, seed)
			if card.Phase == Reviewing {
				again, hard, good, easy := p[0].Due, p[1].Due, p[2].Due, p[3].Due
				if hard.Before(again) || good.Before(hard) || easy.Before(good) ||
					easy.Equal(good) && s.Days.Day(good) < s.Days.Day(now)+MaxStability {
					t.Fatalf("due %v %v %v %v", again, hard, good, easy)
				}
			}
			card = s.Answer(card, Rating(rapid.IntRange(1, 4).Draw(t, "rating")), now, seed)
			if !(card.Stability >= MinStability && card.Stability <= MaxStability) || !(card.Difficulty >= 1 && card.Difficulty <= 10) {
				t.Fatalf("memory %+v", card.Memory)
			}
			if s.Model.Interval(card.Stability, .8) < s.Model.Interval(card.Stability, .9) {
				t.Fatalf("interval grows with wanted retention")
			}
			now = now.Add(time.Duration(rapid.IntRange(0, 90*24).Draw(t, "hours")) * time.Hour)
		}
	})
}

func TestNextAllocatesNothing(t *testing.T) {
	s := Config(New(Default()))
	now := time.Date(2025, 3, 1, 9, 0, 0, 0, time.UTC)
	card := s.Answer(Card{}, Easy, now, 1)
	if n := testing.AllocsPerRun(100, func() { s.Model.Next(card.Memory, 7, Good) }); n != 0 {
		t.Errorf("Next allocates %v times, want 0", n)
	}
	if n := testing.AllocsPerRun(100, func() { s.Preview(card, now, 1) }); n != 0 {
		t.Errorf("Preview allocates %v times, want 0", n)
	}
}

func TestFuzzStaysInRangeAndRepeats(t *testing.T) {
	for days := 1; days < 500; days++ {
		low, high := FuzzRange(days, 400)
		for seed := range uint64(20) {
			got := Fuzz(days, 400, seed)
			if got < low || got > high || got != Fuzz(days, 400, seed) {
				t.Fatalf("fuzz of %d is %d, want %d to %d", days, got, low, high)
			}
		}
	}
	if low, high := FuzzRange(2, 400); low != 2 || high != 2 {
		t.Errorf("range of 2 days is %d to %d, want none", low, high)
	}
}

func BenchmarkNext(b *testing.B) {
	m := New(Default())
	mem := Memory{10, 5}
	b.ReportAllocs()
	for b.Loop() {
		mem = m.Next(Memory{10, 5}, 7, Good)
	}
	_ = mem
}

func BenchmarkPeerNext(b *testing.B) {
	peer := gofsrs.NewFSRS(gofsrs.DefaultParam())
	now := time.Date(2025, 3, 1, 9, 0, 0, 0, time.UTC)
	first, err := peer.Next(gofsrs.NewCard(), now, gofsrs.Easy)
	if err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		if _, err := peer.Next(first.Card, first.Card.Due, gofsrs.Good); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkPow(b *testing.B) {
	x := 1.5
	for b.Loop() {
		x = math.Pow(1.0001+x*1e-9, -0.1542)
	}
	_ = x
}
