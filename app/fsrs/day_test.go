package fsrs_test

import (
	"testing"
	"time"

	. "thaw/app/fsrs"
)

func zone(t *testing.T, name string) *time.Location {
	t.Helper()
	loc, err := time.LoadLocation(name)
	if err != nil {
		t.Fatal(err)
	}
	return loc
}

func TestStudyDayStartsAtFour(t *testing.T) {
	berlin := Calendar{Zone: zone(t, "Europe/Berlin"), Start: DayStart}
	for _, c := range []struct{ at, want string }{
		{"2025-06-02T01:59:59Z", "2025-06-01"},
		{"2025-06-02T02:00:00Z", "2025-06-02"},
		{"2025-01-02T02:59:59Z", "2025-01-01"},
		{"2025-01-02T03:00:00Z", "2025-01-02"},
		{"2025-03-30T01:59:59Z", "2025-03-29"}, // clocks go forward at 2
		{"2025-03-30T02:00:00Z", "2025-03-30"},
	} {
		at, err := time.Parse(time.RFC3339, c.at)
		if err != nil {
			t.Fatal(err)
		}
		if got := berlin.Day(at).String(); got != c.want {
			t.Errorf("study day of %s is %s, want %s", c.at, got, c.want)
		}
	}
}

func TestBeginIsTheFirstMomentOfTheDay(t *testing.T) {
	for _, name := range []string{"UTC", "Europe/Berlin", "America/Sao_Paulo", "Africa/Cairo",
		"Asia/Kathmandu", "Australia/Lord_Howe", "Pacific/Apia", "America/St_Johns", "Asia/Tehran"} {
		c := Calendar{Zone: zone(t, name), Start: DayStart}
		first := c.Day(time.Date(2011, 1, 1, 12, 0, 0, 0, time.UTC))
		for d := first; d < first+800; d++ {
			begin := c.Begin(d)
			if got := c.Day(begin); got < d {
				t.Fatalf("%s: %v begins at %v, which is %v", name, d, begin, got)
			}
			if got := c.Day(begin.Add(-time.Second)); got >= d {
				t.Fatalf("%s: a second before %v began it was %v", name, d, got)
			}
		}
	}
}

func TestSkippedCalendarDay(t *testing.T) {
	apia := Calendar{Zone: zone(t, "Pacific/Apia"), Start: DayStart}
	skipped := apia.Day(time.Date(2011, 12, 29, 20, 0, 0, 0, apia.Zone)) + 1
	if skipped.String() != "2011-12-30" {
		t.Fatalf("the day after is %v", skipped)
	}
	begin := apia.Begin(skipped)
	if got := begin.In(apia.Zone).Format(time.DateOnly); got != "2011-12-31" {
		t.Errorf("the skipped day begins on %s, want at the jump to 2011-12-31", got)
	}
}

func TestDueIsTheStartOfAStudyDay(t *testing.T) {
	s := Config(New(Default()))
	s.Days = Calendar{Zone: zone(t, "America/New_York"), Start: DayStart}
	now := time.Date(2025, 3, 8, 23, 30, 0, 0, s.Days.Zone) // clocks change that night
	card := s.Answer(Card{}, Easy, now, 0)
	if got := card.Due.In(s.Days.Zone).Format("15:04"); got != "04:00" {
		t.Errorf("due at %s, want 04:00", got)
	}
	if got, want := s.Days.Day(card.Due), s.Days.Day(now)+8; got != want {
		t.Errorf("due on %v, want %v", got, want)
	}
}
