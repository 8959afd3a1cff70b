package text

import (
	"testing"
	"time"
)

func TestAgo(t *testing.T) {
	now := time.Date(2026, 11, 24, 20, 0, 0, 0, time.UTC) // a Tuesday
	for days, want := range map[int]string{-1: "today", 0: "today", 1: "yesterday", 2: "Sunday", 6: "Wednesday", 7: "17 November", 60: "25 September", 400: "20 October 2025"} {
		if got := Ago("en", now, now.AddDate(0, 0, -days), days, time.UTC); got != want {
			t.Errorf("%d days ago is %q, want %q", days, got, want)
		}
	}
}
