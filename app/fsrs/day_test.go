package fsrs

import (
	"testing"
	"time"
	_ "time/tzdata"
)

func zone(tb testing.TB, name string) *time.Location {
	tb.Helper()
	loc, err := time.LoadLocation(name)
	if err != nil {
		tb.Fatal(err)
	}
	return loc
}

func instant(t *testing.T, text string) time.Time {
	t.Helper()
	at, err := time.Parse(time.RFC3339, text)
	if err != nil {
		t.Fatal(err)
	}
	return at
}

func TestStudyDayOfATime(t *testing.T) {
	for _, c := range []struct {
		zone     string
		start    time.Duration
		at, want string
	}{
		{"Europe/Berlin", DayStart, "2025-06-02T01:59:59Z", "2025-06-01"},
		{"Europe/Berlin", DayStart, "2025-06-02T02:00:00Z", "2025-06-02"},
		{"Europe/Berlin", DayStart, "2025-01-02T02:59:59Z", "2025-01-01"},
		{"Europe/Berlin", DayStart, "2025-01-02T03:00:00Z", "2025-01-02"},
		{"Europe/Berlin", DayStart, "2025-03-30T01:59:59Z", "2025-03-29"}, // forward from 2 to 3
		{"Europe/Berlin", DayStart, "2025-03-30T02:00:00Z", "2025-03-30"},
		{"Europe/Helsinki", DayStart, "2025-03-30T00:59:59Z", "2025-03-29"}, // forward from 3 to 4
		{"Europe/Helsinki", DayStart, "2025-03-30T01:00:00Z", "2025-03-30"},
		{"Europe/Helsinki", DayStart, "2025-10-26T01:30:00Z", "2025-10-25"}, // back from 4 to 3
		{"Europe/Helsinki", DayStart, "2025-10-26T02:00:00Z", "2025-10-26"},
		{"Pacific/Apia", DayStart, "2011-12-30T13:59:59Z", "2011-12-30"}, // 2011-12-31T03:59:59
		{"Pacific/Apia", DayStart, "2011-12-30T14:00:00Z", "2011-12-31"},
		{"America/St_Johns", 0, "2010-11-07T02:30:59Z", "2010-11-07"}, // 00:00:59, then back to 23:01
		{"America/St_Johns", 0, "2010-11-07T02:31:00Z", "2010-11-07"}, // has begun and is not taken back
		{"America/St_Johns", 0, "2010-11-08T03:30:00Z", "2010-11-08"},
		{"UTC", 0, "1969-12-31T23:59:59Z", "1969-12-31"},
		{"UTC", 0, "1970-01-01T00:00:00Z", "1970-01-01"},
		{"UTC", 0, "2024-02-29T23:59:59Z", "2024-02-29"},
	} {
		calendar := Calendar{Zone: zone(t, c.zone), Start: c.start}
		if got := calendar.Day(instant(t, c.at)).String(); got != c.want {
			t.Errorf("%s: study day of %s is %s, want %s", c.zone, c.at, got, c.want)
		}
	}
}

func TestBeginOfADay(t *testing.T) {
	for _, c := range []struct {
		zone      string
		start     time.Duration
		day, want string
	}{
		{"Europe/Berlin", DayStart, "2025-03-29", "2025-03-29T04:00:00+01:00"},
		{"Europe/Berlin", DayStart, "2025-03-30", "2025-03-30T04:00:00+02:00"},
		{"America/New_York", DayStart, "2025-11-02", "2025-11-02T04:00:00-05:00"},
		{"Australia/Lord_Howe", DayStart, "2025-10-05", "2025-10-05T04:00:00+11:00"},
		{"America/Sao_Paulo", DayStart, "2012-10-21", "2012-10-21T04:00:00-02:00"},
		{"America/Sao_Paulo", 0, "2012-10-21", "2012-10-21T01:00:00-02:00"}, // no midnight
		{"Africa/Cairo", DayStart, "2023-04-28", "2023-04-28T04:00:00+03:00"},
		{"Africa/Cairo", 0, "2023-04-28", "2023-04-28T01:00:00+03:00"}, // no midnight
		{"Europe/Berlin", 150 * time.Minute, "2025-03-30", "2025-03-30T03:00:00+02:00"},
		{"Europe/Berlin", 150 * time.Minute, "2025-10-26", "2025-10-26T02:30:00+02:00"}, // the first of two
		{"America/St_Johns", 0, "2010-11-07", "2010-11-07T00:00:00-02:30"},              // the first of two
		{"Pacific/Apia", DayStart, "2011-12-29", "2011-12-29T04:00:00-10:00"},
		{"Pacific/Apia", DayStart, "2011-12-30", "2011-12-31T00:00:00+14:00"}, // no such day: at the jump
		{"Pacific/Apia", DayStart, "2011-12-31", "2011-12-31T04:00:00+14:00"},
		{"Pacific/Kwajalein", 0, "1993-08-21", "1993-08-22T00:00:00+12:00"}, // no such day
	} {
		calendar := Calendar{Zone: zone(t, c.zone), Start: c.start}
		day := Calendar{}.Day(instant(t, c.day+"T00:00:00Z"))
		if got, want := calendar.Begin(day), instant(t, c.want); !got.Equal(want) {
			t.Errorf("%s: %v begins at %v, want %v", c.zone, day, got.In(calendar.Zone), want)
		}
	}
}

// calendars have every way in which clocks change.
func calendars(t *testing.T) []Calendar {
	var all []Calendar
	for _, name := range []string{"UTC", "Europe/Berlin", "Europe/Helsinki", "America/New_York",
		"America/Sao_Paulo", "America/St_Johns", "America/Caracas", "Africa/Cairo", "Africa/Casablanca",
		"Antarctica/Casey", "Antarctica/Troll", "Asia/Kathmandu", "Asia/Pyongyang", "Asia/Tehran",
		"Australia/Lord_Howe", "Pacific/Apia", "Pacific/Chatham"} {
		for _, start := range []time.Duration{0, DayStart} {
			all = append(all, Calendar{Zone: zone(t, name), Start: start})
		}
	}
	return all
}

func TestDaysFollowOneAnother(t *testing.T) {
	from := time.Date(2006, 1, 1, 0, 30, 0, 0, time.UTC)
	until := time.Date(2019, 1, 1, 0, 0, 0, 0, time.UTC)
	for _, c := range calendars(t) {
		last := c.Day(from)
		for at := from; at.Before(until); at = at.Add(time.Hour) {
			day := c.Day(at)
			if skipped := c.Zone.String() == "Pacific/Apia" && day == last+2; day != last && day != last+1 && !skipped {
				t.Fatalf("%v from %v: %v comes after %v at %v", c.Zone, c.Start, day, last, at)
			}
			last = day
		}
	}
}

func TestBeginIsTheFirstMomentOfTheDay(t *testing.T) {
	for _, c := range calendars(t) {
		first := c.Day(time.Date(2006, 1, 1, 12, 0, 0, 0, time.UTC))
		for d := first; d < first+13*365; d++ {
			begin := c.Begin(d)
			if got := c.Day(begin); got < d {
				t.Fatalf("%v from %v: %v begins at %v, which is %v", c.Zone, c.Start, d, begin, got)
			}
			if got := c.Day(begin.Add(-time.Nanosecond)); got >= d {
				t.Fatalf("%v from %v: just before %v began it was %v", c.Zone, c.Start, d, got)
			}
		}
	}
}

// TestDayIsTheLocalDate compares with the local calendar as package time has it,
// on days that no clock change touches.
func TestDayIsTheLocalDate(t *testing.T) {
	for _, c := range calendars(t) {
		for at := time.Date(2025, 5, 1, 0, 30, 0, 0, time.UTC); at.Month() < time.August; at = at.Add(time.Hour) {
			local := at.In(c.Zone)
			if local.Hour() < int(c.Start/time.Hour) {
				local = local.AddDate(0, 0, -1)
			}
			if got, want := c.Day(at).String(), local.Format(time.DateOnly); got != want {
				t.Fatalf("%v from %v: study day of %v is %v, want %v", c.Zone, c.Start, at, got, want)
			}
		}
	}
}

func TestDueIsTheStartOfAStudyDay(t *testing.T) {
	s := Config(New(Default()))
	s.Days = Calendar{Zone: zone(t, "America/New_York"), Start: DayStart}
	now := time.Date(2025, 3, 8, 23, 30, 0, 0, s.Days.Zone) // clocks change that night
	card := s.Answer(Card{}, Easy, now, 0)
	if got, want := card.Due.In(s.Days.Zone).Format(time.DateTime), "2025-03-16 04:00:00"; got != want {
		t.Errorf("due at %s, want %s", got, want)
	}
	night := s.Answer(Card{}, Easy, now.Add(3*time.Hour), 0) // past midnight, before 4
	if !night.Due.Equal(card.Due) {
		t.Errorf("due at %v after a late night, want %v", night.Due, card.Due)
	}
}
