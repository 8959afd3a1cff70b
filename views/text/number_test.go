package text

import "testing"

func TestHundredths(t *testing.T) {
	for x, want := range map[float64]string{0.354: "0.35", -0.129: "−0.13", -0.001: "0.00", 1: "1.00", 0: "0.00"} {
		if got := Hundredths("en", x); got != want {
			t.Errorf("Hundredths(%v) = %q, want %q", x, got, want)
		}
	}
}
