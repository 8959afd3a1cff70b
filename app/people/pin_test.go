package people

import (
	"testing"
	"time"

	"thaw/questions"
)

func TestEasyPINs(t *testing.T) {
	for _, digits := range []string{"000000", "111111", "121212", "123123", "123456", "890123", "654321", "210987"} {
		if !easy(digits) {
			t.Errorf("%s is taken for a PIN", digits)
		}
	}
	for _, digits := range []string{"123457", "012346", "112233", "908172", "111112", "135790"} {
		if easy(digits) {
			t.Errorf("%s is refused", digits)
		}
	}
}

func TestPINs(t *testing.T) {
	key := []byte("the installation's key")
	seen := map[string]int{}
	const n = 20_000
	for i := range n {
		digits := pin(key, questions.LearnerID(i), 1)
		if len(digits) != 6 || easy(digits) {
			t.Fatalf("learner %d has the PIN %q", i, digits)
		}
		seen[digits]++
	}
	if len(seen) < n*98/100 {
		t.Errorf("%d learners have %d different PINs", n, len(seen))
	}
	if once := pin(key, 7, 1); pin(key, 7, 1) != once || once == pin(key, 7, 2) || once == pin([]byte("another"), 7, 1) {
		t.Error("a PIN does not follow from key, learner and generation")
	}
	value := pass(key, 7<<40, 1)
	if len(value) != 32 || readPass(value) != 7<<40 || value == pass(key, 7<<40, 2) || value == pass([]byte("another"), 7<<40, 1) {
		t.Errorf("a slip's link holds %q, for %d", value, readPass(value))
	}
	for _, bad := range []string{"", "x", value + "A", value[:31], "%%%"} {
		if readPass(bad) != 0 {
			t.Errorf("%q is taken for a slip's link", bad)
		}
	}
}

func TestStretch(t *testing.T) {
	for _, c := range []struct {
		limit      time.Duration
		e          Extra
		whole, own time.Duration
	}{
		{40 * time.Minute, 150, 60 * time.Minute, 20 * time.Minute}, {40 * time.Minute, 100, 40 * time.Minute, 0}, {40 * time.Minute, 0, 40 * time.Minute, 0},
		{10 * time.Minute, 125, 13 * time.Minute, 3 * time.Minute}, {45 * time.Minute, 200, 90 * time.Minute, 45 * time.Minute}, {0, 200, 0, 0},
		{90 * time.Second, 125, 150 * time.Second, time.Minute},
	} {
		if whole, own := Stretch(c.limit, c.e); whole != c.whole || own != c.own {
			t.Errorf("Stretch(%v, %d) = %v, %v; want %v, %v", c.limit, c.e, whole, own, c.whole, c.own)
		}
	}
}
