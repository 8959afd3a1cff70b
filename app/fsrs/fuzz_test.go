package fsrs

import "testing"

func TestFuzzRange(t *testing.T) {
	for _, c := range []struct{ days, most, low, high int }{
		{1, 365, 1, 1},
		{2, 365, 2, 2},
		{3, 365, 2, 4}, // delta 1.075
		{7, 365, 5, 9}, // 1.675
		{20, 365, 17, 23},
		{100, 365, 93, 107}, // 6.975
		{364, 365, 344, 365},
		{365, 365, 345, 365},
	} {
		if low, high := FuzzRange(c.days, c.most); low != c.low || high != c.high {
			t.Errorf("%d days may be %d to %d, want %d to %d", c.days, low, high, c.low, c.high)
		}
	}
}

// TestFuzzReachesTheWholeRange also with consecutive seeds, and nothing else.
func TestFuzzReachesTheWholeRange(t *testing.T) {
	for _, days := range []int{1, 2, 3, 7, 20, 100, 399} {
		low, high := FuzzRange(days, 400)
		seen := map[int]int{}
		for seed := range uint64(2000) {
			got := Fuzz(days, 400, seed)
			if got < low || got > high || got != Fuzz(days, 400, seed) {
				t.Fatalf("fuzz of %d is %d, want %d to %d, always the same", days, got, low, high)
			}
			seen[got]++
		}
		if len(seen) != high-low+1 {
			t.Errorf("fuzz of %d reaches %d days, want all of %d to %d", days, len(seen), low, high)
		}
	}
}
