package fsrs

import (
	"sort"
	"time"
)

// Day is a study day, counted from 1970-01-01 in a learner's own calendar.
type Day int32

// DayStart is when a study day begins by the local clock: who studies past
// midnight still studies today.
const DayStart = 4 * time.Hour

const daySeconds = 86400

// String returns the day as YYYY-MM-DD.
func (d Day) String() string { return d.Date().Format(time.DateOnly) }

// Date is the day's calendar date, at midnight UTC.
func (d Day) Date() time.Time { return time.Unix(int64(d)*daySeconds, 0).UTC() }

// Calendar says where one study day ends and the next begins. The zero value
// counts UTC calendar days.
type Calendar struct {
	Zone  *time.Location // nil: UTC
	Start time.Duration  // by the local clock, 0 to 24 h, whole seconds
}

// Day returns the study day of a time: the local date, or the date before it
// while the local clock stands before Start. A day that has begun is not taken
// back: when the local clock or date is set back, the day stays as it was until
// the clock has caught up.
func (c Calendar) Day(t time.Time) Day {
	if c.utc() {
		return c.date(t.Unix())
	}
	t = t.In(c.Zone)
	_, offset := t.Zone()
	day := c.date(t.Unix() + int64(offset))
	if set, _ := t.ZoneBounds(); !set.IsZero() && t.Sub(set) < settled {
		before := set.Add(-time.Second)
		_, offset = before.Zone()
		day = max(day, c.date(before.Unix()+int64(offset)))
	}
	return day
}

// settled is longer than any clock was ever set back: a day, where the date
// line moved.
const settled = 48 * time.Hour

// date is the study day of a local clock, in seconds since 1970.
func (c Calendar) date(clock int64) Day {
	clock -= c.start()
	day := clock / daySeconds
	if clock%daySeconds < 0 {
		day--
	}
	return Day(day) // #nosec G115 -- five million years
}

// Begin returns the first moment, in UTC and to the second, whose study day is d
// or later. A local clock that jumps over Start begins the day at the jump, and
// so does a calendar that jumps over the whole day, as Samoa's over 2011-12-30.
// Adding 24 hours to the day before would be wrong wherever clocks change.
func (c Calendar) Begin(d Day) time.Time {
	clock := int64(d)*daySeconds + c.start()
	if c.utc() {
		return time.Unix(clock, 0).UTC()
	}
	guess := time.Unix(clock, 0).In(c.Zone)
	_, offset := guess.Zone()
	begin := time.Unix(clock-int64(offset), 0)
	if set, end := guess.ZoneBounds(); steady(begin, set, end) {
		return begin.UTC()
	}
	return c.search(d, clock)
}

// steady tells whether the clock neither jumps at the time nor was set back
// shortly before.
func steady(t, set, end time.Time) bool {
	return (set.IsZero() || t.Sub(set) > settled) && (end.IsZero() || t.Before(end))
}

// search finds the beginning of a day near a change of the clock.
func (c Calendar) search(d Day, clock int64) time.Time {
	const width = 4 * daySeconds // no zone lies further from UTC, and no jump is longer
	from := clock - width
	n := sort.Search(2*width, func(i int) bool {
		return c.Day(time.Unix(from+int64(i), 0)) >= d
	})
	return time.Unix(from+int64(n), 0).UTC()
}

func (c Calendar) utc() bool { return c.Zone == nil || c.Zone == time.UTC }

func (c Calendar) start() int64 { return int64(c.Start / time.Second) }
