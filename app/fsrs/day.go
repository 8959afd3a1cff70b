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

// Calendar says where one study day ends and the next begins. The zero value
// counts UTC calendar days.
type Calendar struct {
	Zone  *time.Location // nil: UTC
	Start time.Duration  // by the local clock, 0 to 24 h
}

// String returns the day as YYYY-MM-DD.
func (d Day) String() string { return d.date().Format(time.DateOnly) }

func (d Day) date() time.Time { return time.Unix(int64(d)*86400, 0).UTC() }

// Day returns the study day of a time: the local date, or the date before it
// while the local clock stands before Start.
func (c Calendar) Day(t time.Time) Day {
	local := t.In(c.zone())
	y, month, day := local.Date()
	date := Day(time.Date(y, month, day, 0, 0, 0, 0, time.UTC).Unix() / 86400)
	hour, minute, sec := local.Clock()
	clock := time.Duration(hour)*time.Hour + time.Duration(minute)*time.Minute + time.Duration(sec)*time.Second
	if clock < c.Start {
		date--
	}
	return date
}

// Begin returns the first moment whose study day is d or later: a local clock
// that jumps over the start, or a calendar that jumps over the whole day, as
// Samoa's did in 2011, begins it at the jump. It searches the local calendar,
// since adding 24 hours is wrong wherever clocks change.
func (c Calendar) Begin(d Day) time.Time {
	if t := c.local(d); c.Day(t) == d && c.Day(t.Add(-time.Second)) < d {
		return t
	}
	const width = 3 * 86400 // no zone lies two days from UTC
	from := int64(d)*86400 - width
	n := sort.Search(2*width, func(i int) bool {
		return c.Day(time.Unix(from+int64(i), 0)) >= d
	})
	return time.Unix(from+int64(n), 0).UTC()
}

// local is the start of the day by the local clock, wherever that clock has
// such a time.
func (c Calendar) local(d Day) time.Time {
	y, month, day := d.date().Date()
	return time.Date(y, month, day, 0, 0, int(c.Start/time.Second), 0, c.zone()).UTC()
}

func (c Calendar) zone() *time.Location {
	if c.Zone == nil {
		return time.UTC
	}
	return c.Zone
}
