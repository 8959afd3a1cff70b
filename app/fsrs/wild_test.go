package fsrs

import (
	"encoding/binary"
	"math"
	"testing"
	"time"
)

// wild makes weights within their limits of bytes; what is missing is the default.
func wild(data []byte) Weights {
	w := Default()
	low, high := Limits()
	for i := range w {
		if len(data) < 2*i+2 {
			break
		}
		share := float64(binary.LittleEndian.Uint16(data[2*i:])) / math.MaxUint16
		w[i] = low[i] + share*(high[i]-low[i])
	}
	return w
}

// Whatever weights within their limits somebody has, and whatever they do, their
// memories are numbers within theirs, a better rating never leaves a weaker one,
// and a wish for more recall never a longer interval.
func FuzzAnyWeightsAndHistory(f *testing.F) {
	f.Add([]byte{}, []byte{1, 0, 3, 2, 4, 9})
	f.Add(make([]byte, 42), []byte{1, 0, 1, 0, 2, 200, 4, 255, 1, 1})
	top := make([]byte, 42)
	for i := range top {
		top[i] = 255
	}
	f.Add(top, []byte{4, 0, 4, 255, 4, 255, 1, 1, 3, 255})
	f.Fuzz(func(t *testing.T, weights, history []byte) {
		m := New(wild(weights))
		s := Config(m)
		var card Card
		now := time.Date(2026, 3, 2, 12, 0, 0, 0, time.UTC)
		for i := 0; i+1 < min(len(history), 400); i += 2 {
			r, days := Rating(history[i]%4+1), int(history[i+1])
			now = now.AddDate(0, 0, days)
			next := m.Each(card.Memory, days)
			for g, mem := range next {
				if mem != m.Next(card.Memory, days, Rating(g+1)) {
					t.Fatalf("Each and Next differ for rating %d", g+1)
				}
				if !(mem.Stability >= MinStability && mem.Stability <= MaxStability && mem.Difficulty >= 1 && mem.Difficulty <= 10) {
					t.Fatalf("after rating %d the memory is %+v", g+1, mem)
				}
				if g > 1 && days > 0 && card.Seen() && mem.Stability < next[g-1].Stability {
					t.Fatalf("rating %d leaves %v, rating %d %v", g+1, mem.Stability, g, next[g-1].Stability)
				}
			}
			loose, strict := m.Interval(next[2].Stability, .8), m.Interval(next[2].Stability, .95)
			if !(strict <= loose) || !(m.Retrievability(next[2], 3) <= 1) {
				t.Fatalf("kept at .95 the interval is %v, at .8 %v", strict, loose)
			}
			if one, same := s.Answer(card, r, now, 7), s.Preview(card, now, 7)[r-1]; one != same {
				t.Fatalf("answered %+v, shown before %+v", one, same)
			}
			card = s.Answer(card, r, now, 7)
		}
	})
}
