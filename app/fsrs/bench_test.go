package fsrs

import (
	"math"
	"testing"
	"time"

	gofsrs "github.com/open-spaced-repetition/go-fsrs/v4"
)

var morning = time.Date(2025, 3, 1, 9, 0, 0, 0, time.UTC)

// busy is a scheduler as learners have it, and a card in review whose next due
// days lie on both sides of a change of the clock.
func busy(tb testing.TB) (Scheduler, Card) {
	tb.Helper()
	s := Config(New(Default()))
	s.Days = Calendar{Zone: zone(tb, "Europe/Berlin"), Start: DayStart}
	s.Fuzz = true
	card := s.Answer(Card{}, Easy, morning.AddDate(0, 0, -8), 1)
	return s, card
}

func TestNothingIsAllocated(t *testing.T) {
	s, card := busy(t)
	for name, f := range map[string]func(){
		"Next":           func() { s.Model.Next(card.Memory, 7, Good) },
		"Each":           func() { s.Model.Each(card.Memory, 7) },
		"Retrievability": func() { s.Model.Retrievability(card.Memory, 7) },
		"Days":           func() { s.Model.Days(card.Stability, .9, 365) },
		"Answer":         func() { s.Answer(card, Good, morning, 1) },
		"Preview":        func() { s.Preview(card, morning, 1) },
	} {
		if n := testing.AllocsPerRun(100, f); n != 0 {
			t.Errorf("%s allocates %v times, want 0", name, n)
		}
	}
}

// BenchmarkNext also says how many math.Pow that is, and how many times go-fsrs
// would have taken, measured in the same run.
func BenchmarkNext(b *testing.B) {
	m := New(Default())
	b.ReportAllocs()
	next := func() { m.Next(Memory{10, 5}, 7, Good) }
	for b.Loop() {
		next()
	}
	compare(b, next)
}

func BenchmarkNextLapse(b *testing.B) {
	m := New(Default())
	b.ReportAllocs()
	for b.Loop() {
		m.Next(Memory{10, 5}, 7, Again)
	}
}

func BenchmarkEach(b *testing.B) {
	m := New(Default())
	b.ReportAllocs()
	for b.Loop() {
		m.Each(Memory{10, 5}, 7)
	}
}

// asThePeer is a scheduler that does what go-fsrs does: UTC days, no fuzz.
func asThePeer(tb testing.TB) (Scheduler, Card) {
	tb.Helper()
	s, card := busy(tb)
	s.Days, s.Fuzz = Calendar{}, false
	return s, card
}

func BenchmarkAnswer(b *testing.B) {
	s, card := asThePeer(b)
	b.ReportAllocs()
	answer := func() { s.Answer(card, Good, morning, 1) }
	for b.Loop() {
		answer()
	}
	compare(b, answer)
}

func BenchmarkAnswerBerlin(b *testing.B) {
	s, card := busy(b)
	b.ReportAllocs()
	for b.Loop() {
		s.Answer(card, Good, morning, 1)
	}
}

func BenchmarkPreview(b *testing.B) {
	s, card := asThePeer(b)
	b.ReportAllocs()
	preview := func() { s.Preview(card, morning, 1) }
	for b.Loop() {
		preview()
	}
	peer, first := theirs(b)
	ours := each(200_000, preview)
	repeat := each(10_000, func() { _, _ = peer.Repeat(first, first.Due) })
	b.ReportMetric(repeat/ours, "x-faster-than-go-fsrs")
}

func BenchmarkPreviewBerlin(b *testing.B) {
	s, card := busy(b)
	b.ReportAllocs()
	for b.Loop() {
		s.Preview(card, morning, 1)
	}
}

// theirs is go-fsrs with a card in review.
func theirs(b *testing.B) (*gofsrs.FSRS, gofsrs.Card) {
	b.Helper()
	peer := gofsrs.NewFSRS(gofsrs.DefaultParam())
	first, err := peer.Next(gofsrs.NewCard(), morning, gofsrs.Easy)
	if err != nil {
		b.Fatal(err)
	}
	return peer, first.Card
}

func compare(b *testing.B, f func()) {
	peer, first := theirs(b)
	ours := each(200_000, f)
	theirs := each(20_000, func() { _, _ = peer.Next(first, first.Due, gofsrs.Good) })
	x, sum := 1.5, 0.0
	pow := each(200_000, func() { sum += math.Pow(x, -0.1542); x += 1e-6 })
	b.ReportMetric(ours/pow, "pows")
	b.ReportMetric(theirs/ours, "x-faster-than-go-fsrs")
	if sum == 0 {
		b.Fatal("no pow was taken")
	}
}

// each is the seconds that one of n calls takes.
func each(n int, f func()) float64 {
	start := time.Now()
	for range n {
		f()
	}
	return time.Since(start).Seconds() / float64(n)
}
